"""What weighted states say together: of each place, of few branches, of the assumptions."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vidomo.grid.arrays import Bools, Floats
from vidomo.grid.islands import bridges
from vidomo.grid.outages import outages_from_masks
from vidomo.grid.philox import uniforms
from vidomo.outlook.network.anneal import STREAM, Chains, Draw
from vidomo.outlook.network.chances import CATEGORY, LOST_SHARE, WORLDS
from vidomo.outlook.network.layout import LEVELS
from vidomo.outlook.network.model import (
    LEAST_GAIN_NATS,
    ElementPosterior,
    Particles,
    PlacePosterior,
    Prior,
)

BEFORE = 1024
"""Draws for what is believed of the places without any evidence."""
_BEFORE_STRUCK, _BEFORE_OUT = STREAM - 2, STREAM - 1
_NOISE = 4.0
"""Standard errors that chance alone passes for one branch of 15,000."""
_TINY = 1e-12


def join(parts: Sequence[Chains]) -> Chains:
    """Return the chains of all chunks in order."""
    names = Chains.__dataclass_fields__
    return Chains(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    )


def weights_of(chains: Chains) -> tuple[Floats, float]:
    """Return weights that sum to one, and the effective number of samples.

    Source: Kish 1965, square of the sum over sum of the squares.
    """
    raised = np.exp(chains.log_weight - chains.log_weight.max())
    weights = raised / raised.sum()
    return weights, float(1.0 / (weights**2).sum())


def category_chances(draw: Draw, chains: Chains) -> Floats:
    """Return the chance of out, partly and served by chain and place, given the reports.

    Faults below the network are summed out.
    """
    joint = _lost_chances(draw, chains)
    found = np.zeros((*joint.shape[:2], 3))
    category = CATEGORY[chains.served]
    for state in range(3):
        found[..., state] = (joint * (category == state)).sum(axis=2)
    return found


def places_of(
    draw: Draw, chains: Chains, weights: Floats, *, before: Floats, reports: Sequence[int]
) -> tuple[PlacePosterior, ...]:
    """Return what is believed of each place."""
    chance = category_chances(draw, chains)
    mean = (weights[:, None, None] * chance).sum(axis=0)
    mean /= mean.sum(axis=1, keepdims=True)
    without = chance[..., 0] + chance[..., 1]
    middle = mean[:, 0] + mean[:, 1]
    error = np.sqrt(((weights[:, None] * (without - middle)) ** 2).sum(axis=0))
    gain = (mean * np.log((mean + _TINY) / (before + _TINY))).sum(axis=1)
    return tuple(
        PlacePosterior(
            place=code,
            served=float(mean[number, 2]),
            partly=float(mean[number, 1]),
            out=float(mean[number, 0]),
            information_gain_nats=max(0.0, float(gain[number])),
            reports=reports[number],
            mc_se=float(error[number]),
        )
        for number, code in enumerate(draw.layout.codes)
        if draw.layout.is_fed[number]
    )


def before_evidence(draw: Draw, prior: Prior) -> Floats:
    """Return the chance of out, partly and served by place before any evidence."""
    layout, table = draw.layout, draw.chances
    strike = prior["strike_probability"] * np.array(prior.levels["strike_scale"].values)
    strikes = np.array(prior.levels["strike_scale"].weights) @ np.minimum(strike, 0.95)
    fails = np.array(draw.scale_weights) @ table.fails
    struck = (
        uniforms(draw.seed, stream=_BEFORE_STRUCK, first=0, last=BEFORE, draws=len(layout.codes))
        < strikes
    )
    exposed = touched(layout.touching, struck)
    out = uniforms(
        draw.seed, stream=_BEFORE_OUT, first=0, last=BEFORE, draws=layout.grid.branches
    ) < np.where(exposed, fails[1], fails[0])
    category = CATEGORY[layout.served(out, 1.0)]
    local = np.einsum("w,wsl->sl", table.before, table.local)[struck.astype(np.int8)]
    found = np.stack([(local * (category == state)).sum(axis=2) for state in range(3)], axis=2)
    return np.asarray(found.mean(axis=0), np.float64)


def touched(touching: NDArray[np.int32], struck: Bools) -> Bools:
    """Return which branches touch a struck place, a row a row of ``struck``."""
    padded = np.concatenate([struck, np.zeros((len(struck), 1), np.bool_)], axis=1)
    found = padded[:, touching[:, 0]]
    for column in range(1, touching.shape[1]):
        found = found | padded[:, touching[:, column]]
    return found


def elements_of(draw: Draw, chains: Chains, weights: Floats) -> tuple[ElementPosterior, ...]:
    """Return the branches of which the reports of power say something.

    In a network with any loop nothing is said of any branch: on twins of a meshed network such
    statements were worse than what the places alone tell (docs/outlook-network.md).
    Lines that only matter together are never told of: reports cannot tell them apart. What is
    gained is counted from what is believed of a branch by its places alone, and must
    be beyond what the draw does by chance: that a place was struck says nothing of which of
    its branches is out.
    """
    grid = draw.layout.grid
    if len(bridges(grid)) < grid.branches:
        return ()
    after, before = branch_chances(draw, chains, weights)
    error = np.sqrt(((weights[:, None] * (chains.out - after)) ** 2).sum(axis=0))
    gain = _divergence(after, before)
    is_told = (gain >= LEAST_GAIN_NATS) & (np.abs(after - before) >= _NOISE * error)
    is_told &= draw.layout.matters_alone
    return tuple(
        ElementPosterior(
            element=grid.branch_ids[number],
            out=float(after[number]),
            prior_out=float(before[number]),
            information_gain_nats=float(gain[number]),
        )
        for number in np.nonzero(is_told)[0]
    )


def branch_chances(draw: Draw, chains: Chains, weights: Floats) -> tuple[Floats, Floats]:
    """Return the chance that each branch is out, and the same by its places alone."""
    exposed = touched(draw.layout.touching, chains.struck).astype(np.int8)
    by_place = draw.chances.fails[chains.scale[:, None], exposed]
    before = np.clip((weights[:, None] * by_place).sum(axis=0), _TINY, 1.0 - _TINY)
    after = np.clip((weights[:, None] * chains.out).sum(axis=0), 0.0, 1.0)
    return after, before


def usual_class(chains: Chains, weights: Floats) -> NDArray[np.int8]:
    """Return the class served that weighs most in each place."""
    shares = [(weights[:, None] * (chains.served == level)).sum(axis=0) for level in range(LEVELS)]
    return np.asarray(np.argmax(np.stack(shares), axis=0), np.int8)


def particles_of(draw: Draw, chains: Chains, weights: Floats) -> Particles:
    """Return the states with their weights, faults below the network drawn for each."""
    edges = np.cumsum(_lost_chances(draw, chains), axis=2)
    headroom = np.array(draw.headroom_shares)[chains.headroom]
    made, most = draw.layout.grid.generation_mw.sum(), draw.layout.grid.capacity_mw.sum()
    lost = (chains.lost[..., None] >= edges[..., :-1]).sum(axis=2)
    return Particles(
        outages=outages_from_masks(chains.out),
        weights=weights,
        place_codes=draw.layout.codes,
        local_out_share=np.array(LOST_SHARE)[lost],
        is_struck=chains.struck,
        headroom_share=headroom,
        capacity_share=(made + headroom * (most - made)) / most,
    )


def learned(
    draw: Draw, chains: Chains, weights: Floats, prior: Prior
) -> dict[str, tuple[float, float]]:
    """Return the mean of each integrated assumption before and after the evidence."""
    worlds = draw.chances.worlds
    found = {
        name: (
            float(draw.chances.before @ worlds[:, column]),
            float(weights @ worlds[chains.world, column]),
        )
        for column, name in enumerate(WORLDS)
    }
    for name, chosen in (("failure_scale", chains.scale), ("headroom_share", chains.headroom)):
        values = np.array(prior.levels[name].values)
        found[name] = (
            float(values @ np.array(prior.levels[name].weights)),
            float(weights @ values[chosen]),
        )
    return found


def _lost_chances(draw: Draw, chains: Chains) -> Floats:
    """Return the chance of no, half and full loss below the network, by chain and place."""
    table = draw.chances
    world = chains.world[:, None]
    number = np.arange(len(draw.layout.codes))[None, :]
    local = table.local[world, chains.struck.astype(np.int8)]
    state = CATEGORY[chains.served]
    joint = local * table.said[world[..., None], number[..., None], state]
    return np.asarray(joint / joint.sum(axis=2, keepdims=True), np.float64)


def _divergence(after: Floats, before: Floats) -> Floats:
    """Return the information gained in nats, of two-way chances."""
    gained = after * np.log((after + _TINY) / (before + _TINY)) + (1 - after) * np.log(
        (1 - after + _TINY) / (1 - before + _TINY)
    )
    return np.maximum(gained, 0.0)
