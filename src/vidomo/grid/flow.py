"""Linear (DC) power flow, its sensitivities, and the loss of any one branch.

Voltage, reactive power and losses are left out: a voltage collapse cannot be seen.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array, csc_array
from scipy.sparse.linalg import SuperLU, splu

from vidomo.core.errors import InputError
from vidomo.grid.arrays import Bools, Floats, GridArrays, Ints, total_by
from vidomo.grid.islands import bridges, island_labels

_TABLE_LIMIT = 2 * 1024**3
_FLAT = 1e-9
"""Below this 1 - H_kk is rounding: the network without the branch has no solution."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ContingencyTable:
    """One row a branch that goes out, the others staying.

    Attributes:
        branch: Number of the branch that goes out.
        is_split: Whether its loss splits an island; then nothing else is said of it.
        worst_loading: Largest flow over rating among rated branches; NaN where split.
        worst_branch: Where that is; -1 where split or nothing is rated.
        overloads: Branches above their rating; -1 where split.
        assumptions: What it rests on, in words.
    """

    branch: Ints
    is_split: Bools
    worst_loading: Floats
    worst_branch: Ints
    overloads: Ints
    assumptions: tuple[str, ...]


class DcModel:
    """A network factorised once; every island is balanced at its own reference bus."""

    def __init__(self, grid: GridArrays) -> None:
        self.grid = grid
        count, self.labels = island_labels(grid, np.ones(grid.branches, np.bool_))
        self.references = _references(grid, count, self.labels)
        self._factor: SuperLU = factorise(grid, np.ones(grid.branches, np.bool_), self.references)

    def power_mw(self) -> Floats:
        """Return generation less load of each bus, the mismatch taken by the references."""
        return self.balanced(self.grid.generation_mw - self.grid.load_mw)

    def balanced(self, power_mw: Floats) -> Floats:
        """Return injections whose sum is zero in each island."""
        power = power_mw.copy()
        power[self.references] -= total_by(self.labels, power, len(self.references))
        return power

    def angles(self, power_mw: Floats | None = None) -> Floats:
        """Return the angle of each bus, in radians, zero at each reference."""
        grid = self.grid
        power = (self.power_mw() if power_mw is None else self.balanced(power_mw)).copy()
        turned = grid.susceptance * grid.shift_rad * grid.model.base_mva
        np.add.at(power, grid.start, turned)
        np.subtract.at(power, grid.stop, turned)
        power[self.references] = 0.0
        angles: Floats = self._factor.solve(power / grid.model.base_mva)
        return angles

    def flows_mw(self, power_mw: Floats | None = None) -> Floats:
        """Return the flow of each branch, positive from start to stop.

        Args:
            power_mw: Injection of each bus; the base state when not given.
        """
        grid = self.grid
        angles = self.angles(power_mw)
        turn = angles[grid.start] - angles[grid.stop] - grid.shift_rad
        flows: Floats = grid.susceptance * turn * grid.model.base_mva
        return flows

    @cached_property
    def split(self) -> Bools:
        """Whether the loss of each branch splits an island."""
        found = np.zeros(self.grid.branches, np.bool_)
        found[bridges(self.grid)] = True
        return found

    def ptdf(self) -> Floats:
        """Return branch flows (rows) per MW put in at each bus, taken out at its reference.

        Raises:
            InputError: The table would take more than 2 GiB.
        """
        grid = self.grid
        _check_size(grid.branches, grid.buses)
        sides = np.eye(grid.buses)
        sides[self.references] = 0.0
        angles = self._factor.solve(sides)
        table: Floats = grid.susceptance[:, None] * (angles[grid.start] - angles[grid.stop])
        return table

    def lodf(self, columns: Ints | None = None) -> Floats:
        """Return the share of a lost branch's flow (columns) that moves to each branch (rows).

        The diagonal is -1. A column whose branch splits an island is NaN throughout.

        Args:
            columns: Branches that go out; all when not given.

        Raises:
            InputError: The table would take more than 2 GiB.

        Source: Wood and Wollenberg, Power Generation, Operation, and Control, chapter 11.
        """
        grid = self.grid
        out = np.arange(grid.branches, dtype=np.int32) if columns is None else columns
        _check_size(grid.branches, len(out))
        sides = np.zeros((grid.buses, len(out)))
        at = np.arange(len(out))
        sides[grid.start[out], at] += 1.0
        sides[grid.stop[out], at] -= 1.0
        sides[self.references] = 0.0
        angles = self._factor.solve(sides)
        moved = grid.susceptance[:, None] * (angles[grid.start] - angles[grid.stop])
        rest = 1.0 - moved[out, at]
        rest[self.split[out] | (np.abs(rest) < _FLAT)] = np.nan
        table: Floats = moved / rest
        table[out, at] = np.where(np.isnan(rest), np.nan, -1.0)
        return table

    def flows_without(self, columns: Ints) -> Floats:
        """Return the flows in MW (rows: branches) after each branch of ``columns`` is lost."""
        base = self.flows_mw()
        flows: Floats = base[:, None] + self.lodf(columns) * base[columns]
        return flows

    def contingencies_reference(self, columns: Ints) -> ContingencyTable:
        """Return the N-1 screening of some branches, by the whole table of flows."""
        grid = self.grid
        loading = np.abs(self.flows_without(columns)) / grid.rating_mw[:, None]
        split = np.asarray(np.isnan(loading).all(axis=0), np.bool_)
        worst = np.argmax(np.where(split, 0.0, loading), axis=0).astype(np.int32)
        none = split | ~np.isfinite(grid.rating_mw).any()
        top = loading[worst, np.arange(len(columns))]
        return ContingencyTable(
            branch=columns,
            is_split=split,
            worst_loading=np.where(none, np.nan, top),
            worst_branch=np.where(none, -1, worst).astype(np.int32),
            overloads=np.where(split, -1, (loading > 1).sum(axis=0)).astype(np.int32),
            assumptions=(*grid.assumptions, *self.assumptions),
        )

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What flows rest on beyond the network's own assumptions."""
        said = ["linear (DC) flow: no voltage, no reactive power, no losses"]
        if len(self.references) > 1:
            said.append(f"{len(self.references)} islands, each balanced at a bus of its own")
        return tuple(said)


