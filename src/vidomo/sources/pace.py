"""When to ask next: a gap between requests to one host, and a wait that grows with failure."""

import random
import threading
from collections.abc import Callable
from datetime import timedelta

GAP_S = 1.0
"""Seconds between two requests to one host: our own choice, slower than a person clicks."""
LONGEST_WAIT_S = 900.0
"""Longest wait after failures, in seconds: a source that comes back at night is heard
within a quarter of an hour."""
LONGEST_REFUSED_S = 3600.0
"""Longest wait after a refusal, in seconds."""
LONGEST_RETRY_AFTER_S = 6 * 3600.0
"""A server that asks for more than this is asked again after six hours."""
JITTER_SHARE = 0.2
"""Every wait is moved by up to this share, so that many doors do not knock at once."""


class Pace:
    """Keeps a gap between requests to one host, whatever thread they come from.

    Args:
        monotonic: Seconds that never go back.
        sleep: Waits so many seconds.
        gap_s: Seconds between the starts of two requests to one host.
    """

    def __init__(
        self,
        *,
        monotonic: Callable[[], float],
        sleep: Callable[[float], object],
        gap_s: float = GAP_S,
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._gap_s = gap_s
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str) -> None:
        """Wait until this host may be asked again, and take the turn."""
        with self._lock:
            now = self._monotonic()
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + self._gap_s
        if turn > now:
            self._sleep(turn - now)


def next_wait(
    every_s: float,
    *,
    failures: int,
    is_refused: bool = False,
    retry_after_s: float | None = None,
    chance: random.Random,
) -> timedelta:
    """Return how long to wait before a source is asked again.

    Args:
        every_s: How often the operator wants it asked, in seconds.
        failures: Polls in a row that failed; each doubles the wait up to a limit.
        is_refused: Whether the source said no; the limit is then higher.
        retry_after_s: What the server itself asked for; the wait is never shorter.
        chance: Gives the jitter.
    """
    limit_s = max(every_s, LONGEST_REFUSED_S if is_refused else LONGEST_WAIT_S)
    wait_s = min(every_s * 2.0 ** min(failures, 30), limit_s)
    jitter = 1 + JITTER_SHARE * (chance.random() if failures else chance.uniform(-0.5, 0.5))
    asked_s = min(retry_after_s or 0.0, LONGEST_RETRY_AFTER_S)
    return timedelta(seconds=max(wait_s * jitter, asked_s))
