"""Law 8: nothing passes but through the gate, and what keeps people alive passes at once."""

import random
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from app.houses import ATLAS
from situation.histories import history, real_fold
from situation.lawbook import catches, held_in, keeps
from situation.testimonies import IZIUM, IZIUM_HROMADA, KHARKIV_OBLAST, VILLAGE
from vidomo.core.codec import to_json
from vidomo.disclosure.gate import gate
from vidomo.disclosure.model import UNSAID, ChangeView, PublicView, Said, Withheld
from vidomo.disclosure.narrow import about
from vidomo.disclosure.policy import load_policy
from vidomo.publish.page import Frame, render_place
from vidomo.situation.fold import state_of
from vidomo.situation.model import Evidence, PlaceState, Situation, Standing

Gate = Callable[..., PublicView]
DESK = "operator-only"
PLACES = (IZIUM, VILLAGE, IZIUM_HROMADA, KHARKIV_OBLAST)
VITAL = ("alert.", "threat.", "advice.", "impact.power.", "impact.water.")
"""Topics that no policy may hold back where an official says them."""
VITAL_DIMENSIONS = ("alert", "power", "water", "heat", "gas", "communications")


def the_gate_holds(policy: str) -> Callable[[Gate, int], set[str]]:
    """Return law 8 under one policy."""

    def law(by: Gate, seed: int) -> set[str]:
        found = _with_nameless(history(seed).folded(real_fold), random.Random(seed + 17))
        asked = PLACES if policy == DESK else (IZIUM,)
        view = by(found, policy=policy, gazetteer=ATLAS, also=asked)
        _no_withheld_word_passes(found, view)
        _nothing_is_made_up(found, view)
        _what_is_vital_is_not_held_back(found, view)
        held = held_in(found)
        if policy == DESK:
            _what_is_withheld_is_listed(found, view, policy)
            _the_operator_sees_all_that_stands(found, view)
            held = held - {"withheld"} | ({"withheld"} if view.withheld else set())
        return held

    return law


def _with_nameless(found: Situation, dice: random.Random) -> Situation:
    """Return a situation with addresses, in which nobody is named for what a few texts say."""
    reports = sorted({item.report for item in found.evidence})
    nameless = {one for one in reports if dice.random() < 0.2}
    evidence = tuple(
        msgspec.structs.replace(
            item,
            speaker="" if item.report in nameless else item.speaker,
            url=f"https://channel.example/{item.source}/{item.report}",
        )
        for item in found.evidence
    )
    speakers = {item.claim: item.speaker for item in evidence}

    def named(row: Any) -> Any:
        told = dict.fromkeys(speakers[claim] for claim in row.evidence)
        return msgspec.structs.replace(row, speakers=tuple(filter(None, told)))

    incidents = tuple(
        msgspec.structs.replace(one, figures=tuple(named(row) for row in one.figures))
        for one in found.incidents
    )
    places = tuple(
        msgspec.structs.replace(one, figures=tuple(named(row) for row in one.figures))
        for one in found.places
    )
    return msgspec.structs.replace(found, evidence=evidence, incidents=incidents, places=places)


# the law, part by part --------------------------------------------------------------------------


def _standing(found: Situation) -> list[Evidence]:
    return [item for item in found.evidence if item.standing is not Standing.WITHDRAWN]


def _taken_back(found: Situation) -> dict[str, Evidence]:
    """Return the statements whose words nobody stands by any more, by claim."""
    standing = _standing(found)
    kept, quotes = {item.claim for item in standing}, [item.quote for item in standing]
    return {
        item.claim: item
        for item in found.evidence
        if item.claim not in kept and not any(item.quote in quote for quote in quotes)
    }


def _shown(view: PublicView) -> Iterable[str]:
    """Yield everything that leaves: the data of each place, and its page."""
    yield to_json(view).decode()
    if view.policy != DESK:
        return  # what residents see has its own leak tests, over every byte (tests/disclosure)
    for code in PLACES:
        yield to_json(about(view, code)).decode()
    frame = Frame(lang="uk", path="/", valid_at=view.valid_at, known_at=view.known_at)
    yield render_place(view, IZIUM, frame=frame, atlas=ATLAS, is_whole=True)


