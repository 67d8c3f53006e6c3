from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, strategies as st

from vidomo.core import errors
from vidomo.core.clock import fixed_clock, system_clock
from vidomo.core.codec import from_json, to_json
from vidomo.core.ids import content_id
from vidomo.core.problems import Problem

NOON = datetime(2025, 12, 20, 12, tzinfo=UTC)


@given(st.lists(st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=4))
def test_two_lists_of_parts_share_an_id_only_when_they_are_equal(
    one: list[str], two: list[str]
) -> None:
    assert (content_id("x", *one) == content_id("x", *two)) == (one == two)


def test_parts_cannot_run_together() -> None:
    assert content_id("x", "ab", "c") != content_id("x", "a", "bc")


def test_json_is_canonical_and_reads_back() -> None:
    problem = Problem(code="empty", found="nothing", where="line 1")
    assert from_json(to_json(problem), Problem) == problem
    assert to_json({"b": 1, "a": 2}) == to_json({"a": 2, "b": 1})
    with pytest.raises(msgspec.ValidationError):
        from_json(b'{"code": 1}', Problem)


def test_clocks_show_aware_utc() -> None:
    assert fixed_clock(NOON)() == NOON
    assert system_clock().tzinfo is UTC


def test_every_error_has_one_root_and_an_exit_code_of_the_command_line() -> None:
    found = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, Exception)
    ]
    assert len(found) > 5
    for error in found:
        assert issubclass(error, errors.VidomoError)
        assert error.exit_code in {1, 2, 3, 4, 5, 6}
        assert error("found", hint="do").hint == "do"
