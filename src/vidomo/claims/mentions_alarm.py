"""Reads short names of units in lists of alarms: "All clear: Poltavska, Sumska", "Chuhuiv raion"."""

from collections.abc import Sequence
from functools import cache

import msgspec

from vidomo.claims.mentions_spans import Finder, Span, Text
from vidomo.claims.mentions_words import Words
from vidomo.claims.tables import word_sets

# What flies, and the longest text that tells of it in so few words; see targets.py.
_FLYING, _BRIEF = ("uavs", "missiles", "bombs"), 200
_LEVELS = frozenset({"oblast", "raion", "hromada"})


def name_units(text: Text, spans: Sequence[Span], known: Words, units: Finder) -> None:
    """Give adjectives that stand alone beside an alarm their type word, and seats their unit.

    An adjective of the gender of "oblast" is one, where an oblast is so called, else a community;
    any other is a raion. The name of a seat right before a type word in its plain form is its
    unit. Away from words of alarm neither is certain enough.
    """
    for span in spans:
        if span.key.isascii() and not (span.kind or span.level or span.is_body):
            _name_region(text, span, known, units)
    near = _near_alarms(text, known)
    flown = _near_weapons(text)
    for span in spans:
        if text.sentence[span.first] in flown - near and not (span.kind or span.level):
            _name_oblast(text, span, known)
        if text.sentence[span.first] not in near or span.key.isascii() or span.is_body:
            continue
        if span.kind or span.level:
            continue
        if not span.sense.names and _stands_alone(text, span, known):
            span.level = _level_of(span, known)
        elif span.sense.names and not span.categories:
            _name_seat(text, span, known, units)
    _join_oblasts(text, [span for span in spans if text.sentence[span.first] in near], known)


def _join_oblasts(text: Text, spans: Sequence[Span], known: Words) -> None:
    """Read the form of a city as its oblast in a list of oblasts.

    "Dnipropetrovska, Zaporizka": the first is also "of Dnipropetrovsk".
    """
    oblasts = {text.sentence[span.first] for span in spans if span.level == "oblast"}
    for span in spans:
        if (
            span.sense.names
            and not (span.level or span.kind or span.categories or span.is_body)
            and text.sentence[span.first] in oblasts
            and "oblast" in span.sense.adjectives
            and not span.key.isascii()
            and _stands_alone(text, span, known)
        ):
            span.level = "oblast"


def _near_alarms(text: Text, known: Words) -> set[int]:
    """Return the sentences that speak of an alarm, and those after them."""
    here = {text.sentence[at] for at, key in enumerate(text.keys) if key in known.alarm}
    return here | {number + 1 for number in here} | {number - 1 for number in here}


def _near_weapons(text: Text) -> set[int]:
    """Return the sentences of a short text that name what flies, and those after them."""
    if len(text.doc.text) > _BRIEF:
        return set()
    here = {text.sentence[at] for at, key in enumerate(text.keys) if key in _weapons()}
    return here | {number + 1 for number in here}


@cache
def _weapons() -> frozenset[str]:
    return frozenset().union(*word_sets("targets", "word", _FLYING).values())


def _name_oblast(text: Text, span: Span, known: Words) -> None:
    """Read the adjective of an oblast that stands alone: "two drones to Poltavska, one past"."""
    is_adjective = not (span.sense.names or span.is_body or span.key.isascii())
    goes_on = text.key(span.finish, span.first) in known.toward | known.away | known.passed
    is_alone = goes_on or _stands_alone(text, span, known)
    if is_adjective and is_alone and _level_of(span, known) == "oblast":
        span.level = "oblast"


def _stands_alone(text: Text, span: Span, known: Words) -> bool:
    following = text.key(span.finish, span.first)
    return (
        not following[:1].isalpha()
        or following in known.join
        or following in known.beside_alone
        or following in known.alarm
    )


def _level_of(span: Span, known: Words) -> str:
    adjectives = span.sense.adjectives
    if not span.key.endswith(known.feminine_ends):
        return "raion" if "raion" in adjectives and span.key.endswith(known.unit_ends) else ""
    return next((level for level in ("oblast", "hromada") if level in adjectives), "")


def _name_region(text: Text, span: Span, known: Words, units: Finder) -> None:
    """Read the seat of an oblast before "region" as the oblast: "the Dnipro region"."""
    head = known.heads.get(text.key(span.last, span.first))
    if head is None or head.level != "oblast" or span.categories:
        return
    if _take_region(span, units):
        span.level, span.is_plural, span.finish = head.level, head.is_plural, span.last + 1


def name_region(span: Span, following: Span, units: Finder) -> None:
    """Let the seat of an oblast stand for it where it is listed with oblasts."""
    is_listed = following.linked and following.level == "oblast"
    if is_listed and not (span.level or span.kind or span.is_body or span.categories):
        _take_region(span, units)


def _take_region(span: Span, units: Finder) -> bool:
    """Let a name of a seat mean its oblast too; say whether it is one."""
    found = (units.unit(code) for code in span.sense.names)
    named = [(unit.code, units.around(unit)) for unit in found if unit is not None]
    codes = tuple(
        oblast
        for code, oblast in named
        if oblast and (wide := units.unit(oblast)) and wide.seat == code
    )
    if codes:
        adjectives = {**span.sense.adjectives, "oblast": codes}
        span.sense = msgspec.structs.replace(span.sense, adjectives=adjectives)
    return bool(codes)


def _name_seat(text: Text, span: Span, known: Words, units: Finder) -> None:
    at = span.last
    head = known.heads.get(text.key(at, span.first))
    if head is None or head.is_plural or head.level not in _LEVELS:
        return
    if text.key(at + 1, span.first) and text.doc.tokens[at + 1].is_capital:
        return  # "district Saltivka"
    codes = tuple(
        dict.fromkeys(
            wider.code
            for code in span.sense.names
            if (unit := units.unit(code)) is not None
            and (wider := units.unit(getattr(unit, head.level) or "")) is not None
            and wider.seat == code
        )
    )
    if codes:
        adjectives = {**span.sense.adjectives, head.level: codes}
        span.sense = msgspec.structs.replace(span.sense, adjectives=adjectives)
        span.level, span.finish = head.level, at + 1