def _no_withheld_word_passes(found: Situation, view: PublicView) -> None:
    gone = _taken_back(found)
    said = {item.claim for item in view.said}
    assert not said & gone.keys()
    for shown in _shown(view):
        assert not [item.quote for item in gone.values() if item.quote in shown]
    bare = to_json(msgspec.structs.replace(view, withheld=())).decode()
    assert not [claim for claim in gone if claim in bare]
    for incident in view.incidents:
        for row in (*incident.figures, *incident.parts, *incident.times):
            assert set(row.said) <= said
        assert all(row.speakers for row in (*incident.figures, *incident.parts))


def _what_is_withheld_is_listed(found: Situation, view: PublicView, policy: str) -> None:
    rules = {rule.id for rule in load_policy(policy).rules}
    listed = {item.what for item in view.withheld}
    assert {f"claim {claim}" for claim in _taken_back(found)} <= listed
    assert all(item.rule in rules for item in view.withheld)
    figures = {
        f"figure {where} {row.topic}"
        for where, rows in (
            *((one.id, one.figures) for one in found.incidents),
            *((one.place, one.figures) for one in found.places),
        )
        for row in rows
        if not row.speakers
    }
    shown = {one.id for one in view.incidents} | {one.place for one in view.places}
    assert {one for one in figures if one.split()[1] in shown} <= listed
    quotes = {item.quote for item in found.evidence}
    assert not [what for what in listed if any(quote in what for quote in quotes)]
    assert {one.report for one in view.changes} >= {
        item.report
        for item in found.evidence
        if item.claim in _taken_back(found) and item.reason != "overruled"
    }


def _nothing_is_made_up(found: Situation, view: PublicView) -> None:
    evidence = {(item.claim, item.quote, item.source, item.said_at) for item in found.evidence}
    for item in view.said:
        if item.quote:
            assert (item.claim, item.quote, item.source, item.said_at) in evidence
    for place in view.places if view.policy == DESK else ():  # residents are told coarse places
        phases = _phases(found, place.place)
        for row in place.dimensions:
            assert row.phase in (phases[row.dimension], UNSAID[row.dimension])
    numbers = {
        (row.topic, row.unit, row.min, row.max)
        for one in found.incidents
        for row in (*one.figures, *one.parts)
    }
    for incident in view.incidents:
        for figure in (*incident.figures, *incident.parts):
            assert (figure.topic, figure.unit, figure.min, figure.max) in numbers


def _what_is_vital_is_not_held_back(found: Situation, view: PublicView) -> None:
    said = {item.claim for item in view.said}
    for item in _standing(found):
        is_asked = view.policy == DESK or item.place == IZIUM
        # Residents are told of supplies by the phase; words that a copy took back may be withheld.
        vital = VITAL if view.policy == DESK else VITAL[:3]
        if is_asked and item.topic.startswith(vital) and _is_published_by_its_speaker(item):
            assert item.claim in said, item.topic
    if view.policy != DESK:
        return  # residents are told coarser and staler; those phases have tests of their own
    official = {item.claim for item in _standing(found) if _is_published_by_its_speaker(item)}
    states = {state.place: state for state in found.places}
    for place in view.places:
        state = states.get(place.place) or state_of(found, place.place, ATLAS)
        rows = {row.dimension: row for row in state.dimensions}
        for row in place.dimensions:
            if row.dimension in VITAL_DIMENSIONS and row.dimension in rows:
                behind = rows[row.dimension].evidence
                if behind and set(behind) <= official:
                    assert row.phase == _phases(found, place.place)[row.dimension]


def _is_published_by_its_speaker(item: Evidence) -> bool:
    """Whether an official said it in a channel of their own: no policy waits with such words."""
    return (
        item.standing is Standing.OFFICIAL
        and item.reason == "own_channel"
        and bool(item.speaker)
        and item.said_at is not None
    )


def _phases(found: Situation, code: str) -> dict[str, str]:
    """Return where a place stands; of those that were asked for, with what wider units lend."""
    state: PlaceState | None = None
    if code not in PLACES:
        state = next((one for one in found.places if one.place == code), None)
    state = state or state_of(found, code, ATLAS)
    return dict(UNSAID) | {row.dimension: row.phase for row in state.dimensions}


def _the_operator_sees_all_that_stands(found: Situation, view: PublicView) -> None:
    assert {item.claim for item in view.said} == {item.claim for item in _standing(found)}
    assert {item.id for item in view.questions} >= {
        one.id
        for one in found.questions
        if set(one.evidence) <= {item.claim for item in _standing(found)}
    }


# broken gates -----------------------------------------------------------------------------------


def wide_open(situation: Situation, **more: Any) -> PublicView:
    """Let words pass that their source took back."""
    evidence = tuple(
        msgspec.structs.replace(item, standing=Standing.OFFICIAL) for item in situation.evidence
    )
    return gate(msgspec.structs.replace(situation, evidence=evidence), **more)


