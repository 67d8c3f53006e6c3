"""Finds the lines of trains and buses: "train No 43 Kyiv - Ivano-Frankivsk"."""

from collections.abc import Iterator
from functools import cache
from itertools import product

import msgspec

from vidomo.claims.document import Document, Token
from vidomo.claims.tables import LANGUAGES, table
from vidomo.claims.word_sets import WordSet, word_set

_DASHES = frozenset({"\u2013", "-"})
_NUMBER_SIGNS = frozenset({"\u2116", "#"})
_LISTS = frozenset({",", ";", ":", "(", "/"})
_NUMBER_WORDS = frozenset({"no", "n", "nos"})
# "Kryvyi Rih", "Stare Selo": names of more than three words are not among the lines.
_NAME_WORDS = 3
# "No 6524/6523", "No 881": sign, number, stroke, number.
_SIGN_WITHIN = 4
_NEAR = 6


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """The ends of one line; stretches are token indexes, the last one exclusive.

    Attributes:
        start: Index of its first token, number included.
        first: Where the line begins.
        last: Where it ends.
        is_other: Whether another line is meant by it: one that is waited for or replaced.
        is_aside: Whether it is waited for and yet told to be late: "of train A - B, which is late".
        is_section: Whether it is a stretch of track or road: "on the section A - B".
    """

    start: int
    first: tuple[int, int]
    last: tuple[int, int]
    is_other: bool = False
    is_aside: bool = False
    is_section: bool = False

    def role_of(self, token: int) -> str:
        """Return origin, heading, ``between`` for what lies inside, empty for what is outside."""
        if self.first[0] <= token < self.first[1]:
            return "origin"
        if self.last[0] <= token < self.last[1]:
            return "heading"
        return "between" if self.first[1] <= token < self.last[0] else ""


class Lines(msgspec.Struct, frozen=True):
    """What the tables know of lines."""

    leads: WordSet
    sections: WordSet
    tails: frozenset[str]
    stops: WordSet
    between: frozenset[str]
    joins: frozenset[str]
    near: WordSet
    oblique: frozenset[str]
    later: frozenset[str]
    origins: frozenset[str]
    headings: frozenset[str]
    places: frozenset[str]
    capital: frozenset[str]
    lands: frozenset[tuple[str, str]]
    land_tags: frozenset[str]
    relative: frozenset[str]
    lateness: WordSet
    changes: frozenset[str]


@cache
def lines() -> Lines:
    """Return the words of all languages, read once."""
    return Lines(
        leads=word_set((*_all("line", "leads"), *_all("line", "sections"))),
        sections=word_set(_all("line", "sections")),
        tails=frozenset(_all("station", "tails")),
        stops=word_set(_all("station", "stops")),
        between=frozenset(_all("between", "words")),
        joins=frozenset(_all("between", "joins")),
        near=word_set(_all("connection", "near")),
        oblique=frozenset(_all("connection", "oblique")),
        later=frozenset(_all("connection", "later")),
        origins=frozenset(_all("motion", "from")),
        headings=frozenset(_all("motion", "to")),
        places=frozenset(_all("motion", "at")),
        capital=frozenset(_all("capital", "words")),
        lands=frozenset(product(_all("land", "after"), _all("land", "names"))),
        land_tags=frozenset(_all("land", "tags")),
        relative=frozenset(_all("lateness", "relative")),
        lateness=word_set(_all("lateness", "words")),
        changes=frozenset(_all("changes", "words")),
    )


def _all(section: str, name: str) -> Iterator[str]:
    for lang in LANGUAGES:
        for entry in table(lang, "routes")[section]:
            yield from entry[name]


def town_of(key: str) -> str:
    """Return the town in the name of a station ("Kyiv-Pasazhyrskyi"), else an empty text."""
    stem, hyphen, tail = key.rpartition("-")
    if hyphen and stem and (tail.isdigit() or tail in lines().tails):
        return stem
    return ""


def is_timed(doc: Document, route: Route, end: int) -> bool:
    """Whether a line has a figure of its own before an offset: "A - B (+1:45), C - D (+0:50)"."""
    for token in doc.tokens[route.last[1] :]:
        if token.start >= end:
            return False
        if token.kind == "number":
            return True
    return False


def find_routes(doc: Document) -> tuple[Route, ...]:
    """Return the lines that a text names, in order.

    A dash must stand between two names, and before the first a number with its sign or a word
    such as train, service, route; what follows a line by "and" is one too.
    """
    held = doc.memo.get("routes")
    if not isinstance(held, tuple):
        held = doc.memo["routes"] = tuple(_routes(doc))
    return held


def lines_of(doc: Document) -> list[Route]:
    """Return the lines that a text tells of; stretches of track only where it names no other."""
    told = [route for route in find_routes(doc) if not route.is_other]
    return [route for route in told if not route.is_section] or told


