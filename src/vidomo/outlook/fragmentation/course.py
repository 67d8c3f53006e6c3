"""How damage comes and goes over the hours of one course, drawn by the number of the course."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import ndtri

from vidomo.grid.arrays import Floats, GridArrays
from vidomo.grid.outages import Outages
from vidomo.grid.philox import uniforms

MOST_ATTACKS = 24
"""Attacks drawn in one course; at nine expected more come once in a hundred thousand courses."""
PARTLY_SHARE = 0.5
"""Share of a place's load that a fault below the network keeps out where it is a partial one."""
DAY_H = 24.0
_NEVER_ZERO = 2.0**-54
_PICK, _ATTACKS, _FAIL, _FAIL_REPAIR, _REPAIR_NOW, _LOCAL_NOW = range(6)
_STRIKE, _HIT, _LOCAL = 64, 128, 192
"""Streams of random numbers; the last three are followed by the number of the attack."""


@dataclass(frozen=True, eq=False)
class Start:
    """Where each course of a stretch begins: one row a course.

    Attributes:
        outages: Branches that are out now.
        local_out_share: Share 0..1 of each place's load kept out by faults below the network.
        headroom_share: Share of the capacity beyond the output of the base state that is there.
    """

    outages: Outages
    local_out_share: Floats
    headroom_share: Floats

    def part(self, first: int, last: int) -> "Start":
        """Return the rows ``first <= row < last``."""
        return Start(
            self.outages.part(first, last),
            self.local_out_share[first:last],
            self.headroom_share[first:last],
        )


def picks(weights: Floats, *, seed: int, first: int, last: int) -> NDArray[np.int64]:
    """Return the number of the particle with which each course begins, drawn by weight."""
    edges = np.cumsum(weights)
    drawn = uniforms(seed, stream=_PICK, first=first, last=last, draws=1)[:, 0] * edges[-1]
    found = np.searchsorted(edges, drawn, side="right")
    return np.asarray(np.minimum(found, len(weights) - 1), np.int64)


def courses(
    grid: GridArrays,
    start: Start,
    figures: Mapping[str, float],
    strikes: Floats,
    instants_h: Floats,
    *,
    seed: int,
    first: int,
) -> tuple[NDArray[np.bool_], Floats]:
    """Return what is out at each instant of the courses from number ``first`` on.

    Args:
        grid: The network.
        start: Where they begin.
        figures: Numbers of the scenario by name.
        strikes: By place, its probability of being struck in an attack.
        instants_h: When to look, rising.
        seed: With which seed.
        first: Number of the first course; there are as many as rows in ``start``.

    Returns:
        A table of instant, course and branch, true where it is out; and one of instant,
        course and place with the share 0..1 of load kept out by faults below the network.
    """
    rows = len(start.headroom_share)
    out = np.zeros((len(instants_h), rows, grid.branches), np.bool_)
    local = np.zeros((len(instants_h), rows, len(strikes)))
    drawn = _Draws(seed, first, first + rows)
    _now((out, local), start, figures, instants_h, drawn)
    _ordinary(out, figures, instants_h, drawn)
    arrivals = _arrivals(figures["attacks_per_day"], drawn)
    for attack in range(MOST_ATTACKS):
        if arrivals[:, attack].min(initial=math.inf) >= instants_h[-1]:
            break
        _attack(
            out, local, (grid, figures, strikes, instants_h, drawn), attack, arrivals[:, attack]
        )
    return out, local


@dataclass(frozen=True)
class _Draws:
    seed: int
    first: int
    last: int

    def __call__(self, stream: int, draws: int) -> Floats:
        return uniforms(
            self.seed, stream=stream, first=self.first, last=self.last, draws=max(draws, 1)
        )[:, :draws]


