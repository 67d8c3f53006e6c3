"""Leaves out statements that a text says twice of one place under two names."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.claiming import SHARE
from vidomo.claims.model import Claim, Kind, Polarity, Reading
from vidomo.claims.recalled import RECALLED
from vidomo.gazetteer import Gazetteer
from vidomo.places.headlines import without_headlines
from vidomo.places.recalls import without_recalls

# Statements of one sentence may be about two people; a heading and its text stand further apart.
_SIDE_BY_SIDE = 120
_FACTS = ("event.", "harm.", "impact.", "cause.", "response.")
_DANGER = "threat."
_KINDS = frozenset({Kind.WARNING, Kind.REPORT, Kind.ASSESSMENT, Kind.BACKGROUND})
_RUSSIA = "RU"
# Letters of a name that all its cases have.
_STEM = 4
_FLYING = frozenset({"uavs", "missiles", "strikes"})

_Key = tuple[object, ...]


def told_once(reading: Reading, gazetteer: Gazetteer) -> Reading:
    """Return the same reading with every fact once."""
    end = max(reading.leads, default=0)
    told = without_recalls(_without_denied(reading.claims), gazetteer)
    once = msgspec.structs.replace(reading, claims=without_twins(told, lead=end))
    return msgspec.structs.replace(once, claims=without_headlines(once, gazetteer))


def _without_denied(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Leave out what is stated inside words that are called false: "#allclear" in a false post."""
    denied = [claim for claim in claims if claim.polarity is Polarity.DENIED]
    return tuple(
        claim
        for claim in claims
        if claim.polarity is Polarity.DENIED
        or not any(
            one.topic == claim.topic and one.start <= claim.start and claim.end <= one.end
            for one in denied
        )
    )


def without_twins(claims: Sequence[Claim], *, lead: int = 0) -> tuple[Claim, ...]:
    """Return the claims with every fact once, now that the places are decided.

    "Attack on Mykolaiv" and "attack on the city of Mykolaiv" are one; of a statement with a
    number and one without, the one with the number stays. Russia has one code for all its
    units: two that a text names by different names below its heading are told apart.

    Args:
        claims: The claims, in the order of their start.
        lead: Where the heading of the text ends.
    """
    counted: dict[_Key, list[Claim]] = {}
    for claim in claims:
        if claim.number is not None:
            counted.setdefault(_key(claim), []).append(claim)
    seen: dict[_Key, list[Claim]] = {}
    kept = []
    for claim in claims:
        if not _may_repeat(claim):
            kept.append(claim)
            continue
        key = _key(claim)
        if claim.number is None and any(
            _is_told(claim, other, lead) and not _are_two_units(claim, other, lead)
            for other in counted.get(key, ())
        ):
            continue
        told = seen.setdefault((*key, claim.number), [])
        if not told or all(_are_two_units(claim, other, lead) for other in told):
            told.append(claim)
            kept.append(claim)
    return tuple(kept)


def _may_repeat(claim: Claim) -> bool:
    return (
        claim.topic.startswith(_FACTS if claim.number else (*_FACTS, _DANGER))
        and SHARE not in claim.rules  # three over Kursk oblast and three over Bryansk oblast
        and claim.kind in _KINDS
        and bool(claim.places)
        and all(place.code is not None for place in claim.places)
    )


def _key(claim: Claim) -> _Key:
    places = frozenset((place.role, place.code) for place in claim.places)
    return claim.topic, claim.kind, claim.polarity, claim.unknown, places


def _are_two_units(one: Claim, other: Claim, lead: int) -> bool:
    """Whether two statements of Russia name different units of it, both below the heading."""
    if min(one.start, other.start) < lead:
        return False
    names = [_units(one), _units(other)]
    return all(names) and names[0].isdisjoint(names[1])


def _units(claim: Claim) -> set[str]:
    """Return how a claim names the units of Russia, without their endings."""
    return {
        place.surface[:_STEM].casefold()
        for place in claim.places
        if place.code == _RUSSIA and place.surface[:1].isupper()
    }


def _is_told(bare: Claim, counted: Claim, lead: int) -> bool:
    """Whether a count says what a statement without one says.

    "Three drones were launched at the city. A school was hit": the hit, told after the count,
    is another fact; the strike of a heading, or one that is only pointed back at, is not.
    """
    if bare.topic == "event.strike":
        is_more = lead <= bare.start > counted.start and RECALLED not in bare.rules
        return not is_more and counted.number is not None and counted.number.unit in _FLYING
    if bare.topic.startswith("harm."):
        return abs(bare.start - counted.start) > _SIDE_BY_SIDE
    return bare.topic.startswith(("event.", "impact.power"))
