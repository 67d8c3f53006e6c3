"""Tells every fact of a text once: which claims say the same, and which of them stays."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.claiming import SHARE
from vidomo.claims.model import Claim, Kind, Polarity, SpeakerKind


def merge(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims with every fact once: the richer quotation stays.

    Equal are topic, kind, polarity and what is unknown; of the numbers, one may be missing;
    the places must be the same, or one of the two claims without any. Two shares of a count
    stay two, whatever they share.
    """
    kept: list[Claim] = []
    for claim in claims:
        twin = next((n for n, other in enumerate(kept) if _is_same(claim, other)), None)
        if twin is None:
            kept.append(claim)
        elif _richness(claim) > _richness(kept[twin]) or _is_listed_below(claim, kept[twin]):
            kept[twin] = _placed(claim, kept[twin])
        else:
            kept[twin] = _placed(kept[twin], claim)
    return kept


def _is_listed_below(claim: Claim, heading: Claim) -> bool:
    """Whether damage without a count is told again: of a heading, the text below stays."""
    return (
        claim.topic == _DAMAGE
        and claim.number is None
        and _richness(claim) == _richness(heading)
        and claim.polarity is Polarity.AFFIRMED
    )


def _placed(claim: Claim, other: Claim) -> Claim:
    """Return a claim with the places of the one it repeats where it names none itself."""
    if any(place.candidates for place in claim.places):
        return claim
    return msgspec.structs.replace(claim, places=other.places or claim.places)


def _are_two_people(one: Claim, other: Claim) -> bool:
    """Whether a counted and an uncounted statement stand side by side: two different people.

    What only says how somebody is ("acute stress reaction") adds nobody.
    """
    if any(claim.rules[0].endswith("_state") or claim.relation for claim in (one, other)):
        return False
    return abs(one.start - other.start) < _SIDE_BY_SIDE


# Statements of one sentence; a heading and its repetition further down stand wider apart.
_SIDE_BY_SIDE = 120
_DAMAGE = "impact.damage"
_WIDEST, _COUNTRY = "oblast", "country"
_ABROAD, _APART_ABROAD = ("RU",), ("event.", "impact.")
# Letters of a name that all its cases have.
_STEM = 4
_ALERT = "alert."
# One bomb of a strike is not the strike, and three houses are not all the damage.
_EACH_APART = frozenset(
    {"event.strike", "event.shelling", "event.air_defence", "impact.damage", "impact.power.outage"}
)


def _is_same(one: Claim, other: Claim) -> bool:
    if (one.topic, one.kind, one.polarity, one.unknown) != (
        other.topic,
        other.kind,
        other.polarity,
        other.unknown,
    ):
        return False
    if SHARE in one.rules or SHARE in other.rules:  # it stands beside other counts
        return False
    differ = (one.number and one.number.figures) != (other.number and other.number.figures)
    if differ and (
        one.topic in _EACH_APART or (one.number is not None and other.number is not None)
    ):
        return False
    if differ and one.topic.startswith("harm.") and _are_two_people(one, other):
        return False
    if one.time.surface and other.time.surface and one.kind in {Kind.PLAN, Kind.FORECAST}:
        return one.time.surface == other.time.surface and _share_place(one, other)
    return _share_place(one, other)


def _share_place(one: Claim, other: Claim) -> bool:
    here, there = _named(one), _named(other)
    if here and here == there and one.topic.startswith(_APART_ABROAD):
        names = units_abroad(one), units_abroad(other)  # Russia has one code for all its units
        return not all(names) or not names[0].isdisjoint(names[1])
    return not here or not there or here == there


def units_abroad(claim: Claim) -> set[str]:
    """Return how a claim names the units of Russia, without their endings."""
    return {
        place.surface[:_STEM].casefold()
        for place in claim.places
        if place.candidates == _ABROAD and place.surface[:1].isupper() and place.level != _COUNTRY
    }


def _named(claim: Claim) -> set[tuple[object, ...]]:
    """Return what a claim names: units, and "the oblast", which is never one of its towns.

    An alert "in the district" is not that of the town of another sentence.
    """
    is_alert = claim.topic.startswith(_ALERT)
    return {
        (place.role, place.candidates or place.level)
        for place in claim.places
        if place.candidates or place.level == _WIDEST or is_alert
    }


def _richness(claim: Claim) -> tuple[int, ...]:
    named = claim.speaker.kind in {
        SpeakerKind.NAMED_OFFICIAL,
        SpeakerKind.ORGANISATION,
        SpeakerKind.UNSPECIFIED_AUTHORITY,
    }
    return (
        int(claim.number is not None),
        int(named),
        int(bool(claim.means)),
        int(any(place.candidates for place in claim.places)),
        int(bool(claim.time.surface)),
    )
