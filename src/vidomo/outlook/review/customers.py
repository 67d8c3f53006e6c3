"""Reliability indices from the counts that an operator supplies (IEEE Std 1366)."""

import math
import statistics
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

import msgspec

from vidomo.core.errors import InputError
from vidomo.core.time import KYIV
from vidomo.outlook.review.model import CauseIndices, DayOfHarm, Indices

BETA_FACTOR = 2.5  # IEEE Std 1366-2012, "2.5 beta method"
LEAST_DAYS = 2  # a deviation needs two values; the standard asks for five years, shown as it is
_MINUTE_S, _HOUR_S = 60.0, 3600.0


class Interruption(msgspec.Struct, frozen=True, kw_only=True):
    """One interruption as an operator counts it.

    Attributes:
        customers: Customers interrupted.
        cause: The operator's own word for it.
    """

    start: datetime
    end: datetime
    customers: int
    cause: str = ""

    @property
    def customer_hours(self) -> float:
        """Customers times hours; an end before the start counts as nothing."""
        return self.customers * max(0.0, (self.end - self.start).total_seconds()) / _HOUR_S


def customer_hours(interruptions: Iterable[Interruption]) -> float:
    """Return the sum of customers times hours."""
    return math.fsum(one.customer_hours for one in interruptions)


def indices(
    interruptions: Sequence[Interruption],
    *,
    customers_served: int,
    is_upper_bound: bool = False,
    zone: tzinfo = KYIV,
) -> Indices:
    """Return SAIDI and SAIFI in all and by the operator's causes, and the major event days.

    SAIDI is the sum of customer minutes, SAIFI that of customers interrupted, each over the
    customers served. The time of an interruption belongs to the day on which it began. A day is
    a major event day when its SAIDI exceeds ``exp(alpha + 2.5 beta)``, with mean and standard
    deviation of the natural logarithms of the daily SAIDI, days without interruptions left out.
    Major event days are marked and stay in every sum.

    Args:
        interruptions: As the operator counts them.
        customers_served: Customers of the operator.
        is_upper_bound: Whether the counts are the most that were ever out at once.
        zone: Where the operator's day begins.

    Raises:
        InputError: No customers are served, so that nothing can be divided by them.

    Source: IEEE Std 1366-2012, clauses 3 and 4.5 and annex B (from memory of the standard; the
    sample deviation is our choice).
    """
    if customers_served <= 0:
        raise InputError(
            f"{customers_served} customers served", hint="give the operator's own number"
        )
    by_cause: dict[str, list[Interruption]] = {}
    by_day: dict[str, list[Interruption]] = {}
    for one in interruptions:
        by_cause.setdefault(one.cause, []).append(one)
        by_day.setdefault(one.start.astimezone(zone).date().isoformat(), []).append(one)
    days = {
        day: customer_hours(rows) * _MINUTE_S / customers_served for day, rows in by_day.items()
    }
    threshold = _threshold([minutes for minutes in days.values() if minutes > 0])
    return Indices(
        customers_served=customers_served,
        saidi_min=customer_hours(interruptions) * _MINUTE_S / customers_served,
        saifi=sum(one.customers for one in interruptions) / customers_served,
        customer_hours=customer_hours(interruptions),
        is_upper_bound=is_upper_bound,
        causes=tuple(
            CauseIndices(
                cause=cause,
                saidi_min=customer_hours(rows) * _MINUTE_S / customers_served,
                saifi=sum(one.customers for one in rows) / customers_served,
                customer_hours=customer_hours(rows),
            )
            for cause, rows in sorted(by_cause.items())
        ),
        threshold_min=threshold,
        days=tuple(
            DayOfHarm(
                day=day,
                saidi_min=minutes,
                is_major=threshold is not None and minutes > threshold,
            )
            for day, minutes in sorted(days.items())
        ),
    )


def _threshold(daily_min: Sequence[float]) -> float | None:
    if len(daily_min) < LEAST_DAYS:
        return None
    logs = [math.log(minutes) for minutes in daily_min]
    return math.exp(statistics.fmean(logs) + BETA_FACTOR * statistics.stdev(logs))
