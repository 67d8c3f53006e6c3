"""Gathers the chunks of a sentence around its cues: what a number or a place belongs to."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.chunks import Chunks
from vidomo.claims.document import Segment
from vidomo.claims.hits import CueHit


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


def groups_of(sentence: int, chunks: Chunks, cues: Sequence[CueHit]) -> list[Group]:
    """Return the groups of a sentence.

    A chunk without a cue belongs to the cue before it ("power is back in A, B and C"),
    at the beginning of the sentence to the one after it ("in A, there is no power").
    """
    numbers = [n for n, chunk in enumerate(chunks.all) if chunk.sentence == sentence]
    held: list[list[int]] = []
    found: list[list[CueHit]] = []
    leading: list[int] = []
    for number in numbers:
        chunk = chunks.all[number]
        inside = [cue for cue in cues if chunk.start <= cue.start < chunk.end]
        if inside:
            held.append([*leading, number])
            found.append(inside)
            leading = []
        elif held:
            held[-1].append(number)
        else:
            leading.append(number)
    return [
        _group(tuple(members), tuple(inside), chunks.all, sentence)
        for members, inside in zip(held, found, strict=True)
    ]


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
