"""Counts of several kinds of things in one statement: "27 drones and two missiles"."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cache
from operator import attrgetter

import msgspec

from vidomo.claims.attach import COUNTED_AS
from vidomo.claims.claiming import Draft
from vidomo.claims.document import Document
from vidomo.claims.findings import Findings
from vidomo.claims.groups import Group
from vidomo.claims.hits import NumberHit
from vidomo.claims.lexicon import families
from vidomo.claims.model import Kind, Number
from vidomo.claims.numerals import number_words
from vidomo.claims.patterns import Element, parse_pattern
from vidomo.claims.tables import LANGUAGES
from vidomo.claims.topics import topics

_COUNTED = (
    *("event.air_defence", "event.strike", "impact.damage", "response.rescue"),
    *(f"impact.{supply}.outage" for supply in ("power", "water", "heat", "gas")),
)
_DAMAGE = "impact.damage"
_THINGS = frozenset(
    {
        *("uavs", "missiles", "bombs", "houses", "buildings", "apartments", "vehicles"),
        *("facilities", "persons", "crews"),
    }
)
# Things of which a list has groups: "4 blocks of flats and 17 houses".
_BUILT = frozenset({"houses", "buildings", "facilities", "vehicles"})
_BUILT_FAMILY = "place_built"
_START = attrgetter("start")
_MUNITION, _TOWN = "cause.munition", "settlement"
_FLYING = frozenset({"uavs", "missiles", "bombs"})
# Characters between two members of one list: a comma or "and", and one small word.
_LIST_GAP = 8


def counted_beside(
    found: Findings, whole: Draft, group: Group, taken: Collection[int]
) -> list[Draft]:
    """Return what else a list names beside its first count: further counts, and a thing without.

    The statement itself is settled first: what its count says of its topic, its places of its unit.

    Args:
        found: What was found in the text.
        whole: The statement with the first count.
        group: The stretch that it stands in.
        taken: Starts of the numbers that belong to some statement already.
    """
    _settle(whole)
    if whole.hit is None or whole.number is None or not whole.cue.topic.startswith(_COUNTED):
        return []
    units = _THINGS & {COUNTED_AS.get(unit, unit) for unit in topics()[whole.cue.topic].units}
    if whole.number.unit not in units:
        return []
    inside = [hit for hit in found.numbers if group.holds(hit.start)]
    seen = {whole.number.unit}
    made = []
    for way in (inside, inside[::-1]):
        made += _listed(found, whole, way, units=units, seen=seen, taken=taken)
    return [*made, *_uncounted(found, whole, group)]


def _settle(whole: Draft) -> None:
    """Give a statement what its count and its places say about each other.

    "They used 20 drones against the city" counts the strike, not the sort of weapon; the
    districts that are counted in a town are parts of it.
    """
    if whole.number is None:
        return
    is_told = whole.verdict.kind in {Kind.REPORT, Kind.BACKGROUND}
    if is_told and whole.cue.topic == _MUNITION and whole.number.unit in _FLYING:
        whole.cue = msgspec.structs.replace(whole.cue, topic="event.strike")
    places = [place for place in whole.places if place.candidates]
    if whole.number.unit == "districts" and places and all(p.kind == _TOWN for p in places):
        whole.number = msgspec.structs.replace(whole.number, unit="city_districts")


def _listed(
    found: Findings,
    whole: Draft,
    hits: Sequence[NumberHit],
    *,
    units: Collection[str],
    seen: set[str],
    taken: Collection[int],
) -> list[Draft]:
    """Return the members of the list from the first count on, in the order of the hits."""
    made: list[Draft] = []
    last = whole.hit
    is_back = len(hits) > 1 and hits[0].start > hits[-1].start
    for hit in hits:
        if last is None or (hit.start >= last.start if is_back else hit.start <= last.start):
            continue
        one, two = (hit, last) if is_back else (last, hit)
        between = found.doc.lower[max(one.end, one.unit_end) : two.start]
        unit = COUNTED_AS.get(hit.unit, hit.unit)
        is_other = hit.role == "count" and unit in units
        is_listed = len(between) <= _LIST_GAP
        if unit in seen:
            is_listed = unit in _BUILT and _is_listed(between)
        if not is_other or hit.start in taken or not is_listed:
            break
        seen.add(unit)
        last = hit
        number = Number(min=hit.min, max=hit.max, mode=hit.mode, unit=unit)
        made.append(msgspec.structs.replace(whole, number=number, hit=hit, is_part=True))
    return made


def _uncounted(found: Findings, whole: Draft, group: Group) -> list[Draft]:
    """Return the first thing without a count that a list names beside counted ones.

    "Two houses and a power line were damaged" says the line too. The list ends right after it,
    or with one more word: what else follows may be a statement of its own.
    """
    if whole.hit is None or whole.cue.topic != _DAMAGE:
        return []
    tokens, joins = found.doc.tokens, number_words().small["joins"]
    at = bisect_left(tokens, whole.hit.unit_end, key=_START)
    while at + 1 < len(tokens) and group.holds(tokens[at + 1].start):
        if tokens[at].key in joins or tokens[at].text == ",":
            thing = tokens[at + 1]
            if _built().fits(thing) and _ends(found.doc, at + 2):
                cue = msgspec.structs.replace(
                    whole.cue, start=thing.start, end=thing.end, tokens=(at + 1,)
                )
                made = msgspec.structs.replace(whole, cue=cue, number=None, hit=None, is_exact=True)
                return [made]
        at += 1
    return []


def _ends(doc: Document, at: int) -> bool:
    """Whether a list ends here, or after one more word."""
    after = [token.kind in {"mark", "emoji"} for token in doc.tokens[at : at + 2]]
    return not after or any(after)


@cache
def _built() -> Element:
    """Return what is built or driven, in the languages that have a family of it."""
    named = [families(lang).get(_BUILT_FAMILY, "") for lang in LANGUAGES]
    return parse_pattern("|".join(words for words in named if words))[0][0]


def _is_listed(between: str) -> bool:
    """Whether only a comma or a joining word stands between two counts of one kind of things.

    "4 blocks of flats and 17 houses" are two groups; "4 houses; 17 in all" are not.
    """
    joined = between.strip()
    return joined == "," or joined in number_words().small["joins"]