def _now(
    tables: tuple[NDArray[np.bool_], Floats],
    start: Start,
    figures: Mapping[str, float],
    instants_h: Floats,
    drawn: _Draws,
) -> None:
    """Write down what is out now, until it is mended; the repair counts from now."""
    out, local = tables
    rows = np.repeat(np.arange(len(start.outages)), np.diff(start.outages.offset))
    branches = start.outages.branch
    ends = _repair_h(drawn(_REPAIR_NOW, out.shape[2])[rows, branches], figures, "repair")
    for at, hour in enumerate(instants_h):
        out[at, rows, branches] |= hour < ends
    ends = _repair_h(drawn(_LOCAL_NOW, local.shape[2]), figures, "local_repair")
    for at, hour in enumerate(instants_h):
        local[at] = np.where(hour < ends, start.local_out_share, 0.0)


def _ordinary(
    out: NDArray[np.bool_], figures: Mapping[str, float], instants_h: Floats, drawn: _Draws
) -> None:
    """Write down outages that come without an attack: the first one of each branch."""
    rate = figures["failures_per_branch_day"] / DAY_H
    chance = drawn(_FAIL, out.shape[2])
    rows, branches = np.nonzero(chance < -math.expm1(-rate * instants_h[-1]))
    if not rows.size:
        return
    begins = -np.log1p(-chance[rows, branches]) / rate
    ends = begins + _repair_h(drawn(_FAIL_REPAIR, out.shape[2])[rows, branches], figures, "repair")
    for at, hour in enumerate(instants_h):
        out[at, rows, branches] |= (begins <= hour) & (hour < ends)


def _arrivals(per_day: float, drawn: _Draws) -> Floats:
    """Return the hours at which attacks come, rising; never where none are expected."""
    chance = drawn(_ATTACKS, MOST_ATTACKS)
    if per_day <= 0:
        return np.full_like(chance, np.inf)
    return np.asarray(np.cumsum(-np.log1p(-chance), axis=1) * (DAY_H / per_day), np.float64)


def _attack(
    out: NDArray[np.bool_],
    local: Floats,
    given: tuple[GridArrays, Mapping[str, float], Floats, Floats, _Draws],
    attack: int,
    when: Floats,
) -> None:
    grid, figures, strikes, instants_h, drawn = given
    struck = (drawn(_STRIKE + attack, len(strikes)) < strikes) & (when < instants_h[-1])[:, None]
    if not struck.any():
        return
    buses = (struck.astype(np.float32) @ ties(grid)) > 0
    exposed = buses[:, grid.start] | buses[:, grid.stop]
    # Given that a number is below p, its share of p is itself evenly spread over 0..1.
    chance, p = drawn(_HIT + attack, grid.branches), figures["failure_if_struck"]
    rows, branches = np.nonzero(exposed & (chance < p))
    if rows.size:
        ends = when[rows] + _repair_h(chance[rows, branches] / p, figures, "repair")
        for at, hour in enumerate(instants_h):
            out[at, rows, branches] |= (when[rows] <= hour) & (hour < ends)
    whole, partly = figures["local_out_if_struck"], figures["local_partly_if_struck"]
    chance = drawn(_LOCAL + attack, len(strikes))
    for low, p, share in ((0.0, whole, 1.0), (whole, partly, PARTLY_SHARE)):
        rows, places = np.nonzero(struck & (chance >= low) & (chance < low + p))
        if rows.size:
            within = (chance[rows, places] - low) / p
            ends = when[rows] + _repair_h(within, figures, "local_repair")
            for at, hour in enumerate(instants_h):
                held = np.where((when[rows] <= hour) & (hour < ends), share, 0.0)
                local[at, rows, places] = np.maximum(local[at, rows, places], held)


def _repair_h(chance: Floats, figures: Mapping[str, float], which: str) -> Floats:
    """Return log-normal hours of repair."""
    spread = math.log(figures["repair_spread"])
    hours = figures[f"{which}_median_h"] * np.exp(spread * ndtri(chance + _NEVER_ZERO))
    return np.asarray(hours, np.float64)


@lru_cache(maxsize=8)
def ties(grid: GridArrays) -> csr_array:
    """Return which place (row) has which bus (column)."""
    places, buses, _ = grid.place_links
    return csr_array(
        (np.ones(len(places), np.float32), (places, buses)),
        shape=(len(grid.place_codes), grid.buses),
    )
