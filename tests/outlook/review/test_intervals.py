from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from outlook.saying import (
    DAY,
    GOSSIP,
    OBLAST,
    OTHER,
    RAION,
    REGISTRY,
    SECOND,
    TOWN,
    UNITS,
    alarm,
    at,
    clear,
    says,
    situation,
)
from vidomo.core.time import Interval
from vidomo.outlook.review.intervals import alerts_by_unit, is_watched, merged, over_place
from vidomo.situation.model import Evidence, SourceHealth, Standing

AIR_FORCE = {"source": SECOND, "origin": "air_force@UA", "reason": "own_channel"}


def spans(*rows: Evidence, unit: str = OBLAST) -> list[tuple[float, float | None]]:
    found = alerts_by_unit(situation(rows), registry=REGISTRY, units=UNITS).get(unit, ())
    return [(minutes(one.start), None if one.end is None else minutes(one.end)) for one in found]


def minutes(moment: object) -> float:
    return (moment - at(0)) / timedelta(minutes=1)  # type: ignore[operator]


def test_an_alarm_and_its_all_clear_are_one_alert() -> None:
    assert spans(alarm(0), clear(40)) == [(0, 40)]


def test_an_alert_without_an_all_clear_is_on() -> None:
    assert spans(alarm(0)) == [(0, None)]


def test_an_alarm_repeated_while_one_is_on_begins_nothing_new() -> None:
    assert spans(alarm(0), alarm(5), clear(9)) == [(0, 9)]


def test_an_all_clear_without_an_alarm_is_no_alert() -> None:
    assert spans(clear(3)) == []


def test_an_alert_that_begins_in_the_second_in_which_another_ends_is_not_lost() -> None:
    assert spans(alarm(0), clear(10), alarm(10), clear(20)) == [(0, 10), (10, 20)]


def test_an_alarm_is_not_undone_by_an_all_clear_of_its_own_second() -> None:
    assert spans(clear(5), alarm(5)) == [(5, None)]


@pytest.mark.parametrize(
    "changed",
    [
        {"source": GOSSIP, "standing": Standing.UNSOURCED, "origin": "text:x", "reason": "x"},
        {"source": GOSSIP, "standing": Standing.DECLARED, "origin": "source:x", "reason": "x"},
        {"standing": Standing.WITHDRAWN, "reason": "deleted"},
        {"kind": "forecast"},
        {"kind": "advice"},
        {"polarity": "denied"},
        {"said_at": None},
        {"origin": f"oblast@{OTHER}", "source": GOSSIP, "reason": "body_speaks"},
        {"origin": "police@UA", "source": GOSSIP, "reason": "own_channel"},
        {"source": GOSSIP, "reason": "body_speaks"},
    ],
    ids=str,
)
def test_nothing_else_ends_an_alert(changed: dict[str, object]) -> None:
    assert spans(alarm(0), clear(10, **changed)) == [(0, None)]


def test_one_body_that_is_no_alarm_source_ends_nothing_alone() -> None:
    assert spans(alarm(0), clear(10, **AIR_FORCE)) == [(0, None)]


def test_a_second_independent_body_ends_an_alert() -> None:
    quoted = clear(12, source=SECOND, reason="body_speaks")
    assert spans(alarm(0), clear(10, **AIR_FORCE), quoted) == [(0, 12)]


def test_an_all_clear_that_a_person_confirmed_ends_an_alert() -> None:
    confirmed = clear(10, confirmed_by=("anna",), source=SECOND)
    assert spans(alarm(0), confirmed) == [(0, 10)]


def test_the_all_clear_of_a_raion_does_not_end_the_alert_of_the_oblast() -> None:
    rows = (alarm(0), alarm(0, RAION), clear(10, RAION))
    assert spans(*rows) == [(0, None)]
    assert spans(*rows, unit=RAION) == [(0, 10)]


def test_police_words_are_no_alarm_and_a_declared_source_is() -> None:
    assert spans(alarm(0, origin="police@UA", source=GOSSIP, reason="body_speaks")) == []
    heard = alarm(0, standing=Standing.DECLARED, source=GOSSIP, origin="source:g", reason="x")
    assert spans(heard) == [(0, None)]


def test_a_place_that_cannot_be_told_has_no_alert_of_its_own() -> None:
    assert (
        alerts_by_unit(situation([says("alert.start", 0, None)]), registry=REGISTRY, units=UNITS)
        == {}
    )


def test_alerts_of_wider_units_are_over_a_place_too() -> None:
    rows = (alarm(0), clear(10), alarm(5, RAION), clear(20, RAION), alarm(0, OTHER))
    alerts = alerts_by_unit(situation(rows), registry=REGISTRY, units=UNITS)
    over = over_place(alerts, TOWN, units=UNITS)
    assert [one.unit for one in over] == [OBLAST, RAION]
    assert merged(over, period=DAY) == ((Interval(at(0), at(20)), False),)


def test_the_all_clear_of_the_oblast_closes_what_its_raion_left_open() -> None:
    rows = (alarm(5, RAION), alarm(0), clear(10))
    alerts = alerts_by_unit(situation(rows), registry=REGISTRY, units=UNITS)
    assert [one.end for one in over_place(alerts, RAION, units=UNITS)] == [at(10), at(10)]


def test_an_open_alert_runs_to_the_end_of_the_period_and_says_so() -> None:
    alerts = alerts_by_unit(situation([alarm(0)]), registry=REGISTRY, units=UNITS)
    assert merged(over_place(alerts, TOWN, units=UNITS), period=DAY) == (
        (Interval(at(0), DAY.end), True),
    )


def test_only_time_inside_the_period_counts() -> None:
    alerts = alerts_by_unit(situation([alarm(-900), clear(-700)]), registry=REGISTRY, units=UNITS)
    over = over_place(alerts, OBLAST, units=UNITS)
    assert merged(over, period=DAY) == ((Interval(DAY.start, at(-700)), False),)
    assert merged(over, period=Interval(at(0), at(1))) == ()


def test_a_place_is_watched_once_an_alarm_source_over_it_spoke_or_answered() -> None:
    def watched(place: str, **given_: object) -> bool:
        known = situation(**given_)  # type: ignore[arg-type]
        return is_watched(known, place, until=at(60), registry=REGISTRY, units=UNITS)

    answered = SourceHealth(source="feed", answered_at=at(0), silent_since=None)
    silent = SourceHealth(source="feed", answered_at=None, silent_since=at(0))
    assert watched(TOWN, evidence=[alarm(0)])
    assert watched(TOWN, sources=[answered])
    assert not watched(TOWN, sources=[silent])
    assert not watched(TOWN, evidence=[alarm(90)])
    assert not watched(OTHER, evidence=[alarm(0)])


@given(
    st.lists(
        st.tuples(st.integers(0, 5000), st.integers(1, 400)), max_size=20, unique_by=lambda x: x[0]
    ),
    st.randoms(use_true_random=False),
)
def test_alerts_come_back_whatever_the_order_of_arrival(
    gaps: list[tuple[int, int]], shuffled: object
) -> None:
    expected, cursor = [], 0
    for gap, length in gaps:
        start = cursor + gap + 1
        expected.append((float(start), float(start + length)))
        cursor = start + length
    rows = [row for start, end in expected for row in (alarm(start), clear(end))]
    shuffled.shuffle(rows)  # type: ignore[attr-defined]
    assert spans(*rows) == expected
