"""What many courses say together, as whole numbers, so that no order of adding them matters."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from vidomo.grid.arrays import Floats

Counts = NDArray[np.int64]
ENERGY_BINS = 10_000
"""Parts of the demand of a horizon into which energy not served is sorted."""
POWER_BINS = 1_000
"""Parts of the load into which power not served is sorted."""
KWH = 1_000.0
"""Parts of a MWh in which energy is added up."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Tally:
    """Counts over the courses of one scenario; rows as named.

    Attributes:
        courses: How many.
        split: By horizon: split at any moment.
        apart: By horizon: several islands with supply at any moment.
        energy: By horizon and part of the demand: courses that lost so much, rounded up.
        energy_kwh: By horizon: sum of energy not served.
        place_past: By horizon, hours in ``PAST_H`` and place: a stretch without power so long.
        place_end: By horizon and place: without power at its end.
        place_kwh: By horizon and place: sum of energy not served.
        service_past: By horizon and service: a stretch longer than its backup.
        service_any: By horizon and service: any stretch without power.
        power: By instant and part of the load: courses that miss so much, rounded up.
        power_kw: By instant: sum of load not served.
    """

    courses: int
    split: Counts
    apart: Counts
    energy: Counts
    energy_kwh: Counts
    place_past: Counts
    place_end: Counts
    place_kwh: Counts
    service_past: Counts
    service_any: Counts
    power: Counts
    power_kw: Counts

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            **{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)}
        )


def no_courses(*, horizons: int, instants: int, lengths: int, places: int, services: int) -> Tally:
    """Return a tally of nothing."""

    def zeros(*shape: int) -> Counts:
        return np.zeros(shape, np.int64)

    return Tally(
        courses=0,
        split=zeros(horizons),
        apart=zeros(horizons),
        energy=zeros(horizons, ENERGY_BINS + 1),
        energy_kwh=zeros(horizons),
        place_past=zeros(horizons, lengths, places),
        place_end=zeros(horizons, places),
        place_kwh=zeros(horizons, places),
        service_past=zeros(horizons, services),
        service_any=zeros(horizons, services),
        power=zeros(instants, POWER_BINS + 1),
        power_kw=zeros(instants),
    )


def sorted_in(shares: Floats, bins: int) -> Counts:
    """Return how many shares 0..1 fall into each part; nothing has a part of its own."""
    # A billionth of slack: what differs by rounding alone must not land one part higher.
    parts = np.ceil(np.clip(shares, 0.0, 1.0) * bins - 1e-9 * bins).astype(np.int64)
    return np.bincount(np.maximum(parts, 0), minlength=bins + 1).astype(np.int64)


def quantile(counts: Floats, share: float) -> float:
    """Return the part, 0..1, that a share of the counts does not exceed; the upper edge."""
    total = counts.cumsum()
    part = int(np.searchsorted(total, share * total[-1] * (1 - 1e-12)))
    return min(part, len(counts) - 1) / (len(counts) - 1)
