"""Many scenarios of damage, each run to the end of its cascade, and what they say together."""

from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from vidomo.core.errors import InputError
from vidomo.grid.arrays import Floats, GridArrays, compile_grid
from vidomo.grid.cascade import CascadeRules, CascadeTable, cascade_assumptions
from vidomo.grid.damage import DamageModel, check_damage, draw_outages
from vidomo.grid.fast import cascade
from vidomo.grid.model import GridModel

Counts = NDArray[np.int64]
BATCH = 512
"""Scenarios drawn at once: 512 rows of 13,000 branches are 53 MB a table."""
_WATTS = 1e6
_DARK = 0.1
"""A place with less than a tenth of its load counts as without power."""


@dataclass(frozen=True, kw_only=True, eq=False)
class EnsembleResult:
    """What the scenarios say together. Probabilities are shares of scenarios.

    Attributes:
        model_hash: Names the network.
        is_exercise: The network is a public benchmark; so is everything here.
        scenarios: How many were run.
        seed: With which seed.
        unserved_mw: Load not served, one number a scenario, in order.
        outside_share: Share 0..1 of the load that is not served within the largest
            island, one number a scenario.
        islands: Number of islands, one a scenario.
        place_codes: Places of the next two.
        place_unserved_mw: Mean load not served in each place.
        place_dark_share: Share of scenarios in which less than a tenth of the load of
            the place is served; NaN for a place without load in the model.
        assumptions: What it rests on, in words.
    """

    model_hash: str
    is_exercise: bool
    scenarios: int
    seed: int
    unserved_mw: Floats
    outside_share: Floats
    islands: NDArray[np.int32]
    place_codes: tuple[str, ...]
    place_unserved_mw: Floats
    place_dark_share: Floats
    assumptions: tuple[str, ...]

    def split_probability(self, share: float = 0.1) -> tuple[float, float]:
        """Return the probability that at least ``share`` of the load leaves, and its error.

        The error is the standard error of the draw alone, with the rule of three over
        three where no or every scenario splits; it says nothing of the assumptions.
        """
        found = float(np.mean(self.outside_share >= share))
        return found, share_error(found, self.scenarios)

    def unserved_quantiles_mw(self, shares: Iterable[float] = (0.05, 0.5, 0.95)) -> Floats:
        """Return quantiles of the load not served."""
        return np.asarray(np.quantile(self.unserved_mw, np.array(list(shares))), np.float64)

    def expected_unserved_mw(self) -> tuple[float, float]:
        """Return the mean load not served, and the standard error of the draw."""
        spread = float(self.unserved_mw.std(ddof=1)) if self.scenarios > 1 else float("nan")
        return float(self.unserved_mw.mean()), float(spread / np.sqrt(self.scenarios))


@dataclass(frozen=True, eq=False)
class _Job:
    model: GridModel
    damage: DamageModel
    rules: CascadeRules
    seed: int


@dataclass(frozen=True, kw_only=True, eq=False)
class _Chunk:
    unserved_mw: Floats
    outside_share: Floats
    islands: NDArray[np.int32]
    place_unserved_w: Counts
    place_dark: Counts


def share_error(share: float, draws: int) -> float:
    """Return the standard error of a share of draws; never zero."""
    return max(float(np.sqrt(share * (1 - share) / draws)), 1.0 / draws)


def run_ensemble(
    model: GridModel,
    damage: DamageModel,
    *,
    scenarios: int,
    seed: int,
    rules: CascadeRules | None = None,
    chunks: int = 1,
    executor: Executor | None = None,
) -> EnsembleResult:
    """Return what ``scenarios`` draws of damage do to a network.

    The result is the same to the last bit for any number of chunks and any executor:
    numbers are drawn by counter, scenarios are kept in order, and sums over scenarios
    are sums of whole watts.

    Args:
        model: The network.
        damage: What may be out.
        scenarios: How many draws; the error falls with the square root.
        seed: 0 <= seed < 2**64.
        rules: How a cascade runs.
        chunks: Parts that are run apart.
        executor: Anything that speaks ``concurrent.futures``, a Dask client's among them.

    Raises:
        InputError: A number that cannot be; a network with problems.
    """
    if scenarios < 1 or chunks < 1 or not 0 <= seed < 2**64:
        raise InputError("scenarios and chunks are at least one, the seed is 0 to 2**64 - 1")
    grid = compiled(model)
    check_damage(grid, damage)
    if not grid.load_mw.any():
        raise InputError("the network has no load, so nothing can be lost")
    rules = rules or CascadeRules()
    edges = [scenarios * part // chunks for part in range(chunks + 1)]
    run = partial(_run_chunk, _Job(model, damage, rules, seed))
    apply = executor.map if executor else map
    parts = list(apply(run, edges[:-1], edges[1:]))
    unserved_w = sum((part.place_unserved_w for part in parts), np.int64(0))
    dark = sum((part.place_dark for part in parts), np.int64(0))
    return EnsembleResult(
        model_hash=model.hash,
        is_exercise=model.is_benchmark,
        scenarios=scenarios,
        seed=seed,
        unserved_mw=np.concatenate([part.unserved_mw for part in parts]),
        outside_share=np.concatenate([part.outside_share for part in parts]),
        islands=np.concatenate([part.islands for part in parts]),
        place_codes=grid.place_codes,
        place_unserved_mw=np.asarray(unserved_w / _WATTS / scenarios, np.float64),
        place_dark_share=np.where(grid.place_load_mw > 0, dark / scenarios, np.nan),
        assumptions=(*cascade_assumptions(grid, rules), *damage.origin),
    )


@lru_cache(maxsize=4)
def compiled(model: GridModel) -> GridArrays:
    """Return the arrays of a network, kept for the next chunk of the same worker."""
    return compile_grid(model)


def _run_chunk(job: _Job, first: int, last: int) -> _Chunk:
    grid = compiled(job.model)
    tables = [
        cascade(
            grid,
            draw_outages(
                grid, job.damage, seed=job.seed, first=start, last=min(start + BATCH, last)
            ),
            rules=job.rules,
            by_place=True,
        )
        for start in range(first, last, BATCH)
    ]
    total = float(grid.load_mw.sum())
    served = _joined([table.served_mw for table in tables])
    largest = _joined([table.largest_served_mw for table in tables])
    place_w = np.zeros(len(grid.place_codes), np.int64)
    dark = np.zeros(len(grid.place_codes), np.int64)
    for table in tables:
        lost, without = _by_place(grid, table)
        place_w += lost
        dark += without
    return _Chunk(
        unserved_mw=np.maximum(total - served, 0.0),
        outside_share=np.clip(1.0 - largest / total, 0.0, 1.0),
        islands=np.concatenate([table.islands for table in tables] or [np.zeros(0, np.int32)]),
        place_unserved_w=place_w,
        place_dark=dark,
    )


def _by_place(grid: GridArrays, table: CascadeTable) -> tuple[Counts, Counts]:
    needed = grid.place_load_mw
    served = np.zeros(0) if table.place_served_mw is None else table.place_served_mw
    lost = np.rint((needed - served) * _WATTS).astype(np.int64).sum(axis=0)
    dark = (served < _DARK * needed).sum(axis=0).astype(np.int64)
    return lost, dark


def _joined(parts: list[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros(0)
