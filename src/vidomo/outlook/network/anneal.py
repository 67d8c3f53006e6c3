"""Draw states of the network that fit the evidence, each with its weight.

Annealed importance sampling (Neal 2001). Every chain begins with an exact draw from a simple
law: places struck and branches out as the reports make likely one at a time. It then walks
in steps of Metropolis towards the law with all evidence together, and its weight takes back
what the simple law got wrong. Chains know nothing of each other, and all numbers are drawn
by counter, so any number of chunks gives the same bits.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vidomo.grid.arrays import Bools, Floats, Ints
from vidomo.grid.philox import uniforms
from vidomo.outlook.network.chances import Chances
from vidomo.outlook.network.layout import Block, Layout

STREAM = 0x0E_71_D0
"""First stream of the draw; no other part of the house uses it or those that follow."""
POWER = 1.5
"""How much smaller the first steps are than the last; any positive number gives the same law."""
_START, _STRUCK, _OUT, _LOST, _STEP = (STREAM + part for part in range(5))


@dataclass(frozen=True, kw_only=True, eq=False)
class Chains:
    """States of some chains, a row a chain.

    Attributes:
        world: Number of its combination of assumptions; ``scale`` that of its failure scale,
            ``headroom`` that of its headroom.
        struck: Which places were struck.
        out: Which branches are out.
        served: Class served in each place.
        log_weight: Log of its weight, up to a constant.
        lost: Uniform numbers for the faults below the network, one a place.
    """

    world: Ints
    scale: Ints
    headroom: Ints
    struck: Bools
    out: Bools
    served: NDArray[np.int8]
    log_weight: Floats
    lost: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Draw:
    """What all chains share.

    Attributes:
        layout: The network.
        chances: Prior and evidence.
        scale_weights: How much each failure scale is believed; ``headroom_weights`` likewise.
        headroom_shares: Values of the headrooms.
        sweeps: Steps between the two laws; every block is drawn anew in each.
        seed: 0 <= seed < 2**64.
        samples: Chains in all.
    """

    layout: Layout
    chances: Chances
    scale_weights: tuple[float, ...]
    headroom_weights: tuple[float, ...]
    headroom_shares: tuple[float, ...]
    sweeps: int
    seed: int
    samples: int


def run_chains(draw: Draw, first: int, last: int) -> Chains:
    """Return the chains ``first <= c < last``."""
    state = _begin(draw, first, last)
    log_weight = np.zeros(last - first)
    fit = state.fit(slice(None), state.struck, state.out, state.served)
    step = 0
    for sweep in range(1, draw.sweeps + 1):
        # Small steps first: a rare state that fits very well must be easy to leave, or a
        # single chain that began there would outweigh all others.
        heat = (sweep / draw.sweeps) ** POWER
        log_weight += fit * (heat - ((sweep - 1) / draw.sweeps) ** POWER)
        for block in draw.layout.blocks:
            fit = _renew(draw, state, block, fit, heat=heat, stream=_STEP + step, first=first)
            fit = _wander(draw, state, fit, heat=heat, stream=_STEP + step + 1, first=first)
            step += 2
    return Chains(
        world=state.world,
        scale=state.scale,
        headroom=state.headroom,
        struck=state.struck,
        out=state.out,
        served=state.served,
        log_weight=log_weight,
        lost=_uniform(draw, _LOST, first, last, len(draw.layout.codes)),
    )


@dataclass(eq=False)
class _State:
    draw: Draw
    world: Ints
    scale: Ints
    headroom: Ints
    struck: Bools
    out: Bools
    served: NDArray[np.int8]

    def exposed(self, struck: Bools, branches: Ints) -> Bools:
        """Return which of some branches touch a struck place, a row a chain."""
        padded = np.zeros((len(struck), struck.shape[1] + 1), np.bool_)
        padded[:, :-1] = struck
        touching = self.draw.layout.touching[branches]
        found = padded[:, touching[:, 0]]
        for column in range(1, touching.shape[1]):
            found |= padded[:, touching[:, column]]
        return found

    def places_fit(
        self, rows: Ints, struck: Bools, served: NDArray[np.int8], world: Ints | None = None
    ) -> Floats:
        """Return by how many nats all reports fit better than in the usual state."""
        table = self.draw.chances
        number = np.arange(struck.shape[1])[None, :]
        hit = struck.astype(np.int8)
        chosen = (self.world if world is None else world)[rows][:, None]
        gained = (
            table.log_said[chosen, number, hit, served]
            - table.log_said[chosen, number, hit, table.usual[None, :]]
        )
        return np.asarray(gained.sum(axis=1))

    def branches_fit(self, rows: Ints, struck: Bools, out: Bools, branches: Ints) -> Floats:
        """Return what takes back the tilt of the first draw, over some branches."""
        table = self.draw.chances
        exposed = self.exposed(struck, branches).astype(np.int8)
        norm = table.log_norm[self.scale[rows][:, None], branches[None, :], exposed]
        return np.asarray((norm - out * table.tilt[branches][None, :]).sum(axis=1))

    def fit(
        self, rows: Ints | slice, struck: Bools, out: Bools, served: NDArray[np.int8]
    ) -> Floats:
        """Return the log ratio of the two laws in each chain."""
        chosen = np.arange(len(self.world), dtype=np.int32)[rows]
        every = np.arange(out.shape[1], dtype=np.int32)
        return self.places_fit(chosen, struck, served) + self.branches_fit(
            chosen, struck, out, every
        )

    def serve(self, rows: Ints, out: Bools) -> NDArray[np.int8]:
        """Return the class served in each place with some branches out."""
        served = np.zeros((len(rows), len(self.draw.layout.codes)), np.int8)
        for number, share in enumerate(self.draw.headroom_shares):
            mine = self.headroom[rows] == number
            if mine.any():
                served[mine] = self.draw.layout.served(out[mine], share)
        return served


def _begin(draw: Draw, first: int, last: int) -> _State:
    layout, table = draw.layout, draw.chances
    start = _uniform(draw, _START, first, last, 3)
    # The first number is stratified over all chains: fewer draws tell the worlds apart.
    even = (np.arange(first, last) + start[:, 0]) / draw.samples
    world = _choose(table.after, even)
    scale = _choose(np.array(draw.scale_weights), start[:, 1])
    state = _State(
        draw=draw,
        world=world,
        scale=scale,
        headroom=_choose(np.array(draw.headroom_weights), start[:, 2]),
        struck=_uniform(draw, _STRUCK, first, last, len(layout.codes)) < table.struck[world],
        out=np.zeros((last - first, layout.grid.branches), np.bool_),
        served=np.zeros((last - first, len(layout.codes)), np.int8),
    )
    every = np.arange(layout.grid.branches, dtype=np.int32)
    exposed = state.exposed(state.struck, every).astype(np.int8)
    chance = table.drawn[scale[:, None], every[None, :], exposed]
    state.out = _uniform(draw, _OUT, first, last, len(every)) < chance
    state.served = state.serve(np.arange(last - first, dtype=np.int32), state.out)
    return state


def _renew(
    draw: Draw, state: _State, block: Block, fit: Floats, *, heat: float, stream: int, first: int
) -> Floats:
    """Draw a block anew from the simple law and keep it where the evidence agrees."""
    table = draw.chances
    count, places, branches = len(state.world), block.places, block.branches
    number = _uniform(draw, stream, first, first + count, len(places) + len(branches) + 1)
    struck = state.struck.copy()
    struck[:, places] = number[:, : len(places)] < table.struck[state.world[:, None], places]
    exposed = state.exposed(struck, branches).astype(np.int8)
    chance = table.drawn[state.scale[:, None], branches[None, :], exposed]
    out = state.out.copy()
    out[:, branches] = number[:, len(places) : -1] < chance
    changed = (out[:, branches] != state.out[:, branches]).any(axis=1)
    moved = changed | (struck[:, places] != state.struck[:, places]).any(axis=1)
    rows = np.nonzero(moved)[0].astype(np.int32)
    if not rows.size:
        return fit
    served = state.served.copy()
    anew = np.nonzero(changed)[0].astype(np.int32)
    if anew.size:
        served[anew] = state.serve(anew, out[anew])
    gained = (
        state.places_fit(rows, struck[rows], served[rows])
        - state.places_fit(rows, state.struck[rows], state.served[rows])
        + state.branches_fit(rows, struck[rows], out[rows][:, branches], branches)
        - state.branches_fit(rows, state.struck[rows], state.out[rows][:, branches], branches)
    )
    kept = rows[np.log(number[rows, -1] + 2.0**-54) < heat * gained]
    state.struck[kept], state.out[kept], state.served[kept] = (
        struck[kept],
        out[kept],
        served[kept],
    )
    fit = fit.copy()
    won = np.isin(rows, kept)
    fit[kept] += gained[won]
    return fit


def _wander(
    draw: Draw, state: _State, fit: Floats, *, heat: float, stream: int, first: int
) -> Floats:
    """Propose other assumptions for each chain, and keep them where the evidence agrees.

    Reports that only a fault of the network explains look like noise or like many local
    faults as long as the network is taken to be whole; a chain must be able to leave that.
    """
    table = draw.chances
    count, places = state.struck.shape
    number = _uniform(draw, stream, first, first + count, 2)
    world = _choose(table.before, number[:, 0])
    at, hit = np.arange(places)[None, :], state.struck.astype(np.int8)
    every = np.arange(count, dtype=np.int32)
    gained = (
        table.log_first[world[:, None], at, hit] - table.log_first[state.world[:, None], at, hit]
    ).sum(axis=1)
    better = state.places_fit(every, state.struck, state.served, world=world) - state.places_fit(
        every, state.struck, state.served
    )
    kept = np.log(number[:, 1] + 2.0**-54) < gained + heat * better
    state.world = np.where(kept, world, state.world)
    return np.where(kept, fit + better, fit)


def _uniform(draw: Draw, stream: int, first: int, last: int, draws: int) -> Floats:
    return uniforms(draw.seed, stream=stream, first=first, last=last, draws=draws)


def _choose(weights: Floats, number: Floats) -> Ints:
    """Return the place of each number in the running sum of the weights."""
    edges = np.cumsum(weights / weights.sum())
    found = np.searchsorted(edges, number, side="right")
    return np.minimum(found, len(edges) - 1).astype(np.int32)
