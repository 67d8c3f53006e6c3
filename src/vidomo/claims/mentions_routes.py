"""Gives the names on the line of a train or bus their part in it, and tags their say."""

from collections.abc import Collection, Sequence

from vidomo.claims.mentions_spans import CITIES, Finder, Sense, Span, Text
from vidomo.claims.routes import Route, lines
from vidomo.claims.word_sets import word_key

# Kyiv is an oblast of its own in the codifier; the tag of the oblast around it means both.
_KYIV, _KYIV_OBLAST = "UA80", "UA32"
_KYIV_CODE = "UA80000000000093317"
_OBLAST_DIGITS = len("UA00")


def on_lines(
    text: Text, spans: Sequence[Span], routes: Sequence[Route], units: Finder
) -> dict[int, str]:
    """Return the role of each name on a line by its first token.

    ``excluded`` are the towns between the ends, both ends of a line that another one
    waits for or replaces, and stations that are only a case form of some village's name.
    The stretch of track on which a line of the sentence is late has no ends.
    """
    told = {text.sentence[route.start] for route in routes if not route.is_section}
    roles = {
        token: (role, route.is_other)
        for route in routes
        for token in range(route.first[0], route.last[1])
        if (role := route.role_of(token))
        and not (route.is_section and text.sentence[route.start] in told)
    }
    found: dict[int, str] = {}
    for span in spans if roles else ():
        role, is_other = roles.get(span.first, ("", False))
        if role:
            is_out = is_other or role == "between" or not _is_plain(span, units)
            found[span.first] = "excluded" if is_out else role
            span.candidates = _called_at(span, units)
    return found


def _called_at(span: Span, units: Finder) -> tuple[str, ...]:
    """Return the units of just this name: a timetable writes the nominative.

    "Lozova" on a line is no case form of the village Lozove.
    """
    known = {code: units.unit(code) for code in span.candidates}
    exact = (
        code for code, unit in known.items() if unit is not None and span.key == word_key(unit.name)
    )
    return tuple(exact) or span.candidates


def towns_first(spans: Sequence[Span], units: Finder, *, on_line: Collection[int]) -> None:
    """Leave of the namesakes on a line the towns: it is there that trains turn."""
    for span in spans:
        if span.first in on_line and len(span.candidates) > 1:
            known = ((code, units.unit(code)) for code in span.candidates)
            towns = tuple(code for code, unit in known if unit and unit.category in CITIES)
            span.candidates = towns or span.candidates


def _is_plain(span: Span, units: Finder) -> bool:
    """Whether some unit has just this name: stations of a line stand in the nominative."""
    if " " in span.key or "-" in span.key or not span.key.isascii():
        known = [unit for code in span.candidates if (unit := units.unit(code)) is not None]
        names = {word_key(name) for unit in known for name in (unit.name, *unit.former)}
        names |= {word_key(unit.name_ru) for unit in known if unit.name_ru}
        return not known or span.key in names or span.sense.is_prominent
    return True


def capitals(text: Text, spans: Sequence[Span]) -> list[Span]:
    """Return the words that stand for Kyiv where lines are named: "to the capital"."""
    taken = {span.first for span in spans}
    return [
        Span(
            at,
            at + 1,
            key,
            Sense(is_prominent=True),
            at,
            at + 1,
            kind="settlement",
            candidates=(_KYIV_CODE,),
        )
        for at, key in enumerate(text.keys)
        if key in lines().capital and at not in taken
    ]


def at_stops(text: Text, spans: Sequence[Span]) -> set[int]:
    """Return the first tokens of names that follow "station" or "stop"."""
    stops = lines().stops
    return {span.first for span in spans if stops.has(text.key(span.begin - 1, span.first) or " ")}


def is_tag(text: Text, span: Span) -> bool:
    """Whether a name is a tag: "#Kyivshchyna"."""
    return span.first > 0 and text.keys[span.first - 1] == "#"


def regions(text: Text, spans: Sequence[Span], units: Finder) -> None:
    """Take a name that the city and the land around it share for the land, where it says so.

    The land is meant after some prepositions in one case, and in a tag among tags of oblasts.
    """
    known = lines()
    for span in spans:
        is_land = (text.key(span.begin - 1, span.first), span.key) in known.lands
        is_tagged = span.key in known.land_tags and is_tag(text, span) and _has_tags(text, spans)
        if not (is_land or is_tagged):
            continue
        codes = (unit.oblast for code in span.candidates if (unit := units.unit(code)) is not None)
        seats = [code for code in codes if code and _is_seat_of(code, span, units)]
        if seats:
            span.kind, span.candidates = "oblast", (seats[0],)


def _has_tags(text: Text, spans: Sequence[Span]) -> bool:
    return any(span.kind == "oblast" and is_tag(text, span) for span in spans)


def _is_seat_of(code: str, span: Span, units: Finder) -> bool:
    oblast = units.unit(code)
    return oblast is not None and oblast.seat in span.candidates


def within_tags(
    text: Text, spans: Sequence[Span], units: Finder, *, on_line: Collection[int]
) -> None:
    """Leave of the namesakes what lies in an oblast of the post's tags, and seats of oblasts.

    Where none does, all stay; a village on a line is then a station that only shares its name.
    """
    tags = {
        code[:_OBLAST_DIGITS]
        for span in spans
        if span.kind == "oblast" and is_tag(text, span)
        for code in span.candidates
    }
    if not tags:
        return
    if _KYIV_OBLAST in tags:
        tags.add(_KYIV)
    for span in spans:
        if span.is_named and len(span.candidates) > 1:
            inside = tuple(
                code
                for code in span.candidates
                if code[:_OBLAST_DIGITS] in tags or _is_oblast_seat(code, units)
            )
            span.candidates = inside or span.candidates
        if span.first in on_line and all(
            _is_village_elsewhere(c, tags, units) for c in span.candidates
        ):
            span.is_excluded = True


def _is_oblast_seat(code: str, units: Finder) -> bool:
    unit = units.unit(code)
    oblast = units.unit(unit.oblast) if unit is not None and unit.oblast else None
    return oblast is not None and oblast.seat == code


def _is_village_elsewhere(code: str, tags: Collection[str], units: Finder) -> bool:
    unit = units.unit(code)
    return unit is not None and unit.category == "C" and code[:_OBLAST_DIGITS] not in tags
