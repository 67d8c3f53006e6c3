"""Instants as whole microseconds, the form in which the journal keeps them."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(instant: datetime) -> int:
    """Return microseconds since 1970, exact; the instant must be aware."""
    return (instant - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return the aware UTC instant of so many microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=micros)
