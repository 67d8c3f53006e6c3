"""How long English sentences of agencies tell of attacks: who says it, how many, what was launched."""

import pytest

from claims.reading import facts, only, read
from vidomo.claims.model import Role


def places(text: str, topic: str) -> set[str]:
    return {place.surface for place in only(text, topic).places}


@pytest.mark.parametrize(
    "text",
    [
        "Two people were hurt in Lubny, said a spokesman for the emergency service in the Poltava region.",
        "Two people were hurt in Lubny, the governor of Poltava Oblast in Ukraine said.",
        "Two people were hurt in Lubny, the head of the central Ukrainian region of Poltava said.",
        "Two people were hurt in Lubny, said the chief of the police department in the Poltava region.",
    ],
)
def test_who_speaks_for_a_region_is_no_place(text: str) -> None:
    assert places(text, "harm.injured") == {"Lubny"}


def test_a_service_at_work_is_where_it_works() -> None:
    text = "The emergency service in the Poltava region is fighting a fire."
    assert places(text, "impact.fire") == {"Poltava region"}


@pytest.mark.parametrize(
    "text",
    [
        "A fire broke out in the southern Ukrainian region of Odesa.",
        "A fire broke out in the Black Sea region of Odesa.",
    ],
)
def test_a_region_is_described_before_its_name(text: str) -> None:
    (place,) = only(text, "impact.fire").places
    assert place.candidates == ("UA51000000000030770",)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The military said it shot down 21 of 22 drones launched overnight.", 21),
        ("They had destroyed 15 of the unmanned aerial vehicles.", 15),
        ("Air defence shot down 16 of 17 drones.", 16),
    ],
)
def test_those_downed_are_a_part(text: str, number: int) -> None:
    found = only(text, "event.air_defence").number
    assert found is not None
    assert (found.min, found.unit) == (number, "uavs")


def test_a_headline_counts_killed_and_injured() -> None:
    text = "Attacks on Lubny kill at least 6 and injure over a dozen"
    killed, injured = only(text, "harm.killed").number, only(text, "harm.injured").number
    assert killed is not None
    assert injured is not None
    assert ((killed.min, killed.mode), (injured.min, injured.mode)) == (
        (6, "at_least"),
        (12, "at_least"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "A civilian enterprise in Lubny was hit, there are injured.",
        "Local officials in Lubny spoke of rescuers helping the wounded.",
    ],
)
def test_what_is_civilian_or_local_is_nobody(text: str) -> None:
    assert only(text, "harm.injured").number is None


@pytest.mark.parametrize(
    "text",
    [
        "Six missiles were launched from the Black Sea at Odesa.",
        "Russia launched a swarm of attack drones overnight at Odesa.",
        "Overnight a wave of drones was launched against Odesa.",
    ],
)
def test_what_was_launched_at_a_city_has_struck_it(text: str) -> None:
    assert ("event.strike", "report", "affirmed") in facts(text)


def test_what_flies_to_a_city_is_still_a_danger() -> None:
    assert "event.strike" not in {topic for topic, *_ in facts("Missiles are flying to Odesa.")}


def test_missiles_that_were_destroyed_damaged_nothing() -> None:
    found = {topic for topic, *_ in facts("All the missiles were destroyed over Odesa.")}
    assert found == {"event.air_defence"}


def test_what_is_to_be_told_later_is_not_known() -> None:
    text = "Details on the damage and casualties in Lubny are expected to be released later."
    assert facts(text) == {
        ("impact.damage", "unknown", "affirmed"),
        ("harm.casualties", "unknown", "affirmed"),
    }


def test_the_day_before_is_of_the_news_where_the_news_are_of_it() -> None:
    text = (
        "Rescuers worked on Sunday at a house in Lubny that was struck a day earlier."
        " Russia fired 30 missiles on Saturday."
    )
    kinds = {claim.kind.value for claim in read(text).claims if claim.topic == "event.strike"}
    assert kinds == {"report"}


def test_a_pipe_of_water_brings_nobody_water() -> None:
    text = "In Lubny a power line and a water pipe were damaged."
    assert {topic for topic, *_ in facts(text)} == {"impact.damage"}


