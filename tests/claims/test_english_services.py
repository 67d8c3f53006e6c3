"""How English reports word outages, schedules, transport and numbers of people."""

import pytest

from claims.reading import count, facts, only, read, surfaces
from vidomo.app.reader import read as resolved


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("There are power and water outages in Lutsk.", {"power", "water"}),
        ("The strike caused power and heating outages in Lutsk.", {"power", "heat"}),
        ("Massive water and heat supply disruptions in Lutsk.", {"water", "heat"}),
        ("Power, water and heating interruptions hit Lutsk.", {"power", "water", "heat"}),
        ("The situation with heat and water in Lutsk remains difficult.", {"heat", "water"}),
    ],
)
def test_supplies_that_share_one_word_for_their_failure_are_each_told(
    text: str, topics: set[str]
) -> None:
    found = {topic for topic, kind, _ in facts(text) if kind == "report"}
    assert {f"impact.{topic}.outage" for topic in topics} <= found


@pytest.mark.parametrize(
    "text",
    [
        "Water supply was partially restored with reduced pressure in Lutsk.",
        "The water is back, and there were no heating outages in Lutsk.",
    ],
)
def test_water_that_is_back_is_not_out(text: str) -> None:
    assert not [one for one in facts(text) if one == ("impact.water.outage", "report", "affirmed")]


@pytest.mark.parametrize(
    "text",
    [
        "Emergency power outage schedules (EPOS) have been applied in Sumy region.",
        "Emergency shutdown schedules are in effect in Sumy region.",
    ],
)
def test_a_schedule_of_emergency_outages_is_no_hourly_one(text: str) -> None:
    assert {topic for topic, _, _ in facts(text)} == {"power.emergency_shutdown"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hourly outage schedules are used in Lutsk.", "report"),
        ("Hourly shutdown schedules continue to be in effect in Lutsk.", "report"),
        ("Hourly shutdown schedules will be in effect in Lutsk tomorrow.", "plan"),
    ],
)
def test_a_schedule_that_is_used_is_in_force(text: str, kind: str) -> None:
    assert only(text, "power.schedule").kind == kind


def test_an_outage_after_an_earlier_attack_is_of_now() -> None:
    text = "Due to previous shelling, emergency outages have been introduced in Lutsk."
    assert ("power.emergency_shutdown", "report", "affirmed") in facts(text)


def test_units_that_are_excepted_leave_the_whole_country() -> None:
    text = "Emergency outages apply in all regions, except for Donetsk and parts of Lviv regions."
    assert surfaces(only(text, "power.emergency_shutdown")) == {"in all regions"}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Trains in eastern regions are changing routes.", "service.transport.adapted"),
        ("Two services are being diverted.", "service.transport.adapted"),
        ("Trains are running with delays.", "service.transport.disrupted"),
        ("The railway reported delays on the Kovel line.", "service.transport.disrupted"),
        ("We have managed to launch the green metro line.", "service.transport.restored"),
        ("The council announced the resumption of tram traffic.", "service.transport.restored"),
        ("Buses were sent out and partly replaced the trams.", "service.transport.adapted"),
        ("Access to education in Lutsk has been disrupted.", "service.education.disrupted"),
        ("Access to health care in Lutsk was limited.", "service.health.disrupted"),
        ("Repair of the bridge in Lutsk has begun.", "response.repair"),
    ],
)
def test_services_in_newsroom_words(text: str, topic: str) -> None:
    assert topic in {found for found, _, _ in facts(text)}


@pytest.mark.parametrize(
    "text",
    [
        "The company launched a new line of trams at the fair.",
        "DTEK asked citizens to help the engineers.",
    ],
)
def test_words_that_tell_no_event(text: str) -> None:
    assert {topic for topic, _, _ in facts(text)} == set()


@pytest.mark.parametrize(
    ("text", "topic", "number"),
    [
        ("The attack caused more civilian deaths in Lutsk.", "harm.killed", None),
        ("Dozens were killed or injured in Lutsk.", "harm.casualties", (None, None, "several")),
        (
            "In Lutsk 9 people (3 women, 4 men and 2 girls) were killed and 31 injured.",
            "harm.injured",
            (31, 31, "exact"),
        ),
    ],
)
def test_people_are_counted_where_they_are_counted(
    text: str, topic: str, number: tuple[float, float, str] | None
) -> None:
    claim = only(text, topic)
    assert count(claim) == number
    assert claim.number is None or claim.number.unit == "persons"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A drone hit the Kyiv district of Odesa.", "UA51100270010196805"),
        ("A drone hit Kyiv's Dnipro district.", "UA80000000000479391"),
        ("A drone hit the Dnipro district.", "UA12020000000052809"),
        ("A drone hit the Kharkiv district of Kharkiv region.", "UA63120000000091135"),
    ],
)
def test_the_short_name_of_a_city_district_is_that_of_its_city(text: str, code: str) -> None:
    assert code in {one for mention in read(text).mentions for one in mention.candidates}


