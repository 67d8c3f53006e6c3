"""Residents' pages of made-up nights, as tests ask for them."""

import gzip
import re
from datetime import timedelta

from disclosure.night import IZIUM, at, night, said
from vidomo.disclosure.country import compare
from vidomo.disclosure.gate import gate
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.residents import (
    Leaf,
    country_states,
    render_resident_place,
    render_resident_start,
)
from vidomo.situation.model import DimensionState, Evidence, Note, PlaceState, Situation
from vidomo.situation.rules import dimension_rules

GAZETTEER = Gazetteer.open()
HROMADA = "UA63040090000021240"
BUDGET = 14_336
NOW = at("20 22:30")


def place_page(
    situation: Situation, code: str = IZIUM, *, lang: str = "uk", **changes: object
) -> str:
    view = gate(situation, policy="ua-public", gazetteer=GAZETTEER, also=(code,))
    fields = {"path": f"/place/{code}/", "valid_at": view.valid_at, "known_at": view.known_at}
    frame = Leaf(lang=lang, **(fields | changes))
    return render_resident_place(view, code, frame=frame, atlas=GAZETTEER)


def start_page(situation: Situation, *, lang: str = "uk") -> str:
    frame = Leaf(lang=lang, valid_at=situation.valid_at, known_at=situation.known_at)
    states = country_states(
        compare(situation, policy="ua-public", gazetteer=GAZETTEER), frame=frame
    )
    return render_resident_start(states, shapes=bundled_shapes(), frame=frame, atlas=GAZETTEER)


def words_in(page: str) -> str:
    """Return what a reader sees, blanks squeezed."""
    page = re.sub(r"<(style|template).*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def weight(page: str) -> int:
    return len(gzip.compress(page.encode(), 9, mtime=0))


def standing(
    *dimensions: DimensionState,
    told: tuple[Evidence, ...],
    code: str = IZIUM,
    advice: tuple[str, ...] = (),
    now: str = "20 22:30",
) -> Situation:
    """Return a situation in which one place stands as given."""
    given = {state.dimension: state for state in dimensions}
    place = PlaceState(
        place=code,
        dimensions=tuple(
            given.get(name) or DimensionState(dimension=name, phase=row.default)
            for name, row in dimension_rules().dimensions.items()
        ),
        advice=advice,
        timeline=tuple(item.claim for item in told),
    )
    return Situation(valid_at=at(now), known_at=at(now), places=(place,), evidence=told)


def alert(
    phase: str, *, stale: bool = False, notes: tuple[Note, ...] = (), topic: str = "alert.start"
) -> Situation:
    """Return a place whose alert stands in a phase by the word of its administration."""
    word = said("clm_siren", topic, "Увага, повітряна тривога!", when="20 22:20")
    return standing(
        DimensionState(
            dimension="alert",
            phase=phase,
            since=at("20 22:20"),
            heard_at=at("20 22:25"),
            stale=stale,
            evidence=("clm_siren",),
            notes=notes,
        ),
        told=(word,),
    )


def outage(*, since_h: float = 1, promise: str | None = None, code: str = IZIUM) -> Situation:
    """Return a place without power, with a promise until a clock time of that day."""
    begun = NOW - timedelta(hours=since_h)
    out = said(
        "clm_dark",
        "impact.power.outage",
        "Світла немає в усьому місті.",
        said_at=begun,
        said_until=begun + timedelta(seconds=1),
        earliest=begun,
        latest=begun + timedelta(hours=1),
    )
    told, notes = (out,), ()
    if promise:
        word = said(
            "clm_promise",
            "impact.power.restored",
            "Світло обіцяють повернути.",
            when="20 19:00",
            kind="forecast",
            latest=at(f"20 {promise}"),
        )
        told = (out, word)
        notes = (
            Note(
                code="forecast",
                claim="clm_promise",
                speaker="Ізюмська МВА",
                at=at("20 19:00"),
                quote="",
            ),
        )
    state = DimensionState(
        dimension="power",
        phase="out",
        since=begun,
        heard_at=begun,
        evidence=("clm_dark",),
        notes=notes,
    )
    return standing(state, told=told, code=code)


def quiet() -> Situation:
    """Return a night of which nobody said anything."""
    return Situation(valid_at=NOW, known_at=NOW)


__all__ = [
    "BUDGET",
    "GAZETTEER",
    "HROMADA",
    "IZIUM",
    "NOW",
    "alert",
    "night",
    "outage",
    "place_page",
    "quiet",
    "standing",
    "start_page",
    "weight",
    "words_in",
]
