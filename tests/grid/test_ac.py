import sys

import numpy as np
import pytest

from conftest import missing
from grid.networks import branch, case, random_outages, square
from vidomo.core.errors import InputError, MachineRefused
from vidomo.grid import ac
from vidomo.grid.ac import (
    CONVERGED,
    NO_SOLUTION,
    NOTHING_SERVED,
    ac_check,
    ac_input,
    end_flows,
    worst_scenarios,
)
from vidomo.grid.arrays import GridArrays, compile_grid
from vidomo.grid.cascade import end_state
from vidomo.grid.model import Branch, Bus, Generator, GridModel, Load
from vidomo.grid.outages import outages_from_ids

NONE_OUT = [()]


@pytest.fixture(autouse=True)
def solver() -> None:
    try:
        import lightsim2grid  # noqa: F401 - asked for its presence
    except ImportError:
        missing("lightsim2grid is not installed")


def pair(load_mw: float, **changes: object) -> GridArrays:
    """Return a source at 1.0 and a load over a line of x = 0.1 on 100 MVA."""
    line = {"r_pu": 0.0, "rating_mw": None, **changes}
    return compile_grid(
        GridModel(
            name="pair",
            base_mva=100.0,
            slack_bus="A",
            buses=(Bus(id="A"), Bus(id="B")),
            branches=(Branch(id="AB", from_bus="A", to_bus="B", x_pu=0.1, **line),),  # type: ignore[arg-type]
            generators=(Generator(id="G", bus="A", power_mw=load_mw, voltage_pu=1.0),),
            loads=(Load(id="B", bus="B", power_mw=load_mw),),
        )
    )


def test_the_voltage_behind_a_line_is_the_textbook_root() -> None:
    # lossless line, no reactive load: V^4 - V^2 + (P x)^2 = 0
    table = ac_check(pair(300.0), outages_from_ids(pair(300.0), NONE_OUT), [0])
    expected = np.sqrt((1 + np.sqrt(1 - 4 * 0.3**2)) / 2)
    assert table.status == (CONVERGED,)
    assert table.lowest_pu[0] == pytest.approx(expected, abs=1e-7)
    assert table.highest_pu[0] == pytest.approx(1.0)
    assert table.low_buses.tolist() == [0]
    assert table.losses_mw[0] == pytest.approx(0.0, abs=1e-6)


def test_a_load_beyond_the_nose_has_no_solution_though_the_linear_flow_served_it() -> None:
    grid = pair(600.0)  # the most a line of x = 0.1 carries without reactive help is 500 MW
    table = ac_check(grid, outages_from_ids(grid, NONE_OUT), [0])
    assert table.status == (NO_SOLUTION,)
    assert np.isnan(table.lowest_pu[0])
    assert table.low_buses.tolist() == table.overloads.tolist() == [-1]
    assert table.solved_share[0] == 1


def test_an_overload_that_reactive_power_makes_is_told_as_missed() -> None:
    grid = pair(300.0, rating_mw=305.0)
    table = ac_check(grid, outages_from_ids(grid, NONE_OUT), [0])
    assert table.overloads.tolist() == table.missed.tolist() == [1]


def test_a_low_voltage_is_counted_by_the_limit_of_its_bus() -> None:
    grid = pair(450.0)
    table = ac_check(grid, outages_from_ids(grid, NONE_OUT), [0])
    assert table.low_buses.tolist() == [1]
    assert any("2 buses name no voltage limit" in word for word in table.assumptions)


def test_losses_of_a_line_are_its_resistance_times_the_square_of_the_current() -> None:
    grid = pair(100.0, r_pu=0.02)
    table = ac_check(grid, outages_from_ids(grid, NONE_OUT), [0])
    current = 1.0 / table.lowest_pu[0]
    assert table.losses_mw[0] == pytest.approx(2.0 * current**2, rel=1e-6)


