"""Takes for the work of air defence what is told in the words of a strike.

"Debris of a drone fell on a roof": that it was debris says that the drone had been downed. "An
attack was repelled" tells of no strike either, nor does that a drone fell that had been downed.
"""

from msgspec.structs import replace

from vidomo.claims.findings import Findings
from vidomo.claims.hits import CueHit, TriggerHit

_STRIKE, _DOWNED = "event.strike", "event.air_defence"
_DEBRIS, _PERHAPS, _REPELLED = "debris", "debris.perhaps", "repelled"
_FELL, _EVENT = "debris.fell", "event."
_BECAUSE = "because"
_ATTACKS = frozenset({_STRIKE, "event.shelling", "event.explosion"})
# Characters from the weapon to the attack it is named for.
_NEAR = 2
_RULE = "debris.fell"
# Characters from the debris to the words that say that it fell: "debris of an enemy drone fell".
_REACH = 45
# "and" in three languages: what follows it is no debris ("debris and a direct hit").
_AND = frozenset({"\u0456", "\u0439", "\u0442\u0430", "\u0438", "and"})


def with_debris(found: Findings) -> tuple[CueHit, ...]:
    """Return the cues, those of a strike that tell of debris or are repelled as air defence."""
    perhaps = [hit.tokens[-1] for hit in found.triggers if hit.effect == _PERHAPS]
    debris = [hit for hit in found.triggers if hit.effect == _DEBRIS]
    debris = [hit for hit in debris if hit.tokens[-1] not in perhaps]
    repelled = {n for hit in found.triggers if hit.effect == _REPELLED for n in hit.tokens}
    fell = {n for hit in found.triggers if hit.effect == _FELL for n in hit.tokens}
    cues = _without_fallen(_without_destroyed(found))
    if not (debris or repelled or fell):
        return cues
    return tuple(
        replace(cue, topic=_DOWNED, unit="", rule=f"{cue.rule}.{_RULE}")
        if cue.topic == _STRIKE
        and not cue.polarity
        and (
            not repelled.isdisjoint(cue.tokens)
            or (not fell.isdisjoint(cue.tokens) and _was_downed(found, cue))
            or any(_is_of_debris(found, cue, hit) for hit in debris)
        )
        else cue
        for cue in cues
    )


def _without_fallen(cues: tuple[CueHit, ...]) -> tuple[CueHit, ...]:
    """Return the cues without strikes by what was downed: "two suppressed drones fell in a field"."""
    downed = [cue for cue in cues if cue.topic == _DOWNED and not cue.polarity]
    return tuple(
        cue
        for cue in cues
        if cue.topic != _STRIKE
        or cue.polarity
        or not any(one.start < cue.start < one.end < cue.end for one in downed)
    )


def _without_destroyed(found: Findings) -> tuple[CueHit, ...]:
    """Return the cues without air defence read where an attack destroyed something.

    "A plant was destroyed in a drone attack": what stands after the cause was not shot down.
    """
    causes = [hit for hit in found.triggers if hit.effect == _BECAUSE]
    if not causes:
        return found.cues
    attacks = [cue.start for cue in found.cues if cue.topic in _ATTACKS]
    # "Missiles that were sent in the raid have been downed": the weapon stands first.
    weapons = [(hit.start, hit.end) for hit in found.means]
    return tuple(
        cue
        for cue in found.cues
        if cue.topic != _DOWNED
        or any(start <= cue.start < end for start, end in weapons)
        or not any(
            cue.start < hit.start
            and any(hit.start <= start < cue.end + _NEAR for start in attacks)
            and hit.end <= cue.end
            for hit in causes
        )
    )


def _was_downed(found: Findings, cue: CueHit) -> bool:
    """Whether what fell had just been told of as shot down: "A drone was downed. It fell in a field"."""
    before = [one for one in found.cues if one.topic.startswith(_EVENT) and one.end <= cue.start]
    last = max(before, key=lambda one: one.end, default=None)
    if last is None or last.topic != _DOWNED or last.polarity:
        return False
    return sum(last.end <= one.start <= cue.start for one in found.doc.sentences) <= 1


def _is_of_debris(found: Findings, cue: CueHit, debris: TriggerHit) -> bool:
    """Whether debris stands before a cue in its chunk, and nothing is added to it."""
    if not 0 <= cue.end - debris.end <= _REACH:
        return False
    if found.chunks.at(cue.start) != found.chunks.at(debris.start):
        return False
    between = found.doc.tokens[debris.tokens[-1] + 1 : cue.tokens[-1]]
    return all(token.key not in _AND for token in between)
