"""Words are released only where they name no caller, hold nothing forbidden, and by who may."""

import pytest

from vidomo.app.reader import read
from vidomo.core.time import parse_instant
from vidomo.desk.calls.model import Call, Caller, Wording
from vidomo.desk.calls.release import Looked, is_same_place, looked
from vidomo.desk.check import check_draft
from vidomo.gazetteer import Gazetteer

IZIUM = "UA63040090010029555"
IZIUM_RAION = "UA63040000000023521"
ATLAS = Gazetteer.open()
NOW = parse_instant("2026-01-10T01:15:00Z")


def call_of(words: str, *, corrected_by: str = "") -> Call:
    wordings = [Wording(words=words, at=NOW, by="usr_taker")]
    if corrected_by:
        wordings.append(Wording(words=words, at=NOW, by=corrected_by))
    return Call(
        id="call_1",
        place=IZIUM,
        called_at=NOW,
        taken_by="usr_taker",
        taken_at=NOW,
        wordings=tuple(wordings),
    )


def look(
    words: str,
    *,
    taken: str | None = None,
    by: str = "usr_other",
    who: str = "",
    number: str = "",
    corrected_by: str = "",
) -> Looked:
    return looked(
        words,
        call_of(words if taken is None else taken, corrected_by=corrected_by),
        by=by,
        caller=Caller(who=who, call_back=number),
        claims=read(words, home=IZIUM),
        checked=check_draft(words, home=IZIUM, sign="МВА", now=NOW),
        may_speak_of=lambda code: ATLAS.within(code, IZIUM_RAION),
    )


def test_whoever_took_a_call_may_release_what_is_on_no_list() -> None:
    found = look("В Ізюмі немає світла.", by="usr_taker")
    assert not found.refused
    assert not found.second
    assert found.checked.told


@pytest.mark.parametrize("words", ["Відбій тривоги в Ізюмі.", "В Ізюмі загинуло двоє людей."])
def test_an_all_clear_and_casualties_need_another_person_than_the_taker(words: str) -> None:
    assert look(words, by="usr_taker").refused == ("same_person",)
    assert not look(words).refused
    assert look(words).second


def test_whoever_words_casualties_anew_releases_words_of_their_own_and_is_refused() -> None:
    found = look("В Ізюмі загинуло двоє людей.", taken="В Ізюмі немає світла.")
    assert found.refused == ("reworded",)
    assert look("В Ізюмі загинуло двоє людей.", corrected_by="usr_other").refused == (
        "same_person",
    )


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("В Ізюмі немає світла, дзвоніть 050 123 45 67.", ""),
        ("В Ізюмі немає світла, 123-45-67.", "+38 050 123 45 67"),
    ],
)
def test_a_telephone_number_is_never_released(words: str, number: str) -> None:
    assert "number" in look(words, number=number).refused


@pytest.mark.parametrize(
    ("words", "who", "is_named"),
    [
        ("За словами пані Іваненкової, світла немає.", "Марія Іваненко", True),
        ("Староста Марії не дочекався.", "Марія", True),
        ("Водоканал працює.", "черговий водоканалу", False),
        ("Світла немає.", "Марія Іваненко", False),
        ("Світла немає.", "", False),
        ("Ян, сусід, каже, що світла немає.", "Ян", True),
        ("Янтарне без світла.", "Ян", False),
    ],
)
def test_words_that_may_name_the_caller_are_shown_to_a_person(
    words: str, who: str, *, is_named: bool
) -> None:
    assert look(words, who=who).is_named is is_named


def test_what_must_not_be_published_is_refused_as_it_stands() -> None:
    found = look("Влучання в будинок на вул. Шевченка, 12, працює ППО з північної околиці.")
    assert found.checked.forbidden
    assert "forbidden" in found.refused


@pytest.mark.parametrize(
    "words", ["У Харкові немає світла.", "У Харківській області немає світла."]
)
def test_nobody_speaks_of_a_place_outside_the_own_territory(words: str) -> None:
    assert look(words).refused == ("elsewhere",)


@pytest.mark.parametrize(("words", "why"), [("", "empty"), ("а" * 2001, "long")])
def test_nothing_and_too_much_are_refused(words: str, why: str) -> None:
    assert why in look(words).refused


@pytest.mark.parametrize(
    ("typed", "holds"),
    [
        ("Куп'янськ", True),
        ("  КУП’ЯНСЬК ", True),
        ("Kupiansk", True),
        ("Купянськ", False),
        ("", False),
    ],
)
def test_the_place_is_typed_in_any_case_and_with_any_apostrophe(typed: str, *, holds: bool) -> None:
    assert is_same_place(typed, ["Куп’янськ", "Kupiansk"]) is holds
