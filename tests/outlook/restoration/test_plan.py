"""The order of repair."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from grid.networks import branch, case, square
from vidomo.core.errors import InputError
from vidomo.grid.arrays import compile_grid
from vidomo.grid.cascade import CascadeRules
from vidomo.grid.model import Branch, Bus, Generator, GridModel, Load, PlaceShare, Substation
from vidomo.outlook.restoration.access import best_order_with_access
from vidomo.outlook.restoration.check import check_restoration
from vidomo.outlook.restoration.crews import crews_bound, schedule, turns_cost
from vidomo.outlook.restoration.exact import best_order, greedy_order, order_cost
from vidomo.outlook.restoration.losses import losses_of
from vidomo.outlook.restoration.milp import milp_order
from vidomo.outlook.restoration.model import Damage, RepairHours, Service
from vidomo.outlook.restoration.plan import hours_of, plan


@st.composite
def nets(
    draw: st.DrawFn, *, most: int = 6
) -> tuple[GridModel, tuple[Damage, ...], tuple[Service, ...]]:
    """A random connected network of up to nine buses with damage and services."""
    buses = draw(st.integers(3, 9))
    names = [f"B{number}" for number in range(buses)]
    pairs = [(draw(st.integers(0, number - 1)), number) for number in range(1, buses)]
    for _ in range(draw(st.integers(0, 5))):
        one, other = draw(st.integers(0, buses - 1)), draw(st.integers(0, buses - 1))
        if one != other:
            pairs.append((one, other))
    rating = st.one_of(st.none(), st.floats(5, 60))
    branches = tuple(
        Branch(
            id=f"L{at}",
            from_bus=names[one],
            to_bus=names[other],
            x_pu=draw(st.floats(0.02, 0.5)),
            rating_mw=draw(rating),
        )
        for at, (one, other) in enumerate(pairs)
    )
    loads = tuple(
        Load(id=f"D{at}", bus=name, power_mw=draw(st.integers(0, 30)))
        for at, name in enumerate(names[1:])
    )
    total = sum(load.power_mw for load in loads)
    model = GridModel(
        name="drawn",
        base_mva=100.0,
        slack_bus="B0",
        buses=tuple(Bus(id=name, substation=f"S{name}") for name in names),
        substations=tuple(
            Substation(id=f"S{name}", places=(PlaceShare(f"place-{name}"),)) for name in names
        ),
        branches=branches,
        generators=(
            Generator(id="G", bus="B0", power_mw=total, max_power_mw=total * 1.2),
            Generator(id="H", bus=draw(st.sampled_from(names)), power_mw=0.0, max_power_mw=15.0),
        ),
        loads=loads,
    )
    count = draw(st.integers(1, min(most, len(branches))))
    broken = draw(st.permutations(range(len(branches))))[:count]
    damage = tuple(
        Damage(element=f"L{at}", repair=RepairHours(median_h=draw(st.integers(1, 40))))
        for at in broken
    )
    services = tuple(
        Service(
            id=f"hospital-{at}",
            place=f"place-{draw(st.sampled_from(names))}",
            weight_mw=draw(st.integers(0, 40)),
            backup_h=draw(st.one_of(st.none(), st.integers(0, 60))),
        )
        for at in range(draw(st.integers(0, 3)))
    )
    return model, damage, services


@given(nets(), st.booleans())
def test_the_order_is_the_best_of_all_orders(drawn: object, trips: bool) -> None:  # noqa: FBT001
    model, damage, services = drawn  # type: ignore[misc]
    grid = compile_grid(model)
    rules = CascadeRules() if trips else None
    losses = losses_of(grid, damage, services, rules=rules)
    hours = hours_of(damage, seed=1)
    order, cost = best_order(losses, hours)
    every = {
        one: order_cost(one, losses, hours) for one in itertools.permutations(range(len(damage)))
    }
    least = min(every.values())
    assert cost == pytest.approx(least, abs=1e-6)
    assert every[order] == pytest.approx(least, abs=1e-6)
    assert every[greedy_order(losses, hours)] >= least - 1e-6


def test_eight_elements_are_ordered_as_by_trying_all_orders() -> None:
    grid = case("case118")
    draw = np.random.default_rng(11)
    for trips in (CascadeRules(unrated_factor=1.6), None):
        chosen = draw.choice(grid.branches, 8, replace=False)
        damage = [
            Damage(
                element=grid.branch_ids[at],
                repair=RepairHours(median_h=float(draw.integers(4, 48))),
            )
            for at in chosen
        ]
        losses = losses_of(grid, damage, rules=trips)
        hours = hours_of(damage, seed=1)
        order, cost = best_order(losses, hours)
        least = min(
            _quick_cost(one, losses.base_mw, hours.mean_h)
            for one in itertools.permutations(range(8))
        )
        assert cost == pytest.approx(least, abs=1e-6)
        assert order_cost(order, losses, hours) == pytest.approx(least, abs=1e-6)


def _quick_cost(order: tuple[int, ...], base: np.ndarray, hours: np.ndarray) -> float:
    state, total = 0, 0.0
    for bit in order:
        total += base[state] * hours[bit]
        state |= 1 << bit
    return total


@given(nets(), st.booleans(), st.data())
def test_a_closed_place_is_waited_for_as_the_best_of_all_orders_would(
    drawn: object,
    trips: bool,  # noqa: FBT001
    data: st.DataObject,
) -> None:
    model, damage, services = drawn  # type: ignore[misc]
    grid = compile_grid(model)
    losses = losses_of(grid, damage, services, rules=CascadeRules() if trips else None)
    mean = hours_of(damage, seed=1).mean_h
    access = np.array([float(data.draw(st.sampled_from([0, 0, 5, 30, 80]))) for _ in damage])
    order, cost, is_exact = best_order_with_access(losses, mean, access)
    every = {
        one: turns_cost(schedule(one, mean, access, crews=1), losses)
        for one in itertools.permutations(range(len(damage)))
    }
    assert every[order] == pytest.approx(cost, abs=1e-6)
    if is_exact:
        assert cost == pytest.approx(min(every.values()), abs=1e-6)
    else:
        assert cost >= min(every.values()) - 1e-6


@given(nets(most=5), st.integers(2, 3), st.booleans())
def test_no_schedule_of_several_crews_beats_the_bound(
    drawn: object,
    crews: int,
    trips: bool,  # noqa: FBT001
) -> None:
    model, damage, services = drawn  # type: ignore[misc]
    grid = compile_grid(model)
    rules = CascadeRules() if trips else None
    losses = losses_of(grid, damage, services, rules=rules)
    mean = hours_of(damage, seed=1).mean_h
    bound = crews_bound(losses, mean, crews=crews)
    assert (bound is None) != losses.is_monotone
    none = np.zeros(len(damage))
    every = [
        turns_cost(schedule(one, mean, none, crews=crews), losses)
        for one in itertools.permutations(range(len(damage)))
    ]
    made = plan(grid, damage, crews=crews, services=services, rules=rules, milp_s=0)
    assert made.cost_mwh >= max(0.0, min(every)) - 1e-6
    assert made.cost_mwh <= made.greedy_mwh + 1e-6
    if bound is not None:
        assert min(every) >= bound - 1e-6
        assert made.gap_share is not None
        assert 0 <= made.gap_share <= 1
    else:
        assert made.bound_mwh is None


@given(nets(), st.integers(1, 3), st.floats(1, 3))
def test_a_plan_is_never_worse_than_greedy_and_mends_everything_once(
    drawn: object, crews: int, spread: float
) -> None:
    model, damage, services = drawn  # type: ignore[misc]
    grid = compile_grid(model)
    damage = tuple(
        Damage(
            element=item.element,
            repair=RepairHours(median_h=item.repair.median_h, spread=spread),
            probability=0.7,
        )
        for item in damage
    )
    made = plan(grid, damage, crews=crews, services=services, milp_s=0)
    assert made.cost_mwh <= made.greedy_mwh + 1e-6
    assert sorted(step.element for step in made.steps) == sorted(one.element for one in damage)
    assert made == plan(grid, damage, crews=crews, services=services, milp_s=0)
    assert all(0 <= step.stability_share <= 1 for step in made.steps)
    for crew in range(crews):
        own = [step for step in made.steps if step.crew == crew]
        assert all(one.ends_h <= two.starts_h + 1e-9 for one, two in itertools.pairwise(own))
    # Load that comes back step by step is what was missing, less what stays missing.
    missing = made.curve[0][1] - made.curve[-1][1]
    assert sum(step.back_mw for step in made.steps) == pytest.approx(missing, abs=1e-6)


def test_a_service_whose_backup_runs_out_goes_first() -> None:
    """C and D hang on one line each; D draws more, but C has the hospital."""
    model = square(branches=(branch("AB"), branch("AC"), branch("AD")))
    grid = compile_grid(model)
    damage = [
        Damage(element="AC", repair=RepairHours(median_h=10)),
        Damage(element="AD", repair=RepairHours(median_h=10)),
    ]
    assert [step.element for step in plan(grid, damage).steps] == ["AD", "AC"]
    hospital = Service(id="hospital", place="place-C", weight_mw=50, backup_h=2)
    made = plan(grid, damage, services=[hospital])
    assert [step.element for step in made.steps] == ["AC", "AD"]
    assert made.steps[0].services == ("hospital",)
    # Its backup of ten hours lasts until the line is back either way, so that it need not go first.
    lasting = Service(id="hospital", place="place-C", weight_mw=50, backup_h=20)
    assert [step.element for step in plan(grid, damage, services=[lasting]).steps] == ["AD", "AC"]
    unknown = Service(id="hospital", place="place-C", weight_mw=50)
    told = plan(grid, damage, services=[unknown])
    assert [step.element for step in told.steps] == ["AC", "AD"]
    assert any("unknown backup" in said for said in told.assumptions)


def test_a_service_where_the_network_has_no_load_is_said_to_count_for_nothing() -> None:
    """Nothing tells whether a place without load is supplied, so the plan must not pretend to."""
    model = square(branches=(branch("AB"), branch("AC"), branch("AD")))
    grid = compile_grid(model)
    blind = Service(id="hospital", place="place-A", weight_mw=50, backup_h=2)
    damage = [Damage(element="AC", repair=RepairHours(median_h=10))]
    assert grid.place_load_mw[grid.place_codes.index("place-A")] == 0
    said = plan(grid, damage, services=[blind]).assumptions
    assert any("1 services lie in places without load" in one for one in said)
    seen = Service(id="hospital", place="place-C", weight_mw=50, backup_h=2)
    assert not any("without load" in one for one in plan(grid, damage, services=[seen]).assumptions)


def test_more_services_than_can_be_held_for_every_state_are_refused() -> None:
    grid = case("case118")
    damage = [Damage(element=name, repair=RepairHours(median_h=5)) for name in grid.branch_ids[:20]]
    place = grid.place_codes[0] if grid.place_codes else "nowhere"
    services = [Service(id=f"s{at}", place=place, weight_mw=1) for at in range(129)]
    codes = {one.code for one in check_restoration(grid, damage, services)}
    assert "too_many_services" in codes
    codes = {one.code for one in check_restoration(grid, damage, services[:128])}
    assert "too_many_services" not in codes


def test_a_place_that_opens_late_is_mended_late() -> None:
    grid = compile_grid(square(branches=(branch("AB"), branch("AC"), branch("AD"))))
    damage = [
        Damage(element="AC", repair=RepairHours(median_h=10)),
        Damage(element="AD", repair=RepairHours(median_h=10), access_from_h=24),
    ]
    made = plan(grid, damage)
    assert [(step.element, step.starts_h) for step in made.steps] == [("AC", 0), ("AD", 24)]
    assert made.is_exact
    assert made.method == "subset_labels"


def test_a_substation_stands_for_all_that_ends_there() -> None:
    grid = compile_grid(square())
    made = plan(grid, [Damage(element="SD", repair=RepairHours(median_h=4))])
    assert made.curve == ((0.0, 30.0), (4.0, 0.0))
    assert made.cost_mwh == pytest.approx(120)


def test_the_programme_and_the_schedule_agree_on_two_crews() -> None:
    grid = compile_grid(square(branches=(branch("AB"), branch("AC"), branch("AD"))))
    damage = [Damage(element=name, repair=RepairHours(median_h=10)) for name in ("AB", "AC", "AD")]
    found = milp_order(grid, damage, np.full(3, 10.0), crews=2, has_limits=False)
    assert found is not None
    assert set(found.order[:2]) == {1, 2}
    made = plan(grid, damage, crews=2)
    assert {step.element for step in made.steps[:2]} == {"AC", "AD"}
    assert made.cost_mwh == pytest.approx(60 * 10 + 10 * 10)
    assert any("HiGHS stopped at a gap" in said for said in made.assumptions)


def test_six_elements_and_two_crews_on_a_benchmark_come_with_a_gap() -> None:
    grid = case("case118")
    draw = np.random.default_rng(5)
    hard = [at for at in range(grid.branches) if at % 9 == 0][:6]
    damage = [
        Damage(
            element=grid.branch_ids[at], repair=RepairHours(median_h=float(draw.integers(4, 40)))
        )
        for at in hard
    ]
    made = plan(grid, damage, crews=2)
    assert made.is_exercise
    assert made.gap_share is not None
    assert made.cost_mwh <= made.greedy_mwh


def test_more_elements_than_states_can_be_told_of_are_planned_greedily() -> None:
    grid = case("case118")
    damage = [
        Damage(element=name, repair=RepairHours(median_h=5), access_from_h=3.0 * (at % 2))
        for at, name in enumerate(grid.branch_ids[:24])
    ]
    made = plan(grid, damage, crews=2)
    assert made.method == "greedy"
    assert not made.is_exact
    assert made.bound_mwh is None
    assert made.gap_share is None
    assert len({step.element for step in made.steps}) == 24


def test_every_problem_of_the_damage_is_listed() -> None:
    grid = compile_grid(square(branches=(branch("AB"), branch("BC", in_service=False))))
    damage = [
        Damage(element="AB", repair=RepairHours(median_h=0)),
        Damage(element="AB", repair=RepairHours(median_h=float("nan"), spread=0.5)),
        Damage(element="BC", repair=RepairHours(median_h=3), probability=0),
        Damage(element="nowhere", repair=RepairHours(median_h=3), access_from_h=-1),
    ]
    services = [
        Service(id="one", place="elsewhere", weight_mw=-1),
        Service(id="one", place="place-B", weight_mw=1, backup_h=float("inf")),
    ]
    found = check_restoration(grid, damage, services, crews=0)
    assert {problem.code for problem in found} == {
        "bad_number",
        "duplicate_element",
        "duplicate_service",
        "no_crew",
        "not_in_service",
        "unknown_element",
        "unknown_place",
    }
    assert sum(problem.code == "bad_number" for problem in found) == 7
    with pytest.raises(InputError, match="more problems"):
        plan(grid, damage, services=services)
    assert [one.code for one in check_restoration(grid, [])] == ["no_damage"]
    many = [Damage(element="AB", repair=RepairHours(median_h=1))] * 2001
    assert "too_many" in {one.code for one in check_restoration(grid, many)}


def test_what_is_hardly_damaged_makes_an_order_less_stable() -> None:
    grid = compile_grid(square(branches=(branch("AB"), branch("AC"), branch("AD"))))
    sure = [Damage(element=n, repair=RepairHours(median_h=10)) for n in ("AB", "AC", "AD")]
    assert [step.stability_share for step in plan(grid, sure).steps] == [1, 1, 1]
    grid = case("case118")
    doubtful = [
        Damage(element=name, repair=RepairHours(median_h=5 + at, spread=1.5), probability=0.5)
        for at, name in enumerate(grid.branch_ids[:40:5])
    ]
    made = plan(grid, doubtful)
    assert any(0 < step.stability_share < 1 for step in made.steps)


def test_ratings_bite_only_where_rules_are_given() -> None:
    model = square(
        branches=(branch("AB", rating_mw=60.0), branch("AD", rating_mw=60.0), branch("BC"))
    )
    grid = compile_grid(model)
    damage = [Damage(element="AB", repair=RepairHours(median_h=2))]
    free = plan(grid, damage)
    tight = plan(
        replace(grid, rating_mw=np.array([0.0, 0.0, np.inf])), damage, rules=CascadeRules()
    )
    assert any("nothing trips" in said for said in free.assumptions)
    assert not any("nothing trips" in said for said in tight.assumptions)
