"""The outlook: what may come of a network, with what certainty, and when nothing is said."""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from outlook.fragmentation.worlds import AT, STORM, SURE, known, placement_of, ring, scenario, tree
from vidomo.core.errors import InputError
from vidomo.grid.model import GridModel
from vidomo.outlook.fragmentation.model import (
    INSTANTS_H,
    PAST_H,
    Backed,
    HorizonOutlook,
    Outlook,
    ScenarioOutlook,
)
from vidomo.outlook.fragmentation.outlook import Asking, digest, no_outlook, outlook
from vidomo.outlook.fragmentation.scenarios import bundled_scenarios, weighted
from vidomo.outlook.fragmentation.summary import BACKUP_UNKNOWN, PLACE_UNKNOWN
from vidomo.outlook.fragmentation.work import VARIED
from vidomo.outlook.network.model import Posterior


def run(model: GridModel, posterior: Posterior, *scenarios, **options) -> Outlook:
    options = {"seed": 5, "samples": 400} | options
    return outlook(posterior, model, placement_of(model), scenarios, **options)


def only(found: Outlook, hours: float = 24.0) -> HorizonOutlook:
    return next(one for one in found.scenarios[0].horizons if one.hours == hours)


def test_a_line_that_is_out_for_five_hours_costs_what_hand_arithmetic_says() -> None:
    model = tree()
    found = run(model, known(model, ("BC",)), scenario(SURE))
    # C and D, 50 of 60 MW, are dark until the moment after the repair that is looked at: 6 h.
    for hours, energy in ((6.0, 300.0), (24.0, 300.0), (72.0, 300.0)):
        horizon = only(found, hours)
        assert horizon.unserved_mwh.value == pytest.approx(energy, abs=0.01)
        assert horizon.quantiles_mwh == pytest.approx((energy,) * 3, rel=0.02)
        assert horizon.p_split.value == 1.0
        assert horizon.p_split.mc_se > 0
    places = {one.place: one for one in only(found).places}
    assert places["place-D"].unserved_mwh == pytest.approx(180.0)
    past = places["place-C"].p_without_power_past_h
    assert {hours: one.value for hours, one in past.items()} == {"2": 1, "4": 1, "8": 0, "24": 0}
    assert places["place-B"].unserved_mwh == 0.0
    assert "place-A" not in places  # it has no load
    moments = {one.hour: one for one in found.scenarios[0].moments}
    assert moments[4.0].median_mw == pytest.approx(50.0, rel=0.01)
    assert moments[6.0].high_mw == 0.0
    assert tuple(moments) == INSTANTS_H


def test_load_that_nobody_can_feed_is_no_split_where_the_network_hangs_together() -> None:
    model = ring()
    weak = replaced(model.generators[0], power_mw=30.0, max_power_mw=50.0)
    model = msgspec.structs.replace(model, generators=(weak,))
    short = run(model, known(model, headroom_share=0.5), scenario(SURE))
    horizon = only(short)
    assert horizon.p_split.value == 0.0
    # 30 MW and half of 20 more, for 60.
    assert horizon.unserved_mwh.value == pytest.approx(24 * (60 - 40), abs=0.01)
    assert horizon.p_neff.value == 0.0


def test_two_islands_with_supply_are_apart() -> None:
    model = tree()
    sources = (*model.generators, replaced(model.generators[0], id="H", bus="D", max_power_mw=30.0))
    model = msgspec.structs.replace(model, generators=sources)
    horizon = only(run(model, known(model, ("CD",)), scenario(SURE)))
    assert (horizon.p_neff.value, horizon.p_split.value) == (1.0, 1.0)
    assert horizon.unserved_mwh.value == pytest.approx(0.0, abs=0.01)


def replaced(one: msgspec.Struct, **fields: object):
    return msgspec.structs.replace(one, **fields)


def test_a_fault_below_the_network_darkens_its_place_alone() -> None:
    model = ring()
    found = only(run(model, known(model, local={"place-C": 1.0, "place-D": 0.5}), scenario(SURE)))
    places = {one.place: one for one in found.places}
    assert places["place-C"].p_without_power_past_h["4"].value == 1.0
    assert places["place-D"].p_without_power_past_h["2"].value == 0.0
    assert found.unserved_mwh.value == pytest.approx(6 * (20 + 15), abs=0.01)
    assert found.p_split.value == 0.0
    assert found.places[0].place == "place-C"


