"""Each rule of our profile, broken one at a time."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, strategies as st

from cap.situations import NOON, SENDER, message, situation
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.gazetteer.shapes_arcs import SCALE
from vidomo.publish.alerts.model import (
    Alert,
    Area,
    Info,
    MsgType,
    NamedValue,
    Reference,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
)
from vidomo.publish.alerts.profile import (
    LONGEST_H,
    PROFILE,
    RULES,
    broken_rules,
    identifier_for,
    texts_of,
)
from vidomo.publish.alerts.profile_area import LEAST_KM2, area_km2, iso_code

change = msgspec.structs.replace
EARLIER = Reference(SENDER, "izium.example.20240131T110000Z.00c0ffee", NOON - timedelta(hours=1))
IZIUM = message().infos[0].area[0]
SQUARE = ((49.0, 37.0), (49.0, 37.05), (49.05, 37.05), (49.0, 37.0))


def infos(**given: object) -> Alert:
    return message(infos=tuple(change(one, **given) for one in message().infos))


def second(**given: object) -> Alert:
    first, other = message().infos
    return message(infos=(first, change(other, **given)))


def area(**given: object) -> Alert:
    return infos(area=(change(IZIUM, **given),))


def note(text: str, **given: object) -> Alert:
    return message(note=text, **given)


BROKEN: dict[str, tuple[Alert, ...]] = {
    "P01": (
        message(code=()),
        message(code=("other", "profile:vidomo-ua:0.9")),
        note("х\u202eу"),
        message(addresses=("",), scope=Scope.PRIVATE),
    ),
    "P02": (
        message(infos=()),
        message(infos=message().infos[:1]),
        message(infos=message().infos[::-1]),
        message(infos=(*message().infos, message().infos[0])),
        infos(language=""),
        second(language="ru-RU"),
    ),
    "P03": (
        second(severity=Severity.MINOR),
        second(expires=NOON + timedelta(hours=4)),
        second(event_code=()),
        second(response_type=(ResponseType.MONITOR,)),
        second(area=message("UA63040000000023521").infos[0].area),
    ),
    "P04": (
        message(identifier="alert-1"),
        message(identifier="izium.example.20240131T120001Z.00c0ffee"),
        message(identifier="exercise.izium.example.20240131T120000Z.00c0ffee"),
        message(status=Status.TEST, identifier="izium.example.20240131T120000Z.00c0ffee"),
    ),
    "P05": (
        message(sender="izium"),
        message(sender="a@b"),
        message(sender="громада@izium.example"),
    ),
    "P06": (
        message(msg_type=MsgType.UPDATE),
        message(msg_type=MsgType.CANCEL),
        message(references=(EARLIER,)),
        message(msg_type=MsgType.UPDATE, references=(change(EARLIER, sender="x@y.example"),)),
        message(msg_type=MsgType.UPDATE, references=(change(EARLIER, sent=NOON + timedelta(1)),)),
        message(msg_type=MsgType.UPDATE, references=(message().as_reference,)),
    ),
    "P07": (
        infos(expires=None),
        infos(expires=NOON),
        infos(effective=None, expires=NOON - timedelta(hours=1)),
        infos(expires=NOON + timedelta(hours=LONGEST_H, seconds=1)),
    ),
    "P08": (infos(onset=NOON + timedelta(hours=4)),),
    "P09": (
        infos(area=()),
        area(geocodes=()),
        area(
            geocodes=(
                NamedValue("KATOTTG", "UA00000000000000000"),
                NamedValue("ISO3166-2", "UA-00"),
            )
        ),
        area(geocodes=(NamedValue("KATOTTG", "UA"), NamedValue("ISO3166-2", "UA"))),
        area(geocodes=(NamedValue("KATOTTG", "RU"), NamedValue("ISO3166-2", "UA"))),
        area(geocodes=(IZIUM.geocodes[0],)),
        area(geocodes=(IZIUM.geocodes[0], NamedValue("ISO3166-2", "UA-32"))),
        area(circles=((49.2, 37.3, 50.0),)),
        area(altitude=100.0),
        area(ceiling=100.0),
        area(polygons=(IZIUM.polygons[0][:-1],)),
        area(polygons=(SQUARE,)),
        area(polygons=((),)),
        area(polygons=(((49.0, 7.0), (49.0, 8.0), (50.0, 8.0), (49.0, 7.0)),)),
        area(
            polygons=(
                (*IZIUM.polygons[0][:-1], *[IZIUM.polygons[0][1]] * 400, IZIUM.polygons[0][0]),
            )
        ),
    ),
    "P10": (
        infos(event_code=(NamedValue("SAME", "CEM"),)),
        infos(event_code=(NamedValue("OET:v1.2", "OET-224"),)),
        infos(event_code=(NamedValue("OET:v1.2", "OET-12"),)),
        infos(event_code=(NamedValue("OET:v1.2", "OET-129"), NamedValue("OET:v1.2", "OET-145"))),
    ),
    "P11": (
        note("Збір на вул. Миру, 12"),
        infos(instruction="Meet at 12 Myru Street"),
        infos(description="49.20697, 37.27679"),
    ),
    "P12": (message(status=Status.DRAFT),),
    "P13": (
        message(restriction="лише для чергових"),
        message(scope=Scope.RESTRICTED),
        message(scope=Scope.PRIVATE),
        message(addresses=("a@b.example",)),
        message(msg_type=MsgType.ACK, references=(EARLIER,)),
        message(status=Status.SYSTEM, scope=Scope.PUBLIC, restriction=""),
    ),
    "P14": (
        infos(contact="Навчання, тел. 101"),
        note("Навчальна тривога"),
        infos(headline="EXERCISE. Izium: take shelter"),
        infos(description="Це тестове повідомлення"),
        infos(event="Учебная тревога"),
        area(area_desc="Drill area"),
    ),
    "P15": (
        message(status=Status.EXERCISE, note=""),
        message(status=Status.EXERCISE, infos=message().infos),
        message(status=Status.TEST, note="навчання"),
        message(
            status=Status.EXERCISE,
            infos=tuple(change(one, headline="EXERCISE") for one in message().infos),
        ),
    ),
    "P16": (
        infos(contact="101 " * 1100),
        infos(headline=""),
        infos(sender_name=" "),
        infos(description=""),
        infos(headline="о" * 161),
        infos(contact=""),
        infos(description="о" * 4001),
    ),
    "P17": (
        infos(web=""),
        infos(web="izium.example"),
        infos(web="javascript:alert(1)"),
        infos(resource=(Resource(resource_desc="x", mime_type="a/b", deref_uri="AAAA"),)),
        infos(resource=(Resource(resource_desc="x", mime_type="a/b", uri="file:///etc/passwd"),)),
    ),
    "P18": (infos(response_type=(ResponseType.ALL_CLEAR, ResponseType.MONITOR)),),
}


def test_the_plain_messages_break_no_rule() -> None:
    for status in Status:
        if status is not Status.DRAFT:
            assert broken_rules(message(status=status)) == ()
    for kind in (MsgType.UPDATE, MsgType.CANCEL):
        assert broken_rules(message(msg_type=kind, references=(EARLIER,))) == ()
    assert broken_rules(infos(response_type=(ResponseType.ALL_CLEAR,))) == ()


@pytest.mark.parametrize("code", RULES)
def test_each_rule_is_broken_by_what_it_forbids(code: str) -> None:
    for alert in BROKEN[code]:
        assert code in {problem.code for problem in broken_rules(alert)}, alert


def test_an_answer_between_machines_needs_no_info() -> None:
    alert = message(
        msg_type=MsgType.ACK,
        references=(change(EARLIER, sender="other@oblast.example"),),
        scope=Scope.PRIVATE,
        addresses=("other@oblast.example",),
        infos=(),
    )
    assert broken_rules(alert) == ()


@given(st.integers(0, 10**6))
def test_every_situation_keeps_every_rule(seed: int) -> None:
    assert broken_rules(situation(seed)) == ()


def test_the_page_of_the_profile_tells_every_rule() -> None:
    page = (Path(__file__).parents[3] / "docs/cap-profile.md").read_text("utf-8")
    assert re.findall(r"^\| (P\d\d) \|", page, re.MULTILINE) == list(RULES)
    assert PROFILE in page


def test_the_identifier_of_what_is_not_in_earnest_says_so() -> None:
    make: Callable[[Status], str] = lambda status: identifier_for(  # noqa: E731 - one line
        sender="Duty@Izium-Rada.gov.ua", sent=NOON, status=status, token="0123abcd"
    )
    assert make(Status.ACTUAL) == "izium-rada.gov.ua.20240131T120000Z.0123abcd"
    assert make(Status.EXERCISE).startswith("exercise.")
    assert make(Status.TEST).startswith("test.")
    assert make(Status.SYSTEM).startswith("system.")


def test_every_raion_is_large_enough_and_has_few_points() -> None:
    shapes = bundled_shapes().arcs
    for code in shapes.units:
        ring = max(shapes.rings(code), key=len)
        assert area_km2([(lat / SCALE, lon / SCALE) for lon, lat in ring]) > LEAST_KM2, code
    assert area_km2(()) == 0.0


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("UA63040090010029555", "UA-63"),
        ("UA80000000000093317", "UA-30"),
        ("UA85000000000065278", "UA-40"),
        ("UA01000000000013043", "UA-43"),
        ("UA44000000000018893", "UA-09"),
        ("UA73000000000044923", "UA-77"),
        ("UA", "UA"),
    ],
)
def test_an_oblast_has_its_code_of_the_iso_list(unit: str, code: str) -> None:
    assert iso_code(unit) == code


def test_all_oblasts_have_different_codes_of_the_iso_list() -> None:
    known = {
        "05",
        "07",
        "09",
        "12",
        "14",
        "18",
        "21",
        "23",
        "26",
        "30",
        "32",
        "35",
        "40",
        "43",
        "46",
    }
    known |= {"48", "51", "53", "56", "59", "61", "63", "65", "68", "71", "74", "77"}
    codes = {iso_code(unit.code) for unit in Gazetteer.open().oblasts()}
    assert codes == {f"UA-{one}" for one in known}


def test_all_that_people_read_is_looked_at() -> None:
    told = " ".join(texts_of(message(note="нотатка", source="джерело", incidents=("випадок",))))
    info: Info = message().infos[0]
    for text in ("нотатка", "джерело", "випадок", info.headline, info.area[0].area_desc):
        assert text in told


def test_an_area_of_two_oblasts_names_both() -> None:
    kyiv = next(code for code in Gazetteer.open().children("UA32000000000030281"))
    both = Area(
        area_desc="Ізюмський район, Бориспільський район",
        geocodes=(
            NamedValue("KATOTTG", "UA63040000000023521"),
            NamedValue("KATOTTG", kyiv),
            NamedValue("ISO3166-2", "UA-63"),
            NamedValue("ISO3166-2", "UA-32"),
        ),
    )
    assert broken_rules(infos(area=(both,))) == ()


def test_a_body_may_be_asked_at_its_own_office() -> None:
    assert not broken_rules(infos(contact="м. Ізюм, вул. Миру, 12; +380 00 000 00 00"))
