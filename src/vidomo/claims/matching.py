"""Finds the patterns of many tables in one pass over the tokens of a text.

Every distinct element of all patterns has a number. A word is looked up once for ever: it gives
the numbers of the elements that it fits and the patterns that are looked for from it. A pattern
is then tried only where each of its elements fits some word of the segment.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from vidomo.claims.document import Document, Segment, Token
from vidomo.claims.patterns import Element, anchor_of, parse_pattern

_SKIPPED = frozenset("«»\"'()[]*_“”„")
_HARD = frozenset({".", "!", "?", ";"})
# Letters of the longest short word with a full stop of its own ("No.", "str.").
_ABBREVIATED = 3
# Words remembered; a text of random letters must not fill the memory.
_WORDS_KEPT, _LONGEST_KEPT = 20_000, 40
# Letters by which stems are filed; no stem of a table is shorter.
_HEAD = 2
# What a token is to a gap: a word is counted, a quotation mark passed over, a full stop ends it.
_WORD, _PASSED, _STOP, _MARK = range(4)
_EDGE = -1

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


class Matcher:
    """The patterns of some tables.

    Built once; afterwards only its memory of words grows, up to a limit.
    """

    def __init__(self, tables: Mapping[str, Sequence[Sequence[str]]]) -> None:
        """Compile the patterns: for each table its entries, for each entry its patterns."""
        self._elements: dict[Element, int] = {}
        self._exact: dict[str, list[int]] = {}
        self._stems: dict[str, list[tuple[str, int]]] = {}
        self._others: list[tuple[int, Element]] = []
        # For each element the patterns that are anchored in it, by table.
        self._anchored: dict[int, list[tuple[int, int, Pattern]]] = {}
        # The elements that some pattern needs beside its anchor.
        self._needed: set[int] = set()
        self._words: dict[str, Known] = {}
        self._numbers: dict[str, Known] = {}
        self._table_numbers = {name: number for number, name in enumerate(tables)}
        order = 0
        for table, entries in enumerate(tables.values()):
            for entry, patterns in enumerate(entries):
                for row in dict.fromkeys(row for text in patterns for row in parse_pattern(text)):
                    order += 1
                    self._add(row, table, entry, order)

    def _add(self, row: tuple[Element, ...], table: int, entry: int, order: int) -> None:
        anchor = anchor_of(row)
        right = self._steps(row[anchor + 1 :])
        left = self._steps(row[:anchor][::-1])
        pattern = Pattern(
            entry=entry, needs=frozenset(_wanted(right, left)), right=right, left=left
        )
        self._needed.update(pattern.needs)
        number = self._number(row[anchor])
        self._anchored.setdefault(number, []).append((table, order, pattern))

    def _steps(self, row: tuple[Element, ...]) -> Step | None:
        if not row:
            return None
        element, rest = row[0], row[1:]
        if element.edge:
            return _EDGE, 0, False, self._steps(rest)
        if element.gap < 0:
            return self._number(element), 0, True, self._steps(rest)
        return self._number(rest[0]), element.gap, element.is_tight, self._steps(rest[1:])

    def _number(self, element: Element) -> int:
        number = self._elements.get(element)
        if number is None:
            number = self._elements[element] = len(self._elements)
            for word in element.exact:
                self._exact.setdefault(word, []).append(number)
            for stem in element.stems:
                self._stems.setdefault(stem[:_HEAD], []).append((stem, number))
            if element.tails or element.middles or element.is_number:
                self._others.append((number, element))
        return number

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
        found = dict.fromkeys(self._exact.get(key, ()), 0)
        for head in {key[:_HEAD], key[:1]}:
            for stem, number in self._stems.get(head, ()):
                if number not in found and key.startswith(stem):
                    found[number] = 1
        for number, element in self._others:
            if number not in found and element.fits(token):
                found[number] = 2
        ranked = sorted(
            (table, way, order, pattern)
            for number, way in found.items()
            for table, order, pattern in self._anchored.get(number, ())
        )
        starts: dict[int, list[Tried]] = {}
        for table, _, _, pattern in ranked:
            starts.setdefault(table, []).append((pattern.needs, pattern))
        return Known(
            frozenset(found) & self._needed,
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


def _wanted(*steps: Step | None) -> Iterator[int]:
    for first in steps:
        step = first
        while step is not None:
            if step[0] != _EDGE:
                yield step[0]
            step = step[3]


def _walk(
    scan: Scan, step: Step | None, position: int, bounds: tuple[int, int], way: int
) -> tuple[int, ...] | None:
    """Return the tokens that the steps take, going one way; nearest first."""
    if step is None:
        return ()
    wanted, limit, is_strict, rest = step
    first, last = bounds
    if wanted == _EDGE:
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
