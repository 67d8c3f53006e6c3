"""Tells whether a schedule of cuts is in force, announced, or only expected.

A schedule with hours, queues or a date to come is a plan; "schedules apply in all regions" says
how it is; "they may return on Monday" is expected. Where a sentence says that schedules do not
apply, its name for them claims nothing else.
"""

from collections.abc import Sequence

import msgspec

from vidomo.claims.claiming import Draft
from vidomo.claims.findings import Findings
from vidomo.claims.model import Kind, Polarity

_SCHEDULE = "power.schedule"
_EMERGENCY = "power.emergency_shutdown"
_IN_FORCE, _STILL, _PERHAPS = "in_force", "still", "possible"
# What sets the hours of a plan: figures of queues and times of a sentence.
_QUEUE = "queue"


def with_schedules(found: Findings, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the statements of a text, those about schedules as what they are."""
    if not any(draft.cue.topic == _SCHEDULE for draft in drafts):
        return list(drafts)
    kept = []
    for draft in drafts:
        if _is_emergency(draft, drafts):
            continue
        if not _is_planned(draft):
            kept.append(draft)
        elif not any(_takes_back(found, other, draft) for other in drafts):
            made = _as_it_is(found, draft)
            if not _is_told(found, made, kept):
                kept.append(made)
    return kept


def _is_told(found: Findings, draft: Draft, kept: Sequence[Draft]) -> bool:
    """Whether a line only names a schedule again that was told for the same places.

    A line with hours or queues of its own is never left out: somebody lives by it.
    """
    sentence = found.doc.sentences[draft.group.sentence]
    if _has_hours(found, sentence.start, sentence.end):
        return False
    codes = {place.candidates for place in draft.places}
    return any(
        _is_planned(other)
        and draft.verdict.kind is Kind.PLAN
        and {place.candidates for place in other.places} == codes
        and other.number == draft.number
        for other in kept
    )


def _is_emergency(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a schedule is one of emergency outages: "emergency outage schedules apply"."""
    if draft.cue.topic != _SCHEDULE or draft.verdict.polarity is not Polarity.AFFIRMED:
        return False
    return any(
        other.cue.topic == _EMERGENCY
        and other.cue.start < draft.cue.end
        and draft.cue.start < other.cue.end
        for other in drafts
    )


def _is_planned(draft: Draft) -> bool:
    return (
        draft.cue.topic == _SCHEDULE
        and draft.verdict.kind is Kind.PLAN
        and draft.verdict.polarity is Polarity.AFFIRMED
    )


def _takes_back(found: Findings, other: Draft, draft: Draft) -> bool:
    """Whether the words around a schedule say that it does not apply."""
    return (
        other.cue.topic == _SCHEDULE
        and other.verdict.polarity is Polarity.NEGATED
        and found.chunks.at(other.cue.start) == found.chunks.at(draft.cue.start)
        and found.chunks.at(other.cue.end - 1) == found.chunks.at(draft.cue.start)
    )


def _as_it_is(found: Findings, draft: Draft) -> Draft:
    clause = found.doc.clauses[found.chunks.clause_at(draft.cue.start)]
    sentence = found.doc.sentences[draft.group.sentence]
    has_hours = _has_hours(found, sentence.start, sentence.end)
    is_still = bool(found.has_effect(_STILL, clause.start, clause.end))
    kind = Kind.PLAN
    if _may_come(found, draft) and not has_hours:
        kind = Kind.FORECAST
    elif found.has_effect(_IN_FORCE, clause.start, clause.end) and (is_still or not has_hours):
        kind = Kind.REPORT
    verdict = msgspec.structs.replace(draft.verdict, kind=kind)
    return msgspec.structs.replace(draft, verdict=verdict)


def _may_come(found: Findings, draft: Draft) -> bool:
    """Whether a schedule may be introduced, and not only changed ("may change" in brackets)."""
    hit = draft.effects.get(_PERHAPS)
    return hit is not None and "(" not in found.doc.text[draft.cue.end : hit.start]


def _has_hours(found: Findings, start: int, end: int) -> bool:
    figured = [
        time
        for time in found.times
        if start <= time.start < end
        and any(mark.isdigit() for mark in found.doc.text[time.start : time.end])
    ]
    return bool(figured) or any(
        hit.role == _QUEUE and start <= hit.start < end for hit in found.numbers
    )
