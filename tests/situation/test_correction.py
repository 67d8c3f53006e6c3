"""What a person puts right about a statement, and what nobody can make of it."""

import pytest

from situation.testimonies import (
    CHUHUIV,
    GRID,
    IZIUM,
    IZIUM_RAION,
    MVA,
    anchor,
    at,
    decision,
    dimension,
    phase,
    post,
    said,
    situation,
)
from vidomo.claims.model import Kind, Polarity, Role
from vidomo.claims.topics import topics
from vidomo.situation.correction import VALUES, is_relief
from vidomo.situation.decision import Decision
from vidomo.situation.fold import Known
from vidomo.situation.model import Standing

ON = post(1, at("10:00"), said("alert.start", IZIUM), source="izium_mva")
DARK = post(4, at("10:30"), said("impact.power.outage", IZIUM), source="izium_mva")


def put_right(known: Known, index: int = 0, **value: str) -> Decision:
    return decision("overrule", anchor(known, index), value=value)


def test_a_misread_topic_counts_as_what_it_is_and_from_who_said_it() -> None:
    boom = post(2, at("10:10"), said("event.explosion", IZIUM, body=MVA))
    found = situation(boom, decisions=(put_right(boom, topic="event.strike"),))
    (item,) = found.evidence
    assert (item.topic, item.standing, item.speaker) == (
        "event.strike",
        Standing.OFFICIAL,
        situation(boom).evidence[0].speaker,
    )
    assert [one.topics for one in found.incidents] == [("event.strike",)]


def test_a_misread_report_can_be_taken_for_a_forecast() -> None:
    found = situation(DARK, decisions=(put_right(DARK, kind="forecast"),))
    assert phase(situation(DARK), "power") == "out"
    assert phase(found, "power") == "not_reported"


def test_a_forecast_that_was_a_report_holds_from_when_it_was_said() -> None:
    promised = post(
        5,
        at("10:30"),
        said(
            "impact.power.outage",
            IZIUM,
            kind=Kind.FORECAST,
            time=("2026-01-10T20:00:00Z", "2026-01-10T21:00:00Z"),
        ),
        source="izium_mva",
    )
    assert phase(situation(promised, when=at("12:00")), "power") == "not_reported"
    made = put_right(promised, kind="report")
    found = dimension(situation(promised, when=at("12:00"), decisions=(made,)), "power")
    assert (found.phase, found.since) == ("out", at("10:30"))


def test_a_misread_denial_takes_the_statement_back() -> None:
    found = situation(DARK, decisions=(put_right(DARK, polarity="denied"),))
    assert phase(found, "power") == "not_reported"


def test_what_was_misread_as_a_number_becomes_a_question() -> None:
    killed = post(3, at("11:00"), said("harm.killed", IZIUM, body=MVA, n=2))
    found = situation(killed, decisions=(put_right(killed, kind="unknown"),))
    assert [one.subject for one in found.questions] == ["casualties"]
    assert not [row for one in found.incidents for row in one.figures]


def test_a_question_that_was_none_asks_nothing() -> None:
    asked = post(
        3,
        at("11:00"),
        said(
            "harm.casualties",
            IZIUM,
            body=MVA,
            kind=Kind.UNKNOWN,
            unknown=("casualties", "not_released"),
        ),
    )
    found = situation(asked, decisions=(put_right(asked, kind="report"),))
    assert found.questions == ()


def test_no_harm_is_a_stated_zero_and_harm_again_is_no_number() -> None:
    killed = post(3, at("11:00"), said("harm.killed", IZIUM, body=MVA, n=2, unit="persons"))
    found = situation(killed, decisions=(put_right(killed, polarity="negated"),))
    assert phase(found, "harm") == "none_stated"
    none = post(
        3,
        at("11:00"),
        said("harm.killed", IZIUM, body=MVA, n=0, mode="none", polarity=Polarity.NEGATED),
    )
    again = situation(none, decisions=(put_right(none, polarity="affirmed"),))
    assert phase(again, "harm") == "reported"
    assert not [row for one in again.incidents for row in one.figures]


def test_a_time_that_was_misread_is_put_right() -> None:
    made = put_right(DARK, time="2026-01-10T09:00:00Z/2026-01-10T09:10:00Z")
    found = dimension(situation(DARK, decisions=(made,)), "power")
    assert (found.phase, found.since) == ("out", at("09:00"))


def test_no_text_tells_of_what_came_after_it() -> None:
    made = put_right(DARK, time="2026-01-10T10:31:00Z/2026-01-10T10:40:00Z")
    assert dimension(situation(DARK, decisions=(made,)), "power").since == at("10:30")