def hushing(situation: Situation, **more: Any) -> PublicView:
    """Withhold without saying so."""
    return msgspec.structs.replace(gate(situation, **more), withheld=())


def blurting(situation: Situation, **more: Any) -> PublicView:
    """Say which words were withheld."""
    view = gate(situation, **more)
    quotes = {f"claim {item.claim}": item.quote for item in situation.evidence}
    told = tuple(
        Withheld(what=f"{item.what}: {quotes.get(item.what, '')}", rule=item.rule)
        for item in view.withheld
    )
    return msgspec.structs.replace(view, withheld=(*view.withheld, *told))


def remembering(situation: Situation, **more: Any) -> PublicView:
    """Tell of a change with the words that were changed."""
    view = gate(situation, **more)
    quotes = {item.report: item.quote for item in situation.evidence if item.withdrawn_at}
    changes = tuple(
        ChangeView(report=one.report, source=quotes.get(one.report, one.source), url=one.url)
        for one in view.changes
    )
    return msgspec.structs.replace(view, changes=changes)


def nameless(situation: Situation, **more: Any) -> PublicView:
    """Show numbers that nobody is named for."""
    view = gate(situation, **more)
    figures = {one.id: one.figures for one in situation.incidents}
    incidents = tuple(
        msgspec.structs.replace(
            one,
            figures=tuple(
                msgspec.structs.replace(row, speakers=()) for row in one.figures if figures[one.id]
            ),
        )
        for one in view.incidents
    )
    return msgspec.structs.replace(view, incidents=incidents)


def dawdling(situation: Situation, **more: Any) -> PublicView:
    """Hold every statement back for three hours, warnings too."""
    late = situation.valid_at - timedelta(hours=3)
    return _without(
        gate(situation, **more), lambda item: bool(item.said_at and item.said_at > late)
    )


def muffling(situation: Situation, **more: Any) -> PublicView:
    """Hold all-clears back."""
    return _without(gate(situation, **more), lambda item: item.topic == "alert.end")


def darkening(situation: Situation, **more: Any) -> PublicView:
    """Tell nobody that the power is out."""
    view = gate(situation, **more)
    places = tuple(
        msgspec.structs.replace(
            place,
            dimensions=tuple(
                msgspec.structs.replace(row, phase="not_reported", said=())
                if row.dimension == "power"
                else row
                for row in place.dimensions
            ),
        )
        for place in view.places
    )
    return msgspec.structs.replace(view, places=places)


def soothing(situation: Situation, **more: Any) -> PublicView:
    """Say that there is no alert."""
    view = gate(situation, **more)
    places = tuple(
        msgspec.structs.replace(
            place,
            dimensions=(
                msgspec.structs.replace(place.dimensions[0], phase="none"),
                *place.dimensions[1:],
            ),
        )
        for place in view.places
    )
    return msgspec.structs.replace(view, places=places)


def summing(situation: Situation, **more: Any) -> PublicView:
    """Add figures up."""
    view = gate(situation, **more)
    incidents = tuple(
        msgspec.structs.replace(
            one,
            figures=tuple(
                msgspec.structs.replace(row, max=sum(other.max or 0 for other in one.figures) + 1)
                for row in one.figures
            ),
        )
        for one in view.incidents
    )
    return msgspec.structs.replace(view, incidents=incidents)


def _without(view: PublicView, is_held_back: Callable[[Said], bool]) -> PublicView:
    said = tuple(item for item in view.said if not is_held_back(item))
    return msgspec.structs.replace(view, said=said)


POLICIES = [DESK, "ua-public"]
BROKEN = [
    wide_open,
    hushing,
    blurting,
    remembering,
    nameless,
    dawdling,
    muffling,
    darkening,
    soothing,
    summing,
]


# tests ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", POLICIES)
def test_nothing_passes_but_through_the_gate(policy: str) -> None:
    keeps(f"8 the gate, {policy}", the_gate_holds(policy), gate)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("policy", POLICIES)
def test_nothing_passes_but_through_the_gate_for_long(policy: str) -> None:
    keeps(f"8 the gate, {policy}", the_gate_holds(policy), gate)


@pytest.mark.parametrize("mutant", BROKEN)
def test_a_gate_that_leaks_or_holds_back_is_caught(mutant: Gate) -> None:
    catches(the_gate_holds(DESK), mutant)
