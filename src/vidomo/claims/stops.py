"""Cuts a text about trains and buses into stretches of one line each."""

from bisect import bisect_right
from collections.abc import Callable, Sequence

import msgspec

from vidomo.claims.document import Document
from vidomo.claims.hits import MentionHit
from vidomo.claims.routes import Route, lines, lines_of

# A line of a post with no more words than this that names an oblast heads those below it.
_HEADING_WORDS = 3
_WIDE = frozenset({"oblast", "raion"})
_PARTS = frozenset({",", ";", ":", ")"})


class Stop(msgspec.Struct, kw_only=True):
    """A stretch of a post that holds one line, or a sentence without any.

    Attributes:
        start: Offset in the normalised text.
        end: End offset, exclusive.
        first: Index of its first token.
        last: Index after its last token.
        route: The line, None where none is named.
        section: Oblasts of the heading that it stands under.
    """

    start: int
    end: int
    first: int
    last: int
    route: Route | None = None
    section: tuple[MentionHit, ...] = ()


def cut(
    doc: Document, places: Sequence[MentionHit], is_told: Callable[[int, int], bool]
) -> list[Stop]:
    """Cut a text at its sentences and, inside them, before each line but the first.

    Args:
        doc: The text.
        places: The mentions that can be where something is.
        is_told: Whether a stretch says that something moves or stands.
    """
    tokens, found = doc.tokens, []
    starts = [token.start for token in tokens]
    routes = lines_of(doc)
    section: tuple[MentionHit, ...] = ()
    for sentence in doc.sentences:
        inside = [route for route in routes if sentence.first <= route.start < sentence.last]
        named = [m for m in places if sentence.start <= m.start < sentence.end]
        words = sum(t.kind == "word" for t in tokens[sentence.first : sentence.last])
        if (
            not inside
            and named
            and words <= _HEADING_WORDS
            and all(m.kind in _WIDE for m in named)
            and not is_told(sentence.start, sentence.end)
        ):
            section = tuple(named)
            continue
        # "We wait for passengers of train A - B, which is late": of B only from its name on.
        lined = [None, *inside] if not inside or inside[0].is_aside else inside
        cuts = [sentence.start, *(tokens[route.start].start for route in lined[1:] if route)]
        for number, (start, route) in enumerate(zip(cuts, lined, strict=True)):
            end = cuts[number + 1] if number + 1 < len(cuts) else sentence.end
            found.append(
                Stop(
                    start=start,
                    end=end,
                    first=bisect_right(starts, start) - 1,
                    last=bisect_right(starts, end - 1),
                    route=route,
                    section=section,
                )
            )
    return found


def is_joined(doc: Document, stop: Stop) -> bool:
    """Whether a line goes on from the one before: "on the lines A - B and C - D"."""
    joins = {*lines().joins, ","}
    return doc.tokens[stop.first].key in joins or (
        stop.first > 0 and doc.tokens[stop.first - 1].key in joins
    )


def is_bare(doc: Document, stop: Stop) -> bool:
    """Whether a stretch is the line alone: no words beside it."""
    route = stop.route
    return route is not None and not any(
        token.kind in {"word", "number"}
        for at, token in enumerate(doc.tokens[stop.first : stop.last], stop.first)
        if not route.start <= at < route.last[1] and not lines().leads.has(token.key)
    )


def is_numbered(doc: Document, stop: Stop) -> bool:
    """Whether a line has a number: "No 43 Kyiv - Lviv"."""
    route = stop.route
    return route is not None and any(
        token.kind == "number" for token in doc.tokens[route.start : route.first[0]]
    )


def is_item(doc: Document, stop: Stop) -> bool:
    """Whether a stretch is one of a list of lines: it begins with one that has a number."""
    route = stop.route
    if route is None or not is_numbered(doc, stop):
        return False
    before = doc.tokens[stop.first - 1].key if stop.first else ""
    is_listed = before in lines().joins or before in _PARTS
    if not is_listed and not any(one.start == stop.start for one in doc.sentences):
        return False
    return not any(
        token.kind in {"word", "number"} and not lines().leads.has(token.key)
        for token in doc.tokens[stop.first : route.start]
    )
