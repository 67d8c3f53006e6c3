import numpy as np
import pytest
from hypothesis import given, strategies as st

from grid.networks import branch, case, random_outages, square
from vidomo.grid.arrays import branch_list, compile_grid
from vidomo.grid.islands import (
    bridges,
    effective_islands,
    island_labels,
    island_list,
    islands_reference,
)
from vidomo.grid.model import Bus, Generator, GridModel, Load
from vidomo.grid.outages import outages_from_ids

GRID = compile_grid(square())


def test_a_ring_cut_twice_is_two_islands_with_their_own_numbers() -> None:
    fed, dark = island_list(GRID, branch_list(GRID, ("AB", "CD")))
    assert (fed.buses, fed.load_mw, fed.capacity_mw) == ((0, 3), 30, 80)
    assert (dark.buses, dark.load_mw, dark.capacity_mw) == ((1, 2), 30, 0)
    assert (fed.self_sufficiency, dark.self_sufficiency) == (1, 0)
    assert (fed.surplus_mw, dark.surplus_mw) == (30, -30)


def test_an_island_without_load_needs_nothing() -> None:
    islands = island_list(GRID, branch_list(GRID, ("AB", "DA")))
    assert [island.self_sufficiency for island in islands] == [0, 1]
    assert effective_islands(islands) == 0


def test_two_equal_halves_count_as_two_and_a_stub_hardly_counts() -> None:
    def split(load_b: float) -> float:
        model = square(
            generators=tuple(Generator(id=n, bus=n, power_mw=50.0) for n in "AB"),
            loads=tuple(Load(id=n, bus=n, power_mw=p) for n, p in (("A", 30.0), ("B", load_b))),
            branches=(branch("AD"), branch("BC")),
        )
        return effective_islands(island_list(compile_grid(model)))

    assert split(30.0) == pytest.approx(2)
    assert split(0.3) == pytest.approx(1, abs=0.03)
    assert effective_islands(island_list(GRID)) == 1


def test_the_unserved_load_is_what_the_capacity_of_an_island_lacks() -> None:
    table = islands_reference(GRID, outages_from_ids(GRID, [(), ("AB", "CD"), ("AB", "DA")]))
    assert table.islands.tolist() == [1, 2, 2]
    assert table.largest_load_mw.tolist() == [60, 30, 60]
    assert table.unserved_mw.tolist() == [0, 30, 60]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14))
def test_a_bridge_is_a_branch_whose_loss_adds_an_island(ends: list[tuple[int, int]]) -> None:
    pairs = [(a, b) for a, b in ends if a != b]
    model = GridModel(
        name="random",
        base_mva=1,
        buses=tuple(Bus(id=str(number)) for number in range(8)),
        branches=tuple(
            branch("AB", id=str(n), from_bus=str(a), to_bus=str(b))
            for n, (a, b) in enumerate(pairs)
        ),
        generators=(Generator(id="G", bus="0", power_mw=1),),
    )
    grid = compile_grid(model)
    whole = island_labels(grid, np.ones(len(pairs), bool))[0]
    found = set(bridges(grid).tolist())
    for number in range(len(pairs)):
        live = np.ones(len(pairs), bool)
        live[number] = False
        more = island_labels(grid, live)[0] - whole
        assert more in {0, 1}
        assert (more == 1) == (number in found)


def test_benchmarks_have_as_many_bridges_as_were_counted_before() -> None:
    assert len(bridges(case("case_ACTIVSg10k"))) == 3977


def test_a_branch_that_comes_back_never_adds_an_island() -> None:
    grid = case("case118")
    outages = random_outages(grid, scenarios=30, out=40)
    more = islands_reference(grid, outages).islands
    fewer = [
        island_labels(grid, np.isin(np.arange(grid.branches), outages[s][1:], invert=True))[0]
        for s in range(len(outages))
    ]
    assert (np.array(fewer) <= more).all()
