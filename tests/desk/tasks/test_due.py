"""Until when a task is due is read as people type it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from vidomo.desk.tasks.due import FURTHEST, due_of

NOW = datetime(2026, 1, 10, 1, 15, 30, tzinfo=UTC)  # 03:15 in Kyiv


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("+45", timedelta(minutes=45)),
        ("+ 45 хв", timedelta(minutes=45)),
        ("+2h", timedelta(hours=2)),
        ("+2 год", timedelta(hours=2)),
        ("04:15", timedelta(minutes=59, seconds=30)),
        ("0415", timedelta(minutes=59, seconds=30)),
        ("03:00", timedelta(hours=23, minutes=44, seconds=30)),
        ("2026-01-10", timedelta(hours=20, minutes=43, seconds=30)),
        ("2026-01-12 10:00", timedelta(days=2, hours=6, minutes=44, seconds=30)),
    ],
)
def test_a_time_to_come_is_read(typed: str, due: timedelta) -> None:
    assert due_of(typed, now=NOW) == NOW + due


@pytest.mark.parametrize(
    "typed", ["", "скоро", "25:00", "2026-01-09", "2028-01-01", "2026-02-30", "9999-12-31", "+"]
)
def test_what_is_no_time_to_come_is_none(typed: str) -> None:
    assert due_of(typed, now=NOW) is None


@given(st.text(max_size=30), st.integers(0, 4_000_000_000))
def test_no_input_brings_it_down(typed: str, second: int) -> None:
    moment = datetime.fromtimestamp(second, tz=UTC)
    found = due_of(typed, now=moment)
    assert found is None or moment <= found <= moment + FURTHEST
