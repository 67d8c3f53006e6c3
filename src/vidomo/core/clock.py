"""The only place that asks the machine what time it is."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the machine's time, aware and in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may ask


def fixed_clock(instant: datetime) -> Clock:
    """Return a clock that always shows one instant."""
    return lambda: instant
