"""Where a place stands as far as statements that may be shown say so."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from vidomo.disclosure.model import UNSAID, DimensionView, NoteView
from vidomo.disclosure.sieve import Sieve
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level
from vidomo.situation.model import DimensionState, Evidence, Moved, Situation
from vidomo.situation.rules import dimension_rules
from vidomo.situation.testimony import LONG_AGO

_ENDINGS = frozenset({"ended", "over"})
_ABOUT = {"attack": ("event.",), "harm": ("harm.",), "damage": ("impact.damage", "impact.fire")}
_BESIDE = frozenset({"order_inferred", "all_clear_announced"})
"""Codes of notes whose claim is one that made the phase, not one that stands beside it."""
_TOLD = frozenset({"report", "assessment"})
_WARNING = frozenset({"warning", "report", "assessment"})
_THREATENED = {"attack": "threat", "alert": "warned"}
_NO_HARM = frozenset({"harm.rescued", "event.air_defence"})
_WITHOUT = frozenset({"out", "partial"})
_SUPPLIED = frozenset({"normal", "restored"})
_HALF_A_DAY = timedelta(hours=12)


class Phases:
    """The phases of one situation under one public policy.

    The fold weighs everything that it heard. Here a phase is shown only if a statement that may
    be shown makes it by itself; where only older ones may be shown, the phase that those made.
    What wider units lend and what parts add up to is found anew from such phases alone, so
    that no word that is withheld hides what an official said of the whole raion.
    """

    def __init__(self, situation: Situation, sieve: Sieve, gazetteer: Gazetteer) -> None:
        self._sieve, self._gazetteer = sieve, gazetteer
        self._valid_at = situation.valid_at
        self._rows = {
            (place.place, row.dimension): row
            for place in situation.places
            for row in place.dimensions
        }
        self._inside: dict[str, list[str]] = {}
        for place in situation.places:
            for wider in gazetteer.ancestors(place.place):
                self._inside.setdefault(wider, []).append(place.place)
        self._owned: dict[tuple[str, str], DimensionView] = {}
        self._moves: dict[tuple[str, str], list[Moved]] = {}
        for move in situation.moves:
            self._moves.setdefault((move.place, move.dimension), []).append(move)
        coarse = sieve.policy.rule("grain")
        self._coarse = frozenset(coarse.values if coarse else ())
        self._shows_stale_alerts = sieve.policy.rule("product", "alert") is None

    def local(self, code: str) -> tuple[str, ...]:
        """Return a place and the units around it up to the raion; a question there is asked here."""
        found = [code]
        for wider in self._gazetteer.ancestors(code):
            unit = self._gazetteer.get(wider)
            if unit is not None and unit.level not in (Level.COUNTRY, Level.OBLAST):
                found.append(wider)
        return tuple(found)

    def dimension(self, code: str, name: str) -> DimensionView:
        """Return where a place stands in one dimension."""
        if name in self._coarse:
            return self._coarsened(code, name)
        view = self._with_parts(code, self._told(code, name))
        if name == "alert" and view.stale and not self._shows_stale_alerts:
            return self._unsaid(code, self._row(code, name))
        return view

    def _coarsened(self, code: str, name: str) -> DimensionView:
        """Return a state; of a place too small to be told, that of the wider place it is told at."""
        own, told_at = self._told(code, name), self._sieve.grain.told_at(code)
        if told_at == code:
            return self._lifted(code, own)
        wide = self._lifted(told_at, self._told(told_at, name))
        phases = dimension_rules().dimensions[name].phases
        if own.is_said and phases.index(own.phase) >= phases.index(wide.phase):
            return own
        if not wide.is_said and not wide.is_withheld:
            return own
        return msgspec.structs.replace(
            wide, inherited_from=wide.inherited_from or told_at, is_named=True, is_coarsened=True
        )

    def _lifted(self, code: str, own: DimensionView) -> DimensionView:
        """Return a state with what was said of parts that are too small to be told apart."""
        about = _ABOUT.get(own.dimension, ())
        told = [
            item
            for claim in self._sieve.coarsened_to(code)
            if (item := self._sieve.open[claim]).topic.startswith(about)
            and item.topic not in _NO_HARM
        ]
        certain = [item for item in told if item.kind in _TOLD and item.polarity == "affirmed"]
        unsure = [item for item in told if item.kind == "unknown" and own.dimension != "attack"]
        phases = dimension_rules().dimensions[own.dimension].phases
        for items, phase in ((certain, "reported"), (unsure, "unknown")):
            if not items:
                continue
            newest = max(map(_said_at, items))
            is_later = own.heard_at is None or newest > own.heard_at
            if phases.index(phase) > phases.index(own.phase) or (own.phase == "over" and is_later):
                return self._made_by(own, items, phase=phase)
        if not own.is_said and self._sieve.is_coming(code, about):
            return msgspec.structs.replace(own, is_withheld=True)
        return own

    def _told(self, code: str, name: str) -> DimensionView:
        """Return what statements about a place and the units around it make of it."""
        own = self._own(code, name)
        if own.is_said or own.is_withheld:
            return own
        inherits = dimension_rules().dimensions[name].inherits
        for wider in self._gazetteer.ancestors(code):
            lent = self._own(wider, name)
            if lent.phase in inherits:
                return self._lent(code, own, lent, wider=wider)
            if lent.is_said:
                return own
        return own

    def _lent(
        self, code: str, own: DimensionView, lent: DimensionView, *, wider: str
    ) -> DimensionView:
        excepts = self._row(wider, own.dimension).excepts
        if any(self._gazetteer.within(code, other) for other in excepts):
            first = tuple(NoteView(code="excepted", said=claim) for claim in lent.said[:1])
            said = (*own.said, *(note.said for note in first))
            return msgspec.structs.replace(own, notes=(*own.notes, *first), said=said)
        return msgspec.structs.replace(
            lent,
            inherited_from=lent.inherited_from or wider,
            notes=(*own.notes, *lent.notes),
            said=tuple(dict.fromkeys((*lent.said, *own.said))),
            is_named=bool(own.said),
        )

    def _with_parts(self, code: str, view: DimensionView) -> DimensionView:
        """Return a supply that is out in parts as partly out, without a list of the parts.

        Words about the whole place stand, until a part of it is said to be out after them.
        """
        name = view.dimension
        if "partial" not in dimension_rules().dimensions[name].phases or view.phase in _WITHOUT:
            return view
        parts = self._inside.get(code, ())
        rows = [row for part in parts if (row := self._own(part, name)).phase in _WITHOUT]
        rows = [row for row in rows if row.inherited_from is None]
        if view.phase in _SUPPLIED:
            rows = [row for row in rows if (row.since or LONG_AGO) > (view.since or LONG_AGO)]
        if not rows or self._gazetteer.get(code) is None:
            return view
        return DimensionView(
            dimension=name,
            phase="partial",
            heard_at=max((row.heard_at for row in rows if row.heard_at), default=None),
            stale=all(row.stale for row in rows),
            is_from_parts=True,
        )

    def _own(self, code: str, name: str) -> DimensionView:
        """Return the state that the fold has for a place itself, as far as it may be shown."""
        if (code, name) not in self._owned:
            self._owned[code, name] = self._found(code, name)
        return self._owned[code, name]

    def _found(self, code: str, name: str) -> DimensionView:
        state = self._row(code, name)
        if not state.evidence:
            return _plain(state)
        around = frozenset({code, *self._gazetteer.ancestors(code)})
        beside = {note.claim for note in state.notes if note.code not in _BESIDE}
        steps = [
            item
            for claim in state.evidence
            if (item := self._sieve.open.get(claim))
            and claim not in beside
            and not (item.topic == "alert.end" and state.phase not in _ENDINGS)
            and self._is_told(item, code, around)
        ]
        if steps:
            return self._standing(code, state, steps)
        older = self._older(code, state, around)
        warned = self._warned(code, state, around)
        if older is None or warned is None:
            return older or warned or self._unsaid(code, state)
        phases = dimension_rules().dimensions[name].phases
        is_newer = (older.heard_at or LONG_AGO) < (warned.heard_at or LONG_AGO)
        return (
            warned
            if is_newer and phases.index(older.phase) <= phases.index(warned.phase)
            else older
        )

    def _older(
        self, code: str, state: DimensionState, around: Collection[str]
    ) -> DimensionView | None:
        """Return the last phase that a statement which may be shown made; else None."""
        for move in reversed(self._moves.get((code, state.dimension), [])):
            item = self._sieve.open.get(move.claim)
            if item is not None and self._is_told(item, code, around):
                older = msgspec.structs.replace(state, phase=move.phase)
                return self._standing(code, older, [item])
        return None

    def _warned(
        self, code: str, state: DimensionState, around: Collection[str]
    ) -> DimensionView | None:
        """Return a threat that an official named and that something withheld covers; else None.

        A threat never hides an attack in the fold, so nothing is left of it where the attack may
        not be shown; but warnings are never held back.
        """
        phase = _THREATENED.get(state.dimension)
        if phase is None:
            return None
        here = [item for item in self._sieve.open.values() if self._is_told(item, code, around)]
        threats = [
            item
            for item in here
            if item.topic.startswith("threat.")
            and item.kind in _WARNING
            and item.polarity == "affirmed"
        ]
        newest = max(map(_said_at, threats), default=LONG_AGO)
        ends = (_said_at(item) for item in here if item.topic == "alert.end")
        if not threats or any(end >= newest for end in ends):
            return None
        last = [item for item in threats if _said_at(item) == newest]
        return self._standing(code, msgspec.structs.replace(state, phase=phase), last)

    def _is_told(self, item: Evidence, code: str, around: Collection[str]) -> bool:
        """Whether a statement may make a phase of this very place.

        Of a place too small to be told, harm and damage are told of what is around it alone,
        whatever else the statement names.
        """
        grain = self._sieve.grain
        is_too_fine = grain.told_at(code) != code and grain.is_bound(item.topic)
        return not is_too_fine and self._sieve.is_told(item, around)

    def _standing(
        self, code: str, state: DimensionState, steps: Sequence[Evidence]
    ) -> DimensionView:
        """Return a phase with the statements that make it, newest first, and the notes beside it."""
        name, notes = state.dimension, self._notes(state)
        heard_at = max(map(_said_at, steps))
        is_alert = name == "alert" and self._is_open(state)
        behind = [*steps, *(self._sieve.open[note.said] for note in notes)]
        return DimensionView(
            dimension=name,
            phase=state.phase,
            since=_since(steps),
            # A source of alarm is heard when it answers, too, and has a freshness of its own.
            heard_at=state.heard_at if is_alert else heard_at,
            stale=state.stale if is_alert else self._is_old(name, heard_at),
            inherited_from=self._said_of(code, steps[0]),
            notes=notes,
            said=tuple(
                dict.fromkeys((*(item.claim for item in steps), *(note.said for note in notes)))
            ),
            is_named=any(code in self._sieve.spoken(item) for item in behind),
        )

    def _is_open(self, state: DimensionState) -> bool:
        """Whether all that a state rests on may be shown."""
        return all(claim in self._sieve.open for claim in state.evidence)

    def _said_of(self, code: str, item: Evidence) -> str | None:
        """Return the wider unit that a statement is about; None where it names the place itself."""
        spoken = self._sieve.spoken(item)
        if code in spoken:
            return None
        return next((wider for wider in self._gazetteer.ancestors(code) if wider in spoken), None)

    def _unsaid(self, code: str, state: DimensionState) -> DimensionView:
        """Return a state that says nothing but what is told beside it."""
        about, notes = _ABOUT.get(state.dimension, ()), self._notes(state)
        return DimensionView(
            dimension=state.dimension,
            phase=UNSAID[state.dimension],
            notes=notes,
            said=tuple(note.said for note in notes),
            is_withheld=bool(about) and self._sieve.is_coming(code, about),
        )

    def _made_by(
        self, own: DimensionView, items: Sequence[Evidence], *, phase: str
    ) -> DimensionView:
        newest_first = sorted(items, key=lambda item: (_said_at(item), item.claim), reverse=True)
        heard_at = _said_at(newest_first[0])
        return DimensionView(
            dimension=own.dimension,
            phase=phase,
            since=_since(items),
            heard_at=heard_at,
            stale=self._is_old(own.dimension, heard_at),
            said=tuple(dict.fromkeys((*(item.claim for item in newest_first), *own.said))),
            notes=own.notes,
        )

    def _notes(self, state: DimensionState) -> tuple[NoteView, ...]:
        return tuple(
            NoteView(code=note.code, said=note.claim)
            for note in state.notes
            if note.claim in self._sieve.open and note.code != "order_inferred"
        )

    def _row(self, code: str, name: str) -> DimensionState:
        row = self._rows.get((code, name))
        return row or DimensionState(dimension=name, phase=UNSAID[name])

    def _is_old(self, name: str, said_at: datetime) -> bool:
        limit = timedelta(seconds=dimension_rules().dimensions[name].stale_after_s)
        return self._valid_at - said_at > limit


def _plain(state: DimensionState) -> DimensionView:
    """Return a state that rests on no statement: nothing said, or no alert by a fresh source."""
    is_said = state.phase != UNSAID[state.dimension]
    return DimensionView(
        dimension=state.dimension,
        phase=state.phase,
        heard_at=state.heard_at if is_said else None,
        stale=state.stale,
        inherited_from=state.inherited_from,
    )


def _said_at(item: Evidence) -> datetime:
    """Return when something was published; whatever may be shown has such a time."""
    return item.said_at or LONG_AGO


def _since(items: Iterable[Evidence]) -> datetime:
    """Return since when a phase holds at the earliest; a time of day goes before a bare day."""
    found = [(item.earliest or _said_at(item), item) for item in items]
    narrow = [since for since, item in found if _is_timed(item)]
    return min(narrow or [since for since, _ in found])


def _is_timed(item: Evidence) -> bool:
    start, end = item.earliest or item.said_at, item.latest or item.said_until
    return start is None or end is None or end - start < _HALF_A_DAY