def test_a_service_outlives_an_outage_by_its_backup_or_it_does_not() -> None:
    model = tree()
    services = (
        Backed(service="short", place="place-C", backup_from_h=1, backup_until_h=4),
        Backed(service="long", place="place-C", backup_from_h=7, backup_until_h=9),
        Backed(service="between", place="place-C", backup_from_h=0, backup_until_h=12),
        Backed(service="unsaid", place="place-C", backup_from_h=7),
        Backed(service="elsewhere", place="place-X", backup_from_h=1, backup_until_h=4),
        Backed(service="lit", place="place-B", backup_from_h=0.5, backup_until_h=0.5),
    )
    found = run(
        model, known(model, ("BC",)), scenario(SURE), samples=4000, asking=Asking(services=services)
    )
    told = {one.service: one for one in only(found).services}
    assert told["short"].p_past_backup.value == 1.0
    assert told["long"].p_past_backup.value == 0.0
    half = told["between"].p_past_backup
    assert abs(half.value - 0.5) < 4 * half.mc_se  # the outage lasts 6 of the 0 to 12 hours
    assert (told["unsaid"].p_past_backup, told["unsaid"].unknown) == (None, BACKUP_UNKNOWN)
    assert told["unsaid"].p_without_mains.value == 1.0
    assert (told["elsewhere"].p_without_mains, told["elsewhere"].unknown) == (None, PLACE_UNKNOWN)
    assert told["lit"].p_past_backup.value == 0.0


def test_a_service_without_backup_is_past_it_where_it_is_dark_and_nowhere_else() -> None:
    model = tree()
    services = (
        Backed(service="dark", place="place-C", backup_from_h=0, backup_until_h=0),
        Backed(service="lit", place="place-B", backup_from_h=0, backup_until_h=0),
    )
    posterior = known(model, (), ("BC",), weights=(0.5, 0.5))
    found = run(model, posterior, scenario(SURE), samples=4000, asking=Asking(services=services))
    dark, lit = only(found).services
    assert abs(dark.p_past_backup.value - 0.5) < 4 * dark.p_past_backup.mc_se
    assert lit.p_past_backup.value == 0.0


def test_of_a_service_where_the_network_has_no_load_nothing_is_told() -> None:
    model = tree()
    services = (Backed(service="s", place="place-A", backup_from_h=1, backup_until_h=4),)
    found = run(model, known(model, ("BC",)), scenario(SURE), asking=Asking(services=services))
    (one,) = only(found).services
    assert (one.p_past_backup, one.p_without_mains, one.unknown) == (None, None, PLACE_UNKNOWN)


def test_one_two_and_seven_chunks_and_several_workers_give_the_same_bits() -> None:
    model = ring()
    posterior = known(model, (), ("AB",), ("BC", "CD"), weights=(0.5, 0.3, 0.2))
    services = (Backed(service="s", place="place-B", backup_from_h=1, backup_until_h=20),)
    asked = {"samples": 210, "asking": Asking(services=services)}
    runs = [run(model, posterior, scenario(STORM), chunks=chunks, **asked) for chunks in (1, 2, 7)]
    with ThreadPoolExecutor(3) as threads:
        runs.append(run(model, posterior, scenario(STORM), chunks=7, executor=threads, **asked))
    assert len({digest(one) for one in runs}) == 1
    assert 0 < only(runs[0], 72).p_split.value < 1
    assert digest(run(model, posterior, scenario(STORM), **asked | {"seed": 6})) != digest(runs[0])


def test_more_chunks_than_courses_leave_nothing_out() -> None:
    model = ring()
    few = {"samples": 3}
    assert digest(run(model, known(model), scenario(STORM), chunks=50, **few)) == digest(
        run(model, known(model), scenario(STORM), **few)
    )


