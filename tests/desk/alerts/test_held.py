"""What holds a message for a person: fields and words that disagree."""

import tomllib
from datetime import timedelta
from importlib.resources import files

import msgspec
import pytest

from desk.alerts.worlds import IZIUM, NOW, OWN, atlas, made, press
from vidomo.desk.alerts.compose import from_wording
from vidomo.desk.alerts.findings import _words
from vidomo.desk.alerts.held import reasons_held, says_exercise
from vidomo.desk.alerts.model import Kind
from vidomo.desk.words import desk_words
from vidomo.publish.alerts.model import (
    MsgType,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
)


def infos(draft, **changed):
    found = tuple(msgspec.structs.replace(info, **changed) for info in draft.alert.infos)
    return alert(draft, infos=found)


def alert(draft, **changed):
    return msgspec.structs.replace(draft, alert=msgspec.structs.replace(draft.alert, **changed))


def first(draft, **changed):
    one, two = draft.alert.infos
    return alert(draft, infos=(msgspec.structs.replace(one, **changed), two))


GOOD = made()
TEST = from_wording(press(status=Status.TEST, scope=Scope.RESTRICTED), "shelter", [IZIUM])
EXERCISE = from_wording(press(is_exercise=True), "shelter", [IZIUM])


@pytest.mark.parametrize("name", ["shelter", "advice", "being_verified"])
def test_our_wordings_hold_nothing_up(name: str) -> None:
    assert reasons_held(made(name)) == ()


def test_an_exercise_and_a_test_of_ours_hold_nothing_up() -> None:
    assert reasons_held(EXERCISE) == reasons_held(TEST) == ()


@pytest.mark.parametrize(
    "words",
    ["Це НАВЧАННЯ.", "Учебная тревога", "учения", "This is a DRILL", "тест системи", "TEST"],
)
@pytest.mark.parametrize("where", ["headline", "description", "instruction", "event"])
def test_an_actual_alert_that_says_exercise_or_test_is_held(words: str, where: str) -> None:
    assert reasons_held(first(GOOD, **{where: words})) == ("actual_says_exercise",)


def test_a_note_that_says_exercise_holds_an_actual_alert() -> None:
    assert reasons_held(alert(GOOD, note="exercise")) == ("actual_says_exercise",)


def test_plain_words_are_no_exercise() -> None:
    assert not says_exercise("Негайно в укриття. The latest message counts; protest is over.")


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (infos(EXERCISE, headline="Take shelter"), "exercise_does_not_say_so"),
        (alert(TEST, note=""), "exercise_does_not_say_so"),
        (alert(GOOD, status=Status.EXERCISE), "no_outlet"),
        (msgspec.structs.replace(GOOD, is_exercise=True), "no_outlet"),
        (alert(GOOD, status=Status.DRAFT), "no_outlet"),
        (alert(GOOD, msg_type=MsgType.UPDATE), "type_and_chain"),
        (msgspec.structs.replace(GOOD, follows="alr_x"), "references"),
        (alert(GOOD, msg_type=MsgType.CANCEL), "type_and_kind"),
        (alert(GOOD, infos=GOOD.alert.infos[:1]), "languages"),
        (first(GOOD, severity=Severity.MINOR), "languages_disagree"),
        (first(GOOD, expires=NOW + timedelta(hours=9)), "languages_disagree"),
        (infos(GOOD, response_type=(ResponseType.ALL_CLEAR,)), "response_and_kind"),
        (msgspec.structs.replace(GOOD, kind=Kind.ALL_CLEAR), "response_and_kind"),
        (infos(GOOD, urgency=Urgency.PAST), "past_without_all_clear"),
        (infos(GOOD, response_type=(ResponseType.NONE,)), "severe_but_calm"),
        (infos(GOOD, response_type=(ResponseType.MONITOR,)), "shelter_without_shelter"),
        (infos(GOOD, expires=None), "no_end"),
        (infos(GOOD, expires=NOW), "ends_before_it_begins"),
        (infos(GOOD, area=()), "places_disagree"),
        (msgspec.structs.replace(GOOD, places=("UA46000000000026241",)), "places_disagree"),
        (first(GOOD, description=" "), "no_words"),
    ],
)
def test_fields_that_disagree_hold_a_message(draft, reason: str) -> None:
    assert reason in reasons_held(draft)
    for lang in ("uk", "en"):
        assert desk_words(lang)(f"alerts.held_{reason}")


def test_an_all_clear_that_is_not_past_is_held() -> None:
    draft = msgspec.structs.replace(
        infos(GOOD, response_type=(ResponseType.ALL_CLEAR,)), kind=Kind.ALL_CLEAR
    )
    assert "all_clear_is_not_past" in reasons_held(draft)


def test_every_weighty_word_finds_its_example_and_leaves_its_counter_alone() -> None:
    table = tomllib.loads((files("vidomo.desk.alerts") / "weighty_words.toml").read_text("utf-8"))
    for row in table["word"]:
        assert _words(row["what"]).search(row["example"]), row
        assert not _words(row["what"]).search(row["counter"]), row


def test_the_authority_of_these_tests_is_complete() -> None:
    assert OWN.is_complete
    assert atlas().get(IZIUM) is not None
