import numpy as np
import pytest

from grid.networks import branch, case, random_outages, square
from vidomo.core.errors import InputError
from vidomo.grid.arrays import compile_grid
from vidomo.grid.cascade import CascadeRules, cascade_limits, cascade_reference
from vidomo.grid.model import Generator, Load
from vidomo.grid.outages import outages_from_ids

TIGHT = square(
    branches=(
        branch("AB", rating_mw=45.0),
        branch("BC", rating_mw=60.0),
        branch("CD", rating_mw=60.0),
        branch("DA", rating_mw=45.0),
    )
)


def test_a_branch_that_takes_over_too_much_trips_and_the_rest_is_dark() -> None:
    grid = compile_grid(TIGHT)
    # without DA all 60 MW leave A over AB, rated 45: it trips, and A stands alone
    table = cascade_reference(grid, outages_from_ids(grid, [(), ("DA",)]), by_place=True)
    assert table.rounds.tolist() == [1, 2]
    assert table.trips.tolist() == [0, 1]
    assert table.islands.tolist() == [1, 2]
    assert table.served_mw.tolist() == [60, 0]
    assert table.place_served_mw is not None
    assert table.place_served_mw.tolist() == [[0, 10, 20, 30], [0, 0, 0, 0]]


def test_an_island_short_of_capacity_sheds_all_its_loads_alike() -> None:
    model = square(
        generators=(
            Generator(id="G", bus="A", power_mw=50.0, max_power_mw=80.0),
            Generator(id="H", bus="C", power_mw=5.0, max_power_mw=15.0),
        )
    )
    grid = compile_grid(model)
    table = cascade_reference(grid, outages_from_ids(grid, [("AB", "CD")]), by_place=True)
    # B and C need 30 MW and can make 15: half of each; A and D are whole
    assert table.served_mw.tolist() == [45]
    assert table.largest_served_mw.tolist() == [30]
    assert table.place_served_mw is not None
    assert table.place_served_mw[0].tolist() == pytest.approx([0, 5, 10, 30])


def test_the_base_state_itself_never_trips() -> None:
    ring = tuple(branch(ends, rating_mw=1.0) for ends in ("AB", "BC", "CD", "DA"))
    grid = compile_grid(square(branches=ring))
    assert cascade_reference(grid, outages_from_ids(grid, [()])).trips.tolist() == [0]


def test_a_branch_without_rating_never_trips_unless_a_rating_is_invented_and_both_are_said() -> (
    None
):
    grid = compile_grid(square(branches=tuple(branch(e) for e in ("AB", "BC", "CD", "DA"))))
    out = outages_from_ids(grid, [("DA",)])
    free = cascade_reference(grid, out)
    bound = cascade_reference(grid, out, rules=CascadeRules(unrated_factor=1.3))
    assert (free.trips.tolist(), free.served_mw.tolist()) == ([0], [60])
    assert bound.trips[0] > 0
    assert any("4 branches without rating never trip" in word for word in free.assumptions)
    assert any("4 ratings are invented" in word for word in bound.assumptions)


def test_a_cascade_stops_at_the_round_it_is_told_to() -> None:
    grid = case("case118")
    rules = CascadeRules(unrated_factor=1.3, max_rounds=2)
    table = cascade_reference(grid, random_outages(grid, scenarios=10, out=5), rules=rules)
    assert table.rounds.max() == 2


def test_rules_that_cannot_be_are_refused() -> None:
    with pytest.raises(InputError, match="at least one"):
        cascade_limits(compile_grid(square()), CascadeRules(base_margin=0.5))


def test_no_scenario_serves_more_than_there_is() -> None:
    grid = case("case300")
    rules = CascadeRules(unrated_factor=1.3)
    table = cascade_reference(grid, random_outages(grid, scenarios=20, out=5), rules=rules)
    assert (table.served_mw <= grid.load_mw.sum() + 1e-6).all()
    assert (table.largest_served_mw <= table.served_mw + 1e-9).all()


def test_renaming_buses_and_doubling_lines_into_halves_changes_nothing() -> None:
    grid = compile_grid(TIGHT)
    halves = tuple(
        branch(each.id, id=f"{each.id}{n}", x_pu=0.2, rating_mw=(each.rating_mw or 0) / 2)
        for each in TIGHT.branches
        for n in "12"
    )
    turned = compile_grid(
        square(
            buses=TIGHT.buses[::-1],
            branches=halves,
            loads=(*TIGHT.loads, Load(id="off", bus="A", power_mw=9.0, in_service=False)),
        )
    )
    one = cascade_reference(grid, outages_from_ids(grid, [("DA",), ("BC",)]))
    other = cascade_reference(turned, outages_from_ids(turned, [("DA1", "DA2"), ("BC1", "BC2")]))
    assert one.served_mw == pytest.approx(other.served_mw)
    assert one.rounds.tolist() == other.rounds.tolist()


def test_phase_shifts_left_out_are_said() -> None:
    grid = compile_grid(
        square(branches=(*TIGHT.branches, branch("AC", shift_deg=5.0, rating_mw=9.0)))
    )
    said = cascade_reference(grid, outages_from_ids(grid, [()])).assumptions
    assert any("phase shifts" in word for word in said)
    assert np.any(grid.shift_rad)