def test_a_time_gives_undated_words_no_weight() -> None:
    undated = post(7, None, said("impact.power.outage", IZIUM), source="izium_mva")
    made = put_right(undated, time="2026-01-10T09:00:00Z/2026-01-10T09:10:00Z")
    assert phase(situation(undated, decisions=(made,)), "power") == "not_reported"


def test_another_topic_looks_at_the_places_again() -> None:
    near = post(
        8,
        at("10:10"),
        said("impact.damage", CHUHUIV, place_role=Role.NEAR),
        source="izium_mva",
    )
    assert [item.place for item in situation(near).evidence] == [None]
    made = put_right(near, topic="event.explosion")
    assert [item.place for item in situation(near, decisions=(made,)).evidence] == [CHUHUIV]


def test_a_place_and_a_topic_are_put_right_together() -> None:
    made = put_right(DARK, topic="impact.water.outage", place=IZIUM_RAION)
    found = situation(DARK, decisions=(made,))
    assert phase(found, "power") == "not_reported"
    assert phase(found, "water", IZIUM_RAION) == "out"


# nobody makes relief of anything -----------------------------------------------------------------


@pytest.mark.parametrize(
    "value", [{"topic": "alert.end"}, {"topic": "alert.end", "kind": "report"}]
)
def test_no_correction_makes_an_all_clear(value: dict[str, str]) -> None:
    again = post(2, at("10:20"), said("alert.start", IZIUM), source="air_alarm")
    found = situation(ON, again, decisions=(put_right(again, **value),))
    assert phase(found, "alert") == "on"
    assert [item.topic for item in found.evidence] == ["alert.start", "alert.start"]


@pytest.mark.parametrize(
    "claim",
    [
        said("alert.end", IZIUM, kind=Kind.FORECAST),
        said("alert.end", IZIUM, kind=Kind.ADVICE),
        said("alert.end", IZIUM, polarity=Polarity.DENIED),
        said("alert.end", IZIUM, polarity=Polarity.NEGATED),
    ],
    ids=["promised", "until the all-clear", "denied", "negated"],
)
def test_no_all_clear_is_made_of_words_that_gave_none(claim: object) -> None:
    end = post(2, at("10:20"), claim, source="air_alarm")
    made = put_right(end, kind="report", polarity="affirmed")
    assert phase(situation(ON, end, decisions=(made,)), "alert") == "on"


def test_no_all_clear_is_moved_behind_the_alarm() -> None:
    end = post(2, at("09:50"), said("alert.end", IZIUM), source="air_alarm")
    later = post(3, at("12:00"), said("alert.start", IZIUM), source="air_alarm")
    made = put_right(end, time="2026-01-10T09:00:00Z/2026-01-10T09:01:00Z")
    found = situation(end, later, decisions=(made,))
    assert phase(found, "alert") == "on"
    assert found.evidence[0].earliest == situation(end, later).evidence[0].earliest


def test_an_all_clear_that_was_misread_can_be_taken_back() -> None:
    end = post(2, at("10:20"), said("alert.end", IZIUM), source="air_alarm")
    assert phase(situation(ON, end), "alert") == "ended"
    made = put_right(end, kind="advice")
    assert phase(situation(ON, end, decisions=(made,)), "alert") == "on"


def test_light_does_not_come_back_by_a_correction() -> None:
    made = put_right(DARK, topic="impact.power.restored")
    assert phase(situation(DARK, decisions=(made,)), "power") == "out"


def test_a_rumour_stays_a_rumour_whatever_is_put_right() -> None:
    rumour = post(9, at("10:30"), said("impact.water.outage", IZIUM), source="rumours")
    made = put_right(
        rumour, topic="impact.power.outage", time="2026-01-10T09:00Z/2026-01-10T09:05Z"
    )
    found = situation(rumour, decisions=(made,))
    assert phase(found, "power") == "not_reported"
    assert found.evidence[0].standing is Standing.UNSOURCED


def test_every_topic_that_ends_something_is_known_as_relief() -> None:
    ends = {topic for topic in topics() if is_relief(topic)}
    assert {"alert.end", "impact.fire.out", "power.emergency_end"} <= ends
    assert {topic for topic in topics() if topic.endswith(".restored")} <= ends
    assert not {topic for topic in ends if topic.startswith(("event.", "harm.", "threat."))}
    assert VALUES[:2] == ("place", "number")


def test_a_grid_operators_words_keep_their_own_weight() -> None:
    off = post(10, at("10:30"), said("impact.power.outage", IZIUM, body=GRID))
    made = put_right(off, kind="assessment")
    (item,) = situation(off, decisions=(made,)).evidence
    assert (item.kind, item.standing) == ("assessment", Standing.OFFICIAL)
