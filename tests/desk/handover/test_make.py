"""The sheet of a hand-over holds what the next officer needs, and nothing is made up."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from vidomo.desk.entry import entry
from vidomo.desk.handover.make import make_sheet, tone_of
from vidomo.desk.handover.model import InForce, digest_of
from vidomo.desk.tasks.model import ADDED, Todo, tasks_of
from vidomo.disclosure.model import (
    DimensionView,
    PlaceView,
    PublicView,
    QuestionView,
    Said,
    SourceView,
    TitleView,
    Withheld,
)
from vidomo.gazetteer import Gazetteer

AT = datetime(2026, 1, 10, 5, 0, tzinfo=UTC)
IZIUM = "UA63040090010029555"
VILLAGE = "UA63040130110044022"
RAION = "UA63040000000023521"
OBLAST = "UA63000000000041885"
LVIV = "UA46060250010015970"
ATLAS = Gazetteer.open()


def ago(hours: float) -> datetime:
    return AT - timedelta(hours=hours)


def said(claim: str, **fields: object) -> Said:
    given = {
        "report": "rep_1",
        "topic": "impact.power.restored",
        "kind": "forecast",
        "polarity": "affirmed",
        "standing": "official",
        "reason": "own_channel",
        "origin": "city",
        "speaker": "МВА",
        "source": "mva",
        "url": "",
        "lang": "uk",
        "quote": f"світло дадуть {claim}",
        "place": IZIUM,
        "said_at": ago(2),
        "said_until": ago(2) + timedelta(seconds=1),
    }
    return Said(claim=claim, **(given | fields))


def row(dimension: str, phase: str, *claims: str, **fields: object) -> DimensionView:
    return DimensionView(dimension=dimension, phase=phase, said=claims, **fields)


VIEW = PublicView(
    policy="operator-only",
    valid_at=AT,
    known_at=AT,
    places=(
        PlaceView(
            place=IZIUM,
            dimensions=(
                row("alert", "on", inherited_from=OBLAST),
                row("power", "out", "clm_call"),
                row("water", "not_reported"),
                row("harm", "reported", "clm_mva", stale=True),
            ),
        ),
        PlaceView(place=LVIV, dimensions=(row("power", "out", "clm_lviv"),)),
        PlaceView(place=OBLAST, dimensions=(row("alert", "on", "clm_oblast"),)),
        PlaceView(place=RAION, dimensions=(row("alert", "unknown"), row("power", "not_reported"))),
        PlaceView(place=VILLAGE, dimensions=(row("power", "restored", "clm_mva"),)),
        PlaceView(place="UA", dimensions=(row("power", "partial", "clm_mva"),)),
    ),
    questions=(
        QuestionView(id="qst_1", subject="casualties", topic="harm.injured", place=IZIUM),
        QuestionView(id="qst_2", subject="cause", topic="cause", place=IZIUM, status="answered"),
        QuestionView(
            id="qst_3", subject="extent", topic="impact.damage", candidates=(LVIV, VILLAGE)
        ),
        QuestionView(id="qst_4", subject="extent", topic="impact.damage", place=LVIV),
        QuestionView(
            id="qst_5", subject="number", topic="harm.injured", place=IZIUM, status="stale"
        ),
    ),
    said=(
        said("clm_mva", kind="report"),
        said("clm_call", kind="report", standing="declared"),
        said("clm_to_come", latest=AT + timedelta(hours=1)),
        said("clm_over", latest=ago(1), standing="declared"),
        said("clm_no_time", latest=ago(2) + timedelta(seconds=1)),
        said("clm_long_over", latest=ago(30), said_at=ago(40), said_until=ago(39)),
        said("clm_same", quote="світло дадуть clm_to_come", latest=AT + timedelta(hours=1)),
        said("clm_lviv", place=LVIV, latest=AT + timedelta(hours=1)),
    ),
    sources=(
        SourceView(source="mva", answered_at=ago(5), silent_since=ago(4)),
        SourceView(source="fresh", answered_at=ago(0)),
    ),
    titles=(TitleView(source="mva", title="Ізюмська МВА"),),
)


def kept(
    place: str, *, rule: str = "object-civil", what: str = "claim clm_1", **fields
) -> Withheld:
    return Withheld(what=what, rule=rule, place=place, topic="impact.damage", **fields)


def sheet(territory: str = RAION, *, view: PublicView = VIEW, **fields: object):
    given = {
        "territory": territory,
        "at": AT,
        "made_by": "usr_1",
        "tasks": (),
        "alerts": (),
        "withheld": (),
        "atlas": ATLAS,
    }
    return make_sheet(view, **(given | fields))


def test_the_territory_itself_comes_first_and_an_unknown_alert_is_told() -> None:
    found = sheet().holds
    assert found[0].place == RAION
    assert [(one.dimension, one.phase) for one in found[0].holds] == [("alert", "unknown")]
    assert {one.place for one in found} == {RAION, IZIUM, VILLAGE, OBLAST}


def test_what_nobody_said_is_no_row_and_what_is_inherited_is_told_once() -> None:
    izium = next(one for one in sheet().holds if one.place == IZIUM)
    assert [(one.dimension, one.is_unofficial, one.stale) for one in izium.holds] == [
        ("power", True, False),
        ("harm", False, True),
    ]


def test_open_questions_are_handed_on_with_those_whose_place_is_unclear() -> None:
    assert [one.id for one in sheet().asked] == ["qst_1", "qst_3", "qst_5"]


def test_a_promise_keeps_its_time_and_words_without_a_time_get_none() -> None:
    found = {one.claim: one for one in sheet().promises}
    assert list(found) == ["clm_over", "clm_to_come", "clm_no_time"]
    assert found["clm_to_come"].until == AT + timedelta(hours=1)
    assert not found["clm_to_come"].is_over
    assert found["clm_over"].is_over
    assert found["clm_over"].is_unofficial
    assert found["clm_no_time"].until is None
    assert not found["clm_no_time"].is_over


def test_silent_sources_are_named() -> None:
    assert [(one.source, one.title) for one in sheet().silent] == [("mva", "Ізюмська МВА")]


def test_alerts_that_are_not_set_up_are_not_the_same_as_none() -> None:
    near = InForce(id="alr_1", headline="В укриття", state="issued", places=(IZIUM,))
    far = InForce(id="alr_2", headline="В укриття", state="issued", places=(LVIV,))
    assert sheet(alerts=None).alerts is None
    assert sheet().alerts == ()
    assert sheet(alerts=(near, far)).alerts == (near,)


def test_tasks_of_the_territory_and_of_the_country_are_handed_on_overdue_first() -> None:
    def task(name: str, place: str, due: float):
        body = Todo(text=name, due=AT + timedelta(hours=due))
        return entry(ADDED, subject=f"task_{name}", by="usr_1", at=ago(9), place=place, body=body)

    made = [
        task("later", IZIUM, 3),
        task("over", "UA", -1),
        task("far", LVIV, -2),
        task("soon", VILLAGE, 0.2),
    ]
    found = sheet(tasks=tasks_of(made)).tasks
    assert [(one.text, one.urgency) for one in found] == [
        ("over", "overdue"),
        ("soon", "soon"),
        ("later", "later"),
    ]


def test_withheld_statements_are_counted_and_the_next_to_be_shown_is_on_top() -> None:
    given = [
        kept(IZIUM, what="claim clm_1"),
        kept(IZIUM, what="claim clm_2"),
        kept(IZIUM, what="claim clm_2"),
        kept(IZIUM, what="claim clm_3", rule="object-military", until=AT + timedelta(hours=2)),
        kept(IZIUM, what="words of claim clm_4", is_quote=True),
        kept(IZIUM, what="incident inc_1"),
        kept(LVIV, what="claim clm_5"),
    ]
    found = sheet(withheld=given).kept
    assert [(one.rule, one.count) for one in found] == [("object-military", 1), ("object-civil", 2)]


def test_the_same_knowledge_gives_the_same_bytes() -> None:
    one, other = sheet(), sheet()
    assert digest_of(one) == digest_of(other)
    assert digest_of(sheet(made_by="usr_2")) != digest_of(one)


def test_the_country_holds_every_place() -> None:
    assert {one.place for one in sheet("UA").holds} >= {IZIUM, LVIV, "UA"}


@pytest.mark.parametrize(
    ("phase", "tone"),
    [("on", "danger"), ("out", "danger"), ("partial", "caution"), ("restored", ""), ("normal", "")],
)
def test_a_phase_is_as_pressing_as_it_is(phase: str, tone: str) -> None:
    assert tone_of(phase) == tone


@pytest.mark.parametrize(
    "topic", ["harm.injured", "event.explosion", "threat.uav", "impact.damage"]
)
def test_a_guess_at_attacks_or_losses_is_no_promise(topic: str) -> None:
    guess = said("clm_guess", topic=topic, said_until=ago(1))
    light = said("clm_light", said_until=ago(1))
    view = msgspec.structs.replace(VIEW, said=(guess, light))
    assert [one.claim for one in sheet(view=view).promises] == ["clm_light"]
