"""What a text about fighting at the front tells of strikes at those who do not fight.

A staff's summary of the day names shelled towns and people hurt beside positions and losses.
Only the sentences that say that the enemy struck, or that civilians suffered, are read, and as
what they are: a summary.
"""

import msgspec

from vidomo.claims.document import Segment
from vidomo.claims.findings import Findings
from vidomo.claims.hits import CueHit, TriggerHit

_DIGEST = ".discourse.digest"
#: Effect of the words that say so, and of those that take a sentence back to the front.
STRUCK, FRONT = "struck", "front"
_TOLD = ("event.strike", "event.shelling", "event.air_defence", "impact.damage", "harm.")


def spare(found: Findings) -> bool:
    """Leave of a text about fighting what it tells of others; return whether anything is left.

    Of the main events of a day, the paragraphs that say nothing of fighting stand as they are:
    the front is in one line, an airport in the next.
    """
    beside = _beside(found)
    if beside:
        found.cues = beside
        return True
    sentences = [one for one in found.doc.sentences if _is_struck(found, one)]
    kept = [
        cue
        for cue in found.cues
        if cue.topic.startswith(_TOLD)
        and not cue.is_weak
        and any(one.start <= cue.start < one.end for one in sentences)
    ]
    if not kept:
        return False
    found.cues = tuple(kept)
    found.triggers = (*found.triggers, _summary(found))
    return True


def _beside(found: Findings) -> tuple[CueHit, ...]:
    if not any(hit.rule.endswith(_DIGEST) for hit in found.triggers):
        return ()
    sentences = found.doc.sentences
    fought = [hit.start for hit in found.triggers if hit.effect.startswith("combat")]
    taken = {one.paragraph for one in sentences if any(one.start <= at < one.end for at in fought)}
    free = [one for one in sentences if one.paragraph not in taken]
    return tuple(c for c in found.cues if any(one.start <= c.start < one.end for one in free))


def _is_struck(found: Findings, sentence: Segment) -> bool:
    return bool(found.has_effect(STRUCK, sentence.start, sentence.end)) and not found.has_effect(
        FRONT, sentence.start, sentence.end
    )


def _summary(found: Findings) -> TriggerHit:
    told = next(hit for hit in found.triggers if hit.effect == STRUCK)
    return msgspec.structs.replace(
        told, effect="digest", tokens=(), scope_start=0, scope_end=len(found.doc.text)
    )
