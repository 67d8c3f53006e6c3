from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from outlook.network.exact import CATEGORIES, enumerated, narrow
from outlook.network.posts import (
    EVERYWHERE,
    NOW,
    RING,
    asked,
    dark,
    feeder,
    hours,
    lit,
    said,
    served,
)
from vidomo.core.errors import InputError
from vidomo.grid.cascade import CascadeRules
from vidomo.grid.model import PlaceShare
from vidomo.outlook.network.infer import Hearing, Method, infer
from vidomo.outlook.network.model import Category, Evidence, Placement, Posterior
from vidomo.outlook.network.placement import placed, placement_of
from vidomo.outlook.network.prior import bundled_prior

evidence_lists = st.lists(
    st.builds(
        said,
        st.sampled_from([f"place-{name}" for name in "BCD"]),
        st.sampled_from([*CATEGORIES, Category.HAZARD]),
        st.sampled_from(["one", "two", "three", "four"]),
        at=st.sampled_from([NOW, NOW - hours(3), NOW - hours(9)]),
    ),
    max_size=8,
)


def bits(found: Posterior) -> tuple[object, ...]:
    return found.places, found.elements, found.ess, found.refused, found.records


@pytest.mark.parametrize(
    ("voices", "booms"),
    [
        ({}, set()),
        ({"C": Category.NO_POWER}, {"C"}),
        ({"B": Category.NO_POWER, "C": Category.NO_POWER, "D": Category.NO_POWER}, {"A"}),
        ({"B": Category.SERVED, "D": Category.PARTIAL}, {"B", "D"}),
    ],
)
def test_the_posterior_is_that_of_going_through_every_state(voices, booms):
    prior = narrow(bundled_prior())
    evidence = [said(f"place-{place}", what) for place, what in voices.items()]
    evidence += [said(f"place-{place}", Category.HAZARD, "heard") for place in booms]
    found = asked(*evidence, prior=prior, samples=6000)
    expected = enumerated(prior, voices, booms)
    for one in found.places:
        exact = expected[one.place[-1]]
        near = max(5 * one.mc_se, 0.002)
        assert (one.out, one.partly, one.served) == pytest.approx(exact, abs=near)


# --- laws ----------------------------------------------------------------------------------


@settings(max_examples=15)
@given(evidence_lists, st.randoms(use_true_random=False))
def test_the_order_of_evidence_does_not_matter(evidence, chance):
    shuffled = list(evidence)
    chance.shuffle(shuffled)
    assert bits(asked(*shuffled, samples=64)) == bits(asked(*evidence, samples=64))


@settings(max_examples=15)
@given(evidence_lists.filter(bool), st.data())
def test_duplicates_of_one_origin_count_once(evidence, data):
    again = data.draw(st.sampled_from(evidence))
    copy = msgspec.structs.replace(again, claim="another post with the same words")
    assert bits(asked(*evidence, copy, samples=64)) == bits(asked(*evidence, samples=64))


@settings(max_examples=15)
@given(evidence_lists, st.sampled_from("BCD"), st.sampled_from(["one", "new"]))
def test_what_is_said_to_be_unknown_changes_nothing(evidence, place, source):
    unknown = said(f"place-{place}", Category.UNKNOWN, source)
    found, before = asked(*evidence, unknown, samples=64), asked(*evidence, samples=64)
    assert (bits(found), found.assumptions, found.left_out) == (
        bits(before),
        before.assumptions,
        before.left_out,
    )


@settings(max_examples=10)
@given(evidence_lists, st.sampled_from("BCD"))
def test_one_more_report_of_darkness_never_makes_light_more_likely(evidence, place):
    before = asked(*evidence, samples=600)
    after = asked(*evidence, dark(f"place-{place}", "new"), samples=600)
    if before.refused or after.refused:
        return
    noise = sum(
        one.mc_se for found in (before, after) for one in found.places if one.place[-1] == place
    )
    assert served(after, f"place-{place}") <= served(before, f"place-{place}") + 3 * noise + 1e-9


