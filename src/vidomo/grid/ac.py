"""A second look at a few scenarios by an AC power flow: what the linear flow cannot see.

The solver is lightsim2grid, an optional extra; how the network is put to it, and the flows
that come of its voltages, are our own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidomo.core.errors import InputError, MachineRefused
from vidomo.grid.arrays import Bools, Floats, GridArrays, Ints, total_by
from vidomo.grid.cascade import CascadeRules, EndState, cascade_assumptions, end_state
from vidomo.grid.outages import Outages

CONVERGED, NO_SOLUTION, NOTHING_SERVED = "converged", "no solution", "nothing served"
LOW_PU, HIGH_PU = 0.9, 1.1
"""Taken where a bus names no limit: the band of EN 50160 for 95 % of a week."""
_ROUNDS = 30
_TOLERANCE = 1e-8
_AMPLE = 1e6
_Complex = NDArray[np.complex128]


@dataclass(frozen=True, kw_only=True, eq=False)
class AcTable:
    """One row a scenario, where its linear cascade ends, in the island that serves most.

    Attributes:
        scenario: Its number among the outages.
        status: ``converged``, ``no solution`` (a linear flow said that there is one), or
            ``nothing served``. All that follows is NaN or -1 but for the first.
        lowest_pu: Lowest voltage.
        highest_pu: Highest voltage.
        low_buses: Buses below their lowest voltage.
        high_buses: Buses above their highest.
        overloads: Rated branches that carry more MVA than their rating at an end.
        missed: Those of them that the linear flow had below their rating.
        losses_mw: What the branches lose.
        solved_share: Share 0..1 of the load still served that lies in the island looked at.
        assumptions: What it rests on, in words.
    """

    scenario: Ints
    status: tuple[str, ...]
    lowest_pu: Floats
    highest_pu: Floats
    low_buses: Ints
    high_buses: Ints
    overloads: Ints
    missed: Ints
    losses_mw: Floats
    solved_share: Floats
    assumptions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class AcInput:
    """What an AC flow needs beyond the linear one, by bus and by branch in service."""

    resistance: Floats
    charging: Floats
    reactance: Floats
    tap: Floats
    reactive_mvar: Floats
    shunt_mvar: Floats
    hold_pu: Floats
    low_pu: Floats
    high_pu: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class _Part:
    """The island that is looked at."""

    state: EndState
    inside: Bools
    branches: Ints


def worst_scenarios(unserved_mw: Floats, count: int) -> tuple[int, ...]:
    """Return the scenarios that lose most load, the worst first; the lower number where equal.

    They are the worst of those drawn, not the worst there are.
    """
    return tuple(np.argsort(-unserved_mw, kind="stable")[:count].tolist())


def ac_check(
    grid: GridArrays,
    outages: Outages,
    scenarios: Sequence[int],
    *,
    rules: CascadeRules | None = None,
) -> AcTable:
    """Return an AC flow of where the cascades of some scenarios end.

    Raises:
        InputError: A branch has no resistance, so the network cannot be solved in AC.
        MachineRefused: lightsim2grid is not installed.
    """
    rules = rules or CascadeRules()
    given = ac_input(grid)
    solver = _solver()
    rows = [
        _row(grid, given, solver, end_state(grid, outages[one], rules=rules)) for one in scenarios
    ]
    numbers = np.array([row[1:] for row in rows], np.float64).reshape(len(rows), 8)
    counts = np.where(np.isnan(numbers), -1, numbers).astype(np.int32)
    return AcTable(
        scenario=np.array(scenarios, np.int32),
        status=tuple(row[0] for row in rows),
        lowest_pu=numbers[:, 0],
        highest_pu=numbers[:, 1],
        low_buses=counts[:, 2],
        high_buses=counts[:, 3],
        overloads=counts[:, 4],
        missed=counts[:, 5],
        losses_mw=numbers[:, 6],
        solved_share=numbers[:, 7],
        assumptions=(*cascade_assumptions(grid, rules), *_said(grid, given)),
    )


def ac_input(grid: GridArrays) -> AcInput:
    """Return what an AC flow needs of a network.

    Raises:
        InputError: A branch in service has no resistance.
    """
    live = [branch for branch in grid.model.branches if branch.in_service]
    without = [branch.id for branch in live if branch.r_pu is None]
    if without:
        raise InputError(
            f"{len(without)} branches have no resistance, {without[0]!r} among them",
            hint="an AC check needs a network with resistances, such as a MATPOWER case",
        )
    numbers = {name: number for number, name in enumerate(grid.bus_ids)}
    reactive = np.zeros(grid.buses)
    for load in grid.model.loads:
        if load.in_service:
            reactive[numbers[load.bus]] += load.reactive_mvar
    hold = np.full(grid.buses, np.nan)
    for source in reversed(grid.model.generators):
        if source.in_service and source.voltage_pu is not None:
            hold[numbers[source.bus]] = source.voltage_pu
    buses = grid.model.buses
    return AcInput(
        resistance=np.array([branch.r_pu for branch in live], np.float64),
        charging=np.array([branch.charging_pu for branch in live]),
        reactance=np.array([branch.x_pu for branch in live]),
        tap=np.array([branch.tap for branch in live]),
        reactive_mvar=reactive,
        shunt_mvar=np.array([bus.shunt_mvar for bus in buses]),
        hold_pu=hold,
        low_pu=np.array([LOW_PU if bus.min_pu is None else bus.min_pu for bus in buses]),
        high_pu=np.array([HIGH_PU if bus.max_pu is None else bus.max_pu for bus in buses]),
    )


def end_flows(
    grid: GridArrays, given: AcInput, branches: Ints, volts: _Complex
) -> tuple[_Complex, _Complex]:
    """Return the power in MVA that enters some branches at their start and at their stop.

    Source: the pi model of the MATPOWER User's Manual, section 3.2.
    """
    series = 1.0 / (given.resistance[branches] + 1j * given.reactance[branches])
    half = 0.5j * given.charging[branches]
    ratio = given.tap[branches] * np.exp(1j * grid.shift_rad[branches])
    one, other = volts[grid.start[branches]], volts[grid.stop[branches]]
    entering = (series + half) / np.abs(ratio) ** 2 * one - series / ratio.conj() * other
    leaving = (series + half) * other - series / ratio * one
    base = grid.model.base_mva
    return one * entering.conj() * base, other * leaving.conj() * base


def _row(grid: GridArrays, given: AcInput, solver: Any, state: EndState) -> tuple[Any, ...]:
    served = total_by(state.labels, state.share * grid.load_mw, int(state.labels.max()) + 1)
    best = int(np.argmax(served))
    none = np.nan
    if served[best] <= 0:
        return (NOTHING_SERVED, *[none] * 7, 0.0)
    part = float(served[best] / served.sum())
    inside = state.labels == best
    branches = np.nonzero(state.live & inside[grid.start])[0].astype(np.int32)
    part_of = _Part(state=state, inside=inside, branches=branches)
    volts = _voltages(grid, given, solver, part_of)
    if volts is None:
        return (NO_SOLUTION, *[none] * 7, part)
    size = np.abs(volts[inside])
    start, stop = end_flows(grid, given, branches, volts)
    rating = grid.rating_mw[branches]
    over: Bools = np.maximum(np.abs(start), np.abs(stop)) > rating
    return (
        CONVERGED,
        size.min(),
        size.max(),
        int((size < given.low_pu[inside]).sum()),
        int((size > given.high_pu[inside]).sum()),
        int(over.sum()),
        int((over & (np.abs(state.flows_mw[branches]) <= rating)).sum()),
        float((start + stop).real.sum()),
        part,
    )


def _voltages(grid: GridArrays, given: AcInput, solver: Any, part: _Part) -> _Complex | None:
    """Return the voltage of each bus, zero outside the island; None where there is no solution."""
    state, members = part.state, np.nonzero(part.inside)[0]
    made = state.scale * grid.generation_mw
    made += state.reserve * (grid.capacity_mw - grid.generation_mw)
    hold = given.hold_pu.copy()
    slack = grid.slack
    if not part.inside[slack] or np.isnan(hold[slack]):
        slack = int(members[np.argmax(made[members])])
    if np.isnan(hold[slack]):
        hold[slack] = 1.0
    volts = np.zeros(grid.buses, np.complex128)
    if len(members) == 1:
        volts[slack] = hold[slack]
        return volts
    network = solver(_tables(grid, given, part, made=made, hold=hold, slack=slack))
    flat = np.ones(network.total_bus(), np.complex128)
    start = network.dc_pf(flat, _ROUNDS, _TOLERANCE)
    found = network.ac_pf(start if len(start) else flat, _ROUNDS, _TOLERANCE)
    if not len(found) or not np.isfinite(found).all():
        return None
    volts[members] = found[: len(members)]
    return volts


def _tables(
    grid: GridArrays, given: AcInput, part: _Part, *, made: Floats, hold: Floats, slack: int
) -> dict[str, Floats | float]:
    """Return the island as the tables of a MATPOWER case, which is what the solver takes."""
    members, branches, share = np.nonzero(part.inside)[0], part.branches, part.state.share
    holds = members[~np.isnan(hold[members])]
    kind = np.where(np.isnan(hold[members]), 1.0, 2.0)
    kind[members == slack] = 3.0
    place = np.zeros(grid.buses, np.int64)
    place[members] = np.arange(len(members)) + 1
    drawn = np.where(np.isnan(hold), -made, 0.0) + share * grid.load_mw
    bus = np.zeros((len(members), 13))
    bus[:, 0], bus[:, 1], bus[:, 2] = place[members], kind, drawn[members]
    bus[:, 3], bus[:, 5] = (share * given.reactive_mvar)[members], given.shunt_mvar[members]
    bus[:, [6, 7, 9, 10]], bus[:, 11], bus[:, 12] = 1.0, 2.0, 0.1
    source = np.zeros((len(holds), 21))
    source[:, 0], source[:, 1], source[:, 5] = place[holds], made[holds], hold[holds]
    source[:, 3], source[:, 4], source[:, 6:8] = _AMPLE, -_AMPLE, 1.0
    source[:, 8], source[:, 9] = _AMPLE, -_AMPLE
    line = np.zeros((len(branches), 13))
    line[:, 0], line[:, 1] = place[grid.start[branches]], place[grid.stop[branches]]
    line[:, 2], line[:, 3] = given.resistance[branches], given.reactance[branches]
    line[:, 4] = given.charging[branches]
    # A ratio of one written as zero marks a plain line there; a shift needs the ratio.
    plain = (given.tap[branches] == 1.0) & (grid.shift_rad[branches] == 0.0)
    line[:, 8] = np.where(plain, 0.0, given.tap[branches])
    line[:, 9], line[:, 10] = np.rad2deg(grid.shift_rad[branches]), 1.0
    return {"bus": bus, "gen": source, "branch": line, "baseMVA": float(grid.model.base_mva)}


def _solver() -> Any:
    try:
        from lightsim2grid.network import init_from_matpower  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise MachineRefused(
            "lightsim2grid is not installed", hint="pip install 'vidomo[ac]'"
        ) from error
    return init_from_matpower


def _said(grid: GridArrays, given: AcInput) -> tuple[str, ...]:
    said = [
        "AC flow of the island that serves most; reactive limits of sources are not enforced",
        "sources share what is missing as in the linear flow, the slack bus takes the losses",
    ]
    unnamed = sum(bus.min_pu is None or bus.max_pu is None for bus in grid.model.buses)
    if unnamed:
        said.append(f"{unnamed} buses name no voltage limit; {LOW_PU} and {HIGH_PU} are taken")
    if np.isnan(given.hold_pu).all():
        said.append("no source names a voltage; the slack bus holds 1.0")
    return tuple(said)
