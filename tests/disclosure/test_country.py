"""What may be compared between places."""

import pytest

from disclosure.planted import GAZETTEER, HAMLET, IZIUM, OBLAST, RAION, TOWN
from disclosure.told import hours, official, told
from situation.testimonies import at, poll, said
from vidomo.claims.model import Extent, Kind
from vidomo.core.codec import to_json
from vidomo.core.errors import DisclosureForbidden
from vidomo.disclosure.country import CountryView, compare
from vidomo.disclosure.policy import load_policy
from vidomo.gazetteer.model import Level

OUT = said("impact.power.outage", IZIUM, extent=Extent.ALL, quote="В Ізюмі немає світла")
ALARM = said("alert.start", OBLAST, kind=Kind.WARNING, quote="Тривога в області")
FRESH = (poll("air_alarm", at("08:01")), poll("ova_channel", at("08:01")))


def compared(situation, **more) -> CountryView:
    return compare(situation, gazetteer=GAZETTEER, **more)


def test_supply_is_compared_by_oblast_alone_and_names_no_place_in_it() -> None:
    found = compared(told(official(1, "08:00", OUT)))
    (unit,) = found.supplies
    assert (unit.code, unit.level, unit.phase, unit.is_from_parts) == (
        OBLAST,
        "oblast",
        "partial",
        True,
    )
    assert found.phases("power", level="oblast") == {OBLAST: "partial"}
    assert IZIUM not in to_json(found).decode()
    assert found.past == ()


def test_a_day_later_the_place_itself_is_there_as_it_was() -> None:
    posts = (official(1, "08:00", OUT), official(2, "12:00", said("impact.water.outage", TOWN)))
    now = at("10:00", "2026-01-11")
    found = compared(told(*posts, when=now), earlier=told(*posts, when=now - hours(24)))
    assert [(unit.code, unit.dimension, unit.phase) for unit in found.past] == [
        (IZIUM, "power", "out")
    ]
    assert found.past_at == now - hours(24)
    assert TOWN not in to_json(found).decode()


def test_a_past_that_is_too_young_is_refused() -> None:
    posts = (official(1, "08:00", OUT),)
    with pytest.raises(DisclosureForbidden, match="may not be compared yet"):
        compared(told(*posts, when=at("20:00")), earlier=told(*posts, when=at("10:00")))


def test_what_was_taken_back_since_is_not_in_the_past() -> None:
    posts = (official(1, "08:00", OUT), official(1, "08:00", OUT, deleted_at=at("20:00")))
    now = at("10:00", "2026-01-11")
    assert compared(told(*posts, when=now), earlier=told(*posts, when=now - hours(24))).past == ()


def test_an_alert_of_an_oblast_stands_at_every_raion_of_it_at_once() -> None:
    alarm = official(1, "08:00", ALARM, source="ova_channel")
    found = compared(told(alarm, when=at("08:02"), polls=FRESH))
    raions = found.phases("alert", level="raion")
    wanted = {
        unit.code
        for unit in GAZETTEER.units()
        if unit.level is Level.RAION and unit.oblast == OBLAST
    }
    assert {code for code, phase in raions.items() if phase == "on"} == wanted
    assert set(raions.values()) == {"on", "none"}  # the alarm source of the country is fresh
    under = [unit for unit in found.alerts if unit.code in wanted]
    assert {unit.inherited_from for unit in under} == {OBLAST}


def test_an_alert_that_its_source_has_not_renewed_is_on_no_map() -> None:
    alarm = official(1, "08:00", ALARM, source="ova_channel")
    assert compared(told(alarm, when=at("20:00"))).alerts == ()


def test_an_all_clear_that_waits_for_a_second_voice_is_marked() -> None:
    posts = (
        official(1, "08:00", said("alert.start", RAION, quote="Тривога"), source="ova_channel"),
        official(2, "08:04", said("alert.end", RAION, quote="Відбій"), source="ova_channel"),
    )
    (unit,) = compared(told(*posts, when=at("08:05"))).alerts
    assert (unit.phase, unit.is_being_confirmed) == ("on", True)


def test_harm_and_attacks_are_compared_nowhere() -> None:
    posts = (
        official(1, "08:00", said("harm.killed", IZIUM, n=2)),
        official(2, "08:00", said("event.explosion", HAMLET)),
    )
    found = compared(told(*posts))
    assert (found.alerts, found.supplies) == ((), ())


def test_the_desks_policy_is_not_for_comparing() -> None:
    assert load_policy("operator-only").rule("product") is None
    with pytest.raises(DisclosureForbidden, match="says nothing of comparing"):
        compared(told(official(1, "08:00", OUT)), policy="operator-only")