def test_chunks_threads_and_processes_give_the_same_bits():
    evidence = (dark("place-C"), lit("place-D"), said("place-C", Category.HAZARD, "heard"))
    whole = asked(*evidence, samples=500)
    assert not whole.refused
    methods = [Method(chunks=2), Method(chunks=7), Method(chunks=50)]
    with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(1) as processes:
        methods += [Method(chunks=5, executor=threads), Method(chunks=2, executor=processes)]
        for method in methods:
            found = asked(*evidence, samples=500, method=method)
            assert bits(found) == bits(whole)
            for name in ("weights", "local_out_share", "is_struck", "headroom_share"):
                assert np.array_equal(
                    getattr(found.particles, name), getattr(whole.particles, name)
                )
            assert np.array_equal(found.particles.outages.branch, whole.particles.outages.branch)


def test_another_seed_gives_another_draw_of_the_same_belief():
    one, other = asked(dark("place-C"), seed=1), asked(dark("place-C"), seed=2)
    assert one.places != other.places
    assert served(one, "place-C") == pytest.approx(served(other, "place-C"), abs=0.05)


# --- what is told --------------------------------------------------------------------------


def test_light_that_is_reported_is_believed_and_so_is_darkness():
    found = asked(dark("place-B"), dark("place-B", "two"), lit("place-D"))
    assert served(found, "place-B") < 0.2
    assert served(found, "place-D") > 0.95
    assert {one.place: one.reports for one in found.places}["place-B"] == 2
    gains = {one.place: one.information_gain_nats for one in found.places}
    assert gains["place-B"] > 1
    assert gains["place-D"] < 0.2


def test_darkness_at_the_end_of_a_feeder_points_at_the_line_before_the_first_dark_place():
    model = feeder()
    told = [lit(f"place-{name}", who) for name in "ABC" for who in ("one", "two")]
    told += [dark(f"place-{name}", who) for name in "DEFG" for who in ("one", "two")]
    found = asked(*told, model=model, samples=2000)
    assert not found.refused
    elements = {one.element: one for one in found.elements}
    assert elements["CD"].out > 0.5
    assert elements["CD"].information_gain_nats > 0.01
    assert all(one.out < 0.05 for name, one in elements.items() if name in ("SA", "AB", "BC"))


def test_a_loop_anywhere_keeps_every_line_unspoken_of():
    model = feeder()
    loop = msgspec.structs.replace(model.branches[-1], id="SG", from_bus="S", to_bus="G")
    ends = {bus.id for bus in model.buses}
    assert {"S", "G"} <= ends
    meshed = msgspec.structs.replace(model, branches=(*model.branches, loop))
    told = [lit(f"place-{name}", who) for name in "ABC" for who in ("one", "two")]
    told += [dark(f"place-{name}", who) for name in "DEFG" for who in ("one", "two")]
    assert asked(*told, model=meshed, samples=2000).elements == ()


def test_nothing_is_said_of_lines_where_nobody_speaks_of_power():
    assert asked().elements == ()
    assert asked(said("place-C", Category.HAZARD, "heard")).elements == ()


def test_a_place_without_load_is_struck_and_not_told_of():
    found = asked(said("place-A", Category.HAZARD, "heard"), dark("place-A"))
    assert {one.place for one in found.places} == EVERYWHERE - {"place-A"}
    assert found.left_out == ("place-A: the network feeds nothing there",)
    column = found.particles.place_codes.index("place-A")
    assert found.particles.weights @ found.particles.is_struck[:, column] > 0.4


def test_a_report_under_an_announced_schedule_weighs_less_and_the_answer_says_so():
    plain = asked(dark("place-C"))
    planned = asked(dark("place-C", is_scheduled=True))
    assert served(plain, "place-C") + 0.1 < served(planned, "place-C")
    assert any("announced schedule" in line for line in planned.assumptions)
    assert not any("announced schedule" in line for line in plain.assumptions)


def test_old_words_weigh_less_and_later_ones_nothing():
    now, old = asked(dark("place-C")), asked(dark("place-C", at=NOW - hours(20)))
    later = asked(dark("place-C", at=NOW + hours(1)))
    assert served(now, "place-C") < served(old, "place-C") < served(later, "place-C")
    assert bits(later) == bits(asked())
    assert later.left_out == ("place-C: said of 2026-01-15T19:00:00Z, after the instant asked",)


def test_silence_weighs_only_where_somebody_listens():
    known = frozenset({"place-B", "place-D"})
    spoken = (lit("place-B"), dark("place-D"), said("place-C", Category.HAZARD, "heard"))
    listened = asked(*spoken, hearing=Hearing(places=EVERYWHERE))
    ignored = asked(*spoken, hearing=Hearing(places=known))
    assert served(listened, "place-C") > served(ignored, "place-C") + 0.02
    assert any(line.startswith("silence of a place") for line in listened.assumptions)


