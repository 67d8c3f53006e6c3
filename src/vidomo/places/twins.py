"""Leaves out statements that a text says twice of one place under two names."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.claiming import SHARE
from vidomo.claims.model import Claim, Kind, Reading
from vidomo.gazetteer import Gazetteer
from vidomo.places.headlines import without_headlines

# Statements of one sentence may be about two people; a heading and its text stand further apart.
_SIDE_BY_SIDE = 120
_FACTS = ("event.", "harm.", "impact.", "cause.", "response.")
_KINDS = frozenset({Kind.REPORT, Kind.ASSESSMENT, Kind.BACKGROUND})
_FLYING = frozenset({"uavs", "missiles", "strikes"})

_Key = tuple[object, ...]


def told_once(reading: Reading, gazetteer: Gazetteer) -> Reading:
    """Return the same reading with every fact once."""
    once = msgspec.structs.replace(reading, claims=without_twins(reading.claims))
    return msgspec.structs.replace(once, claims=without_headlines(once, gazetteer))


def without_twins(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims with every fact once, now that the places are decided.

    "Attack on Mykolaiv" and "attack on the city of Mykolaiv" are one; of a statement with a
    number and one without, the one with the number stays.
    """
    counted: dict[_Key, list[Claim]] = {}
    for claim in claims:
        if claim.number is not None:
            counted.setdefault(_key(claim), []).append(claim)
    seen: set[_Key] = set()
    kept = []
    for claim in claims:
        if not _may_repeat(claim):
            kept.append(claim)
            continue
        key = _key(claim)
        if claim.number is None and any(_is_told(claim, other) for other in counted.get(key, ())):
            continue
        whole = (*key, claim.number)
        if whole not in seen:
            seen.add(whole)
            kept.append(claim)
    return tuple(kept)


def _may_repeat(claim: Claim) -> bool:
    return (
        claim.topic.startswith(_FACTS)
        and SHARE not in claim.rules  # three over Kursk oblast and three over Bryansk oblast
        and claim.kind in _KINDS
        and bool(claim.places)
        and all(place.code is not None for place in claim.places)
    )


def _key(claim: Claim) -> _Key:
    places = frozenset((place.role, place.code) for place in claim.places)
    return claim.topic, claim.kind, claim.polarity, claim.unknown, places


def _is_told(bare: Claim, counted: Claim) -> bool:
    """Whether a count says what a statement without one says."""
    if bare.topic == "event.strike":
        return counted.number is not None and counted.number.unit in _FLYING
    if bare.topic.startswith("harm."):
        return abs(bare.start - counted.start) > _SIDE_BY_SIDE
    return bare.topic.startswith(("event.", "impact.power"))
