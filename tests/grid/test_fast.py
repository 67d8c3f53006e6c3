import numpy as np
import pytest

from conftest import missing
from grid.networks import CASES, branch, case, random_outages, square
from vidomo.core.errors import InputError, MachineRefused
from vidomo.grid import native
from vidomo.grid.arrays import GridArrays, compile_grid
from vidomo.grid.cascade import CascadeRules, CascadeTable, cascade_reference
from vidomo.grid.fast import cascade, contingencies, flows_without, islands
from vidomo.grid.flow import DcModel
from vidomo.grid.islands import IslandTable, islands_reference
from vidomo.grid.model import Bus, Generator, GridModel, Load
from vidomo.grid.outages import Outages, outages_from_ids
from vidomo.grid.philox import uniforms

RULES = CascadeRules(unrated_factor=1.3)
WIDTHS = (8, 4, 2)


@pytest.fixture(autouse=True)
def kernels() -> None:
    if native.library() is None:
        missing("the grid kernels are not built: install a C++ compiler and set up again")


def equal_islands(one: IslandTable, other: IslandTable, scale: float) -> None:
    assert one.islands.tolist() == other.islands.tolist()
    assert np.abs(one.largest_load_mw - other.largest_load_mw).max() <= 1e-9 * scale
    assert np.abs(one.unserved_mw - other.unserved_mw).max() <= 1e-9 * scale


def equal_cascades(one: CascadeTable, other: CascadeTable, scale: float) -> None:
    for field in ("rounds", "trips", "islands"):
        assert getattr(one, field).tolist() == getattr(other, field).tolist()
    assert np.abs(one.served_mw - other.served_mw).max() <= 1e-9 * scale
    assert np.abs(one.largest_served_mw - other.largest_served_mw).max() <= 1e-9 * scale
    if one.place_served_mw is not None and other.place_served_mw is not None:
        assert np.abs(one.place_served_mw - other.place_served_mw).max() <= 1e-9 * scale


def compare(grid: GridArrays, outages: Outages, *, width: int = 0) -> None:
    scale = float(grid.load_mw.sum())
    equal_islands(islands(grid, outages), islands_reference(grid, outages), scale)
    equal_cascades(
        cascade(grid, outages, rules=RULES, width=width),
        cascade_reference(grid, outages, rules=RULES),
        scale,
    )


@pytest.mark.parametrize(("name", "scenarios"), list(zip(CASES, (60, 30, 30, 8), strict=True)))
def test_kernels_count_what_the_references_count(name: str, scenarios: int) -> None:
    compare(case(name), random_outages(case(name), scenarios=scenarios, out=5))


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", CASES)
def test_kernels_count_what_the_references_count_in_many_scenarios(name: str, width: int) -> None:
    for out, seed in ((2, 1), (5, 2), (20, 3)):
        compare(
            case(name), random_outages(case(name), scenarios=400, out=out, seed=seed), width=width
        )


@pytest.mark.parametrize("width", WIDTHS)
def test_large_random_networks_agree_in_every_width(width: int) -> None:
    """From a thousand buses on, scenarios share what their outages leave alone."""
    for seed in range(3):
        grid = tangle(seed, buses=1100, ties=1900)
        outages = random_outages(grid, scenarios=20, out=3 + 5 * seed, seed=seed)
        scale = float(grid.load_mw.sum())
        equal_cascades(
            cascade(grid, outages, rules=RULES, by_place=True, width=width),
            cascade_reference(grid, outages, rules=RULES, by_place=True),
            scale,
        )


@pytest.mark.parametrize("name", ["case118", "case_ACTIVSg2000", "case_ACTIVSg10k"])
def test_a_scenario_is_the_same_to_the_last_bit_beside_any_others(name: str) -> None:
    grid = case(name)
    outages = random_outages(grid, scenarios=24, out=6)
    whole = cascade(grid, outages, rules=RULES, by_place=True)
    for first, last in ((0, 1), (5, 6), (7, 24)):
        part = cascade(grid, outages.part(first, last), rules=RULES, by_place=True)
        assert part.served_mw.tolist() == whole.served_mw[first:last].tolist()
        assert part.largest_served_mw.tolist() == whole.largest_served_mw[first:last].tolist()


@pytest.mark.parametrize("out", [1, 10, 24, 25, 60])
def test_islands_are_right_whether_few_or_many_branches_are_out(out: int) -> None:
    grid = case("case300")
    outages = random_outages(grid, scenarios=300, out=out)
    equal_islands(islands(grid, outages), islands_reference(grid, outages), 24_000)


@pytest.mark.parametrize("width", WIDTHS)
def test_random_small_networks_agree_in_every_width(width: int) -> None:
    for seed in range(20):
        grid = tangle(seed)
        outages = random_outages(grid, scenarios=15, out=min(3, grid.branches), seed=seed)
        scale = float(grid.load_mw.sum())
        equal_islands(islands(grid, outages), islands_reference(grid, outages), scale)
        equal_cascades(
            cascade(grid, outages, rules=RULES, by_place=True, width=width),
            cascade_reference(grid, outages, rules=RULES, by_place=True),
            scale,
        )


