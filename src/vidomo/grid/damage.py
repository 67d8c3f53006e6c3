"""Damage with a common cause per place, its repair, and the draw of scenarios."""

import math

import msgspec
import numpy as np
from scipy.special import ndtri

from vidomo.core.errors import InputError
from vidomo.grid.arrays import Bools, GridArrays, branch_list
from vidomo.grid.outages import Outages, outages_from_masks
from vidomo.grid.philox import uniforms

_STRIKE, _FAIL, _MOMENT, _REPAIR = range(4)
_NEVER_ZERO = 2.0**-54
"""Half of the smallest step of a draw, so that no repair takes minus infinity."""


class DamageModel(msgspec.Struct, frozen=True, kw_only=True):
    """What may be out at the end of a stretch of time.

    A struck place is a common cause: each branch with an end in it fails with
    ``failure_if_struck``, independently given the strike. A failure falls anywhere in the
    horizon alike; repair starts at once and takes log-normal hours. Which branches may
    fail is never chosen by what their loss would do.

    Attributes:
        strike_probability: By place code, 0..1 over the horizon; places left out are 0.
        failure_if_struck: Probability 0..1 that a branch of a struck place fails.
        failure_otherwise: Probability 0..1 that any other branch fails.
        out_now: Ids of the branches that are out at the start.
        horizon_h: Length of the stretch of time.
        repair_median_h: Half of the repairs take less.
        repair_spread: Ratio of the 84 % quantile to the median; one is no spread.
        origin: Where these numbers come from, in words; carried into every result.
    """

    horizon_h: float
    repair_median_h: float
    strike_probability: dict[str, float] = {}
    failure_if_struck: float = 0.0
    failure_otherwise: float = 0.0
    out_now: tuple[str, ...] = ()
    repair_spread: float = 1.0
    origin: tuple[str, ...] = ()


def check_damage(grid: GridArrays, damage: DamageModel) -> None:
    """Refuse damage that cannot be drawn.

    Raises:
        InputError: A probability outside 0..1, hours that are not positive, an unknown
            place or branch; the message names the field.
    """
    chances = {f"strike_probability[{code}]": p for code, p in damage.strike_probability.items()}
    chances["failure_if_struck"] = damage.failure_if_struck
    chances["failure_otherwise"] = damage.failure_otherwise
    for field, value in chances.items():
        if not 0 <= value <= 1:
            raise InputError(f"{field} is {value}", hint="a probability from 0 to 1")
    for field, value, least in (
        ("horizon_h", damage.horizon_h, 0.0),
        ("repair_median_h", damage.repair_median_h, 0.0),
    ):
        if not (math.isfinite(value) and value > least):
            raise InputError(f"{field} is {value}", hint="a positive number of hours")
    if not (math.isfinite(damage.repair_spread) and damage.repair_spread >= 1):
        raise InputError(f"repair_spread is {damage.repair_spread}", hint="one or more")
    unknown = sorted(set(damage.strike_probability) - set(grid.place_codes))
    if unknown:
        raise InputError(
            f"no substation lies in {unknown[0]!r}", hint="give the network its place codes"
        )
    branch_list(grid, damage.out_now)


def draw_outages(
    grid: GridArrays, damage: DamageModel, *, seed: int, first: int, last: int
) -> Outages:
    """Return what is out at the end of the horizon in scenarios ``first <= s < last``."""
    count = grid.branches
    strike = np.array([damage.strike_probability.get(code, 0.0) for code in grid.place_codes])
    struck = (
        uniforms(seed, stream=_STRIKE, first=first, last=last, draws=len(strike)) < strike
    ).astype(np.float32)
    exposed = (struck @ _touches(grid).astype(np.float32)) > 0
    chance = np.where(exposed, damage.failure_if_struck, damage.failure_otherwise)
    draw = {
        stream: uniforms(seed, stream=stream, first=first, last=last, draws=count)
        for stream in (_FAIL, _MOMENT, _REPAIR)
    }
    now = np.zeros(count, np.bool_)
    now[branch_list(grid, damage.out_now)] = True
    out = now | (draw[_FAIL] < chance)
    moment_h = np.where(now, 0.0, draw[_MOMENT])[out] * damage.horizon_h
    repair_h = damage.repair_median_h * np.exp(
        math.log(damage.repair_spread) * ndtri(draw[_REPAIR][out] + _NEVER_ZERO)
    )
    out[out] = moment_h + repair_h > damage.horizon_h
    return outages_from_masks(out)


def _touches(grid: GridArrays) -> Bools:
    """Return a table of places (rows) and branches with an end there."""
    table = np.zeros((len(grid.place_codes), grid.branches), np.bool_)
    places, buses, _ = grid.place_links
    for place, bus in zip(places.tolist(), buses.tolist(), strict=True):
        table[place] |= (grid.start == bus) | (grid.stop == bus)
    return table
