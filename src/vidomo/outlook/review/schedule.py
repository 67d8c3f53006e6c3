"""What an operator had announced for a queue, from the statements read in its words."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from vidomo.claims.model import Claim
from vidomo.core.time import KYIV, Interval, day_interval

TOPIC = "power.schedule"


class Announced(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator had announced for one queue.

    Attributes:
        queue: The queue.
        days: Days that the schedule speaks of; of any other day nothing is known.
        off: Announced stretches without power, by start; they are plans, not outages.
        claims: Ids of the claims behind it.
    """

    queue: str
    days: tuple[date, ...]
    off: tuple[Interval, ...]
    claims: tuple[str, ...]

    def is_off(self, instant: datetime) -> bool | None:
        """Whether power was announced to be off at an instant; None where nothing was announced."""
        if instant.astimezone(KYIV).date() not in self.days:
            return None
        return any(stretch.holds(instant) for stretch in self.off)


def announced(claims: Iterable[Claim], queue: str) -> Announced:
    """Return what the claims of one version announce for a queue.

    A claim on the queue with a time of day is a stretch without power. A day counts as spoken
    of when the schedule names it at all; a queue without a stretch on such a day has power.

    Args:
        claims: All claims of one version of the operator's words.
        queue: As announced, such as ``3.1``.
    """
    days: set[date] = set()
    off: dict[Interval, str] = {}
    for claim in claims:
        time = claim.time
        if claim.topic != TOPIC or time.basis != "explicit":
            continue
        if time.earliest is None or time.latest is None:
            continue
        day = time.earliest.astimezone(KYIV).date()
        days.add(day)
        whole = day_interval(day)
        is_day = (time.earliest, time.latest) == (whole.start, whole.end) and not claim.queue
        if queue in claim.queue and not is_day:
            off[Interval(time.earliest, time.latest)] = claim.id
    return Announced(
        queue=queue,
        days=tuple(sorted(days)),
        off=tuple(sorted(off)),
        claims=tuple(off[stretch] for stretch in sorted(off)),
    )
