"""Tells which statements only point at an event: "hurt in the blast", "they keep shelling"."""

from vidomo.claims.findings import Findings
from vidomo.claims.hits import CueHit

#: Stands among the rules of a claim whose words point back at an event.
RECALLED = "recalled.pointed_back"
#: Stands among the rules of a claim that says of an enemy what it always does.
GENERAL = "recalled.goes_on"
_EVENTS = ("event.", "impact.fire")
_ANY = (
    *_EVENTS,
    "impact.damage",
    "impact.power.outage",
    "impact.water.outage",
    "impact.heat.outage",
)
_RULES = {
    "pointed_back": (RECALLED, _EVENTS),
    "goes_on": (GENERAL, _EVENTS),
    "told_again": (RECALLED, _ANY),
}


def recalls(found: Findings, cue: CueHit) -> tuple[str, ...]:
    """Return the rules of the words that only point at the event of a cue.

    "After the strike", "in the fire" take it for granted; "the enemy keeps shelling the region"
    speaks of no event of its own, and "the mayor confirmed the damage" of none that is new.
    """
    if not cue.topic.startswith(_ANY):
        return ()
    taken = set(cue.tokens)
    return tuple(
        _RULES[hit.effect][0]
        for hit in found.triggers
        if hit.effect in _RULES
        and cue.topic.startswith(_RULES[hit.effect][1])
        and not taken.isdisjoint(hit.tokens)
    )