def factorise(grid: GridArrays, live: Bools, references: Ints) -> SuperLU:
    """Return the factors of the susceptance matrix, grounded at one bus of each island."""
    start, stop, value = grid.start[live], grid.stop[live], grid.susceptance[live]
    matrix = coo_array(
        (
            np.concatenate([value, value, -value, -value]),
            (
                np.concatenate([start, stop, start, stop]),
                np.concatenate([start, stop, stop, start]),
            ),
        ),
        (grid.buses, grid.buses),
    ).tocsc()
    # Grounding by deletion keeps the other rows exact; a large number on the
    # diagonal would cost digits on networks with short lines.
    keep = np.ones(grid.buses)
    keep[references] = 0.0
    kept = coo_array((keep, (np.arange(grid.buses), np.arange(grid.buses)))).tocsc()
    ground = coo_array((1.0 - keep, (np.arange(grid.buses), np.arange(grid.buses)))).tocsc()
    return splu(
        csc_array(kept @ matrix @ kept + ground),
        permc_spec="MMD_AT_PLUS_A",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )


def _references(grid: GridArrays, count: int, labels: Ints) -> Ints:
    """Return one bus of each island: the slack, or the one with the largest generation."""
    weight = grid.generation_mw.copy()
    weight[grid.slack] = np.inf
    order = np.lexsort((np.arange(grid.buses), -weight))
    first = np.full(count, -1, np.int32)
    for bus in order[::-1]:
        first[labels[bus]] = bus
    return first


def _check_size(rows: int, columns: int) -> None:
    if rows * columns * 8 > _TABLE_LIMIT:
        raise InputError(
            f"a table of {rows} x {columns} numbers takes more than 2 GiB",
            hint="ask for some columns, or for the screening",
        )
