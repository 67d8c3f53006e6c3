import pytest
from hypothesis import given, strategies as st

from outlook.saying import DAY, OBLAST, REGISTRY, TOWN, UNITS, at, says, situation
from vidomo.outlook.review.measures import review
from vidomo.outlook.review.model import Review
from vidomo.outlook.review.power import outages
from vidomo.situation.model import Evidence, Standing

MINUTE = 60.0


def out(minute: float, **changed: object) -> Evidence:
    return says("impact.power.outage", minute, TOWN, **changed)


def back(minute: float, **changed: object) -> Evidence:
    return says("impact.power.restored", minute, TOWN, **changed)


def reviewed(*rows: Evidence) -> Review:
    return review(situation(rows), TOWN, period=DAY, registry=REGISTRY, units=UNITS)


def hours(*rows: Evidence) -> tuple[float, float]:
    bounds = reviewed(*rows).without_power
    assert bounds is not None
    return bounds.low_s / MINUTE, bounds.high_s / MINUTE


def test_at_least_up_to_the_last_word_at_most_up_to_the_restoration() -> None:
    assert hours(out(0), out(50), back(90)) == (50, 90)


@pytest.mark.parametrize("extent", ["most", "part", "few"])
def test_power_that_is_back_in_part_ends_no_outage(extent: str) -> None:
    assert hours(out(0), back(50, extent=extent), back(90)) == (0, 90)
    assert hours(out(0), back(50, extent=extent))[1] > 90


def test_one_word_alone_is_sure_of_nothing_but_the_moment() -> None:
    assert hours(out(0), back(90)) == (0, 90)


def test_the_beginning_that_the_words_give_counts() -> None:
    assert hours(out(30, earliest=at(-10), latest=at(0)), back(60)) == (30, 70)


def test_silence_ends_no_outage_the_most_runs_to_the_end_of_the_period() -> None:
    found = reviewed(out(0))
    assert found.outages[0].restored is None
    assert found.outages[0].to_restoration is None
    assert hours(out(0)) == (0, 720)


def test_restoration_is_told_with_its_bounds() -> None:
    found = reviewed(out(0), back(90, earliest=at(60), latest=at(80))).outages[0]
    assert found.to_restoration is not None
    assert (found.to_restoration.low_s, found.to_restoration.high_s) == (60 * MINUTE, 80 * MINUTE)


def test_power_that_was_back_before_the_last_word_makes_nothing_sure() -> None:
    assert hours(out(0), out(80), back(90, earliest=at(40), latest=at(45))) == (40, 45)


def test_two_outages_are_two() -> None:
    found = reviewed(out(0), back(10), out(100), back(130))
    assert len(found.outages) == 2
    assert hours(out(0), back(10), out(100), back(130)) == (0, 40)


def test_no_report_is_no_figure() -> None:
    assert reviewed().without_power is None
    assert reviewed(back(10)).without_power is None


def test_plans_forecasts_denials_and_rumours_are_no_outage() -> None:
    assert reviewed(out(0, kind="plan")).outages == ()
    assert reviewed(out(0, kind="forecast")).outages == ()
    assert reviewed(out(0, polarity="denied")).outages == ()
    assert reviewed(out(0, standing=Standing.UNSOURCED)).outages == ()
    assert reviewed(out(0, said_at=None)).outages == ()


def test_a_promised_restoration_restores_nothing() -> None:
    assert reviewed(out(0), back(10, kind="forecast")).outages[0].restored is None


def test_an_outage_outside_the_period_does_not_count() -> None:
    assert reviewed(out(-900), back(-800)).outages == ()
    assert reviewed(out(900)).outages == ()


def test_an_outage_of_the_oblast_says_nothing_sure_of_the_town() -> None:
    assert reviewed(says("impact.power.outage", 0, OBLAST)).outages == ()


@given(
    st.lists(
        st.tuples(st.integers(-700, 700), st.booleans()), max_size=12, unique_by=lambda x: x[0]
    )
)
def test_the_least_is_never_more_than_the_most(said: list[tuple[int, bool]]) -> None:
    for found in outages([out(m) if is_out else back(m) for m, is_out in said], period=DAY):
        assert 0 <= found.lasted.low_s <= found.lasted.high_s
        if found.to_restoration is not None:
            assert 0 <= found.to_restoration.low_s <= found.to_restoration.high_s
