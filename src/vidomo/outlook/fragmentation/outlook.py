"""The fragmentation outlook: ``outlook(posterior, grid, placement, scenarios, ...)``."""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from vidomo.core.errors import InputError
from vidomo.core.ids import content_id
from vidomo.grid.arrays import GridArrays
from vidomo.grid.cascade import CascadeRules, cascade_assumptions
from vidomo.grid.ensemble import compiled
from vidomo.grid.model import GridModel
from vidomo.outlook.fragmentation.context import context_of
from vidomo.outlook.fragmentation.counts import Tally
from vidomo.outlook.fragmentation.model import (
    HORIZONS_H,
    INSTANTS_H,
    Backed,
    Outlook,
    Run,
    Scenario,
    ScenarioOutlook,
)
from vidomo.outlook.fragmentation.scenarios import check_scenarios, figures_of
from vidomo.outlook.fragmentation.summary import Seen, scenario_outlook
from vidomo.outlook.fragmentation.work import Work, tallies_of, variants
from vidomo.outlook.network.model import Placement, Posterior, Prior
from vidomo.outlook.network.placement import placed
from vidomo.outlook.network.prior import bundled_prior

SAMPLES = 4000
OLDEST_MODEL = timedelta(days=366)
"""Age of a network file beyond which nothing is said (our choice: a winter and a summer)."""
NO_NETWORK = "insufficient information: there is no network of the operator's own"
_LONGEST_H = 72.0


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What is asked beside the posterior and the scenarios.

    Attributes:
        purpose: Why it is run, for the record.
        prior: Numbers that a scenario does not give.
        services: Services that live on a backup.
        doubts: By name, the posterior that another assumption gives, such as ``prior x3``.
        rules: How a cascade runs.
        model_at: When the network's file was last changed; None where that is not known.
    """

    purpose: str = ""
    prior: Prior | None = None
    services: tuple[Backed, ...] = ()
    doubts: tuple[tuple[str, Posterior], ...] = ()
    rules: CascadeRules = field(default_factory=CascadeRules)
    model_at: datetime | None = None


def outlook(  # noqa: PLR0913 - what is known, what is asked, how it is drawn
    posterior: Posterior,
    grid: GridModel,
    placement: Placement,
    scenarios: Sequence[Scenario],
    *,
    horizons_h: Sequence[float] = HORIZONS_H,
    seed: int = 1,
    samples: int = SAMPLES,
    executor: Executor | None = None,
    chunks: int = 1,
    asking: Asking | None = None,
) -> Outlook:
    """Return what may come of a network, or that the information is insufficient.

    The same to the last bit for any number of chunks and any executor: numbers are drawn by
    counter, and what comes back from the chunks are whole numbers.

    Args:
        posterior: What is known now.
        grid: The network.
        placement: Which places its buses feed.
        scenarios: What may happen.
        horizons_h: Hours from now, up to 72.
        seed: 0 <= seed < 2**64.
        samples: Courses a scenario; the error falls with the square root.
        executor: Anything that speaks ``concurrent.futures``, a Dask client's among them.
        chunks: Parts of each scenario that are run apart.
        asking: What else is asked.

    Raises:
        InputError: A number that cannot be, another network than the posterior's.
    """
    asking = asking or Asking()
    scenarios = tuple(scenarios)
    _check(scenarios, horizons_h, seed, samples, chunks)
    model = placed(grid, placement)
    if posterior.model_hash != model.hash:
        raise InputError("the posterior is of another network", hint="infer it anew")
    prior = asking.prior or bundled_prior()
    run = _run_of(model, posterior, scenarios, asking.purpose, (seed, samples))
    why_not = _insufficient(posterior, asking)
    arrays = compiled(model)
    if not why_not and not arrays.load_mw.any():
        why_not = "insufficient information: the network has no load"
    if why_not or posterior.particles is None:
        return Outlook(
            run=run,
            is_exercise=model.is_benchmark,
            insufficient=why_not or "insufficient information: nothing is known of the network",
            ess=posterior.ess,
            coverage_share=posterior.coverage_share,
            assumptions=posterior.assumptions,
        )
    horizons = tuple(sorted({float(one) for one in horizons_h}))
    instants = tuple(sorted({*horizons, *(one for one in INSTANTS_H if one <= horizons[-1])}))
    work = Work(
        model=model,
        rules=asking.rules,
        services=asking.services,
        instants_h=instants,
        horizons_h=horizons,
        seed=seed,
        samples=samples,
        chunks=chunks,
    )
    tallies = tallies_of(work, posterior, scenarios, prior, asking.doubts, executor)
    seen = Seen(
        places=arrays.place_codes,
        place_load_mw=arrays.place_load_mw,
        load_mw=float(arrays.load_mw.sum()),
        instants_h=instants,
        horizons_h=horizons,
        services=asking.services,
    )
    return Outlook(
        run=run,
        is_exercise=model.is_benchmark,
        load_mw=seen.load_mw,
        scenarios=tuple(
            scenario_outlook(
                one.name,
                one.weight,
                [(1.0, tallies[one.name, "", 1.0])],
                seen,
                [
                    (what, factor, [(1.0, tallies[one.name, what, factor])])
                    for what, factor in variants(asking.doubts)
                ],
            )
            for one in scenarios
        ),
        mixed=_mixed(scenarios, tallies, seen, asking),
        context=context_of(arrays, posterior.particles),
        ess=posterior.ess,
        coverage_share=posterior.coverage_share,
        assumptions=_assumptions(arrays, posterior, scenarios, asking, prior),
    )


def no_outlook(
    *,
    why: str,
    purpose: str,
    at: datetime,
    seed: int = 1,
    samples: int = SAMPLES,
    is_exercise: bool = False,
) -> Outlook:
    """Return the only answer there is without a network of the operator's own."""
    return Outlook(
        run=Run(
            model_hash="",
            purpose=purpose,
            at=at,
            seed=seed,
            samples=samples,
            scenarios=(),
            prior_version="",
            is_exercise=is_exercise,
        ),
        is_exercise=is_exercise,
        insufficient=why,
    )


