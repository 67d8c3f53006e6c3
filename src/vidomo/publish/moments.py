"""Instants and intervals as people write them, in Kyiv time."""

from datetime import datetime, timedelta

from markupsafe import Markup

from vidomo.core.time import KYIV, format_instant
from vidomo.publish.words import Words

_DASH = "\u2013"
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def moment(instant: datetime, *, words: Words, near: datetime) -> Markup:
    """Return an instant as a ``time`` element: day, month and clock in Kyiv.

    Args:
        instant: What to write.
        words: The language.
        near: The year is written only where it differs from the year of this instant.
    """
    local = instant.astimezone(KYIV)
    return _element(instant, f"{_day(local, words, near)}, {local:%H:%M}")


def span(start: datetime, end: datetime, *, words: Words, near: datetime) -> Markup:
    """Return a half-open interval: whole days as dates, shorter ones as clock times."""
    first, last = start.astimezone(KYIV), end.astimezone(KYIV)
    if end - start <= _MINUTE:
        return moment(start, words=words, near=near)
    if _is_midnight(first) and _is_midnight(last):
        final = last - _DAY / 2
        if final.date() == first.date():
            return _element(start, _day(first, words, near))
        return _element(start, f"{_day(first, words, near)} {_DASH} {_day(final, words, near)}")
    if first.date() == last.date():
        return _element(start, f"{_day(first, words, near)}, {first:%H:%M}{_DASH}{last:%H:%M}")
    return Markup("{} {} {}").format(
        moment(start, words=words, near=near), _DASH, moment(end, words=words, near=near)
    )


def field_value(instant: datetime) -> str:
    """Return an instant as the value of a ``datetime-local`` field, in Kyiv time."""
    return instant.astimezone(KYIV).strftime("%Y-%m-%dT%H:%M")


def _day(local: datetime, words: Words, near: datetime) -> str:
    year = "" if local.year == near.astimezone(KYIV).year else f" {local.year}"
    return f"{local.day} {words.month(local.month)}{year}"


def _element(instant: datetime, text: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(format_instant(instant), text)


def _is_midnight(local: datetime) -> bool:
    return (local.hour, local.minute, local.second) == (0, 0, 0)
