"""How English posts name city districts, and tell what runs, what is lifted and what comes again."""

import pytest

from claims.reading import count, facts, only, read, surfaces
from vidomo.app.reader import read as resolved


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "Twelve people were evacuated from Chuhuiv, Kupiansk, and Bohodukhiv districts.",
            {"UA63140000000096278", "UA63080000000032022", "UA63020000000066931"},
        ),
        ("A blast in Kupyansky district.", {"UA63080000000032022"}),
        ("A blast in Shevchenkovo village, Kupyansky district, hurt two.", {"UA63080150010082504"}),
    ],
)
def test_districts_of_english_lists_and_spellings(text: str, codes: set[str]) -> None:
    places = [place for claim in resolved(text, lang="en") for place in claim.places]
    assert {code for place in places for code in (place.code or "", *place.candidates)} >= codes
    assert len({place.role for place in places}) == 1


def test_the_region_is_not_that_of_who_attacks_it() -> None:
    text = "The mayor of Lutsk said that the Russian Federation attacked the region's power grid."
    (claim,) = resolved(text, lang="en")
    assert "RU" not in {place.code for place in claim.places}


def test_a_country_at_the_very_end_of_a_text_is_read() -> None:
    assert surfaces(only("Two people died in Russia", "harm.killed")) == {"Russia"}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Emergency outages remain possible in Lutsk.",
            ("power.emergency_shutdown", "forecast", "affirmed"),
        ),
        (
            "Several trains are heading on a bypass route in Lutsk.",
            ("service.transport.adapted", "report", "affirmed"),
        ),
        (
            "Passengers from Lutsk will be delivered to the trains by buses.",
            ("service.transport.adapted", "plan", "affirmed"),
        ),
    ],
)
def test_what_may_come_and_what_goes_round(text: str, claim: tuple[str, str, str]) -> None:
    assert facts(text) == {claim}


def test_one_who_was_hurt_and_is_in_hospital_is_told_once() -> None:
    text = "One person was injured in Lutsk and has been hospitalized."
    assert count(only(text, "harm.injured")) == (1, 1, "exact")
    more = "Two women were injured in Lutsk. Another man was hospitalized."
    assert len([one for one in read(more).claims if one.topic == "harm.injured"]) == 2


def test_the_head_of_the_railway_is_no_town() -> None:
    assert not read("Casualties have been reported, Kamyshin added.").claims[0].places


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kyiv: debris fell in the Obolon district.", "UA80000000000551439"),
        ("In the Pechersk district of Kyiv a car burned.", "UA80000000000624772"),
        ("Kharkiv: the Saltiv district was hit.", "UA63120270010315719"),
        ("Kherson was hit. In the Beryslav district a car burned.", "UA65020000000032929"),
    ],
)
def test_the_district_of_a_city_that_the_text_names(text: str, code: str) -> None:
    assert code in {place.code for claim in resolved(text, lang="en") for place in claim.places}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("An air-raid warning is in force in Lutsk.", ("alert.start", "report", "affirmed")),
        ("In Lutsk and Rivne, alarms sounded.", ("alert.start", "report", "affirmed")),
        ("The air raid alert was later lifted in Lutsk.", ("alert.end", "report", "affirmed")),
        ("The alert will be later lifted in Lutsk.", ("alert.end", "forecast", "affirmed")),
        (
            "The high-speed tram in Lutsk is out of service.",
            ("service.transport.disrupted", "report", "affirmed"),
        ),
        (
            "It was possible to restore traffic in Lutsk.",
            ("service.transport.restored", "report", "affirmed"),
        ),
        (
            "Flight restrictions at the airport of Lutsk were canceled.",
            ("service.transport.restored", "report", "affirmed"),
        ),
        (
            "Restrictions on receiving flights were canceled at the Lutsk airport.",
            ("service.transport.restored", "report", "affirmed"),
        ),
        (
            "Lutsk introduced water supply schedules.",
            ("impact.water.outage", "plan", "affirmed"),
        ),
        (
            "Homes in Lutsk where power was restored will be turned off again.",
            ("impact.power.outage", "forecast", "affirmed"),
        ),
        ("Drone attacks were recorded in Lutsk.", ("event.strike", "report", "affirmed")),
    ],
)
def test_what_is_in_force_lifted_and_off_again(text: str, claim: tuple[str, str, str]) -> None:
    assert facts(text) == {claim}


def test_a_fire_alarm_is_no_air_raid_alert() -> None:
    assert not facts("Fire alarms sounded in the shopping centre.")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("DTEK lifts emergency power shutdowns in Lutsk.", "affirmed"),
        ("Emergency blackout schedules were canceled for Lutsk.", "affirmed"),
        ("Emergency power cuts were cancelled in Lutsk.", "affirmed"),
        ("Emergency blackouts in Lutsk, Rivne and Kovel have been cancelled.", "affirmed"),
        ("They began to cancel emergency power outages in Lutsk.", "affirmed"),
        ("They cannot cancel emergency power outages in Lutsk.", None),
        ("Emergency outages in Lutsk have not been cancelled.", "negated"),
        ("Emergency shutdowns in Lutsk and Rivne were not lifted.", "negated"),
    ],
)
def test_emergency_cuts_are_over_only_where_lifted(text: str, claim: str | None) -> None:
    found = {polarity for topic, _, polarity in facts(text) if topic == "power.emergency_end"}
    assert found == ({claim} if claim else set())
    if claim == "affirmed":
        assert not {one for one in facts(text) if one[0] == "power.emergency_shutdown"}


@pytest.mark.parametrize(
    "text",
    [
        "The shelling prevents crews from restoring electricity in Lutsk.",
        "The storm prevents restoring of power in Lutsk.",
    ],
)
def test_repairs_that_are_prevented_bring_no_power_back(text: str) -> None:
    found = {one for one in facts(text) if one[0] == "impact.power.restored"}
    assert found == {("impact.power.restored", "report", "negated")}


def test_services_that_people_are_without_are_each_told() -> None:
    text = "Residents of Lutsk were left without key services, including electricity and heating."
    assert {topic for topic, _, _ in facts(text)} == {"impact.power.outage", "impact.heat.outage"}
