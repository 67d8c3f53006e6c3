"""DC cascades: overloads trip, islands balance and shed, until nothing trips."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from vidomo.core.errors import InputError
from vidomo.grid.arrays import Floats, GridArrays, Ints, total_by
from vidomo.grid.flow import factorise
from vidomo.grid.islands import island_labels
from vidomo.grid.outages import Outages

NOTHING_MW = 1e-9
"""Load or capacity below a milliwatt is none."""


@dataclass(frozen=True, kw_only=True)
class CascadeRules:
    """How a cascade runs. The rules are our own choice; docs/grid.md states them.

    Attributes:
        base_margin: A branch that carries more than its rating in the base state gets
            this times its base flow as limit, so that the base state itself holds.
        unrated_factor: Limit of a branch without rating, times the larger of its own
            and the median base flow; None means that such a branch never trips.
        max_rounds: Where to stop if trips go on.
    """

    base_margin: float = 1.05
    unrated_factor: float | None = None
    max_rounds: int = 100


@dataclass(frozen=True, kw_only=True, eq=False)
class CascadeTable:
    """One row a scenario, after the last round.

    Attributes:
        rounds: Rounds until nothing tripped.
        trips: Branches tripped, the given outages not counted.
        islands: Number of islands, single buses counted.
        served_mw: Load served.
        largest_served_mw: Load served in the island that serves most.
        place_served_mw: Load served by place (columns as ``grid.place_codes``), or None.
        assumptions: What it rests on, in words.
    """

    rounds: Ints
    trips: Ints
    islands: Ints
    served_mw: Floats
    largest_served_mw: Floats
    place_served_mw: NDArray[np.float64] | None
    assumptions: tuple[str, ...]


@lru_cache(maxsize=8)
def cascade_limits(grid: GridArrays, rules: CascadeRules) -> Floats:
    """Return the limit of each branch in MW; infinity where it never trips."""
    if rules.base_margin < 1 or rules.max_rounds < 1:
        raise InputError("base_margin and max_rounds are at least one")
    base = np.abs(_flows(grid, np.ones(grid.branches, np.bool_))[0])
    limits = grid.rating_mw.copy()
    unrated = ~np.isfinite(limits)
    if rules.unrated_factor is not None and unrated.any():
        usual = float(np.median(base))
        limits[unrated] = rules.unrated_factor * np.maximum(base[unrated], usual)
    limits = np.maximum(limits, rules.base_margin * base)
    limits.setflags(write=False)
    return limits


def cascade_assumptions(grid: GridArrays, rules: CascadeRules) -> tuple[str, ...]:
    """Return what a cascade rests on, in words."""
    said = [
        *grid.assumptions,
        "linear (DC) flow: no voltage, no reactive power, no losses, no protection but overload",
        f"a branch overloaded in the base state may carry {rules.base_margin:g} times its flow",
    ]
    unrated = int((~np.isfinite(grid.rating_mw)).sum())
    if unrated and rules.unrated_factor is None:
        said.append(f"{unrated} branches without rating never trip")
    elif unrated:
        said.append(f"{unrated} ratings are invented: {rules.unrated_factor:g} times the base flow")
    if np.any(grid.shift_rad):
        said.append("phase shifts are left out of cascades")
    return tuple(said)


def cascade_reference(
    grid: GridArrays,
    outages: Outages,
    *,
    rules: CascadeRules | None = None,
    by_place: bool = False,
) -> CascadeTable:
    """Return the cascades of all scenarios, one at a time: the readable form.

    A round: find the islands; in each, scale generation down to the load, or up within
    its capacity, and shed all loads alike where that falls short; solve; trip every
    branch above its limit at once; go on until none is.
    """
    rules = rules or CascadeRules()
    limits = cascade_limits(grid, rules)
    rounds, trips, islands = (np.zeros(len(outages), np.int32) for _ in range(3))
    served, largest = np.zeros(len(outages)), np.zeros(len(outages))
    places = np.zeros((len(outages), len(grid.place_codes))) if by_place else None
    for scenario in range(len(outages)):
        live = np.ones(grid.branches, np.bool_)
        live[outages[scenario]] = False
        flows, share, labels = _flows(grid, live)
        rounds[scenario] = 1
        while (over := np.abs(flows) > limits).any() and rounds[scenario] < rules.max_rounds:
            live &= ~over
            flows, share, labels = _flows(grid, live)
            rounds[scenario] += 1
        by_island = total_by(labels, share * grid.load_mw, int(labels.max()) + 1)
        trips[scenario] = int((~live).sum()) - len(outages[scenario])
        islands[scenario] = len(by_island)
        served[scenario], largest[scenario] = by_island.sum(), by_island.max()
        if places is not None:
            places[scenario] = place_served(grid, share)
    return CascadeTable(
        rounds=rounds,
        trips=trips,
        islands=islands,
        served_mw=served,
        largest_served_mw=largest,
        place_served_mw=places,
        assumptions=cascade_assumptions(grid, rules),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class EndState:
    """A network when its cascade is over.

    Attributes:
        live: Whether each branch is closed.
        flows_mw: Flow of each branch; zero where it is open.
        share: Share 0..1 of the load served at each bus.
        scale: Part of its base output that the generation at each bus gives.
        reserve: Part of the head-room above that output that it gives.
        labels: Island of each bus.
    """

    live: NDArray[np.bool_]
    flows_mw: Floats
    share: Floats
    scale: Floats
    reserve: Floats
    labels: Ints


def end_state(grid: GridArrays, out: Ints, *, rules: CascadeRules | None = None) -> EndState:
    """Return where the cascade after some outages ends; see ``cascade_reference``."""
    rules = rules or CascadeRules()
    limits = cascade_limits(grid, rules)
    live = np.ones(grid.branches, np.bool_)
    live[out] = False
    flows, _, labels = _flows(grid, live)
    for _ in range(rules.max_rounds - 1):
        over = np.abs(flows) > limits
        if not over.any():
            break
        live &= ~over
        flows, _, labels = _flows(grid, live)
    scale, reserve, share = (part[labels] for part in _balance(grid, labels, int(labels.max()) + 1))
    return EndState(
        live=live, flows_mw=flows, share=share, scale=scale, reserve=reserve, labels=labels
    )


def place_served(grid: GridArrays, share: Floats) -> Floats:
    """Return the load served in each place, from the share 0..1 served at each bus."""
    places, buses, parts = grid.place_links
    return total_by(places, share[buses] * grid.load_mw[buses] * parts, len(grid.place_codes))


def _flows(grid: GridArrays, live: NDArray[np.bool_]) -> tuple[Floats, Floats, Ints]:
    """Return flows in MW, the share of load served at each bus, the island of each bus."""
    count, labels = island_labels(grid, live)
    scale, reserve, share = _balance(grid, labels, count)
    head = grid.capacity_mw - grid.generation_mw
    power = scale[labels] * grid.generation_mw + reserve[labels] * head
    power -= share[labels] * grid.load_mw
    references = np.unique(labels, return_index=True)[1].astype(np.int32)
    power[references] = 0.0
    angles = factorise(grid, live, references).solve(power)
    flows = grid.susceptance * (angles[grid.start] - angles[grid.stop]) * live
    return flows, share[labels], labels


def _balance(grid: GridArrays, labels: Ints, count: int) -> tuple[Floats, Floats, Floats]:
    """Return for each island the scale of generation, of its reserve, and of its load."""
    made = total_by(labels, grid.generation_mw, count)
    head = total_by(labels, grid.capacity_mw - grid.generation_mw, count)
    needed = total_by(labels, grid.load_mw, count)
    live = (needed > NOTHING_MW) & (made + head > NOTHING_MW)
    ample = live & (made >= needed)
    short = live & (made < needed)
    given = np.minimum(needed, made + head)
    scale = np.where(ample, needed / np.where(ample, made, 1.0), np.where(short, 1.0, 0.0))
    spare = short & (head > 0)
    reserve = np.where(spare, (given - made) / np.where(spare, head, 1.0), 0.0)
    share = np.where(ample, 1.0, np.where(short, given / np.where(short, needed, 1.0), 0.0))
    return scale, reserve, share
