"""Cuts clauses at commas and dashes: the stretches that a trigger or a place reaches."""

from bisect import bisect_right

from vidomo.claims.conjunctions import AND
from vidomo.claims.document import Document, Segment
from vidomo.claims.numerals import numeral_at

_BREAKS = frozenset({",", ";", ":", "\u2013", "\u2014"})
_DASHES = frozenset({"\u2013", "\u2014"})
_COMMA = ","
# Words of one name in a list: "Kryvyi Rih", never a whole sentence of capitals.
_NAME_WORDS = 2


def _counts(doc: Document, first: int, last: int) -> bool:
    token = doc.tokens[first]
    return token.kind == "number" or (
        token.kind == "word" and numeral_at(doc.tokens, first, last) is not None
    )


def _ends_with_count(doc: Document, first: int, last: int) -> bool:
    """Whether only a count follows: "over Kursk oblast - two, ..."."""
    if not _counts(doc, first, last):
        return False
    return first + 1 >= last or doc.tokens[first + 1].kind == "mark"


def _listing_commas(doc: Document, clause: Segment) -> set[int]:
    """Return the commas inside a list of names: "the Kharkiv, Sumy, and Poltava regions".

    What stands before such a list and what stands after it are said of all of its names.
    """
    tokens, listing = doc.tokens, set[int]()
    for comma in range(clause.first + 1, clause.last):
        if tokens[comma].text != _COMMA or not tokens[comma - 1].is_capital or comma in listing:
            continue
        commas, at, is_closed = list[int](), comma, False
        while at < clause.last and not is_closed:
            is_comma = tokens[at].text == _COMMA
            joint = at + is_comma
            is_closed = joint < clause.last and tokens[joint].key in AND
            following = _name_end(doc, joint + is_closed, clause.last)
            if not (is_comma or is_closed) or following == joint + is_closed:
                is_closed = False
                break
            commas += [at] if is_comma else []
            at = following
        if is_closed and tokens[comma + 1].key not in AND:
            listing.update(commas)
    return listing


def _name_end(doc: Document, first: int, last: int) -> int:
    """Return the index after the capital words that begin at one; the same index for none."""
    index = first
    while index < min(last, first + _NAME_WORDS) and doc.tokens[index].is_capital:
        index += 1
    return index


class Chunks:
    """The chunks of a document in order; each lies in one clause.

    Attributes:
        all: The chunks; ``sentence`` and ``paragraph`` as in their clause.
    """

    def __init__(self, doc: Document) -> None:
        self.all: list[Segment] = []
        for clause in doc.clauses:
            first = clause.first
            listing = _listing_commas(doc, clause)
            for number in range(clause.first, clause.last):
                last = number + 1
                token = doc.tokens[number]
                is_break = token.kind == "mark" and token.text in _BREAKS and number not in listing
                if is_break and token.text in _DASHES and number > first:
                    # "eleven - wounded": the dash stands for "are".
                    is_break = not _counts(doc, number - 1, number) and not (
                        number + 1 < clause.last and _ends_with_count(doc, number + 1, clause.last)
                    )
                if (is_break or last == clause.last) and last > first:
                    self.all.append(
                        Segment(
                            doc.tokens[first].start,
                            token.end,
                            first,
                            last,
                            clause.sentence,
                            clause.paragraph,
                        )
                    )
                    first = last
        self._starts = [chunk.start for chunk in self.all]
        self._clause_starts = [clause.start for clause in doc.clauses]
        self._doc = doc

    def at(self, offset: int) -> int:
        """Return the index of the chunk that an offset lies in (or the one before it)."""
        return (bisect_right(self._starts, offset) or 1) - 1

    def clause_at(self, offset: int) -> int:
        """Return the index of the clause that an offset lies in (or the one before it)."""
        return (bisect_right(self._clause_starts, offset) or 1) - 1
