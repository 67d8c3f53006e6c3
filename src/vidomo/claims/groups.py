"""Gathers the chunks of a sentence around its cues: what a number or a place belongs to."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

import msgspec

from vidomo.claims.chunks import Chunks
from vidomo.claims.document import Document, Segment
from vidomo.claims.hits import CueHit

_SENTENCE = attrgetter("sentence")
_BREAK = ";"
# "another" in Ukrainian, Russian and English.
_NEW = frozenset({"\u0449\u0435", "\u0435\u0449\u0435", "another"})
# Words that set what follows against what was said: "all clear in A, but B must wait".
_AGAINST = frozenset(
    {
        "\u0430\u043b\u0435",
        "\u043f\u0440\u043e\u0442\u0435",
        "\u043e\u0434\u043d\u0430\u043a",
        "\u043d\u043e",
        "\u043e\u0434\u043d\u0430\u043a\u043e",
        "but",
        "whereas",
        "however",
        "except",
    }
)


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Neighbouring chunks of one sentence that are about the same cues.

    Attributes:
        chunks: Indexes of the chunks, in order.
        start: Offset in the normalised text.
        end: End offset, exclusive.
        cues: The cues in it.
        sentence: Index of the sentence.
    """

    chunks: tuple[int, ...]
    start: int
    end: int
    cues: tuple[CueHit, ...]
    sentence: int

    def holds(self, offset: int) -> bool:
        """Whether an offset lies inside."""
        return self.start <= offset < self.end


def groups_of(doc: Document, sentence: int, chunks: Chunks, cues: Sequence[CueHit]) -> list[Group]:
    """Return the groups of a sentence.

    A chunk without a cue belongs to the cue before it ("power is back in A, B and C"),
    at the beginning of a clause to the one after it ("in A, there is no power"). What is only
    set against it ("but not in B") belongs to none.
    """
    if not cues:
        return []
    first = bisect_left(chunks.all, sentence, key=_SENTENCE)
    numbers = range(first, bisect_right(chunks.all, sentence, first, key=_SENTENCE))
    held: list[list[int]] = []
    found: list[list[CueHit]] = []
    leading: list[int] = []
    for number in numbers:
        chunk = chunks.all[number]
        inside = [cue for cue in cues if chunk.start <= cue.start < chunk.end]
        if inside:
            held.append([*_after_break(doc, chunks, leading, chunk), number])
            found.append(inside)
            leading = []
        elif (
            held
            and not leading
            and not _goes_forward(doc, chunk)
            and chunks.clause_at(chunk.start) == chunks.clause_at(chunks.all[held[-1][-1]].start)
        ):
            held[-1].append(number)
        else:
            leading.append(number)
    if leading and held and not _is_set_against(doc, chunks.all[leading[0]]):
        held[-1].extend(leading)
    return [
        _group(tuple(members), tuple(inside), chunks.all, sentence)
        for members, inside in zip(held, found, strict=True)
    ]


def _after_break(
    doc: Document, chunks: Chunks, leading: Sequence[int], chunk: Segment
) -> Sequence[int]:
    """Return the chunks that lead to one, those after a semicolon only.

    "They launched five missiles; four were downed": the five are not of those downed.
    """
    for place in range(len(leading) - 1, -1, -1):
        following = chunks.all[leading[place + 1]] if place + 1 < len(leading) else chunk
        if _BREAK in doc.text[chunks.all[leading[place]].end - 1 : following.start]:
            return leading[place + 1 :]
    return leading


def _is_set_against(doc: Document, chunk: Segment) -> bool:
    return doc.tokens[chunk.first].key in _AGAINST


def _goes_forward(doc: Document, chunk: Segment) -> bool:
    """Whether a chunk begins something new: "one man was killed, another, 37, is ..."."""
    return doc.tokens[chunk.first].key in _NEW


def _group(
    members: tuple[int, ...], cues: tuple[CueHit, ...], chunks: list[Segment], sentence: int
) -> Group:
    return Group(
        chunks=members,
        start=chunks[members[0]].start,
        end=chunks[members[-1]].end,
        cues=cues,
        sentence=sentence,
    )
