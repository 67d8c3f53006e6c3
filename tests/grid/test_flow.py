import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.linalg import spsolve

from conftest import missing
from grid.networks import branch, case, square
from vidomo.core.errors import InputError
from vidomo.grid.arrays import GridArrays, compile_grid
from vidomo.grid.flow import DcModel
from vidomo.grid.islands import bridges
from vidomo.grid.model import Load

ROOT = Path(__file__).resolve().parents[2]
RECORDED = Path(__file__).parent / "recorded" / "lodf_lightsim2grid.json"

# Wood and Wollenberg, Power Generation, Operation, and Control: the six-bus sample; LODF of
# the loss of line 1-2, as printed to two digits.
LOST_1_2 = [-1.0, 0.64, 0.54, -0.11, -0.50, -0.21, -0.12, -0.14, 0.01, 0.01, 0.13]


def solved_anew(model: DcModel, out: int) -> np.ndarray:
    """Return the flows without a branch by a fresh sparse solve of the plain equations."""
    grid: GridArrays = model.grid
    live = np.arange(grid.branches) != out
    b, f, t = grid.susceptance[live], grid.start[live], grid.stop[live]
    matrix = coo_array(
        (np.r_[b, b, -b, -b], (np.r_[f, t, f, t], np.r_[f, t, t, f])), (grid.buses,) * 2
    ).tocsc()
    power = model.power_mw() / grid.model.base_mva
    turned = b * grid.shift_rad[live]
    np.add.at(power, f, turned)
    np.subtract.at(power, t, turned)
    kept = np.delete(np.arange(grid.buses), model.references)
    angle = np.zeros(grid.buses)
    angle[kept] = spsolve(matrix[kept][:, kept], power[kept])
    flow = grid.susceptance * (angle[grid.start] - angle[grid.stop] - grid.shift_rad)
    flow[out] = 0
    return flow * grid.model.base_mva


def test_the_textbook_network_has_the_printed_distribution_factors() -> None:
    table = DcModel(case("case6ww")).lodf()
    assert np.round(table[0], 2).tolist() == LOST_1_2


def test_a_ring_shares_power_by_reactance() -> None:
    model = square(loads=(Load(id="C", bus="C", power_mw=60.0),))
    flows = DcModel(compile_grid(model)).flows_mw()
    assert flows == pytest.approx([30, 30, -30, -30])


def test_every_bus_is_balanced_by_its_flows() -> None:
    model = DcModel(case("case300"))
    grid, flows, power = model.grid, model.flows_mw(), model.power_mw()
    left = power.copy()
    np.subtract.at(left, grid.start, flows)
    np.add.at(left, grid.stop, flows)
    assert np.abs(left).max() < 1e-6
    assert abs(power.sum()) < 1e-6


def test_transfer_factors_give_the_flows_of_any_injection() -> None:
    model = DcModel(case("case118"))
    power = np.random.default_rng(3).normal(size=118)
    still = model.flows_mw(np.zeros(118))
    assert model.ptdf() @ power + still == pytest.approx(model.flows_mw(power), abs=1e-9)


@pytest.mark.parametrize("name", ["case118", "case_ACTIVSg2000"])
def test_distribution_factors_are_those_of_lightsim2grid(name: str) -> None:
    recorded = json.loads(RECORDED.read_text("utf-8"))[name]
    columns, place = np.unique(recorded["columns"], return_inverse=True)
    table = DcModel(case(name)).lodf(columns.astype(np.int32))
    gap = np.abs(table[recorded["rows"], place] - recorded["values"])
    assert len(gap) == 1500
    assert gap.max() < 1e-10


@pytest.mark.parametrize("name", ["case118", "case_ACTIVSg2000"])
def test_every_distribution_factor_is_that_of_the_lightsim2grid_installed(name: str) -> None:
    if importlib.util.find_spec("lightsim2grid") is None:
        missing("lightsim2grid is not installed")
    bench, peer = (loaded(path) for path in ("bench/grid.py", "bench/peers/grid.py"))
    held = bench.tables(bench.case_text(name))
    network, flat = peer.network(held)
    network.dc_pf(flat, 10, 1e-8)
    network.get_ptdf()
    theirs = network.get_lodf()
    place, sign = peer.places(network, held)
    model = DcModel(case(name))
    kept = np.nonzero(~model.split)[0].astype(np.int32)
    gap = np.abs(model.lodf(kept) - theirs[place][:, place[kept]] * sign[:, None] * sign[kept])
    assert len(kept) > 100
    assert gap.max() < 1e-10


def loaded(path: str) -> ModuleType:
    """Return a module of the benchmarks, which knows how lightsim2grid numbers its branches."""
    spec = importlib.util.spec_from_file_location("of_bench", ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["case118", "case300", "case_ACTIVSg2000", "case_ACTIVSg10k"])
def test_flows_without_a_branch_equal_a_fresh_solve(name: str) -> None:
    model = DcModel(case(name))
    held = np.nonzero(~model.split)[0].astype(np.int32)
    some = np.random.default_rng(1).choice(held, 12, replace=False).astype(np.int32)
    flows = model.flows_without(some)
    for place, out in enumerate(some):
        gap = np.abs(flows[:, place] - solved_anew(model, int(out))).max()
        assert gap / model.grid.model.base_mva < 1e-8


def test_the_loss_of_a_bridge_has_no_factors_and_no_loading() -> None:
    grid = case("case118")
    model = DcModel(grid)
    split = bridges(grid)
    assert np.isnan(model.lodf(split)).all()
    table = model.contingencies_reference(split)
    assert table.is_split.all()
    assert np.isnan(table.worst_loading).all()
    assert set(table.worst_branch.tolist()) == set(table.overloads.tolist()) == {-1}


def test_screening_finds_the_worst_branch_of_the_ring() -> None:
    table = DcModel(compile_grid(square())).contingencies_reference(np.arange(4, dtype=np.int32))
    # without DA all 60 MW leave A over AB, without AB all over DA; each is rated 60
    assert table.worst_loading[[0, 3]] == pytest.approx([1, 1])
    assert table.worst_branch[[0, 3]].tolist() == [3, 0]
    assert not table.is_split.any()


def test_without_any_rating_no_loading_is_told() -> None:
    ring = tuple(branch(ends) for ends in ("AB", "BC", "CD", "DA"))
    table = DcModel(compile_grid(square(branches=ring))).contingencies_reference(
        np.arange(4, dtype=np.int32)
    )
    assert np.isnan(table.worst_loading).all()
    assert table.worst_branch.tolist() == [-1] * 4
    assert table.overloads.tolist() == [0] * 4
    assert any("no rating" in word for word in table.assumptions)


def test_islands_of_the_base_state_are_balanced_each_by_itself_and_said_so() -> None:
    model = DcModel(compile_grid(square(branches=(branch("AB"), branch("CD")))))
    assert model.flows_mw() == pytest.approx([10, 30])  # C, the first bus, stands in for a source
    assert any("2 islands" in word for word in model.assumptions)
    assert model.split.all()


def test_a_table_too_large_for_memory_is_refused_with_a_way_out() -> None:
    with pytest.raises(InputError, match="2 GiB") as refused:
        DcModel(case("case_ACTIVSg10k")).lodf(np.zeros(30_000, np.int32))
    assert "some columns" in refused.value.hint
