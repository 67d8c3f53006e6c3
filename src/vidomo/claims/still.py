"""Keeps a danger that a text sets against the end of another one: "clear of missiles, drones not".

An end must never reach the danger beside it that is said to go on.
"""

from collections.abc import Iterator
from functools import cache

import msgspec

from vidomo.claims.document import Segment
from vidomo.claims.findings import Findings
from vidomo.claims.hits import CueHit
from vidomo.claims.model import Kind, Polarity
from vidomo.claims.plainly import BARE, COLOURS, fits
from vidomo.claims.tables import word_sets

_THREAT, _ANY = "threat.", "threat.air"
_START, _END = "alert.start", "alert.end"
_RULE = "still.answered"
_TOPICS = (
    ("uav", "threat.uav"),
    ("missile", "threat.missile"),
    ("kab", "threat.guided_bomb"),
    ("fab", "threat.guided_bomb"),
)
_DASHES = frozenset("-:\u2013\u2014")


class _Words(msgspec.Struct, frozen=True):
    about: frozenset[str]
    leads: frozenset[str]
    noes: frozenset[str]
    yets: frozenset[str]


@cache
def _words() -> _Words:
    return _Words(**word_sets("targets", "answer", _Words.__struct_fields__))


def with_answers(found: Findings) -> tuple[CueHit, ...]:
    """Return the cues of a text, with what a short answer says of a danger beside an end."""
    ended = [cue for cue in found.cues if cue.topic.startswith(_THREAT) and _is_over(cue)]
    if not ended or not found.means:
        return found.cues
    going: list[CueHit] = []
    for sentence in found.doc.sentences:
        if any(_is_in(cue, sentence) for cue in ended):
            going += _answers(found, sentence)
    taken = {token for cue in going for token in cue.tokens}
    kept = [cue for cue in found.cues if not _is_threat(cue) or taken.isdisjoint(cue.tokens)]
    return (*kept, *going)


def without_bare_ends(found: Findings) -> tuple[CueHit, ...]:
    """Return the cues of a text; "clear" alone ends no alarm where its line speaks of none.

    "Sumy clear. Two drones over Poltava" is shorthand for what flies, and so is "Odesa clear" in
    a line above "Kherson: alert"; who speaks of alarms names one, or its colour
    (bench/reading/GUIDELINE.md, "Clear" without a named danger).
    """
    bare = [cue for cue in found.cues if _is_bare_end(found, cue)]
    if not bare or any(fits(COLOURS, token) for token in found.doc.tokens):
        return found.cues
    named = [cue for cue in found.cues if cue.topic in {_START, _END} and cue not in bare]
    for line in found.doc.sentences if named else ():
        if any(_is_in(cue, line) for cue in named):
            bare = [cue for cue in bare if not _is_in(cue, line)]
    return tuple(
        msgspec.structs.replace(
            cue, topic=_ANY, kind=Kind.REPORT.value, polarity=Polarity.NEGATED.value
        )
        if cue in bare
        else cue
        for cue in found.cues
    )


def _is_bare_end(found: Findings, cue: CueHit) -> bool:
    return (
        cue.topic == _END
        and not (cue.kind or cue.polarity)
        and bool(cue.tokens)
        and all(fits(BARE, found.doc.tokens[at]) for at in cue.tokens)
    )


def _answers(found: Findings, sentence: Segment) -> Iterator[CueHit]:
    """Give a danger for each stretch after the first that is a weapon and "no"."""
    doc, known = found.doc, _words()
    stretches = _stretches(found, sentence)
    for first, last in stretches[1:]:
        hits = [hit for hit in found.means if hit.tokens and first <= hit.tokens[0] < last]
        means = hits[0].means if len(hits) == 1 else ()
        topic = next((topic for one, topic in _TOPICS if means and means[0].startswith(one)), None)
        if topic is None:
            continue
        others = [
            doc.tokens[at].key
            for at in range(first, last)
            if at not in hits[0].tokens and doc.tokens[at].text not in _DASHES
        ]
        is_no = any(word in known.noes for word in others)
        is_answer = any(word in known.about for word in others)  # not "no missiles"
        small = known.about | known.leads | known.noes | known.yets
        if is_no and is_answer and all(word in small for word in others):
            yield CueHit(
                start=doc.tokens[first].start,
                end=doc.tokens[last - 1].end,
                rule=_RULE,
                topic=topic,
                means=means,
                kind=Kind.WARNING.value,
                tokens=tuple(range(first, last)),
            )


def _stretches(found: Findings, sentence: Segment) -> list[tuple[int, int]]:
    cuts = [
        at
        for at in range(sentence.first, sentence.last)
        if found.doc.tokens[at].kind == "mark" and found.doc.tokens[at].text not in _DASHES
    ]
    firsts = [sentence.first, *(at + 1 for at in cuts)]
    lasts = [*cuts, sentence.last]
    return [(one, two) for one, two in zip(firsts, lasts, strict=True) if one < two]


def _is_in(cue: CueHit, sentence: Segment) -> bool:
    return sentence.start <= cue.start < sentence.end


def _is_over(cue: CueHit) -> bool:
    return cue.polarity == Polarity.NEGATED.value


def _is_threat(cue: CueHit) -> bool:
    return cue.topic.startswith(_THREAT)
