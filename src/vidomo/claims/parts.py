"""Tells the parts of a count of people: "seven wounded, among them three children"."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

import msgspec

from vidomo.claims.attach import is_subset, leads
from vidomo.claims.claiming import Draft
from vidomo.claims.conjunctions import AND
from vidomo.claims.document import Token
from vidomo.claims.findings import Findings
from vidomo.claims.groups import Group
from vidomo.claims.hits import NumberHit, TriggerHit
from vidomo.claims.model import Number, Role
from vidomo.claims.numerals import number_words
from vidomo.claims.people import (
    PEOPLE,
    are_people,
    beside_children,
    child_after,
    next_people,
    of_children,
    told_until,
    unit_of,
)

_HARM = "harm."
_START = attrgetter("start")
_CHILD = "_child"
# "Among them a six-month-old child": characters from the words to the first of the part.
_REACH = 20
# Characters between a count, "of them" and what follows.
_NEXT = 5
# Characters from a part to the name of where it is: "in the city of X".
_PLACE_REACH = 16
# "Seven policemen, a medic and two local residents": words before the noun of a member.
_MODIFIERS = 2
_COMMA = ","
# "Among them a 12-year-old": the first figures of a word, and from when on one is grown up.
_AGE = re.compile(r"[0-9]{1,2}(?=-?[^0-9]|$)")
_GROWN = 18


class _Member(msgspec.Struct, frozen=True):
    """One group of a list of people: a count, or one to three people that nouns name."""

    hit: NumberHit
    unit: str


def parts_of(
    found: Findings, whole: Draft, group: Group, taken: Sequence[NumberHit]
) -> list[Draft]:
    """Return what a statement tells of people beside its own count, each a statement.

    Args:
        found: What was found in the text.
        whole: The statement with the whole count.
        group: The stretch that it stands in.
        taken: The numbers that belong to some statement already.
    """
    if whole.hit is None or not whole.cue.topic.startswith((_HARM, "response.evac")):
        return []
    return [*_subsets(found, whole, group, taken), *_beside(found, whole)]


def _subsets(
    found: Findings, whole: Draft, group: Group, taken: Sequence[NumberHit]
) -> list[Draft]:
    """Return the parts of a count.

    Of two counts, the words are of the one right before them: "five dead (among them two
    children) and ten wounded".
    """
    hit = whole.hit
    if hit is None:
        return []
    end = told_until(found, group)
    words = [
        word
        for word in found.has_effect("subset", group.start, end)
        if max((one.start for one in taken if one.start < word.start), default=hit.start)
        == hit.start
    ]
    made: dict[int, Draft] = {}
    for number in found.numbers:
        is_part = number.role == "count" and group.start <= number.start < end
        if (
            is_part
            and are_people(number)
            and is_subset(number, words)
            and not leads(group, number)
            and not _is_state(found, number)
        ):
            members = _listed(found, number, end)
            for member in () if _are_all(found, members, hit) else members:
                made.setdefault(member.hit.start, _part(found, whole, member))
    for word in words:
        for member in _named(found, word, group, end):
            made.setdefault(member.hit.start, _part(found, whole, member))
    return list(made.values())


def _is_state(found: Findings, number: NumberHit) -> bool:
    """Whether a part only tells how some are: "31 were hurt, ten of them in serious condition"."""
    end = max(number.end, number.unit_end)
    return any(
        word.rule.endswith("subset_of") and found.has_effect("treated", word.end, word.end + _NEXT)
        for word in found.has_effect("subset", end, end + _NEXT)
    )


def _part(found: Findings, whole: Draft, member: _Member) -> Draft:
    hit = member.hit
    end = max(hit.end, hit.unit_end)
    here = tuple(
        place
        for place in found.mentions
        if end <= place.start <= end + _PLACE_REACH
        and place.kind == "settlement"
        and place.role == Role.AFFECTED
        and not (place.is_body or place.is_excluded or place.is_qualifier)
    )[:1]
    # "20 hurt in the oblast, including four children in the city of Kharkiv".
    is_wide = whole.cue.topic.startswith(_HARM) and any(m.kind == "oblast" for m in whole.places)
    places = here if here and is_wide else whole.places
    number = Number(
        min=hit.min,
        max=hit.max,
        mode=hit.mode,
        unit=member.unit,
        subset_of=whole.cue.unit or "persons",
    )
    return msgspec.structs.replace(whole, number=number, hit=hit, places=places, is_part=True)


def _counted(found: Findings, number: NumberHit) -> _Member:
    return _Member(number, "children" if of_children(found, number) else unit_of(number))


def _listed(found: Findings, number: NumberHit, end: int) -> list[_Member]:
    """Return a part and those that a list joins to it: "seven policemen, a medic and two others"."""
    members = [_counted(found, number)]
    waiting: list[_Member] = []
    at = max(number.end, number.unit_end)
    while (step := _next_member(found, at, end)) is not None:
        member, is_joined, at = step
        waiting.append(member)
        if is_joined:
            members, waiting = [*members, *waiting], []
    return members


def _are_all(found: Findings, members: Sequence[_Member], whole: NumberHit) -> bool:
    """Whether men and women only tell a total apart: "nine, among them six women and three men"."""
    tokens, words = found.doc.tokens, number_words()
    nouns = [
        tokens[bisect_left(tokens, max(one.hit.start, one.hit.unit_start), key=_START)]
        for one in members
    ]
    is_of_sexes = all(words.is_small("sexes", noun.key) for noun in nouns)
    return is_of_sexes and sum(one.hit.min or 0 for one in members) == whole.min


def _next_member(found: Findings, start: int, end: int) -> tuple[_Member, bool, int] | None:
    """Return the member of a list after an offset, whether "and" joins it, and where it ends."""
    tokens = found.doc.tokens
    at = bisect_left(tokens, start, key=_START)
    if at >= len(tokens) or not (tokens[at].text == _COMMA or tokens[at].key in AND):
        return None
    is_joined = tokens[at].key in AND
    for token in tokens[at + 1 : at + 2 + _MODIFIERS]:
        if token.start >= end or token.kind == "mark":
            return None
        if any(cue.start <= token.start < cue.end for cue in found.cues):
            return None
        number = next((n for n in found.numbers if n.start == token.start), None)
        if number is not None:
            is_people = number.role == "count" and are_people(number) and number.unit_start > 0
            until = max(number.end, number.unit_end)
            return (_counted(found, number), is_joined, until) if is_people else None
        person = _person_at(found, token)
        if person is not None:
            return _one(person), is_joined, person.end
    return None


def _person_at(found: Findings, token: Token) -> TriggerHit | None:
    return next(iter(found.has_effect("person", token.start, token.start + 1)), None)


def _one(person: TriggerHit) -> _Member:
    hit = NumberHit(start=person.start, end=person.end, min=1.0, max=1.0)
    return _Member(hit, "children" if person.rule.endswith(_CHILD) else "persons")


def _named(found: Findings, word: TriggerHit, group: Group, end: int) -> list[_Member]:
    """Return the people that nouns in the singular name after "among them", alike ones as one.

    "A girl of ten and a boy of eleven" are two children.
    """
    counted = [(n.start, max(n.end, n.unit_end)) for n in found.numbers if n.role == "count"]
    people = [
        one
        for effect in ("person", "child")
        for one in found.has_effect(effect, group.start, end)
        if one.start >= word.end and not any(start <= one.start < until for start, until in counted)
    ]
    people.sort(key=lambda one: (one.start, one.effect))
    if not people or people[0].start - word.end > _REACH:
        return []
    if any(word.end <= start < people[0].start for start, _ in counted):
        return []
    made = [_one_of(found, people[0], people)]
    at, last = people[0].end, people[0]
    for other in people[1:]:
        between = found.doc.tokens[
            bisect_left(found.doc.tokens, at, key=_START) : bisect_left(
                found.doc.tokens, other.start, key=_START
            )
        ]
        is_near = len(between) <= 2 * _MODIFIERS + 1 and any(t.key in AND for t in between)
        if other.start >= at and is_near and not any(t.text in ".;:" for t in between):
            member = _one_of(found, other, people)
            if member.unit == made[-1].unit:
                count = (made[-1].hit.min or 0) + 1
                hit = msgspec.structs.replace(made[-1].hit, min=count, max=count)
                made[-1] = msgspec.structs.replace(made[-1], hit=hit)
            else:
                made.append(member)
            last = other
        at = max(last.end, at)
    return made


def _one_of(found: Findings, person: TriggerHit, people: Sequence[TriggerHit]) -> _Member:
    """Return one person as a member; a child where one of the words for it says so."""
    is_child = any(
        one.start <= person.end + 1 and person.start < one.end
        for one in people
        if one.effect == "child" or one.rule.endswith(_CHILD)
    )
    first = found.doc.tokens[person.tokens[0]].key if person.tokens else ""
    age = _AGE.match(first)
    is_child = is_child or (age is not None and int(age[0]) < _GROWN)
    one = _one(person)
    return msgspec.structs.replace(one, unit="children") if is_child else one


def _beside(found: Findings, whole: Draft) -> list[Draft]:
    """Return the other group of "two children and three adults": counts of their own.

    So are "a woman and two children": one person and two children.
    """
    if whole.hit is None or whole.number is None or not whole.cue.topic.startswith(_HARM):
        return []
    adults = beside_children(found, whole.hit)
    if adults:
        one = float(len(adults))
        number = msgspec.structs.replace(whole.number, min=one, max=one, unit="persons")
        hit = NumberHit(start=adults[0].start, end=adults[-1].end, min=one, max=one)
        return [msgspec.structs.replace(whole, number=number, hit=hit, is_part=True)]
    child = child_after(found, whole.hit, cue=whole.cue)
    if child is not None:
        number = msgspec.structs.replace(
            whole.number, min=1.0, max=1.0, mode="exact", unit="children"
        )
        hit = NumberHit(start=child.start, end=child.end, min=1.0, max=1.0)
        return [msgspec.structs.replace(whole, number=number, hit=hit, is_part=True)]
    other = next_people(found, whole.hit)
    if other is None or other.unit in {whole.hit.unit, ""}:
        return []
    if {unit_of(other), unit_of(whole.hit)} != PEOPLE:
        return []
    number = msgspec.structs.replace(
        whole.number, min=other.min, max=other.max, mode=other.mode, unit=other.unit
    )
    return [msgspec.structs.replace(whole, number=number, hit=other, is_part=True)]
