"""Counts of several kinds of things in one statement: "27 drones and two missiles"."""

from collections.abc import Collection, Sequence

import msgspec

from vidomo.claims.attach import COUNTED_AS
from vidomo.claims.claiming import Draft
from vidomo.claims.findings import Findings
from vidomo.claims.groups import Group
from vidomo.claims.hits import NumberHit
from vidomo.claims.model import Number
from vidomo.claims.topics import topics

_COUNTED = ("event.air_defence", "event.strike", "impact.damage", "response.rescue")
_THINGS = frozenset(
    {
        *("uavs", "missiles", "bombs", "houses", "buildings", "apartments", "vehicles"),
        *("facilities", "persons", "crews"),
    }
)
# Characters between two members of one list: a comma or "and", and one small word.
_LIST_GAP = 8


def counted_beside(
    found: Findings, whole: Draft, group: Group, taken: Collection[int]
) -> list[Draft]:
    """Return the further counts of a list, each of another kind of things than the first.

    Args:
        found: What was found in the text.
        whole: The statement with the first count.
        group: The stretch that it stands in.
        taken: Starts of the numbers that belong to some statement already.
    """
    if whole.hit is None or whole.number is None or not whole.cue.topic.startswith(_COUNTED):
        return []
    units = _THINGS & {COUNTED_AS.get(unit, unit) for unit in topics()[whole.cue.topic].units}
    if whole.number.unit not in units:
        return []
    inside = [hit for hit in found.numbers if group.holds(hit.start)]
    seen = {whole.number.unit}
    made = []
    for way in (inside, inside[::-1]):
        made += _listed(whole, way, units=units, seen=seen, taken=taken)
    return made


def _listed(
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
        gap = two.start - max(one.end, one.unit_end)
        unit = COUNTED_AS.get(hit.unit, hit.unit)
        is_other = hit.role == "count" and unit in units and unit not in seen
        if not is_other or hit.start in taken or gap > _LIST_GAP:
            break
        seen.add(unit)
        last = hit
        number = Number(min=hit.min, max=hit.max, mode=hit.mode, unit=unit)
        made.append(msgspec.structs.replace(whole, number=number, hit=hit, is_part=True))
    return made
