import csv
import statistics
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vidomo.app.house import House
from vidomo.app.replay.sirens import (
    COLUMNS,
    Siren,
    alarm_sources,
    posts_of,
    read_sirens,
    register_alarm_sources,
)
from vidomo.core.errors import InputError
from vidomo.core.time import Interval
from vidomo.gazetteer import Gazetteer
from vidomo.outlook.review.intervals import alerts_by_unit
from vidomo.outlook.review.measures import review
from vidomo.outlook.review.model import Review

KHARKIV, KYIV = "UA63000000000041885", "UA80000000000093317"
EVER = Interval(datetime(2022, 1, 1, tzinfo=UTC), datetime(2024, 6, 1, tzinfo=UTC))
ROWS = """\
Kharkivska oblast,,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,official
Kyiv City,,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:54:23+00:00,official
Kharkivska oblast,Krasnohradskyi raion,,raion,2022-03-15 16:50:00+00:00,2022-03-15 16:50:02+00:00,official
Lubenskyi raion,Poltavska oblast,Hrebinkivska terytorialna hromada,hromada,2022-03-15 17:00:00+00:00,2022-03-15 18:00:00+00:00,official
Kharkivska oblast,,,oblast,2022-03-15 16:50:07+00:00,2022-03-15 17:50:07+00:00,official
"""
HEAD = "oblast,raion,hromada,level,started_at,finished_at,source\n"


def table(folder: Path, rows: str = ROWS, head: str = HEAD) -> Path:
    path = folder / "alerts.csv"
    path.write_text(head + rows, "utf-8")
    return path


def expected(sirens: Sequence[Siren]) -> dict[str, list[tuple[datetime, datetime]]]:
    found: dict[str, list[tuple[datetime, datetime]]] = {}
    for siren in sirens:
        found.setdefault(siren.unit, []).append((siren.started_at, siren.finished_at))
    return {unit: sorted(rows) for unit, rows in found.items()}


def replayed(
    sirens: Sequence[Siren], folder: Path, *, seed: int, places: Sequence[str] = ()
) -> tuple[dict[str, list[tuple[datetime, datetime | None]]], list[Review]]:
    """Walk the whole way: posts, reader, resolver, journal, fold; then the review."""
    with House.open(folder) as house:
        house.take_in(posts_of(sirens, seed=seed), replay=True)
        register_alarm_sources(house.journal, sirens)
        situation = house.situation()
        rights = {"registry": house.registry_at(house.now()), "units": house.gazetteer}
        alerts = alerts_by_unit(situation, **rights)
        reviews = [review(situation, place, period=EVER, **rights) for place in places]
    return {unit: [(one.start, one.end) for one in rows] for unit, rows in alerts.items()}, reviews


def test_every_alert_comes_back_to_the_second_without_inheritance(tmp_path: Path) -> None:
    sirens, _ = read_sirens(table(tmp_path))
    found, (kharkiv,) = replayed(sirens, tmp_path / "data", seed=1, places=[KHARKIV])
    assert found == expected(sirens)
    assert kharkiv.alerts.by_level == {"oblast": 2, "raion": 1}


def test_the_order_of_arrival_within_a_minute_changes_nothing(tmp_path: Path) -> None:
    sirens, _ = read_sirens(table(tmp_path))
    orders, answers = set(), []
    for seed in range(4):
        orders.add(tuple(post.native_id for post in posts_of(sirens, seed=seed)))
        answers.append(replayed(sirens, tmp_path / str(seed), seed=seed)[0])
    assert len(orders) > 1
    assert all(answer == answers[0] for answer in answers)


def test_posts_arrive_in_the_order_of_their_minutes(tmp_path: Path) -> None:
    posts = posts_of(read_sirens(table(tmp_path))[0], seed=7)
    minutes = [post.posted_at.start.replace(second=0) for post in posts if post.posted_at]
    assert minutes == sorted(minutes)
    assert [post.native_id for post in posts] == [
        post.native_id for post in posts_of(read_sirens(table(tmp_path))[0], seed=7)
    ]


