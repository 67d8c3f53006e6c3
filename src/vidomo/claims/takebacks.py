"""Takes back what a text tells first and then calls false.

"In chats they write that the town is being evacuated. The mayor denied it": the talk is told in
one sentence and denied in the next one or two, which name nothing themselves.
"""

from collections.abc import Iterator, Sequence

import msgspec

from vidomo.claims.document import Document, Segment
from vidomo.claims.findings import Findings
from vidomo.claims.hits import CueHit, TriggerHit
from vidomo.claims.old_dates import past_words

_RULE = "takebacks.denied"
_DENIED, _RUMOUR = "denied", "rumour"
_CLEAR = "alert.end"
# Sentences from talk to the words that call it false, and words of a sentence that only does so.
_REACH, _BARE = 3, 8
# Words that a denial may stand behind at the head of its sentence: "this, said the mayor, is".
_HEAD = 2


def with_takebacks(
    doc: Document, triggers: Sequence[TriggerHit], cues: Sequence[CueHit]
) -> tuple[TriggerHit, ...]:
    """Return the triggers of a text, its denials reaching back over the talk that they deny."""
    denials = [hit for hit in triggers if hit.effect == _DENIED]
    if not denials:
        return tuple(triggers)
    talk = [hit.start for hit in triggers if hit.effect == _RUMOUR]
    found = list(_taken_back(doc, denials, talk, cues))
    return tuple(sorted((*triggers, *found), key=lambda hit: (hit.start, hit.end, hit.rule)))


def _taken_back(
    doc: Document, denials: Sequence[TriggerHit], talk: Sequence[int], cues: Sequence[CueHit]
) -> Iterator[TriggerHit]:
    for here in doc.sentences[1:]:
        hit = next((one for one in denials if here.start <= one.start < here.end), None)
        if hit is None or _names_something(doc, here, hit, cues):
            continue
        for told in doc.sentences[max(here.sentence - _REACH, 0) : here.sentence]:
            is_talk = any(told.start <= at < told.end for at in talk)
            if is_talk or (told.sentence == here.sentence - 1 and _is_bare(doc, here)):
                yield msgspec.structs.replace(
                    hit, rule=_RULE, scope_start=told.start, scope_end=told.end, targets=()
                )


def _names_something(doc: Document, here: Segment, hit: TriggerHit, cues: Sequence[CueHit]) -> bool:
    """Whether a sentence names itself what it calls false: "rumours of a blackout are a fake".

    So does one that goes on with "that"; "there is much talk" calls nothing false.
    """
    after = hit.tokens[-1] + 1 if hit.tokens else here.last
    near = doc.tokens[after : min(after + _HEAD, here.last)]
    if any(token.key in past_words("leading") for token in near):
        return True
    if all(doc.tokens[at].key in past_words("hearsay") for at in hit.tokens):
        return True
    return any(here.start <= cue.start < hit.end and not cue.is_weak for cue in cues) or any(
        hit.end <= cue.start < here.end and _leads_on(here, hit, cue) for cue in cues
    )


def _leads_on(here: Segment, hit: TriggerHit, cue: CueHit) -> bool:
    return hit.scope_start <= cue.start < hit.scope_end <= here.end and not cue.is_weak


def _is_bare(doc: Document, here: Segment) -> bool:
    """Whether a sentence only points back and says that it is not so: "This is a fake"."""
    words = [token for token in doc.tokens[here.first : here.last] if token.kind == "word"]
    return len(words) <= _BARE and any(word.key in past_words("pointers") for word in words[:_HEAD])


def undenied(found: Findings, cue: CueHit, effects: dict[str, TriggerHit]) -> dict[str, TriggerHit]:
    """Drop a denial before the truth that is set against it: "... is a fake, the city has light".

    What is denied was told before it, and no word such as "that" leads on from it.
    """
    if "denied" not in effects or cue.topic == _CLEAR:
        return effects
    said = [
        one
        for one in found.triggers
        if one.effect == "denied" and one.scope_start <= cue.start < one.scope_end
    ]
    hit = max(said, key=lambda one: one.end)
    if hit.end > cue.start:
        return effects
    between = found.doc.tokens[hit.tokens[-1] + 1 : cue.tokens[0]] if hit.tokens else ()
    texts = {token.text for token in between}
    if (
        "," not in texts
        or ":" in texts
        or not past_words("leading").isdisjoint(token.key for token in between)
        or not any(hit.scope_start <= one.start < hit.start for one in found.cues)
    ):
        return effects
    return {name: other for name, other in effects.items() if name != "denied"}
