"""How English news agencies word attacks, outages and evacuations, and who they name."""

import pytest

from claims.reading import facts, only, read
from vidomo.claims.mentions import find_mentions
from vidomo.claims.model import Role
from vidomo.claims.prepare import prepare
from vidomo.gazetteer import Gazetteer


@pytest.mark.parametrize(
    "text",
    [
        "The mayor, Hennadii Trukhanov, reported a strike. Trukhanov spoke of ten wounded.",
        "Kyrylo Tymoshenko spoke of a strike.",
        "A strike was reported by Kostiantyn Petrenko.",
        "Yevhenii Sadovyi said that a drone struck a shop.",
        "Governor Vladislav Ivanivka wrote of an attack.",
    ],
)
def test_an_official_named_in_full_is_no_village(text: str) -> None:
    assert not find_mentions(prepare(text, lang="en"), Gazetteer.open())


@pytest.mark.parametrize("text", ["A strike on Lutsk.", "Strikes hit Trostianets at night."])
def test_a_town_without_a_first_name_isonly(text: str) -> None:
    assert find_mentions(prepare(text, lang="en"), Gazetteer.open())


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("The attack left nine localities in Sumy region without electricity.", 9, "settlements"),
        ("Russian troops shelled 14 localities of Kherson region.", 14, "settlements"),
        ("Five populated areas in Sumy region are without power.", 5, "settlements"),
        ("Shelling halted two district heating plants in Sumy.", 2, "facilities"),
        ("The air force said that it downed 25 out of 29 drones.", 25, "uavs"),
    ],
)
def test_what_is_counted_in_agency_words(text: str, number: int, unit: str) -> None:
    found = {
        (claim.number.min, claim.number.unit)
        for claim in read(text).claims
        if claim.number is not None
    }
    assert found == {(number, unit)}


@pytest.mark.parametrize(
    "text",
    [
        "Power outage schedules in Sumy will start operating at noon.",
        "Blackout schedules will begin earlier in Sumy.",
        "Power outages in Sumy will begin at 14:00.",
        "Electricity cuts should start in the evening.",
        "Restrictions will start operating on Monday; power outages will resume.",
    ],
)
def test_outages_that_begin_bring_nothing_back(text: str) -> None:
    assert not any(topic.endswith("restored") for topic, _, _ in facts(text))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The power supply in Sumy will resume by evening.", "impact.power.restored"),
        ("The metro will resume operations at noon.", "service.transport.restored"),
    ],
)
def test_supply_and_trains_that_resume_come_back(text: str, topic: str) -> None:
    assert topic in {found for found, _, _ in facts(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Locomotives were sent to sections cut off from the power grid.",
        "Two villages were cut off from the power grid.",
        "Homes cut off from the gas system wait for repairs.",
    ],
)
def test_a_line_without_power_splits_no_grid(text: str) -> None:
    assert "grid.fragmentation" not in {topic for topic, _, _ in facts(text)}


def test_a_region_cut_off_from_the_grid_is_an_island() -> None:
    found = facts("The west was cut off from the rest of the grid.")
    assert "grid.fragmentation" in {topic for topic, _, _ in found}


@pytest.mark.parametrize(
    "text",
    [
        "The toll of a ballistic missile strike on a hotel in Lutsk rose to three.",
        "A ballistic missile attack on Lutsk killed three people.",
        "One of two missiles launched by Russia was shot down over Lutsk.",
    ],
)
def test_a_ballistic_strike_that_happened_is_no_threat(text: str) -> None:
    assert not any(topic.startswith("threat.") for topic, _, _ in facts(text))


def test_ballistic_missiles_on_a_town_are_a_threat() -> None:
    assert ("threat.missile", "warning", "affirmed") in facts("Ballistic missiles on Lutsk!")


@pytest.mark.parametrize(
    "text",
    ["There is a fire over a small area in Lutsk.", "There was a fire over 200 square metres."],
)
def test_a_fire_over_an_area_is_not_out(text: str) -> None:
    found = {topic for topic, _, _ in facts(text)}
    assert "impact.fire" in found
    assert "impact.fire.out" not in found


def test_a_fire_that_is_over_is_out() -> None:
    found = {topic for topic, _, _ in facts("The fire is over.")}
    assert "impact.fire.out" in found


