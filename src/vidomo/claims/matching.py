"""Finds the patterns of many tables in one pass over the tokens of a text.

Every distinct element of all patterns has a number. A word is looked up once for ever: it gives
the numbers of the elements that it fits and the patterns that are looked for from it. A pattern
is then tried only where each of its elements fits some word of the segment.
"""

from bisect import bisect_left
from collections.abc import Iterable

import msgspec

from vidomo.claims.compiling import EDGE, HEAD, Compiled, FlatStep, Row
from vidomo.claims.document import Document, Segment, Token

_SKIPPED = frozenset("«»\"'()[]*_“”„")
_HARD = frozenset({".", "!", "?", ";"})
# Letters of the longest short word with a full stop of its own ("No.", "str.").
_ABBREVIATED = 3
# Words remembered; a text of random letters must not fill the memory.
_WORDS_KEPT, _LONGEST_KEPT = 20_000, 40
# What a token is to a gap: a word is counted, a quotation mark passed over, a full stop ends it.
_WORD, _PASSED, _STOP, _MARK = range(4)

# The element wanted, the words that may stand before it, whether no mark may, and what is next.
Step = tuple[int, int, bool, "Step | None"]


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """A pattern as it is looked for from its anchor.

    Attributes:
        entry: Number of the entry that it belongs to.
        needs: Elements that must fit some token of the segment.
        right: Steps after the anchor.
        left: Steps before it, nearest first.
    """

    entry: int
    needs: frozenset[int]
    right: Step | None
    left: Step | None


# What a pattern needs, and the pattern.
Tried = tuple[frozenset[int], Pattern]


class Known(msgspec.Struct, frozen=True):
    """What a word is to the tables.

    Attributes:
        fits: Numbers of the elements that it fits, of those that some pattern needs.
        starts: Tables and their patterns that are looked for from it.
    """

    fits: frozenset[int]
    starts: tuple[tuple[int, tuple[Tried, ...]], ...]


class Scan:
    """The tokens of one text as the tables see them.

    Attributes:
        fits: For each token the needed elements that it fits.
        classes: For each token what it is to a gap.
        starts: For each table the tokens from which its patterns are looked for, in order.
    """

    __slots__ = ("classes", "fits", "held", "starts")

    def __init__(self, tables: int) -> None:
        self.fits: list[frozenset[int]] = []
        self.classes: list[int] = []
        self.starts: list[list[tuple[int, tuple[Tried, ...]]]] = [[] for _ in range(tables)]
        self.held: dict[tuple[int, int], frozenset[int]] = {}

    def fits_within(self, first: int, last: int) -> frozenset[int]:
        """Return the needed elements that fit some token of a stretch."""
        held = self.held.get((first, last))
        if held is None:
            held = self.held[first, last] = frozenset().union(*self.fits[first:last])
        return held


_ROWS = msgspec.msgpack.Decoder(tuple[Row, ...])


