"""Tells which statements only point back at an event: "two were hurt in the blast"."""

from vidomo.claims.findings import Findings
from vidomo.claims.hits import CueHit

#: Stands among the rules of a claim whose words point back at an event.
RECALLED = "recalled.pointed_back"
_TOPICS = ("event.", "impact.fire")
_EFFECT = "pointed_back"


def is_recalled(found: Findings, cue: CueHit) -> bool:
    """Whether the words of a cue take an event for granted: "after the strike", "in the fire"."""
    if not cue.topic.startswith(_TOPICS):
        return False
    taken = set(cue.tokens)
    return any(hit.effect == _EFFECT and not taken.isdisjoint(hit.tokens) for hit in found.triggers)