@pytest.mark.parametrize("name", ["case118", "case_ACTIVSg2000"])
def test_the_voltages_of_the_solver_balance_our_own_equations(name: str) -> None:
    grid = case(name)
    given = ac_input(grid)
    state = end_state(grid, np.array([3, 8], np.int32))
    inside = state.labels == np.bincount(state.labels, grid.load_mw).argmax()
    branches = np.nonzero(state.live & inside[grid.start])[0].astype(np.int32)
    volts = ac._voltages(
        grid, given, ac._solver(), ac._Part(state=state, inside=inside, branches=branches)
    )
    assert volts is not None
    start, stop = end_flows(grid, given, branches, volts)
    left = np.zeros(grid.buses, np.complex128)
    np.add.at(left, grid.start[branches], -start)
    np.add.at(left, grid.stop[branches], -stop)
    left += 1j * given.shunt_mvar * np.abs(volts) ** 2
    left -= state.share * (grid.load_mw + 1j * given.reactive_mvar)
    left += state.scale * grid.generation_mw
    left += state.reserve * (grid.capacity_mw - grid.generation_mw)
    held = np.isnan(given.hold_pu) & inside
    assert np.abs(left.imag[held]).max() < 1e-3
    inside[grid.slack] = False
    assert np.abs(left.real[inside]).max() < 1e-3
    assert np.abs(volts[~np.isnan(given.hold_pu) & inside]) == pytest.approx(
        given.hold_pu[~np.isnan(given.hold_pu) & inside]
    )


def test_scenarios_after_outages_and_islands_are_solved_in_the_island_that_serves_most() -> None:
    grid = case("case118")
    outages = random_outages(grid, scenarios=12, out=6)
    table = ac_check(grid, outages, [3, 0, 11])
    assert table.scenario.tolist() == [3, 0, 11]
    assert set(table.status) == {CONVERGED}
    assert (table.solved_share > 0.5).all()
    assert (table.losses_mw > 100).all()


def test_a_network_in_the_dark_and_a_lone_source_are_told_apart() -> None:
    ring = tuple(branch(ends, r_pu=0.01) for ends in ("AB", "BC", "CD", "DA"))
    dark = compile_grid(square(branches=ring))
    cut = outages_from_ids(dark, [("AB", "DA")])
    assert ac_check(dark, cut, [0]).status == (NOTHING_SERVED,)
    lone = compile_grid(square(branches=ring, loads=(Load(id="A", bus="A", power_mw=5.0),)))
    table = ac_check(lone, outages_from_ids(lone, [("AB", "DA")]), [0])
    assert table.status == (CONVERGED,)
    assert table.lowest_pu.tolist() == [1.0]
    assert any("no source names a voltage" in word for word in table.assumptions)


def test_a_source_that_holds_no_voltage_is_a_negative_load() -> None:
    model = square(
        branches=tuple(branch(ends, r_pu=0.01) for ends in ("AB", "BC", "CD", "DA")),
        generators=(
            Generator(id="G", bus="A", power_mw=30.0, max_power_mw=80.0, voltage_pu=1.02),
            Generator(id="sun", bus="C", power_mw=30.0),
        ),
    )
    grid = compile_grid(model)
    table = ac_check(grid, outages_from_ids(grid, NONE_OUT), [0])
    assert table.highest_pu[0] == pytest.approx(1.02)
    assert table.losses_mw[0] > 0


def test_without_resistances_there_is_no_check() -> None:
    grid = compile_grid(square())
    with pytest.raises(InputError, match="4 branches have no resistance"):
        ac_check(grid, outages_from_ids(grid, NONE_OUT), [0])


def test_without_the_solver_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    grid = pair(10.0)
    monkeypatch.setitem(sys.modules, "lightsim2grid.network", None)
    with pytest.raises(MachineRefused, match="lightsim2grid is not installed") as refused:
        ac_check(grid, outages_from_ids(grid, NONE_OUT), [0])
    assert "vidomo[ac]" in refused.value.hint


def test_the_worst_of_those_drawn_come_first_and_ties_in_order() -> None:
    assert worst_scenarios(np.array([1.0, 5.0, 0.0, 5.0]), 3) == (1, 3, 0)
