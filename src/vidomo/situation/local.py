"""The state of one place from the reports that can matter to it, and from no others."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import cast

import msgspec

from vidomo.claims.model import Kind
from vidomo.reports.model import Version
from vidomo.situation.alarm import Feed, alarm_feeds, with_feeds
from vidomo.situation.decision import Decision
from vidomo.situation.fold import _Pages, _Told, state_of
from vidomo.situation.hierarchy import Tree, Units
from vidomo.situation.model import DimensionState, PlaceState, Situation
from vidomo.situation.moves import Step, steps_by_place
from vidomo.situation.origins import _folded, _is_copy, _sketch, trace_origins
from vidomo.situation.questions import questions_of
from vidomo.situation.review import reviewed
from vidomo.situation.rules import dimension_rules, origin_rules
from vidomo.situation.spread import below, inherited, rolled_up
from vidomo.situation.testimony import (
    Heard,
    Known,
    _not_before,
    _places,
    effective_at,
    evidence_of,
    gather,
)
from vidomo.sources.model import Poll
from vidomo.sources.registry import Registry, SourceEntry

__all__ = [
    "NEVER",
    "Reach",
    "Teller",
    "Told",
    "alarms_of",
    "fed",
    "feeds_of",
    "page_of_place",
    "reach_of",
    "state_of_place",
    "valid_from",
]

NEVER = datetime.max.replace(tzinfo=UTC)
"""The end of what no other reading has taken the place of."""
_AHEAD = frozenset({Kind.FORECAST, Kind.PLAN, Kind.WARNING, Kind.ADVICE})
Steps = dict[str, dict[str, tuple[Step, ...]]]
RegistryAt = Callable[[datetime], Registry]
DecisionsAt = Callable[[datetime], Sequence[Decision]]


class Told(msgspec.Struct, frozen=True):
    """One version of a report with one reading of it, and when that is what is known.

    Attributes:
        known: The version with its reading.
        known_from: First instant at which it is known.
        known_to: First instant at which another reading took its place.
        valid_from: First instant at which the source has said it.
    """

    known: Known
    known_from: datetime
    known_to: datetime
    valid_from: datetime


class Reach(msgspec.Struct, frozen=True):
    """What a version of a report may say of one unit.

    Attributes:
        is_heard: Something may be said of the unit itself.
        is_moving: Something may move a phase of it or of its parts.
        is_supply: Something may move a supply of it.
        is_asking: Something may be asked of it.
        is_excepted: Something may be said of a wider unit that takes it out.
    """

    is_heard: bool = False
    is_moving: bool = False
    is_supply: bool = False
    is_asking: bool = False
    is_excepted: bool = False


def valid_from(known: Known) -> datetime:
    """Return from when on a version takes part in a fold, whatever is asked of it."""
    return max(effective_at(known.version), _not_before(known))


def reach_of(known: Known, *, homes: Collection[str], tree: Tree) -> dict[str, Reach]:
    """Return every unit that a version may say something of; never too few.

    Args:
        known: The version with its reading.
        homes: Homes that its source has ever had in the registry.
        tree: Which codes are units.
    """
    rules = dimension_rules()
    supplies = {name for name, row in rules.dimensions.items() if "partial" in row.phases}
    takes_out = any(mention.is_excluded for mention in known.reading.mentions)
    found: dict[str, Reach] = {}
    for claim in known.reading.claims:
        places, candidates = _places(claim, tree)
        if not claim.places:
            places = tuple(home for home in homes if tree.is_known(home))
        moves = rules.moves_of(claim)
        asks = claim.kind is Kind.UNKNOWN
        one = Reach(
            is_heard=True,
            is_moving=bool(moves) or takes_out,
            is_supply=bool(supplies & moves.keys()) or takes_out,
            is_asking=asks,
        )
        for code in places:
            found[code] = _joined(found.get(code), one)
        for code in () if places else candidates:
            found[code] = _joined(found.get(code), Reach(is_heard=True, is_asking=asks))
    for mention in known.reading.mentions:
        for code in mention.candidates if mention.is_excluded else ():
            if tree.is_known(code):
                found[code] = _joined(found.get(code), Reach(is_excepted=True))
    return found


def _joined(one: Reach | None, other: Reach) -> Reach:
    if one is None:
        return other
    return Reach(
        one.is_heard or other.is_heard,
        one.is_moving or other.is_moving,
        one.is_supply or other.is_supply,
        one.is_asking or other.is_asking,
        one.is_excepted or other.is_excepted,
    )


class Teller:
    """Reports whose statements have to be judged together: one, or several that repeat each other.

    Args:
        told: All that was ever known of these reports.
        registry_at: Bodies and sources as registered by an instant.
        decisions_at: Decisions in force that were recorded by an instant.
        tree: Which unit lies in which.
        turns: Instants of decisions on these reports that count from when they were made.
        is_settled: Whether no decision and no change of the registry bears on these reports
            after they were known.
    """

    def __init__(
        self,
        told: Sequence[Told],
        *,
        registry_at: RegistryAt,
        decisions_at: DecisionsAt,
        tree: Tree,
        turns: Iterable[datetime] = (),
        is_settled: bool = False,
    ) -> None:
        self.told = told
        self._registry_at, self._decisions_at, self._tree = registry_at, decisions_at, tree
        self.reports = frozenset(one.known.version.report for one in told)
        self._is_one = len(self.reports) == 1
        self.ahead = sorted(
            {
                claim.time.earliest
                for one in told
                for claim in one.known.reading.claims
                if claim.time.earliest is not None
                and claim.kind not in _AHEAD
                and claim.time.earliest > one.valid_from
            }
        )
        self.turns = (*self.ahead, *turns)
        self.takes_out = any(
            mention.is_excluded for one in told for mention in one.known.reading.mentions
        )
        # What stands in it is the same from when it was said and known on.
        self.is_plain = is_settled and len(told) == 1 and not self.turns and self._is_last(told[0])
        self._heard: dict[tuple[object, ...], tuple[Heard, ...]] = {}
        self._steps: dict[tuple[object, ...], Steps] = {}

    @staticmethod
    def _is_last(told: Told) -> bool:
        return told.known_to == NEVER

    def heard(self, *, valid_at: datetime, known_at: datetime) -> tuple[Heard, ...]:
        """Return the statements of these reports as they stand, decisions applied."""
        key, standing, decisions = self._key(valid_at, known_at)
        if key not in self._heard:
            registry = self._registry_at(known_at)
            found = gather(standing, valid_at=valid_at, registry=registry, tree=self._tree)
            if not self._is_one:
                found = trace_origins(found)
            if decisions:
                found = reviewed(found, decisions, tree=self._tree).heard
            self._heard[key] = found
        return self._heard[key]

    def steps(self, *, valid_at: datetime, known_at: datetime) -> Steps:
        """Return the statements that have a say, by place and dimension."""
        key = self._key(valid_at, known_at)[0]
        if key not in self._steps:
            heard = self.heard(valid_at=valid_at, known_at=known_at)
            self._steps[key] = steps_by_place(heard, tree=self._tree)
        return self._steps[key]

    def _key(
        self, valid_at: datetime, known_at: datetime
    ) -> tuple[tuple[object, ...], list[Known], list[Decision]]:
        """Return what decides which statements stand: versions, registry, decisions, the future."""
        standing = [
            one.known
            for one in self.told
            if one.known_from <= known_at < one.known_to and one.valid_from <= valid_at
        ]
        decisions = [
            one
            for one in self._decisions_at(known_at)
            if (one.kind != "confirm" or one.at <= valid_at)
            and any(anchor.report in self.reports for anchor in one.on)
        ]
        key = (
            tuple(id(one) for one in standing),
            bisect_right(self.ahead, valid_at),
            self._registry_at(known_at),
            tuple(one.id for one in decisions),
        )
        return key, standing, decisions


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
    told = _Told(steps, feeds, valid_at, tree)
    codes = {code for code in steps | dict.fromkeys(taken_out) if place in tree.wider(code)}
    codes |= {code for code in tree.wider(place) if code in spoken_of or is_present(code)}
    codes |= {place} & spoken_of
    pages = _Pages(heard, (), questions)
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


def page_of_place(
    place: str,
    *,
    heard: Iterable[Heard],
    states: Mapping[str, Sequence[DimensionState]],
    feeds: Sequence[Feed],
    valid_at: datetime,
    known_at: datetime,
    gazetteer: Units,
) -> PlaceState:
    """Return the state of a place as ``state_of_place`` does, from phases that are known already.

    Args:
        place: Code of the unit.
        heard: All that was heard of the place, and asked of the local units that hold it.
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
    pages = _Pages(ordered, (), questions)
    local = Situation(
        valid_at=valid_at,
        known_at=known_at,
        places=tuple(
            pages.place(code, fed(rows, feeds, place=code, valid_at=valid_at, tree=tree))
            for code, rows in sorted(states.items())
        ),
    )
    return state_of(local, place, gazetteer)


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


def sketch_of(version: Version) -> tuple[int, ...]:
    """Return the runs of words by which copies of a text are looked for; none for a short one."""
    words = _folded(version.post.text)
    if words.count(" ") + 1 < origin_rules().least_words:
        return ()
    return _sketch(words)


def is_copy_of(version: Version, other: Version) -> bool:
    """Whether two texts are alike, or one holds nearly all of the other, at whatever times."""
    words, others = _folded(version.post.text), _folded(other.post.text)
    least = origin_rules()
    if min(words.count(" "), others.count(" ")) + 1 < least.least_words:
        return False
    return _is_copy(words, others, least.least_share) or _is_copy(others, words, least.least_share)