@pytest.mark.parametrize("weapon", ["drone", "missile", "FPV"])
def test_fire_of_drones_is_a_strike(weapon: str) -> None:
    found = {topic for topic, _, _ in facts(f"Nikopol came under {weapon} fire.")}
    assert "event.strike" in found
    assert "event.shelling" not in found


def test_fire_of_guns_is_shelling() -> None:
    found = {topic for topic, _, _ in facts("Nikopol came under enemy fire.")}
    assert "event.shelling" in found


def test_a_loss_of_electricity_is_an_outage() -> None:
    text = "Two power lines were damaged in Sumy, causing a loss of electricity in some areas."
    assert ("impact.power.outage", "report", "affirmed") in facts(text)


@pytest.mark.parametrize(
    ("text", "left", "reached"),
    [
        ("The railway evacuated 80 people from the Donetsk region.", 1, 0),
        ("Families were evacuated from Pokrovsk to Lviv and Rivne.", 1, 2),
        ("Evacuees from the Pokrovsk district go by bus to the Pavlohrad station.", 1, 1),
    ],
)
def test_people_are_evacuated_from_and_to_places(text: str, left: int, reached: int) -> None:
    roles = [place.role for place in only(text, "response.evacuation").places]
    assert roles.count(Role.ORIGIN) == left
    assert roles.count(Role.HEADING) == reached


def test_people_evacuated_in_a_town_leave_no_other() -> None:
    (place,) = only("In Pokrovsk 80 people were evacuated.", "response.evacuation").places
    assert place.role is Role.AFFECTED


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A strike hit the southern region of Odesa.", {"UA51000000000030770"}),
        ("A strike hit the region of Kharkiv.", {"UA63000000000041885"}),
        (
            "Strikes hit Dnipro and Kherson regions.",
            {"UA12000000000090473", "UA65000000000030969"},
        ),
        (
            "Strikes hit Kharkiv and Dnipro regions.",
            {"UA63000000000041885", "UA12000000000090473"},
        ),
        ("Strikes hit the city of Sumy.", {"UA59080270010036634"}),
        ("Strikes hit Dnipro and Kherson.", {"UA12020010010037010", "UA65100150010064384"}),
    ],
)
def test_a_region_of_its_seat_is_the_oblast_also_in_a_list(text: str, names: set[str]) -> None:
    hits = find_mentions(prepare(text, lang="en"), Gazetteer.open())
    assert {code for hit in hits for code in hit.candidates} == names


@pytest.mark.parametrize(
    "text",
    [
        "Moscow says Kyiv is responsible for the attack.",
        "Officials accused Kyiv of the attack.",
        "The ministry blames Moscow for the strike.",
    ],
)
def test_a_blamed_government_is_no_place(text: str) -> None:
    assert not find_mentions(prepare(text, lang="en"), Gazetteer.open())


def test_villages_of_russia_without_names_are_abroad() -> None:
    (hit,) = find_mentions(prepare("Russian villages lost power.", lang="en"), Gazetteer.open())
    assert hit.candidates == ("RU",)


@pytest.mark.parametrize("part", ["brain", "hearing", "lung"])
def test_damage_to_somebody_is_no_damage(part: str) -> None:
    found = {topic for topic, _, _ in facts(f"A man in Lutsk was treated for {part} damage.")}
    assert "impact.damage" not in found


def test_injuries_incompatible_with_life_kill() -> None:
    text = "A man in Lutsk sustained injuries incompatible with life."
    found = {topic for topic, _, _ in facts(text)}
    assert "harm.killed" in found
    assert "harm.injured" not in found


@pytest.mark.parametrize("weapon", ["Shahed", "drone", "UAV"])
def test_a_drone_destroyed_over_a_region_was_shot_down(weapon: str) -> None:
    found = {topic for topic, _, _ in facts(f"A {weapon} destroyed over Kherson region at night.")}
    assert found == {"event.air_defence"}


def test_a_drone_that_destroyed_a_house_struck_it() -> None:
    found = {topic for topic, _, _ in facts("A drone destroyed a house in Lutsk.")}
    assert {"event.strike", "impact.damage"} <= found


def test_guns_in_an_enhanced_mode_are_no_service() -> None:
    text = "The air defence forces of Lutsk operate in an enhanced mode."
    assert not any(topic.startswith("service.") for topic, _, _ in facts(text))
