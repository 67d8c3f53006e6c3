"""The plan: the best order that can be shown, with its gap, its stability and what it rests on."""

import math
from collections.abc import Sequence

import numpy as np

from vidomo.core.errors import InputError
from vidomo.grid.arrays import Floats, GridArrays
from vidomo.grid.cascade import CascadeRules
from vidomo.grid.philox import uniforms
from vidomo.outlook.restoration.access import best_order_with_access
from vidomo.outlook.restoration.check import check_restoration
from vidomo.outlook.restoration.crews import (
    Turn,
    crews_bound,
    improved,
    schedule,
    turns_cost,
)
from vidomo.outlook.restoration.exact import Hours, best_order, greedy_order, order_cost
from vidomo.outlook.restoration.long import long_greedy
from vidomo.outlook.restoration.losses import Losses, losses_of
from vidomo.outlook.restoration.milp import LARGEST_BUSES, milp_order
from vidomo.outlook.restoration.model import LONGEST, Damage, Plan, Service, Step
from vidomo.outlook.restoration.stability import first_three

_SAMPLES = 64
"""Samples of the repair hours: the mean of a backup's shortfall then errs by about an eighth."""
_HOURS = 7
"""Stream of random numbers for repair hours, apart from those of the damage models."""
_MILP_ELEMENTS = 10
_IMPROVED_ELEMENTS = 12
"""Beyond it a schedule is taken as it comes from the order for one crew."""


def plan(
    grid: GridArrays,
    damage: Sequence[Damage],
    *,
    crews: int = 1,
    services: Sequence[Service] = (),
    rules: CascadeRules | None = None,
    seed: int = 1,
    milp_s: float = 20.0,
) -> Plan:
    """Return the order in which to mend what is damaged.

    One crew and at most ``LONGEST`` elements: exact. Several crews: the best schedule found,
    with a bound. More elements: greedy, without a bound.

    Args:
        grid: The network without damage.
        damage: What is damaged.
        crews: How many work side by side; any of them can mend anything.
        services: Who waits for supply, with weights and backups.
        rules: With rules overloads trip; without, only islands balance and shed.
        seed: Of the samples; the same seed gives the same plan.
        milp_s: Seconds that the mixed-integer programme may take where it is tried.

    Raises:
        InputError: Problems of the damage; ``check_restoration`` lists them all.
    """
    problems = check_restoration(grid, damage, services, crews=crews)
    if problems:
        first = problems[0]
        raise InputError(
            f"{first.where + ': ' if first.where else ''}{first.found}"
            + (f" (and {len(problems) - 1} more problems)" if len(problems) > 1 else ""),
            hint=first.hint,
        )
    hours = hours_of(damage, seed=seed)
    if len(damage) > LONGEST:
        return long_greedy(grid, damage, hours, crews=crews, services=services, rules=rules)
    losses = losses_of(grid, damage, services, rules=rules)
    access = np.array([item.access_from_h for item in damage])
    certain = Hours(mean_h=hours.mean_h, samples_h=hours.mean_h[None, :])
    said = [*losses.assumptions]
    greedy = greedy_order(losses, certain)
    bound: float | None = None
    if crews == 1 and not access.any():
        order, cost = best_order(losses, hours)
        turns = schedule(order, hours.mean_h, access, crews=1)
        dearer, method, is_exact = order_cost(greedy, losses, hours), "subset_dp", True
        if len(hours.samples_h) > 1:
            said.append(
                f"repair hours vary: means, and {_SAMPLES} samples for backups that run out"
            )
    else:
        hours = certain
        said += _told_certain(damage)
        dearer = turns_cost(schedule(greedy, hours.mean_h, access, crews=crews), losses)
        if crews == 1:
            order, cost, is_exact = best_order_with_access(losses, hours.mean_h, access)
            method = "subset_labels"
        else:
            order, cost, is_exact, told = _several(
                grid,
                damage,
                losses,
                (hours.mean_h, access),
                crews=crews,
                milp_s=milp_s,
                has_limits=rules is not None,
            )
            method, said = "schedule", [*said, *told]
        if cost > dearer:
            order, cost = greedy, dearer
        turns = schedule(order, hours.mean_h, access, crews=crews)
        if not is_exact:
            bound = crews_bound(losses, hours.mean_h, crews=crews)
    stable = first_three(damage, losses, hours, seed=seed)
    return Plan(
        model_hash=grid.model.hash,
        is_exercise=grid.model.is_benchmark,
        steps=_steps(turns, damage, services, losses, stable),
        crews=crews,
        cost_mwh=max(cost, 0.0),
        greedy_mwh=max(dearer, 0.0),
        bound_mwh=cost if is_exact else bound,
        method=method,
        is_exact=is_exact,
        curve=curve_of(turns, losses),
        greedy_curve=curve_of(schedule(greedy, hours.mean_h, access, crews=crews), losses),
        assumptions=tuple(dict.fromkeys(said)),
    )