def test_silence_weighs_less_once_backups_have_run_out():
    boom = said("place-C", Category.HAZARD, "heard")
    fresh = asked(boom, hearing=Hearing(places=EVERYWHERE, since=NOW - hours(1)))
    late = asked(boom, hearing=Hearing(places=EVERYWHERE, since=NOW - hours(30)))
    assert served(late, "place-C") < served(fresh, "place-C")
    assert any("backups of mobile sites" in line for line in late.assumptions)


def test_too_few_samples_are_refused_and_say_why():
    found = asked(dark("place-C"), samples=100)
    assert found.places == ()
    assert found.elements == ()
    assert found.particles is None
    assert found.refused.startswith("insufficient information: ")
    assert "effective samples, 200 are needed" in found.refused


def test_too_small_a_part_of_the_load_listened_to_is_refused():
    found = asked(lit("place-B"), hearing=Hearing())
    assert found.coverage_share == pytest.approx(10 / 60)
    assert found.refused.startswith("insufficient information: 17% of the load")
    assert not asked(lit("place-D"), hearing=Hearing(), samples=1000).refused


def test_too_few_samples_are_mended_by_drawing_again_with_what_was_learned():
    told = [lit(f"place-{name}", who) for name in "ABC" for who in ("one", "two")]
    told += [dark(f"place-{name}", who) for name in "DEFG" for who in ("one", "two")]
    hasty = asked(*told, model=feeder(), samples=2000, method=Method(patience=0))
    patient = asked(*told, model=feeder(), samples=2000)
    assert hasty.refused
    assert not patient.refused
    assert patient.ess > 4 * hasty.ess


def test_the_network_can_answer_with_cascades():
    rules = CascadeRules()
    found = asked(dark("place-C"), method=Method(rules=rules))
    assert any("linear (DC) flow" in line for line in found.assumptions)
    assert not any("linear (DC) flow" in line for line in asked(dark("place-C")).assumptions)
    assert found.places


def test_benchmarks_are_exercises_and_versions_are_named():
    model = msgspec.structs.replace(RING, is_benchmark=True)
    found = asked(model=model)
    assert found.is_exercise
    assert not asked().is_exercise
    assert found.prior_version == bundled_prior().version
    assert found.model_hash == model.hash


def test_reports_that_contradict_each_other_teach_that_there_is_noise():
    clear = asked(*(lit(f"place-{name}", who) for name in "BCD" for who in ("one", "two")))
    mixed = [
        say(f"place-{name}", who)
        for name in "BCD"
        for say, who in ((lit, "one"), (dark, "two"), (lit, "three"), (dark, "four"))
    ]
    noisy = asked(*mixed)
    before, after = noisy.learned["noise"]
    assert clear.learned["noise"][1] < before < after


def test_a_placement_may_differ_from_the_networks_own():
    ties = {"B": (PlaceShare("north", 0.5), PlaceShare("south", 0.5)), "C": (PlaceShare("south"),)}
    placement = Placement(ties | {"D": (PlaceShare("north"),)})
    found = asked(
        dark("north"), placement=placement, hearing=Hearing(places=frozenset({"north", "south"}))
    )
    assert [one.place for one in found.places] == ["north", "south"]
    assert placed(RING, placement_of(RING)) is RING
    for wrong in (
        {"Z": (PlaceShare("north"),)},
        {"B": (PlaceShare("x", 0.7), PlaceShare("y", 0.7))},
    ):
        with pytest.raises(InputError):
            placed(RING, Placement(wrong))


@pytest.mark.parametrize("wrong", [{"samples": 0}, {"seed": -1}, {"method": Method(sweeps=0)}])
def test_numbers_that_cannot_be_are_refused(wrong):
    with pytest.raises(InputError):
        asked(**wrong)


def test_a_network_that_feeds_no_place_is_refused():
    with pytest.raises(InputError):
        infer(RING, Placement({}), (), bundled_prior(), at=NOW, seed=1)


def test_evidence_sorts_whatever_it_says():
    assert sorted([dark("b"), dark("a")]) == [dark("a"), dark("b")]
    assert isinstance(dark("a"), Evidence)
