"""Finds what a sentence asks without a question mark, and whether it says that nobody can tell.

"How many were hurt, the town does not say", "they are counting how many families have no gas":
the part that asks states nothing by itself; beside words that it is not known, it is unknown.
"""

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from vidomo.claims.chunks import Chunks
from vidomo.claims.document import Document, Segment
from vidomo.claims.hits import TriggerHit
from vidomo.claims.tables import LANGUAGES, table

# Words of a chunk among which the one that asks stands.
_OPENING = 3
# Words after "it is not known" up to the comma before what is asked.
_TRAILING = 3
# Words from the beginning of a chunk to the particle that asks after the word that it follows.
_PARTICLE_REACH = 6
# Tokens before a chunk that are looked at for this.
_NEAR = 10
_UNTOLD, _UNKNOWN, _UNCLEAR = "untold", "unknown.", "unknown.unclear"
_TELLS_NOT = (_UNTOLD, _UNKNOWN)
#: What an unanswered question does not state; what to do and where help is has rules of its own.
_STATED = ("event.", "harm.", "impact.", "cause.", "service.", "response.", "power.", "alert.")


class _Words(msgspec.Struct, frozen=True):
    """The words that ask, of all languages together."""

    whether: frozenset[str]
    particles: frozenset[str]
    no_particles: frozenset[str]
    wonders: tuple[tuple[str, ...], ...]
    any: re.Pattern[str]


def with_questions(
    doc: Document, chunks: Chunks, triggers: Sequence[TriggerHit]
) -> tuple[TriggerHit, ...]:
    """Return the triggers of a text and what its questions without a mark do."""
    if not _words().any.search(doc.lower):
        return tuple(triggers)
    untold = [hit for hit in triggers if hit.effect.startswith(_TELLS_NOT)]
    found = list(triggers)
    for number, chunk in enumerate(chunks.all):
        sure = _asks(doc, chunk)
        if not sure and not _wonders(doc, chunk):
            continue
        answer = _answer(chunks, number, untold)
        is_first = number == 0 or chunks.all[number - 1].sentence != chunk.sentence
        if answer is not None and (is_first or _leads_to(doc, chunk, answer)):
            effect = _UNCLEAR if answer.effect == _UNTOLD else answer.effect
            found.append(_over(chunk, answer, effect))
        elif sure and (is_first or answer is not None):
            found.append(_over(chunk, None, "condition"))
    return tuple(sorted(found, key=lambda hit: (hit.start, hit.end, hit.rule)))


def _over(chunk: Segment, answer: TriggerHit | None, effect: str) -> TriggerHit:
    at = answer or chunk
    return TriggerHit(
        start=at.start,
        end=at.end,
        rule="question.indirect",
        effect=effect,
        scope_start=chunk.start,
        scope_end=chunk.end,
        targets=_STATED,
    )


def _answer(chunks: Chunks, number: int, untold: Sequence[TriggerHit]) -> TriggerHit | None:
    """Return the words that say that it is not known: in the chunk, or right beside it."""
    chunk = chunks.all[number]
    beside = [
        other
        for other in chunks.all[max(number - 1, 0) : number + 2]
        if other.sentence == chunk.sentence
    ]
    start, end = beside[0].start, beside[-1].end
    return next((hit for hit in untold if start <= hit.start < end), None)


def _leads_to(doc: Document, chunk: Segment, answer: TriggerHit) -> bool:
    """Whether the words before a chunk ask what it holds: they end right before its comma."""
    if answer.start >= chunk.start:
        return False
    near = doc.tokens[max(chunk.first - _NEAR, 0) : chunk.first]
    if near and near[0].start > answer.end:
        return False
    between = [token for token in near if token.start >= answer.end]
    return sum(token.kind == "word" for token in between) <= _TRAILING


def _asks(doc: Document, chunk: Segment) -> bool:
    words = _words()
    keys = [token.key for token in doc.tokens[chunk.first : chunk.last] if token.kind == "word"]
    if not words.whether.isdisjoint(keys[:_OPENING]):
        return True
    return any(
        key in words.particles and keys[at - 1] not in words.no_particles
        for at, key in enumerate(keys[:_PARTICLE_REACH])
        if at
    )


def _wonders(doc: Document, chunk: Segment) -> bool:
    keys = [token.key for token in doc.tokens[chunk.first : chunk.last] if token.kind == "word"]
    return any(
        tuple(keys[at : at + len(phrase)]) == phrase
        for phrase in _words().wonders
        for at in range(_OPENING - 1)
    )


@cache
def _words() -> _Words:
    tables = [table(lang, "segments")["asking"] for lang in LANGUAGES]

    def words(name: str) -> frozenset[str]:
        return frozenset(word for one in tables for word in one[name])

    wonders = tuple(sorted(tuple(phrase.split()) for phrase in words("wonders")))
    every = words("whether") | words("particles") | {" ".join(phrase) for phrase in wonders}
    return _Words(
        whether=words("whether"),
        particles=words("particles"),
        no_particles=words("no_particles"),
        wonders=wonders,
        any=re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(every)))})\b"),
    )
