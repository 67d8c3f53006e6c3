"""Sets right what single words say of a danger: that it is over, and which one it is."""

from collections.abc import Iterator
from functools import cache
from itertools import takewhile

import msgspec

from vidomo.claims.document import Document
from vidomo.claims.hits import CueHit
from vidomo.claims.model import Kind, Polarity
from vidomo.claims.tables import word_sets

_THREAT, _ANY = "threat.", "threat.air"
_CLEAR = "alert.end"
# Words between "until" and the end that is awaited: "until the signal".
_REACH = 3
# Tokens from one cue to the next with at most a small word between them.
_SIDE_BY_SIDE = 2
_QUOTES = frozenset('"\u00ab\u00bb\u201c\u201d\u201e\u2018\u2019')


def with_dangers(doc: Document, cues: tuple[CueHit, ...]) -> tuple[CueHit, ...]:
    """Return the cues of a text, those of dangers as the words between theirs make them.

    "The drone threat has not passed" says that it goes on. A danger from the air that is named
    in the words of a particular one ("threat of a missile strike") is that one; beside an
    all-clear its end says nothing more.
    """
    told = [_kept_up(doc, cue) for cue in cues if not _is_awaited(doc, cue)]
    is_clear = any(cue.topic == _CLEAR and not (cue.kind or cue.polarity) for cue in cues)
    return tuple(
        cue
        for cue in told
        if not _is_named_closer(doc, cue, told)
        and not (is_clear and cue.topic == _ANY and _is_over(cue))
    )


def _is_over(cue: CueHit) -> bool:
    return cue.topic.startswith(_THREAT) and cue.polarity == Polarity.NEGATED.value


def _is_awaited(doc: Document, cue: CueHit) -> bool:
    """Whether the end of a danger is only a term: "stay there until the end of the danger"."""
    if not _is_over(cue) or not cue.tokens:
        return False
    first = cue.tokens[0]
    before = list(takewhile(lambda at: not _is_cut(doc, at), range(first - 1, -1, -1)))[:_REACH]
    return any(doc.tokens[at].key in _words("until") for at in before)


def _is_cut(doc: Document, at: int) -> bool:
    return doc.tokens[at].kind == "mark" and doc.tokens[at].text not in _QUOTES


def _kept_up(doc: Document, cue: CueHit) -> CueHit:
    if not _is_over(cue) or not any(doc.tokens[at].key in _words("nots") for at in _around(cue)):
        return cue
    return msgspec.structs.replace(cue, kind=Kind.WARNING.value, polarity="")


def _around(cue: CueHit) -> Iterator[int]:
    """Give the tokens between those of a cue, and the one before it."""
    if not cue.tokens:
        return
    if cue.tokens[0]:
        yield cue.tokens[0] - 1
    yield from (at for at in range(cue.tokens[0], cue.tokens[-1]) if at not in cue.tokens)


def _is_named_closer(doc: Document, cue: CueHit, cues: list[CueHit]) -> bool:
    return cue.topic == _ANY and any(
        other.topic.startswith(_THREAT)
        and other.topic != _ANY
        and (other.kind, other.polarity) == (cue.kind, cue.polarity)
        and _are_close(doc, cue, other)
        for other in cues
    )


def _are_close(doc: Document, cue: CueHit, other: CueHit) -> bool:
    """Whether two cues share a word or stand side by side: "bomb launches by aviation"."""
    if not set(other.tokens).isdisjoint(cue.tokens):
        return True
    if not cue.tokens or not other.tokens:
        return False
    first, last = sorted((cue, other), key=lambda one: one.tokens[0])
    between = range(first.tokens[-1] + 1, last.tokens[0])
    return len(between) < _SIDE_BY_SIDE and not any(_is_cut(doc, at) for at in between)


@cache
def _words(name: str) -> frozenset[str]:
    return word_sets("targets", "word", (name,))[name]
