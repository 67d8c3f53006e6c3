"""Tables and flows that pypowsybl 1.16 wrote; its own files where it is installed.

Recorded by ``bench/peers/grid_files.py --record tests/grid/recorded``.
"""

import copy
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import missing
from vidomo.core.errors import MachineRefused
from vidomo.grid.arrays import compile_grid
from vidomo.grid.check import is_sound
from vidomo.grid.flow import DcModel
from vidomo.grid.model import GridModel
from vidomo.grid.powsybl import Tables, model_of, read_powsybl

RECORDED = Path(__file__).parent / "recorded"
ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".venv-peers" / "bin" / "python"
NAMES = ("ieee14", "made_up", "four_substations")


def recorded(name: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((RECORDED / f"powsybl_{name}.json").read_text())
    return held


def model(tables: Tables) -> GridModel:
    reading = model_of(tables, name="net")
    assert is_sound(reading.problems)
    assert reading.model is not None
    return reading.model


@pytest.mark.parametrize("name", NAMES)
def test_flows_are_those_that_pypowsybl_computed(name: str) -> None:
    held = recorded(name)
    found = model_of(held["tables"], name=name).model
    assert found is not None
    dc = DcModel(compile_grid(GridModel(**{**_fields(found), "slack_bus": held["slack"]})))
    flows = dict(zip(dc.grid.branch_ids, dc.flows_mw().tolist(), strict=True))
    assert set(flows) <= set(held["flows"])
    for branch, flow in flows.items():
        assert flow == pytest.approx(held["flows"][branch], abs=1e-6)


def _fields(found: GridModel) -> dict[str, Any]:
    return {name: getattr(found, name) for name in found.__struct_fields__}


def test_a_three_winding_transformer_is_three_branches_and_a_bus() -> None:
    found = model(recorded("made_up")["tables"])
    legs = [branch for branch in found.branches if " leg " in branch.id]
    assert len(legs) == 3
    assert len({branch.to_bus for branch in legs}) == 1
    assert legs[0].to_bus in {bus.id for bus in found.buses}
    ratings = [branch.rating_mw for branch in legs]
    assert ratings == [
        pytest.approx(3**0.5 * 330 * 0.4),
        pytest.approx(3**0.5 * 110 * 0.3),
        None,
    ]


def test_a_boundary_line_alone_is_the_load_behind_it() -> None:
    tables = recorded("made_up")["tables"]
    found = model(tables)
    alone = {row["id"]: row["p0"] * 100 for row in tables["boundary_lines"]}
    assert len(alone) == 1
    assert {load.id: load.power_mw for load in found.loads if load.id in alone} == alone


def test_a_direct_current_line_is_a_load_and_a_source_with_the_losses_between() -> None:
    found = model(recorded("four_substations")["tables"])
    sent = {load.id: load.power_mw for load in found.loads}
    given = {source.id: source.power_mw for source in found.generators}
    assert sent["HVDC2"] == pytest.approx(80)
    assert given["HVDC2"] == pytest.approx(78.210985)
    assert any("keeps its transfer" in word for word in found.assumptions)
    assert any("static compensators" in word for word in found.assumptions)


def test_what_an_ac_flow_needs_is_read() -> None:
    found = model(recorded("ieee14")["tables"])
    assert found.slack_bus == "VL1_0"
    assert sum(bus.shunt_mvar for bus in found.buses) == pytest.approx(19, rel=0.02)
    assert next(source.voltage_pu for source in found.generators) == pytest.approx(1.06)
    assert all(branch.r_pu is not None for branch in found.branches)
    assert any(load.reactive_mvar > 0 for load in found.loads)
    assert all(branch.rating_mw is None for branch in found.branches)


def test_a_tie_line_joins_the_buses_of_its_halves() -> None:
    tables = copy.deepcopy(recorded("ieee14")["tables"])
    first, last = (row["id"] for row in (tables["buses"][0], tables["buses"][-1]))
    half = {"r": 0.01, "x": 0.1, "b": 0.0, "p0": 0.0, "q0": 0.0, "paired": True}
    tables["boundary_lines"] = [
        {**half, "id": "one", "bus_id": first},
        {**half, "id": "other", "bus_id": last},
    ]
    tables["tie_lines"] = [{"id": "tie", "boundary_line1_id": "one", "boundary_line2_id": "other"}]
    tables["limits"] = [
        {"element_id": "one", "side": "NONE", "acceptable_duration": -1, "value": 2.5},
        {"element_id": "one", "side": "NONE", "acceptable_duration": 60, "value": 1.0},
    ]
    tie = next(branch for branch in model(tables).branches if branch.id == "tie")
    assert (tie.from_bus, tie.to_bus, tie.x_pu, tie.rating_mw) == (first, last, 0.2, 250.0)


def test_a_branch_open_at_an_end_is_left_out_and_said_so() -> None:
    tables = copy.deepcopy(recorded("ieee14")["tables"])
    tables["lines"][0]["bus2_id"] = ""
    tables["loads"][0]["bus_id"] = ""
    tables["generators"][1]["max_p"] = math.inf
    tables["slack"] = [{"bus_id": "gone"}]
    found = model(tables)
    assert len(found.branches) == 19
    assert len(found.loads) == 10
    assert found.generators[1].max_power_mw is None
    assert found.slack_bus == ""
    assert any("1 branches are open at an end" in word for word in found.assumptions)


@pytest.mark.parametrize(
    ("table", "field", "value", "code"),
    [
        ("lines", "x", 0.0, "zero_reactance"),
        ("lines", "x", math.nan, "not_a_number"),
        ("lines", "id", "L2-3-1", "duplicate_id"),
        ("two_windings", "rho", 0.0, "not_a_number"),
        ("loads", "p0", math.nan, "not_a_number"),
        ("loads", "bus_id", "nowhere", "unknown_bus"),
    ],
)
def test_a_bad_value_is_told_with_element_and_field(
    table: str, field: str, value: object, code: str
) -> None:
    tables = copy.deepcopy(recorded("ieee14")["tables"])
    tables[table][0][field] = value
    problems = model_of(tables, name="net").problems
    assert code in {problem.code for problem in problems}
    assert not is_sound(problems)


def test_without_the_library_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypowsybl", None)
    with pytest.raises(MachineRefused, match="pypowsybl is not installed") as refused:
        read_powsybl(Path("net.uct"))
    assert "vidomo[grid-io]" in refused.value.hint


@pytest.mark.soak
@pytest.mark.timeout(300)
def test_files_written_by_pypowsybl_have_its_flows() -> None:
    """CGMES, PSS/E, UCTE and IIDM; an extra of 350 MB, so only where the peers are installed."""
    asked = [str(PEERS), "-c", "import pypowsybl"]
    if not PEERS.exists() or subprocess.run(asked, check=False, capture_output=True).returncode:
        missing("make peers installs pypowsybl; the recorded tables stand in for it")
    ran = subprocess.run(
        [str(PEERS), str(ROOT / "bench" / "peers" / "grid_files.py")],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
    )
    found = json.loads(ran.stdout.strip().splitlines()[-1])
    assert found.pop("broken") == ["not_powsybl"]
    compared = {name: row for name, row in found.items() if isinstance(row, dict)}
    assert {name.split()[1] for name in compared} == {"CGMES", "PSS/E", "UCTE", "XIIDM"}
    assert max(row["gap_mw"] for row in compared.values()) < 1e-6
    assert min(row["branches"] for row in compared.values()) >= 3
