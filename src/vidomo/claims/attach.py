"""Ties numbers, weapons and times to cues; rather none than a guess."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from vidomo.claims.cues import MeansHit
from vidomo.claims.groups import Group
from vidomo.claims.hits import CueHit, NumberHit, TimeHit, TriggerHit
from vidomo.claims.model import Number
from vidomo.claims.topics import topics

# A count without a counted noun must stand this close to its cue, in characters:
# "two were killed", "killing at least two".
_BARE_REACH = 24
_TIGHT_REACH = 3
# A bare count that stands further behind a cue than this rather begins the next statement; what
# its distance then grows by.
_BEHIND, _LATE = 3, 4
# Areas that things are counted in, the narrower first: "400 villages in ten oblasts".
_AREAS = ("settlements", "city_districts", "hromadas", "districts", "oblasts")
_WIDTH = {unit: width for width, unit in enumerate(_AREAS, 1)}
# What is counted beside a strike and its damage is what was damaged.
_HIT = frozenset({"homes", "houses", "buildings", "apartments", "vehicles", "facilities"})
_DAMAGE = "impact.damage"
_HURT_THINGS = (_DAMAGE, "impact.fire")
# What comes to a fire, and does not burn.
_AT_WORK = frozenset({"vehicles", "pieces_of_equipment", "responders", "crews"})
_MAX_PERSONS = 9
# "Shelled 64 times": counts the shellings.
_TIMES = "times"
_CHILD = "_child"
# "among them three children", "including, she said, three children".
_SUBSET_REACH = 12
# "Two of them died": characters from the number to the verb.
_OF_THEM = 14
# "Eight of them have light again": the same for things and places.
_OF_THINGS = 12
# "They have reconnected two of them."
_BACK = "impact."
_LED = ("harm.", "impact.", "event.air_defence")
# "three of them children".
_AFTER_COUNT = "subset_of"
_ARMED = ("event.", "threat.", "cause.")
_HARM = "harm."
_SUPPLY, _ONE_BREATH = ".outage", 24
# Cues that tell an earlier figure of what was told last.
_FIGURE = "_figure"
# Homes counted by the thousand are households: nobody counts so many houses on a line.
_HOMES = "homes"
_BY_HOMES, _MANY_HOMES = ("impact.power.", "impact.gas."), 1000
# Nouns that only help to find the right cue, and what they count: medics are people.
COUNTED_AS = {
    "responders": "persons",
    "soldiers": "persons",
    "pieces_of_equipment": "vehicles",
    "strikes_hits": "strikes",
    "points": "facilities",
    "homes": "houses",
}
# Areas that only say where: no label of the contract counts them.
_ONLY_WHERE = frozenset({"hromadas", "oblasts"})
# The same where nobody says of how many: "fires in several places".
_WHERE = frozenset({"addresses", "districts", "city_districts"})
_HEARD = frozenset({"event.explosion", "event.strike"})
_DOWNED = "event.air_defence"
# What flies is counted in pieces and aims, and what they are the statement says.
_PIECES, _AIMS = "pieces", "aims"
_AS_PIECES = {
    "threat.uav": "uavs",
    "threat.missile": "missiles",
    "threat.guided_bomb": "bombs",
    _DOWNED: "uavs",
}
# "Shaheds on Kiliia, three", "cruise missiles from the sea: about eight".
_PIECES_REACH, _VAGUE_REACH = 60, 24
_FLYING = frozenset({"uavs", "missiles", "bombs"})
_BLOWS = frozenset({"explosions", "shellings"})


def attach_numbers(
    groups: Sequence[Group],
    numbers: Sequence[NumberHit],
    subsets: Sequence[TriggerHit],
    *,
    opened: Collection[int] = (),
) -> dict[tuple[int, str], NumberHit]:
    """Return the number of each cue, by the start and topic of the cue.

    A number whose noun is the cue itself belongs to that cue. Any other goes to the
    nearest cue of its group whose topic counts such things; a bare one only to
    a cue close by. One number serves one cue.

    Args:
        groups: The stretches of a sentence.
        numbers: The counts of the text.
        subsets: Words such as "among them" in the sentence.
        opened: Starts of the counts that belong to no cue before them.
    """
    attached: dict[tuple[int, str], NumberHit] = {}
    left: list[NumberHit] = []
    for place, group in enumerate(groups):
        if left and group.cues and group.cues[0].topic.startswith((_HARM, _DAMAGE)):
            attached[_key(group.cues[0])] = left[-1]
        counts = [one for one in numbers if one.role == "count" and group.holds(one.start)]
        left = counts if _begins_list(group, groups[place + 1 : place + 2], counts) else []
        if left or not counts:
            continue
        inside = [
            number
            for number in counts
            if not is_subset(number, subsets)
            or leads(group, number)
            or _is_of_event(group, number)
            or _has_verb(group, number, subsets)
            or (len(counts) == 1 and number.unit in _FLYING)
        ]
        rest = []
        inside.sort(key=lambda one: _downed_by(group, one) is None)
        for number in inside:
            owner = _downed_by(group, number) or _named_by(group, number)
            if owner is not None and _key(owner) not in attached:
                attached[_key(owner)] = _of_kind(number, counts)
            elif owner is None:
                rest.append(number)
        for number in sorted(rest, key=lambda one: (_WIDTH.get(one.unit, 0), _closest(group, one))):
            is_opening = number.start in opened
            owner = _nearest(group, number, attached, is_opening=is_opening)
            if owner is None and is_opening:
                left.append(number)
            if owner is not None:
                is_downed = owner.topic == _DOWNED
                attached[_key(owner)] = _of_kind(number, counts) if is_downed else number
        _share(group, attached)
    return attached


def _share(group: Group, attached: dict[tuple[int, str], NumberHit]) -> None:
    """Give supplies that fail in one breath their count: "800 homes without water and heating"."""
    supplies = [cue for cue in group.cues if cue.topic.endswith(_SUPPLY)]
    for cue in supplies:
        for other in supplies:
            is_told = _key(other) in attached and _key(cue) not in attached
            is_near = abs(cue.end - other.end) <= _ONE_BREATH
            shares = other.topic != cue.topic and set(cue.tokens) & set(other.tokens)
            if is_told and is_near and shares:
                attached[_key(cue)] = attached[_key(other)]


def _begins_list(group: Group, after: Sequence[Group], counts: Sequence[NumberHit]) -> bool:
    """Whether a count begins a list of what was damaged: "after a strike, 12 homes, cars were"."""
    if len(counts) != 1 or not (group.cues and after and after[0].cues):
        return False
    count, first = counts[0], after[0].cues[0]
    is_struck = all(c.topic.startswith("event.") for c in group.cues)
    is_apart = all(count.start - c.end > _BEHIND for c in group.cues)
    is_damaged = first.topic == _DAMAGE and not first.polarity
    return count.unit in _HIT and is_struck and is_apart and is_damaged


def leads(group: Group, number: NumberHit) -> bool:
    """Whether a part of a count stands right before a statement of its own.

    "124 came to harm, of them three died": the three are of the second statement.
    """
    end = max(number.end, number.unit_end)
    return any(
        0 <= cue.start - end <= (_OF_THEM if cue.topic.startswith(_HARM) else _OF_THINGS)
        or (number.unit and 0 <= number.start - cue.end <= 1 and cue.topic.startswith(_BACK))
        for cue in group.cues
        if cue.topic.startswith(_LED)
    )


def _is_of_event(group: Group, number: NumberHit) -> bool:
    """Whether the noun of a part is an event of its own: "of them eleven shellings of X"."""
    owner = _named_by(group, number)
    return owner is not None and owner.topic.startswith("event.")


def _has_verb(group: Group, number: NumberHit, subsets: Sequence[TriggerHit]) -> bool:
    """Whether what "in particular" leads to is a statement: "in particular they hit four houses"."""
    return any(
        word.end <= cue.start < number.start and not cue.topic.startswith(_HARM)
        for cue in group.cues
        for word in subsets
    )


def is_subset(number: NumberHit, subsets: Sequence[TriggerHit]) -> bool:
    """Whether words such as "among them" stand right before a number, or "of them" after it."""
    return any(
        0 <= number.start - word.end <= _SUBSET_REACH
        or (word.rule.endswith(_AFTER_COUNT) and 0 <= word.start - number.end <= 1)
        for word in subsets
    )


def _key(cue: CueHit) -> tuple[int, str]:
    return cue.start, cue.topic


def _named_by(group: Group, number: NumberHit) -> CueHit | None:
    if number.unit_start < 0:
        return None
    named = [
        cue
        for cue in group.cues
        if cue.start < number.unit_end and number.unit_start < cue.end and _counts(cue, number)
    ]
    # "Put out four fires": the words that say more are those that count.
    return max(named, key=lambda cue: cue.topic.endswith(".out"), default=None)


def _downed_by(group: Group, number: NumberHit) -> CueHit | None:
    """Return the statement that a bare count begins or ends: "ten drones, nine downed"."""
    for cue in group.cues:
        is_flying = number.unit in {"", *_FLYING}
        follows = 0 <= number.start - cue.end <= 1 and is_flying
        is_inside = number.end == cue.end or cue.start == number.start
        is_named_after = number.end == cue.end <= number.unit_start and is_flying
        beside = follows or is_named_after or (is_inside and number.unit_start < 0)
        if beside and cue.topic == _DOWNED and not cue.polarity:
            return cue
    return None


def _of_kind(number: NumberHit, counts: Sequence[NumberHit]) -> NumberHit:
    """Return a bare count as one of what flies and was counted before it."""
    unit = next((one.unit for one in reversed(counts) if one.start < number.start), "")
    return number if number.unit or unit not in _FLYING else replace(number, unit=unit)


def _counts(cue: CueHit, number: NumberHit) -> bool:
    if number.unit == _TIMES:
        return bool(cue.unit) and cue.topic.startswith("event.")
    if number.unit in {_PIECES, _AIMS}:
        is_aim = number.unit == _AIMS and cue.topic == "event.strike"
        return (is_aim or cue.topic in _AS_PIECES) and _apart(cue, number) <= _PIECES_REACH
    units = topics()[cue.topic].units
    unit = "houses" if number.unit == _HOMES else number.unit
    return not unit or unit == cue.unit or unit in units


def _nearest(
    group: Group,
    number: NumberHit,
    attached: dict[tuple[int, str], NumberHit],
    *,
    is_opening: bool = False,
) -> CueHit | None:
    best: tuple[int, CueHit] | None = None
    for cue in group.cues:
        if _key(cue) in attached or cue.polarity or not _may_count(cue, number):
            continue
        if (is_opening and cue.start < number.start) or _is_of_other(group, cue, number):
            continue
        if cue.rule.endswith(_FIGURE) and any(
            other is not cue and other.topic.startswith(_HARM) for other in group.cues
        ):
            continue
        distance = _apart(cue, number)
        if not number.unit and distance > _bare_reach(cue, number):
            continue
        if not number.unit and number.start - cue.end > _BEHIND:
            distance += _LATE  # "one was killed and two were taken to hospital"
        if best is None or distance < best[0]:
            best = (distance, cue)
    return best[1] if best else None


def _closest(group: Group, number: NumberHit) -> int:
    """Return how close the closest of the statements stands that may have downed what is counted.

    "They sent 90 drones, shot down were 70": the closer count comes first.
    """
    if number.unit not in _FLYING:
        return 0
    return min((_apart(cue, number) for cue in group.cues if cue.topic == _DOWNED), default=0)


def _bare_reach(cue: CueHit, number: NumberHit) -> int:
    """Return how far from a statement a count without a noun may stand, in characters."""
    if cue.topic.startswith(_HARM) or cue.unit == "customers":
        return _BARE_REACH
    is_vague = number.mode != "exact" and cue.topic in _AS_PIECES
    return _VAGUE_REACH if is_vague else _TIGHT_REACH


def _apart(cue: CueHit, number: NumberHit) -> int:
    """Return the characters between a statement and a count or the noun that it counts."""
    end = number.end if number.unit_start < number.start else number.unit_end
    distance = max(cue.start - max(end, number.end), number.start - cue.end, 0)
    if -1 < number.unit_start < number.start:  # "the number of those downed has come to 25"
        return min(distance, max(cue.start - number.unit_end, number.unit_start - cue.end, 0))
    return distance


def _is_of_other(group: Group, cue: CueHit, number: NumberHit) -> bool:
    """Whether a count is rather that of another statement of its stretch.

    What came to a fire does not burn; places and things beside a strike are what it did.
    """
    topics_here = {other.topic for other in group.cues}
    if number.unit == _TIMES and any(number.end <= o.start < cue.start for o in group.cues):
        return True  # "twice reconnected after the shelling": not two shellings
    if number.unit in _AT_WORK and cue.topic == "impact.fire" and "response.rescue" in topics_here:
        return True
    if not cue.topic.startswith("event."):
        return False
    if number.unit in _AREAS:
        return any(topic.startswith("impact.") for topic in topics_here)
    return number.unit in _HIT and any(
        other.topic.startswith(_HURT_THINGS)
        or (not other.topic.startswith("event.") and _may_count(other, number))
        for other in group.cues
    )


def _may_count(cue: CueHit, number: NumberHit) -> bool:
    if number.unit:
        return _counts(cue, number)
    is_flying = cue.topic in _AS_PIECES
    return bool(cue.unit) or is_flying or cue.topic.startswith((_HARM, "event.explosion"))


def _unit_of(cue: CueHit, hit: NumberHit) -> str:
    """Return the unit in which a statement counts; empty where no unit of the contract fits."""
    unit = cue.unit if hit.unit == _TIMES else hit.unit or cue.unit
    if unit == _HOMES and cue.topic.startswith(_BY_HOMES) and (hit.min or 0) >= _MANY_HOMES:
        return "households"
    unit = COUNTED_AS.get(unit, unit)
    if unit in {_PIECES, _AIMS, ""}:
        return _AS_PIECES.get(cue.topic, "facilities" if unit == _AIMS else "")
    if cue.topic == "event.strike" and unit in _BLOWS:
        return "strikes"
    if cue.topic == "event.shelling" and unit == "strikes":
        return "shellings"
    is_vague = hit.mode == "several" and unit in _WHERE and cue.topic in _HEARD
    return "" if unit in _ONLY_WHERE or is_vague else unit


def number_of(
    cue: CueHit, hit: NumberHit | None, *, persons: Sequence[TriggerHit], is_negated: bool
) -> Number | None:
    """Return the number of a claim.

    Negated harm is zero, said; no number is null. The people named by
    nouns in the singular ("a woman", "a man and a woman") are counted.
    """
    if cue.topic.startswith(_HARM) and is_negated:
        return Number(min=0, max=0, mode="none", unit="persons")
    if is_negated:
        return None
    if hit is not None:
        unit = _unit_of(cue, hit)
        return Number(min=hit.min, max=hit.max, mode=hit.mode, unit=unit) if unit else None
    if cue.topic.startswith(_HARM) and 0 < len(persons) <= _MAX_PERSONS:
        count = float(len(persons))
        are_children = all(word.rule.endswith(_CHILD) for word in persons)
        unit = "children" if are_children else "persons"
        return Number(min=count, max=count, mode="exact", unit=unit)
    return None


def means_near(cue: CueHit, group: Group, means: Sequence[MeansHit]) -> tuple[MeansHit, ...]:
    """Return the weapons that the words of a cue or its group name, for topics that have any."""
    if not cue.topic.startswith(_ARMED):
        return ()
    armed = [other for other in group.cues if other.topic.startswith(_ARMED)]
    found = []
    for hit in means:
        if group.holds(hit.start):
            nearest = min(armed, key=lambda other: _distance(other, hit))
            if nearest.start == cue.start or nearest.topic == cue.topic:
                found.append(hit)
    return tuple(found)


def _distance(cue: CueHit, hit: MeansHit) -> int:
    return max(cue.start - hit.end, hit.start - cue.end, 0)


def time_near(
    cue: CueHit, group: Group, times: Sequence[TimeHit], *, sentence: tuple[int, int]
) -> TimeHit | None:
    """Return the time that a cue has: the nearest one of its group, else of its sentence."""
    inside = [hit for hit in times if sentence[0] <= hit.start < sentence[1]]
    if not inside:
        return None
    own = [hit for hit in inside if group.holds(hit.start)]
    return min(
        own or inside, key=lambda hit: (max(cue.start - hit.end, hit.start - cue.end, 0), hit.start)
    )
