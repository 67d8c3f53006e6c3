"""Counts the people whom a statement names one by one or in groups."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from operator import attrgetter

from vidomo.claims.attach import COUNTED_AS
from vidomo.claims.conjunctions import AND
from vidomo.claims.findings import Findings
from vidomo.claims.groups import Group
from vidomo.claims.hits import CueHit, NumberHit, TriggerHit
from vidomo.claims.numerals import number_words
from vidomo.claims.of_them import is_of_them

# "and" in Ukrainian, Russian and English.
_ARTICLES = frozenset({"a", "an", "one"})
_START = attrgetter("start")
_HARM = "harm."
_CHILD = "_child"
# Characters that "33-year-old" before the noun of a person takes at most.
_AGE_REACH = 12
# Characters before a part in which "including" stands.
_SUBSET = 12
# "Two of his colleagues and ...": words of a noun that no table knows.
_NOUN_WORDS = 2
# "Three of the seriously injured are children": words between a count and what it counts.
_LINK_WORDS = 7
# Characters between two counts of one breath.
_SAME_BREATH = 50
# "13 civilians (of them three girls) were killed and 31 injured": the girls end there.
_CLOSED = ")"
_DASHES = frozenset({"-", "\u2013", "\u2014"})
# Characters before the first word of a sentence: a dash, a quotation mark.
_AT_ONCE = 3
# Characters of "Twenty of them" before the second word.
_OF_THEM = 10
PEOPLE = frozenset({"persons", "children"})


def joined(found: Findings, hit: NumberHit, group: Group, *, cue: CueHit) -> int:
    """Return how many people stand beside a count: "a teacher and two guards" are three.

    "Seven passengers and the driver" are eight. Beside children grown-ups are told apart.
    """
    if hit.unit == "children":
        return 0
    is_of_next = any(one.end <= hit.start and hit.end <= cue.start for one in harmed(group))
    before = [] if is_of_next else _named_before(found, hit)
    return len(before) + _named_after(found, hit)


def beside_children(found: Findings, hit: NumberHit) -> list[TriggerHit]:
    """Return the grown-up right before children that are counted: "a woman and two children"."""
    if hit.unit != "children":
        return []
    return [one for one in _named_before(found, hit) if not one.rule.endswith(_CHILD)]


def child_after(found: Findings, hit: NumberHit, *, cue: CueHit) -> TriggerHit | None:
    """Return the one child right after grown-ups that are counted: "two women and a child".

    One whose own statement follows is not of them: "two wounded and a child killed".
    """
    if hit.unit != "persons" or hit.unit_start < hit.start:
        return None
    tokens = found.doc.tokens
    at = bisect_left(tokens, max(hit.end, hit.unit_end), key=_START)
    if at + 2 >= len(tokens) or tokens[at].key not in AND:
        return None
    reach = tokens[at + (2 if tokens[at + 1].key in _ARTICLES else 1)]
    if _is_cue(found, hit.unit_start):
        return None
    for person in found.has_effect("person", tokens[at + 1].start, reach.end):
        after = bisect_left(tokens, person.end, key=_START)
        if after < len(tokens) and cue.end <= hit.start and _is_cue(found, tokens[after].start):
            return None
        is_near = person.start <= reach.start < person.end and person.rule.endswith(_CHILD)
        if is_near and not (_is_counted(found, person) or _is_cue(found, person.start)):
            return person
    return None


def _named_before(found: Findings, hit: NumberHit) -> list[TriggerHit]:
    tokens = found.doc.tokens
    before = bisect_left(tokens, hit.start, key=_START) - 1
    if before < 1 or tokens[before].key not in AND:
        return []
    word = tokens[before - 1]
    return [
        person
        for person in found.has_effect("person", word.start - _AGE_REACH, word.end)
        if person.end == word.end and not _is_counted(found, person)
    ][:1]


def _named_after(found: Findings, hit: NumberHit) -> int:
    """Return 1 where "and" joins one more person to a count, who has no verb of her own."""
    tokens = found.doc.tokens
    at = bisect_left(tokens, max(hit.end, hit.unit_end), key=_START)
    if at + 1 >= len(tokens) or tokens[at].key not in AND or hit.unit_start < hit.start:
        return 0
    for person in found.has_effect("person", tokens[at + 1].start, tokens[at + 1].end):
        after = bisect_left(tokens, person.end, key=_START)
        is_last = after >= len(tokens) or tokens[after].kind == "mark"
        if is_last and not person.rule.endswith(_CHILD) and not _is_cue(found, person.start):
            return 1
    return 0


def _is_counted(found: Findings, person: TriggerHit) -> bool:
    return any(n.unit_start <= person.start < n.unit_end for n in found.numbers)


def _is_cue(found: Findings, at: int) -> bool:
    return any(cue.start <= at < cue.end for cue in found.cues)


def listed(found: Findings, hit: NumberHit, *, cue: CueHit, others: Collection[int]) -> float:
    """Return the people of the next count joined by "and": "two women and three men".

    In "killed was one man and one woman is in hospital" the second has a verb of her own.
    """
    before = [
        one
        for one in found.numbers
        if one.end < hit.start and one.start not in others and next_people(found, one) == hit
    ]
    if before and cue.start >= hit.end:
        return (before[-1].min or 0) if unit_of(before[-1]) == unit_of(hit) else 0
    other = next_people(found, hit)
    if other is None or unit_of(other) != unit_of(hit):
        return 0
    if _has_other_state(found, other, cue):
        return 0
    after = bisect_left(found.doc.tokens, max(other.end, other.unit_end), key=_START)
    has_own = after < len(found.doc.tokens) and number_words().is_small(
        "states", found.doc.tokens[after].key
    )
    return 0 if has_own and cue.end <= hit.start else (other.min or 0)


def _has_other_state(found: Findings, other: NumberHit, cue: CueHit) -> bool:
    """Whether another state of people follows a bare count: "33 dead and six missing"."""
    after = bisect_left(found.doc.tokens, max(other.end, other.unit_end), key=_START)
    if after >= len(found.doc.tokens) or other.unit:
        return False
    start = found.doc.tokens[after].start
    return any(
        one.start == start and one.topic.startswith(_HARM) and one.topic != cue.topic
        for one in found.cues
    )


def next_people(found: Findings, hit: NumberHit) -> NumberHit | None:
    """Return the exact count of people that "and" joins to a count of people.

    "Two of his colleagues and two residents": a noun that no table knows may stand between.
    """
    tokens = found.doc.tokens
    after = bisect_left(tokens, max(hit.end, hit.unit_end), key=_START)
    if hit.role != "count":
        return None
    if not hit.unit:
        for _ in range(_NOUN_WORDS):
            if after >= len(tokens) or tokens[after].kind != "word" or tokens[after].key in AND:
                break
            if _is_cue(found, tokens[after].start):
                return None
            after += 1
    if after + 1 >= len(tokens) or tokens[after].key not in AND:
        return None
    for other in found.numbers:
        if (
            other.start == tokens[after + 1].start
            and other.role == "count"
            # "Five are hurt, and two of them are in hospital" are five.
            and not is_of_them(tokens, bisect_left(tokens, other.end, key=_START))
        ):
            if any(cue.start < other.unit_end and other.unit_start < cue.end for cue in found.cues):
                return None  # "three killed and seventeen wounded"
            is_people = are_people(other) and are_people(hit) and (hit.unit or other.unit)
            return other if is_people and other.mode == "exact" else None
    return None


def unit_of(hit: NumberHit) -> str:
    """Return what a count of people counts: persons or children."""
    return COUNTED_AS.get(hit.unit, hit.unit) or "persons"


def of_children(found: Findings, hit: NumberHit, *, cue: CueHit | None = None) -> bool:
    """Whether what follows a count says that it counts children: "four of them are minors".

    So does a noun right after a cue whose count stands apart: "most children hurt: A - 455".
    """
    if hit.unit == "children" or _goes_on_with_children(found, hit):
        return True
    words, tokens = number_words(), found.doc.tokens
    if hit.unit == "persons" and hit.unit_start < hit.start:
        beside = bisect_left(tokens, hit.unit_end, key=_START)
        noun = words.units.at(tokens, min(beside, len(tokens) - 1), len(tokens))
        if noun is not None and noun.entry["unit"] == "children":
            return True  # "the number of dead children rose to three"
    if cue is not None and cue.tokens and cue.end < hit.start and hit.unit not in PEOPLE:
        noun = words.units.at(tokens, cue.tokens[-1], len(tokens))
        after = words.units.at(tokens, min(cue.tokens[-1] + 1, len(tokens) - 1), len(tokens))
        return any(one is not None and one.entry["unit"] == "children" for one in (noun, after))
    at = bisect_left(tokens, hit.end, key=_START)
    for index in range(at, min(at + _LINK_WORDS, len(tokens))):
        noun = words.units.at(tokens, index, len(tokens))
        if noun is not None and noun.entry["unit"] == "children":
            return index > at
        key = tokens[index].key
        is_people = noun is not None and noun.entry["unit"] == "persons" and index > at
        is_link = tokens[index].text in _DASHES or key in words.small["part_links"]
        is_age = index > at and tokens[index].kind != "mark" and not key.isalpha()
        if not (is_people or is_link or is_age):
            return False
    return False


def _goes_on_with_children(found: Findings, hit: NumberHit) -> bool:
    """Whether "and" joins a bare count to one of children: "480 children died and 964 were hurt"."""
    tokens = found.doc.tokens
    at = bisect_left(tokens, hit.start, key=_START)
    is_bare = not hit.unit or (hit.unit == "persons" and _is_cue(found, hit.unit_start))
    if not is_bare or at < 1 or tokens[at - 1].key not in AND:
        return False
    before = [one for one in found.numbers if one.end <= tokens[at - 1].start]
    if before and found.has_effect("subset", before[-1].start - _SUBSET, before[-1].start):
        return False  # "28 dead, including 3 children, and 94 injured"
    return (
        bool(before)
        and before[-1].unit == "children"
        and _CLOSED not in found.doc.text[before[-1].end : hit.start]
        and before[-1].start >= (tokens[at - 1].start - _SAME_BREATH)
    )


def opening(found: Findings, groups: Sequence[Group]) -> frozenset[int]:
    """Return where counts begin that belong to what follows them, not to what stands before.

    "A man was killed and nine were wounded": the nine are not of those killed.
    """
    opened = set()
    for number in found.numbers:
        if number.role != "count" or not are_people(number):
            continue
        at = bisect_left(found.doc.tokens, number.start, key=_START) - 1
        if at < 1 or found.doc.tokens[at].key not in AND:
            continue
        for place, group in enumerate(groups):
            if group.holds(number.start) and _opens(found, groups[place : place + 2], number, at):
                opened.add(number.start)
    return frozenset(opened)


def _opens(found: Findings, groups: Sequence[Group], number: NumberHit, joint: int) -> bool:
    group, last = groups[0], found.doc.tokens[joint - 1].end
    before = [cue for cue in harmed(group) if cue.end <= number.start]
    if not before:
        return False
    cue = max(before, key=lambda one: one.end)
    has_next = any(other.start >= number.end for one in groups for other in harmed(one))
    people = [one for one in found.has_effect("person", group.start, last) if one.end <= last]
    is_told = any(one.end <= cue.start for one in people) and cue.end == last
    return has_next and (is_told or any(cue.end <= one.start for one in people))


def harmed(group: Group) -> list[CueHit]:
    """Return the statements of a stretch about people who came to harm."""
    return [cue for cue in group.cues if cue.topic.startswith(_HARM)]


def are_people(number: NumberHit) -> bool:
    """Whether a count is one of people, or of what its noun does not say."""
    return COUNTED_AS.get(number.unit, number.unit) in {*PEOPLE, ""}


def told_until(found: Findings, group: Group) -> int:
    """Return where what a statement says of people ends: "Seven wounded. Among them two children".

    A next sentence that begins so and states no harm of its own goes on with the last statement of
    harm of the one before, also below it.
    """
    sentences = found.doc.sentences
    own = sentences[group.sentence]
    if group.sentence + 1 >= len(sentences):
        return group.end
    after = sentences[group.sentence + 1]
    harmed = [cue.start for cue in found.cues if cue.topic.startswith(_HARM)]
    begins = any(
        word.start - after.start <= (_OF_THEM if word.rule.endswith("subset_of") else _AT_ONCE)
        for word in found.has_effect("subset", after.start, after.end)
    )
    is_last = not any(group.end <= at < own.end for at in harmed)
    is_free = not any(after.start <= at < after.end for at in harmed)
    return after.end if begins and is_last and is_free else group.end
