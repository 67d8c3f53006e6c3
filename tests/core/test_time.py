from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from vidomo.core.errors import InputError
from vidomo.core.time import (
    Interval,
    day_interval,
    format_instant,
    instant_interval,
    parse_instant,
    parse_posted_at,
)

NOON = datetime(2025, 12, 20, 12, tzinfo=UTC)
instants = st.integers(631152000, 4102444800).map(lambda s: datetime.fromtimestamp(s, UTC))


def test_an_instant_with_a_zone_is_turned_into_utc() -> None:
    assert parse_instant("2025-12-20T15:40:00+02:00") == datetime(2025, 12, 20, 13, 40, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2025-12-20T15:40:00", "2025-12-20 15:40"])
def test_a_time_of_day_without_a_zone_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_posted_at(text)
    assert "zone" in refused.value.message
    assert refused.value.hint


def test_a_bare_date_is_that_day_in_kyiv() -> None:
    interval = parse_posted_at("2025-12-20")
    assert interval == Interval(
        datetime(2025, 12, 19, 22, tzinfo=UTC), datetime(2025, 12, 20, 22, tzinfo=UTC)
    )


def test_the_day_on_which_clocks_go_back_has_twenty_five_hours() -> None:
    day = day_interval(date(2025, 10, 26))
    assert day.end - day.start == timedelta(hours=25)


def test_a_month_runs_to_the_first_of_the_next_across_the_year() -> None:
    interval = parse_posted_at("2025-12")
    assert interval.end == parse_posted_at("2026-01").start


def test_an_interval_of_dates_leaves_its_end_out() -> None:
    interval = parse_posted_at("2025-12-20/2025-12-22")
    assert interval.end == parse_posted_at("2025-12-22").start
    assert not interval.holds(interval.end)
    assert interval.holds(interval.start)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2025-13",
        "2025-02-30",
        "2025-12-22/2025-12-20",
        "2025-12-20/",
        "9999-12-31",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00",
        "2025-12-20T25:00:00Z",
        "20 грудня",
    ],
)
def test_what_is_no_time_is_refused_and_never_guessed(text: str) -> None:
    with pytest.raises(InputError):
        parse_posted_at(text)


@given(instants)
def test_the_wire_form_reads_back_as_the_same_second(instant: datetime) -> None:
    assert parse_instant(format_instant(instant)) == instant.replace(microsecond=0)


@given(st.tuples(instants, instants, instants, instants))
def test_gap_is_zero_exactly_when_intervals_touch_or_overlap(four: tuple[datetime, ...]) -> None:
    a, b = sorted(four[:2]), sorted(four[2:])
    one, two = Interval(a[0], a[1] + timedelta(1)), Interval(b[0], b[1] + timedelta(1))
    assert one.gap(two) == two.gap(one)
    assert one.overlaps(two) == two.overlaps(one)
    if one.overlaps(two):
        assert one.gap(two) == timedelta(0)
    if one.gap(two) > timedelta(0):
        assert not one.overlaps(two)


def test_an_instant_is_the_interval_of_its_second() -> None:
    interval = instant_interval(NOON)
    assert interval.is_instant
    assert interval.holds(NOON)
    assert not day_interval(date(2025, 12, 20)).is_instant


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_is_refused(text: str) -> None:
    try:
        interval = parse_posted_at(text)
    except InputError:
        return
    assert interval.start < interval.end
