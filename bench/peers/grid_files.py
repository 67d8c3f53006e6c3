"""Write networks of pypowsybl in each format, read them by vidomo, and compare flows.

Run in .venv-peers by tests/grid/test_powsybl.py, or by hand; the answer is one line of JSON.
``--record FOLDER`` writes the tables and flows that the tests use where pypowsybl is not there.

Example: PYTHONPATH=src .venv-peers/bin/python bench/peers/grid_files.py
"""

import json
import logging
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pypowsybl
from pypowsybl import loadflow
from pypowsybl.network import Network

from vidomo.grid.arrays import compile_grid
from vidomo.grid.check import sound_model
from vidomo.grid.flow import DcModel
from vidomo.grid.model import GridReading
from vidomo.grid.powsybl import model_of, read_powsybl, tables_of

FORMATS = {"CGMES": ".zip", "PSS/E": ".raw", "UCTE": ".uct", "XIIDM": ".xiidm"}
SIDES = ("lines", "two_windings", "tie_lines")
UCTE = """\
##C 2007.05.01
##N
##ZAA
AAAAAA11 Source       0 3 400.00 0.00000 0.00000 -120.00 0.00000
AAAAAB11 Town         0 0        80.0000 20.0000 0.00000 0.00000
AAAAAC11 Village      0 0        40.0000 10.0000 0.00000 0.00000
##L
AAAAAA11 AAAAAB11 1 0 1.0000 10.000 0.000000   1000 first
AAAAAA11 AAAAAC11 1 0 1.0000 20.000 0.000000   1000 second
AAAAAB11 AAAAAC11 1 0 1.0000 10.000 0.000000    500 third
"""


def flows_of(network: Network) -> tuple[dict[str, float], str]:
    """Return the DC flow of pypowsybl into side one of each branch, in MW, and its slack bus."""
    network.per_unit = False
    parameters = loadflow.Parameters(distributed_slack=False)
    ran = loadflow.run_dc(network, parameters)
    found = {str(name): float(flow) for name, flow in network.get_branches()["p1"].items()}
    for name, row in network.get_3_windings_transformers().iterrows():
        found |= {f"{name} leg {leg}": float(row[f"p{leg}"]) for leg in (1, 2, 3)}
    return found, str(ran[0].slack_bus_results[0].id)


def gap(reading: GridReading, solved: tuple[dict[str, float], str]) -> dict[str, float]:
    """Return how many branches were compared, and the largest difference in MW.

    Where a file names no slack bus, pypowsybl takes one of its own choice; so do we then.
    """
    expected, slack = solved
    model = msgspec.structs.replace(sound_model(reading), slack_bus=slack)
    dc = DcModel(compile_grid(model))
    ours = dict(zip(dc.grid.branch_ids, dc.flows_mw().tolist(), strict=True))
    common = [name for name in ours if expected.get(name) == expected.get(name)]
    assert set(ours) <= set(expected), sorted(set(ours) - set(expected))[:3]
    return {
        "branches": len(common),
        "gap_mw": max(abs(ours[name] - expected[name]) for name in common),
    }


