"""Compiles the patterns of the tables into numbers, in a form that can be kept beside the package.

Every distinct element of all patterns has a number. A pattern is filed under its anchor, the
element that a search for it starts from.
"""

from collections.abc import Iterator, Sequence

import msgspec

from vidomo.claims.patterns import Element, anchor_of, parse_pattern

# Letters by which stems are filed; no stem of a table is shorter.
HEAD = 2
# The number that stands for an edge of the segment.
EDGE = -1

# The element wanted, the words that may stand before it, and whether no mark may.
FlatStep = tuple[int, int, bool]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """One pattern as it is looked for from its anchor.

    Attributes:
        table: Number of its table.
        order: Its place among all patterns.
        entry: Number of the entry of the table that it belongs to.
        right: Steps after the anchor.
        left: Steps before it, nearest first.
    """

    table: int
    order: int
    entry: int
    right: tuple[FlatStep, ...]
    left: tuple[FlatStep, ...]


class Compiled(msgspec.Struct, frozen=True, array_like=True):
    """All patterns of some tables.

    Attributes:
        exact: For each whole word the elements that it fits.
        stems: For the first letters of stems the stems and their elements.
        others: Elements that fit by other means as well: tails, middles, figures.
        anchored: For each element the patterns anchored in it, a list of rows in MessagePack:
            most are never looked at.
        needed: Elements that some pattern needs beside its anchor.
    """

    exact: dict[str, tuple[int, ...]]
    stems: dict[str, tuple[tuple[str, int], ...]]
    others: tuple[tuple[int, Element], ...]
    anchored: dict[int, msgspec.Raw]
    needed: frozenset[int]


def compile_patterns(tables: Sequence[Sequence[Sequence[str]]]) -> Compiled:
    """Return the patterns of tables, which give for each entry its patterns, in numbers.

    Raises:
        ValueError: A pattern is empty, has a gap at its edge or two ``&``.
    """
    compiler = _Compiler()
    for table, entries in enumerate(tables):
        for entry, patterns in enumerate(entries):
            for row in dict.fromkeys(row for text in patterns for row in parse_pattern(text)):
                compiler.add(row, table, entry)
    return compiler.compiled()


class _Compiler:
    def __init__(self) -> None:
        self._elements: dict[Element, int] = {}
        self._anchored: dict[int, list[Row]] = {}
        self._needed: set[int] = set()
        self._order = 0

    def add(self, row: tuple[Element, ...], table: int, entry: int) -> None:
        """Number the elements of a pattern and file it under its anchor."""
        self._order += 1
        anchor = anchor_of(row)
        right = tuple(self._steps(row[anchor + 1 :]))
        left = tuple(self._steps(row[:anchor][::-1]))
        self._needed.update(wanted for wanted, _, _ in (*right, *left) if wanted != EDGE)
        self._anchored.setdefault(self._number(row[anchor]), []).append(
            Row(table, self._order, entry, right, left)
        )

    def _steps(self, row: tuple[Element, ...]) -> Iterator[FlatStep]:
        gap, is_tight = 0, True
        for element in row:
            if element.gap >= 0:
                gap, is_tight = element.gap, element.is_tight
                continue
            if element.edge and is_tight and not gap:
                yield EDGE, 0, False
            else:
                yield self._number(element), gap, is_tight
            gap, is_tight = 0, True

    def _number(self, element: Element) -> int:
        return self._elements.setdefault(element, len(self._elements))

    def compiled(self) -> Compiled:
        """Return what was added."""
        exact: dict[str, list[int]] = {}
        stems: dict[str, list[tuple[str, int]]] = {}
        for element, number in self._elements.items():
            for word in element.exact:
                exact.setdefault(word, []).append(number)
            for stem in element.stems:
                stems.setdefault(stem[:HEAD], []).append((stem, number))
        return Compiled(
            exact={word: tuple(numbers) for word, numbers in exact.items()},
            stems={head: tuple(listed) for head, listed in stems.items()},
            others=tuple(
                (number, element)
                for element, number in self._elements.items()
                if element.tails or element.middles or element.is_number
            ),
            anchored={
                number: msgspec.Raw(msgspec.msgpack.encode(rows))
                for number, rows in self._anchored.items()
            },
            needed=frozenset(self._needed),
        )