@settings(max_examples=15)
@given(
    strike=st.floats(0, 1),
    failure=st.floats(0, 1),
    attacks=st.floats(0, 3),
    weight=st.floats(0.01, 0.99),
    seed=st.integers(0, 2**64 - 1),
)
def test_probabilities_are_ones_and_grow_with_the_horizon(
    strike: float, failure: float, attacks: float, weight: float, seed: int
) -> None:
    numbers = STORM | {
        "strike_probability": strike,
        "failure_if_struck": failure,
        "attacks_per_day": attacks,
    }
    model = ring()
    posterior = known(model, (), ("AB", "BC"), weights=(weight, 1 - weight))
    found = run(model, posterior, scenario(numbers), samples=40, seed=seed)
    before = None
    for horizon in found.scenarios[0].horizons:
        assert 0 <= horizon.p_split.value <= 1
        assert horizon.quantiles_mwh == tuple(sorted(horizon.quantiles_mwh))
        assert 0 <= horizon.unserved_mwh.value <= 60 * horizon.hours
        total = math.fsum(one.unserved_mwh for one in horizon.places)
        assert total == pytest.approx(horizon.unserved_mwh.value, abs=0.01)
        for place in horizon.places:
            past = [one.value for one in place.p_without_power_past_h.values()]
            assert past == sorted(past, reverse=True)
            assert len(past) == sum(one <= horizon.hours for one in PAST_H)
        low, high = horizon.p_split_range
        assert low <= horizon.p_split.value <= high
        least, most = horizon.unserved_range_mwh
        assert least <= horizon.unserved_mwh.value <= most
        assert [(one.assumption, one.factor) for one in horizon.sensitivity] == list(VARIED)
        if before is not None:
            assert horizon.p_split.value >= before.p_split.value
            assert horizon.unserved_mwh.value >= before.unserved_mwh.value - 1e-9
        before = horizon


def test_the_outlook_agrees_with_a_plain_simulation_written_apart() -> None:
    """Two buses and one line: events one by one, another generator, no steps of time."""
    model = tree()
    model = msgspec.structs.replace(
        model,
        branches=tuple(
            replaced(one, in_service=one.id == "AB") for one in model.branches if one.id != "DA"
        ),
        loads=tuple(one for one in model.loads if one.bus == "B"),
        buses=tuple(one for one in model.buses if one.id in "AB"),
    )
    model = msgspec.structs.replace(
        model, branches=tuple(one for one in model.branches if one.id == "AB")
    )
    numbers = STORM | {"local_out_if_struck": 0.0, "local_partly_if_struck": 0.0}
    found = only(run(model, known(model), scenario(numbers), samples=20_000), 72.0)
    draw = np.random.default_rng(3)
    energy, dark, long = [], 0, 0
    for _ in range(20_000):
        spells = []
        hour = draw.exponential(24 / numbers["attacks_per_day"])
        while hour < 72:
            # Either end of the line lies in a place that may be struck.
            struck = (draw.random(2) < numbers["strike_probability"]).any()
            if struck and draw.random() < numbers["failure_if_struck"]:
                spells.append((hour, hour + draw.lognormal(math.log(10), math.log(2))))
            hour += draw.exponential(24 / numbers["attacks_per_day"])
        hour = draw.exponential(24 / numbers["failures_per_branch_day"])
        if hour < 72:
            spells.append((hour, hour + draw.lognormal(math.log(10), math.log(2))))
        spells.sort()
        whole: list[tuple[float, float]] = []
        for begin, end in spells:
            if whole and begin <= whole[-1][1]:
                whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
            else:
                whole.append((begin, end))
        lost = sum(min(end, 72) - begin for begin, end in whole)
        energy.append(lost * 10.0)
        dark += bool(whole)
        long += any(min(end, 72) - begin >= 24 for begin, end in whole)
    # Steps of three hours blur when an outage begins and ends; short ones slip between them.
    assert found.unserved_mwh.value == pytest.approx(np.mean(energy), rel=0.04)
    assert found.p_split.value == pytest.approx(dark / 20_000, abs=0.03)
    worst = found.places[0].p_without_power_past_h["24"]
    # A moment of light between two looks is not seen: long stretches are told too often.
    assert -0.01 <= worst.value - long / 20_000 <= 0.04