def _routes(doc: Document) -> list[Route]:
    known, tokens = lines(), doc.tokens
    found: list[Route] = []
    keys = {token.key for token in tokens}
    if keys.isdisjoint(_NUMBER_SIGNS | _NUMBER_WORDS) and not any(map(known.leads.has, keys)):
        return found
    for sentence in doc.sentences:
        index = sentence.first
        while index < sentence.last:
            token = tokens[index]
            route = None
            if token.text in _DASHES:
                route = _dashed(tokens, index, (sentence.first, sentence.last), found)
            elif token.key in known.between:
                route = _between(tokens, index, (sentence.first, sentence.last))
            if route is not None:
                found.append(route)
                index = route.last[1]
            else:
                index += 1
    return found


def _name_back(tokens: tuple[Token, ...], end: int, floor: int) -> int:
    at = end
    while at > floor and end - at < _NAME_WORDS and _is_name(tokens[at - 1]):
        at -= 1
    return at


def _name_on(tokens: tuple[Token, ...], start: int, wall: int) -> int:
    at = start
    while at < wall and at - start < _NAME_WORDS and _is_name(tokens[at]):
        at += 1
    return at


def _is_name(token: Token) -> bool:
    return token.kind == "word" and token.is_capital and not lines().leads.has(token.key)


def _dashed(
    tokens: tuple[Token, ...], dash: int, bounds: tuple[int, int], found: list[Route]
) -> Route | None:
    floor, wall = bounds
    if found:
        floor = max(floor, found[-1].last[1])
    first = _name_back(tokens, dash, floor)
    last_start, last = dash + 1, _name_on(tokens, dash + 1, wall)
    if first == dash or last == last_start:
        return None
    while last < wall and tokens[last].text in _DASHES:
        further = _name_on(tokens, last + 1, wall)
        if further == last + 1:
            break
        last_start, last = last + 1, further
    start = _start(tokens, first, bounds[0], found)
    if start < 0:
        return None
    is_other = _is_other(tokens, start, bounds[0])
    is_aside = is_other and _is_late(tokens[last : min(last + _NEAR, wall)])
    return Route(
        start=start,
        first=(first, dash),
        last=(last_start, last),
        is_other=is_other and not is_aside,
        is_aside=is_aside,
        is_section=_is_section(tokens, start, first, found),
    )


def _is_section(tokens: tuple[Token, ...], start: int, first: int, found: list[Route]) -> bool:
    """Whether a line is a stretch of track, or goes on with a list of such."""
    if lines().sections.has(tokens[start].key):
        return True
    return start == first and bool(found) and found[-1].is_section


def _is_late(after: tuple[Token, ...]) -> bool:
    """Whether a clause after a line says that it is late: ", which will arrive late"."""
    known = lines()
    keys = [token.key for token in after]
    return not known.relative.isdisjoint(keys[:2]) and any(map(known.lateness.has, keys))


def _number_start(tokens: tuple[Token, ...], before: int, floor: int) -> int:
    """Return where the number of a line begins, -1 when it is no number of one."""
    known = lines()
    for at in range(before - 1, max(before - 1 - _SIGN_WITHIN, floor - 1), -1):
        if tokens[at].text in _NUMBER_SIGNS or known.leads.has(tokens[at].key):
            return at
        if tokens[at].kind == "word":
            if tokens[at].key in _NUMBER_WORDS and tokens[at].is_capital:
                return at
            break
    # "Trains are late: 86/72 Lviv - Pavlohrad; 75 Kyiv - Kryvyi Rih": a number alone.
    is_listed = tokens[before - 1].text in _LISTS
    is_led = any(known.leads.has(token.key) for token in tokens[floor:before])
    return before if is_listed and is_led else -1


def _start(tokens: tuple[Token, ...], first: int, floor: int, found: list[Route]) -> int:
    """Return where a line begins, -1 when nothing says that it is one."""
    known = lines()
    before = first - 1
    if before < floor:
        return -1
    if known.leads.has(tokens[before].key):
        return before
    if tokens[before].key in known.near.exact:
        return first
    if tokens[before].kind == "number":
        start = _number_start(tokens, before, floor)
        if start >= 0 or tokens[before - 1].kind == "word":
            return start
    if found and tokens[before].key in {*known.joins, ",", "/"}:
        gap = tokens[found[-1].last[1] : before]
        if all(token.kind in {"word", "mark"} and not token.is_capital for token in gap):
            return first if len(gap) <= _SIGN_WITHIN else -1
    return -1


def _is_other(tokens: tuple[Token, ...], start: int, floor: int) -> bool:
    """Whether a line is one that another waits for ("passengers of train ...") or replaces."""
    known = lines()
    before = tokens[max(start - _NEAR, floor) : start]
    if before and before[-1].key in known.near.exact:
        return True
    if tokens[start].text in _NUMBER_SIGNS:
        if not before or before[-1].key not in known.oblique:
            return False
    elif tokens[start].key not in known.oblique:
        return False
    return any(known.near.has(token.key) for token in before)


def _between(tokens: tuple[Token, ...], index: int, bounds: tuple[int, int]) -> Route | None:
    known = lines()
    floor, wall = bounds
    end = _name_on(tokens, index + 1, wall)
    if end == index + 1 or end >= wall or tokens[end].key not in known.joins:
        return None
    last = _name_on(tokens, end + 1, wall)
    if last == end + 1 or not any(known.leads.has(token.key) for token in tokens[floor:wall]):
        return None
    return Route(start=index, first=(index + 1, end), last=(end + 1, last))
