"""Networks and posteriors for the tests of the outlook."""

from datetime import UTC, datetime

import msgspec
import numpy as np

from grid.networks import square
from vidomo.grid.ensemble import compiled
from vidomo.grid.model import GridModel
from vidomo.grid.outages import outages_from_ids
from vidomo.outlook.fragmentation.model import Scenario
from vidomo.outlook.network.model import Figure, Particles, Posterior
from vidomo.outlook.network.placement import placement_of

AT = datetime(2026, 1, 8, 14, tzinfo=UTC)
SURE = {
    "attacks_per_day": 0.0,
    "failures_per_branch_day": 0.0,
    "repair_median_h": 5.0,
    "repair_spread": 1.0,
    "local_repair_median_h": 5.0,
    "strike_probability": 0.5,
    "failure_if_struck": 0.5,
    "local_partly_if_struck": 0.2,
    "local_out_if_struck": 0.2,
}
"""Nothing new happens, and every repair takes five hours."""
STORM = SURE | {
    "attacks_per_day": 1.5,
    "failures_per_branch_day": 0.05,
    "repair_median_h": 10.0,
    "repair_spread": 2.0,
    "local_repair_median_h": 6.0,
}


def scenario(numbers: dict[str, float], **more: object) -> Scenario:
    """Return a scenario with these numbers."""
    figures = {
        name: Figure(value=value, range=(value, value), origin="invented for a test")
        for name, value in numbers.items()
    }
    return Scenario(**{"name": "tried", "figures": figures, **more})


def known(
    model: GridModel,
    *states: tuple[str, ...],
    weights: tuple[float, ...] = (),
    local: dict[str, float] | None = None,
    headroom_share: float = 1.0,
    **more: object,
) -> Posterior:
    """Return a posterior over a few states, each with the branches that are out in it."""
    grid = compiled(model)
    states = states or ((),)
    row = [(local or {}).get(code, 0.0) for code in grid.place_codes]
    particles = Particles(
        outages=outages_from_ids(grid, states),
        weights=np.array(weights or [1 / len(states)] * len(states)),
        place_codes=grid.place_codes,
        local_out_share=np.array([row] * len(states)),
        is_struck=np.zeros((len(states), len(row)), np.bool_),
        headroom_share=np.full(len(states), headroom_share),
        capacity_share=np.ones(len(states)),
    )
    fields = {
        "at": AT,
        "model_hash": model.hash,
        "is_exercise": model.is_benchmark,
        "prior_version": "test",
        "places": (),
        "particles": particles,
        "ess": 1000.0,
        "coverage_share": 1.0,
    }
    return Posterior(**{**fields, **more})


def ring(**changes: object) -> GridModel:
    """Return the square: A feeds B, C and D of 10, 20 and 30 MW."""
    return square(**changes)


def tree() -> GridModel:
    """Return the square cut open between D and A: B, C and D hang on one line from A."""
    model = square()
    return msgspec.structs.replace(
        model,
        branches=tuple(
            msgspec.structs.replace(one, rating_mw=None) for one in model.branches if one.id != "DA"
        ),
    )


__all__ = ["AT", "STORM", "SURE", "known", "placement_of", "ring", "scenario", "tree"]
