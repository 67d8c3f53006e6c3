"""Reads lists of weapons below a heading that says what became of them.

"Downed: 15 drones; one missile": the verb stands once, each line below it is a statement.
"""

from vidomo.claims.document import Segment
from vidomo.claims.findings import Findings
from vidomo.claims.hits import CueHit, NumberHit

#: Effects of the words that head such a list, and what its lines then say.
HEADS = {"list.downed": "event.air_defence", "list.launched": "event.strike"}
_FLYING = frozenset({"uavs", "missiles", "bombs"})
_ARMED = ("event.", "threat.", "cause.", "alert.")


def listed(found: Findings) -> tuple[CueHit, ...]:
    """Return one cue for each line of a list that counts weapons."""
    tokens = found.doc.tokens
    told = [
        one
        for one in found.doc.sentences
        if any(token.kind == "word" for token in tokens[one.first : one.last])
    ]
    made: list[CueHit] = []
    for head in found.triggers:
        topic = HEADS.get(head.effect)
        if topic is None:
            continue
        below = (one for one in told if one.start >= head.end)
        for sentence in below:
            cue = _of_line(found, sentence, topic, head.rule)
            if cue is None:
                break
            made.append(cue)
    return tuple(made)


def _of_line(found: Findings, line: Segment, topic: str, rule: str) -> CueHit | None:
    if any(
        line.start <= cue.start < line.end and cue.topic.startswith(_ARMED) for cue in found.cues
    ):
        return None
    number = next((one for one in found.numbers if _counts_weapons(one, line)), None)
    if number is None:
        return None
    tokens = tuple(
        at
        for at in range(line.first, line.last)
        if number.unit_start <= found.doc.tokens[at].start < number.unit_end
    )
    return CueHit(
        start=number.unit_start,
        end=number.unit_end,
        rule=rule,
        topic=topic,
        unit=number.unit,
        tokens=tokens,
    )


def _counts_weapons(number: NumberHit, line: Segment) -> bool:
    return (
        number.role == "count"
        and number.unit in _FLYING
        and line.start <= number.start < line.end
        and number.unit_start >= 0
    )