ODESA = "A drone hit a house in Odesa and two people were hurt.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        ODESA + "Ukraine's air force said it downed 21 of 22 drones launched overnight.",
        ODESA
        + "Russia launched 93 drones, the Ukrainian military said. It said 30 were shot down.",
    ],
)
def test_what_the_air_force_counts_is_of_the_country(text: str) -> None:
    found = [claim for claim in read(text).claims if claim.topic == "event.air_defence"]
    assert [place.candidates for claim in found for place in claim.places] == [("UA",)]


@pytest.mark.parametrize(
    "text",
    [
        ODESA + "The air force said it downed 21 drones over Mykolaiv.",
        ODESA + "The air force downed two drones.",
        "Some 25 drones attacked Odesa. The air force downed 22 drones.",
        "Drones attacked Bryansk.\n\nThe Russian ministry said 87 drones were downed.",
    ],
)
def test_what_was_downed_somewhere_is_not_of_the_country(text: str) -> None:
    found = [claim for claim in read(text).claims if claim.topic == "event.air_defence"]
    assert found
    assert all(place.candidates != ("UA",) for claim in found for place in claim.places)


@pytest.mark.parametrize("doubt", ["likely trapped", "may have trapped", "could have trapped"])
def test_a_doubt_after_and_is_of_what_follows(doubt: str) -> None:
    text = f"A strike on Lubny killed one person and {doubt} others under the rubble."
    assert only(text, "harm.killed").kind.value == "report"
    assert only(text, "harm.missing").kind.value == "assessment"


def test_where_an_agency_writes_from_is_no_place_of_its_story() -> None:
    text = (
        "Kyiv: Russian troops hit port infrastructure in Ukraine's Odesa region overnight, the"
        " military said, damaging a grain elevator and causing a fire at facilities that handle"
        " much of the grain of the country. Firemen worked at the port until noon, the regional"
        " governor said. The owner of the elevator told reporters that nobody was at work there"
        " at the time, and that the damage would be known only when the debris had been cleared."
    )
    assert places(text, "impact.fire") == {"Odesa region"}


def test_both_sides_are_no_place() -> None:
    text = "The attacks came as both Russia and Ukraine are under pressure to agree."
    assert not only(text, "event.strike").places


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "A house was hit in the village of Ocheretyne, northwest of the captured Avdiivka.",
            "Ocheretyne",
        ),
        ("A house was hit in a suburb of Kherson - the village of Antonivka.", "Antonivka"),
        ("A house was hit in Kherson, the capital of the embattled Kherson region.", "Kherson"),
    ],
)
def test_what_only_says_where_a_place_lies_is_no_place(text: str, place: str) -> None:
    assert places(text, "event.strike") == {place}


def test_a_country_after_a_body_is_of_the_body() -> None:
    text = (
        "The mayor of Lviv, a city in western Ukraine, said the city's air defence was repelling"
        " drones."
    )
    (place,) = only(text, "event.air_defence").places
    assert place.surface == "city's"


def test_what_was_launched_from_an_occupied_region_comes_from_it() -> None:
    (place,) = only(
        "Russian forces launched four S-300 missiles from the occupied Donetsk region.",
        "event.strike",
    ).places
    assert place.role is Role.ORIGIN


def test_each_of_two_statements_has_the_place_after_it() -> None:
    text = "In Donetsk Oblast, one person was killed in Rodynske and five more injured across the region."
    assert places(text, "harm.killed") == {"Rodynske"}
    assert places(text, "harm.injured") == {"region"}


def test_revenge_for_attacks_on_russian_land_turns_to_no_place() -> None:
    text = (
        "A million people are without power across Ukraine.\n\n"
        "Moscow spoke of revenge for attacks on Russian territory.\n\nFive people were killed."
    )
    assert {place.candidates for place in only(text, "harm.killed").places} == {("UA",)}