def tangle(seed: int, *, buses: int = 0, ties: int = 0) -> GridArrays:
    """Return a random network: parallel lines, stubs, lone buses, a few negative reactances."""
    draw = np.random.default_rng(seed)
    count = buses or int(draw.integers(2, 14))
    ties = ties or int(draw.integers(1, 25))
    ends = [tuple(draw.choice(count, 2, replace=False)) for _ in range(ties)]
    ends += ends[:2]
    model = square()
    return compile_grid(
        GridModel(
            name="tangle",
            base_mva=100,
            buses=tuple(
                Bus(id=str(n), substation=model.substations[n % 4].id) for n in range(count)
            ),
            substations=model.substations,
            branches=tuple(
                branch(
                    "AB",
                    id=str(n),
                    from_bus=str(a),
                    to_bus=str(b),
                    x_pu=float(draw.uniform(0.05, 0.3) * (-3 if draw.random() < 0.04 else 1)),
                    rating_mw=float(draw.uniform(5, 60)) if draw.random() < 0.8 else None,
                )
                for n, (a, b) in enumerate(ends)
            ),
            generators=tuple(
                Generator(
                    id=str(n),
                    bus=str(n),
                    power_mw=float(draw.uniform(0, 60)),
                    max_power_mw=float(draw.uniform(40, 90)),
                )
                for n in range(0, count, 3)
            ),
            loads=tuple(
                Load(id=str(n), bus=str(n), power_mw=float(draw.uniform(-5, 30)))
                for n in range(count)
            ),
        )
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["case6ww", "case300", "case_ACTIVSg2000", "case_ACTIVSg10k"])
def test_screening_finds_what_the_table_of_flows_holds(name: str, width: int) -> None:
    model = DcModel(case(name))
    count = model.grid.branches
    some = np.random.default_rng(4).choice(count, min(count, 101), replace=False).astype(np.int32)
    one = contingencies(model, some, width=width)
    other = model.contingencies_reference(some)
    assert one.branch.tolist() == some.tolist()
    for field in ("is_split", "worst_branch", "overloads"):
        assert getattr(one, field).tolist() == getattr(other, field).tolist()
    assert one.worst_loading == pytest.approx(other.worst_loading, rel=1e-9, nan_ok=True)
    flows = flows_without(model, some, width=width)
    held = ~model.split[some]
    expected = model.flows_without(some).T
    expected[np.arange(len(some)), some] = 0
    assert np.abs(flows[held] - expected[held]).max() / model.grid.model.base_mva < 1e-8
    assert np.isnan(flows[~held]).all()


def test_a_lost_branch_carries_nothing_and_is_never_the_worst() -> None:
    table = contingencies(DcModel(compile_grid(square())), np.arange(4, dtype=np.int32))
    # the ring becomes a string: the source end carries most, 60 or what is left of it
    assert table.worst_branch.tolist() == [3, 3, 0, 0]
    assert table.worst_loading == pytest.approx([1, 50 / 60, 0.5, 1])


def test_an_unconnected_network_is_counted_too() -> None:
    grid = compile_grid(square(branches=(branch("AB", rating_mw=90.0), branch("CD"))))
    outages = outages_from_ids(grid, [(), ("AB",), ("AB", "CD")])
    table = islands(grid, outages)
    assert table.islands.tolist() == [2, 3, 4]
    equal_islands(table, islands_reference(grid, outages), 60)


def test_no_scenario_gives_empty_tables() -> None:
    grid = compile_grid(square())
    none = outages_from_ids(grid, [])
    assert len(islands(grid, none).islands) == len(cascade(grid, none).rounds) == 0


def test_a_branch_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="0 to 3"):
        contingencies(DcModel(compile_grid(square())), np.array([4], np.int32))


def test_a_scenario_ends_the_same_in_any_company() -> None:
    grid = case("case118")
    outages = random_outages(grid, scenarios=40, out=6)
    together = cascade(grid, outages, rules=RULES)
    alone = [cascade(grid, outages.part(s, s + 1), rules=RULES).served_mw[0] for s in range(40)]
    assert together.served_mw.tolist() == alone


def test_without_kernels_the_references_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    grid = compile_grid(square())
    model, every = DcModel(grid), np.arange(4, dtype=np.int32)
    outages = outages_from_ids(grid, [("AB", "CD"), ()])
    fast = (
        islands(grid, outages).islands,
        cascade(grid, outages).served_mw,
        contingencies(model, every).overloads,
        flows_without(model, every),
    )
    numbers = uniforms(3, stream=1, first=5, last=9, draws=3)
    monkeypatch.setattr("vidomo.grid.fast.library", lambda: None)
    monkeypatch.setattr("vidomo.grid.philox.library", lambda: None)
    assert uniforms(3, stream=1, first=5, last=9, draws=3).tolist() == numbers.tolist()
    slow = (
        islands(grid, outages).islands,
        cascade(grid, outages).served_mw,
        contingencies(model, every).overloads,
        flows_without(model, every),
    )
    for one, other in zip(fast, slow, strict=True):
        assert one == pytest.approx(other)


def test_a_library_that_is_not_there_is_no_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(native, "LIBRARY", tmp_path / "none.so")  # type: ignore[operator]
    native.library.cache_clear()
    try:
        assert native.library() is None
        assert native.lanes() == 0
    finally:
        monkeypatch.undo()
        native.library.cache_clear()
    assert native.lanes() in {2, 4, 8}


def test_a_library_of_another_version_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "ABI", 0)
    native.library.cache_clear()
    try:
        assert native.library() is None
    finally:
        monkeypatch.undo()
        native.library.cache_clear()


def test_a_kernel_without_memory_is_an_error_of_the_machine() -> None:
    with pytest.raises(MachineRefused, match="memory"):
        native.refuse_failure(1)
