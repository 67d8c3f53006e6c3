"""What only points back at an event is no event of its own."""

import pytest

from vidomo.app.reader import read


def places(text: str, topic: str = "event.strike") -> list[list[str]]:
    return [[place.name for place in one.places] for one in read(text) if one.topic == topic]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            "Ворог ударив дроном по Ізюму. Через атаку поранено двох людей.",
            "event.strike",
        ),
        (
            "Росіяни обстріляли Куп'янський район. Унаслідок ворожого обстрілу ніхто не загинув.",
            "event.shelling",
        ),
        (
            "У Сумах стався вибух. Під час вибуху в квартирі перебувала родина.",
            "event.explosion",
        ),
        ("Дрон ударил по Изюму. В результате атаки ранены двое.", "event.strike"),
        ("В Сумах взорвался газ. От взрыва пострадала женщина.", "event.explosion"),
        (
            "Обстреляна Купянская громада. Ликвидация последствий обстрела продолжается.",
            "event.shelling",
        ),
        ("A drone hit Izium at dawn. Two people were hurt in the attack.", "event.strike"),
        ("A house in Sumy caught fire. A woman was injured in the blaze.", "impact.fire"),
        ("An explosion hit Odesa. One man was wounded by the blast.", "event.explosion"),
    ],
)
def test_an_event_is_told_once_however_often_it_is_pointed_back_at(text: str, topic: str) -> None:
    assert len(places(text, topic)) == 1


def test_a_preliminary_consequence_makes_no_second_event() -> None:
    text = "Россияне ударили по Запорожью. Предварительно, в результате атаки погиб человек."
    assert places(text) == [["Запоріжжя"]]


@pytest.mark.parametrize(
    "text",
    [
        "Ворог ударив по Ізюму. Через атаку на Суми поранено двох людей.",
        "Удар пришёлся по Изюму. При ударе по Сумам ранены двое.",
        "A drone hit Izium at dawn. Two people were hurt in an attack on Sumy.",
        "Ворог ударив по Ізюму. Внаслідок удару о 5 травня 2023 року тут загинули троє.",
    ],
)
def test_an_event_elsewhere_or_of_another_day_is_another_one(text: str) -> None:
    assert len(places(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "В Ізюмі внаслідок удару дрона поранено двох людей.",
        "При ударе дрона по Изюму ранены двое.",
        "Two people were hurt in a drone attack on Izium.",
    ],
)
def test_an_event_that_is_only_pointed_at_is_told_all_the_same(text: str) -> None:
    assert places(text) == [["Ізюм"]]


@pytest.mark.parametrize(
    "text",
    [
        "Унаслідок атаки на Харківську область, в Ізюмі влучив дрон у склад.",
        "Ранок на Харківщині почався з удару: дрон влучив у склад в Ізюмі.",
        "В результате атаки на Харьковскую область, в Изюм прилетел дрон.",
    ],
)
def test_what_leads_to_the_exact_place_in_one_sentence_adds_nothing(text: str) -> None:
    assert places(text) == [["Ізюм"]]


def test_an_attack_on_the_country_stays_beside_what_it_hit() -> None:
    text = "Во время удара по Украине, ракета попала в дом в Изюме."
    assert places(text) == [["Україна"], ["Ізюм"]]


@pytest.mark.parametrize(
    "text",
    [
        "Російські війська з території РФ ударили по Ізюму. Від удару постраждала жінка.",
        "По Изюму ударили со стороны Белгорода. В результате удара никто не пострадал.",
    ],
)
def test_where_a_weapon_came_from_makes_no_other_event(text: str) -> None:
    assert len(places(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ворог продовжує атакувати Харківщину. Уранці дрон ударив по Ізюму.",
        "Росіяни не припиняють обстрілів і ударів. Уранці дрон ударив по Ізюму.",
        "Россия продолжает наносить удары по Харьковской области. Утром дрон попал в дом в Изюме.",
        "The enemy continues to attack Kharkiv region. In the morning a drone hit Izium.",
        "Russian troops keep striking our towns. In the morning a drone hit Izium.",
    ],
)
def test_what_the_enemy_always_does_is_nothing_beside_what_it_did(text: str) -> None:
    assert places(text) == [["Ізюм"]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ворог продовжує атакувати Харківщину.", [["Харківська область"]]),
        ("Ворог продовжує атакувати Херсон. Дрон ударив по Ізюму.", [["Херсон"], ["Ізюм"]]),
    ],
)
def test_an_enemy_that_keeps_attacking_elsewhere_is_told(text: str, wanted: list[str]) -> None:
    assert places(text) == wanted


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            (
                "Екстрені відключення введено на Сумщині та Полтавщині.\n"
                "Сумиобленерго: екстрені відключення введено на Сумщині."
            ),
            "power.emergency_shutdown",
        ),
        (
            (
                "Emergency shutdowns have been introduced in Sumy and Poltava regions.\n"
                "Emergency shutdowns have been introduced in Sumy region, the operator says."
            ),
            "power.emergency_shutdown",
        ),
        (
            (
                "Воздушная тревога объявлена в Киеве и Черниговской области.\n"
                "В Киеве объявлена воздушная тревога, сообщили в администрации."
            ),
            "alert.start",
        ),
    ],
)
def test_one_place_of_a_list_of_orders_told_again_adds_nothing(text: str, topic: str) -> None:
    assert len(places(text, topic)) == 1


def test_an_order_for_one_more_place_is_told() -> None:
    text = (
        "Екстрені відключення введено на Сумщині та Полтавщині.\n"
        "Екстрені відключення введено на Харківщині."
    )
    assert len(places(text, "power.emergency_shutdown")) == 2