def test_a_part_is_where_it_is_named() -> None:
    text = "Poltava Oblast recorded 20 injuries, including four children in the city of Lubny."
    found = {
        (claim.number.min, place.surface)
        for claim in read(text).claims
        if claim.topic == "harm.injured" and claim.number is not None
        for place in claim.places
    }
    assert (20, "Poltava Oblast") in found
    assert (20, "Lubny") not in found


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The heating in Lubny is not working.", "impact.heat.outage"),
        (
            "Parts of Lubny were without power and public transport was still not operational.",
            "service.transport.disrupted",
        ),
        ("The city is without power and the water supply is not working.", "impact.water.outage"),
    ],
)
def test_what_does_not_work_is_out(text: str, topic: str) -> None:
    assert only(text, topic).polarity.value == "affirmed"


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (
            "Six homes in Lubny were destroyed, and more than 20 were damaged.",
            [(6, "houses"), (20, "houses")],
        ),
        (
            "Seven buildings in Lubny were destroyed and 35 others damaged.",
            [(7, "buildings"), (35, "buildings")],
        ),
        ("Four more houses were damaged in Lubny.", [(4, "houses")]),
    ],
)
def test_things_counted_twice_are_the_same_things(text: str, counts: list[tuple[int, str]]) -> None:
    found = [
        (claim.number.min, claim.number.unit)
        for claim in read(text).claims
        if claim.topic == "impact.damage" and claim.number is not None
    ]
    assert found == counts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A minibus with passengers was hit in Lubny. Five of them were injured.", 5),
        ("Injury toll in strike on Lubny rises to 10", 10),
        ("The strike on Lubny killed one person and injured another.", 1),
    ],
)
def test_the_hurt_are_counted(text: str, number: int) -> None:
    found = only(text, "harm.injured").number
    assert found is not None
    assert found.min == number


@pytest.mark.parametrize(
    "text",
    [
        "Rescuers recovered the body of a man from under the rubble in Lubny.",
        "The body of a woman was pulled from the ruins in Lubny.",
    ],
)
def test_a_body_that_was_found_is_not_missing(text: str) -> None:
    assert {topic for topic, *_ in facts(text)} == {"harm.killed"}


@pytest.mark.parametrize(
    "text",
    [
        "The plant in Lubny is on the verge of a blackout.",
        "Rescuers in Lubny prevented the flames from spreading to two houses.",
    ],
)
def test_what_has_not_happened_is_not_told_as_happened(text: str) -> None:
    assert not facts(text)


def test_a_warning_of_attacks_is_a_danger() -> None:
    found = facts("The air force issued warnings of drone attacks on Lubny.")
    assert {topic.split(".")[0] for topic, *_ in found} == {"threat"}


def test_an_attack_that_another_follows_is_past() -> None:
    text = "The barrage follows a strike on Lubny, which left 17 people injured."
    assert {kind for topic, kind, _ in facts(text) if topic == "harm.injured"} == {"background"}


def test_since_an_anniversary_makes_nothing_past() -> None:
    text = (
        "Missiles hit Lubny in the first such attack since the first anniversary of the invasion."
    )
    assert only(text, "event.strike").kind.value == "report"


def test_what_is_made_clear_of_his_own_message_is_not_unknown() -> None:
    text = "A house in Lubny was hit, the mayor said, clarifying his first message about the hit."
    assert {kind for topic, kind, _ in facts(text) if topic == "event.strike"} == {"report"}


@pytest.mark.parametrize(
    "text",
    [
        "A fire broke out in Solomyanskyi district of Kyiv.",
        "A fire broke out in Kyiv's Solomyanskiy district.",
        "A fire broke out in the Desnyanskyi district of Kyiv.",
    ],
)
def test_districts_are_spelled_in_many_ways(text: str) -> None:
    (place,) = only(text, "impact.fire").places
    assert place.level == "city_district" or len(place.candidates) == 1


def test_an_unknown_district_of_a_city_is_no_village() -> None:
    text = "A house was hit in the Soniachnyi district of Ternopil."
    assert places(text, "event.strike") == {"Ternopil"}


@pytest.mark.parametrize(
    "text",
    [
        "More than 200 rescuers from nine regions of Ukraine are at work in Lubny. Two died.",
        "Rescuers from 9 regions are at work in Lubny. Two died.",
    ],
)
def test_where_rescuers_are_from_is_no_place(text: str) -> None:
    assert places(text, "harm.killed") == {"Lubny"}


def test_the_dead_and_the_missing_are_two_counts() -> None:
    text = "The search in Lubny ends with 33 confirmed dead and 6 missing"
    killed, missing = only(text, "harm.killed").number, only(text, "harm.missing").number
    assert killed is not None
    assert missing is not None
    assert (killed.min, missing.min) == (33, 6)


