"""One dimension of one place, while what is said of it becomes known event by event."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from vidomo.situation.aged import Aged, Kept
from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import DimensionState
from vidomo.situation.moves import Step, along, in_order
from vidomo.situation.rules import dimension_rules
from vidomo.situation.telling import Teller


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


class _Front(msgspec.Struct):
    """The run of everything known so far, as long as it came in the order in which it held.

    Attributes:
        at: The latest instant that a statement in it holds at.
        said: The latest instant from which on a source says any of it.
        is_own: Whether the place has words of its own.
        is_whole: Whether everything came in order so far.
    """

    run: Aged
    at: datetime | None = None
    said: datetime | None = None
    is_own: bool = False
    is_whole: bool = True

    def is_above(self, steps: Iterable[Step]) -> bool:
        """Whether some statements all hold after those that are in it."""
        return self.at is None or min(step.heard.at for step in steps) > self.at


class Line:
    """One dimension of one place while events are taken in the order in which they became known."""

    def __init__(
        self,
        place: str,
        name: str,
        tellers: Sequence[Teller],
        tree: Tree,
        *,
        before: Iterable[Row] = (),
    ) -> None:
        self._place, self._name, self._tree = place, name, tree
        self._dimension = dimension_rules().dimensions[name]
        self._live = list(before)
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
        self._run: tuple[list[Step], Aged] | None = None
        # What becomes known in the order in which it was said only adds to the run before it.
        self._waiting = sorted(self._plain, key=lambda row: (row[1], row[0]), reverse=True)
        self._front = _Front(Aged(self._dimension), is_whole=not self._rest)

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

    def _told(self, moment: datetime, known_from: datetime) -> Aged:
        """Return the run of all steps that are known and said by then."""
        if self._comes_to(moment, known_from):
            return self._front.run if self._front.is_own else Aged(self._dimension)
        steps, is_own = self._steps_at(moment, known_from)
        return self._continued(steps if is_own else [])

    def _comes_to(self, moment: datetime, known_from: datetime) -> bool:
        """Take all that is known and said by then into the run at the front.

        Returns:
            Whether that run is just what is known and said by then.
        """
        front = self._front
        fresh: list[Step] = []
        while front.is_whole and self._waiting and self._waiting[-1][1] <= known_from:
            valid_from, known, steps = self._waiting[-1]
            if valid_from > moment:
                # Of one record the rest is said still later; an earlier record is out of order.
                front.is_whole = known == known_from
                break
            self._waiting.pop()
            front.said = max(front.said or valid_from, valid_from)
            front.is_own = front.is_own or any(step.place == self._place for step in steps)
            fresh += steps
        if fresh and front.is_whole:
            if not front.is_above(fresh):
                front.is_whole = False
            else:
                for step in in_order(self._dimension, fresh):
                    front.run.take(step)
                front.at = max(step.heard.at for step in fresh)
        return front.is_whole and (front.said is None or front.said <= moment)

    def _steps_at(self, moment: datetime, known_from: datetime) -> tuple[list[Step], bool]:
        """Return all steps that are known and said by then, and whether they hold for the place."""
        steps: list[Step] = []
        for valid_from, known, some in self._plain:
            if valid_from > moment:
                break
            if known <= known_from:
                steps += some
        at = {"valid_at": moment, "known_at": known_from}
        is_taken_out = False
        for teller in self._rest:
            steps += self._along(teller.steps(**at))
            is_taken_out = is_taken_out or (
                teller.takes_out
                and any(
                    item.is_counted and self._place in item.excluded for item in teller.heard(**at)
                )
            )
        is_own = is_taken_out or any(step.place == self._place for step in steps)
        return sorted(steps, key=lambda step: step.heard.at), is_own

    def kept(self, known: datetime, *, turn: datetime | None = None) -> Kept:
        """Return the run of all that was known by the last event, to go on from.

        Args:
            known: When the last event became known.
            turn: An instant at which a state could change by what was known before.
        """
        turn = max(self._turns[-1], turn or self._turns[-1])
        front = self._front
        if not self._comes_to(turn, known):
            steps, is_own = self._steps_at(turn, known)
            run = Aged(self._dimension)
            for step in in_order(self._dimension, steps):
                run.take(step)
            at = max((step.heard.at for step in steps), default=None)
            front = _Front(run, at=at, is_own=is_own)
        return front.run.keep(
            dimension=self._name, known=known, turn=turn, at=front.at, is_own=front.is_own
        )

    def _continued(self, steps: list[Step]) -> Aged:
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
        run = Aged(self._dimension)
        for step in in_order(self._dimension, steps):
            run.take(step)
        self._run = (steps, run)
        return run


class OutOfOrder(Exception):
    """Something new changes more than the end."""


class GoingOn(Line):
    """One dimension of one place to which is added what came last."""

    def __init__(
        self,
        place: str,
        name: str,
        tellers: Sequence[Teller],
        tree: Tree,
        *,
        before: Row | None,
        kept: Kept | None,
    ) -> None:
        super().__init__(place, name, tellers, tree, before=() if before is None else [before])
        if kept is not None:
            self._front = _Front(Aged.of(kept), at=kept.at, said=kept.turn, is_own=kept.is_own)

    def _steps_at(self, moment: datetime, known_from: datetime) -> tuple[list[Step], bool]:
        raise OutOfOrder(self._place, self._name, moment, known_from)


def _is_same(covering: Row, fresh: Row) -> bool:
    """Whether a row says nothing that the one before it does not say from then on."""
    if covering.state != fresh.state:
        return False
    if fresh.stale_from == fresh.valid_from and covering.stale_from is not None:
        return covering.stale_from <= fresh.stale_from
    return covering.stale_from == fresh.stale_from