def test_a_mixture_is_made_only_of_weights_that_somebody_gave() -> None:
    model = ring()
    posterior = known(model, (), ("AB", "DA"))
    assert run(model, posterior, *bundled_scenarios(), samples=50).mixed is None
    given_ = weighted(bundled_scenarios(), {"no-new-damage": 3, "severe": 1})
    found = run(model, posterior, *given_, samples=200)
    calm, _, severe = (one.horizons[2] for one in found.scenarios)
    mixed = found.mixed.horizons[2]
    for field in ("p_split", "p_neff", "unserved_mwh"):
        expected = 0.75 * getattr(calm, field).value + 0.25 * getattr(severe, field).value
        assert getattr(mixed, field).value == pytest.approx(expected)
    assert calm.quantiles_mwh[1] <= mixed.quantiles_mwh[1] <= severe.quantiles_mwh[1]
    assert run(model, posterior, scenario(SURE, weight=1.0), samples=50).mixed is None


def test_a_doubt_about_what_is_out_now_is_told_apart() -> None:
    model = tree()
    doubts = (
        ("prior x3", known(model, ("BC",))),
        ("prior x0.3", known(model, refused="too few", particles=None)),
    )
    found = run(model, known(model), scenario(SURE), asking=Asking(doubts=doubts))
    told = {one.assumption: one for one in only(found).sensitivity}
    assert told["prior x3"].p_split == 1.0
    assert told["prior x0.3"].p_split == 0.0
    assert any(one.startswith("prior x0.3: refused") for one in found.assumptions)


def test_insufficient_information_is_an_answer() -> None:
    model = ring()
    refused = known(model, refused="insufficient information: 3 effective samples", particles=None)
    found = run(model, refused, scenario(SURE))
    assert found.insufficient.startswith("insufficient information")
    assert found.scenarios == ()
    old = Asking(model_at=AT - timedelta(days=400), purpose="drill")
    found = run(model, known(model), scenario(SURE), asking=old)
    assert "400 days" in found.insufficient
    assert found.run.purpose == "drill"
    assert not run(model, known(model), scenario(SURE), asking=Asking(model_at=AT)).insufficient
    none = no_outlook(why="insufficient information: no network", purpose="", at=AT)
    assert (none.scenarios, none.run.model_hash) == ((), "")


def test_every_run_names_its_network_and_its_purpose() -> None:
    model = ring(is_benchmark=True)
    found = run(model, known(model), scenario(SURE), asking=Asking(purpose="evening watch"))
    assert (found.run.model_hash, found.run.purpose) == (model.hash, "evening watch")
    assert found.is_exercise
    assert found.run.scenarios[0] == "tried"
    other = run(model, known(model), scenario(STORM))
    assert other.run.scenarios != found.run.scenarios
    assert "how old the network's description is is not known" in found.assumptions


@pytest.mark.parametrize(
    "changes",
    [
        {"samples": 0},
        {"seed": -1},
        {"chunks": 0},
        {"horizons_h": ()},
        {"horizons_h": (100.0,)},
        {"horizons_h": (0.0,)},
    ],
)
def test_numbers_that_cannot_be_are_refused(changes: dict[str, object]) -> None:
    model = ring()
    with pytest.raises(InputError):
        run(model, known(model), scenario(SURE), **changes)


def test_a_posterior_of_another_network_and_bad_scenarios_are_refused() -> None:
    model = ring()
    with pytest.raises(InputError, match="another network"):
        run(model, replace(known(model), model_hash="net_other"), scenario(SURE))
    with pytest.raises(InputError, match="tried"):
        run(model, known(model), scenario({}))


def test_horizons_of_ones_own_are_looked_at_to_the_hour() -> None:
    model = tree()
    found = run(model, known(model, ("BC",)), scenario(SURE), horizons_h=(5.5, 3))
    one: ScenarioOutlook = found.scenarios[0]
    assert [horizon.hours for horizon in one.horizons] == [3.0, 5.5]
    assert one.horizons[0].unserved_mwh.value == pytest.approx(150.0)
    assert [moment.hour for moment in one.moments] == [0.0, 1.0, 2.0, 3.0, 4.0, 5.5]


def test_a_network_in_which_nobody_draws_anything_has_no_outlook() -> None:
    model = ring(loads=())
    assert "no load" in run(model, known(model), scenario(SURE)).insufficient
