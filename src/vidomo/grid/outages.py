"""Which branches are out in each of many scenarios."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vidomo.core.errors import InputError
from vidomo.grid.arrays import Bools, GridArrays, Ints, branch_list


@dataclass(frozen=True, eq=False)
class Outages:
    """Scenario ``s`` has the branches ``branch[offset[s]:offset[s + 1]]`` out.

    A branch stands at most once in a scenario.
    """

    offset: NDArray[np.int64]
    branch: Ints

    def __len__(self) -> int:
        return len(self.offset) - 1

    def __getitem__(self, scenario: int) -> Ints:
        return self.branch[self.offset[scenario] : self.offset[scenario + 1]]

    def part(self, first: int, last: int) -> "Outages":
        """Return the scenarios ``first <= s < last``."""
        offset = self.offset[first : last + 1]
        return Outages(offset - offset[0], self.branch[offset[0] : offset[-1]])


def outages_from_ids(grid: GridArrays, scenarios: Iterable[Sequence[str]]) -> Outages:
    """Return outages from branch ids, one sequence a scenario; repeats count once.

    Raises:
        InputError: A branch is not in service or does not exist.
    """
    lists = [branch_list(grid, tuple(dict.fromkeys(ids))) for ids in scenarios]
    return outages_from_lists(grid, lists)


def outages_from_lists(grid: GridArrays, scenarios: Sequence[Sequence[int] | Ints]) -> Outages:
    """Return outages from branch numbers, one sequence a scenario.

    Raises:
        InputError: A number is not that of a branch, or stands twice in a scenario.
    """
    offset = np.zeros(len(scenarios) + 1, np.int64)
    np.cumsum([len(out) for out in scenarios], out=offset[1:])
    branch = np.fromiter((int(number) for out in scenarios for number in out), np.int32)
    if branch.size and not (branch.min() >= 0 and branch.max() < grid.branches):
        raise InputError(f"branch numbers run from 0 to {grid.branches - 1}")
    if any(len(set(map(int, out))) != len(out) for out in scenarios):
        raise InputError("a branch stands twice in one scenario", hint="name it once")
    return Outages(offset, branch)


def outages_from_masks(masks: Bools) -> Outages:
    """Return outages from a table with a row a scenario, true where a branch is out."""
    offset = np.zeros(len(masks) + 1, np.int64)
    np.cumsum(masks.sum(axis=1), out=offset[1:])
    return Outages(offset, np.nonzero(masks)[1].astype(np.int32))
