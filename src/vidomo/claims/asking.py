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
    which: frozenset[str]
    heads: frozenset[str]
    about: frozenset[str]
    ors: frozenset[str]
    before_or: frozenset[str]
    any: re.Pattern[str]


def with_questions(
    doc: Document, chunks: Chunks, triggers: Sequence[TriggerHit]
) -> tuple[TriggerHit, ...]:
    """Return the triggers of a text and what its questions without a mark do."""
    untold = [hit for hit in triggers if hit.effect.startswith(_TELLS_NOT)]
    if not untold and not _words().any.search(doc.lower):
        return tuple(triggers)
    found = list(triggers)
    for number, chunk in enumerate(chunks.all):
        is_first = number == 0 or chunks.all[number - 1].sentence != chunk.sentence
        sure = _asks(doc, chunk, untold)
        is_which = not sure and not _wonders(doc, chunk)
        if is_which and not _names_which(doc, chunk, is_first=is_first):
            continue
        answer = _answer(chunks, number, untold)
        leads = answer is not None and _leads_to(doc, chunk, answer, is_near=is_which)
        if answer is not None and (is_first or leads):
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


def _leads_to(doc: Document, chunk: Segment, answer: TriggerHit, *, is_near: bool) -> bool:
    """Whether the words before a chunk ask what it holds: they end right before its comma.

    "Information on what was hit is not there yet" has them after it. Where near, nothing may
    stand between them: "not known is the fate of people who were there" asks for no people.
    """
    if answer.start >= chunk.start:
        return is_near and answer.start >= chunk.end and _is_about(doc, chunk)
    near = doc.tokens[max(chunk.first - _NEAR, 0) : chunk.first]
    if near and near[0].start > answer.end:
        return False
    between = [token for token in near if token.start >= answer.end]
    return sum(token.kind == "word" for token in between) <= (0 if is_near else _TRAILING)


def _is_about(doc: Document, chunk: Segment) -> bool:
    """Whether the words before a chunk lead on to it: "information on that which ..."."""
    before = doc.tokens[max(chunk.first - 2, 0) : chunk.first]
    return any(token.key in _words().about for token in before)


def _names_which(doc: Document, chunk: Segment, *, is_first: bool) -> bool:
    """Whether a chunk begins with a word that may ask: "which", or "what" where no other can."""
    key = doc.tokens[chunk.first].key
    words = _words()
    return key in words.which or (key in words.heads and (is_first or _is_about(doc, chunk)))


def _asks(doc: Document, chunk: Segment, untold: Sequence[TriggerHit]) -> bool:
    words = _words()
    tokens = [token for token in doc.tokens[chunk.first : chunk.last] if token.kind == "word"]
    keys = [token.key for token in tokens]
    for at, key in enumerate(keys[:_OPENING]):
        if key in words.whether and (
            at == 0
            or key not in words.ors  # "with light or heat"
            or keys[at - 1] in words.before_or
            or any(chunk.start <= hit.start < tokens[at].start for hit in untold)
        ):
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
        which=words("which"),
        heads=words("heads"),
        about=words("about"),
        ors=words("ors"),
        before_or=words("before_or"),
        any=re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(every)))})\b"),
    )
