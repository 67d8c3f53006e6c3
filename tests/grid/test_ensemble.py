import math
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest

from grid.networks import case, square
from vidomo.core.errors import InputError
from vidomo.grid.arrays import compile_grid
from vidomo.grid.cascade import CascadeRules
from vidomo.grid.damage import DamageModel, check_damage, draw_outages
from vidomo.grid.ensemble import EnsembleResult, run_ensemble, share_error

STORM = DamageModel(
    horizon_h=24,
    repair_median_h=30,
    repair_spread=2,
    strike_probability={"place-A": 0.3, "place-C": 0.2},
    failure_if_struck=0.5,
    failure_otherwise=0.02,
    origin=("invented for a test",),
)
SURE = DamageModel(horizon_h=10, repair_median_h=1e9, failure_otherwise=1.0)


def same(one: EnsembleResult, other: EnsembleResult) -> bool:
    return all(
        getattr(one, field).tobytes() == getattr(other, field).tobytes()
        for field in (
            "unserved_mw",
            "outside_share",
            "islands",
            "place_unserved_mw",
            "place_dark_share",
        )
    )


def test_one_two_and_seven_chunks_give_the_same_bits() -> None:
    runs = [
        run_ensemble(square(), STORM, scenarios=700, seed=5, chunks=chunks) for chunks in (1, 2, 7)
    ]
    assert same(runs[0], runs[1])
    assert same(runs[0], runs[2])
    assert runs[0].unserved_mw.any()
    assert not same(runs[0], run_ensemble(square(), STORM, scenarios=700, seed=6))


def test_one_and_several_workers_give_the_same_bits() -> None:
    alone = run_ensemble(square(), STORM, scenarios=100, seed=5)
    with ThreadPoolExecutor(2) as threads:
        assert same(
            alone, run_ensemble(square(), STORM, scenarios=100, seed=5, chunks=7, executor=threads)
        )


@pytest.mark.soak
def test_processes_give_the_same_bits_on_a_benchmark() -> None:
    model = case("case118").model
    damage = DamageModel(horizon_h=24, repair_median_h=48, failure_otherwise=0.03)
    rules = CascadeRules(unrated_factor=1.5)
    alone = run_ensemble(model, damage, scenarios=2000, seed=1, rules=rules)
    with ProcessPoolExecutor(2) as workers:
        spread = run_ensemble(
            model, damage, scenarios=2000, seed=1, rules=rules, chunks=7, executor=workers
        )
    assert same(alone, spread)


def test_more_chunks_than_scenarios_are_allowed() -> None:
    one, many = (run_ensemble(square(), STORM, scenarios=3, seed=1, chunks=c) for c in (1, 7))
    assert same(one, many)


def test_sure_damage_without_repair_darkens_every_place_but_the_sources() -> None:
    found = run_ensemble(square(), SURE, scenarios=10, seed=1)
    assert found.unserved_mw.tolist() == [60] * 10
    assert found.islands.tolist() == [4] * 10
    assert math.isnan(found.place_dark_share[0])
    assert found.place_dark_share[1:].tolist() == [1, 1, 1]
    assert found.place_unserved_mw.tolist() == [0, 10, 20, 30]
    assert found.split_probability()[0] == 1
    assert found.split_probability()[1] > 0


def test_the_answer_carries_what_it_rests_on() -> None:
    found = run_ensemble(square(is_benchmark=True), STORM, scenarios=10, seed=1)
    assert found.is_exercise
    assert "invented for a test" in found.assumptions
    assert found.model_hash == square().hash
    low, middle, high = found.unserved_quantiles_mw()
    assert low <= middle <= high
    mean, error = found.expected_unserved_mw()
    assert 0 <= mean <= 60
    assert error > 0
    assert math.isnan(run_ensemble(square(), STORM, scenarios=1, seed=1).expected_unserved_mw()[1])


def test_no_split_in_few_draws_is_no_certainty() -> None:
    assert share_error(0.0, 100) == 0.01
    assert share_error(0.5, 100) == pytest.approx(0.05)


def test_branches_of_a_struck_place_fail_together_more_often_than_by_chance() -> None:
    grid = compile_grid(square())
    damage = DamageModel(
        horizon_h=1, repair_median_h=1e9, strike_probability={"place-A": 0.2}, failure_if_struck=0.9
    )
    outages = draw_outages(grid, damage, seed=2, first=0, last=20_000)
    masks = np.zeros((20_000, 4), bool)
    masks[np.repeat(np.arange(20_000), np.diff(outages.offset)), outages.branch] = True
    assert masks.mean(axis=0) == pytest.approx([0.18, 0, 0, 0.18], abs=0.01)
    assert (masks[:, 0] & masks[:, 3]).mean() == pytest.approx(0.2 * 0.81, abs=0.01)


def test_half_of_what_is_out_now_is_repaired_after_the_median() -> None:
    grid = compile_grid(square())
    damage = DamageModel(horizon_h=12, repair_median_h=12, repair_spread=3, out_now=("BC",))
    outages = draw_outages(grid, damage, seed=2, first=0, last=20_000)
    assert set(outages.branch.tolist()) == {1}
    assert len(outages.branch) / 20_000 == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"failure_if_struck": 1.5}, "failure_if_struck is 1.5"),
        ({"failure_otherwise": math.nan}, "failure_otherwise is nan"),
        ({"strike_probability": {"place-A": -0.1}}, r"strike_probability\[place-A\]"),
        ({"strike_probability": {"nowhere": 0.1}}, "nowhere"),
        ({"horizon_h": 0.0}, "horizon_h"),
        ({"repair_median_h": -1.0}, "repair_median_h"),
        ({"repair_spread": 0.5}, "repair_spread"),
        ({"out_now": ("XY",)}, "XY"),
    ],
)
def test_damage_that_cannot_be_is_refused_by_field(changes: dict[str, object], word: str) -> None:
    fields: dict[str, object] = {"horizon_h": 1.0, "repair_median_h": 1.0, **changes}
    with pytest.raises(InputError, match=word):
        check_damage(compile_grid(square()), DamageModel(**fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("changes", [{"scenarios": 0}, {"chunks": 0}, {"seed": -1}])
def test_a_run_that_cannot_be_is_refused(changes: dict[str, int]) -> None:
    options = {"scenarios": 1, "seed": 1, **changes}
    with pytest.raises(InputError, match="at least one"):
        run_ensemble(square(), STORM, **options)  # type: ignore[arg-type]


def test_a_network_without_load_is_refused() -> None:
    with pytest.raises(InputError, match="no load"):
        run_ensemble(square(loads=()), STORM, scenarios=1, seed=1)
