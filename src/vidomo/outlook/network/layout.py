"""A network as the draw sees it: its places, branches that touch them, blocks of both."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from vidomo.grid.arrays import Bools, Floats, GridArrays, Ints
from vidomo.grid.cascade import CascadeRules
from vidomo.grid.fast import cascade
from vidomo.grid.outages import outages_from_masks

LEVELS = 4
"""Classes of the share served by the network; see ``served_class``."""
_EDGES = np.array([0.1, 0.2, 0.9])
_NEAR = 1e-9
LARGEST_BLOCK, FEWEST_BLOCKS = 8, 5
"""Places drawn anew at a time; any number gives the same law, these are fast on twins."""
_LEAST_LOAD_MW = 1e-9
_BATCH = 1024


@dataclass(frozen=True, eq=False)
class Block:
    """Places drawn anew together, with every branch that touches one of them."""

    places: Ints
    branches: Ints


@dataclass(frozen=True, kw_only=True, eq=False)
class Layout:
    """A network prepared for the draw.

    Attributes:
        grid: The network, without limits of branches unless ``rules`` are given.
        rules: How a cascade runs; None: only islands and capacity.
        codes: Places; the columns of every table. Those without load can be struck, too.
        load_mw: Load of each.
        is_fed: Whether it has any.
        touching: By branch, the places that it touches, padded with ``len(codes)``.
        blocks: Cover every place once and every branch at least once.
    """

    grid: GridArrays
    rules: CascadeRules | None
    codes: tuple[str, ...]
    load_mw: Floats
    is_fed: Bools
    touching: Ints
    blocks: tuple[Block, ...]

    @cached_property
    def alone(self) -> NDArray[np.int8]:
        """Class served in each place with one branch out: a row a branch."""
        parts = []
        for first in range(0, self.grid.branches, _BATCH):
            last = min(first + _BATCH, self.grid.branches)
            out = np.zeros((last - first, self.grid.branches), np.bool_)
            out[np.arange(last - first), np.arange(first, last)] = True
            parts.append(self.served(out, 1.0))
        return np.concatenate(parts)

    @cached_property
    def matters_alone(self) -> Bools:
        """Whether the loss of a branch alone changes what any place is served."""
        whole = self.served(np.zeros((1, self.grid.branches), np.bool_), 1.0)
        return np.asarray((self.alone != whole).any(axis=1), np.bool_)

    def served(self, out: Bools, headroom_share: float) -> NDArray[np.int8]:
        """Return the class of the share served in each place: a row a row of ``out``.

        A place without load counts as served; nothing is said of it.
        """
        grid = with_headroom(self.grid, headroom_share)
        table = cascade(grid, outages_from_masks(out), rules=self.rules, by_place=True)
        assert table.place_served_mw is not None  # noqa: S101 - asked for by place
        share = np.ones_like(table.place_served_mw)
        np.divide(table.place_served_mw, self.load_mw, out=share, where=self.is_fed)
        return served_class(share)


def served_class(share: Floats) -> NDArray[np.int8]:
    """Return 0 below a tenth, 1 below a fifth, 2 below nine tenths, else 3.

    With no, half or all of the load lost below the network, everything within one class
    falls into the same category: out below a tenth, served from nine tenths.
    """
    return np.searchsorted(_EDGES, share + _NEAR, side="right").astype(np.int8)


def lay_out(grid: GridArrays, *, rules: CascadeRules | None) -> Layout:
    """Return a network prepared for the draw."""
    touching = _touching(grid)
    return Layout(
        grid=grid if rules else _without_limits(grid),
        rules=rules,
        codes=grid.place_codes,
        load_mw=grid.place_load_mw,
        is_fed=grid.place_load_mw > _LEAST_LOAD_MW,
        touching=touching,
        blocks=_blocks(touching, len(grid.place_codes)),
    )


def _touching(grid: GridArrays) -> Ints:
    at_bus: list[set[int]] = [set() for _ in range(grid.buses)]
    places, buses, _ = grid.place_links
    for place, bus in zip(places.tolist(), buses.tolist(), strict=True):
        at_bus[bus].add(place)
    ends = zip(grid.start.tolist(), grid.stop.tolist(), strict=True)
    found = [sorted(at_bus[one] | at_bus[other]) for one, other in ends]
    widest = max((len(row) for row in found), default=0) or 1
    none = len(grid.place_codes)
    return np.array([row + [none] * (widest - len(row)) for row in found], np.int32).reshape(
        -1, widest
    )


def _blocks(touching: Ints, places: int) -> tuple[Block, ...]:
    size = min(LARGEST_BLOCK, max(1, places // FEWEST_BLOCKS))
    blocks = []
    for first in range(0, places, size):
        last = min(first + size, places)
        near = ((touching >= first) & (touching < last)).any(axis=1)
        blocks.append(
            Block(np.arange(first, last, dtype=np.int32), np.nonzero(near)[0].astype(np.int32))
        )
    alone = np.nonzero((touching == places).all(axis=1))[0].astype(np.int32)
    if alone.size:
        blocks.append(Block(np.zeros(0, np.int32), alone))
    return tuple(blocks)


@lru_cache(maxsize=4)
def _without_limits(grid: GridArrays) -> GridArrays:
    return replace(grid, rating_mw=np.full(grid.branches, np.inf))


@lru_cache(maxsize=8)
def with_headroom(grid: GridArrays, share: float) -> GridArrays:
    """Return a network with a share of what its sources could give beyond their output."""
    spare = grid.capacity_mw - grid.generation_mw
    return replace(grid, capacity_mw=grid.generation_mw + share * spare)
