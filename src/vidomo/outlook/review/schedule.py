"""What an operator had announced for a queue, from the statements read in its words."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from vidomo.claims.model import Claim
from vidomo.core.time import KYIV, Interval

TOPIC = "power.schedule"
_CLOCK = ":"  # how a time of day differs from a bare day, in all three languages


class Announced(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator had announced for one queue.

    Attributes:
        queue: The queue.
        days: Days on which it is named; of any other day nothing is known.
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

    A claim on the queue with a time of day is a stretch without power. A claim on it with a bare
    day says that there is none on that day. Of a day on which the queue is not named nothing
    is known.

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
        if queue not in claim.queue:
            continue
        days.add(time.earliest.astimezone(KYIV).date())
        if _CLOCK in time.surface:
            off[Interval(time.earliest, time.latest)] = claim.id
    return Announced(
        queue=queue,
        days=tuple(sorted(days)),
        off=tuple(sorted(off)),
        claims=tuple(off[stretch] for stretch in sorted(off)),
    )