def made_up() -> Network:
    """Return a network of our own: a three-winding transformer and a line over a border."""
    found = pypowsybl.network.create_empty("made_up")
    found.create_substations(id=["S1", "S2"])
    levels = {"VL1": ("S1", 330.0), "VL2": ("S1", 110.0), "VL3": ("S1", 35.0), "VL4": ("S2", 110.0)}
    for name, (site, volts) in levels.items():
        found.create_voltage_levels(
            id=name, substation_id=site, nominal_v=volts, topology_kind="BUS_BREAKER"
        )
        found.create_buses(id=f"B{name}", voltage_level_id=name)
    ends = {
        f"{field}{leg}": value
        for leg, volts in ((1, 330.0), (2, 115.0), (3, 36.0))
        for field, value in (
            ("voltage_level", f"VL{leg}"),
            ("bus", f"BVL{leg}"),
            ("rated_u", volts),
            ("r", 0.5),
            ("x", 20.0 + leg),
            ("g", 0.0),
            ("b", 0.0),
        )
    }
    ends = {
        f"{key[:-1]}{key[-1]}_id" if key[:-1] in {"voltage_level", "bus"} else key: value
        for key, value in ends.items()
    }
    found.create_3_windings_transformers(id="T3", rated_u0=330.0, **ends)
    found.create_lines(
        id="L1", voltage_level1_id="VL2", bus1_id="BVL2", voltage_level2_id="VL4", bus2_id="BVL4",
        r=1.0, x=12.0, g1=0.0, b1=1e-5, g2=0.0, b2=1e-5,
    )  # fmt: skip
    border = {"id": "border", "voltage_level_id": "VL4", "bus_id": "BVL4", "p0": -12.0, "q0": 3.0}
    getattr(found, "create_boundary_lines", found.create_dangling_lines)(
        **border, r=1.0, x=10.0, g=0.0, b=0.0
    )
    found.create_loads(
        id=["low", "far"], voltage_level_id=["VL3", "VL4"], bus_id=["BVL3", "BVL4"],
        p0=[18.0, 40.0], q0=[4.0, 10.0],
    )  # fmt: skip
    found.create_generators(
        id="G", voltage_level_id="VL1", bus_id="BVL1", target_p=46.0, min_p=0.0, max_p=200.0,
        target_v=335.0, voltage_regulator_on=True,
    )  # fmt: skip
    for name, side, amperes in (("L1", "ONE", 500.0), ("T3", "TWO", 300.0), ("T3", "ONE", 400.0)):
        found.create_operational_limits(
            element_id=name, side=side, name="permanent_limit", type="CURRENT", value=amperes,
            acceptable_duration=-1, group_name="DEFAULT",
        )  # fmt: skip
    found.update_3_windings_transformers(
        id="T3", selected_limits_group_1="DEFAULT", selected_limits_group_2="DEFAULT"
    )
    return found


def networks() -> dict[str, Callable[[], Network]]:
    """Return public examples that come with pypowsybl."""
    make = pypowsybl.network
    return {
        "ieee14": make.create_ieee14,
        "ieee118": make.create_ieee118,
        "made_up": made_up,
        "micro_grid_be": make.create_micro_grid_be_network,
        "four_substations": make.create_four_substations_node_breaker_network,
        "tie_line": make.create_eurostag_tutorial_example1_with_tie_line
        if hasattr(make, "create_eurostag_tutorial_example1_with_tie_line")
        else make.create_eurostag_tutorial_example1_network,
    }


def compare() -> dict[str, object]:
    """Return the gap of each network in each format that it can be written in."""
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name, make in networks().items():
            for kind, suffix in FORMATS.items():
                path = Path(scratch) / f"{name}{suffix}"
                try:
                    make().save(str(path), format=kind)
                    expected = flows_of(pypowsybl.network.load(str(path)))
                except pypowsybl.PyPowsyblError as error:
                    found[f"{name} {kind}"] = f"pypowsybl cannot: {error}"[:120]
                    continue
                found[f"{name} {kind}"] = gap(read_powsybl(path), expected)
        path = Path(scratch) / "by_hand.uct"
        path.write_text(UCTE)
        found["by_hand UCTE"] = gap(read_powsybl(path), flows_of(pypowsybl.network.load(str(path))))
        broken = Path(scratch) / "broken.raw"
        broken.write_text("no network")
        found["broken"] = [problem.code for problem in read_powsybl(broken).problems]
    return found


def record(folder: Path) -> None:
    """Write the tables of three networks and the flows that pypowsybl has for them."""
    for name in ("ieee14", "made_up", "four_substations"):
        network = networks()[name]()
        flows = flows_of(network)
        tables = tables_of(network)
        held = {"flows": flows[0], "slack": flows[1], "tables": tables}
        text = json.dumps(held, default=float)
        (folder / f"powsybl_{name}.json").write_text(text)
        print(name, len(text), gap(model_of(tables, name=name), flows))


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    if sys.argv[1:2] == ["--record"]:
        record(Path(sys.argv[2]))
    else:
        print(json.dumps(compare()))
