"""How a state spreads: from a wider unit to its parts, and from parts to the whole."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from vidomo.gazetteer.model import Level
from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import DimensionState, Evidence, Note, PlaceState, Share
from vidomo.situation.rules import dimension_rules

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
WITHOUT = frozenset({"out", "partial"})
_SUPPLIED = frozenset({"normal", "restored"})
Parts = tuple[Level, tuple[str, ...]] | None


def inherited(
    own: DimensionState,
    place: str,
    wider: Sequence[PlaceState],
    *,
    tree: Tree,
    evidence: Sequence[Evidence] = (),
) -> DimensionState:
    """Return a state with what a wider unit lends it, nearest first.

    What the words about the wider unit take out lends nothing to the part that is taken
    out; a note tells of the exception.
    """
    row = dimension_rules().dimensions[own.dimension]
    if own.phase != row.default:
        return own
    for unit in wider:
        state = next(one for one in unit.dimensions if one.dimension == own.dimension)
        if state.phase in row.inherits:
            if tree.is_taken_out(place, state.excepts):
                return _with_exception(own, state, evidence)
            return msgspec.structs.replace(
                state,
                inherited_from=state.inherited_from or unit.place,
                note="; ".join(line for line in (own.note, state.note) if line),
                notes=(*own.notes, *state.notes),
                evidence=(*own.evidence, *state.evidence),
            )
        if state.phase != row.default:
            return own
    return own


def below(
    parts: Iterable[str], states: Iterable[PlaceState], *, tree: Tree
) -> dict[str, list[PlaceState]]:
    """Return for each part of a place what is known of it and of all that lies in it."""
    found: dict[str, list[PlaceState]] = {part: [] for part in parts}
    if not found:
        return found
    for state in states:
        for code in (state.place, *tree.wider(state.place)):
            if code in found:
                found[code].append(state)
                break
    return found


def rolled_up(
    own: DimensionState, parts: Parts, inside: Mapping[str, Sequence[PlaceState]]
) -> DimensionState:
    """Return a supply that is out in some parts as partly out, with the share of the parts.

    Words about the whole place stand, until a part of it is said to be out after them.
    """
    rules = dimension_rules().dimensions[own.dimension]
    if parts is None or "partial" not in rules.phases:
        return own
    level, codes = parts
    without: dict[str, list[DimensionState]] = {}
    for part, states in inside.items():
        rows = [
            row for state in states for row in state.dimensions if row.dimension == own.dimension
        ]
        out = [row for row in rows if row.phase in WITHOUT and row.inherited_from is None]
        if own.phase in _SUPPLIED:
            out = [row for row in out if _after(row, own)]
        if out:
            without[part] = out
    if not without:
        return own
    share = Share(
        level=level.value, parts=len(without), of=len(codes), places=tuple(sorted(without))
    )
    if own.phase in WITHOUT:
        return msgspec.structs.replace(own, share=share)
    rows = sorted(
        (row for part in without.values() for row in part),
        key=lambda row: (row.since or _LONG_AGO, row.evidence),
    )
    heard = [row.heard_at for row in rows if row.heard_at]
    return msgspec.structs.replace(
        own,
        phase="partial",
        since=rows[0].since,
        confirmed_at=None,
        heard_at=max([*heard, *([own.heard_at] if own.heard_at else [])], default=None),
        stale=all(row.stale for row in rows),
        certainty=rows[-1].certainty,
        extent="part",
        inherited_from=None,
        evidence=tuple(
            dict.fromkeys((*(claim for row in rows for claim in row.evidence), *own.evidence))
        ),
        share=share,
    )


def _with_exception(
    own: DimensionState, state: DimensionState, evidence: Sequence[Evidence]
) -> DimensionState:
    """Return a state of its own, with a note that the words about the wider unit leave it out."""
    said = next((item for item in evidence if item.claim in state.evidence), None)
    if said is None:
        return own
    note = Note(
        code="excepted",
        speaker=said.speaker,
        at=said.said_at,
        quote=said.quote,
        claim=said.claim,
    )
    line = "; ".join(one for one in (own.note, f"{said.speaker}: {said.quote}") if one)
    return msgspec.structs.replace(own, note=line, notes=(*own.notes, note))


def _after(row: DimensionState, own: DimensionState) -> bool:
    return (row.since or _LONG_AGO) > (own.since or _LONG_AGO)
