"""No public situation report holds anything withheld, in any of its forms and for any place."""

import io
import itertools
import random
from datetime import timedelta

import pypdf
import pytest
from hypothesis import given, settings, strategies as st

from disclosure.leaks import in_bytes
from disclosure.planted import ALL, BEGIN, IZIUM, OBLAST, RAION, World, world
from disclosure.rendered import WorldHouse
from vidomo.app.sitrep import Order, situation_report, written
from vidomo.disclosure.gate import PublicGate
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.sitrep import Report

SEEDS = st.integers(min_value=0, max_value=2**40)
PROFILE = settings.get_current_profile_name()
FEW = settings(max_examples=12 if PROFILE == "short" else 400)
STARTS = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=60))


def report(some: World, code: str, *, lang: str = "uk", **values: object) -> Report:
    order = Order(place=code, start=some.now - STARTS[1], lang=lang, **values)
    return situation_report(WorldHouse(some), order, shapes=bundled_shapes())


def text_of(body: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)


@FEW
@given(SEEDS)
def test_no_report_as_page_or_text_holds_anything_withheld(seed: int) -> None:
    some, dice = world(seed), random.Random(seed)
    for code, kind in itertools.product(ALL, ("html", "md")):
        start = some.now - dice.choice(STARTS)
        order = Order(place=code, start=start, lang=dice.choice(("uk", "en")))
        made = situation_report(WorldHouse(some), order, shapes=bundled_shapes())
        text = written(made, kind).decode()
        assert list(in_bytes(some, text, f"{kind} report of {code}")) == []


@settings(max_examples=4 if PROFILE == "short" else 60)
@given(SEEDS)
def test_no_report_as_pdf_holds_anything_withheld(seed: int) -> None:
    some = world(seed)
    for code in (IZIUM, RAION, OBLAST):
        body = written(report(some, code), "pdf")
        assert list(in_bytes(some, text_of(body), f"pdf report of {code}")) == []


@FEW
@given(SEEDS)
def test_a_report_of_an_earlier_period_holds_nothing_taken_back_since(seed: int) -> None:
    some = world(seed)
    end = max(BEGIN + timedelta(minutes=30), some.now - timedelta(hours=5))
    for code in (IZIUM, OBLAST):
        order = Order(place=code, start=end - STARTS[1], end=end, known_at=end)
        made = situation_report(WorldHouse(some), order, shapes=bundled_shapes())
        text = written(made, "html").decode()
        told = some.told()
        # The same words may also stand in a copy that nobody took back.
        stands = {one.mark for one in told if not one.is_gone(some.now)}
        gone = [one for one in told if one.is_gone(some.now) and one.mark not in stands]
        assert [one.topic for one in gone if one.mark in text] == []


@FEW
@given(SEEDS)
def test_what_no_official_says_changes_no_byte_of_a_report(seed: int) -> None:
    some = world(seed)
    for code in (IZIUM, RAION, OBLAST):
        with_rumours = written(report(some, code), "html")
        assert with_rumours == written(report(some.without_rumours(), code), "html")


@FEW
@given(SEEDS)
def test_a_report_tells_no_time_at_which_nothing_was_said_that_may_be_shown(seed: int) -> None:
    some = world(seed)
    made = report(some, IZIUM)
    shown = {name for one in some.shown() for name in one.ids}
    named = {claim for note in made.notes for claim in note.claims}
    assert {claim for claim in named if not claim.startswith("unit ")} <= shown


@pytest.mark.parametrize("code", ALL)
def test_a_public_report_has_no_incident_no_number_and_no_count_of_what_is_withheld(
    code: str,
) -> None:
    held = [some for some in map(world, range(30)) if some.hidden() and some.shown()]
    for some in held[:6]:
        made = report(some, code)
        assert {section.id for section in made.sections}.isdisjoint({"incidents", "withheld"})
        assert not made.is_internal


def test_the_worlds_hold_what_could_leak() -> None:
    worlds = [world(seed) for seed in range(30)]
    assert sum(bool(some.hidden()) for some in worlds) > 20
    assert sum(any(one.is_gone(some.now) for one in some.told()) for some in worlds) > 5
    quoted = [
        note
        for some in worlds[:20]
        for note in report(some, IZIUM).notes
        if note.quote or note.withheld
    ]
    assert len(quoted) > 15


def test_the_search_finds_what_a_report_of_the_desk_holds() -> None:
    found = 0
    for some in map(world, range(12)):
        text = written(report(some, IZIUM, is_internal=True), "html").decode()
        found += bool(list(in_bytes(some, text, "the desk's report")))
    assert found > 3


def test_the_search_finds_what_a_gate_without_the_present_would_show(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Forgetful(PublicGate):
        def __init__(self, *given: object, **more: object) -> None:
            super().__init__(*given, **{**more, "present": None})

    monkeypatch.setattr("vidomo.app.sitrep.PublicGate", Forgetful)
    found = 0
    for some in map(world, range(60)):
        end = max(BEGIN + timedelta(minutes=30), some.now - timedelta(hours=5))
        order = Order(place=IZIUM, start=end - STARTS[1], end=end, known_at=end)
        made = situation_report(WorldHouse(some), order, shapes=bundled_shapes())
        text = written(made, "html").decode()
        found += any(one.mark in text for one in some.told() if one.is_gone(some.now))
    assert found
