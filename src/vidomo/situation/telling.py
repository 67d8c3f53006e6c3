"""What a report tells over time, and what of it can matter to which place."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from vidomo.claims.model import Kind
from vidomo.reports.model import Version
from vidomo.situation.decision import Decision
from vidomo.situation.hierarchy import Tree
from vidomo.situation.moves import Step, steps_by_place
from vidomo.situation.origins import folded_words, is_copy, smallest_runs, trace_origins
from vidomo.situation.review import reviewed
from vidomo.situation.rules import dimension_rules, origin_rules
from vidomo.situation.testimony import Heard, Known, effective_at, gather, not_before, places_of
from vidomo.sources.registry import Registry

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
        dimensions: The dimensions in which a phase of it or of its parts may move.
    """

    is_heard: bool = False
    is_moving: bool = False
    is_supply: bool = False
    is_asking: bool = False
    is_excepted: bool = False
    dimensions: frozenset[str] = frozenset()


def valid_from(known: Known) -> datetime:
    """Return from when on a version takes part in a fold, whatever is asked of it."""
    return max(effective_at(known.version), not_before(known))


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
        places, candidates = places_of(claim, tree)
        if not claim.places:
            places = tuple(home for home in homes if tree.is_known(home))
        moves = rules.moves_of(claim)
        asks = claim.kind is Kind.UNKNOWN
        one = Reach(
            is_heard=True,
            is_moving=bool(moves) or takes_out,
            is_supply=bool(supplies & moves.keys()) or takes_out,
            is_asking=asks,
            dimensions=frozenset(rules.dimensions) if takes_out else frozenset(moves),
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
        one.dimensions | other.dimensions,
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
        is_put_right: Whether a person ever put right what any of it says.
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
        is_put_right: bool = False,
    ) -> None:
        self.told = told
        self._registry_at, self._decisions_at, self._tree = registry_at, decisions_at, tree
        self.reports = frozenset(one.known.version.report for one in told)
        self.is_put_right = is_put_right
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


def sketch_of(version: Version) -> tuple[int, ...]:
    """Return the runs of words by which copies of a text are looked for; none for a short one."""
    words = folded_words(version.post.text)
    if words.count(" ") + 1 < origin_rules().least_words:
        return ()
    return smallest_runs(words)


def is_copy_of(version: Version, other: Version) -> bool:
    """Whether two texts are alike, or one holds nearly all of the other, at whatever times."""
    words, others = folded_words(version.post.text), folded_words(other.post.text)
    least = origin_rules()
    if min(words.count(" "), others.count(" ")) + 1 < least.least_words:
        return False
    return is_copy(words, others, least.least_share)
