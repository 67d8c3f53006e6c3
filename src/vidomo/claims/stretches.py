"""Reads a text of any length in stretches, so that time grows with its length only.

Inside one stretch everything may be asked of everything else; a stretch is longer than any post
(Telegram: 4,096 characters) and most articles, and what is longer is read like several texts.
"""

from collections.abc import Callable, Iterator

import msgspec

from vidomo.claims.claiming import claim_id
from vidomo.claims.model import Claim, PlaceRef, Reading

#: Characters of one stretch. Our own choice.
LONGEST = 12_000
_SHORTEST = 6_000
# Where a stretch ends: after a line if it can, else after a sentence, else after a word.
_ENDS = ("\n", ". ", " ")


def stretches_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield the stretches of a text with their offsets; a short text is one."""
    start = 0
    while len(text) - start > LONGEST:
        end = _end(text, start)
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _end(text: str, start: int) -> int:
    for mark in _ENDS:
        found = text.rfind(mark, start + _SHORTEST, start + LONGEST)
        if found >= 0:
            return found + len(mark)
    return start + LONGEST


def read_stretches(text: str, read: Callable[[str, Reading | None], Reading]) -> Reading:
    """Return the reading of a text from those of its stretches.

    Args:
        text: The text as received.
        read: Reads one stretch; is given the reading of the first one, whose language and genre
            hold for the rest.
    """
    first: Reading | None = None
    found: list[Reading] = []
    for offset, stretch in stretches_of(text):
        reading = read(stretch, first)
        first = first or reading
        found.append(_moved(reading, offset) if offset else reading)
    if len(found) == 1:
        return found[0]
    return msgspec.structs.replace(
        found[0],
        claims=tuple(claim for reading in found for claim in reading.claims),
        mentions=tuple(mention for reading in found for mention in reading.mentions),
        silent=tuple(silent for reading in found for silent in reading.silent),
    )


def _moved(reading: Reading, by: int) -> Reading:
    return msgspec.structs.replace(
        reading,
        claims=tuple(_claim(reading.report, claim, by) for claim in reading.claims),
        mentions=tuple(
            msgspec.structs.replace(one, start=one.start + by, end=one.end + by)
            for one in reading.mentions
        ),
        silent=tuple(
            msgspec.structs.replace(one, start=one.start + by, end=one.end + by)
            for one in reading.silent
        ),
    )


def _claim(report: str, claim: Claim, by: int) -> Claim:
    body = claim.speaker.body
    head, mark, offset = (body or "").partition("@#")
    if mark:
        body = f"{head}@#{int(offset) + by}"
    moved = msgspec.structs.replace(
        claim,
        start=claim.start + by,
        end=claim.end + by,
        places=tuple(_place(ref, by) for ref in claim.places),
        speaker=msgspec.structs.replace(claim.speaker, body=body),
    )
    return msgspec.structs.replace(moved, id=claim_id(report, moved))


def _place(ref: PlaceRef, by: int) -> PlaceRef:
    if ref.start < 0:
        return ref
    return msgspec.structs.replace(ref, start=ref.start + by, end=ref.end + by)
