"""How long a person waits after wrong passwords."""

from datetime import datetime, timedelta

import msgspec

FREE_LOGIN, FREE_ADDRESS = 3, 10
"""Wrong tries in a row that cost nothing: of one login, from one address."""
LONGEST_LOGIN, LONGEST_ADDRESS = timedelta(seconds=60), timedelta(minutes=15)
"""A login never waits long, or a stranger could keep its person out; an address may."""
FORGOTTEN = timedelta(hours=1)
"""After so long without a wrong try all is as before. The four figures are our own choice."""


class Attempts(msgspec.Struct, frozen=True):
    """Wrong tries in a row.

    Attributes:
        failures: How many.
        last: When the last one was.
        until: Before this instant the next one is refused unseen.
    """

    failures: int
    last: datetime
    until: datetime


def after_failure(
    before: Attempts | None, *, at: datetime, free: int, longest: timedelta
) -> Attempts:
    """Return the tries after one more wrong one: beyond the free ones the wait doubles."""
    failures = 1 if before is None or at - before.last > FORGOTTEN else before.failures + 1
    over = failures - free
    wait = timedelta(0) if over <= 0 else min(timedelta(seconds=2.0 ** min(over, 20)), longest)
    return Attempts(failures, at, at + wait)


def wait_s(before: Attempts | None, *, at: datetime) -> int:
    """Return the whole seconds that are left to wait, 0 for none."""
    if before is None or at >= before.until:
        return 0
    return int((before.until - at).total_seconds()) + 1
