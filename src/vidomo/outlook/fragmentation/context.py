"""Graph metrics of the network as it is now: context, and why no more than that."""

import tomllib
from functools import lru_cache
from importlib import resources

import msgspec
import numpy as np

from vidomo.grid.arrays import Bools, Floats, GridArrays, total_by
from vidomo.grid.islands import island_labels
from vidomo.outlook.fragmentation.model import Metric
from vidomo.outlook.network.model import Particles

MOST_BUSES = 1500
"""Buses up to which eigenvalues are computed: a dense problem, two seconds at this size."""


class Bin(msgspec.Struct, frozen=True):
    """Forecasts of one range: how many, their mean, and how often it came true."""

    count: int
    forecast: float
    observed: float


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What the test of docs/outlook.md found: does a number tell that more load is about to go?

    Attributes:
        network: On which network.
        states: How many states were tried.
        auc: By number, the area under the curve on a heavily and on a lightly loaded network;
            0.5 is a coin, below it the number misleads.
        reliability: By load, forecast against outcome.
        event_share: By load, how often more load went.
        brier: By load, score of the outlook, and of always saying ``event_share``.
    """

    network: str
    states: int
    auc: dict[str, tuple[float, float]]
    reliability: dict[str, tuple[Bin, ...]]
    event_share: dict[str, float]
    brier: dict[str, tuple[float, float]]


@lru_cache(maxsize=1)
def measured() -> Measured:
    """Return the recorded test; ``python bench/outlook.py`` writes it anew."""
    path = resources.files("vidomo.outlook.fragmentation") / "tables" / "measured.toml"
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Measured)


def context_of(grid: GridArrays, particles: Particles) -> tuple[Metric, ...]:
    """Return the metrics of the likeliest state, each with how little it told when tested."""
    live = np.ones(grid.branches, np.bool_)
    live[list(_likeliest(particles))] = False
    values = metrics(grid, live)
    auc = measured().auc
    return tuple(
        Metric(name=name, value=value, auc_stressed=auc[name][0], auc_relaxed=auc[name][1])
        for name, value in values.items()
    )


def _likeliest(particles: Particles) -> tuple[int, ...]:
    """Return the outages with most weight; of equals, the first in order."""
    weights: dict[tuple[int, ...], float] = {}
    for number, weight in enumerate(particles.weights.tolist()):
        outages = tuple(particles.outages[number].tolist())
        weights[outages] = weights.get(outages, 0.0) + weight
    return min(weights, key=lambda one: (-weights[one], one))


def metrics(grid: GridArrays, live: Bools) -> dict[str, float | None]:
    """Return the metrics of a network with these branches in service, by name.

    ``algebraic_connectivity`` and ``effective_graph_resistance`` (n times the trace of the
    pseudoinverse of the Laplacian) are those of the island with most load, with the size of the
    susceptances as weights.
    """
    count, labels = island_labels(grid, live)
    loads = total_by(labels, grid.load_mw, count)
    total = float(loads.sum())
    shares = loads / total if total else loads
    squares = float((shares**2).sum())
    spectrum = _spectrum(grid, live, labels == int(loads.argmax()))
    n = int((labels == int(loads.argmax())).sum())
    is_known = spectrum is not None and len(spectrum) > 1
    return {
        "elements_out": float((~live).sum()),
        "islands": float(count),
        "effective_islands": 1.0 / squares if squares else None,
        "load_outside_largest_island": 1.0 - float(shares.max(initial=0.0)),
        "algebraic_connectivity": float(spectrum[1]) if is_known and spectrum is not None else None,
        "effective_graph_resistance": float(n * (1.0 / spectrum[1:]).sum())
        if is_known and spectrum is not None
        else None,
    }


def _spectrum(grid: GridArrays, live: Bools, inside: Bools) -> Floats | None:
    if grid.buses > MOST_BUSES:
        return None
    start, stop = grid.start[live], grid.stop[live]
    weight = np.abs(grid.susceptance[live])
    table = np.zeros((grid.buses, grid.buses))
    np.add.at(table, (start, stop), -weight)
    np.add.at(table, (stop, start), -weight)
    np.fill_diagonal(table, 0.0)
    np.fill_diagonal(table, -table.sum(axis=1))
    return np.asarray(np.linalg.eigvalsh(table[np.ix_(inside, inside)]), np.float64)
