"""Tells texts that are about a day long past: an anniversary, a sentence, what has been rebuilt.

Where the first sentence that tells of an attack names a year, "years ago" or an anniversary, what
the sentences after it tell without a time of their own is of that day as well, in whatever
paragraph. A sentence that tells of an attack with a newer time ends that.
"""

from bisect import bisect_left
from collections.abc import Sequence

from vidomo.claims.document import Segment
from vidomo.claims.hits import TriggerHit
from vidomo.claims.old_dates import HAPPENED, Told, past_parts
from vidomo.claims.telling import is_of_now
from vidomo.claims.times import groups_of

_PAST = frozenset({"history", "memorial"})
_RULE = "framing.long_past"
_REBUILT = ".discourse.rebuilt"
# What a text about a day long past tells of that day.
_TOLD = (*HAPPENED, "response.rescue", "response.evacuation", "alert.start", "threat.")
# Sentences at the beginning of a text in which it says what it is about.
_LEADS = 3
# Words with which it begins: "On 27 July".
_OPENING = 3


def of_long_past(told: Told, triggers: Sequence[TriggerHit]) -> list[TriggerHit]:
    """Return what makes the rest of a text past whose beginning tells of a day long past."""
    if len(told.doc.sentences) < 2:  # noqa: PLR2004 - a beginning and a rest
        return []
    past = [hit for hit in triggers if hit.effect in _PAST]
    if not any(_is_long_past(told, hit) for hit in past):
        return []
    lead = next((one for one in told.doc.sentences[:_LEADS] if _happens(told, one)), None)
    first = told.doc.sentences[0]
    if lead is not first and _opens(told, first, past):
        lead = first
    elif lead is None or not _is_all_past(told, lead, past):
        return []
    newer = _newer(told, past)
    found = []
    for one in told.doc.sentences[lead.sentence + 1 :]:
        is_new = is_of_now(told, one) or one.sentence in newer
        if is_new and _happens(told, one) and not _is_past(told, one, past):
            break
        if not is_new:
            found.append(
                TriggerHit(
                    start=one.start,
                    end=one.start,
                    rule=_RULE,
                    effect="history",
                    scope_start=one.start,
                    scope_end=one.end,
                    targets=_TOLD,
                )
            )
    return found


def _happens(told: Told, one: Segment) -> bool:
    return any(
        cue.topic.startswith(HAPPENED) and not cue.is_weak and one.start <= cue.start < one.end
        for cue in told.cues
    )


def _opens(told: Told, first: Segment, past: Sequence[TriggerHit]) -> bool:
    """Whether a text opens with a time long past: "On 27 July 2014 we went for a walk"."""
    words = [t for t in told.doc.tokens[first.first : first.last] if t.kind in {"word", "number"}]
    return not is_of_now(told, first) and any(
        _is_long_past(told, hit)
        and any(hit.start <= one.start < hit.end for one in words[:_OPENING])
        for hit in past
    )


def _is_all_past(told: Told, lead: Segment, past: Sequence[TriggerHit]) -> bool:
    """Whether all that a sentence tells is past, and some of it long past."""
    here = (hit for hit in past if hit.scope_start < lead.end and lead.start < hit.scope_end)
    return any(_is_long_past(told, hit) for hit in here) and _is_past(told, lead, past)


def _is_past(told: Told, one: Segment, past: Sequence[TriggerHit]) -> bool:
    return all(
        any(
            hit.scope_start <= cue.start < hit.scope_end
            and (not hit.targets or cue.topic.startswith(hit.targets))
            for hit in past
        )
        for cue in told.cues
        if cue.topic.startswith(HAPPENED) and one.start <= cue.start < one.end
    )


def _is_long_past(told: Told, hit: TriggerHit) -> bool:
    """Whether words name a year, a month, an anniversary, or what was rebuilt since."""
    tokens = told.doc.tokens
    first = bisect_left(tokens, hit.start, key=lambda token: token.start)
    last = bisect_left(tokens, hit.end, first, key=lambda token: token.start)
    return hit.rule.endswith(_REBUILT) or any(
        tokens[at].key.startswith(past_parts("long_past")) for at in range(first, last)
    )


def _newer(told: Told, past: Sequence[TriggerHit]) -> set[int]:
    """Return the sentences that have a time of day, a weekday or a date which is not past."""
    return {
        group.sentence
        for group, time in zip(groups_of(told.doc), told.times, strict=True)
        if group.one("date", "weekday", "day", "part", "now")
        and not any(hit.start < time.end and time.start < hit.end for hit in past)
    }
