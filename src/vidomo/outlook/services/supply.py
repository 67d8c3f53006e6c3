"""What is known of each supply of a place: there or gone, since when at the earliest and latest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from vidomo.claims.model import ClaimTime
from vidomo.outlook.services.model import Assumed, Hold, Spell, Supply
from vidomo.situation.fold import state_of
from vidomo.situation.hierarchy import Units
from vidomo.situation.model import DimensionState, Evidence, Moved, Situation, Standing
from vidomo.situation.trail import KEPT

Supplies = Mapping[tuple[str, str], Supply]
"""By code of the place and name of the supply."""
DRAINED_FOR = timedelta(hours=72)
"""How long rotating cuts leave a doubt whether batteries are full: the longest of the hours that
any rule asks for (our own choice)."""
_GONE, _BACK = frozenset({"out", "partial"}), frozenset({"normal", "restored"})
_DOUBTS = {
    "announced": "scheduled",
    "said": "disputed",
    "order_inferred": "order_inferred",
    "excepted": "excepted",
}
_CUTS = frozenset({"power.schedule", "power.emergency_shutdown"})
_COUNTED = frozenset({Standing.OFFICIAL, Standing.DECLARED})
_HOUR = timedelta(hours=1)


def supplies(
    situation: Situation,
    places: Iterable[str],
    services: Sequence[str],
    *,
    units: Units,
    times: Mapping[str, ClaimTime] | None = None,
    assumed: Assumed = Assumed(),  # noqa: B008 - frozen
) -> dict[tuple[str, str], Supply]:
    """Return what is known of every supply in every place.

    Supply that came back in a wider unit, or long ago, is not known to be there now; an outage
    stays until somebody says that it is over.

    Args:
        situation: What holds, with the statements behind it.
        places: Codes.
        services: Names of dimensions, such as power.
        units: Which unit lies in which.
        times: How each claim gives its time, by id: "as of six" is no beginning, "since six" is.
            Claims that are not there give none.
        assumed: What whoever asks takes for granted.
    """
    made = _Made(situation, units, times or {}, assumed)
    found = {}
    for place in dict.fromkeys(places):
        states = {one.dimension: one for one in state_of(situation, place, units).dimensions}
        for service in services:
            if service in states:
                found[place, service] = made.supply(place, states[service])
    return found


class _Made:
    """One situation, asked about many places."""

    def __init__(
        self,
        situation: Situation,
        units: Units,
        times: Mapping[str, ClaimTime],
        assumed: Assumed,
    ) -> None:
        self._units, self._times, self._assumed = units, times, assumed
        self._now = situation.valid_at
        self._rows = {row.claim: row for row in situation.evidence}
        self._moves: dict[tuple[str, str], list[Moved]] = {}
        for move in situation.moves:
            self._moves.setdefault((move.place, move.dimension), []).append(move)
        self._timelines = {state.place: state.timeline for state in situation.places}
        self._restored: dict[tuple[str, str], datetime] = {}
        for state in situation.places:
            for row in (self._rows[one] for one in state.timeline if one in self._rows):
                until = row.said_until or row.said_at
                if row.place is not None and _is_restoration(row) and until is not None:
                    key = (_subject(row), state.place)
                    self._restored[key] = max(until, self._restored.get(key, until))

    def supply(self, place: str, state: DimensionState) -> Supply:
        doubts = _doubts(state)
        if state.phase in _BACK:
            return Supply(
                hold=Hold.UNKNOWN if doubts else Hold.UP,
                before=self._before(place, state, self._rows_of(state), self._now),
                because=state.evidence,
                unknown=doubts,
            )
        if state.phase not in _GONE:
            said = tuple(one for one in doubts if one != "old_word")
            return Supply(hold=Hold.UNKNOWN, because=state.evidence, unknown=("not_said", *said))
        return self._lost(place, state, doubts)

    def _lost(self, place: str, state: DimensionState, doubts: tuple[str, ...]) -> Supply:
        rows = self._rows_of(state)
        # What is said of a wider area is never sure of this place, nor that it lasted here.
        said_here = set(self._timelines.get(place, ()))
        own = [row for row in rows if row.place is not None and row.claim in said_here]
        is_whole = state.phase == "out" and bool(own) and state.extent != "most"
        if state.phase == "out" and not own and not state.inherited_from:
            doubts = (*doubts, "wider_word")
        if state.phase == "partial":
            doubts = (*doubts, "partly")
        elif state.extent == "most":
            doubts = (*doubts, "most")
        run, earlier = self._run(place, state)
        first = [*self._behind(run), *rows]
        back = earlier[-1] if earlier else None
        untils = self._unbroken(place, own, self._untils(own, back))
        begun = self._begun(first, back)
        if begun is None:
            doubts = (*doubts, "beginning")
        return Supply(
            hold=Hold.OUT if is_whole else Hold.PARTLY,
            from_=begun,
            until=min(untils) if untils and is_whole else None,
            lasted_until=max((end for row in own if (end := self._last(row))), default=None),
            before=self._before(place, state, first, begun),
            because=state.evidence,
            unknown=doubts,
        )

    def _begun(self, rows: Sequence[Evidence], back: Moved | None) -> datetime | None:
        """Return when something was lost, at the earliest: as a text says, or after it was back."""
        untils = self._untils(rows, back)
        if not untils:
            return None
        end = min(untils)
        stated = [
            row.earliest
            for row in rows
            if row.earliest is not None
            and _is_earlier(row)
            and _is_beginning(self._times.get(row.claim))
        ]
        if inside := [one for one in stated if one <= end]:
            return min(inside)
        bounds = []
        # Said to be back at that time: whatever began, began after it.
        if back is not None and back.at is not None and back.at <= end:
            bounds.append(back.at)
        if self._assumed.unsaid_h is not None:
            bounds.append(end - self._assumed.unsaid_h * _HOUR)
        return max(bounds, default=None)

    def _untils(self, rows: Iterable[Evidence], back: Moved | None) -> list[datetime]:
        """Return when words say that something is gone, without those that may be of the outage before.

        Words as old as the restoration, as far as anybody can tell, may be about what it ended.
        """
        found = [until for row in rows if (until := self._until(row)) is not None]
        if back is None or back.until is None:
            return found
        return [until for until in found if until > back.until]

    def _unbroken(
        self, place: str, rows: Sequence[Evidence], untils: list[datetime]
    ) -> list[datetime]:
        """Return those after the last word that supply was back in a wider unit, if there are any.

        Such a word ends no outage here, but what is said before and after it may be two outages.
        """
        subjects = {_subject(row) for row in rows}
        backs = [
            self._restored[subject, wider]
            for subject in subjects
            for wider in self._units.ancestors(place)
            if (subject, wider) in self._restored
        ]
        return [until for until in untils if until > max(backs)] or untils if backs else untils

    def _until(self, row: Evidence) -> datetime | None:
        """Return the earliest instant at which what is said is sure to have been so."""
        said = row.said_until or row.said_at
        if said is None or row.latest is None or not _is_earlier(row):
            return said
        if _is_since(self._times.get(row.claim)):
            return row.earliest
        return min(row.latest, said)

    def _last(self, row: Evidence) -> datetime | None:
        """Return the last instant at which what is said is sure to have been so."""
        if _is_since(self._times.get(row.claim)):
            return row.said_until or row.said_at
        return self._until(row)

    def _run(self, place: str, state: DimensionState) -> tuple[Sequence[Moved], Sequence[Moved]]:
        """Return the moves of the outage that goes on, and those before it."""
        moves = self._moves.get((state.inherited_from or place, state.dimension), [])
        first = len(moves)
        while first and moves[first - 1].phase in _GONE:
            first -= 1
        return moves[first:], moves[:first]

    def _before(
        self,
        place: str,
        state: DimensionState,
        rows: Sequence[Evidence],
        begun: datetime | None,
    ) -> tuple[Spell, ...]:
        """Return the outages before this one, as long as they can have been."""
        run, earlier = self._run(place, state)
        spells = self._spells(earlier, begun)
        # Only the last steps are kept; what was before them nobody tells here.
        if len(run) + len(earlier) >= KEPT or self._is_cut_in_turns(place, state, rows):
            spells = [Spell(out_h=None), *spells]
        return tuple(spells)

    def _spells(self, moves: Sequence[Moved], begun: datetime | None) -> list[Spell]:
        """Return the outages of a row of moves that ends with supply, as long as they can have been."""
        spells: list[Spell] = []
        lost: list[Moved] = []
        back: Moved | None = None
        for move in moves:
            if move.phase in _GONE:
                lost.append(move)
            elif lost:
                start = self._begun(self._behind(lost), back)
                if spells and back is not None:
                    spells[-1] = _followed(spells[-1], back, start)
                ended = None if start is None or move.until is None else _hours(start, move.until)
                spells.append(Spell(out_h=ended))
                lost, back = [], move
            else:
                back = move
        if spells and back is not None:
            spells[-1] = _followed(spells[-1], back, begun)
        return spells

    def _behind(self, moves: Iterable[Moved]) -> list[Evidence]:
        return [self._rows[one.claim] for one in moves if one.claim in self._rows]

    def _is_cut_in_turns(self, place: str, state: DimensionState, rows: Sequence[Evidence]) -> bool:
        if state.dimension != "power":
            return False
        own = {row.claim for row in rows}
        end = min((until for row in rows if (until := self._until(row))), default=self._now)
        for code in (place, *self._units.ancestors(place)):
            for claim in self._timelines.get(code, ()):
                row = self._rows.get(claim)
                if (
                    row is not None
                    and claim not in own
                    and row.topic in _CUTS
                    and row.polarity == "affirmed"
                    and row.standing in _COUNTED
                    and row.said_at is not None
                    and end - DRAINED_FOR <= row.said_at <= end
                ):
                    return True
        return False

    def _rows_of(self, state: DimensionState) -> list[Evidence]:
        beside = {note.claim for note in state.notes}
        return [
            self._rows[claim]
            for claim in state.evidence
            if claim in self._rows and claim not in beside
        ]


def _subject(row: Evidence) -> str:
    return row.topic.rpartition(".")[0]


def _is_restoration(row: Evidence) -> bool:
    return (
        row.topic.endswith(".restored")
        and row.polarity == "affirmed"
        and row.kind == "report"
        and row.standing in _COUNTED
    )


def _doubts(state: DimensionState) -> tuple[str, ...]:
    found = [_DOUBTS[note.code] for note in state.notes if note.code in _DOUBTS]
    if state.stale:
        found.append("old_word")
    if state.inherited_from:
        found.append("wider_word")
    if state.phase in _BACK and (state.share is not None or state.excepts):
        found.append("excepted")
    return tuple(dict.fromkeys(found))


def _followed(spell: Spell, back: Moved, lost: datetime | None) -> Spell:
    """Return an outage with the hours of supply after it, as few as they can have been."""
    if back.until is None or lost is None:
        return spell
    return Spell(out_h=spell.out_h, up_h=_hours(back.until, lost))


def _hours(start: datetime, end: datetime) -> float:
    return max(0.0, (end - start) / _HOUR)


def _is_beginning(time: ClaimTime | None) -> bool:
    """Whether a time in a text says when something began: "at six it went", "since six"."""
    if time is None or time.earliest is None or time.basis == "publication":
        return False
    return time.phase in (None, "past") or _is_since(time)


def _is_since(time: ClaimTime | None) -> bool:
    return time is not None and time.phase == "ongoing" and time.basis == "explicit"


def _is_earlier(row: Evidence) -> bool:
    """Whether what is said held before it was said."""
    return row.earliest is not None and row.said_at is not None and row.earliest < row.said_at
