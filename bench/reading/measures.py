"""The four measures: micro F1 over (post, key) multisets, with bootstrap intervals."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import msgspec
from bench.reading.labels import LabelClaim

Key = tuple[object, ...]
Claims = tuple[LabelClaim, ...]

ROUNDS = 1000  # bootstrap samples; the ends of the interval move by under 0.005 between seeds
SEED = 7


class Count(msgspec.Struct, frozen=True):
    """Right, wrongly found and missed keys of one post or many."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """One measure over many posts.

    Attributes:
        precision: 0..1; None when nothing was found.
        recall: 0..1; None when there was nothing to find.
        f1: 0..1; None when neither gold nor reader has a key.
        low: Lower end of the 95 % interval of F1.
        high: Upper end.
        support: Keys in the gold labels.
        posts: Posts in which gold or reader found a key.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    low: float | None
    high: float | None
    support: int
    posts: int


def topic_keys(claims: Iterable[LabelClaim]) -> Counter[Key]:
    """Return what is stated."""
    return Counter((claim.topic,) for claim in claims)


def meaning_keys(claims: Iterable[LabelClaim]) -> Counter[Key]:
    """Return what is stated and how it is meant."""
    return Counter((claim.topic, claim.kind, claim.polarity) for claim in claims)


def place_keys(claims: Iterable[LabelClaim]) -> Counter[Key]:
    """Return where; a place without a code gives no key, so an abstention is a miss, no error.

    A statement that names one unit twice in one role gives one key.
    """
    return Counter(
        key
        for claim in claims
        for key in {
            (claim.topic, place.role, place.code)
            for place in claim.places
            if place.code is not None
        }
    )


def number_keys(claims: Iterable[LabelClaim]) -> Counter[Key]:
    """Return how many."""
    return Counter(
        (claim.topic, claim.number.min, claim.number.max, claim.number.mode, claim.number.unit)
        for claim in claims
        if claim.number is not None
    )


MEASURES: Mapping[str, Callable[[Iterable[LabelClaim]], Counter[Key]]] = {
    "topic": topic_keys,
    "meaning": meaning_keys,
    "place": place_keys,
    "number": number_keys,
}


def count(gold: Counter[Key], found: Counter[Key]) -> Count:
    """Return the counts of one post."""
    right = (gold & found).total()
    return Count(right, found.total() - right, gold.total() - right)


def score(
    pairs: Iterable[tuple[Claims, Claims]],
    *,
    measure: str,
    seed: int = SEED,
    rounds: int = ROUNDS,
) -> Score:
    """Return one measure over posts, each a pair of gold and found claims.

    Posts in which both find nothing do not count. The interval is the percentile bootstrap
    over posts (Efron 1979), seeded.
    """
    keys = MEASURES[measure]
    counts = [count(keys(gold), keys(found)) for gold, found in pairs]
    counts = [each for each in counts if each != Count()]
    whole = sum(counts, Count())
    low, high = _interval(counts, seed=seed, rounds=rounds)
    return Score(
        precision=_ratio(whole.tp, whole.tp + whole.fp),
        recall=_ratio(whole.tp, whole.tp + whole.fn),
        f1=_f1(whole),
        low=low,
        high=high,
        support=whole.tp + whole.fn,
        posts=len(counts),
    )


def _interval(
    counts: list[Count], *, seed: int, rounds: int
) -> tuple[float, float] | tuple[None, None]:
    if not counts:
        return None, None
    rng = random.Random(seed)  # noqa: S311 - a bootstrap, not a secret
    drawn = []
    for _ in range(rounds):
        tp = fp = fn = 0
        for each in rng.choices(counts, k=len(counts)):
            tp += each.tp
            fp += each.fp
            fn += each.fn
        drawn.append(_f1(Count(tp, fp, fn)) or 0.0)
    drawn.sort()
    return drawn[int(0.025 * rounds)], drawn[min(rounds - 1, int(0.975 * rounds))]


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(total: Count) -> float | None:
    return _ratio(2 * total.tp, 2 * total.tp + total.fp + total.fn)
