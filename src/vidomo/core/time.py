"""Instants, half-open intervals, and the ways people write them down."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from vidomo.core.errors import InputError

KYIV = ZoneInfo("Europe/Kyiv")
_SECOND = timedelta(seconds=1)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_HINT = "write an instant with zone (2025-12-20T15:40:00+02:00), a date, a month, or date/date"


class Interval(msgspec.Struct, frozen=True, order=True):
    """A half-open stretch of time, ``start <= t < end``, both aware and in UTC.

    An instant given to the second is the interval of that second.
    """

    start: datetime
    end: datetime

    @property
    def is_instant(self) -> bool:
        """Whether the interval is one second or less."""
        return self.end - self.start <= _SECOND

    def holds(self, instant: datetime) -> bool:
        """Whether the instant lies inside."""
        return self.start <= instant < self.end

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share any time."""
        return self.start < other.end and other.start < self.end

    def gap(self, other: "Interval") -> timedelta:
        """Return how far apart the two are; zero when they touch or overlap."""
        return max(self.start - other.end, other.start - self.end, timedelta(0))


def instant_interval(instant: datetime) -> Interval:
    """Return the second that begins at an aware instant."""
    start = instant.astimezone(UTC)
    return Interval(start, start + _SECOND)


def day_interval(day: date) -> Interval:
    """Return a calendar day in Kyiv as a half-open interval in UTC."""
    start = datetime(day.year, day.month, day.day, tzinfo=KYIV)
    following = day + timedelta(days=1)
    end = datetime(following.year, following.month, following.day, tzinfo=KYIV)
    return Interval(start.astimezone(UTC), end.astimezone(UTC))


def parse_instant(text: str) -> datetime:
    """Return an aware UTC instant.

    Raises:
        InputError: The text is no ISO 8601 instant, or it has no zone.
    """
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(f"{text!r} is not an instant", hint=_HINT) from error
    if instant.tzinfo is None:
        raise InputError(f"{text!r} has no time zone", hint="add Z or an offset such as +02:00")
    return _to_utc(instant, text)


def parse_posted_at(text: str) -> Interval:
    """Return the interval that a post's time stands for.

    An instant with zone, or a bare date, month or interval (``2025-12-20``,
    ``2025-11``, ``2025-12-20/2025-12-22``) read in Europe/Kyiv; the end of an
    interval is not part of it (CLAIMS.md section 1).

    Raises:
        InputError: Nothing of the kind, or a time of day without a zone.
    """
    text = text.strip()
    if "/" in text:
        first, _, last = text.partition("/")
        interval = Interval(parse_posted_at(first).start, parse_posted_at(last).start)
        if interval.end <= interval.start:
            raise InputError(f"{text!r} ends before it begins", hint="put the earlier date first")
        return interval
    try:
        if match := _DATE.fullmatch(text):
            return day_interval(date(*map(int, match.groups())))
        if match := _MONTH.fullmatch(text):
            year, month = map(int, match.groups())
            first_day = date(year, month, 1)
            next_month = date(year + month // 12, month % 12 + 1, 1)
            return Interval(day_interval(first_day).start, day_interval(next_month).start)
    except (ValueError, OverflowError) as error:
        raise InputError(f"{text!r} is not a date of the calendar", hint=_HINT) from error
    try:
        return instant_interval(parse_instant(text))
    except OverflowError as error:
        raise InputError(f"{text!r} lies at the end of the calendar", hint=_HINT) from error


def format_instant(instant: datetime) -> str:
    """Return the one wire form: ``2026-01-31T09:05:00Z``, seconds, always Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _to_utc(instant: datetime, text: str) -> datetime:
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise InputError(f"{text!r} lies outside the calendar", hint=_HINT) from error
