"""Gives each claim the probability that it says what a careful reader would say."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from math import exp
from typing import NamedTuple

import msgspec

from vidomo.claims.model import Claim, PlaceRef, Polarity, Reading

TABLE = "calibration.toml"
_LOW, _SURE = 0.65, 0.85  # steps of a place's confidence: three groups of like size on the tune set
_SHORT, _LONG = 12, 40  # code points of a quotation; likewise
_LOOKS_KEPT = 8_000  # claims that look alike have one probability
_LIMITS = (0.02, 0.99)  # a table from some thousand claims cannot show more


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A logistic table: the sum of the weights of what is seen, turned into a probability.

    Attributes:
        intercept: Where the sum begins.
        weights: What each feature adds; a feature that is not listed adds nothing.
    """

    intercept: float
    weights: dict[str, float]


def features_of(claim: Claim, *, lang: str, genre: str) -> tuple[str, ...]:
    """Return what is known about a claim when it is read and may tell how sure it is.

    Args:
        claim: The claim, its places decided or left ambiguous.
        lang: Language of its text.
        genre: Genre of its text.
    """
    return _features(_look(claim, lang=lang, genre=genre))


class _Look(NamedTuple):
    topic: str
    kind: str
    lang: str
    genre: str
    place: str
    quote: str
    polarity: str
    has_number: bool
    rules: tuple[str, ...]


def _look(claim: Claim, *, lang: str, genre: str) -> _Look:
    return _Look(
        claim.topic,
        claim.kind.value,
        lang,
        genre,
        _place(claim.places),
        _length(claim.end - claim.start),
        "" if claim.polarity is Polarity.AFFIRMED else claim.polarity.value,
        claim.number is not None,
        claim.rules,
    )


def _features(look: _Look) -> tuple[str, ...]:
    seen = [
        f"family:{look.topic.partition('.')[0]}",
        f"topic:{look.topic}",
        f"kind:{look.kind}",
        f"lang:{look.lang}",
        f"genre:{look.genre}",
        f"place:{look.place}",
        f"quote:{look.quote}",
    ]
    if look.polarity:
        seen.append(f"polarity:{look.polarity}")
    if look.has_number:
        seen.append("number")
    seen += [f"rule:{rule}" for rule in sorted({_name(rule) for rule in look.rules})]
    return tuple(seen)


def calibrated(claim: Claim, *, lang: str, genre: str) -> float:
    """Return the probability that topic, kind and polarity of a claim are as a labeller's.

    Measured on the tune set of the reading benchmark (docs/review.md); the place has a
    confidence of its own.

    Args:
        claim: The claim, its places decided or left ambiguous.
        lang: Language of its text.
        genre: Genre of its text.
    """
    return _probability(_look(claim, lang=lang, genre=genre))


@lru_cache(maxsize=_LOOKS_KEPT)
def _probability(look: _Look) -> float:
    table = calibration()
    total = table.intercept + sum(table.weights.get(feature, 0.0) for feature in _features(look))
    low, high = _LIMITS
    return round(min(high, max(low, 1 / (1 + exp(-total)))), 3)


def with_confidence(reading: Reading) -> Reading:
    """Return the same reading, the confidence of each claim calibrated."""
    claims = tuple(
        msgspec.structs.replace(
            claim, confidence=calibrated(claim, lang=reading.lang, genre=reading.genre)
        )
        for claim in reading.claims
    )
    return msgspec.structs.replace(reading, claims=claims)


@cache
def calibration() -> Table:
    """Return the table that is shipped, read on first use; made by ``tools/calibrate.py``."""
    source = files("vidomo.claims").joinpath(TABLE)
    return msgspec.convert(tomllib.loads(source.read_text(encoding="utf-8")), Table)


def _place(places: tuple[PlaceRef, ...]) -> str:
    if not places:
        return "none"
    if any(ref.code is None for ref in places):
        return "ambiguous"
    if all(ref.start < 0 for ref in places):
        return "from_context"
    least = min(ref.confidence for ref in places)
    return "low" if least < _LOW else "fair" if least < _SURE else "sure"


def _length(points: int) -> str:
    return "short" if points < _SHORT else "fair" if points < _LONG else "long"


def _name(rule: str) -> str:
    """Return a rule's name without its language: what it does is the same in all three."""
    _, _, rest = rule.partition(".")
    return rest or rule
