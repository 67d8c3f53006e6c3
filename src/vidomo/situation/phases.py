"""Where a place stood and was known to stand, at every instant: rows that a question picks from."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import DimensionState
from vidomo.situation.moves import ENDINGS, Run, Step, along, in_order, latest_said
from vidomo.situation.rules import dimension_rules
from vidomo.situation.telling import Teller

__all__ = ["Event", "Row", "is_of", "rows_of"]

_MOMENT = timedelta(microseconds=1)


class Event(msgspec.Struct, frozen=True, order=True):
    """Something became known that can change where a place stands from some instant on.

    Attributes:
        known_from: When it became known.
        valid_from: From when on it can make a difference.
        dimensions: In which dimensions.
        turns: Later instants at which a state can change by itself, known with it.
    """

    known_from: datetime
    valid_from: datetime
    dimensions: tuple[str, ...]
    turns: tuple[datetime, ...] = ()


class Row(msgspec.Struct):
    """Where a place stands in a dimension from one instant until the next row known then.

    Attributes:
        known_to: First instant at which more was known; None while this is the newest.
        stale_from: First instant at which the evidence is old; None for never.
        state: The state, not yet stale.
    """

    dimension: str
    valid_from: datetime
    known_from: datetime
    known_to: datetime | None
    stale_from: datetime | None
    state: DimensionState


def is_of(teller: Teller, *, covering: bool = False) -> frozenset[str]:
    """Return the dimensions in which some reports may ever have a say.

    Args:
        teller: The reports.
        covering: Only those in which what is said of a wider unit holds for its parts.
    """
    rules = dimension_rules()
    if teller.takes_out:
        return frozenset(rules.dimensions)
    return frozenset(
        name
        for one in teller.told
        for claim in one.known.reading.claims
        for name, move in rules.moves_of(claim).items()
        if move.covers_parts or not covering
    )


def rows_of(
    place: str,
    tellers: Iterable[Teller],
    events: Iterable[Event],
    *,
    before: Iterable[Row] = (),
    known_by: datetime | None = None,
    only: Collection[str] | None = None,
    tree: Tree,
) -> list[Row]:
    """Return the rows of a place that some events make or end.

    Args:
        place: Code of the unit.
        tellers: All that has a say at the place or at a wider unit, whenever it was known.
        events: All that ever became known, each with its own dimensions.
        before: The newest rows from earlier events (``known_to`` is None).
        known_by: Up to when events are in those rows already; None for none of them.
        only: Dimensions to look at, where nothing changed in the others; None for all.
        tree: Which unit lies in which.
    """
    by_name: dict[str, list[Teller]] = {}
    for teller in tellers:
        for name in is_of(teller):
            by_name.setdefault(name, []).append(teller)
    ordered = sorted(events)
    old: dict[str, list[Row]] = {}
    for row in before:
        old.setdefault(row.dimension, []).append(row)
    found: list[Row] = []
    for name in dimension_rules().dimensions:
        if name in by_name and (only is None or name in only):
            line = _Line(place, name, by_name[name], old.get(name, []), tree)
            mine = [one for one in ordered if name in one.dimensions]
            done = [one for one in mine if known_by is not None and one.known_from <= known_by]
            for event in done:
                line.turn(event)
            found += line.after(mine[len(done) :])
    return found


class _Aged(Run):
    """A run that says from when on its evidence is old, whatever instant is asked for."""

    def take(self, step: Step) -> None:
        """Let one statement do what the table lets it do; of all heard only the latest is kept."""
        super().take(step)
        if len(self._heard) > 1:
            self._heard = [max(self._heard, key=lambda heard: latest_said((heard,)) or heard.at)]

    def old_from(self) -> datetime | None:
        """Return the first instant at which ``state`` says stale; None without a phase of words.

        The same sum as in ``state``, solved for the instant; a property test holds the two
        together.
        """
        pending = self._ends if self.phase not in ENDINGS else []
        behind = [*self._steps, *pending]
        if not behind:
            return None
        limit = timedelta(seconds=self._dimension.stale_after_s)
        if self._dimension.past_freshness:
            decisive = (self._steps or behind)[-1]
            limit += timedelta(seconds=decisive.heard.judged.freshness_s)
        supporting = latest_said(step.heard for step in behind)
        return None if supporting is None else supporting + limit + _MOMENT


class _Front(msgspec.Struct):
    """The run of everything known so far, as long as it came in the order in which it was said.

    Attributes:
        held: Steps of wider units, until the place has words of its own.
        last: The latest instant that a step speaks of.
        is_own: Whether the place has words of its own.
        is_whole: Whether everything came in order so far.
    """

    run: _Aged
    held: list[Step] = msgspec.field(default_factory=list)
    last: datetime | None = None
    is_own: bool = False
    is_whole: bool = True


class _Line:
    """One dimension of one place while events are taken in the order in which they became known."""

    def __init__(
        self, place: str, name: str, tellers: Sequence[Teller], before: list[Row], tree: Tree
    ) -> None:
        self._place, self._name, self._tree = place, name, tree
        self._dimension = dimension_rules().dimensions[name]
        self._live = sorted(before, key=lambda row: row.valid_from)
        self._old = {id(row) for row in before}
        self._turns: list[datetime] = []
        self._made: list[Row] = []
        self._plain: list[tuple[datetime, datetime, tuple[Step, ...]]] = []
        self._rest: list[Teller] = []
        for teller in tellers:
            if teller.is_plain and not teller.takes_out:
                one = teller.told[0]
                at = {"valid_at": one.valid_from, "known_at": one.known_from}
                steps = self._along(teller.steps(**at))
                if steps:
                    self._plain.append((one.valid_from, one.known_from, steps))
            else:
                self._rest.append(teller)
        self._plain.sort(key=lambda row: row[:2])
        self._own = [
            (one[0], one[1]) for one in self._plain if any(s.place == place for s in one[2])
        ]
        self._run: tuple[list[Step], _Aged] | None = None
        # What becomes known in the order in which it was said only adds to the run before it.
        self._waiting = sorted(self._plain, key=lambda row: row[1], reverse=True)
        self._front: _Front | None = None

    def _along(self, steps: Mapping[str, Mapping[str, tuple[Step, ...]]]) -> tuple[Step, ...]:
        """Return the steps of one teller as if the place had words of its own."""
        only = {code: {self._name: rows.get(self._name, ())} for code, rows in steps.items()}
        return along(self._place, self._name, steps=only, tree=self._tree, is_taken_out=True)

    def turn(self, event: Event) -> None:
        """Look at the instants of an event again, whenever something becomes known before them."""
        for moment in (event.valid_from, *event.turns):
            place = bisect_left(self._turns, moment)
            if place == len(self._turns) or self._turns[place] != moment:
                self._turns.insert(place, moment)

    def after(self, events: Sequence[Event]) -> list[Row]:
        """Return the rows that events made or ended, in the order in which they were made."""
        place = 0
        while place < len(events):
            known_from, first = events[place].known_from, events[place].valid_from
            while place < len(events) and events[place].known_from == known_from:
                first = min(first, events[place].valid_from)
                self.turn(events[place])
                place += 1
            for moment in self._turns[bisect_left(self._turns, first) :]:
                self._look(moment, known_from)
        return [row for row in self._made if row.known_to != row.known_from]

    def _look(self, moment: datetime, known_from: datetime) -> None:
        place = bisect_right(self._live, moment, key=lambda row: row.valid_from) - 1
        covering = self._live[place] if place >= 0 else None
        fresh = self._row(moment, known_from)
        if covering is not None and covering.valid_from == moment:
            if _is_same(covering, fresh):
                return
            covering.known_to = known_from
            if id(covering) in self._old:
                self._made.append(covering)
            del self._live[place]
            covering = self._live[place - 1] if place else None
        if covering is None:
            if not fresh.state.evidence and fresh.state.heard_at is None:
                return
        elif _is_same(covering, fresh):
            return
        insort(self._live, fresh, key=lambda row: row.valid_from)
        self._made.append(fresh)

    def _row(self, moment: datetime, known_from: datetime) -> Row:
        run = self._told(moment, known_from)
        state = run.state(self._name, valid_at=moment, place=self._place)
        stale_from = run.old_from()
        if stale_from is not None:
            stale_from = max(stale_from, moment)
            state = msgspec.structs.replace(state, stale=False)
        return Row(self._name, moment, known_from, None, stale_from, state)

    def _told(self, moment: datetime, known_from: datetime) -> _Aged:
        """Return the run of all steps that are known and said by then."""
        if not self._rest and moment == self._turns[-1]:
            run = self._at_the_front(moment, known_from)
            if run is not None:
                return run
        return self._anew(moment, known_from)

    def _at_the_front(self, moment: datetime, known_from: datetime) -> _Aged | None:
        """Return the run of all that is known by then, where it came in order; else None."""
        front = self._front or _Front(_Aged(self._dimension))
        self._front = front
        fresh: list[Step] = []
        while self._waiting and self._waiting[-1][1] <= known_from:
            valid_from, _, steps = self._waiting.pop()
            front.is_whole = front.is_whole and valid_from <= moment
            front.is_own = front.is_own or any(step.place == self._place for step in steps)
            fresh += steps
        if not front.is_whole:
            return None
        if not front.is_own:
            front.held += fresh
            return _Aged(self._dimension)
        fresh = [*front.held, *fresh]
        front.held = []
        if fresh:
            if front.last is not None and min(step.heard.at for step in fresh) <= front.last:
                front.is_whole = False
                return None
            for step in in_order(self._dimension, fresh):
                front.run.take(step)
            front.last = max(step.heard.at for step in fresh)
        return front.run

    def _anew(self, moment: datetime, known_from: datetime) -> _Aged:
        steps: list[Step] = []
        taken_out = False
        for valid_from, known, some in self._plain:
            if valid_from > moment:
                break
            if known <= known_from:
                steps += some
        is_own = any(v <= moment and k <= known_from for v, k in self._own)
        at = {"valid_at": moment, "known_at": known_from}
        for teller in self._rest:
            found = self._along(teller.steps(**at))
            steps += found
            is_own = is_own or any(step.place == self._place for step in found)
            taken_out = taken_out or (
                teller.takes_out
                and any(
                    item.is_counted and self._place in item.excluded for item in teller.heard(**at)
                )
            )
        if not is_own and not taken_out:
            steps = []
        return self._continued(sorted(steps, key=lambda step: step.heard.at))

    def _continued(self, steps: list[Step]) -> _Aged:
        """Return the run of some steps, going on from the last one where they only add to it."""
        if self._run is not None:
            old, run = self._run
            count = len(old)
            if (
                len(steps) > count
                and all(one is other for one, other in zip(old, steps, strict=False))
                and (not old or old[-1].heard.at < steps[count].heard.at)
            ):
                for step in in_order(self._dimension, steps[count:]):
                    run.take(step)
                self._run = (steps, run)
                return run
        run = _Aged(self._dimension)
        for step in in_order(self._dimension, steps):
            run.take(step)
        self._run = (steps, run)
        return run


def _is_same(covering: Row, fresh: Row) -> bool:
    """Whether a row says nothing that the one before it does not say from then on."""
    if covering.state != fresh.state:
        return False
    if fresh.stale_from == fresh.valid_from and covering.stale_from is not None:
        return covering.stale_from <= fresh.stale_from
    return covering.stale_from == fresh.stale_from
