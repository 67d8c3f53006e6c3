"""A spanning tree, its tour and random words, for islands in time that no network size touches."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from vidomo.grid.arrays import Floats, GridArrays, Ints
from vidomo.grid.philox import philox

_STREAM = 0x15_1A_4D
"""Any word that no other draw uses."""


@dataclass(frozen=True, eq=False)
class Tour:
    """A spanning tree walked depth first.

    Attributes:
        label: Word of each branch.
        enter: Place in the tour of the bus below each branch of the tree; -1 off the tree.
        leave: One past the last place of its subtree; -1 off the tree.
        load_before: Load of all buses before each place of the tour.
        capacity_before: Capacity likewise.
    """

    label: NDArray[np.uint64]
    enter: Ints
    leave: Ints
    load_before: Floats
    capacity_before: Floats


@lru_cache(maxsize=4)
def tour(grid: GridArrays) -> Tour | None:
    """Return the tour of a network; None when it is not connected."""
    order, above, leave = _walk(grid)
    if len(order) < grid.buses:
        return None
    label = _words(grid.branches)
    tree = [above[bus] for bus in order if above[bus] >= 0]
    label[tree] = 0
    below = np.zeros(grid.buses, np.uint64)
    for ends in (grid.start, grid.stop):
        np.bitwise_xor.at(below, ends, label)
    enter_of = np.full(grid.branches, -1, np.int32)
    leave_of = np.full(grid.branches, -1, np.int32)
    place = {bus: number for number, bus in enumerate(order)}
    start, stop = grid.start.tolist(), grid.stop.tolist()
    for bus in reversed(order):
        branch = above[bus]
        if branch < 0:
            continue
        label[branch] = below[bus]
        below[stop[branch] if start[branch] == bus else start[branch]] ^= below[bus]
        enter_of[branch], leave_of[branch] = place[bus], leave[bus]
    return Tour(
        label=label,
        enter=enter_of,
        leave=leave_of,
        load_before=np.concatenate([[0.0], np.cumsum(grid.load_mw[order])]),
        capacity_before=np.concatenate([[0.0], np.cumsum(grid.capacity_mw[order])]),
    )


def _walk(grid: GridArrays) -> tuple[list[int], list[int], list[int]]:
    """Return buses in the order of the walk, the branch above each, the end of each subtree."""
    near: list[list[tuple[int, int]]] = [[] for _ in range(grid.buses)]
    ends = zip(grid.start.tolist(), grid.stop.tolist(), strict=True)
    for branch, (one, other) in enumerate(ends):
        near[one].append((other, branch))
        near[other].append((one, branch))
    above = [-1] * grid.buses
    leave = [-1] * grid.buses
    seen = [False] * grid.buses
    seen[0] = True
    order = [0]
    stack = [(0, iter(near[0]))]
    while stack:
        bus, rest = stack[-1]
        step = next(((other, branch) for other, branch in rest if not seen[other]), None)
        if step is None:
            leave[bus] = len(order)
            stack.pop()
            continue
        other, above[step[0]] = step
        seen[other] = True
        order.append(other)
        stack.append((other, iter(near[other])))
    return order, above, leave


def _words(count: int) -> NDArray[np.uint64]:
    number = np.arange(count, dtype=np.uint64)
    none = np.zeros(count, np.uint64)
    high, low, _, _ = philox((number, none, none, none), (_STREAM, 0))
    return high << np.uint64(32) | low
