"""A cursor names the last row that was sent; rows that come and go repeat and hide no other."""

import pytest
from hypothesis import given, strategies as st

from vidomo.core.errors import InputError
from vidomo.publish.api.paging import LONGEST, page_of, read_cursor, write_cursor

KEYS = st.tuples(st.text(max_size=20), st.text(min_size=1, max_size=20))
ROWS = st.lists(KEYS, unique=True, max_size=30)


def walked(rows: list, limit: int, *, newest_first: bool, between=lambda rows: rows) -> list:
    """Return every row, page after page; ``between`` may change the rows meanwhile."""
    found, cursor = [], ""
    while True:
        page, cursor = page_of(
            rows, key=lambda row: row, limit=limit, cursor=cursor, newest_first=newest_first
        )
        assert len(page) <= limit
        found += page
        if not cursor:
            return found
        rows = between(rows)


@given(ROWS, st.integers(1, 7))
def test_page_after_page_every_row_comes_once_in_order(rows: list, limit: int) -> None:
    for newest_first in (True, False):
        found = walked(rows, limit, newest_first=newest_first)
        assert found == sorted(rows, reverse=newest_first)


@given(ROWS, st.integers(1, 7), KEYS)
def test_a_row_that_comes_in_meanwhile_repeats_and_hides_no_other(
    rows: list, limit: int, late: tuple[str, str]
) -> None:
    found = walked(rows, limit, newest_first=True, between=lambda rows: [*{*rows, late}])
    assert len(found) == len(set(found))
    assert set(rows) <= set(found)


@given(ROWS, st.integers(1, 7), st.integers(0, 29))
def test_a_row_that_is_taken_back_meanwhile_hides_no_other(
    rows: list, limit: int, number: int
) -> None:
    gone = sorted(rows)[number % len(rows)] if rows else None
    found = walked(
        rows, limit, newest_first=True, between=lambda rows: [one for one in rows if one != gone]
    )
    assert set(rows) - {gone} <= set(found)
    assert len(found) == len(set(found))


@given(KEYS)
def test_a_cursor_is_read_as_it_was_written(key: tuple[str, str]) -> None:
    assert read_cursor(write_cursor(key)) == key


@given(st.one_of(st.text(), st.text(alphabet="ABCabc-_09W", max_size=80)))
def test_whatever_else_is_sent_as_a_cursor_is_refused(text: str) -> None:
    try:
        key = read_cursor(text)
    except InputError:
        return
    assert write_cursor(key) == text


def test_a_cursor_longer_than_any_of_ours_is_refused() -> None:
    with pytest.raises(InputError):
        read_cursor(write_cursor(("a" * LONGEST, "b")))
