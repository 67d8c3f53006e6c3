"""Where a place stood and was known to stand, at every instant: rows that a question picks from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from vidomo.situation.aged import Kept
from vidomo.situation.hierarchy import Tree
from vidomo.situation.phase_line import Added, Event, Line, OutOfOrder, Row
from vidomo.situation.rules import dimension_rules
from vidomo.situation.telling import Teller

__all__ = ["Event", "Kept", "Row", "is_of", "rows_after", "rows_of"]


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


def rows_after(
    place: str,
    tellers: Sequence[Teller],
    events: Iterable[Event],
    *,
    kept: Mapping[str, Kept],
    newest: Callable[[str], Row | None],
    tree: Tree,
) -> tuple[list[Row], list[Kept]] | None:
    """Return the rows that reports add which came last in every way, and the runs after them.

    No earlier row ends: what is added was known, said and held after all that is kept.

    Args:
        place: Code of the unit.
        tellers: What is new at the place or at a wider unit.
        events: When the new became known.
        kept: The run to go on from, by dimension.
        newest: Returns the last row of a dimension.
        tree: Which unit lies in which.

    Returns:
        None where something is not plainly new: then all rows have to be made.
    """
    if not all(teller.is_plain and not teller.takes_out for teller in tellers):
        return None
    found: list[Row] = []
    runs: list[Kept] = []
    for name, own, mine in _by_dimension(tellers, events):
        if not mine:
            continue
        old = kept.get(name)
        if old is not None and not _comes_last(mine, old):
            return None
        before = None if old is None else newest(name)
        line = Added(place, name, own, tree, before=before, kept=old)
        try:
            found += line.after(mine)
            runs.append(line.kept(max(event.known_from for event in mine)))
        except OutOfOrder:
            return None
    return found, runs


def _comes_last(events: Iterable[Event], kept: Kept) -> bool:
    """Whether all of something was known after all that is kept, and can make no difference before."""
    return all(event.known_from > kept.known and event.valid_from > kept.turn for event in events)


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
