"""Ties the days that a text speaks of to the day on which it was published."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from vidomo.claims.temporal import Element
from vidomo.core.time import KYIV, Interval

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_MINUTES_OF_DAY = 24 * 60
# A calendar day has 25 hours when the clocks go back.
_WIDEST_DAY = timedelta(hours=25)
# Beyond half a year two years are equally near to a date without one.
_WIDEST_YEAR = timedelta(days=183)
# Publication times outside these years are somebody's slip; nothing is anchored to them.
_FIRST_YEAR, _LAST_YEAR = 1990, 2200


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a wall-clock time in Kyiv as an instant in UTC; hour 24 is the next midnight."""
    day += timedelta(days=hour // 24)
    return datetime.combine(day, time(hour % 24, minute), KYIV).astimezone(UTC)


def day_span(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the stretch from the start of one day to the end of another, in UTC."""
    return local(first, 0), local(last, 24)


def clock_span(day: date, minute: int) -> tuple[datetime, datetime]:
    """Return the minute that a clock in Kyiv shows, ``minute`` counted from midnight."""
    start = local(day, minute // 60, minute % 60)
    return start, start + _MINUTE


class Anchor(msgspec.Struct, frozen=True):
    """When a text was published, as far as it helps to read its times.

    Attributes:
        posted: When it was published; None when unknown.
        base: Its day in Kyiv; None when unknown or wider than a day.
        middle: The day that dates without a year are nearest to; None when unknown.
        zone: The zone of the words.
    """

    posted: Interval | None
    base: date | None
    middle: date | None
    zone: ZoneInfo = KYIV

    @classmethod
    def of(cls, posted_at: Interval | None) -> "Anchor":
        """Return the anchor that a publication time gives."""
        if posted_at is None:
            return cls(None, None, None)
        if not _FIRST_YEAR <= posted_at.start.year <= posted_at.end.year <= _LAST_YEAR:
            return cls(None, None, None)
        width = posted_at.end - posted_at.start
        middle = (posted_at.start + width / 2).astimezone(KYIV).date()
        base = posted_at.start.astimezone(KYIV).date() if width <= _WIDEST_DAY else None
        return cls(posted_at, base, middle if width <= _WIDEST_YEAR else None)

    def days(self, element: Element | None, *, is_future: bool) -> tuple[date, date] | None:
        """Return the first and last day that a part of a time stands for.

        Args:
            element: A date, month, year, weekday or day; None gives None.
            is_future: Whether a weekday is the coming one and not the last one.
        """
        if element is None:
            return None
        if element.kind == "weekday":
            return self._weekday(element.entry["number"], is_future=is_future)
        if element.kind == "day":
            day = self.base + element.entry["offset"] * _DAY if self.base else None
            return (day, day) if day else None
        if element.kind == "year" and element.year:
            return date(element.year, 1, 1), date(element.year, 12, 31)
        found = [days for year in self._years(element) if (days := _days_of(element, year))]
        if not found or (element.year is None and self.middle is None):
            return None
        middle = self.middle or found[0][0]
        return min(found, key=lambda days: abs(days[0] - middle))

    def _years(self, element: Element) -> Iterator[int]:
        if element.year is not None:
            yield element.year
        elif self.middle is not None:
            yield from (self.middle.year, self.middle.year - 1, self.middle.year + 1)

    def _weekday(self, number: int, *, is_future: bool) -> tuple[date, date] | None:
        if self.base is None:
            return None
        if is_future:
            day = self.base + (number - self.base.weekday()) % 7 * _DAY
        else:
            day = self.base - (self.base.weekday() - number) % 7 * _DAY
        return day, day

    def day_of_clock(self, minute: int, *, role: str) -> date | None:
        """Return the day of a clock time that stands without one.

        The nearest to publication; a time "until" or "after" which something lasts is the
        coming one. A text known to the day only speaks of that day.
        """
        if self.base is None or self.posted is None:
            return None
        if self.posted.end - self.posted.start > _HOUR:
            return self.base
        posted = self.posted.start
        if role in {"until", "after"}:
            today = clock_span(self.base, minute)[0]
            return self.base if today >= posted - _HOUR else self.base + _DAY
        return min(
            (self.base, self.base - _DAY),
            key=lambda day: abs(clock_span(day, minute)[0] - posted),
        )

    def is_before_hour(self, hour: int) -> bool:
        """Whether the text was published, to the minute, before that hour of its day."""
        if self.posted is None or self.posted.end - self.posted.start > _HOUR:
            return False
        return self.posted.start.astimezone(KYIV).hour < hour

    def span(self, element: Element) -> tuple[datetime, datetime] | None:
        """Return the stretch of a digest, of history, of "since the invasion", of "now"."""
        if element.kind == "since" and element.entry["date"] not in {"", "year"}:
            since = local(date.fromisoformat(element.entry["date"]), 0)
            return (since, self.posted.end) if self.posted and since < self.posted.end else None
        if self.posted is None or self.base is None:
            return None
        start, end = self.posted.start, self.posted.end
        entry = element.entry
        if element.kind == "now":
            return start, end
        if element.kind == "digest":
            return end - entry["hours"] * _HOUR, end
        if element.kind == "ago":
            back = element.count * entry["hours"] * _HOUR
            slack = max(entry["hours"] * _HOUR / 2, 30 * _MINUTE)
            return start - back - slack, end - back + slack
        if element.kind == "since":
            is_year = entry["date"] == "year"
            return (local(date(self.base.year, 1, 1), 0), end) if is_year else None
        if "year" in entry:
            year = self.base.year + entry["year"]
            return day_span(date(year, 1, 1), date(year, 12, 31))
        first, last = entry["days"]
        return start - first * _DAY, end - last * _DAY


def _days_of(element: Element, year: int) -> tuple[date, date] | None:
    try:
        if element.kind == "month":
            following = date(year + element.month // 12, element.month % 12 + 1, 1)
            return date(year, element.month, 1), following - _DAY
        first = date(year, element.month, element.day)
        return first, date(year, element.month, element.day_last)
    except ValueError:
        return None
