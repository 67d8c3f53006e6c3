"""Counts that are told place by place."""

import pytest

from claims.reading import count, read, surfaces
from vidomo.claims.model import Claim, Polarity


def _downed(text: str) -> list[Claim]:
    return [claim for claim in read(text).claims if claim.topic == "event.air_defence"]


def test_every_place_of_a_count_has_its_share() -> None:
    text = (
        "За ночь сбили 22 беспилотника: 10 — над Сумской областью, 7 — над Полтавской, "
        "по одному — над Изюмом и Лозовой."
    )
    found = _downed(text)
    assert [count(claim) for claim in found[1:]] == [
        (10, 10, "exact"),
        (7, 7, "exact"),
        (1, 1, "exact"),
    ]
    assert surfaces(found[-1]) == {"Изюмом", "Лозовой"}


def test_shares_go_on_in_a_sentence_of_their_own() -> None:
    text = "За ночь сбили 50 дронов. 43 — над Сумской областью, 7 — над Полтавской."
    assert [count(claim) for claim in _downed(text)] == [
        (50, 50, "exact"),
        (43, 43, "exact"),
        (7, 7, "exact"),
    ]


def test_two_equal_shares_are_two_claims() -> None:
    text = "Сбили 10 дронов: пять над Курской областью и пять над Брянской."
    assert [count(claim) for claim in _downed(text)][1:] == [(5, 5, "exact")] * 2


def test_a_share_over_the_sea_has_no_place_of_its_own() -> None:
    found = _downed("Над Одессой сбили восемь дронов и три – над акваторией моря.")
    assert [count(claim) for claim in found] == [(8, 8, "exact"), (3, 3, "exact")]
    assert not surfaces(found[1])


def test_a_count_of_something_else_is_no_share() -> None:
    assert len(_downed("Сбили 10 дронов. Два человека в Изюме ранены.")) == 1
    assert len(_downed("Сбили 10 дронов, 3 года в Изюме такого не было.")) == 1


def test_shares_are_told_in_english_and_ukrainian_too() -> None:
    assert len(_downed("Air defence downed 12 drones: ten over Sumy oblast, two over Izium.")) == 3
    assert len(_downed("Збито 12 дронів: десять над Сумщиною, два — над Ізюмом.")) == 3


def test_lines_that_name_the_place_first_are_shares() -> None:
    text = (
        "Над регионами сбито 44 беспилотника.\n\nСумская область — 20 БПЛА;\n"
        "Полтавская область — 3 БПЛА;\nЧерниговская область — 3 БПЛА."
    )
    found = _downed(text)
    assert [count(claim) for claim in found[1:]] == [
        (20, 20, "exact"),
        (3, 3, "exact"),
        (3, 3, "exact"),
    ]
    assert found[1].quote == "Сумская область — 20 БПЛА"


def test_the_shares_of_two_counts_are_told_apart() -> None:
    text = "Сбили 24 дрона: шесть БПЛА сбиты над Сумской областью, пять – над Полтавской."
    assert len(_downed(text)) == 3


def test_places_before_a_count_may_be_many() -> None:
    text = "Над Сумской областью сбили 20 дронов, над Полтавской и Киевской — по три."
    found = _downed(text)
    assert [count(claim) for claim in found] == [(20, 20, "exact"), (3, 3, "exact")]
    assert len(surfaces(found[1])) == 2


def test_a_count_that_is_dark_in_part_is_where_the_whole_is() -> None:
    text = (
        "Миколаїв, 27 листопада.\nЩодо ситуації\n"
        "В області знеструмлено 199 населених пунктів, 8 населених пунктів - частково."
    )
    found = [claim for claim in read(text).claims if claim.topic == "impact.power.outage"]
    assert [count(claim) for claim in found] == [(199, 199, "exact"), (8, 8, "exact")]
    assert [surfaces(claim) for claim in found] == [{"області"}] * 2


def test_what_was_downed_of_what_flew_has_its_own_count() -> None:
    text = "10х ударних БпЛА по Сумах (9х збито). 4х ракети С-300 по Ізюму (0х збито)."
    some, none = _downed(text)
    assert count(some) == (9, 9, "exact")
    assert count(none) == (0, 0, "none")
    assert none.polarity is Polarity.NEGATED
    assert [claim.number.unit for claim in (some, none) if claim.number] == ["uavs", "missiles"]