def test_those_injured_beside_children_killed_are_people() -> None:
    text = "In Lubny 28 dead are known, including 3 children, and 94 injured."
    found = only(text, "harm.injured").number
    assert found is not None
    assert (found.min, found.unit) == (94, "persons")


def test_a_next_sentence_tells_of_whom_children_were() -> None:
    text = "In Lubny 28 people died. Three of them were children."
    found = {(c.number.min, c.number.unit) for c in read(text).claims if c.number is not None}
    assert found == {(28, "persons"), (3, "children")}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The emergency service rescued 46 people in Lubny.", "harm.rescued"),
        ("In Lubny 22 people are still being searched for.", "harm.missing"),
        ("At least six people in Lubny are still unreachable.", "harm.missing"),
        ("Boiler houses in Lubny were shut down.", "impact.heat.outage"),
        ("Pumping stations in Lubny were shut down.", "impact.water.outage"),
        ("There were drone explosions in the southern city of Odesa.", "event.explosion"),
    ],
)
def test_each_is_told_of_in_its_own_words(text: str, topic: str) -> None:
    assert {found for found, *_ in facts(text)} == {topic}


def test_those_who_were_found_are_not_missing() -> None:
    assert not facts("Six people who were reported missing in Lubny have been contacted.")


def test_how_bad_some_are_is_no_count_of_its_own() -> None:
    text = "In Lubny 31 people were injured, ten of them in serious condition."
    found = only(text, "harm.injured").number
    assert found is not None
    assert found.min == 31


def test_a_denial_in_an_aside_is_of_the_aside() -> None:
    text = "Officials, who deny any part in it, said the attack on Lubny was repelled."
    assert facts(text) == {("event.air_defence", "report", "affirmed")}


def test_a_list_after_a_strike_is_of_what_was_damaged() -> None:
    text = "As a result of the attack on Lubny, 12 apartment buildings, a church, and cars were damaged."
    damage, strike = only(text, "impact.damage").number, only(text, "event.strike").number
    assert damage is not None
    assert (damage.min, strike) == (12, None)


def test_a_monument_of_a_war_makes_nothing_past() -> None:
    text = "Three people died in Lubny. A tent stands near the World War II monument."
    assert only(text, "harm.killed").kind.value == "report"


@pytest.mark.parametrize(
    "text",
    [
        "A drone hit Lubny. Ukraine's Emergency Service said that 10 people were wounded.",
        "A drone hit Lubny. The President of Ukraine said that 10 people were wounded.",
        "A drone hit Lubny. Kyiv reported that 10 people were wounded.",
    ],
)
def test_who_speaks_for_a_country_is_no_place(text: str) -> None:
    assert places(text, "harm.injured") == {"Lubny"}


@pytest.mark.parametrize(
    ("text", "topic", "kind"),
    [
        ("Explosions could be heard in Lubny.", "event.explosion", "report"),
        ("A shop and a funeral home were hit in Lubny.", "event.strike", "report"),
        (
            "One man was killed in a drone attack in the southern city of Odesa.",
            "event.strike",
            "report",
        ),
    ],
)
def test_what_happened_is_told_as_it_was(text: str, topic: str, kind: str) -> None:
    assert only(text, topic).kind.value == kind


@pytest.mark.parametrize(
    "text",
    [
        "Ten were wounded in Lubny, but the statement did not mention any deaths.",
        "Ten were wounded in Lubny. They try to kill as many civilians as possible.",
    ],
)
def test_what_is_not_mentioned_is_not_told(text: str) -> None:
    assert {topic for topic, *_ in facts(text)} == {"harm.injured"}


def test_the_attacker_that_starts_a_raid_is_no_place() -> None:
    assert places("Russia starts a new massive air raid on Ukraine.", "event.strike") == {"Ukraine"}


def test_a_figure_that_was_not_given_is_unknown() -> None:
    text = "A train was hit in Lubny. No figure was given for the number of casualties."
    assert ("harm.casualties", "unknown", "affirmed") in facts(text)


def test_what_goes_on_beside_an_attack_makes_it_no_history() -> None:
    text = "Drones struck a station in Lubny, killing one man, as Moscow intensified attacks on railways."
    assert only(text, "harm.killed").kind.value == "report"