class Matcher:
    """The patterns of some tables.

    Built once; afterwards only its memory of words and of the patterns looked for from them
    grows, up to a limit.
    """

    def __init__(self, tables: Iterable[str], compiled: Compiled) -> None:
        """Take the names of the tables and their patterns, compiled in the same order."""
        self._compiled = compiled
        self._anchored: dict[int, tuple[tuple[int, int, Pattern], ...]] = {}
        self._words: dict[str, Known] = {}
        self._numbers: dict[str, Known] = {}
        self._table_numbers = {name: number for number, name in enumerate(tables)}

    def _anchored_in(self, element: int) -> tuple[tuple[int, int, Pattern], ...]:
        """Return the patterns anchored in an element, each with its table and its order."""
        held = self._anchored.get(element)
        if held is None:
            raw = self._compiled.anchored.get(element)
            rows = _ROWS.decode(raw) if raw is not None else ()
            held = self._anchored[element] = tuple(
                (row.table, row.order, _pattern(row)) for row in rows
            )
        return held

    def _know(self, token: Token) -> Known:
        """Return what a token is to the tables, remembered by its key."""
        memory = self._numbers if token.kind == "number" else self._words
        known = memory.get(token.key)
        if known is None:
            known = self._look_up(token)
            if len(memory) < _WORDS_KEPT and len(token.key) <= _LONGEST_KEPT:
                memory[token.key] = known
        return known

    def _look_up(self, token: Token) -> Known:
        key = token.key
        # The way by which an element is found gives the order in which its patterns are tried.
        tables = self._compiled
        found = dict.fromkeys(tables.exact.get(key, ()), 0)
        for head in {key[:HEAD], key[:1]}:
            for stem, number in tables.stems.get(head, ()):
                if number not in found and key.startswith(stem):
                    found[number] = 1
        for number, element in tables.others:
            if number not in found and element.fits(token):
                found[number] = 2
        ranked = sorted(
            (table, way, order, pattern)
            for number, way in found.items()
            for table, order, pattern in self._anchored_in(number)
        )
        starts: dict[int, list[Tried]] = {}
        for table, _, _, pattern in ranked:
            starts.setdefault(table, []).append((pattern.needs, pattern))
        return Known(
            tables.needed.intersection(found),
            tuple((table, tuple(listed)) for table, listed in starts.items()),
        )

    def scan(self, doc: Document) -> Scan:
        """Return the tokens of a text as the tables see them; worked out once for each text."""
        held = doc.memo.get("scan")
        if isinstance(held, Scan):
            return held
        scan = doc.memo["scan"] = Scan(len(self._table_numbers))
        words, fits, classes, starts = self._words, scan.fits, scan.classes, scan.starts
        for position, token in enumerate(doc.tokens):
            if token.kind == "word":
                known = words.get(token.key) or self._know(token)
                classes.append(_WORD)
            else:
                known = self._know(token)
                kind = _class_of(token)
                if kind == _STOP and position and _is_short(doc.tokens[position - 1], token):
                    kind = _MARK
                classes.append(kind)
            fits.append(known.fits)
            for table, patterns in known.starts:
                starts[table].append((position, patterns))
        return scan

    def matches(
        self, doc: Document, segment: Segment, *, table: str
    ) -> list[tuple[int, tuple[int, ...]]]:
        """Return every fit of every pattern of a table inside a segment, in order of its anchor.

        Each is the number of the entry and the tokens that it took.
        """
        found: list[tuple[int, tuple[int, ...]]] = []
        scan = doc.memo.get("scan")
        if not isinstance(scan, Scan):
            scan = self.scan(doc)
        starts = scan.starts[self._table_numbers[table]]
        if not starts:
            return found
        bounds = first, last = segment.first, segment.last
        index = bisect_left(starts, (first,))
        if index == len(starts) or starts[index][0] >= last:
            return found
        present = scan.fits_within(first, last)
        for position, patterns in starts[index : bisect_left(starts, (last,), index)]:
            for pattern in [one for needs, one in patterns if needs <= present]:
                right = _walk(scan, pattern.right, position + 1, bounds, 1)
                if right is None:
                    continue
                left = _walk(scan, pattern.left, position - 1, bounds, -1)
                if left is not None:
                    found.append((pattern.entry, (*left[::-1], position, *right)))
        return found


def _pattern(row: Row) -> Pattern:
    return Pattern(
        entry=row.entry,
        needs=frozenset(wanted for wanted, _, _ in (*row.right, *row.left) if wanted != EDGE),
        right=_chain(row.right),
        left=_chain(row.left),
    )


def _chain(steps: tuple[FlatStep, ...]) -> Step | None:
    chain: Step | None = None
    for wanted, gap, is_tight in reversed(steps):
        chain = wanted, gap, is_tight, chain
    return chain


def _class_of(token: Token) -> int:
    if token.kind == "number":
        return _WORD
    if token.text in _HARD:
        return _STOP
    return _PASSED if token.text in _SKIPPED else _MARK


def _is_short(word: Token, stop: Token) -> bool:
    """Whether a full stop ends a short word and no sentence: "School No. 3 is closed".

    Where it ends a sentence too, the segment ends with it, and no pattern goes on.
    """
    return stop.text == "." and word.end == stop.start and len(word.text) <= _ABBREVIATED


def _walk(
    scan: Scan, step: Step | None, position: int, bounds: tuple[int, int], way: int
) -> tuple[int, ...] | None:
    """Return the tokens that the steps take, going one way; nearest first."""
    if step is None:
        return ()
    wanted, limit, is_strict, rest = step
    first, last = bounds
    if wanted == EDGE:
        return _at_edge(scan, rest, position, bounds, way)
    fits, classes = scan.fits, scan.classes
    while first <= position < last:
        if wanted in fits[position]:
            tail = _walk(scan, rest, position + way, bounds, way)
            if tail is not None:
                return (position, *tail)
        kind = classes[position]
        if kind == _WORD:
            limit -= 1
            if limit < 0:
                return None
        elif kind == _STOP or (is_strict and kind != _PASSED):
            return None
        position += way
    return None


def _at_edge(
    scan: Scan, rest: Step | None, position: int, bounds: tuple[int, int], way: int
) -> tuple[int, ...] | None:
    """Go on with the steps where nothing but marks lies between here and the edge."""
    first, last = bounds
    while first <= position < last:
        if scan.classes[position] == _WORD:
            return None
        position += way
    return _walk(scan, rest, position, bounds, way)
