"""From evidence to a posterior over the network: ``infer(grid, placement, evidence, prior, ...)``."""

from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import numpy as np

from vidomo.core.errors import InputError
from vidomo.grid.arrays import Floats
from vidomo.grid.cascade import CascadeRules, cascade_assumptions
from vidomo.grid.ensemble import compiled
from vidomo.grid.model import GridModel
from vidomo.outlook.network.anneal import Chains, Draw, run_chains
from vidomo.outlook.network.chances import chances, tilt_towards
from vidomo.outlook.network.gather import (
    before_evidence,
    branch_chances,
    elements_of,
    join,
    learned,
    particles_of,
    places_of,
    usual_class,
    weights_of,
)
from vidomo.outlook.network.layout import Layout, lay_out
from vidomo.outlook.network.model import (
    LEAST_COVERAGE_SHARE,
    LEAST_ESS,
    Evidence,
    Placement,
    Posterior,
    Prior,
)
from vidomo.outlook.network.placement import placed
from vidomo.outlook.network.weigh import Weighed, weigh

SAMPLES = 1000
COSTLY_BUSES = 1000
BATCH = 256
"""Chains drawn at once; 256 rows of 13,000 branches are 27 MB of numbers."""


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """Who would be heard if they spoke.

    Attributes:
        places: Places from which something is usually heard. Only their silence weighs;
            without any, silence says nothing.
        since: Since when a place may have been dark; None: not known, then no backup is
            taken to have run out.
    """

    places: frozenset[str] = frozenset()
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Method:
    """How it is drawn; ``chunks`` and ``executor`` never change the result.

    Attributes:
        rules: How a cascade runs; None: only islands and capacity.
        sweeps: Steps between the first law and the posterior.
        patience: How often it is drawn again, with what was learned, where too few samples count;
            None: twice, and once on more than ``COSTLY_BUSES``.
        chunks: Parts that are run apart.
        executor: Anything that speaks ``concurrent.futures``.
    """

    rules: CascadeRules | None = None
    sweeps: int = 3
    patience: int | None = None
    chunks: int = 1
    executor: Executor | None = None


def infer(  # noqa: PLR0913 - what is known, what is asked, how it is drawn
    grid: GridModel,
    placement: Placement,
    evidence: Iterable[Evidence],
    prior: Prior,
    *,
    at: datetime,
    seed: int,
    samples: int = SAMPLES,
    hearing: Hearing | None = None,
    method: Method | None = None,
) -> Posterior:
    """Return what the evidence says of a network at an instant.

    The same evidence in any order, any number of chunks and any executor give the same bits.

    Args:
        grid: The network.
        placement: Which places its buses feed.
        evidence: Voices and hazards; later ones than ``at`` do not count.
        prior: What is believed beforehand.
        at: The instant.
        seed: 0 <= seed < 2**64.
        samples: Chains; the error falls with the square root.
        hearing: Who would be heard if they spoke.
        method: How it is drawn.

    Raises:
        InputError: A number that cannot be; a network with problems; no place with load.
    """
    hearing, method = hearing or Hearing(), method or Method()
    if min(samples, method.chunks, method.sweeps) < 1 or not 0 <= seed < 2**64:
        raise InputError("samples, sweeps and chunks are at least one, the seed is 0 to 2**64 - 1")
    model = placed(grid, placement)
    layout = lay_out(compiled(model), rules=method.rules)
    if not layout.is_fed.any():
        raise InputError(
            "the network feeds no place", hint="give its substations place codes and its buses load"
        )
    weighed = weigh(
        evidence,
        prior,
        places=layout.codes,
        fed=frozenset(np.array(layout.codes)[layout.is_fed].tolist()),
        at=at,
        since=hearing.since,
        listened=hearing.places,
    )
    covered = _covered_share(layout, weighed)
    draw = Draw(
        layout=layout,
        chances=chances(layout, prior, weighed),
        scale_weights=prior.levels["failure_scale"].weights,
        headroom_weights=prior.levels["headroom_share"].weights,
        headroom_shares=prior.levels["headroom_share"].values,
        sweeps=method.sweeps,
        seed=seed,
        samples=samples,
    )
    chains, weights, ess = _drawn(draw, method)
    patience = 1 if len(model.buses) > COSTLY_BUSES else 2
    for _ in range(patience if method.patience is None else method.patience):
        if ess >= LEAST_ESS or samples < LEAST_ESS or covered < LEAST_COVERAGE_SHARE:
            break
        after, before = branch_chances(draw, chains, weights)
        table = chances(
            layout,
            prior,
            weighed,
            usual=usual_class(chains, weights),
            tilt=tilt_towards(after, before, samples=ess),
        )
        draw = replace(draw, chances=table)
        chains, weights, ess = _drawn(draw, method)
    refused = _refusal(ess, covered)
    return Posterior(
        at=at,
        model_hash=model.hash,
        is_exercise=model.is_benchmark,
        prior_version=prior.version,
        places=()
        if refused
        else places_of(
            draw,
            chains,
            weights,
            before=before_evidence(draw, prior),
            reports=weighed.reports,
        ),
        elements=() if refused else elements_of(draw, chains, weights),
        particles=None if refused else particles_of(draw, chains, weights),
        ess=ess,
        coverage_share=covered,
        refused=refused,
        seed=seed,
        samples=samples,
        learned=learned(draw, chains, weights, prior),
        records=weighed.records,
        assumptions=_assumptions(layout, prior, weighed, method.rules),
        left_out=weighed.left_out,
    )


def _drawn(draw: Draw, method: Method) -> tuple[Chains, Floats, float]:
    edges = sorted({draw.samples * part // method.chunks for part in range(method.chunks + 1)})
    apply = method.executor.map if method.executor else map
    chains = join(list(apply(partial(_run, draw), edges[:-1], edges[1:])))
    return chains, *weights_of(chains)


def _run(draw: Draw, first: int, last: int) -> Chains:
    return join(
        [run_chains(draw, start, min(start + BATCH, last)) for start in range(first, last, BATCH)]
    )


def _covered_share(layout: Layout, weighed: Weighed) -> float:
    load: float = layout.grid.load_mw.sum().item()
    covered: float = sum(
        mw for mw, heard in zip(layout.load_mw.tolist(), weighed.is_covered, strict=True) if heard
    )
    return min(1.0, covered / load)


def _refusal(ess: float, covered: float) -> str:
    if covered < LEAST_COVERAGE_SHARE:
        return (
            f"insufficient information: {covered:.0%} of the load lies in places that are listened "
            f"to or spoken of, {LEAST_COVERAGE_SHARE:.0%} are needed"
        )
    if ess < LEAST_ESS:
        return (
            f"insufficient information: {ess:.0f} effective samples, {LEAST_ESS:.0f} are needed; "
            "the reports fit no state that the model makes likely, or more samples are needed"
        )
    return ""


def _assumptions(
    layout: Layout, prior: Prior, weighed: Weighed, rules: CascadeRules | None
) -> tuple[str, ...]:
    response = (
        cascade_assumptions(layout.grid, rules)
        if rules
        else (
            *layout.grid.model.assumptions,
            "an island serves its load up to its capacity, all loads alike; no limit of a branch is looked at",
        )
    )
    return (
        *response,
        (
            f"prior {prior.version}; scales of failures, strikes and local faults, noise of "
            "reports, silence and headroom are integrated over"
        ),
        *weighed.words,
    )