def hours_of(damage: Sequence[Damage], *, seed: int) -> Hours:
    """Return means and samples of the repair hours; one sample where nothing varies.

    The mean of a log-normal with median m and spread s is m exp(ln(s)^2 / 2).
    """
    median = np.array([item.repair.median_h for item in damage])
    sigma = np.array([math.log(item.repair.spread) for item in damage])
    mean = median * np.exp(sigma**2 / 2)
    if not sigma.any():
        return Hours(mean_h=mean, samples_h=mean[None, :])
    from scipy.special import ndtri  # noqa: PLC0415 - only where hours vary

    draw = uniforms(seed, stream=_HOURS, first=0, last=_SAMPLES, draws=len(damage))
    samples = median * np.exp(sigma * ndtri(np.clip(draw, 2.0**-54, 1 - 2.0**-53)))
    # Scaled so that the samples have the stated mean; else loss and order would use two means.
    return Hours(mean_h=mean, samples_h=samples * (mean / samples.mean(axis=0)))


def curve_of(turns: Sequence[Turn], losses: Losses) -> tuple[tuple[float, float], ...]:
    """Return the hours at which load not served changes, with what it is from then on."""
    state = 0
    points = [(0.0, float(losses.base_mw[0] + losses.left_mw))]
    for turn in sorted(turns, key=lambda one: (one.ends_h, one.bit)):
        state |= 1 << turn.bit
        points.append((turn.ends_h, float(losses.base_mw[state] + losses.left_mw)))
    return tuple(points)


def _several(
    grid: GridArrays,
    damage: Sequence[Damage],
    losses: Losses,
    times: tuple[Floats, Floats],
    *,
    crews: int,
    milp_s: float,
    has_limits: bool,
) -> tuple[tuple[int, ...], float, bool, tuple[str, ...]]:
    """Return the best schedule found for several crews."""
    mean_h, access_h = times
    said: tuple[str, ...] = ("any crew can mend anything; ways between places take no time",)
    certain = Hours(mean_h=mean_h, samples_h=mean_h[None, :])
    tried = [best_order(losses, certain.quicker(crews))[0], greedy_order(losses, certain)]
    if grid.buses <= LARGEST_BUSES and len(damage) <= _MILP_ELEMENTS and milp_s > 0:
        found = milp_order(grid, damage, mean_h, crews=crews, has_limits=has_limits, limit_s=milp_s)
        if found is None:
            said = (*said, "the mixed-integer programme found nothing in its time")
        else:
            tried.append(found.order)
            gap = f"{100 * found.gap_share:.1f}"
            said = (
                *said,
                f"HiGHS stopped at a gap of {gap} % for its own model, which sheds freely",
            )
    if len(damage) <= _IMPROVED_ELEMENTS:
        ranked = [improved(one, mean_h, access_h, losses, crews=crews) for one in tried]
    else:
        ranked = [
            (one, turns_cost(schedule(one, mean_h, access_h, crews=crews), losses)) for one in tried
        ]
    order, cost = min(ranked, key=lambda one: one[1])
    return order, cost, False, said


def _told_certain(damage: Sequence[Damage]) -> tuple[str, ...]:
    varies = any(item.repair.spread > 1 for item in damage)
    return ("repair hours are taken as certain, at their means",) if varies else ()


def _steps(
    turns: Sequence[Turn],
    damage: Sequence[Damage],
    services: Sequence[Service],
    losses: Losses,
    stable: Sequence[float],
) -> tuple[Step, ...]:
    done: dict[int, tuple[float, float, tuple[str, ...]]] = {}
    state = 0
    end = max(turn.ends_h for turn in turns)
    saved: dict[int, float] = {}
    for turn in sorted(turns, key=lambda one: (one.ends_h, one.bit)):
        after = state | (1 << turn.bit)
        back = float(losses.base_mw[state] - losses.base_mw[after])
        served = losses.served[:, after] & ~losses.served[:, state]
        names = tuple(one.id for one, is_back in zip(services, served, strict=True) if is_back)
        done[turn.bit] = (back, float(losses.base_mw[after] + losses.left_mw), names)
        late = np.maximum(end - np.maximum(losses.backups_h, turn.ends_h), 0.0)
        waiting = losses.waiting_mw[:, state] - losses.waiting_mw[:, after]
        saved[turn.bit] = back * (end - turn.ends_h) + float(waiting @ late)
        state = after
    return tuple(
        Step(
            element=damage[turn.bit].element,
            crew=turn.crew,
            starts_h=turn.starts_h,
            ends_h=turn.ends_h,
            back_mw=done[turn.bit][0],
            unserved_mw=done[turn.bit][1],
            services=done[turn.bit][2],
            saved_mwh=saved[turn.bit],
            stability_share=stable[turn.bit],
        )
        for turn in turns
    )