def test_a_government_is_not_where_things_happen() -> None:
    text = "According to the Kyiv government, two people were hurt in Lutsk."
    assert surfaces(only(text, "harm.injured")) == {"Lutsk"}


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        (
            "People in Lutsk face a lack of water, electricity and heating.",
            {"water", "power", "heat"},
        ),
        ("The strike cut off electricity and water in Lutsk.", {"power", "water"}),
        ("Strikes left 700 people in Lutsk without water and gas.", {"water", "gas"}),
    ],
)
def test_a_list_of_supplies_that_fail_is_read_to_its_end(text: str, topics: set[str]) -> None:
    assert {f"impact.{topic}.outage" for topic in topics} <= {topic for topic, _, _ in facts(text)}


def test_supplies_that_fail_in_one_breath_share_their_count() -> None:
    claims = read("In Lutsk 9,000 people are without gas and heating.").claims
    assert [count(claim) for claim in claims] == [(9000, 9000, "exact")] * 2


def test_a_quarter_of_a_million_is_a_count() -> None:
    claim = only("A quarter of a million people in Lutsk have no water.", "impact.water.outage")
    assert count(claim) == (250_000, 250_000, "exact")


@pytest.mark.parametrize(
    "text",
    [
        "Groups of attack drones have been detected moving towards Lutsk.",
        "The Air Force reported the movement of strike UAVs over Lutsk.",
        "Strike drone in the north of Sumy region.",
        "They detected the advance of attack UAVs in the airspace over Lutsk.",
    ],
)
def test_drones_named_for_attacks_have_not_attacked(text: str) -> None:
    assert {topic for topic, _, _ in facts(text)} == {"threat.uav"}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Air defence is responding to drones in Lutsk.", "event.air_defence"),
        ("Air defense units are conducting anti-aircraft battles in Lutsk.", "event.air_defence"),
        ("Air-raid warnings have been issued in Lutsk.", "alert.start"),
        ("Crews rushed to put out the flames at the depot in Lutsk.", "response.rescue"),
        ("Emergency services extinguished the fire in Lutsk.", "impact.fire.out"),
        ("The frost caused an emergency power outage in Lutsk.", "impact.power.outage"),
    ],
)
def test_defence_alerts_and_fires_in_newsroom_words(text: str, topic: str) -> None:
    assert {found for found, _, _ in facts(text) if found != "impact.fire"} == {topic}


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The Russian Federation attacked Ukraine with drones.", {"Ukraine"}),
        ("The Russian Federation shelled Lutsk.", {"Lutsk"}),
        ("Drones in the north of Sumy region attacked a bus.", {"Sumy region"}),
        ("The Donetsk People's Republic was shelled.", {"Donetsk People's Republic"}),
        ("Shelling hit Selydovo.", {"Selydovo"}),
        ("Drones attacked a number of regions.", {"a number of regions"}),
    ],
)
def test_where_things_happen_in_newsroom_words(text: str, surface: set[str]) -> None:
    assert {place.surface for claim in read(text).claims for place in claim.places} == surface


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Lutsk may avoid power cuts on Monday.", ("power.schedule", "plan", "negated")),
        (
            "This allows us not to introduce outages in Lutsk.",
            ("power.schedule", "plan", "negated"),
        ),
        ("Stabilizing outages continue in Lutsk.", ("power.schedule", "report", "affirmed")),
        (
            "Two groups of customers in Lutsk will have electricity all day.",
            ("power.schedule", "plan", "affirmed"),
        ),
        (
            "Volyn region moved from emergency to hourly outages.",
            ("power.emergency_end", "report", "affirmed"),
        ),
        (
            "Volyn region expects to move from emergency to hourly outages.",
            ("power.emergency_end", "forecast", "affirmed"),
        ),
        (
            "Волинь завтра перейде від аварійних відключень до погодинних.",
            ("power.emergency_end", "forecast", "affirmed"),
        ),
    ],
)
def test_schedules_that_are_spared_and_orders_that_end(
    text: str, claim: tuple[str, str, str]
) -> None:
    assert claim in facts(text)
    assert not [one for one in facts(text) if one[0].startswith("impact.power")]


