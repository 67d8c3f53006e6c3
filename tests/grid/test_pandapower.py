import json

import pytest

from vidomo.grid.arrays import compile_grid
from vidomo.grid.check import is_sound
from vidomo.grid.flow import DcModel
from vidomo.grid.model import GridReading
from vidomo.grid.pandapower import COUPLER_X_PU, read_pandapower

Table = dict[str, list[object]]

# A 110 kV source, a transformer to 20 kV, a coupler, two parallel lines, one of them open.
TABLES: dict[str, Table] = {
    "bus": {"vn_kv": [110.0, 20.0, 20.0, 20.0]},
    "ext_grid": {"bus": [0], "in_service": [True]},
    "trafo": {
        "hv_bus": [0], "lv_bus": [1], "sn_mva": [25.0], "vn_hv_kv": [110.0], "vn_lv_kv": [20.0],
        "vk_percent": [12.0], "vkr_percent": [0.41], "shift_degree": [0.0], "tap_side": ["hv"],
        "tap_neutral": [0], "tap_pos": [-2], "tap_step_percent": [1.5], "parallel": [1],
        "in_service": [True],
    },
    "switch": {
        "bus": [1, 2], "element": [2, 1], "et": ["b", "l"], "closed": [True, False],
    },
    "line": {
        "from_bus": [2, 2], "to_bus": [3, 3], "length_km": [2.0, 2.0],
        "x_ohm_per_km": [0.4, 0.4], "max_i_ka": [0.2, 99999.0], "parallel": [1, 1],
        "in_service": [True, True],
    },
    "load": {"bus": [3], "p_mw": [6.0], "scaling": [0.5], "in_service": [True]},
    "sgen": {"bus": [3], "p_mw": [1.0], "scaling": [1.0], "in_service": [True]},
    "gen": {"bus": [3], "p_mw": [9.0], "in_service": [False]},
    "shunt": {"bus": [3], "p_mw": [0.0], "step": [1], "in_service": [True]},
}  # fmt: skip


def written(**changes: Table) -> str:
    """Return a file as pandapower writes it: tables as JSON within JSON."""
    held: dict[str, object] = {"sn_mva": 1.0}
    for name, columns in {**TABLES, **changes}.items():
        rows = list(map(list, zip(*columns.values(), strict=True)))
        table = {"columns": list(columns), "index": list(range(len(rows))), "data": rows}
        held[name] = {
            "_module": "pandas.core.frame",
            "_class": "DataFrame",
            "_object": json.dumps(table),
            "orient": "split",
        }
    return json.dumps({"_class": "pandapowerNet", "_object": held})


def read(**changes: Table) -> GridReading:
    return read_pandapower(written(**changes))


@pytest.mark.parametrize("value", [0.0, -110.0, 1e308, float("inf")])
def test_a_voltage_that_cannot_be_is_told_with_its_bus(value: float) -> None:
    reading = read(bus={"vn_kv": [110.0, value, 20.0, 20.0]})
    assert "bus 1: vn_kv" in {problem.where for problem in reading.problems}
    assert not is_sound(reading.problems)


@pytest.mark.parametrize("name", list(TABLES))
def test_no_column_that_is_missing_or_spoiled_is_an_error_of_ours(name: str) -> None:
    for column in TABLES[name]:
        read(**{name: {key: value for key, value in TABLES[name].items() if key != column}})
        for spoiled in (None, 99, -1, "x", float("nan"), float("inf"), 0, 1e308, [1], {}, True, ""):
            values = [spoiled, *TABLES[name][column][1:]]
            reading = read(**{name: TABLES[name] | {column: values}})
            assert reading.model is not None or reading.problems


