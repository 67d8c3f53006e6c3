"""The state of one place from the reports that can matter to it, and from no others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import cast

import msgspec

from vidomo.claims.model import Kind
from vidomo.situation.alarm import Feed, alarm_feeds, with_feeds
from vidomo.situation.fold import PlacePages, PlacePhases, state_of
from vidomo.situation.hierarchy import Tree, Units
from vidomo.situation.model import DimensionState, PlaceState, Situation
from vidomo.situation.moves import Step
from vidomo.situation.questions import questions_of
from vidomo.situation.spread import below, inherited, rolled_up
from vidomo.situation.telling import Steps, Teller
from vidomo.situation.testimony import Heard, evidence_of
from vidomo.sources.model import Poll
from vidomo.sources.registry import Registry, SourceEntry

Line = tuple[int, str, int, str, int | bool]
"""One statement of a timeline: when, in microseconds since 1970, the version that carries it, where
in its text, the id of its claim, and whether it is advice that counts."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def feeds_of(
    heard: Iterable[Heard], polls: Iterable[Poll], *, valid_at: datetime, registry: Registry
) -> tuple[Feed, ...]:
    """Return the alarm sources as the whole fold has them.

    Args:
        heard: At least the latest statement of each alarm source.
        polls: Polls known by then.
        valid_at: When it is to hold.
        registry: Bodies and sources.
    """
    asked = sorted(
        {
            msgspec.structs.replace(poll, asked_at=poll.asked_at.astimezone(UTC))
            for poll in polls
            if poll.asked_at <= valid_at
        },
        key=lambda poll: (poll.asked_at, poll.source, poll.outcome, poll.detail),
    )
    return alarm_feeds(heard, asked, registry=cast("Registry", _Alarms(registry)))


@lru_cache(maxsize=8)
def alarms_of(registry: Registry) -> tuple[SourceEntry, ...]:
    """Return the sources of a registry that report every start and end of an alert."""
    return tuple(entry for entry in registry.sources() if entry.alarm_feed)


class _Alarms:
    """A registry that lists its sources of alarm alone; thousands of others are never feeds."""

    def __init__(self, registry: Registry) -> None:
        self.sources = lambda: alarms_of(registry)
        self.body = registry.body


def state_of_place(
    place: str,
    *,
    tellers: Iterable[Teller],
    is_present: Callable[[str], bool],
    feeds: Sequence[Feed],
    valid_at: datetime,
    known_at: datetime,
    gazetteer: Units,
) -> PlaceState:
    """Return the state of a place as ``state_of`` gives it out of the whole situation.

    Incidents and figures are left out: which happening a statement about an oblast belongs to
    depends on everything that happened in the oblast, and is asked of the whole fold.

    Args:
        place: Code of the unit.
        tellers: All that may say anything of the place, that may move a phase of a wider unit or
            ask something of it, and that may move a supply of what lies in it.
        is_present: Whether anything was heard of a wider unit by then, however little.
        feeds: The alarm sources (``feeds_of``).
        valid_at: When it is to hold.
        known_at: As far as it was known then.
        gazetteer: Units and their wider units.
    """
    tree = Tree(gazetteer)
    found = list(tellers)
    heard = sorted(
        (item for teller in found for item in teller.heard(valid_at=valid_at, known_at=known_at)),
        key=lambda item: item.order,
    )
    steps = _merged(teller.steps(valid_at=valid_at, known_at=known_at) for teller in found)
    questions = questions_of(
        [item for item in heard if item.claim.kind is Kind.UNKNOWN], valid_at=valid_at, tree=tree
    )
    taken_out = {code for item in heard if item.is_counted for code in item.excluded}
    spoken_of = {code for item in heard for code in item.places} | taken_out
    spoken_of |= {feed.home for feed in feeds}
    spoken_of |= {code for question in questions for code in question.candidates}
    told = PlacePhases(steps, feeds, valid_at, tree)
    codes = {code for code in steps | dict.fromkeys(taken_out) if place in tree.wider(code)}
    codes |= {code for code in tree.wider(place) if code in spoken_of or is_present(code)}
    codes |= {place} & spoken_of
    pages = PlacePages(heard, (), questions)
    states = [
        pages.place(code, told.dimensions(code, is_taken_out=code in taken_out))
        for code in sorted(codes)
    ]
    behind = {
        claim for one in states for row in one.dimensions if row.excepts for claim in row.evidence
    }
    local = Situation(
        valid_at=valid_at,
        known_at=known_at,
        places=tuple(states),
        evidence=tuple(evidence_of(item) for item in heard if item.claim.id in behind),
    )
    return state_of(local, place, gazetteer)


