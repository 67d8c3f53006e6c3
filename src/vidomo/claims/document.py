"""A text made ready for reading: normalised, cut into tokens, clauses and sentences."""

import unicodedata
from bisect import bisect_right
from operator import attrgetter

import msgspec


class Token(msgspec.Struct, frozen=True):
    """One word, number, mark or emoji of the normalised text.

    Attributes:
        text: As it stands in the normalised text.
        key: Lower case, apostrophes removed: what tables and the gazetteer are asked with.
        start: Offset in the normalised text.
        end: End offset, exclusive.
        kind: word, number, mark, emoji.
        is_capital: Whether it begins with a capital letter.
    """

    text: str
    key: str
    start: int
    end: int
    kind: str
    is_capital: bool = False


class Segment(msgspec.Struct, frozen=True):
    """A clause or a sentence: a stretch of the normalised text and its tokens.

    Attributes:
        start: Offset in the normalised text.
        end: End offset, exclusive.
        first: Index of the first token.
        last: Index after the last token.
        sentence: Index of the sentence it belongs to (its own index for a sentence).
        paragraph: Index of the line or bullet.
    """

    start: int
    end: int
    first: int
    last: int
    sentence: int
    paragraph: int


class Document(msgspec.Struct, frozen=True):
    """A text on its way through the reader.

    Attributes:
        original: The text as received.
        text: Normalised: NFC, one kind of apostrophe, dash, quotation mark and blank, Latin
            look-alikes inside Cyrillic words replaced, invisible characters removed.
        lower: ``text`` in lower case, of the same length: what patterns are matched against.
        offsets: For each position of ``text`` (and one past its end) the position in ``original``.
        lang: uk, ru, en or und.
        tokens: In order.
        sentences: In order; they do not overlap.
        clauses: In order; each lies in one sentence.
        memo: What a step worked out of all this and others ask for again; says nothing new.
    """

    original: str
    text: str
    lower: str
    offsets: tuple[int, ...]
    lang: str
    tokens: tuple[Token, ...]
    sentences: tuple[Segment, ...]
    clauses: tuple[Segment, ...]
    memo: dict[str, object] = {}

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original text of a stretch of the normalised text.

        Marks that belong to the last letter are part of the stretch.
        """
        first = self.offsets[start]
        if end <= start:
            return first, first
        last, following = self.offsets[end - 1] + 1, self.offsets[end]
        while last < following and unicodedata.combining(self.original[last]):
            last += 1
        return first, last


_START = attrgetter("start")


def token_at(doc: Document, offset: int) -> int:
    """Return the index of the token that an offset lies in, or else of the last one before it."""
    return max(bisect_right(doc.tokens, offset, key=_START) - 1, 0)
