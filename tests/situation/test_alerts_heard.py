"""When an alert was on and when it was over, for the parting of attacks."""

import pytest

from situation.testimonies import COUNTRY, IZIUM, KHARKIV_OBLAST, MVA, OVA, REGISTRY, at, post, said
from vidomo.situation.alerts_heard import AlertsHeard
from vidomo.situation.fold import Known
from vidomo.situation.hierarchy import Tree
from vidomo.situation.testimony import gather


def alerts(*known: Known) -> AlertsHeard:
    tree = Tree(COUNTRY)
    heard = gather(known, valid_at=at("23:00"), registry=REGISTRY, tree=tree)
    return AlertsHeard(heard, tree)


def turn(number: int, topic: str, when: object, code: str = IZIUM, body: str = MVA) -> Known:
    return post(number, when, said(f"alert.{topic}", code, body=body))


def test_an_alert_is_on_since_its_first_start_after_the_last_all_clear() -> None:
    found = alerts(
        turn(1, "start", at("07:00")),
        turn(2, "end", at("08:00")),
        turn(3, "start", at("10:00"), KHARKIV_OBLAST, OVA),
        turn(4, "start", at("10:20")),
    )
    assert found.on_since(IZIUM, at("06:59")) is None
    assert found.on_since(IZIUM, at("07:30")) == at("07:00")
    assert found.on_since(IZIUM, at("09:00")) is None
    assert found.on_since(IZIUM, at("11:00")) == at("10:00")


def test_an_all_clear_of_the_oblast_holds_for_its_city_and_not_the_other_way_round() -> None:
    found = alerts(turn(1, "end", at("08:00")))
    assert found.is_over_between(IZIUM, at("07:00"), at("08:00"))
    assert not found.is_over_between(IZIUM, at("08:00"), at("09:00"))
    assert not found.is_over_between(KHARKIV_OBLAST, at("07:00"), at("09:00"))
    wide = alerts(turn(1, "end", at("08:00"), KHARKIV_OBLAST, OVA))
    assert wide.is_over_between(IZIUM, at("07:00"), at("09:00"))


@pytest.mark.parametrize(
    "end",
    [
        turn(1, "end", "2026-01-10"),
        turn(1, "end", None),
        post(1, at("07:00"), said("alert.end", IZIUM, body=MVA), edited_at=at("08:00")),
        turn(1, "end", at("08:00"), KHARKIV_OBLAST, MVA),
    ],
    ids=["known to the day", "undated", "may have come by an edit", "of no competence there"],
)
def test_an_all_clear_without_a_sure_hour_or_competence_parts_nothing(end: Known) -> None:
    assert not alerts(end).is_over_between(IZIUM, at("00:00"), at("23:00"))