def page_of_place(  # noqa: PLR0913 - each is another part of what is known
    place: str,
    *,
    heard: Iterable[Heard],
    lines: Sequence[Line] = (),
    states: Mapping[str, Sequence[DimensionState]],
    feeds: Sequence[Feed],
    valid_at: datetime,
    known_at: datetime,
    gazetteer: Units,
) -> PlaceState:
    """Return the state of a place as ``state_of_place`` does, from phases that are known already.

    Args:
        place: Code of the unit.
        heard: What was heard of the place, and asked of the local units that hold it.
        lines: What else was heard of the place, in the order of a timeline. None of it asks
            anything.
        states: Where each unit stands by its own words: the place, wider units of which
            anything was heard, units inside of which a supply is said.
        feeds: The alarm sources (``feeds_of``).
        valid_at: When it is to hold.
        known_at: As far as it was known then.
        gazetteer: Units and their wider units.
    """
    tree = Tree(gazetteer)
    ordered = sorted(heard, key=lambda item: item.order)
    questions = questions_of(
        [item for item in ordered if item.claim.kind is Kind.UNKNOWN], valid_at=valid_at, tree=tree
    )
    pages = PlacePages(ordered, (), questions)
    local = Situation(
        valid_at=valid_at,
        known_at=known_at,
        places=tuple(
            pages.place(code, fed(rows, feeds, place=code, valid_at=valid_at, tree=tree))
            for code, rows in sorted(states.items())
        ),
    )
    found = state_of(local, place, gazetteer)
    if not lines:
        return found
    own = [
        (
            (item.at - _EPOCH) // _MICROSECOND,
            *item.order[1:],
            item.is_counted and item.claim.kind is Kind.ADVICE,
        )
        for item in ordered
        if place in (item.places or item.candidates)
    ]
    rows = sorted([*lines, *own]) if own else lines
    return msgspec.structs.replace(
        found,
        timeline=tuple(dict.fromkeys([row[3] for row in rows])),
        advice=tuple(dict.fromkeys([row[3] for row in rows if row[4]])),
    )


def fed(
    rows: Sequence[DimensionState],
    feeds: Sequence[Feed],
    *,
    place: str,
    valid_at: datetime,
    tree: Tree,
) -> tuple[DimensionState, ...]:
    """Return the dimensions of a place with what the alarm sources add to its alert."""
    return tuple(
        with_feeds(row, feeds, place=place, valid_at=valid_at, tree=tree)
        if row.dimension == "alert"
        else row
        for row in rows
    )


def spread(states: Iterable[PlaceState], *, gazetteer: Units) -> list[PlaceState]:
    """Return every place with what wider units and its parts lend it, as ``state_of`` does.

    Args:
        states: All places, each by its own words.
        gazetteer: Units and their wider units.
    """
    tree = Tree(gazetteer)
    by_code = {one.place: one for one in states}
    inside: dict[str, list[PlaceState]] = {}
    for one in by_code.values():
        for code in tree.wider(one.place):
            inside.setdefault(code, []).append(one)
    found = []
    for code, own in by_code.items():
        wider = [by_code[unit] for unit in tree.wider(code) if unit in by_code]
        parts = tree.parts(code) if code in inside else None
        below_it = below(parts[1] if parts else (), inside.get(code, ()), tree=tree)
        rows = tuple(
            rolled_up(inherited(row, code, wider, tree=tree), parts, below_it)
            for row in own.dimensions
        )
        found.append(msgspec.structs.replace(own, dimensions=rows))
    return found


def _merged(found: Iterable[Steps]) -> Steps:
    merged: dict[str, dict[str, list[Step]]] = {}
    for steps in found:
        for code, rows in steps.items():
            own = merged.setdefault(code, {})
            for name, row in rows.items():
                own.setdefault(name, []).extend(row)
    return {code: {name: tuple(row) for name, row in rows.items()} for code, rows in merged.items()}
