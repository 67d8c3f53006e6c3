"""Where a place stands as far as statements that may be shown say so."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from vidomo.disclosure.model import UNSAID, DimensionView, NoteView
from vidomo.disclosure.sieve import Sieve
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level
from vidomo.situation.fold import state_of
from vidomo.situation.model import DimensionState, Evidence, Moved, Situation
from vidomo.situation.rules import dimension_rules
from vidomo.situation.testimony import LONG_AGO

_ENDINGS = frozenset({"ended", "over"})
_ABOUT = {"attack": ("event.",), "harm": ("harm.",), "damage": ("impact.damage", "impact.fire")}
_BESIDE = frozenset({"order_inferred", "all_clear_announced"})
"""Codes of notes whose claim is one that made the phase, not one that stands beside it."""
_TOLD = frozenset({"report", "assessment"})
_NO_HARM = frozenset({"harm.rescued", "event.air_defence"})


class Phases:
    """The phases of one situation under one public policy.

    A phase is shown only if a statement that may be shown makes it by itself; where only older
    ones may be shown, the phase that those made.
    """

    def __init__(self, situation: Situation, sieve: Sieve, gazetteer: Gazetteer) -> None:
        self._situation, self._sieve, self._gazetteer = situation, sieve, gazetteer
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

    def dimension(self, code: str, name: str, state: DimensionState | None) -> DimensionView:
        """Return where a place stands in one dimension."""
        state = state or DimensionState(dimension=name, phase=UNSAID[name])
        if name in self._coarse:
            return self._coarsened(code, state)
        view = self._own(code, state)
        if name == "alert" and view.stale and not self._shows_stale_alerts:
            return self._unsaid(code, state)
        return view

    def _coarsened(self, code: str, state: DimensionState) -> DimensionView:
        own = self._own(code, state)
        told_at = self._sieve.grain.told_at(code)
        if told_at == code:
            return self._lifted(code, own)
        wide = self._own(told_at, self._state(told_at, state.dimension))
        wide = self._lifted(told_at, wide)
        phases = dimension_rules().dimensions[state.dimension].phases
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
                return self._from(own, items, phase=phase)
        if not own.is_said and self._sieve.is_coming(code, about):
            return msgspec.structs.replace(own, is_withheld=True)
        return own

    def _own(self, code: str, state: DimensionState) -> DimensionView:
        """Return the state that statements about the place or the units around it make."""
        around = frozenset({code, *self._gazetteer.ancestors(code)})
        if all(self._sieve.is_here(claim, around) for claim in state.evidence):
            return self._stated(code, state, around)
        return self._of_parts(code, state, around)

    def _stated(self, code: str, state: DimensionState, around: frozenset[str]) -> DimensionView:
        if not state.evidence:
            return _plain(state)
        steps = [item for item in self._made(state) if self._is_told(item, code, around)]
        if steps:
            return self._standing(state, steps, code=code)
        return self._before(code, state, around)

    def _of_parts(self, code: str, state: DimensionState, around: frozenset[str]) -> DimensionView:
        """Return a supply that is out in parts: that it is, without a list of the parts."""
        made = [item for item in self._made(state) if not self._sieve.is_here(item.claim, around)]
        if made:
            said_at = max(map(_said_at, made))
            return DimensionView(
                dimension=state.dimension,
                phase=state.phase,
                heard_at=said_at,
                stale=self._is_old(state.dimension, said_at),
                is_from_parts=True,
            )
        own = next((one for one in self._situation.places if one.place == code), None)
        rows = own.dimensions if own else ()
        row = next((one for one in rows if one.dimension == state.dimension), None)
        empty = DimensionState(dimension=state.dimension, phase=UNSAID[state.dimension])
        return self._stated(code, row or empty, around)

    def _is_told(self, item: Evidence, code: str, around: frozenset[str]) -> bool:
        """Whether a statement may make a phase of this very place.

        Of a place too small to be told, harm and damage are told of what is around it alone,
        whatever else the statement names.
        """
        grain = self._sieve.grain
        is_too_fine = grain.told_at(code) != code and grain.is_bound(item.topic)
        return not is_too_fine and self._sieve.is_told(item, around)

    def _made(self, state: DimensionState) -> list[Evidence]:
        """Return the statements that may be shown and that make the phase by themselves."""
        beside = {note.claim for note in state.notes if note.code not in _BESIDE}
        return [
            item
            for claim in state.evidence
            if (item := self._sieve.open.get(claim))
            and claim not in beside
            and not (item.topic == "alert.end" and state.phase not in _ENDINGS)
        ]

    def _standing(
        self, state: DimensionState, steps: Sequence[Evidence], *, code: str
    ) -> DimensionView:
        is_whole = len(self._open(state.evidence)) == len(state.evidence)
        notes, heard_at = self._notes(state), max(map(_said_at, steps))
        since = state.since if is_whole else min(map(_since, steps))
        if state.dimension == "alert" and state.heard_at:
            heard_at = state.heard_at  # a source of alarm is heard when it answers, too
        return DimensionView(
            dimension=state.dimension,
            phase=state.phase,
            since=since,
            confirmed_at=state.confirmed_at if is_whole else None,
            heard_at=heard_at,
            stale=state.stale if is_whole else self._is_old(state.dimension, heard_at),
            certainty=state.certainty if is_whole else "unknown",
            extent=state.extent if is_whole else "unstated",
            inherited_from=state.inherited_from,
            notes=notes,
            said=tuple(
                dict.fromkeys((*(item.claim for item in steps), *(note.said for note in notes)))
            ),
            is_named=state.inherited_from is None or self._is_named(code, state.dimension),
        )

    def _before(self, code: str, state: DimensionState, around: frozenset[str]) -> DimensionView:
        """Return the last phase that a statement which may be shown made, else nothing said."""
        name = state.dimension
        moves = self._moves.get((code, name)) or self._moves.get(
            (state.inherited_from or code, name), []
        )
        for move in reversed(moves):
            item = self._sieve.open.get(move.claim)
            if item is None or not self._is_told(item, code, around):
                continue
            at = _said_at(item)
            return DimensionView(
                dimension=name,
                phase=move.phase,
                since=_since(item),
                heard_at=at,
                stale=self._is_old(name, at),
                inherited_from=state.inherited_from,
                notes=self._notes(state),
                said=(item.claim,),
            )
        return self._unsaid(code, state)

    def _unsaid(self, code: str, state: DimensionState) -> DimensionView:
        """Return a state that says nothing but what is told beside it."""
        about = _ABOUT.get(state.dimension, ())
        notes = self._notes(state)
        return DimensionView(
            dimension=state.dimension,
            phase=UNSAID[state.dimension],
            notes=notes,
            said=tuple(note.said for note in notes),
            is_withheld=bool(about) and self._sieve.is_coming(code, about),
        )

    def _from(self, own: DimensionView, items: Sequence[Evidence], *, phase: str) -> DimensionView:
        heard_at = max(map(_said_at, items))
        newest_first = sorted(items, key=lambda item: (_said_at(item), item.claim), reverse=True)
        return DimensionView(
            dimension=own.dimension,
            phase=phase,
            since=min(map(_since, items)),
            heard_at=heard_at,
            stale=self._is_old(own.dimension, heard_at),
            said=tuple(dict.fromkeys((*(item.claim for item in newest_first), *own.said))),
            notes=own.notes,
        )

    def _notes(self, state: DimensionState) -> tuple[NoteView, ...]:
        return tuple(
            NoteView(code=note.code, said=note.claim)
            for note in state.notes
            if note.claim in self._sieve.open
        )

    def _open(self, claims: Iterable[str]) -> tuple[str, ...]:
        return tuple(claim for claim in claims if claim in self._sieve.open)

    def _state(self, code: str, name: str) -> DimensionState:
        state = state_of(self._situation, code, self._gazetteer)
        found = (one for one in state.dimensions if one.dimension == name)
        return next(found, DimensionState(dimension=name, phase=UNSAID[name]))

    def _is_named(self, code: str, name: str) -> bool:
        """Whether a statement that may be shown says anything of this very place here."""
        own = next((one for one in self._situation.places if one.place == code), None)
        rows = (row for row in own.dimensions if row.dimension == name) if own else ()
        return any(
            code in self._sieve.places(claim) for row in rows for claim in self._open(row.evidence)
        )

    def _is_old(self, name: str, said_at: datetime) -> bool:
        limit = timedelta(seconds=dimension_rules().dimensions[name].stale_after_s)
        return self._situation.valid_at - said_at > limit


def _plain(state: DimensionState) -> DimensionView:
    return DimensionView(
        dimension=state.dimension,
        phase=state.phase,
        since=state.since,
        heard_at=state.heard_at,
        stale=state.stale,
        inherited_from=state.inherited_from,
    )


def _said_at(item: Evidence) -> datetime:
    """Return when something was published; whatever may be shown has such a time."""
    return item.said_at or LONG_AGO


def _since(item: Evidence) -> datetime:
    return item.earliest or _said_at(item)
