"""Where a place stood and was known to stand, at every instant: rows that a question picks from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from vidomo.situation.aged import Kept
from vidomo.situation.hierarchy import Tree
from vidomo.situation.phase_line import Event, GoingOn, Line, OutOfOrder, Row
from vidomo.situation.rules import dimension_rules
from vidomo.situation.telling import Teller

__all__ = ["Added", "Before", "Event", "Kept", "Row", "is_of", "rows_after", "rows_of"]


def is_of(teller: Teller, *, covering: bool = False) -> frozenset[str]:
    """Return the dimensions in which some reports may ever have a say.

    Args:
        teller: The reports.
        covering: Only those in which what is said of a wider unit holds for its parts.
    """
    rules = dimension_rules()
    if teller.takes_out or teller.is_put_right:
        return frozenset(rules.dimensions)
    return frozenset(
        name
        for one in teller.told
        for claim in one.known.reading.claims
        for name, move in rules.moves_of(claim).items()
        if move.covers_parts or not covering
    )


def rows_of(
    place: str, tellers: Iterable[Teller], events: Iterable[Event], *, tree: Tree
) -> tuple[list[Row], list[Kept]]:
    """Return all rows of a place, and the runs to go on from.

    Args:
        place: Code of the unit.
        tellers: All that has a say at the place or at a wider unit, whenever it was known.
        events: All that ever became known, each with its own dimensions.
        tree: Which unit lies in which.
    """
    found: list[Row] = []
    kept: list[Kept] = []
    for name, own, mine in _by_dimension(tellers, events):
        line = Line(place, name, own, tree)
        found += line.after(mine)
        if mine:
            kept.append(line.kept(max(event.known_from for event in mine)))
    return found, kept


class Added(msgspec.Struct):
    """What becomes of the rows of a place when more is known.

    Attributes:
        rows: New rows; ``ended`` rows that were there and have an end now.
        kept: The runs to go on from next time.
    """

    rows: list[Row] = msgspec.field(default_factory=list)
    ended: list[Row] = msgspec.field(default_factory=list)
    kept: list[Kept] = msgspec.field(default_factory=list)


class Before(Protocol):
    """What there is of a place, asked for only where it is needed."""

    def newest(self, name: str) -> Row | None:
        """Return the last of the rows of a dimension that have no end."""

    def live(self, name: str) -> list[Row]:
        """Return all rows of a dimension that have no end, in order."""

    def told(self, name: str) -> tuple[list[Teller], list[Event]]:
        """Return all that has a say in a dimension, the new too, and when it became known."""


def rows_after(
    place: str,
    tellers: Sequence[Teller],
    events: Iterable[Event],
    *,
    kept: Mapping[str, Kept],
    before: Before,
    tree: Tree,
) -> Added | None:
    """Return what reports add to the rows of a place that became known after all that is in them.

    What was also said and held after everything else goes on from the run that is kept; of
    other reports all that was said in their dimension is looked at again, from when on they can
    make a difference.

    Args:
        place: Code of the unit.
        tellers: What is new at the place or at a wider unit.
        events: When the new became known.
        kept: The run to go on from, by dimension.
        before: What there was.
        tree: Which unit lies in which.

    Returns:
        None where something is not plainly new: then all rows have to be made.
    """
    if not all(teller.is_plain and not teller.takes_out for teller in tellers):
        return None
    added = Added()
    for name, own, mine in _by_dimension(tellers, events):
        old = kept.get(name)
        if old is not None and any(event.known_from <= old.known for event in mine):
            return None
        if mine and not _goes_on(place, name, own, mine, old, before=before, tree=tree, to=added):
            _look_again(place, name, mine, old, before=before, tree=tree, to=added)
    return added


def _goes_on(  # noqa: PLR0913 - one step of the above
    place: str,
    name: str,
    tellers: Sequence[Teller],
    events: Sequence[Event],
    old: Kept | None,
    *,
    before: Before,
    tree: Tree,
    to: Added,
) -> bool:
    """Add what comes last in one dimension; return whether it does come last."""
    if old is not None and not _comes_last(events, old):
        return False
    last = None if old is None else before.newest(name)
    line = GoingOn(place, name, tellers, tree, before=last, kept=old)
    try:
        rows = line.after(events)
        kept = line.kept(max(event.known_from for event in events))
    except OutOfOrder:
        return False
    to.rows += rows
    to.kept.append(kept)
    return True


def _look_again(
    place: str,
    name: str,
    events: Sequence[Event],
    old: Kept | None,
    *,
    before: Before,
    tree: Tree,
    to: Added,
) -> None:
    """Add what does not come last in one dimension: rows from then on end, and others begin."""
    tellers, known = before.told(name)
    live = before.live(name)
    line = Line(place, name, tellers, tree, before=live)
    if old is not None:
        for event in known:
            if name in event.dimensions and event.known_from <= old.known:
                line.turn(event)
    to.rows += line.after(events)
    to.ended += [row for row in live if row.known_to is not None]
    turn = None if old is None else old.turn
    to.kept.append(line.kept(max(event.known_from for event in events), turn=turn))


def _comes_last(events: Iterable[Event], kept: Kept) -> bool:
    """Whether none of some events can make a difference before the last instant that is kept."""
    return all(event.valid_from > kept.turn for event in events)


def _by_dimension(
    tellers: Iterable[Teller], events: Iterable[Event]
) -> Iterator[tuple[str, list[Teller], list[Event]]]:
    """Yield each dimension in which anything has a say, with what does and when it was known."""
    by_name: dict[str, list[Teller]] = {}
    for teller in tellers:
        for name in is_of(teller):
            by_name.setdefault(name, []).append(teller)
    ordered = sorted(events)
    for name in dimension_rules().dimensions:
        if name in by_name:
            yield name, by_name[name], [one for one in ordered if name in one.dimensions]
