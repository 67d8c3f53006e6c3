"""Wordings of the operator's own: used when they are sound, told what is wrong when they are not."""

import pytest

from desk.alerts.test_compose import life, said
from desk.alerts.worlds import IZIUM, NOW, OWN, made, press
from vidomo.desk.alerts.compose import correct
from vidomo.desk.alerts.model import Kind
from vidomo.desk.alerts.own_wordings import read_own
from vidomo.desk.check import check_draft

GOOD = """
[gas]
kind = "advice"
category = ["Infra"]
response = ["Avoid"]
urgency = "Immediate"
severity = "Severe"
certainty = "Possible"
event_code = ""
hours = 6
[gas.uk]
event = "Запах газу"
headline = "{place}: не вмикайте світла"
description = "Можливий витік газу: {place}. Час повідомлення {at}, діє до {until}."
instruction = "Відчиніть вікна, вийдіть надвір, зателефонуйте 104."
[gas.en]
event = "Smell of gas"
headline = "{place}: do not switch on lights"
description = "There may be a gas leak: {place}. Message of {at}, stands until {until}."
instruction = "Open windows, go outside, call 104."
"""


def read(text: str):
    return read_own(text, press=press(), places=[IZIUM])


def test_a_sound_wording_is_taken() -> None:
    found = read(GOOD)
    assert found.problems == ()
    assert found.wordings["gas"].kind is Kind.ADVICE
    assert found.wordings["gas"].ref.id == "gas"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[gas", "[shelter", "name"),
        ('kind = "advice"', 'kind = "all_clear"', "kind"),
        ('kind = "advice"', 'kind = "nothing"', "fields"),
        ("hours = 6", 'hours = "six"', "fields"),
        ("hours = 6", "hours = 600", "values"),
        ('urgency = "Immediate"', 'urgency = "Soon"', "values"),
        ("{until}", "{said}", "gaps"),
        ("{until}", "{", "values"),
        ("{until}", "{0}", "gaps"),
        ('kind = "advice"', 'kind = "shelter"', "held"),
        ("Можливий витік газу", "Навчальна тривога", "held"),
        ("зателефонуйте 104", "збір: вул. Миру, 12", "P11"),
        ("Відчиніть вікна", "Двоє загиблих", "casualty"),
        ("go outside", "the danger is over", "all_clear"),
        ("[gas]", "[gas", "toml"),
        ('event_code = ""', 'event_code = "OET-999"', "P10"),
    ],
)
def test_everything_that_is_wrong_is_told_and_such_a_wording_is_not_used(old, new, code) -> None:
    found = read(GOOD.replace(old, new))
    assert code in {one.code for one in found.problems}
    assert not found.wordings


def test_what_is_no_table_is_told() -> None:
    assert read("gas = 3").problems[0].code == "fields"
    assert read("").wordings == {}


WRONG = life(made("advice"))
OUTAGE = said("clm_2", "impact.power.outage", "У Ізюмі немає світла")
MESSAGES = {
    "shelter": made(),
    "advice": made("advice"),
    "being_verified": made("being_verified"),
    "all_clear": made("all_clear", said=(said(),)),
    "cancel": made("cancel", follows=WRONG, lives=(WRONG,)),
    "correction": correct(press(NOW), WRONG, "shelter", [IZIUM], lives=(WRONG,)),
    "from_view": made("from_view", said=(OUTAGE,)),
}
LACKS = {"from_view": {"next"}}
"""What is known is told once; when power comes back only its source could say."""


@pytest.mark.parametrize("name", MESSAGES)
def test_our_wordings_pass_the_check_of_drafts(name: str) -> None:
    for lang, info in zip(("uk", "en"), MESSAGES[name].alert.infos, strict=True):
        text = f"{info.headline}\n{info.description}\n{info.instruction}"
        found = check_draft(text, home=IZIUM, sign=OWN.name, lang=lang, now=NOW)
        assert not found.forbidden
        assert not found.doubts
        assert {one.what for one in found.missing} <= LACKS.get(name, set())


def test_only_an_all_clear_is_understood_as_one() -> None:
    for name, draft in MESSAGES.items():
        for info in draft.alert.infos:
            text = f"{info.headline}\n{info.description}\n{info.instruction}"
            told = [
                one
                for place in check_draft(text, home=IZIUM, now=NOW).told
                for one in place.statements
                if one.topic == "alert.end" and one.polarity == "affirmed" and one.kind == "report"
            ]
            assert bool(told) == (name == "all_clear"), (name, info.language)
