"""The jobs of a run: every scenario as it is, and with one assumption varied at a time."""

import itertools
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from vidomo.grid.arrays import Floats, GridArrays
from vidomo.grid.cascade import CascadeRules
from vidomo.grid.ensemble import compiled
from vidomo.grid.model import GridModel
from vidomo.grid.outages import Outages
from vidomo.outlook.fragmentation.chunk import Job, run_job
from vidomo.outlook.fragmentation.counts import Tally
from vidomo.outlook.fragmentation.course import Start, picks
from vidomo.outlook.fragmentation.model import Backed, Scenario
from vidomo.outlook.fragmentation.scenarios import figures_of
from vidomo.outlook.network.model import Particles, Posterior, Prior

VARIED = (
    ("strikes", 0.3),
    ("strikes", 3.0),
    ("failures", 0.3),
    ("failures", 3.0),
    ("repair", 0.5),
    ("repair", 2.0),
)
"""Assumptions that are varied one at a time, and by which factor; 0.3 and 3 for priors."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """What all jobs of a run have in common; see ``outlook.outlook`` and ``chunk.Job``."""

    model: GridModel
    rules: CascadeRules
    services: tuple[Backed, ...]
    instants_h: tuple[float, ...]
    horizons_h: tuple[float, ...]
    seed: int
    samples: int
    chunks: int


def variants(doubts: Sequence[tuple[str, Posterior]]) -> tuple[tuple[str, float], ...]:
    """Return every assumption that is varied, with its factor; a doubt has none."""
    return (*VARIED, *((name, 1.0) for name, _ in doubts))


def tallies_of(  # noqa: PLR0917 - all that a run is made of
    work: Work,
    posterior: Posterior,
    scenarios: tuple[Scenario, ...],
    prior: Prior,
    doubts: Sequence[tuple[str, Posterior]],
    executor: Executor | None,
) -> dict[tuple[str, str, float], Tally]:
    """Return the tally of each scenario, as it is and with each assumption varied."""
    assert posterior.particles is not None  # noqa: S101 - asked before
    others = {
        name: other.particles for name, other in doubts if not other.refused and other.particles
    }
    jobs: list[tuple[tuple[str, str, float], Job]] = []
    for scenario in scenarios:
        for what, factor in (("", 1.0), *variants(doubts)):
            particles = others.get(what, posterior.particles)
            figures, places = _varied(figures_of(scenario, prior), scenario.places, what, factor)
            jobs += [
                ((scenario.name, what, factor), one)
                for one in _jobs(work, particles, figures, places)
            ]
    apply = executor.map if executor else map
    found: dict[tuple[str, str, float], Tally] = {}
    for (key, _), tally in zip(jobs, apply(run_job, [job for _, job in jobs]), strict=True):
        found[key] = found[key] + tally if key in found else tally
    return found


def _varied(
    figures: dict[str, float], places: dict[str, float], what: str, factor: float
) -> tuple[dict[str, float], dict[str, float]]:
    changed = dict(figures)
    if what == "strikes":
        changed["strike_probability"] = min(1.0, figures["strike_probability"] * factor)
        places = {code: min(1.0, chance * factor) for code, chance in places.items()}
    elif what == "failures":
        changed["failures_per_branch_day"] *= factor
        changed["failure_if_struck"] = min(1.0, figures["failure_if_struck"] * factor)
        for name in ("local_partly_if_struck", "local_out_if_struck"):
            changed[name] = figures[name] * factor
        local = changed["local_partly_if_struck"] + changed["local_out_if_struck"]
        if local > 1:
            changed["local_partly_if_struck"] /= local
            changed["local_out_if_struck"] /= local
    elif what == "repair":
        changed["repair_median_h"] *= factor
        changed["local_repair_median_h"] *= factor
    return changed, places


def _jobs(
    work: Work, particles: Particles, figures: dict[str, float], places: dict[str, float]
) -> list[Job]:
    arrays = compiled(work.model)
    strikes = {code: places.get(code, figures["strike_probability"]) for code in arrays.place_codes}
    edges = sorted({work.samples * part // work.chunks for part in range(work.chunks + 1)})
    return [
        Job(
            model=work.model,
            rules=work.rules,
            start=_start(arrays, particles, work.seed, first, last),
            first=first,
            figures=figures,
            strikes=strikes,
            services=work.services,
            instants_h=work.instants_h,
            horizons_h=work.horizons_h,
            seed=work.seed,
        )
        for first, last in itertools.pairwise(edges)
    ]


def _start(grid: GridArrays, particles: Particles, seed: int, first: int, last: int) -> Start:
    """Return where the courses ``first <= course < last`` begin."""
    chosen = picks(particles.weights, seed=seed, first=first, last=last)
    lists = [particles.outages[int(one)] for one in chosen]
    offset = np.zeros(len(lists) + 1, np.int64)
    np.cumsum([len(one) for one in lists], out=offset[1:])
    local: Floats = np.zeros((len(chosen), len(grid.place_codes)))
    columns = {code: at for at, code in enumerate(grid.place_codes)}
    at = [columns[code] for code in particles.place_codes]
    local[:, at] = particles.local_out_share[chosen]
    return Start(
        Outages(offset, np.concatenate([*lists, np.zeros(0, np.int32)]).astype(np.int32)),
        local,
        particles.headroom_share[chosen],
    )
