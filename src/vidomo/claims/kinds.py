"""Counts of several kinds of things in one statement: "27 drones and two missiles"."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cache
from operator import attrgetter

import msgspec

from vidomo.claims.attach import COUNTED_AS, is_subset
from vidomo.claims.claiming import Draft
from vidomo.claims.document import Token
from vidomo.claims.findings import Findings
from vidomo.claims.groups import Group
from vidomo.claims.hits import NumberHit, TriggerHit
from vidomo.claims.lexicon import families
from vidomo.claims.model import Kind, Number, Polarity
from vidomo.claims.numerals import number_words
from vidomo.claims.patterns import Element, parse_pattern
from vidomo.claims.tables import LANGUAGES
from vidomo.claims.topics import topics

_SUPPLIES = ("power", "water", "heat", "gas")
_SUPPLY = tuple(f"impact.{supply}." for supply in _SUPPLIES)
_COUNTED = (
    *("event.air_defence", "event.strike", "impact.damage", "impact.fire"),
    *("response.", "help.", "service."),
    *_SUPPLY,
)
_TOLD_ON = (*_SUPPLY, "help.")
_AFFIRMED = Polarity.AFFIRMED
_DAMAGE = "impact.damage"
_THINGS = frozenset(
    {
        *("uavs", "missiles", "bombs", "houses", "buildings", "apartments", "vehicles"),
        *("facilities", "persons", "children", "crews", "customers", "households"),
        *("settlements", "trains", "strikes"),
    }
)
# Things of which a list has groups: "4 blocks of flats and 17 houses".
_GROUPED = frozenset(
    {"houses", "buildings", "facilities", "vehicles", "customers", "strikes", "crews", "trains"}
)
# Whom or what a supply has reached, told of one outage in two ways.
_SUPPLIED = frozenset({"persons", "customers", "households"})
_BUILT_FAMILIES = ("place_built", "built")
_START = attrgetter("start")
_MUNITION, _TOWN = "cause.munition", "settlement"
_ABROAD = {"RU"}  # all of it is one place to us
_PEOPLE = frozenset({"persons", "children"})
_FLYING = frozenset({"uavs", "missiles", "bombs"})
# Characters between two members of one list: what a thing is called, and a thing without count.
_LIST_GAP = 48
_HALTS = frozenset({":", ";", "("})
# Words that add a member to a list.
_ADDED_WORDS = 3
# Words of a list before its first count.
_LIST_WORDS = 6
# Characters from a part to words that tell something else of it.
_PART_REACH = 24


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
    told_on = _told_on(found, whole, taken)
    if whole.hit is None or whole.number is None or not whole.cue.topic.startswith(_COUNTED):
        return told_on
    units = _THINGS & {COUNTED_AS.get(unit, unit) for unit in topics()[whole.cue.topic].units}
    if whole.number.unit not in units:
        return told_on
    words = found.has_effect("subset", group.start, group.end)
    inside = [hit for hit in found.numbers if group.holds(hit.start)]
    parts = {hit.start for hit in inside if is_subset(hit, words)}
    seen = {whole.number.unit}
    made = []
    for way in (inside, inside[::-1]):
        made += _listed(found, whole, way, units=units, seen=seen, taken={*taken, *parts})
    made += _parts(found, whole, units=units, taken=taken)
    return [*made, *_uncounted(found, whole, group, made), *told_on]


def _told_on(found: Findings, whole: Draft, taken: Collection[int]) -> list[Draft]:
    """Return what the next sentence counts of the same: "That is 105,000 customers".

    A statement without a count takes the first: "Points are open. In all there are 89 of them".
    """
    following = whole.group.sentence + 1
    if not whole.cue.topic.startswith(_TOLD_ON) or following >= len(found.doc.sentences):
        return []
    sentence = found.doc.sentences[following]
    small, tokens = number_words().small, found.doc.tokens
    if tokens[sentence.first].key not in small["in_all"] or whole.verdict.polarity is not _AFFIRMED:
        return []
    if any(sentence.start <= cue.start < sentence.end for cue in found.cues):
        return []
    made: list[Draft] = []
    for hit in found.numbers:
        if not sentence.start <= hit.start < sentence.end or hit.role != "count":
            continue
        unit = COUNTED_AS.get(hit.unit, hit.unit)
        at = bisect_left(tokens, hit.start, key=_START)
        if not unit and tokens[at - 1].key in small["them_before"]:
            unit = "facilities" if whole.cue.topic.startswith("help.") else ""
        if hit.start in taken or unit not in topics()[whole.cue.topic].units:
            break
        number = Number(min=hit.min, max=hit.max, mode=hit.mode, unit=unit)
        if whole.number is None and not made and whole.cue.topic.startswith("help."):
            whole.number, whole.hit = number, hit
        else:
            made.append(msgspec.structs.replace(whole, number=number, hit=hit, is_part=True))
    return made


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
    in_town = all(p.kind == _TOWN and set(p.candidates) != _ABROAD for p in places)
    if whole.number.unit == "districts" and places and in_town:
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
        unit = COUNTED_AS.get(hit.unit, hit.unit)
        if hit.start in taken:
            break
        is_listed = _is_listed(found, whole, one, two)
        if hit.role != "count" or unit not in units:
            last = hit if is_listed else last
            continue  # "two rockets, six shells and 31 drones": what we do not count is passed
        if not is_listed:
            break
        if unit in seen and not _is_group(found, one, two, unit):
            break
        seen.add(unit)
        last = hit
        number = Number(min=hit.min, max=hit.max, mode=hit.mode, unit=unit)
        # Two missiles of one kind and two of another are two groups.
        is_twin = unit in _FLYING and number in (one.number for one in (whole, *made))
        made.append(
            msgspec.structs.replace(whole, number=number, hit=hit, is_part=True, is_share=is_twin)
        )
    return made


def _parts(
    found: Findings, whole: Draft, *, units: Collection[str], taken: Collection[int]
) -> list[Draft]:
    """Return the parts of a count of things: "30 houses, five of them beyond repair".

    A part that something else is told of ("93 drones, of them 70 downed") is no part of this.
    """
    if whole.hit is None or whole.number is None or whole.number.unit in _PEOPLE:
        return []
    sentence = found.doc.sentences[whole.group.sentence]
    words = found.has_effect("subset", whole.hit.end, sentence.end)
    of_them = [word for word in words if _is_of_them(found, word)]
    made: list[Draft] = []
    for hit in found.numbers if words else ():
        if not whole.hit.end <= hit.start < sentence.end or hit.role != "count":
            continue
        unit = COUNTED_AS.get(hit.unit, hit.unit) or whole.number.unit
        is_part = is_subset(hit, words if hit.unit else of_them) or (
            made and _follows(found, made[-1], hit)
        )
        if not is_part or unit not in units or hit.start in taken or _is_told(found, whole, hit):
            continue
        number = Number(
            min=hit.min, max=hit.max, mode=hit.mode, unit=unit, subset_of=whole.number.unit
        )
        made.append(msgspec.structs.replace(whole, number=number, hit=hit, is_part=True))
    return made


def _is_of_them(found: Findings, word: TriggerHit) -> bool:
    """Whether words say "of them": a bare count after "including" may count something else."""
    said = {found.doc.tokens[at].key for at in word.tokens}
    return not said.isdisjoint(number_words().small["them"])


def _follows(found: Findings, part: Draft, hit: NumberHit) -> bool:
    """Whether a count goes on a list of parts: "including 17 blocks and three houses"."""
    if part.hit is None:
        return False
    return bool(hit.unit) and _is_listed(found, part, part.hit, hit)


def _is_told(found: Findings, whole: Draft, hit: NumberHit) -> bool:
    """Whether something else is told right after a part, or where it is."""
    end = max(hit.end, hit.unit_end)
    tokens = found.doc.tokens
    at = bisect_left(tokens, end, key=_START)
    is_over = at + 1 < len(tokens) and tokens[at].key in number_words().small["one_over"]
    if is_over and any(place.start == tokens[at + 1].start for place in found.mentions):
        return True
    return any(
        end <= cue.start < end + _PART_REACH and cue.topic != whole.cue.topic for cue in found.cues
    )


def _uncounted(found: Findings, whole: Draft, group: Group, made: Sequence[Draft]) -> list[Draft]:
    """Return the first thing without a count that a list names beside counted ones.

    "A school, two houses and a power line were damaged" says the school too, once for all things
    that nobody counts. A thing of the list stands between two commas or joining words, or ends it.
    """
    if whole.hit is None or whole.cue.topic != _DAMAGE:
        return []
    counts = sorted(
        (one.hit for one in (whole, *made) if one.hit is not None), key=attrgetter("start")
    )
    tokens = found.doc.tokens
    at = _first_of_list(found, whole, group, counts[0])
    ends = [(hit.start, max(hit.end, hit.unit_end)) for hit in counts]
    for start, end in ends:
        last = bisect_left(tokens, start, key=_START)
        if at < last and _joins(tokens[last - 1]) and (thing := _thing(found, at, last - 1)) >= 0:
            return [_without_count(found, whole, thing)]
        at = bisect_left(tokens, end, key=_START)
    while at + 1 < len(tokens) and group.holds(tokens[at + 1].start):
        is_told_after = whole.cue.start > tokens[at].start
        reach = min(at + 2 + 2 * is_told_after, len(tokens))  # "and a grain terminal were hit"
        thing = _thing(found, at + 1, reach) if _joins(tokens[at]) else -1
        if thing >= 0 and (is_told_after or _ends(found, thing + 1)):
            return [_without_count(found, whole, thing)]
        at += 1
    return []


def _first_of_list(found: Findings, whole: Draft, group: Group, first: NumberHit) -> int:
    """Return the token at which a list may begin whose first count is known."""
    tokens = found.doc.tokens
    start = whole.cue.start if whole.cue.start < first.start else group.start
    at = bisect_left(tokens, start, key=_START)
    return max(at, bisect_left(tokens, first.start, key=_START) - _LIST_WORDS)


def _thing(found: Findings, first: int, last: int) -> int:
    """Return the token that names something built in a stretch, -1 where none does.

    What something else is told of, or stands in a place, is no thing of the list.
    """
    tokens, small = found.doc.tokens, number_words().small
    thing = -1
    for at in range(first, last):
        key = tokens[at].key
        if key in small["list_stop"] or key in small["one_over"] or tokens[at].text in _HALTS:
            thing = -1
        elif thing < 0 and _built().fits(tokens[at]):
            thing = at
    return thing


def _without_count(found: Findings, whole: Draft, thing: int) -> Draft:
    token = found.doc.tokens[thing]
    cue = msgspec.structs.replace(whole.cue, start=token.start, end=token.end, tokens=(thing,))
    return msgspec.structs.replace(whole, cue=cue, number=None, hit=None, is_exact=True)


def _joins(token: Token) -> bool:
    return token.text == "," or token.key in number_words().small["joins"]


def _ends(found: Findings, at: int) -> bool:
    """Whether a list ends here, or after one more word."""
    after = [
        token.kind in {"mark", "emoji"} or _joins(token) for token in found.doc.tokens[at : at + 2]
    ]
    return not after or any(after)


@cache
def _built() -> Element:
    """Return what is built or driven, in the languages that have a family of it."""
    named = [families(lang).get(name, "") for lang in LANGUAGES for name in _BUILT_FAMILIES]
    return parse_pattern("|".join(words for words in named if words))[0][0]


def _is_listed(found: Findings, whole: Draft, one: NumberHit, two: NumberHit) -> bool:
    """Whether two counts are members of one list.

    "27 drones of several types, two missiles", "three houses, a school and two cars"; of a supply
    also "68 villages, that is 20,000 customers" and "seven thousand people in six villages".
    """
    start, end = max(one.end, one.unit_end), two.start
    if not 0 < end - start <= _LIST_GAP or any(start <= cue.start < end for cue in found.cues):
        return False
    tokens = found.doc.tokens
    between = tokens[bisect_left(tokens, start, key=_START) : bisect_left(tokens, end, key=_START)]
    if not between:
        return False
    small = number_words().small
    last = between[-1]
    is_named = len(between) > 1 and _built().fits(last)  # "12 flats, the fronts of three houses"
    added = _added(between)
    if added or _joins(last) or (is_named and _joins(between[-2])):
        told = between[: len(between) - added]
        return not any(token.key in small["list_stop"] for token in told)
    if not whole.cue.topic.startswith(_SUPPLY) or one.unit == two.unit:
        return False
    if two.unit == "settlements":
        return one.unit in _SUPPLIED and len(between) == 1 and last.key in small["one_over"]
    is_told_anew = all(token.key in small["that_is"] for token in between)
    return is_told_anew and two.unit in _SUPPLIED


def _added(between: Sequence[Token]) -> int:
    """Return how many words before a count say that it is one more: "as well as five others"."""
    for words in range(min(_ADDED_WORDS, len(between)), 0, -1):
        if " ".join(t.key or t.text for t in between[-words:]) in number_words().small["as_well"]:
            return words
    return 0


def _is_group(found: Findings, one: NumberHit, two: NumberHit, unit: str) -> bool:
    """Whether two counts of one kind of things are two groups and not a whole and its part.

    "4 blocks of flats and 17 houses" are two groups, so are "two cruise missiles and six
    ballistic ones"; "4 houses; 17 in all" are not.
    """
    if unit not in _GROUPED and unit not in _FLYING:
        return False
    start, end = max(one.end, one.unit_end), two.start
    return not any(start <= place.start < end for place in found.mentions)
