"""Tells a body that is freed from the rubble from somebody who is rescued."""

from collections.abc import Sequence

from vidomo.claims.hits import CueHit

_RESCUED, _KILLED = "harm.rescued", "harm.killed"


def without_bodies(cues: Sequence[CueHit]) -> tuple[CueHit, ...]:
    """Leave out a rescue whose verb a death shares: "they freed the body of a man".

    Args:
        cues: What was found in a text.
    """
    dead = {number for cue in cues if cue.topic == _KILLED for number in cue.tokens}
    return tuple(cue for cue in cues if cue.topic != _RESCUED or dead.isdisjoint(cue.tokens))
