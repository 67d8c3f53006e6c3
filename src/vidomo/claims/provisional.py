"""Tells what "preliminarily" is said of: its own statement, or the one that it introduces.

"Preliminarily without victims, 21,000 homes lost power" says nothing doubtful of the power;
"according to first reports from the duty service, nobody was hurt" does of all that follows. What
somebody was hurt in ("preliminarily, one was hurt in the fall of debris") has happened.
"""

from collections.abc import Sequence

import msgspec

from vidomo.claims.chunks import Chunks
from vidomo.claims.discourse import said_end
from vidomo.claims.document import Document
from vidomo.claims.hits import CueHit, TriggerHit

_EFFECT, _RULE = "preliminary", ".discourse.preliminary"
_EVENT = "event."
_TOLD = ("harm.", "impact.", "cause.")
# What is in doubt together: "no hits, preliminarily, nobody is hurt".
_DOUBTFUL = ("event.", "harm.", "impact.damage", "impact.fire", "cause.")
_CAUSES = frozenset({"because", "given"})
# Characters from "as a result of" to the event that it names: "of the fall of drone".
_REACH = 24


def with_provisional(
    doc: Document, chunks: Chunks, triggers: Sequence[TriggerHit], cues: Sequence[CueHit]
) -> tuple[TriggerHit, ...]:
    """Return the triggers of a text, "preliminarily" reaching as far as it is meant."""
    if not any(hit.effect == _EFFECT for hit in triggers):
        return tuple(triggers)
    sure = [cue for cue in cues if not cue.is_weak]
    causes = [hit.end for hit in triggers if hit.effect in _CAUSES]
    return tuple(
        _of_all_but_causes(_as_meant(doc, chunks, hit, sure), sure, causes)
        if hit.effect == _EFFECT and hit.rule.endswith(_RULE)
        else hit
        for hit in triggers
    )


def _as_meant(doc: Document, chunks: Chunks, hit: TriggerHit, cues: Sequence[CueHit]) -> TriggerHit:
    own = chunks.all[chunks.at(hit.start)]
    if any(own.start <= cue.start < own.end for cue in cues):
        return msgspec.structs.replace(hit, targets=_DOUBTFUL)
    sentence = doc.sentences[own.sentence]
    if own.first == sentence.first:
        end = said_end(doc, sentence, hit.tokens[-1])
        return msgspec.structs.replace(hit, scope_start=own.start, scope_end=end)
    before = [cue.start for cue in cues if sentence.start <= cue.start < own.start]
    if before and not any(own.end <= cue.start < sentence.end for cue in cues):
        # "Wounded among civilians, preliminarily, are none": what was told last.
        return msgspec.structs.replace(hit, scope_start=max(before))
    return hit


def _of_all_but_causes(
    hit: TriggerHit, cues: Sequence[CueHit], causes: Sequence[int]
) -> TriggerHit:
    """Return a hit for what came of an event alone, if each event in its reach is a cause."""
    inside = [cue for cue in cues if hit.scope_start <= cue.start < hit.scope_end]
    events = [cue for cue in inside if cue.topic.startswith(_EVENT)]
    if not events or not any(cue.topic.startswith(_TOLD) for cue in inside):
        return hit
    if all(any(0 <= cue.start - end <= _REACH for end in causes) for cue in events):
        return msgspec.structs.replace(hit, targets=_TOLD)
    return hit
