"""Named scenarios: every number with its origin, weights only from a person."""

from importlib import resources

import msgspec
import pytest

from outlook.fragmentation.worlds import STORM, SURE, scenario
from vidomo.core.errors import InputError
from vidomo.outlook.fragmentation.scenarios import (
    OWN_FIGURES,
    bundled_scenarios,
    check_scenarios,
    figures_of,
    read_scenarios,
    weighted,
)
from vidomo.outlook.network.model import Figure
from vidomo.outlook.network.prior import bundled_prior

PACKAGE = "vidomo.outlook.fragmentation"
BUNDLED = (resources.files(PACKAGE) / "tables" / "scenarios.toml").read_text("utf-8")


def wrong(*scenarios) -> str:
    return " | ".join(f"{one.where}: {one.found}" for one in check_scenarios(scenarios))


def test_the_bundled_scenarios_are_sound_named_in_both_languages_and_have_no_weights() -> None:
    found = bundled_scenarios()
    assert [one.name for one in found] == ["no-new-damage", "as-last-week", "severe"]
    for one in found:
        assert set(one.titles) == {"uk", "en"}
        assert one.weight is None
        assert all(number.origin for number in one.figures.values())
    assert found[0].figures["attacks_per_day"].value == 0


def test_what_a_scenario_leaves_out_is_taken_from_the_prior() -> None:
    prior = bundled_prior()
    calm, _, severe = bundled_scenarios()
    assert figures_of(calm, prior)["strike_probability"] == prior["strike_probability"]
    assert figures_of(severe, prior)["strike_probability"] == 0.2


def test_every_problem_is_told_with_scenario_and_field() -> None:
    bad = {
        "repair_median_h": Figure(value=0, range=(0, 0), origin="x"),
        "repair_spread": Figure(value=0.5, range=(0.5, 0.5), origin="x"),
        "attacks_per_day": Figure(value=9, range=(0, 9), origin="x"),
        "local_repair_median_h": Figure(value=5, range=(6, 7), origin="x"),
        "luck": Figure(value=1, range=(1, 1), origin="x"),
        "strike_probability": Figure(value=float("nan"), range=(0, 1), origin=""),
    }
    one = scenario(SURE, name="bad", figures=bad, places={"UA1": 1.5})
    told = wrong(one)
    for field in (
        "failures_per_branch_day is missing",
        "repair_median_h is 0",
        "repair_spread is 0.5",
        "attacks_per_day is 9",
        "local_repair_median_h is 5",
        "luck is no figure",
        "strike_probability is nan",
        "strike_probability has no origin",
        "places.UA1 is 1.5",
    ):
        assert f"bad: {field}" in told
    assert wrong() == "scenarios: there are 0"
    assert "stands twice" in wrong(scenario(SURE), scenario(STORM))
    assert "empty" in wrong(scenario(SURE, name=""))
    assert "weight" in wrong(scenario(SURE, weight=0.4))
    assert "weight" in wrong(scenario(SURE, weight=1.0), scenario(STORM, name="other"))


def test_weights_are_shares_of_their_sum_and_only_of_known_scenarios() -> None:
    found = weighted(bundled_scenarios(), {"severe": 3, "no-new-damage": 1})
    assert [one.weight for one in found] == [0.25, 0.0, 0.75]
    assert not check_scenarios(found)
    for weights in ({"worst": 1.0}, {"severe": -1.0}, {"severe": 0.0}, {"severe": float("inf")}):
        with pytest.raises(InputError):
            weighted(bundled_scenarios(), weights)


def test_a_file_of_ones_own_is_read_or_refused_with_the_reason() -> None:
    assert read_scenarios(BUNDLED) == bundled_scenarios()
    assert read_scenarios(BUNDLED, weights={"severe": 1})[2].weight == 1.0
    with pytest.raises(InputError, match="no scenarios"):
        read_scenarios("scenario = 3")
    with pytest.raises(InputError, match="no scenarios"):
        read_scenarios("[[scenario]\n")
    with pytest.raises(InputError, match="no scenarios"):
        read_scenarios(BUNDLED + "\n[target]\nelement = 'L1'\n")
    for name in OWN_FIGURES:
        cut = msgspec.structs.replace(
            bundled_scenarios()[0],
            figures={k: v for k, v in bundled_scenarios()[0].figures.items() if k != name},
        )
        assert f"{name} is missing" in wrong(cut)
