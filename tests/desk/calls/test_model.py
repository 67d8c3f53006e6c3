"""Calls are a fold of what people did: the order in which entries arrive does not matter."""

import random
from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given, strategies as st

from vidomo.desk.calls.model import (
    CORRECTED,
    RELEASED,
    STRUCK,
    TAKEN,
    WITHDRAWN,
    Corrected,
    Release,
    Taken,
    Withdrawal,
    calls_of,
)
from vidomo.desk.calls.posts import posts_of
from vidomo.desk.entry import Entry, entry
from vidomo.desk.seal import ERASED

BEGIN = datetime(2026, 1, 10, 1, 0, tzinfo=UTC)
IZIUM = "UA63040090010029555"


def at(minute: int) -> datetime:
    return BEGIN + timedelta(minutes=minute)


def taken(call: str, minute: int, words: str = "Немає світла.") -> Entry:
    body = Taken(words=words, called_at=at(minute), sealed="s1.x")
    return entry(TAKEN, subject=call, by="usr_1", at=at(minute), place=IZIUM, body=body)


def act(what: str, call: str, minute: int, body: msgspec.Struct | None = None) -> Entry:
    return entry(what, subject=call, by="usr_2", at=at(minute), body=body, reason="так треба")


RELEASE = Release(id="rls_1", source="desk:b@UA", words="Світла немає.", title="МВА")
NIGHT = (
    taken("call_a", 0),
    act(CORRECTED, "call_a", 2, Corrected(words="Немає світла й води.")),
    act(RELEASED, "call_a", 3, RELEASE),
    act(RELEASED, "call_a", 4, RELEASE),
    act(WITHDRAWN, "call_a", 9, Withdrawal(release="rls_1")),
    act(WITHDRAWN, "call_a", 10, Withdrawal(release="rls_1")),
    taken("call_b", 5, "Вибух."),
    act(STRUCK, "call_b", 6),
    act(CORRECTED, "call_b", 7, Corrected(words="Пізно.")),
    act(ERASED, "call_b", 8),
    act(CORRECTED, "call_nobody", 1, Corrected(words="Нічого.")),
    entry("task.added", subject="call_a", by="usr_1", at=at(1)),
)


def test_a_call_has_its_words_its_corrections_and_its_releases() -> None:
    latest, first = calls_of(NIGHT)
    assert (latest.id, first.id) == ("call_b", "call_a")
    assert [one.words for one in first.wordings] == ["Немає світла.", "Немає світла й води."]
    assert first.words == "Немає світла й води."
    (released,) = first.releases
    assert released.withdrawn_at == at(9)
    assert not first.standing
    assert latest.struck_at == at(6)
    assert latest.words == "Вибух."
    assert latest.is_erased
    assert not first.is_erased


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(NIGHT)))
def test_order_and_repetition_of_entries_do_not_matter(
    dice: random.Random, twice: list[Entry]
) -> None:
    shuffled = [*NIGHT, *twice]
    dice.shuffle(shuffled)
    assert calls_of(shuffled) == calls_of(NIGHT)


def test_a_call_stands_for_every_version_of_its_own_post() -> None:
    latest, first = calls_of(NIGHT)
    said = [(post.source, post.text, bool(post.deleted_at)) for post in posts_of(first)]
    assert said == [
        ("call:call_a", "Немає світла.", False),
        ("call:call_a", "Немає світла й води.", False),
        ("desk:b@UA", "Світла немає.", False),
        ("desk:b@UA", "Світла немає.", True),
    ]
    assert [bool(post.deleted_at) for post in posts_of(latest)] == [False, True]


def test_what_the_body_says_names_neither_the_call_nor_the_caller() -> None:
    for post in posts_of(calls_of(NIGHT)[1]):
        if post.source.startswith("desk:"):
            assert "call" not in msgspec.json.encode(post).decode()
            assert post.url is None


def test_no_word_of_a_call_can_be_looked_up() -> None:
    assert not [post.url for call in calls_of(NIGHT) for post in posts_of(call) if post.url]
