"""Thins out the places of one claim: what only locates another, repeats it or lies elsewhere."""

from collections.abc import Iterable, Sequence

from vidomo.claims.model import PlaceRef, Role
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level
from vidomo.places.model import Placed
from vidomo.places.score import lies_in

#: Characters between two names that "and" joins, in three languages.
JOINED = (3, 8)


def without_qualifiers(
    found: Sequence[tuple[PlaceRef, Placed | None]],
) -> list[tuple[PlaceRef, Placed | None]]:
    """Leave out what the text excludes, and wider units that only locate another place."""
    kept = [(ref, one) for ref, one in found if one is None or not one.mention.is_excluded]
    kept = kept or list(found)  # a statement on nothing but what another one takes out
    named = [one.mention for _, one in kept if one is not None]
    if not all(mention.is_qualifier for mention in named):
        kept = [(ref, one) for ref, one in kept if one is None or not one.mention.is_qualifier]
    return kept


def but_abroad(refs: Iterable[PlaceRef]) -> list[PlaceRef]:
    """Leave out a third country that stands beside the place where something happens.

    "The US closed its embassy in Kyiv because of a threat": where something comes from or goes to
    stays.
    """
    found = list(refs)
    is_told = any(ref.code is not None and ref.role is Role.AFFECTED for ref in found)
    return [
        ref
        for ref in found
        if not (is_told and ref.role is Role.AFFECTED and is_third_country(ref))
    ]


def is_third_country(ref: PlaceRef) -> bool:
    """Whether a place lies in neither Ukraine nor Russia."""
    return ref.code is None and ref.level == Level.COUNTRY.value


def without_repeats(places: Iterable[PlaceRef]) -> tuple[PlaceRef, ...]:
    """Return places, each unit once in each role."""
    seen: set[tuple[str, Role]] = set()
    kept = []
    for ref in places:
        if ref.code is not None:
            if (ref.code, ref.role) in seen:
                continue
            seen.add((ref.code, ref.role))
        kept.append(ref)
    return tuple(kept)


def without_holders(places: Sequence[PlaceRef], gazetteer: Gazetteer) -> tuple[PlaceRef, ...]:
    """Leave out the wider unit of a name that nobody can tell more closely.

    "In the village of Shevchenkove, Mykolaiv oblast": where the oblast has several of the name,
    it is still not all of the oblast.
    """
    undecided = [ref for ref in places if ref.code is None and ref.candidates]
    return tuple(
        ref
        for ref in places
        if ref.level not in {Level.OBLAST, Level.RAION}
        or not any(
            lies_in(code, ref.code or "", gazetteer)
            and not JOINED[0] <= ref.start - other.end <= JOINED[1]
            for other in undecided
            for code in other.candidates
            if gazetteer.get(code) is not None
        )
    )
