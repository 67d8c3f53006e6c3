"""Generation adequacy: how often, and by how much, units fall short of the load."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from vidomo.core.errors import InputError
from vidomo.grid.arrays import Floats

MOST_STEPS = 10_000_000
"""Longest outage table; a year of hours against it stays within seconds."""


class Units(msgspec.Struct, frozen=True, kw_only=True):
    """Generating units of one kind.

    Attributes:
        capacity_mw: Capacity of each.
        count: How many.
        forced_outage_share: Long-run share 0..1 of time on forced outage.
    """

    capacity_mw: float
    count: int
    forced_outage_share: float


@dataclass(frozen=True, kw_only=True)
class Adequacy:
    """Indices over the hours (or days) of a load curve, nothing scaled to another length.

    Attributes:
        lolp: Mean probability of a shortfall.
        lole: Expected number of steps with a shortfall: hours for hourly loads, days for
            daily peaks.
        eens_mwh: Expected energy not served, when each load stands for one hour.
        steps: Number of loads.
    """

    lolp: float
    lole: float
    eens_mwh: float
    steps: int


def available_capacity(units: Sequence[Units], *, step_mw: float = 1.0) -> Floats:
    """Return the probability of each available capacity: 0, one step, two steps, up to all.

    Args:
        units: Each kind; capacities are whole multiples of the step.
        step_mw: Width of a step.

    Raises:
        InputError: A capacity off the steps, a share outside 0..1, too many steps.

    Source: capacity outage probability table by recursive convolution (Billinton and
    Allan, Reliability Evaluation of Power Systems, chapter 2).
    """
    sizes = []
    for kind in units:
        size = round(kind.capacity_mw / step_mw)
        if size < 1 or abs(size * step_mw - kind.capacity_mw) > 1e-9 * step_mw:
            raise InputError(
                f"a unit of {kind.capacity_mw} MW does not lie on steps of {step_mw} MW",
                hint="choose a step that divides every capacity",
            )
        if not 0 <= kind.forced_outage_share <= 1 or kind.count < 0:
            raise InputError(f"forced_outage_share {kind.forced_outage_share}, count {kind.count}")
        sizes.append(size)
    length = 1 + sum(size * kind.count for size, kind in zip(sizes, units, strict=True))
    if length > MOST_STEPS:
        raise InputError(f"the table has {length} steps", hint="choose a wider step")
    out = np.zeros(length)
    out[0] = 1.0
    for size, kind in zip(sizes, units, strict=True):
        for _ in range(kind.count):
            after = out * (1.0 - kind.forced_outage_share)
            after[size:] += out[:-size] * kind.forced_outage_share
            out = after
    return out[::-1].copy()


def adequacy(units: Sequence[Units], loads_mw: Floats, *, step_mw: float = 1.0) -> Adequacy:
    """Return the indices of units against loads.

    A shortfall is an available capacity strictly below the load.

    Raises:
        InputError: As for ``available_capacity``, or a load that is no number.
    """
    loads = np.asarray(loads_mw, np.float64)
    if loads.size == 0 or not np.isfinite(loads).all() or (loads < 0).any():
        raise InputError("the loads are empty, negative or not numbers")
    chance = available_capacity(units, step_mw=step_mw)
    levels = np.arange(len(chance)) * step_mw
    below = np.concatenate([[0.0], np.cumsum(chance)])
    energy = np.concatenate([[0.0], np.cumsum(chance * levels)])
    at = np.searchsorted(levels, loads, side="left")
    lolp = below[at]
    return Adequacy(
        lolp=float(lolp.mean()),
        lole=float(lolp.sum()),
        eens_mwh=float((loads * lolp - energy[at]).sum()),
        steps=int(loads.size),
    )