def test_a_row_with_raion_and_oblast_swapped_is_reported_and_mended(tmp_path: Path) -> None:
    sirens, problems = read_sirens(table(tmp_path))
    assert [(one.code, one.where) for one in problems] == [("oblast_and_raion_swapped", "line 5")]
    gazetteer = Gazetteer.open()
    assert gazetteer.label(sirens[3].unit, full=True).startswith("Гребінківська громада")


def test_old_names_become_the_units_of_today(tmp_path: Path) -> None:
    sirens, _ = read_sirens(table(tmp_path))
    assert Gazetteer.open().label(sirens[2].unit) == "Берестинський район"
    assert "Берестинський район (Харківська область)" in posts_of([sirens[2]], seed=0)[0].text


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Atlantis oblast,,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,x", "unit_not_in_table"),
        ("Kharkivska oblast,,,oblast,2022-03-15 16:10:34,2022-03-15 16:50:07+00:00,x", "no_instant"),
        ("Kharkivska oblast,,,oblast,soon,2022-03-15 16:50:07+00:00,x", "no_instant"),
        ("Kharkivska oblast,,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:10:34+00:00,x", "ends_before_it_begins"),
        ("Kharkivska oblast,,,country,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,x", "unit_not_in_table"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_placed_or_timed_is_reported_and_left_out(
    tmp_path: Path, row: str, code: str
) -> None:
    sirens, problems = read_sirens(table(tmp_path, row + "\n"))
    assert sirens == ()
    assert [one.code for one in problems] == [code]


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has the columns a, b"):
        read_sirens(table(tmp_path, "", "a,b\n"))


def test_each_oblast_has_one_alarm_source_and_a_tie_of_names_a_channel_of_its_own(
    tmp_path: Path,
) -> None:
    sirens, _ = read_sirens(table(tmp_path))
    homes = [entry.home for entry in alarm_sources(sirens)]
    assert homes == sorted({KHARKIV, KYIV, "UA53000000000028050"})
    tie = Siren(
        unit="UA14100000000010319",
        level="raion",
        started_at=sirens[0].started_at,
        finished_at=sirens[0].finished_at,
        line=2,
    )
    (entry,) = alarm_sources([tie])
    assert (entry.home, entry.body) == (tie.unit, f"raion_administration@{tie.unit}")
    assert all(one.alarm_feed for one in alarm_sources(sirens))


def test_no_alarms_register_no_sources(tmp_path: Path) -> None:
    with House.open(tmp_path) as house:
        register_alarm_sources(house.journal, [])
        assert house.journal.is_empty


def test_real_rows_walk_the_whole_way(shared: Path, tmp_path: Path) -> None:
    sirens, _ = read_sirens(shared / "sirens" / "official_alerts_to_2024-04.csv")
    # Every unit once, and the beginning of the file, where alerts of all levels mix.
    firsts = {siren.unit: siren for siren in reversed(sirens)}
    sample = sorted(
        {one.line: one for one in (*firsts.values(), *sirens[:150])}.values(),
        key=lambda one: one.line,
    )
    assert len(firsts) == 216
    found, _ = replayed(sample, tmp_path / "data", seed=2)
    assert found == expected(sample)


def test_the_swapped_row_is_the_only_problem_of_the_real_file(shared: Path) -> None:
    path = shared / "sirens" / "official_alerts_to_2024-04.csv"
    sirens, problems = read_sirens(path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(COLUMNS) <= set(rows[0])
    assert len(sirens) == len(rows) == 43_031
    assert [one.code for one in problems] == ["oblast_and_raion_swapped"]
    assert Counter(one.level for one in sirens) == Counter(row["level"] for row in rows)
    lasted = [(one.finished_at - one.started_at).total_seconds() / 60 for one in sirens]
    assert statistics.median(lasted) == 41.55


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_all_recorded_alerts_come_back_exactly(shared: Path, tmp_path: Path) -> None:
    sirens, _ = read_sirens(shared / "sirens" / "official_alerts_to_2024-04.csv")
    found, (kharkiv, country) = replayed(
        sirens, tmp_path / "data", seed=43_031, places=[KHARKIV, "UA"]
    )
    assert found == expected(sirens)
    assert country.alerts.named == 43_031
    assert country.alerts.median_s == 41.55 * 60
    assert kharkiv.alerts.named == 4_178
    assert kharkiv.alerts.by_level == {"oblast": 3_923, "raion": 150, "hromada": 105}
