"""Which oblast, district or community a word means that several share."""

import pytest

from vidomo.app.reader import read
from vidomo.gazetteer import Gazetteer

KYIV = "UA80000000000093317"
SUMY_OBLAST, POLTAVA_OBLAST = "UA59000000000057109", "UA53000000000028050"
CHERNIVTSI_CITY, CHERNIVTSI_TOWN = "UA73060610000066784", "UA05080090000089922"
DNIPRO_RAION, KAMIANSKE_DISTRICT = "UA12020000000052809", "UA12040150010118924"


def places(text: str, topic: str, home: str | None = None) -> list[set[str | None]]:
    return [
        {place.code for place in claim.places}
        for claim in read(text, home=home)
        if claim.topic == topic
    ]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            (
                "На Сумщині пошкоджено школу.\n\nНагадаємо, удару зазнала і Полтавщина. "
                "В області пошкоджено дві ферми."
            ),
            "impact.damage",
        ),
        (
            (
                "На Сумщине повреждена школа.\n\nРанее под удар попала и Полтавская область. "
                "В области повреждены две фермы."
            ),
            "impact.damage",
        ),
    ],
)
def test_the_oblast_is_the_one_named_last(text: str, topic: str) -> None:
    assert places(text, topic) == [{SUMY_OBLAST}, {POLTAVA_OBLAST}]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Чернівецька міська громада: без води 400 будинків.", CHERNIVTSI_CITY),
        ("Чернівецька селищна громада: без води 40 будинків.", CHERNIVTSI_TOWN),
        ("В Черновицкой городской общине без воды 400 домов.", CHERNIVTSI_CITY),
        ("В Черновицкой поселковой общине без воды 40 домов.", CHERNIVTSI_TOWN),
    ],
)
def test_a_community_is_told_by_the_sort_of_its_seat(text: str, code: str) -> None:
    assert places(text, "impact.water.outage") == [{code}]


def test_a_community_of_a_shared_name_alone_stays_open() -> None:
    assert places("У Чернівецькій громаді без води 40 будинків.", "impact.water.outage") == [{None}]


@pytest.mark.parametrize(
    "text",
    [
        "У Дніпрі та Дніпровському районі скасовано аварійні відключення, у Кам'янському діють.",
        "В Днепре и Днепровском районе отменены аварийные отключения, в Каменском действуют.",
    ],
)
def test_beside_its_seat_a_raion_is_meant_and_no_district_of_another_city(text: str) -> None:
    (codes,) = places(text, "power.emergency_end", home="UA12000000000090473")
    assert DNIPRO_RAION in codes
    assert KAMIANSKE_DISTRICT not in codes


@pytest.mark.parametrize(
    "text",
    [
        "В школах Советского района Орла отменили занятия после удара беспилотников.",
        "Жителей Октябрьского района эвакуировали после удара беспилотников.",
    ],
)
def test_a_district_under_a_name_of_the_past_is_nowhere_that_can_be_told(text: str) -> None:
    for claim in read(text):
        assert all(place.code in {None, "RU"} for place in claim.places)


def test_a_district_under_a_name_of_the_past_is_told_by_its_city() -> None:
    found = places("У Харкові в Московському районі пошкоджено будинок.", "impact.damage")
    assert found
    assert None not in found[0]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Над Воронежской областью сбили 20 беспилотников. Обломки упали в Воронеже, ранена "
            "женщина. В двух районах области повреждены дома."
        ),
        (
            "Над Воронезькою областю збили 20 безпілотників. Уламки впали у Воронежі, поранено "
            "жінку. У двох районах області пошкоджено будинки."
        ),
    ],
)
def test_a_city_of_russia_is_told_by_its_oblast(text: str) -> None:
    claims = read(text)
    assert claims
    assert {place.code for claim in claims for place in claim.places} == {"RU"}


@pytest.mark.parametrize(
    "text",
    [
        "Взрыв на Дальнем Востоке: ранены двое.",
        "Взрыв в Сергиевом Посаде: ранены двое.",
        "Вибух у Сергієвому Посаді: поранено двох.",
        "Вибухи чули в Архангельську та Хімках, поранено двох.",
        "Explosions were heard in Kstovo, two people were injured.",
    ],
)
def test_towns_and_parts_of_russia_are_in_russia(text: str) -> None:
    codes = {place.code for claim in read(text) for place in claim.places}
    assert codes == {"RU"}


@pytest.mark.parametrize(
    "text",
    [
        "По Бурштынской общине нанесли удар ракетами.",
        "По Бурштинской общине нанесли удар ракетами.",
        "По Бурштинській громаді завдали удару ракетами.",
    ],
)
def test_a_community_is_known_with_either_vowel_of_its_russian_name(text: str) -> None:
    (codes,) = places(text, "event.strike")
    (code,) = codes
    assert code is not None
    assert Gazetteer.open().unit(code).name == "Бурштинська"


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        (
            "У Миколаєві чути вибухи. Обстріл ведуть з боку окупованого Херсона.",
            "UA65100150010041415",
        ),
        (
            "В Николаеве слышны взрывы. Обстрел идет со стороны оккупированного Херсона.",
            "UA65100150010041415",
        ),
    ],
)
def test_what_comes_from_the_side_of_an_occupied_town_is_not_in_it(text: str, origin: str) -> None:
    shelling = [one for one in read(text) if one.topic == "event.shelling"]
    assert shelling
    for claim in shelling:
        assert all(place.role.value == "origin" for place in claim.places if place.code == origin)


@pytest.mark.parametrize(
    "text",
    [
        "В селе Шевченково Николаевской области загорелся дом, погиб мальчик.",
        "На Миколаївщині, у селі Шевченкове загорівся будинок, загинув хлопчик.",
    ],
)
def test_an_oblast_beside_a_village_that_it_has_several_of_is_no_place_of_its_own(
    text: str,
) -> None:
    for claim in read(text):
        assert [place.code for place in claim.places] == [None]


@pytest.mark.parametrize(
    "text",
    ["Пожежу на ж/м Тополя локалізовано.", "Пожар на ж/м Победа локализовали."],
)
def test_a_housing_estate_is_no_village(text: str) -> None:
    dnipro = "UA12020010010037010"
    for claim in read(text, home=dnipro):
        assert {place.code for place in claim.places} <= {dnipro}


def test_a_preposition_of_its_own_begins_another_list() -> None:
    text = "The alert was cancelled in Poltava and in Myrhorod, Lubny raions."
    found = places(text, "alert.end", home="UA53080370010073240")
    assert found
    assert "UA53080370010073240" in found[0]
    assert "UA53080000000068029" not in found[0]


def test_one_preposition_leads_a_list_that_shares_its_type_word() -> None:
    (codes,) = places("Outages hit Dnipro, Kharkiv and Kherson regions.", "impact.power.outage")
    units = Gazetteer.open()
    assert {units.unit(code or "").level.value for code in codes} == {"oblast"}
