"""Leaves out what only points at an event that a text tells of elsewhere.

"A drone hit a house in Izium. Two people were hurt in the attack": the attack is told once,
where it happened; words such as "in the attack" add nothing that says where, when or how many.
Nor does "the enemy keeps attacking the region" beside the attack that is told.
"""

from collections.abc import Sequence

from vidomo.claims.carrying import CARRIED
from vidomo.claims.model import Claim, Kind, Polarity, Role
from vidomo.claims.recalled import GENERAL, RECALLED
from vidomo.gazetteer import Gazetteer

_KINDS = frozenset({Kind.REPORT, Kind.ASSESSMENT, Kind.BACKGROUND})
_ORDERS = ("alert.start", "power.emergency")
_OURS = "UA"
# Characters between two parts of one sentence.
_BESIDE = 3


def without_recalls(claims: Sequence[Claim], gazetteer: Gazetteer) -> tuple[Claim, ...]:
    """Return the claims without those that only point at an event told elsewhere.

    Args:
        claims: The claims, in the order of their start.
        gazetteer: The units.
    """
    kept: list[Claim] = []
    for number, claim in enumerate(claims):
        if _points_back(claim) and any(_is_one(claim, other, gazetteer) for other in kept):
            continue
        if number + 1 < len(claims) and _leads_to(claim, claims[number + 1], gazetteer):
            continue
        if _is_general(claim) and any(
            not _is_general(other) and _is_one(claim, other, gazetteer) for other in claims
        ):
            continue
        if any(_names_it(other, claim) for other in kept):
            continue
        kept.append(claim)
    return tuple(kept)


def _names_it(listed: Claim, claim: Claim) -> bool:
    """Whether a list told before has the place of an order: "in A, B and C"; "in B as well"."""
    return (
        claim.topic.startswith(_ORDERS)
        and (claim.topic, claim.kind, claim.polarity)
        == (listed.topic, listed.kind, listed.polarity)
        and claim.number == listed.number
        and not (claim.queue or listed.queue)
        and bool(claim.places)
        and None not in {place.code for place in claim.places}
        and {p.code for p in claim.places} < {p.code for p in listed.places}
    )


def _is_one(claim: Claim, other: Claim, gazetteer: Gazetteer) -> bool:
    return other.topic == claim.topic and _is_told(other) and _may_be_there(claim, other, gazetteer)


def _is_general(claim: Claim) -> bool:
    return GENERAL in claim.rules and claim.number is None and _is_told(claim)


def _leads_to(claim: Claim, after: Claim, gazetteer: Gazetteer) -> bool:
    """Whether a claim only leads to the next: "in an attack on the oblast, a house was hit in X"."""
    return (
        RECALLED in claim.rules
        and claim.number is None
        and claim.kind == after.kind
        and claim.topic == after.topic
        and _is_told(after)
        and 0 <= after.start - claim.end <= _BESIDE
        and bool(claim.places)
        and bool(after.places)
        and all(
            any(two.code != _OURS and _is_in(one.code, two.code, gazetteer) for two in claim.places)
            for one in after.places
        )
    )


def _points_back(claim: Claim) -> bool:
    """Whether a claim takes an event for granted and says of itself neither where nor when."""
    return (
        RECALLED in claim.rules
        and _is_told(claim)
        and claim.number is None
        and (CARRIED in claim.rules or not any(place.surface for place in claim.places))
        and not (claim.time.surface and claim.time.surface in claim.quote)
    )


def _is_told(claim: Claim) -> bool:
    return claim.kind in _KINDS and claim.polarity is Polarity.AFFIRMED


def _may_be_there(claim: Claim, other: Claim, gazetteer: Gazetteer) -> bool:
    """Whether what points back may mean an event: all its places are near by, none elsewhere."""
    here = {place.code for place in claim.places}
    there = {place.code for place in other.places if place.role is not Role.ORIGIN}
    return (
        not here
        or not there
        or None in here | there
        or all(
            any(_is_in(one, two, gazetteer) or _is_in(two, one, gazetteer) for one in here)
            for two in there
        )
    )


def _is_in(code: str | None, wider: str | None, gazetteer: Gazetteer) -> bool:
    if code is None or wider is None or code == wider:
        return code == wider
    return code.startswith(_OURS) and wider.startswith(_OURS) and gazetteer.within(code, wider)