def _check(
    scenarios: tuple[Scenario, ...],
    horizons_h: Sequence[float],
    seed: int,
    samples: int,
    chunks: int,
) -> None:
    if not horizons_h or not all(0 < one <= _LONGEST_H for one in horizons_h):
        raise InputError(
            f"the horizons are {list(horizons_h)} hours", hint="above 0 and up to 72 hours"
        )
    if samples < 1 or chunks < 1 or not 0 <= seed < 2**64:
        raise InputError("samples and chunks are at least one, the seed is 0 to 2**64 - 1")
    problems = check_scenarios(scenarios)
    if problems:
        raise InputError(f"{problems[0].where}: {problems[0].found}", hint=problems[0].hint)


def _run_of(
    model: GridModel,
    posterior: Posterior,
    scenarios: tuple[Scenario, ...],
    purpose: str,
    numbers: tuple[int, int],
) -> Run:
    seed, samples = numbers
    return Run(
        model_hash=model.hash,
        purpose=purpose,
        at=posterior.at,
        seed=seed,
        samples=samples,
        scenarios=(*(one.name for one in scenarios), content_id("scn", scenarios)),
        prior_version=posterior.prior_version,
        is_exercise=model.is_benchmark,
    )


def _insufficient(posterior: Posterior, asking: Asking) -> str:
    if posterior.refused:
        return posterior.refused
    if asking.model_at is not None and posterior.at - asking.model_at > OLDEST_MODEL:
        days = (posterior.at - asking.model_at).days
        return (
            f"insufficient information: the network was last changed {days} days ago, "
            f"{OLDEST_MODEL.days} is the most"
        )
    return ""


def _mixed(
    scenarios: tuple[Scenario, ...],
    tallies: dict[tuple[str, str, float], Tally],
    seen: Seen,
    asking: Asking,
) -> ScenarioOutlook | None:
    if len(scenarios) < 2 or any(one.weight is None for one in scenarios):  # noqa: PLR2004 - one is no mixture
        return None

    def parts(what: str, factor: float) -> list[tuple[float, Tally]]:
        return [(one.weight or 0.0, tallies[one.name, what, factor]) for one in scenarios]

    return scenario_outlook(
        "mixed",
        1.0,
        parts("", 1.0),
        seen,
        [(what, factor, parts(what, factor)) for what, factor in variants(asking.doubts)],
    )


def _assumptions(
    grid: GridArrays,
    posterior: Posterior,
    scenarios: tuple[Scenario, ...],
    asking: Asking,
    prior: Prior,
) -> tuple[str, ...]:
    said = [
        *cascade_assumptions(grid, asking.rules),
        *posterior.assumptions,
        "the load stays what it is in the base state: no night, no frost, nobody saves",
        "repairs of what is out now count from now; a crew is always free; repair hours are log-normal",
        "what tripped is closed again as soon as the network holds without tripping it",
        (
            "between two moments looked at (one to three hours) the earlier state holds, so that a short "
            "supply between them goes unseen and long stretches are told somewhat too often"
        ),
        "a branch that touches no named place is never struck; each branch has one ordinary outage at most",
        "after trips, load that the largest island does not serve counts as outside it",
        "no more is known of a stretch without power that began before now: it counts from now",
    ]
    refused = [name for name, other in asking.doubts if other.refused or not other.particles]
    said += [f"{name}: refused, so what is out now is taken as without it" for name in refused]
    if asking.model_at is None:
        said.append("how old the network's description is is not known")
    for one in scenarios:
        numbers = figures_of(one, prior)
        told = ", ".join(f"{name} {value:g}" for name, value in numbers.items())
        said.append(f"scenario {one.name}: {told}")
        if one.places:
            said.append(
                f"scenario {one.name}: own strike probabilities for {len(one.places)} places"
            )
    return tuple(dict.fromkeys(said))


def digest(found: Outlook) -> str:
    """Return an id of everything that an outlook says, to compare runs bit by bit."""
    return content_id("olk", msgspec.to_builtins(found))
