"""Tells the story of one attack from a list of news: "Attack on the city: the main points so far".

A heading that names what happened and then says that its main points follow sums up nothing else:
what stands below it is told as it is. "Overnight: the main points" heads a list of news.
"""

from collections.abc import Sequence

from vidomo.claims.document import Document, Segment
from vidomo.claims.hits import CueHit, TriggerHit

_DIGEST = ".discourse.digest"
_EVENT = "event."
# What ends the name of a story, and what stands between several stories.
_ENDS, _BETWEEN = frozenset(":\u2013\u2014.!-"), frozenset(",;")


def without_one_story(
    doc: Document, triggers: Sequence[TriggerHit], cues: Sequence[CueHit]
) -> tuple[TriggerHit, ...]:
    """Return the triggers of a text without a summary that is of one attack only."""
    if not any(hit.rule.endswith(_DIGEST) for hit in triggers) or not doc.sentences:
        return tuple(triggers)
    head = doc.sentences[0]
    named = [
        cue
        for cue in cues
        if cue.topic.startswith(_EVENT) and not cue.polarity and cue.end < head.end
    ]
    if not named:
        return tuple(triggers)
    return tuple(hit for hit in triggers if not _is_of_one(doc, head, hit, named))


def _is_of_one(doc: Document, head: Segment, hit: TriggerHit, named: Sequence[CueHit]) -> bool:
    if not hit.rule.endswith(_DIGEST) or not hit.start < head.end:
        return False
    before = [cue for cue in named if cue.end <= hit.start]
    told = doc.text[head.start : hit.start]
    if not before or _BETWEEN & set(told):
        return False
    return bool(_ENDS & set(doc.text[before[-1].end : hit.start]))
