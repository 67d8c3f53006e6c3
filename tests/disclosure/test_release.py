"""Two people and a reason let one statement pass before its time."""

import msgspec
import pytest

from disclosure.planted import IZIUM
from disclosure.told import official, opened, told
from situation.testimonies import at, said
from vidomo.disclosure.release import Release, in_effect, same_person

POST = official(1, "08:00", said("impact.damage", IZIUM, quote="Пошкоджено підстанцію"))
CLAIM = POST.reading.claims[0].id
FIRST = Release(
    id="rel_1",
    claim=CLAIM,
    version=POST.version.id,
    reason="вже в ефірі",
    by="Олена",
    at=at("09:00"),
)
SECOND = msgspec.structs.replace(
    FIRST, id="rel_2", by="Петро", reason="", at=at("09:05"), confirms="rel_1"
)


def is_shown(*releases: Release, when: str = "10:00") -> bool:
    return bool(opened(told(POST, when=at(when)), releases=releases).view(IZIUM).said)


def test_one_person_alone_releases_nothing() -> None:
    assert not is_shown(FIRST)
    assert not is_shown(SECOND)


def test_two_people_release_the_statement_but_not_words_that_name_an_object() -> None:
    seen = opened(told(POST, when=at("10:00")), releases=(SECOND, FIRST)).view(IZIUM)
    (item,) = seen.said
    assert (item.quote, item.withheld_by) == ("", "words-that-aim")


@pytest.mark.parametrize("by", ["Олена", " олена ", "ОЛЕНА"])
def test_the_same_person_twice_is_one_person(by: str) -> None:
    assert same_person("Олена", by)
    assert not is_shown(FIRST, msgspec.structs.replace(SECOND, by=by))


def test_a_release_counts_from_when_the_second_person_confirmed_it() -> None:
    assert not is_shown(FIRST, SECOND, when="09:04")
    assert is_shown(FIRST, SECOND, when="09:06")


def test_an_edit_of_the_post_voids_the_release() -> None:
    other = [msgspec.structs.replace(one, version="ver_other") for one in (FIRST, SECOND)]
    assert not is_shown(*other)


@pytest.mark.parametrize(
    "changes",
    [{"claim": "clm_other"}, {"version": "ver_other"}, {"by": ""}, {"confirms": "rel_gone"}],
)
def test_a_confirmation_must_be_of_that_very_release(changes: dict[str, str]) -> None:
    assert not is_shown(FIRST, msgspec.structs.replace(SECOND, **changes))


def test_a_release_without_a_reason_is_none() -> None:
    given = (msgspec.structs.replace(FIRST, reason=""), SECOND)
    assert in_effect(given, now=at("10:00")) == {}


def test_nobody_can_release_what_was_taken_back() -> None:
    gone = official(
        1,
        "08:00",
        said("impact.damage", IZIUM, quote="Пошкоджено підстанцію"),
        deleted_at=at("08:30"),
    )
    situation = told(POST, gone, when=at("10:00"))
    assert opened(situation, releases=(FIRST, SECOND)).view(IZIUM).said == ()
