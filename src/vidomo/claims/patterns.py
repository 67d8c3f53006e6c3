"""Phrase patterns over tokens: the small language that the cue tables are written in.

A pattern is a row of elements separated by blanks:

    word        exactly this word (lower case, apostrophes removed)
    stem*       a word that begins so; ``*tail`` ends so, ``*mid*`` holds it
    a|b*        any of these
    ?word       this word may be missing
    ..3         up to three words of any kind, marks between them not counted
    ~3          up to three words with no comma or other mark between them
    &3          what stands before and what stands after, in either order, with a ``~3`` between
    @name       any word of the family of that name (``families.toml`` of the language);
                beside other choices too: ``@name|word``
    #           a number in figures
    ^           the beginning of the segment;  $  its end
    , ? ! :     that mark (or emoji) itself

Gaps are bounded and there is no repetition, so that a match costs a bounded
number of steps for each token: no text can make a pattern slow.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from vidomo.claims.document import Token

_FAMILY = re.compile(r"@([a-z_]+)")
_EITHER = re.compile(r"(?:^|\s)&(\d+)(?:\s|$)")


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
        weight: How telling it is as the place that a search starts from: the letters of its
            shortest word; -1 for gaps and edges.
    """

    exact: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    middles: tuple[str, ...] = ()
    gap: int = -1
    is_tight: bool = False
    edge: str = ""
    is_number: bool = False
    weight: int = -1

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


def fold_word(word: str) -> str:
    """Return a word of a table as token keys are written."""
    return word.lower().replace("'", "").replace("\u2019", "").replace("\u0451", "\u0435")


def with_families(text: str, families: Mapping[str, str]) -> str:
    """Return a pattern with the words of each family that it names in place of ``@name``.

    Raises:
        ValueError: There is no family of that name.
    """
    if "@" not in text:
        return text
    return _FAMILY.sub(lambda found: _words_of(found[1], families), text)


def _words_of(name: str, families: Mapping[str, str]) -> str:
    if name not in families:
        raise ValueError(f"there is no family {name!r} in families.toml")
    return families[name]


def parse_pattern(text: str) -> list[tuple[Element, ...]]:
    """Return the element rows that a pattern stands for, one for each choice it leaves open.

    Raises:
        ValueError: The pattern is empty, a gap stands at its edge, or it has two ``&``.
    """
    turned = _EITHER.findall(text) if "&" in text else []
    if len(turned) > 1:
        raise ValueError(f"pattern {text!r} has two sides at most, so one &")
    if turned:
        left, gap, right = _EITHER.split(text)
        return [
            row
            for one, other in ((left, right), (right, left))
            for row in _rows(f"{one} ~{gap} {other}")
        ]
    return _rows(text)


def _rows(text: str) -> list[tuple[Element, ...]]:
    rows: list[tuple[Element, ...]] = [()]
    for part in text.split():
        if "|$" in part or "$|" in part:  # a mark or the end
            others = _element("|".join(one for one in part.split("|") if one != "$"))
            rows = [(*row, one) for row in rows for one in (others, Element(edge="$"))]
        elif len(part) > 1 and part.startswith("?"):
            element = _element(part[1:])
            rows = [row for kept in rows for row in (kept, (*kept, element))]
        else:
            rows = [(*row, _element(part)) for row in rows]
    for row in rows:
        if not row or row[0].gap >= 0 or row[-1].gap >= 0:
            raise ValueError(f"pattern {text!r} is empty or has a gap at its edge")
    return rows


@cache
def _element(part: str) -> Element:
    if part in {"^", "$"}:
        return Element(edge=part)
    if part == "#":
        return Element(is_number=True, weight=0)
    if part.startswith("..") and part[2:].isdigit():
        return Element(gap=int(part[2:]))
    if part.startswith("~") and part[1:].isdigit():
        return Element(gap=int(part[1:]), is_tight=True)
    exact, stems, tails, middles = [], [], [], []
    is_number = False
    for word in fold_word(part).split("|"):
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
        weight=0
        if tails or middles or is_number or not (exact or stems)
        else 1 + min(map(len, (*exact, *stems))),
    )


def anchor_of(row: tuple[Element, ...]) -> int:
    """Return the index of the element that a search for a row of elements starts from."""
    return max(range(len(row)), key=lambda number: row[number].weight)


def entries_of(rows: Mapping[str, Any], *, language: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the entries of one table as (id, fields), the language before the name."""
    return [(f"{language}.{name}", dict(fields)) for name, fields in rows.items()]
