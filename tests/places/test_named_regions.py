"""Which oblast, district or community a word means that several share."""

import pytest

from vidomo.app.reader import read

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
