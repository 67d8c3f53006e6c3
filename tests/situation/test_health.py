"""When a source last answered."""

from msgspec import json

from situation.testimonies import at, poll, situation
from vidomo.core.time import KYIV
from vidomo.sources.model import Outcome

A, N, X, R = Outcome.ANSWERED, Outcome.NOTHING_NEW, Outcome.NO_ANSWER, Outcome.REFUSED


def health(*polls: tuple[str, Outcome]) -> tuple:
    found = situation(polls=tuple(poll("izium_mva", at(clock), what) for clock, what in polls))
    (row,) = found.sources
    return row.answered_at, row.silent_since, row.detail


def test_a_source_is_silent_since_the_first_failure_after_its_last_answer() -> None:
    assert health(("10:00", A), ("11:00", X), ("12:00", R)) == (at("10:00"), at("11:00"), "refused")


def test_an_answer_without_news_is_an_answer() -> None:
    assert health(("10:00", X), ("11:00", N)) == (at("11:00"), None, "")


def test_a_source_that_never_answered_has_no_last_answer() -> None:
    assert health(("10:00", X)) == (None, at("10:00"), "no_answer")


def test_polls_after_the_instant_that_is_asked_about_take_no_part() -> None:
    polls = (poll("izium_mva", at("10:00")), poll("izium_mva", at("12:00"), X))
    (row,) = situation(polls=polls, when=at("11:00")).sources
    assert row.silent_since is None


def test_sources_stand_in_one_order() -> None:
    polls = (poll("b", at("10:00")), poll("a", at("10:00")))
    assert [row.source for row in situation(polls=polls).sources] == ["a", "b"]


def test_the_zone_that_a_poll_was_written_in_does_not_show() -> None:
    here = poll("izium_mva", at("10:00"))
    there = poll("izium_mva", at("10:00").astimezone(KYIV))
    assert json.encode(situation(polls=(here,))) == json.encode(situation(polls=(there,)))
