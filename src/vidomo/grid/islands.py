"""Islands: which buses still hang together, what they need, what they can give."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from vidomo.grid.arrays import Bools, Floats, GridArrays, Ints, total_by
from vidomo.grid.outages import Outages


@dataclass(frozen=True, kw_only=True)
class Island:
    """One connected part of a network.

    Attributes:
        buses: Numbers of its buses, ascending.
        load_mw: What it needs.
        capacity_mw: What its generators can give.
        generation_mw: What they give in the base state.
    """

    buses: tuple[int, ...]
    load_mw: float
    capacity_mw: float
    generation_mw: float

    @property
    def self_sufficiency(self) -> float:
        """Share 0..1 of its load that its own capacity covers; one without load."""
        return min(1.0, self.capacity_mw / self.load_mw) if self.load_mw > 0 else 1.0

    @property
    def surplus_mw(self) -> float:
        """Generation of the base state less load; negative where it falls short."""
        return self.generation_mw - self.load_mw


@dataclass(frozen=True, kw_only=True, eq=False)
class IslandTable:
    """One row a scenario.

    Attributes:
        islands: Number of islands, single buses counted.
        largest_load_mw: Load of the island with most load.
        unserved_mw: Load beyond the capacity of its island; a lower bound, since
            no limit of a branch is looked at.
        assumptions: What it rests on, in words.
    """

    islands: Ints
    largest_load_mw: Floats
    unserved_mw: Floats
    assumptions: tuple[str, ...]


def island_labels(grid: GridArrays, live: Bools) -> tuple[int, Ints]:
    """Return the number of islands, and the island of each bus, numbered by first bus.

    Args:
        grid: Any network.
        live: True for each branch that is closed.
    """
    ends = (grid.start[live], grid.stop[live])
    links = coo_array((np.ones(len(ends[0]), np.int8), ends), (grid.buses, grid.buses))
    count, labels = connected_components(links, directed=False)
    return int(count), labels.astype(np.int32)


def island_list(grid: GridArrays, out: Ints | tuple[int, ...] = ()) -> tuple[Island, ...]:
    """Return the islands with some branches out, the one with most load first."""
    live = np.ones(grid.branches, np.bool_)
    live[list(out)] = False
    count, labels = island_labels(grid, live)
    load, capacity, generation = (
        total_by(labels, values, count)
        for values in (grid.load_mw, grid.capacity_mw, grid.generation_mw)
    )
    order = np.argsort(labels, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(labels, minlength=count))[:-1])
    found = [
        Island(
            buses=tuple(map(int, members[number])),
            load_mw=float(load[number]),
            capacity_mw=float(capacity[number]),
            generation_mw=float(generation[number]),
        )
        for number in range(count)
    ]
    return tuple(sorted(found, key=lambda island: (-island.load_mw, island.buses)))


def effective_islands(islands: tuple[Island, ...]) -> float:
    """Return N_eff = 1 / sum of squared load shares over energised islands.

    One is a whole network, two is two equal halves. An island without capacity is not
    energised. Zero means that nothing is energised.

    Source: inverse Simpson index of the islands' load shares (Laakso and Taagepera 1979).
    """
    loads = [island.load_mw for island in islands if island.capacity_mw > 0 and island.load_mw > 0]
    total = sum(loads)
    return 1.0 / sum((load / total) ** 2 for load in loads) if total > 0 else 0.0


def islands_reference(grid: GridArrays, outages: Outages) -> IslandTable:
    """Return the islands of each scenario, one scenario at a time."""
    count = np.zeros(len(outages), np.int32)
    largest = np.zeros(len(outages))
    unserved = np.zeros(len(outages))
    live = np.ones(grid.branches, np.bool_)
    for scenario in range(len(outages)):
        live[outages[scenario]] = False
        count[scenario], labels = island_labels(grid, live)
        load = total_by(labels, grid.load_mw, count[scenario])
        capacity = total_by(labels, grid.capacity_mw, count[scenario])
        largest[scenario] = load.max()
        unserved[scenario] = np.maximum(load - capacity, 0.0).sum()
        live[outages[scenario]] = True
    return IslandTable(
        islands=count,
        largest_load_mw=largest,
        unserved_mw=unserved,
        assumptions=grid.assumptions,
    )


def bridges(grid: GridArrays) -> Ints:
    """Return the branches whose loss alone splits an island, ascending.

    Source: Tarjan's bridge search (1974), with low points, without recursion.
    """
    near, first = _neighbours(grid)
    entered = np.full(grid.buses, -1, np.int64)
    low = np.zeros(grid.buses, np.int64)
    found: list[int] = []
    clock = 0
    for root in range(grid.buses):
        if entered[root] >= 0:
            continue
        walk = [(root, -1, first[root])]
        entered[root] = low[root] = clock
        clock += 1
        while walk:
            bus, by, at = walk.pop()
            if at < first[bus + 1]:
                walk.append((bus, by, at + 1))
                branch, other = near[at]
                if branch == by:
                    continue
                if entered[other] >= 0:
                    low[bus] = min(low[bus], entered[other])
                else:
                    entered[other] = low[other] = clock
                    clock += 1
                    walk.append((other, branch, first[other]))
            elif by >= 0:
                above = walk[-1][0]
                low[above] = min(low[above], low[bus])
                if low[bus] > entered[above]:
                    found.append(by)
    return np.array(sorted(found), np.int32)


def _neighbours(grid: GridArrays) -> tuple[list[tuple[int, int]], list[int]]:
    ends = np.concatenate([grid.start, grid.stop])
    order = np.argsort(ends, kind="stable")
    others = np.concatenate([grid.stop, grid.start])[order]
    branches = np.tile(np.arange(grid.branches), 2)[order]
    first = np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=grid.buses))])
    return list(zip(branches.tolist(), others.tolist(), strict=True)), first.tolist()
