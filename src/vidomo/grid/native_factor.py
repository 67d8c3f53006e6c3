"""The factor of a network for the kernels: little fill, symbolic once, numeric once."""

import ctypes
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.linalg import splu

from vidomo.grid.arrays import Floats, GridArrays, Ints
from vidomo.grid.native import Factor, fill, library


@dataclass(frozen=True, eq=False)
class NativeFactor:
    """A network prepared for the kernels.

    Attributes:
        struct: What the kernels read; it keeps its arrays alive.
        order: Old number of the bus at each new place.
        place: New place of each bus.
        diagonal: Diagonal of the matrix, in the new order.
        entries: Entries of L below its diagonal.
        parent: Elimination tree, in the new order.
    """

    struct: Factor
    order: Ints
    place: Ints
    diagonal: Floats
    entries: int
    parent: Ints


@lru_cache(maxsize=4)
def native_factor(grid: GridArrays) -> NativeFactor:
    """Return the symbolic factor of a network; the kernels must be there."""
    native = library()
    assert native is not None  # noqa: S101 - callers ask library() first
    place = _order(grid)
    order = np.argsort(place).astype(np.int32)
    start, stop = place[grid.start], place[grid.stop]
    low, high = np.minimum(start, stop).astype(np.int64), np.maximum(start, stop).astype(np.int64)
    keys, entry = np.unique(high * grid.buses + low, return_inverse=True)
    upper = np.zeros(len(keys))
    np.subtract.at(upper, entry, grid.susceptance)
    upper_start = np.zeros(grid.buses + 1, np.int32)
    np.cumsum(np.bincount(keys // grid.buses, minlength=grid.buses), out=upper_start[1:])
    upper_row = (keys % grid.buses).astype(np.int32)
    diagonal, weight = np.zeros(grid.buses), np.zeros(grid.buses)
    for ends in (start, stop):
        np.add.at(diagonal, ends, grid.susceptance)
        np.add.at(weight, ends, np.abs(grid.susceptance))
    parent = np.zeros(grid.buses, np.int32)
    column_start = np.zeros(grid.buses + 1, np.int32)
    entries = native.vidomo_grid_tree(
        grid.buses, *_at(upper_start, upper_row, parent, column_start)
    )
    column_row, row_column = np.zeros(entries, np.int32), np.zeros(entries, np.int32)
    row_start = np.zeros(grid.buses + 1, np.int32)
    native.vidomo_grid_pattern(
        grid.buses,
        *_at(upper_start, upper_row, parent, column_start, column_row, row_start, row_column),
    )
    struct = Factor()
    fill(
        struct,
        buses=grid.buses,
        branches=grid.branches,
        upper_start=upper_start,
        upper_row=upper_row,
        column_start=column_start,
        column_row=column_row,
        row_start=row_start,
        row_column=row_column,
        parent=parent,
        start=start,
        stop=stop,
        entry=entry.astype(np.int32),
        susceptance=grid.susceptance,
        upper=upper,
        diagonal=diagonal,
        weight=weight,
    )
    return NativeFactor(struct, order, place, diagonal, int(entries), parent)


def numeric(factor: NativeFactor, references: Ints) -> tuple[Floats, Floats]:
    """Return L by column and the inverse pivots, grounded at one bus of each island."""
    native = library()
    assert native is not None  # noqa: S101 - a NativeFactor exists only with the kernels
    # Any ground will do: injections sum to zero in each island, so no power flows to it.
    grounded = factor.diagonal.copy()
    grounded[factor.place[references]] += np.abs(factor.diagonal).mean()
    values, pivots = np.zeros(factor.entries), np.zeros(len(grounded))
    native.vidomo_grid_factor(ctypes.addressof(factor.struct), *_at(grounded, values, pivots))
    return values, pivots


def _order(grid: GridArrays) -> Ints:
    """Return the place of each bus in an order of minimum degree.

    The pattern alone decides, so unit weights with a firm diagonal stand in.
    """
    every = np.arange(grid.buses)
    ones = np.ones(grid.branches)
    matrix = coo_array(
        (
            np.concatenate([-ones, -ones, np.full(grid.buses, 1.0)]),
            (
                np.concatenate([grid.start, grid.stop, every]),
                np.concatenate([grid.stop, grid.start, every]),
            ),
        ),
        (grid.buses, grid.buses),
    ).tocsc()
    matrix.setdiag(
        1.0
        + np.bincount(grid.start, minlength=grid.buses) * 2.0
        + np.bincount(grid.stop, minlength=grid.buses) * 2.0
    )
    lu = splu(
        matrix,
        permc_spec="MMD_AT_PLUS_A",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )
    place: Ints = lu.perm_c.astype(np.int32)
    return place


def _at(*arrays: Ints | Floats) -> list[int]:
    return [array.ctypes.data for array in arrays]
