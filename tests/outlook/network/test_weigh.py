import math

import msgspec
import numpy as np
import pytest
from hypothesis import given, strategies as st

from outlook.network.posts import NOW, dark, hours, lit, said
from vidomo.outlook.network.model import Category, SourceRecord
from vidomo.outlook.network.prior import bundled_prior
from vidomo.outlook.network.weigh import SAID, learn, weigh, widening

PRIOR = bundled_prior()
OUT, PARTLY, SERVED = range(3)


def weighed(*evidence, listened=("here",), since=None, prior=PRIOR):
    return weigh(
        evidence,
        prior,
        places=("here", "there"),
        fed=("here", "there"),
        at=NOW,
        since=since,
        listened=listened,
    )


def test_silence_of_a_place_that_is_listened_to_has_the_stated_chance():
    found = weighed()
    for way, silence in enumerate(PRIOR.silence):
        expected = (1 - silence.out, 1 - silence.partly, 1 - silence.served)
        assert found.said[0, way, 0] == pytest.approx(expected)
    assert np.all(found.said[:, :, 1] == 1.0)


def test_one_voice_has_the_chance_of_its_kind_times_that_of_speaking():
    found = weighed(dark("here"))
    column = [row[OUT] for row in PRIOR.voices["declared"].matrix]
    way = PRIOR.silence[0]
    expected = np.array(column) * (way.out, way.partly, way.served)
    assert found.said[0, 0, 0] == pytest.approx(expected)
    assert found.reports == (1, 0)
    assert found.is_covered == (True, False)


def test_noise_draws_every_voice_towards_a_guess():
    found = weighed(dark("there"), listened=())
    for level, noise in enumerate(PRIOR.levels["noise"].values):
        expected = [(1 - noise) * row[OUT] + noise / 3 for row in PRIOR.voices["declared"].matrix]
        assert found.said[level, 0, 1] == pytest.approx(expected)


def test_words_age_with_the_stated_hours():
    hours_old = PRIOR["persistence_h"]
    found = weighed(dark("there", at=NOW - hours(hours_old)), listened=())
    kept = math.exp(-1)
    expected = [kept * row[OUT] + (1 - kept) / 3 for row in PRIOR.voices["declared"].matrix]
    assert found.said[0, 0, 1] == pytest.approx(expected)


def test_of_one_origin_the_latest_word_counts_and_the_darkest_of_the_latest():
    turned = weighed(lit("here", at=NOW - hours(1)), dark("here"))
    assert np.array_equal(turned.said, weighed(dark("here")).said)
    both = weighed(lit("here"), dark("here"), said("here", Category.PARTIAL, "one"))
    assert np.array_equal(both.said, weighed(dark("here")).said)


def test_only_the_strongest_of_several_cues_counts_and_an_alert_beside_it():
    boom = said("there", Category.HAZARD, "one")
    hit = said("there", Category.HAZARD, "two", kind="strike")
    alert = said("there", Category.HAZARD, "three", kind="alert")
    cues = PRIOR.cues
    both = weighed(boom, hit, listened=())
    assert both.hazard[0, 1] == pytest.approx((cues["strike"].otherwise, cues["strike"].if_struck))
    assert np.array_equal(both.hazard, weighed(hit, listened=()).hazard)
    with_alert = weighed(alert, boom, listened=()).hazard[0, 1]
    assert with_alert == pytest.approx(
        (
            cues["alert"].otherwise * cues["explosion"].otherwise,
            cues["alert"].if_struck * cues["explosion"].if_struck,
        )
    )


def test_that_nothing_is_heard_of_a_strike_counts_only_where_somebody_listens():
    found = weighed().hazard[0]
    assert found[0, 1] < found[0, 0]
    assert tuple(found[1]) == (1.0, 1.0)


def test_a_hazard_of_last_week_and_a_kind_nobody_knows_are_left_out_and_named():
    old = said("here", Category.HAZARD, at=NOW - hours(PRIOR["hazard_lasts_h"] + 1))
    odd = dark("here", kind="oracle")
    found = weighed(old, odd, dark("elsewhere"))
    assert found.left_out == (
        "elsewhere: the network feeds nothing there",
        "here: a hazard older than 72 hours",
        "here: the prior knows no 'oracle'",
    )
    assert np.array_equal(found.said, weighed().said)


def test_a_source_that_others_contradict_is_widened_and_one_alone_is_not():
    voices = {
        "a": (lit("a", "liar"), dark("a", "one"), dark("a", "two")),
        "b": (lit("b", "liar"), dark("b", "one"), dark("b", "two")),
        "c": (dark("c", "alone"),),
    }
    records = learn(voices, PRIOR)
    assert set(records) == {"liar", "one", "two"}
    assert records["liar"].contradicted > 1.5
    assert widening(records["liar"], PRIOR) > 0.1
    assert widening(records["one"], PRIOR) < widening(records["liar"], PRIOR)
    assert widening(None, PRIOR) == 0.0


def test_a_record_of_contradictions_makes_the_same_words_weigh_less():
    bad = SourceRecord(source="one", agreed=2, contradicted=20)
    prior = msgspec.structs.replace(PRIOR, records=(bad,))
    usual, doubted = weighed(dark("here")).said, weighed(dark("here"), prior=prior).said
    assert usual[0, 0, 0, OUT] / usual[0, 0, 0, SERVED] > (
        2 * doubted[0, 0, 0, OUT] / doubted[0, 0, 0, SERVED]
    )
    assert weighed(dark("here"), prior=prior).records == (bad,)


def test_a_record_of_agreement_never_makes_words_sharper_than_their_kind():
    good = SourceRecord(source="one", agreed=500, contradicted=0)
    assert widening(good, PRIOR) == 0.0


@given(
    st.floats(0, 100),
    st.floats(0, 100),
    st.floats(0, 50),
)
def test_more_contradictions_never_narrow_a_source(agreed, contradicted, more):
    before = SourceRecord(source="s", agreed=agreed, contradicted=contradicted)
    after = SourceRecord(source="s", agreed=agreed, contradicted=contradicted + more)
    assert 0 <= widening(before, PRIOR) <= widening(after, PRIOR) <= 1


@given(st.sampled_from(sorted(PRIOR.voices)), st.booleans())
def test_a_word_of_darkness_never_favours_light(kind, planned):
    found = weighed(dark("there", kind=kind, is_scheduled=planned), listened=())
    for level in range(len(PRIOR.levels["noise"].values)):
        out, partly, served = found.said[level, 0, 1]
        assert out >= partly >= served


def test_a_schedule_explains_darkness_and_leaves_light_as_it_is():
    plain, planned = (
        [weighed(say("there", is_scheduled=one), listened=()).said[0, 0, 1] for say in (dark, lit)]
        for one in (False, True)
    )
    assert planned[0][OUT] / planned[0][SERVED] < plain[0][OUT] / plain[0][SERVED]
    assert planned[1][OUT] / planned[1][SERVED] == pytest.approx(plain[1][OUT] / plain[1][SERVED])
    assert SAID[OUT] is Category.NO_POWER


def test_backups_that_end_at_once_end_at_once():
    figures = dict(PRIOR.figures)
    figures["backup_until_h"] = figures["backup_from_h"]
    prior = msgspec.structs.replace(PRIOR, figures=figures)
    early, late = (weighed(since=NOW - hours(one), prior=prior).said[0, 0, 0] for one in (3.9, 4.0))
    assert early[OUT] == pytest.approx(1 - PRIOR.silence[0].out)
    assert late[OUT] == pytest.approx(1 - PRIOR.silence[0].out * PRIOR["voice_left_share"])
