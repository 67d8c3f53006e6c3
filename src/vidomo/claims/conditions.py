"""Leaves out what only tells how those are whom a text has counted before.

"Five people were injured. One is in intensive care": one count of people, not two. Somebody
new ("another victim", "a third man"), somebody elsewhere and a count that is greater stay.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

import msgspec

from vidomo.claims.claiming import Draft
from vidomo.claims.document import Token
from vidomo.claims.findings import Findings
from vidomo.claims.model import Kind, Polarity
from vidomo.claims.numerals import number_words

_START = attrgetter("start")
_KILLED = "harm.killed"
_INJURED, _CASUALTIES = "harm.injured", "harm.casualties"
_HURT = frozenset({_INJURED, _CASUALTIES})
_CONDITION = "_condition"
_TOLD = frozenset({Kind.REPORT, Kind.ASSESSMENT, Kind.BACKGROUND})
# "Several" and "dozens" are more than any count of those who are in hospital.
_ANY = float("inf")


def with_same_number(found: Findings, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, "the same number were injured" with the number that was told last."""
    told: list[Draft] = []
    for draft in drafts:
        before = [one for one in told if one.cue.topic in {_KILLED, _INJURED} and one.number]
        is_same = (
            draft.cue.topic in {_KILLED, _INJURED}
            and draft.number is None
            and draft.verdict.polarity is Polarity.AFFIRMED
            and bool(found.has_effect("same_number", draft.group.start, draft.group.end))
        )
        if is_same and before:
            told.append(msgspec.structs.replace(draft, number=before[-1].number))
        else:
            told.append(draft)
    return told


def without_patients(found: Findings, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without those that say how people are who were told of before."""
    told: list[Draft] = []
    kept = []
    for draft in drafts:
        if not _is_hurt(draft):
            kept.append(draft)
            continue
        is_dead = any(
            _has_died(found, draft, other) or _is_of_dead(found, draft, other) for other in drafts
        )
        if not is_dead and not any(_is_told(found, draft, other) for other in told):
            kept.append(draft)
            told.append(draft)
    return kept


def _is_hurt(draft: Draft) -> bool:
    return (
        draft.cue.topic in _HURT
        and draft.verdict.kind in _TOLD
        and draft.verdict.polarity is Polarity.AFFIRMED
        and not draft.is_part
    )


def _count(draft: Draft) -> float:
    if draft.number is None:
        return 0.0
    return _ANY if draft.number.mode == "several" else (draft.number.min or 0.0)


def _is_told(found: Findings, draft: Draft, other: Draft) -> bool:
    if not 0 < _count(draft) <= _count(other) and draft.number is not None:
        return False
    if other.number is None or other.cue.start >= draft.cue.start:
        return False
    here, there = _codes(draft), _codes(other)
    if here and there and here != there:
        return False
    if _is_new(found, draft):
        return False
    group = draft.group
    is_treated = bool(found.has_effect("treated", group.start, group.end))
    if draft.number is None:
        is_same = group.sentence == other.group.sentence
        return is_treated or (is_same and not _names_people(found, draft))
    is_children = draft.number.unit == "children" and other.number.unit != "children"
    if draft.cue.topic == _CASUALTIES and other.cue.topic == _INJURED:
        return not is_children  # "the victim lost a part of his arm"
    is_fewer = _count(draft) < _count(other) and not is_children
    return is_fewer and (is_treated or _is_of_them(found, draft))


def _has_died(found: Findings, draft: Draft, other: Draft) -> bool:
    """Whether the one who was hurt is told right after to have died: "both legs torn off, he died"."""
    if draft.cue.start < other.cue.start and other.cue.end < draft.cue.end:
        return other.cue.topic == _KILLED and _count(draft) == _count(other)  # "died in hospital"
    return (
        other.cue.topic == _KILLED
        and other.verdict.polarity is Polarity.AFFIRMED
        and _count(draft) <= 1
        and _count(other) <= 1
        and draft.group.sentence == other.group.sentence
        and draft.cue.end <= other.cue.start
        and not found.has_effect("person", draft.cue.end, other.group.end)
        and draft.group is not other.group
    )


def _is_of_dead(found: Findings, draft: Draft, other: Draft) -> bool:
    """Whether "he lost both legs" is said of the one who died, in whatever sentence."""
    return (
        other.cue.topic == _KILLED
        and other.verdict.polarity is Polarity.AFFIRMED
        and draft.cue.rule.endswith(_CONDITION)
        and _count(draft) <= 1
        and _count(other) == 1
        and not _names_people(found, draft)
    )


def _codes(draft: Draft) -> set[tuple[str, ...]]:
    return {place.candidates for place in draft.places if place.candidates}


def _is_new(found: Findings, draft: Draft) -> bool:
    """Whether a word such as "another" stands in the stretch before the cue ends."""
    words = number_words().small
    return any(
        token.key in words["more"] or token.key in words["another"]
        for token in _tokens(found, draft.group.start, max(draft.cue.end, _end(draft)))
    )


def _end(draft: Draft) -> int:
    return draft.hit.end if draft.hit is not None else 0


def _names_people(found: Findings, draft: Draft) -> bool:
    """Whether a stretch names people beside the words for those who came to harm."""
    group, units = draft.group, number_words().units
    if found.has_effect("person", group.start, group.end):
        return True
    tokens = found.doc.tokens
    at = bisect_left(tokens, group.start, key=_START)
    end = bisect_left(tokens, group.end, key=_START)
    return any(
        (noun := units.at(tokens, index, end)) is not None
        and noun.entry["unit"] in {"persons", "children"}
        and not draft.cue.start <= tokens[index].start < draft.cue.end
        for index in range(at, end)
    )


def _is_of_them(found: Findings, draft: Draft) -> bool:
    """Whether a count is one of those who came to harm: "one of them", "two of the victims"."""
    words = number_words()
    start = draft.group.start if draft.hit is None else draft.hit.end
    inside = _tokens(found, start, draft.group.end)[: None if draft.hit is None else 2]
    return any(
        one.key in words.small["of"]
        and (
            two.key in words.small["them"]
            or (draft.hit is not None and words.is_small("suffered", two.key))
        )
        for one, two in pairwise(inside)
    )


def _tokens(found: Findings, start: int, end: int) -> Sequence[Token]:
    tokens = found.doc.tokens
    return tokens[bisect_left(tokens, start, key=_START) : bisect_left(tokens, end, key=_START)]
