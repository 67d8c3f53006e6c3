"""Phrase patterns over tokens: the small language that the cue tables are written in.

A pattern is a row of elements separated by blanks:

    word        exactly this word (lower case, apostrophes removed)
    stem*       a word that begins so; ``*tail`` ends so, ``*mid*`` holds it
    a|b*        any of these
    ?word       this word may be missing
    ..3         up to three words of any kind, marks between them not counted
    ~3          up to three words with no comma or other mark between them
    #           a number in figures
    ^           the beginning of the segment;  $  its end
    , ? ! :     that mark (or emoji) itself

Gaps are bounded and there is no repetition, so that a match costs a bounded
number of steps for each token: no text can make a pattern slow.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from vidomo.claims.document import Document, Segment, Token

_SKIPPED = frozenset("«»\"'()[]*_“”„")
_HARD = frozenset({".", "!", "?", ";"})
_CACHE_LIMIT = 50_000
# Letters by which stems are filed; no stem of a table is shorter.
_HEAD = 2


class Element(msgspec.Struct, frozen=True):
    """One place in a pattern.

    Attributes:
        exact: Words taken as they are.
        stems: Beginnings of words.
        tails: Ends of words.
        middles: Parts of words.
        gap: How many words may stand here; -1 when the element is no gap.
        is_tight: Whether the gap may hold no mark.
        edge: ``^``, ``$`` or empty.
        is_number: Whether figures fit.
    """

    exact: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    middles: tuple[str, ...] = ()
    gap: int = -1
    is_tight: bool = False
    edge: str = ""
    is_number: bool = False

    def fits(self, token: Token) -> bool:
        """Whether the token can stand in this place."""
        key = token.key
        if key in self.exact or (self.stems and key.startswith(self.stems)):
            return True
        if self.is_number and token.kind == "number":
            return True
        if self.tails and key.endswith(self.tails):
            return True
        return any(middle in key for middle in self.middles)


class Pattern(msgspec.Struct, frozen=True):
    """A compiled pattern: its elements, the one to start from, and whose it is."""

    elements: tuple[Element, ...]
    anchor: int
    entry: int


class Match(msgspec.Struct, frozen=True):
    """Where a pattern fits: the number of its entry and the tokens it took."""

    entry: int
    tokens: tuple[int, ...]


def fold_word(word: str) -> str:
    """Return a word of a table as token keys are written."""
    return word.lower().replace("'", "").replace("\u2019", "").replace("\u0451", "\u0435")


def parse_pattern(text: str) -> list[tuple[Element, ...]]:
    """Return the element rows that a pattern stands for, one for each choice of ``?word``.

    Raises:
        ValueError: The pattern is empty, or a gap stands at its edge.
    """
    rows: list[tuple[Element, ...]] = [()]
    for part in text.split():
        if len(part) > 1 and part.startswith("?"):
            element = _element(part[1:])
            rows = [row for kept in rows for row in (kept, (*kept, element))]
        else:
            rows = [(*row, _element(part)) for row in rows]
    for row in rows:
        if not row or row[0].gap >= 0 or row[-1].gap >= 0:
            raise ValueError(f"pattern {text!r} is empty or has a gap at its edge")
    return rows


def _element(part: str) -> Element:
    if part in {"^", "$"}:
        return Element(edge=part)
    if part == "#":
        return Element(is_number=True)
    if part.startswith("..") and part[2:].isdigit():
        return Element(gap=int(part[2:]))
    if part.startswith("~") and part[1:].isdigit():
        return Element(gap=int(part[1:]), is_tight=True)
    exact, stems, tails, middles = [], [], [], []
    is_number = False
    for choice in part.split("|"):
        word = fold_word(choice)
        if word == "#":
            is_number = True
        elif len(word) > 2 and word.startswith("*") and word.endswith("*"):  # noqa: PLR2004 - two stars and a letter
            middles.append(word[1:-1])
        elif len(word) > 1 and word.startswith("*"):
            tails.append(word[1:])
        elif len(word) > 1 and word.endswith("*"):
            stems.append(word[:-1])
        else:
            exact.append(word)
    return Element(
        exact=frozenset(exact),
        stems=tuple(stems),
        tails=tuple(tails),
        middles=tuple(middles),
        is_number=is_number,
    )


class PatternIndex:
    """Patterns of many entries, found by their rarest word.

    Built once; afterwards only its cache of words grows, up to a limit.
    """

    def __init__(self, entries: Iterable[Iterable[str]]) -> None:
        self._exact: dict[str, list[Pattern]] = {}
        self._stems: dict[str, list[tuple[str, Pattern]]] = {}
        self._others: list[Pattern] = []
        self._cache: dict[str, tuple[Pattern, ...]] = {}
        for number, patterns in enumerate(entries):
            for text in patterns:
                for row in parse_pattern(text):
                    self._add(Pattern(row, _anchor_of(row), number))

    def _add(self, pattern: Pattern) -> None:
        anchor = pattern.elements[pattern.anchor]
        for word in anchor.exact:
            self._exact.setdefault(word, []).append(pattern)
        for stem in anchor.stems:
            self._stems.setdefault(stem[:_HEAD], []).append((stem, pattern))
        if anchor.tails or anchor.middles or anchor.is_number:
            self._others.append(pattern)

    def _starting_at(self, token: Token) -> tuple[Pattern, ...]:
        if token.kind == "number":
            return self._look_up(token)
        found = self._cache.get(token.key)
        if found is None:
            found = self._look_up(token)
            if len(self._cache) < _CACHE_LIMIT:
                self._cache[token.key] = found
        return found

    def _look_up(self, token: Token) -> tuple[Pattern, ...]:
        key = token.key
        found = list(self._exact.get(key, ()))
        filed = self._stems.get(key[:_HEAD], ())
        found += [pattern for stem, pattern in filed if key.startswith(stem)]
        found += [one for one in self._others if one.elements[one.anchor].fits(token)]
        return tuple(dict.fromkeys(found))

    def matches(self, doc: Document, segment: Segment) -> Iterator[Match]:
        """Give every fit of every pattern inside a segment, in order of its anchor."""
        tokens = doc.tokens
        for position in range(segment.first, segment.last):
            for pattern in self._starting_at(tokens[position]):
                taken = _fit(pattern, tokens, position, segment)
                if taken is not None:
                    yield Match(pattern.entry, taken)


def _anchor_of(row: tuple[Element, ...]) -> int:
    def weight(element: Element) -> int:
        if element.gap >= 0 or element.edge:
            return -1
        words = (*element.exact, *element.stems)
        if not words or element.tails or element.middles or element.is_number:
            return 0
        return 1 + min(len(word) for word in words)

    return max(range(len(row)), key=lambda number: weight(row[number]))


def _fit(
    pattern: Pattern, tokens: tuple[Token, ...], position: int, segment: Segment
) -> tuple[int, ...] | None:
    elements = pattern.elements
    if len(elements) == 1:
        return (position,)
    right = _walk(elements[pattern.anchor + 1 :], tokens, position + 1, segment, step=1)
    if right is None:
        return None
    before = elements[: pattern.anchor][::-1]
    left = _walk(before, tokens, position - 1, segment, step=-1)
    if left is None:
        return None
    return (*left[::-1], position, *right)


def _walk(
    elements: tuple[Element, ...],
    tokens: tuple[Token, ...],
    position: int,
    segment: Segment,
    *,
    step: int,
) -> tuple[int, ...] | None:
    """Return the tokens that the elements take, going one way; nearest first."""
    if not elements:
        return ()
    element = elements[0]
    if element.edge:
        position = _past_skipped(tokens, position, segment, step)
        inside = segment.first <= position < segment.last
        return None if inside else _walk(elements[1:], tokens, position, segment, step=step)
    words = 0
    limit = max(element.gap, 0)
    wanted = elements[1] if element.gap >= 0 else element
    rest = elements[2:] if element.gap >= 0 else elements[1:]
    while segment.first <= position < segment.last:
        token = tokens[position]
        if wanted.fits(token):
            tail = _walk(rest, tokens, position + step, segment, step=step)
            if tail is not None:
                return (position, *tail)
        if token.kind in {"word", "number"}:
            words += 1
            if words > limit:
                return None
        elif token.text in _HARD or (
            token.text not in _SKIPPED and (element.gap < 0 or element.is_tight)
        ):
            return None
        position += step
    return None


def _past_skipped(tokens: tuple[Token, ...], position: int, segment: Segment, step: int) -> int:
    while segment.first <= position < segment.last and tokens[position].kind not in {
        "word",
        "number",
    }:
        position += step
    return position


def entries_of(rows: Mapping[str, Any], *, language: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the entries of one table as (id, fields), the language before the name."""
    return [(f"{language}.{name}", dict(fields)) for name, fields in rows.items()]
