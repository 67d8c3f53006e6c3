"""Files written by PyPSA 1.4.0 from a made-up network, and the flows that it computed."""

import gzip
import io
import json
import random
import sys
from pathlib import Path

import numpy as np
import pytest

from conftest import missing
from vidomo.core.errors import MachineRefused
from vidomo.grid.arrays import compile_grid
from vidomo.grid.check import is_sound
from vidomo.grid.flow import DcModel
from vidomo.grid.pypsa import read_pypsa

RECORDED = Path(__file__).parent / "recorded"

try:
    import h5py
except ImportError:
    h5py = None


@pytest.fixture(autouse=True)
def library() -> None:
    if h5py is None:
        missing("h5py is not installed")


def raw(name: str) -> bytes:
    return gzip.decompress((RECORDED / f"pypsa_{name}.nc.gz").read_bytes())


def written(**columns: object) -> bytes:
    """Return a small file as PyPSA lays it out."""
    held = {
        "buses_i": ["A", "B"],
        "lines_i": ["1"],
        "lines_bus0": ["A"],
        "lines_bus1": ["B"],
        "lines_x": [0.1],
        "generators_i": ["G"],
        "generators_bus": ["A"],
        **columns,
    }
    target = io.BytesIO()
    with h5py.File(target, "w") as file:
        for name, values in held.items():
            if values is not None:
                file[name] = values
    return target.getvalue()


def codes(raw_file: bytes, **options: int) -> set[tuple[str, str]]:
    return {(problem.code, problem.where) for problem in read_pypsa(raw_file, **options).problems}


@pytest.mark.parametrize("snapshot", [0, 1])
def test_flows_are_those_that_pypsa_computed(snapshot: int) -> None:
    reading = read_pypsa(raw("solved"), snapshot=snapshot)
    assert is_sound(reading.problems)
    assert reading.model is not None
    grid = compile_grid(reading.model)
    flows = dict(zip(grid.branch_ids, DcModel(grid).flows_mw(), strict=True))
    expected = json.loads((RECORDED / "pypsa_flows.json").read_text())["snapshots"][snapshot]
    assert len(flows) == 6
    for name, flow in flows.items():
        assert flow == pytest.approx(expected[name.split()[1]], abs=1e-9)


def test_a_file_is_read_element_by_element() -> None:
    model = read_pypsa(raw("unsolved")).model
    assert model is not None
    assert model.name == "district"
    assert model.slack_bus == "Border"
    by_id = {branch.id: branch for branch in model.branches}
    assert by_id["line L1"].x_pu == pytest.approx(0.05)
    assert by_id["line L1"].r_pu == pytest.approx(0.01)
    assert by_id["line L1"].charging_pu == pytest.approx(2e-4 * 121)
    assert by_id["line L2"].rating_mw == pytest.approx(28)
    assert by_id["line L3"].rating_mw is None  # no s_nom is "not known", never "nothing"
    assert "line L4" not in by_id  # not active
    assert by_id["transformer T1"].tap == 1.02
    assert by_id["transformer T1"].x_pu == pytest.approx(0.48)
    power = {source.id: source.power_mw for source in model.generators}
    assert power == {
        "generator import": 50,
        "generator plant": 8,
        "storage battery": 2,
        "link dc": 3.8,
    }
    assert {load.id: load.power_mw for load in model.loads}["load wave"] == 1
    assert compile_grid(model).place_codes == tuple(f"UA0000000000000000{n}" for n in (1, 2, 3))
    assert any("keeps its transfer" in word for word in model.assumptions)


def test_a_solved_file_gives_what_the_solution_gave() -> None:
    model = read_pypsa(raw("solved")).model
    assert model is not None
    assert next(
        each for each in model.generators if each.bus == "Border"
    ).power_mw == pytest.approx(46.2)


def test_a_snapshot_that_is_not_there_is_told() -> None:
    assert ("no_snapshot", "network: snapshot") in codes(raw("solved"), snapshot=7)


def test_what_is_not_read_is_told() -> None:
    stores = written(stores_i=["S"], stores_bus=["A"])
    assert ("unsupported_element", "stores: table") in codes(stores)
    many = written(links_i=["L"], links_bus0=["A"], links_bus1=["B"], links_bus2=["A"])
    assert ("unsupported_element", "link L: bus2") in codes(many)


def test_an_optimised_size_is_taken_where_it_was_left_open() -> None:
    model = read_pypsa(
        written(
            lines_s_nom=[10.0], lines_s_nom_opt=[25.0], lines_s_nom_extendable=[1],
            generators_p_nom=[np.inf],
        )
    ).model  # fmt: skip
    assert model is not None
    assert model.branches[0].rating_mw == 25
    assert model.generators[0].max_power_mw is None


@pytest.mark.parametrize(
    ("columns", "code", "where"),
    [
        ({"lines_x": [np.nan]}, "not_a_number", "branch line 1: x_pu"),
        ({"lines_x": None}, "zero_reactance", "branch line 1: x_pu"),
        ({"lines_x": ["wide"]}, "not_a_number", "line 1: x"),
        ({"lines_bus1": ["Q"]}, "unknown_bus", "branch line 1: to_bus"),
        ({"lines_bus1": None}, "unknown_bus", "branch line 1: to_bus"),
        ({"generators_i": None}, "no_source", "network: generators"),
        ({"buses_i": ["A", "A"]}, "duplicate_id", "bus A: id"),
    ],
)
def test_every_slip_is_told_with_element_and_field(
    columns: dict[str, object], code: str, where: str
) -> None:
    assert (code, where) in codes(written(**columns))


@pytest.mark.parametrize("text", [b"", b"CDF\x01old", b"\x89HDF\r\n\x1a\n" + b"\0" * 64, b"{}"])
def test_a_file_that_is_no_network_is_told(text: bytes) -> None:
    assert codes(text) == {("not_pypsa", "network: file")}


def test_a_file_without_buses_is_told() -> None:
    assert codes(written(buses_i=None)) == {("not_pypsa", "network: file")}


@pytest.mark.parametrize("shape", [(10**12,), (1, 10**12)])
def test_a_small_file_that_promises_a_trillion_values_is_refused_at_once(
    shape: tuple[int, ...],
) -> None:
    target = io.BytesIO(written())
    with h5py.File(target, "a") as file:
        name = "buses_v_nom" if len(shape) == 1 else "loads_t_p_set"
        file.create_dataset(name, shape, dtype="f8", chunks=(1,) * len(shape))
        file["loads_i"], file["loads_t_p_set_i"] = ["x"], ["x"]
    assert codes(target.getvalue()) == {("not_pypsa", "network: file")}


def test_without_the_library_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "h5py", None)
    with pytest.raises(MachineRefused, match="h5py is not installed") as refused:
        read_pypsa(b"")
    assert "vidomo[grid-io]" in refused.value.hint


def test_a_damaged_file_is_told_and_no_error_of_ours() -> None:
    whole = raw("solved")
    dice = random.Random(4)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(12):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        reading = read_pypsa(bytes(damaged))
        assert reading.model is not None or reading.problems
