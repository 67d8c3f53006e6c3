from datetime import timedelta
from pathlib import Path

import pytest

from vidomo.app.house import House
from vidomo.app.replay.storm import listed_at, posts_of, read_events
from vidomo.core.errors import InputError
from vidomo.core.time import parse_instant
from vidomo.gazetteer import Gazetteer
from vidomo.outlook.review.customers import customer_hours, indices

HEAD = "id,first_seen,start,lat,lon,max_cust,revisions,last_seen\n"
ROWS = """\
1,2023-03-03T10:00:00+00:00,2023-03-03T09:50:00Z,37.98,-84.17,40,2,2023-03-03T12:00:00+00:00
2,2023-03-03T11:00:00+00:00,2023-03-03T10:50:00Z,36.59,-82.25,7,1,2023-03-03T11:00:00+00:00
3,2023-03-03T11:00:00+00:00,2023-03-03T11:40:00Z,38.10,-85.44,9,1,2023-03-03T11:30:00+00:00
"""
NOON = parse_instant("2023-03-03T11:00:00Z")


def table(folder: Path, rows: str = ROWS, head: str = HEAD) -> Path:
    path = folder / "storm.csv"
    path.write_text(head + rows, "utf-8")
    return path


def test_customer_hours_run_from_first_to_last_listing(tmp_path: Path) -> None:
    events, _ = read_events(table(tmp_path))
    assert customer_hours([one.interruption for one in events]) == 40 * 2 + 9 * 0.5


def test_a_start_after_the_last_listing_is_reported_and_not_used(tmp_path: Path) -> None:
    events, problems = read_events(table(tmp_path))
    assert [(one.code, one.where) for one in problems] == [("starts_after_last_seen", "line 4")]
    assert events[2].interruption.start == events[2].first_seen


def test_what_was_listed_at_an_instant_is_what_the_operator_said_then(tmp_path: Path) -> None:
    events, _ = read_events(table(tmp_path))
    with House.open(tmp_path / "data") as house:
        house.take_in(posts_of(events), replay=True)
        listed = {
            minutes: [one.event for one in listed_at(house, NOON + timedelta(minutes=minutes))]
            for minutes in (-61, -60, 0, 1, 30, 60)
        }
        assert house.journal.count("post") == 5
    assert listed == {-61: [], -60: ["1"], 0: ["1", "2", "3"], 1: ["1", "3"], 30: ["1"], 60: []}


def test_the_storm_moves_nothing_in_ukraine(tmp_path: Path) -> None:
    events, _ = read_events(table(tmp_path))
    with House.open(tmp_path / "data") as house:
        house.take_in(posts_of(events), replay=True)
        situation = house.situation(valid_at=NOON, known_at=NOON)
    assert situation.places == ()
    assert situation.incidents == ()
    assert all(row.place is None for row in situation.evidence)


def test_squares_bear_codes_that_the_gazetteer_does_not_know(tmp_path: Path) -> None:
    events, _ = read_events(table(tmp_path))
    assert [one.place for one in events] == ["US-N37W085", "US-N36W083", "US-N38W086"]
    assert all(Gazetteer.open().get(one.place) is None for one in events)


@pytest.mark.parametrize(
    "row",
    [
        "4,2023-03-03T10:00:00+00:00,2023-03-03T09:50:00Z,50.0,36.2,40,2,2023-03-03T12:00:00+00:00",
        "4,2023-03-03T10:00:00,2023-03-03T09:50:00Z,37.98,-84.17,40,2,2023-03-03T12:00:00+00:00",
        "4,2023-03-03T10:00:00+00:00,2023-03-03T09:50:00Z,37.98,-84.17,many,2,2023-03-03T12:00:00+00:00",
        "4,2023-03-03T10:00:00+00:00,2023-03-03T09:50:00Z,nan,-84.17,4,2,2023-03-03T12:00:00+00:00",
    ],
)
def test_a_row_that_cannot_be_read_is_reported_and_left_out(tmp_path: Path, row: str) -> None:
    events, problems = read_events(table(tmp_path, row + "\n"))
    assert (events, [one.code for one in problems]) == ((), ["row_not_read"])


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no table of outages"):
        read_events(table(tmp_path, "", "a,b\n"))


def test_the_real_storm_counts_at_most_so_many_customer_hours(shared: Path) -> None:
    events, problems = read_events(shared / "outages" / "lgeku_2023-03_storm_events.csv")
    assert len(events) == 9_145
    assert [one.code for one in problems] == ["starts_after_last_seen"] * 8
    interruptions = [one.interruption for one in events]
    assert round(customer_hours(interruptions)) == 7_279_995
    found = indices(interruptions, customers_served=1_000_000, is_upper_bound=True)
    assert round(found.customer_hours) == 7_279_995
    assert found.is_upper_bound