@pytest.mark.parametrize(
    ("text", "topic", "figures"),
    [
        (
            "Пошкоджено 12 будинків: 5 у Харкові, 4 в Чугуєві, 3 в Ізюмі.",
            "impact.damage",
            [12, 5, 4, 3],
        ),
        (
            "Damaged are 9 houses: five in Kharkiv, four in Izium.",
            "impact.damage",
            [9, 5, 4],
        ),
        (
            "Обесточено 65 сел: Киевская область – 45, Одесская – 14 и Черкасская – 6.",
            "impact.power.outage",
            [65, 45, 14, 6],
        ),
        (
            "Без світла 65 сіл: у Київській області 45, в Одеській 14, на Черкащині 6.",
            "impact.power.outage",
            [65, 45, 14, 6],
        ),
        ("Without power: Sumy district 12 villages, Shostka district 5.", "impact.power.outage", [12, 5]),
        ("Знеструмлено: Шосткинський район – 12 сіл, Сумський – 5.", "impact.power.outage", [12, 5]),
        ("Евакуйовано 40 людей: 25 із Куп'янська та 15 з Ізюма.", "response.evacuation", [40, 25, 15]),
        ("Світло повернули 40 селам: 25 на Сумщині, 15 на Полтавщині.", "impact.power.restored", [40, 25, 15]),
    ],
)  # fmt: skip
def test_shares_by_place_are_told_of_whatever_is_counted(
    text: str, topic: str, figures: list[int]
) -> None:
    told = [claim.number for claim in read(text).claims if claim.topic == topic]
    assert sorted((number.min for number in told if number), reverse=True) == figures


def _many(claim: Claim) -> float:
    return -(claim.number.min or 0) if claim.number else 0.0


def _hurt(text: str) -> list[tuple[tuple[float | None, float | None, str] | None, set[str]]]:
    return [
        (count(claim), surfaces(claim))
        for claim in sorted(read(text).claims, key=_many)
        if claim.topic.startswith("harm.")
    ]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "За добу на Харківщині поранено 6 людей: 3 у Чугуєві, 2 у Лозовій, 1 в Ізюмі.",
            ({"Чугуєві"}, {"Лозовій"}, {"Ізюмі"}),
        ),
        (
            "За сутки ранены 6 человек: трое в Чугуеве, двое в Лозовой, один - в Изюме.",
            ({"Чугуеве"}, {"Лозовой"}, {"Изюме"}),
        ),
        (
            "Russians wounded 6 residents of the region: 3 in Chuhuiv, 2 in Lozova, 1 in Izium.",
            ({"Chuhuiv"}, {"Lozova"}, {"Izium"}),
        ),
    ],
)
def test_people_hurt_are_told_place_by_place(text: str, places: tuple[set[str], ...]) -> None:
    found = _hurt(text)
    assert [number for number, _ in found] == [(n, n, "exact") for n in (6, 3, 2, 1)]
    assert tuple(named for _, named in found[1:]) == places


@pytest.mark.parametrize(
    "text",
    [
        "У Харкові поранено трьох людей, в Ізюмі двох.",
        "В Харькове ранены трое, в Изюме - двое.",
        "In Kharkiv three people were injured, in Izium two.",
    ],
)
def test_a_second_place_has_a_count_of_its_own(text: str) -> None:
    assert [number for number, _ in _hurt(text)] == [(n, n, "exact") for n in (3, 2)]
    assert not _hurt(text)[0][1] & _hurt(text)[1][1]


@pytest.mark.parametrize(
    "text",
    [
        "Найбільше постраждало дітей у Донецькій області - 455, Харківській - 275.",
        "Больше всего пострадало детей в Донецкой области - 455, Харьковской - 275.",
    ],
)
def test_a_list_without_a_total_has_a_count_for_each_place(text: str) -> None:
    found = _hurt(text)
    assert [number for number, _ in found] == [(n, n, "exact") for n in (455, 275)]
    assert not found[0][1] & found[1][1]
    assert {claim.number.unit for claim in read(text).claims if claim.number} == {"children"}


def test_a_year_or_an_address_after_a_place_is_no_share() -> None:
    assert _hurt("У Харкові поранено трьох людей, в Ізюмі обстріляно школу - 5.")[0][0] == (
        3,
        3,
        "exact",
    )
    assert len(_hurt("Постраждали мешканці Харкова - 2024 рік, Ізюма - 2023 рік.")) <= 1
