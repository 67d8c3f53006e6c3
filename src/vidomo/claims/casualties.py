"""Tells totals that include the dead from counts of the injured.

"Nine suffered, of them five died": the nine are casualties; "1,444 suffered: 480 were killed and
964 wounded" as well.
"""

from collections.abc import Sequence

import msgspec

from vidomo.claims.claiming import Draft
from vidomo.claims.findings import Findings
from vidomo.claims.model import Polarity
from vidomo.claims.numerals import number_words

_HARM = "harm."
_INJURED, _KILLED, _CASUALTIES = "harm.injured", "harm.killed", "harm.casualties"
_PEOPLE, _NOT_RECEIVED = "casualties", "not_received"
_FIGURE = "_figure"
_SEVERAL = "several"
# Words such as "of them" stand at most so far before the number of those who died.
_OF_THEM = 14


def with_casualties(found: Findings, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, totals of the dead and the injured together with the topic of both.

    The shares of a list without a total of its own are of the total of the text; what its words
    say without a count is said by them.
    """
    drafts = _either(found, drafts)
    drafts = _asked_once(found, [one for one in drafts if not _is_empty(one)])
    listed = {one.cue.start for one in drafts if one.is_share}
    drafts = [
        one
        for one in drafts
        if one.number is not None
        or one.cue.start not in listed
        or not one.cue.topic.startswith(_HARM)
    ]
    dead = [one for one in drafts if one.cue.topic == _KILLED and _count(one)]
    if not dead:
        return list(drafts)
    totals = [
        one
        for one in drafts
        if _is_open(found, one) and (_holds_dead(found, one, dead) or _adds_up(one, drafts))
    ]
    if not totals:
        return list(drafts)
    lists = {at for at in listed if _has_no_total([d for d in drafts if d.cue.start == at])}
    told = []
    for one in drafts:
        if any(one is total for total in totals):
            told.append(_renamed(one, one))
        elif one.cue.start in lists and _is_open(found, one):
            told.append(_renamed(one, totals[0]))
        else:
            told.append(one)
    return told


def _asked_once(found: Findings, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, what is not known of dead and injured told once: of casualties.

    "No information on victims" does not say which.
    """
    told = []
    for one in drafts:
        asked = one.verdict.unknown
        if one.cue.topic != _KILLED or asked is None or asked.subject != _PEOPLE:
            told.append(one)
        elif any(
            other.verdict.unknown == asked
            and other.cue.topic in {_INJURED, _CASUALTIES}
            and other.group.sentence == one.group.sentence
            for other in drafts
        ):
            continue
        elif asked.status == _NOT_RECEIVED and any(
            number_words().is_small("suffered", found.doc.tokens[at].key)
            and not number_words().is_small("dead_only", found.doc.tokens[at].key)
            for at in one.cue.tokens
        ):
            told.append(_renamed(one, one))
        else:
            told.append(one)
    return told


def _either(found: Findings, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, "killed or injured about 480 people" as one count of casualties."""
    told: list[Draft] = []
    for one in drafts:
        last = told[-1] if told else None
        if last is not None and _are_either(found, last, one):
            whole = last if last.number is not None else one
            told[-1] = _renamed(whole, whole)
        else:
            told.append(one)
    return told


def _are_either(found: Findings, one: Draft, other: Draft) -> bool:
    first, last = sorted((one.cue, other.cue), key=lambda cue: cue.start)
    if {first.topic, last.topic} != {_KILLED, _INJURED} or not (first.tokens and last.tokens):
        return False
    between = found.doc.tokens[first.tokens[-1] + 1 : last.tokens[0]]
    is_or = len(between) == 1 and between[0].key in number_words().small["range_or"]
    has_number = one.number is not None or other.number is not None
    return is_or and one.verdict == other.verdict and has_number


def _is_empty(draft: Draft) -> bool:
    """Whether words that tell an earlier figure tell none: "earlier an attack was reported"."""
    return draft.hit is None and draft.cue.rule.endswith(_FIGURE)


def _has_no_total(rows: Sequence[Draft]) -> bool:
    """Whether the counts of a list are of its places only, none of them the sum of the others."""
    wholes = [_count(one) for one in rows if not one.is_share]
    return not wholes or max(wholes) < sum(_count(one) for one in rows if one.is_share)


def _renamed(draft: Draft, total: Draft) -> Draft:
    cue = msgspec.structs.replace(draft.cue, topic=_CASUALTIES)
    return msgspec.structs.replace(draft, cue=cue, verdict=total.verdict)


def _count(draft: Draft) -> float:
    return (draft.number.min or 0.0) if draft.number is not None else 0.0


def _is_some(draft: Draft) -> bool:
    return draft.number is not None and draft.number.mode == _SEVERAL


def _is_open(found: Findings, draft: Draft) -> bool:
    """Whether the words of a count of people may mean the dead too: "suffered", "victims"."""
    words = number_words()
    return (
        draft.cue.topic in {_INJURED, _KILLED}
        and draft.verdict.polarity is Polarity.AFFIRMED
        and (bool(_count(draft)) or _is_some(draft))
        and any(words.is_small("suffered", found.doc.tokens[at].key) for at in draft.cue.tokens)
    )


def _holds_dead(found: Findings, whole: Draft, dead: Sequence[Draft]) -> bool:
    """Whether "of them" begins the count of the dead right after a count of those who suffered."""
    if whole.hit is None or whole.is_part:
        return False
    for one in dead:
        told = one.hit or one.cue
        if told.start <= whole.hit.start or (_count(whole) and _count(one) >= _count(whole)):
            continue
        between = [
            other
            for other in found.numbers
            if other.role == "count" and whole.hit.start < other.start < told.start
        ]
        start, end = min(told.start, one.cue.start), max(told.end, one.cue.start)
        words = found.has_effect("subset", start - _OF_THEM, end + 1)
        if words and not between:
            return True
    return False


def _is_other(draft: Draft, topic: str, whole: Draft) -> bool:
    if draft.cue.topic != topic or draft is whole or draft.is_part:
        return False
    here, there = _named(whole), _named(draft)
    return not here or not there or not here.isdisjoint(there)


def _named(draft: Draft) -> set[str]:
    return {code for place in draft.places for code in place.candidates}


def _adds_up(whole: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a text tells as many dead and injured as a count of those who suffered."""
    total = _count(whole)
    counts = {
        topic: {_count(one) for one in drafts if _is_other(one, topic, whole)}
        for topic in (_KILLED, _INJURED)
    }
    return any(dead > 0 and total - dead in counts[_INJURED] - {0.0} for dead in counts[_KILLED])