def test_a_file_is_read_element_by_element() -> None:
    reading = read()
    assert is_sound(reading.problems)
    model = reading.model
    assert model is not None
    by_id = {branch.id: branch for branch in model.branches}
    assert by_id["trafo 0"].x_pu == pytest.approx((0.12**2 - 0.0041**2) ** 0.5 / 25)
    assert by_id["trafo 0"].tap == pytest.approx(0.97)
    assert by_id["trafo 0"].rating_mw == 25
    assert by_id["line 0"].x_pu == pytest.approx(0.8 / 400)
    assert by_id["line 0"].rating_mw == pytest.approx(3**0.5 * 20 * 0.2)
    assert by_id["line 1"].rating_mw is None
    assert not by_id["line 1"].in_service
    assert by_id["switch 0"].x_pu == COUPLER_X_PU
    assert model.slack_bus == "0"
    assert any("coupler" in word for word in model.assumptions)


def test_what_an_ac_flow_needs_is_read() -> None:
    line = {**TABLES["line"], "r_ohm_per_km": [0.2, 0.2], "c_nf_per_km": [10.0, 10.0]}
    load = {**TABLES["load"], "q_mvar": [3.0]}
    shunt: Table = {"bus": [3], "p_mw": [0.0], "q_mvar": [-2.0], "step": [2], "in_service": [True]}
    model = read(line=line, load=load, shunt=shunt).model
    assert model is not None
    assert [bus.shunt_mvar for bus in model.buses] == [0, 0, 0, 4]
    by_id = {branch.id: branch for branch in model.branches}
    assert by_id["line 0"].r_pu == pytest.approx(0.4 / 400)
    assert by_id["line 0"].charging_pu == pytest.approx(2 * 3.14159265 * 50 * 20e-9 * 400)
    assert by_id["trafo 0"].r_pu == pytest.approx(0.0041 / 25)
    assert model.loads[0].reactive_mvar == 1.5
    assert {each.id: each.voltage_pu for each in model.generators} == {
        "sgen 0": None,
        "ext_grid 0": 1.0,
    }


def test_the_external_grid_gives_what_is_needed() -> None:
    model = read().model
    assert model is not None
    grid = compile_grid(model)
    assert [each.id for each in model.generators] == ["sgen 0", "ext_grid 0"]
    flows = dict(zip(grid.branch_ids, DcModel(grid).flows_mw(), strict=True))
    assert flows == pytest.approx({"line 0": 2.0, "trafo 0": 2.0, "switch 0": 2.0})


def test_an_element_that_is_not_read_is_told() -> None:
    reading = read(trafo3w={"hv_bus": [0], "in_service": [True]})
    assert not is_sound(reading.problems)
    assert ("unsupported_element", "trafo3w: table") in {
        (problem.code, problem.where) for problem in reading.problems
    }


def test_a_missing_number_is_told_with_element_and_field() -> None:
    load: Table = {"bus": [3], "p_mw": [None], "in_service": [True]}
    assert ("not_a_number", "load 0: p_mw") in {
        (problem.code, problem.where) for problem in read(load=load).problems
    }


def test_a_generator_marked_slack_stands_in_for_an_external_grid() -> None:
    reading = read(
        ext_grid={"bus": [], "in_service": []},
        gen={"bus": [0], "p_mw": [4.0], "max_p_mw": [9.0], "slack": [True], "in_service": [True]},
        switch={"bus": [1], "element": [0], "et": ["t"], "closed": [False]},
        shunt={"bus": [3], "p_mw": [0.5], "step": [2], "in_service": [True]},
    )
    model = reading.model
    assert model is not None
    assert model.slack_bus == "0"
    assert model.generators[0].max_power_mw == 9
    assert not next(branch for branch in model.branches if branch.id == "trafo 0").in_service
    assert model.loads[-1].power_mw == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"_object": {}}', '{"_object": 5}', "null"])
def test_a_text_that_is_no_network_is_told(text: str) -> None:
    reading = read_pandapower(text)
    assert reading.model is None
    assert [problem.code for problem in reading.problems] == ["not_pandapower"]
