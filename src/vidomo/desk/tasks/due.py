"""Reads until when a task is due, as people type it."""

import re
from datetime import UTC, datetime, timedelta

from vidomo.core.time import KYIV

FURTHEST = timedelta(days=366)
"""A task that is due later than in a year is a slip."""
_AFTER = re.compile(r"\+\s*(\d{1,4})\s*(\w{0,4})")
_CLOCK = re.compile(r"(\d{1,2})[:.\s]?(\d{2})")
_DATED = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T\s]+(\d{1,2})[:.](\d{2}))?")
_HOURS = ("h", "\N{CYRILLIC SMALL LETTER GHE}")
"""First letters of an hour, Latin and Cyrillic; anything else is minutes."""


def due_of(text: str, *, now: datetime) -> datetime | None:
    """Return when a task is due: a time of day to come, ``+45`` minutes, ``+2h``, or a date.

    Returns:
        The instant; None where it is none, already over for a date, or further than a year.
    """
    typed = " ".join(text.casefold().split())
    now = now.astimezone(UTC).replace(microsecond=0)
    if after := _AFTER.fullmatch(typed):
        number, unit = int(after[1]), after[2]
        step = timedelta(hours=1) if unit.startswith(_HOURS) else timedelta(minutes=1)
        found: datetime | None = now + number * step
    elif dated := _DATED.fullmatch(typed):
        year, month, day = (int(dated[at]) for at in (1, 2, 3))
        # A date alone means its end.
        clock = (int(dated[4]), int(dated[5])) if dated[4] else (23, 59)
        found = _instant(year, month, day, *clock)
    elif clock_only := _CLOCK.fullmatch(typed):
        found = _next(int(clock_only[1]), int(clock_only[2]), now)
    else:
        return None
    return found if found is not None and now <= found <= now + FURTHEST else None


def _next(hour: int, minute: int, now: datetime) -> datetime | None:
    today = now.astimezone(KYIV).date()
    for day in (today, today + timedelta(days=1)):
        found = _instant(day.year, day.month, day.day, hour, minute)
        if found is not None and found >= now:
            return found
    return None


def _instant(year: int, month: int, day: int, hour: int, minute: int) -> datetime | None:
    try:
        return datetime(year, month, day, hour, minute, tzinfo=KYIV).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
