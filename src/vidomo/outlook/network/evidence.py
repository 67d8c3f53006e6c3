"""Evidence on the places of a network, from what was said of a situation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from vidomo.outlook.network.model import Category, Evidence, Placement
from vidomo.situation.hierarchy import Units
from vidomo.situation.model import Evidence as Said, Situation, Standing

OUT, BACK = "impact.power.outage", "impact.power.restored"
HAZARDS = {
    "event.strike": "strike",
    "event.explosion": "explosion",
    "event.shelling": "shelling",
    "alert.start": "alert",
}
ALERT = "alert.start"
PLANNED = frozenset({"power.schedule", "power.emergency_shutdown"})
CALLED_OFF = "power.emergency_end"
WIDER = "wider"
PLAN_LASTS = timedelta(hours=24)
"""How long an announcement without times holds: schedules are made day by day."""
HEARD_WITHIN = timedelta(days=7)
"""A source that spoke of a place within a week is taken to speak of it again; our choice."""
_TOLD = frozenset({"report", "assessment"})
_WHOLE = frozenset({"all", "unstated"})
_MOSTLY = frozenset({"all", "most"})
_KINDS = {
    Standing.OFFICIAL: "official",
    Standing.DECLARED: "declared",
    Standing.UNSOURCED: "unsourced",
}


def evidence_of(
    situation: Situation, placement: Placement, *, units: Units
) -> tuple[Evidence, ...]:
    """Return the evidence that a situation holds on the places of a network, sorted.

    What is said of a wider unit counts for its places only where it is said of all or most of
    it, as the word of somebody further off. What is said of a part of a place is partial; that
    a part has power says nothing of the rest. Words that are withdrawn, undated, forecast or
    denied do not count.
    """
    tree = _Tree(placement, units)
    rows = list(_by_place(situation))
    plans = [row for row in rows if _is_plan(row)]
    found: set[Evidence] = set()
    for row in rows:
        if row.place is None or row.said_at is None or row.standing not in _KINDS:
            continue
        if row.withdrawn_at is not None:
            continue
        if row.topic in HAZARDS:
            found.update(_hazard(row, tree))
        elif row.topic in (OUT, BACK):
            found.update(_power(row, tree, plans))
    return tuple(sorted(found))


def heard_places(
    situation: Situation, placement: Placement, *, units: Units, at: datetime
) -> frozenset[str]:
    """Return the places from which something is usually heard; only their silence may weigh.

    A place is one of them if a source spoke of it or of its parts within ``HEARD_WITHIN``,
    and that source answered when it was last asked.
    """
    awake = {one.source for one in situation.sources if one.silent_since is None}
    tree = _Tree(placement, units)
    found: set[str] = set()
    for row in _by_place(situation):
        if row.place is None or row.said_at is None or row.source not in awake:
            continue
        if at - HEARD_WITHIN <= row.said_at <= at:
            found.update(tree.same(row.place), tree.around(row.place))
    return frozenset(found)


def _by_place(situation: Situation) -> Iterator[Said]:
    """Yield each statement once for every place that it names.

    The row itself carries the first one; the timelines of the places tell the others.
    """
    named: dict[str, dict[str, None]] = {
        row.claim: {row.place: None} for row in situation.evidence if row.place is not None
    }
    for state in situation.places:
        for claim in state.timeline:
            if claim in named:
                named[claim][state.place] = None
    for row in situation.evidence:
        for place in named.get(row.claim, ()):
            yield msgspec.structs.replace(row, place=place)


class _Tree:
    """How units of the words lie to the places of the network."""

    def __init__(self, placement: Placement, units: Units) -> None:
        self._units = units
        self._places = sorted({tie.place_code for ties in placement.ties.values() for tie in ties})
        self._within: dict[str, list[str]] = {}
        for place in self._places:
            for wider in units.ancestors(place) if units.get(place) else ():
                self._within.setdefault(wider, []).append(place)

    def same(self, code: str) -> tuple[str, ...]:
        """Return the place itself, if the network has it."""
        return (code,) if code in self._places else ()

    def inside(self, code: str) -> Sequence[str]:
        """Return the places of the network that lie inside a unit."""
        return self._within.get(code, ())

    def around(self, code: str) -> tuple[str, ...]:
        """Return the places of the network of which a unit is a part."""
        if self._units.get(code) is None:
            return ()
        return tuple(one for one in self._units.ancestors(code) if one in self._places)

    def covers(self, wider: str, place: str) -> bool:
        """Whether a place is a unit or lies inside it."""
        return wider == place or place in self.inside(wider)


def _hazard(row: Said, tree: _Tree) -> Iterable[Evidence]:
    code, said = row.place, row.said_at
    assert code is not None and said is not None  # noqa: S101, PT018 - left out before
    if row.kind not in _TOLD or row.polarity != "affirmed":
        return
    # An alert is given for a whole unit; an explosion somewhere in one says nothing of a town.
    spread = tree.inside(code) if row.topic == ALERT else ()
    for place in {*tree.same(code), *tree.around(code), *spread}:
        yield Evidence(
            place=place,
            at=min(row.earliest or said, said),
            category=Category.HAZARD,
            source=row.origin,
            kind=HAZARDS[row.topic],
            claim=row.claim,
        )


def _power(row: Said, tree: _Tree, plans: Sequence[Said]) -> Iterable[Evidence]:
    code, said = row.place, row.said_at
    assert code is not None and said is not None  # noqa: S101, PT018 - left out before
    category = _category(row)
    if category is None:
        return
    reach: dict[str, tuple[Category, str]] = {}
    if row.extent in _MOSTLY:
        reach |= dict.fromkeys(tree.inside(code), (category, WIDER))
    if category in (Category.NO_POWER, Category.PARTIAL):
        reach |= dict.fromkeys(tree.around(code), (Category.PARTIAL, _KINDS[row.standing]))
    reach |= dict.fromkeys(tree.same(code), (category, _KINDS[row.standing]))
    for place, (what, kind) in reach.items():
        yield Evidence(
            place=place,
            at=said,
            category=what,
            source=row.origin,
            kind=kind,
            is_scheduled=_is_planned(plans, tree, place, said),
            claim=row.claim,
        )


def _category(row: Said) -> Category | None:
    if row.kind == "unknown":
        return Category.UNKNOWN
    if row.kind not in _TOLD:
        return None
    by_words: Mapping[tuple[str, str], tuple[Category, Category | None]] = {
        (OUT, "affirmed"): (Category.NO_POWER, Category.PARTIAL),
        (BACK, "affirmed"): (Category.SERVED, Category.PARTIAL),
        (OUT, "negated"): (Category.SERVED, None),
    }
    whole, part = by_words.get((row.topic, row.polarity), (None, None))
    if row.extent in _WHOLE or (row.topic == OUT and row.extent in _MOSTLY):
        return whole
    return part


def _is_plan(row: Said) -> bool:
    return (
        row.topic in PLANNED | {CALLED_OFF}
        and row.polarity == "affirmed"
        and row.place is not None
        and row.said_at is not None
        and row.withdrawn_at is None
        and row.standing in (Standing.OFFICIAL, Standing.DECLARED)
    )


def _is_planned(plans: Sequence[Said], tree: _Tree, place: str, at: datetime) -> bool:
    """Whether an announced schedule or shutdown was in force at a place, nobody having ended it."""
    mine = [row for row in plans if row.place is not None and tree.covers(row.place, place)]
    ended = [row.said_at for row in mine if row.topic == CALLED_OFF and row.said_at is not None]
    for row in mine:
        said = row.said_at
        if row.topic == CALLED_OFF or said is None:
            continue
        start, end = row.earliest or said, row.latest or said
        if end - start < timedelta(minutes=1):
            start, end = said, said + PLAN_LASTS
        if start <= at < end and not any(said < one <= at for one in ended):
            return True
    return False