@pytest.mark.parametrize(
    "text",
    [
        "Do not switch on the oven in Lutsk after electricity returns.",
        "Once the water comes back, let it run, the utility of Lutsk says.",
        "Residents should boil water when heating returns in Lutsk.",
    ],
)
def test_what_to_do_when_a_supply_returns_is_no_return(text: str) -> None:
    assert not [one for one in facts(text) if one[0].endswith(".restored") and one[1] == "report"]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Schools in Lutsk are operating under emergency conditions.",
            ("service.education.adapted", "report", "affirmed"),
        ),
        (
            "Schools in Lutsk to switch to hybrid format tomorrow.",
            ("service.education.adapted", "plan", "affirmed"),
        ),
        (
            "There are interruptions in the movement of trams in Lutsk.",
            ("service.transport.disrupted", "report", "affirmed"),
        ),
        (
            "Social buses will be launched in Lutsk.",
            ("service.transport.adapted", "plan", "affirmed"),
        ),
        (
            "Russia has blocked access to the internet in Melitopol.",
            ("impact.comms.outage", "report", "affirmed"),
        ),
        (
            "Ten villages on the right bank remain without electricity.",
            ("impact.power.outage", "report", "affirmed"),
        ),
    ],
)
def test_schools_buses_and_networks_in_newsroom_words(
    text: str, claim: tuple[str, str, str]
) -> None:
    assert facts(text) == {claim}


def test_schools_that_stay_open_are_not_reopened() -> None:
    assert not facts("Most schools in Lutsk will remain open.")


def test_a_village_is_known_in_a_spelling_with_one_letter_more() -> None:
    claim = only("A strike hit the village of Obrazhiyivka.", "event.strike")
    assert surfaces(claim) == {"Obrazhiyivka"}


@pytest.mark.parametrize(
    "text",
    [
        "Three drones flying to Moscow were destroyed.",
        "A drone flying towards Lutsk has been shot down.",
        "The systems were able to destroy four drones heading for Lutsk.",
        "Три дрони, що летіли на Луцьк, збито.",
    ],
)
def test_what_was_shot_down_on_its_way_is_no_danger(text: str) -> None:
    assert {topic for topic, _, _ in facts(text)} == {"event.air_defence"}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Temporary restrictions on the arrival and departure of aircraft were introduced.",
            ("service.transport.disrupted", "report", "affirmed"),
        ),
        (
            "The railway is making adjustments to train schedules in Lutsk.",
            ("service.transport.adapted", "plan", "affirmed"),
        ),
        (
            "A UAV fragment had fallen on a kindergarten in Lutsk.",
            ("event.air_defence", "report", "affirmed"),
        ),
        (
            "Heat supply to the building in Lutsk is being restored.",
            ("response.repair", "report", "affirmed"),
        ),
    ],
)
def test_aircraft_timetables_fragments_and_work(text: str, claim: tuple[str, str, str]) -> None:
    assert facts(text) == {claim}


def test_minor_injuries_make_no_child() -> None:
    assert count(only("She has minor injuries, a hospital in Lutsk said.", "harm.injured")) is None


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("A blast in moscow.", {"moscow"}),
        ("Two died in Chasiv Yar, a small town in the Donetsk Oblast.", {"Chasiv Yar"}),
    ],
)
def test_where_english_says_what_a_place_is(text: str, surface: set[str]) -> None:
    assert {place.surface for claim in read(text).claims for place in claim.places} == surface


def test_a_village_in_a_community_spelled_otherwise_is_one_place() -> None:
    text = "A blast in Pervomaiske, a village in the Pervomaisk community of Mykolaiv region."
    (claim,) = resolved(text, lang="en")
    assert [place.code for place in claim.places] == ["UA48060270010054876"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It wounded a 57-year-old woman, a 45-year-old man, and a 44-year-old man in Lutsk.", 3),
        ("A man was wounded and hospitalized in Lutsk.", 1),
    ],
)
def test_people_of_a_list_and_one_in_hospital_are_counted_once(text: str, number: int) -> None:
    assert count(only(text, "harm.injured")) == (number, number, "exact")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "The introduction of outage schedules in Lutsk is not foreseen.",
            ("power.schedule", "plan", "negated"),
        ),
        (
            "The town of Lutsk has neither electricity nor cold water.",
            ("impact.power.outage", "report", "affirmed"),
        ),
        (
            "Gas supply in the villages of Stara Lishnia and Nova Lishnia has been restored.",
            ("impact.gas.restored", "report", "affirmed"),
        ),
    ],
)
def test_schedules_not_foreseen_and_supplies_of_long_names(
    text: str, claim: tuple[str, str, str]
) -> None:
    assert claim in facts(text)
