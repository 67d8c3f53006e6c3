"""Reads the lines of a list below a heading that says what became of them.

"Downed: 15 drones; one missile", "Damaged: 3 houses; a school": the verb stands once, each line
below it that counts something is a statement.
"""

from collections.abc import Iterator

from vidomo.claims.document import Segment
from vidomo.claims.findings import Findings
from vidomo.claims.hits import CueHit, NumberHit, TriggerHit

_FLYING = frozenset({"uavs", "missiles", "bombs"})
_BUILT = frozenset({"homes", "houses", "buildings", "apartments", "vehicles", "facilities"})
_SUPPLIED = frozenset({"settlements", "customers", "households", "homes", "houses", "buildings"})
_LEAVING = frozenset({"settlements", "persons", "children"})
#: Effects of the words that head a list; what its lines then say, and what they count.
HEADS = {
    "list.downed": ("event.air_defence", _FLYING),
    "list.launched": ("event.strike", _FLYING),
    "list.damaged": ("impact.damage", _BUILT),
    "list.dark": ("impact.power.outage", _SUPPLIED),
    "list.leaving": ("response.evacuation", _LEAVING),
    "list.to_leave": ("response.evacuation", _LEAVING),
}
_AHEAD, _PLAN = "list.to_leave", "plan"
_WITH_WEAPONS = frozenset({"event.air_defence", "event.strike"})
# Tokens of a line that names one thing.
_ITEM = 9
_OF_ITSELF = ("event.", "threat.", "cause.", "alert.", "impact.", "harm.")


def with_lists(found: Findings) -> tuple[CueHit, ...]:
    """Return the cues of a text and one for each line of a list that counts something.

    The heading itself then says nothing more.
    """
    added: list[CueHit] = []
    headed: list[TriggerHit] = []
    for head in found.triggers:
        if head.effect in HEADS:
            lines = list(_lines(found, head))
            added += lines
            headed += [head] if lines else []
    kept = (
        cue for cue in found.cues if not any(head.start <= cue.start < head.end for head in headed)
    )
    return (*kept, *added)


def _lines(found: Findings, head: TriggerHit) -> Iterator[CueHit]:
    topic, units = HEADS[head.effect]
    tokens = found.doc.tokens
    for line in found.doc.sentences:
        if line.start < head.end or not any(
            token.kind == "word" for token in tokens[line.first : line.last]
        ):
            continue
        counts = _counted(found, line, units)
        if not counts and not _is_one(found, line, topic):
            return
        for number in counts:
            yield CueHit(
                start=number.unit_start,
                end=number.unit_end,
                rule=head.rule,
                topic=topic,
                unit=number.unit,
                kind=_PLAN if head.effect == _AHEAD else "",
                tokens=tuple(
                    at
                    for at in range(line.first, line.last)
                    if number.unit_start <= tokens[at].start < number.unit_end
                ),
            )


def _counted(found: Findings, line: Segment, units: frozenset[str]) -> list[NumberHit]:
    """Return the counts of a line that has no statement of its own."""
    if any(
        line.start <= cue.start < line.end and cue.topic.startswith(_OF_ITSELF)
        for cue in found.cues
    ):
        return []
    return [
        one
        for one in found.numbers
        if one.role == "count"
        and one.unit in units
        and one.unit_start >= 0
        and line.start <= one.start < line.end
    ]


def _is_one(found: Findings, line: Segment, topic: str) -> bool:
    """Whether a short line of a list of weapons names one without a count: "an FPV drone;"."""
    is_short = line.last - line.first <= _ITEM and not any(
        line.start <= cue.start < line.end for cue in found.cues
    )
    return (
        topic in _WITH_WEAPONS
        and is_short
        and any(line.start <= one.start < line.end for one in found.means)
    )
