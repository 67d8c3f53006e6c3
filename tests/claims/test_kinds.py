"""Counts of several kinds of things in one statement."""

import pytest

from claims.reading import read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Збито 27 БпЛА та 2 ракети.", {(27, "uavs"), (2, "missiles")}),
        ("Air defences shot down 27 drones and 2 missiles.", {(27, "uavs"), (2, "missiles")}),
        ("Damaged: 12 houses, 4 garages.", {(12, "houses"), (4, "buildings")}),
        ("Two houses were damaged; the crew has three cars.", {(2, "houses")}),
        ("Shot down 27 drones over 3 districts.", {(27, "uavs")}),
    ],
)
def test_each_kind_of_things_has_a_claim_of_its_own(
    text: str, wanted: set[tuple[int, str]]
) -> None:
    found = {(c.number.min, c.number.unit) for c in read(text).claims if c.number}
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Пошкоджено 4 багатоповерхівки та 17 приватних осель.", [4, 17]),
        ("Пошкоджено два приватні будинки та лінію електропередачі.", [2, None]),
        ("Зруйновано 3 гаражі, пошкоджено 5 автомобілів і школу.", [3, 5, None]),
        ("Повреждены 6 домов, 2 хозпостройки и газопровод.", [6, 2, None]),
        ("Повреждены 8 домов, школа не работает.", [8]),
    ],
)
def test_a_list_of_what_was_damaged_tells_each_group(text: str, figures: list[int | None]) -> None:
    told = [claim.number for claim in read(text).claims if claim.topic == "impact.damage"]
    assert [number and number.max for number in told] == figures


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Збито дві крилаті ракети «Калібр» та 7 дронів типу Shahed.",
            {(2, "missiles"), (7, "uavs")},
        ),
        (
            "ПВО сбила две ракеты Storm Shadow, шесть снарядов и 31 беспилотник самолетного типа.",
            {(2, "missiles"), (31, "uavs")},
        ),
        (
            "Air defences downed three cruise missiles of two types, four rockets and 60 drones.",
            {(3, "missiles"), (4, "missiles"), (60, "uavs")},
        ),
        (
            "Знеструмлено 40 населених пунктів – це понад 9 тисяч абонентів.",
            {(40, "settlements"), (9000, "customers")},
        ),
        (
            "Без света остались 700 человек в трех селах.",
            {(700, "persons"), (3, "settlements")},
        ),
        (
            "Without heat are 120 houses, two hospitals and five schools.",
            {(120, "houses"), (2, "facilities"), (5, "facilities")},
        ),
        (
            "Повреждены 2 многоквартирных и 7 частных домов.",
            {(2, "houses"), (7, "houses")},
        ),
        (
            "Ворог завдав 3 ракетних та 21 авіаційного удару.",
            {(3, "strikes"), (21, "strikes")},
        ),
        (
            "Понівечені 9 будинків, трамвайне депо, понад 30 машин.",
            {(9, "houses"), (30, "vehicles")},
        ),
        ("Damaged are 8 houses, but the town has 3 schools.", {(8, "houses")}),
        ("Без света 20 домов, которые обслуживают две подстанции.", {(20, "houses")}),
        ("Збито 5 дронів, що летіли на 2 підстанції.", {(5, "uavs")}),
    ],
)
def test_a_list_goes_on_past_what_its_things_are_called(
    text: str, wanted: set[tuple[int, str]]
) -> None:
    found = {(c.number.min, c.number.unit) for c in read(text).claims if c.number}
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Пошкоджено 30 будинків, з них 5 повністю.", {(30, "houses"), (5, "houses")}),
        ("Разрушены 30 частных домов, из них 5 полностью.", {(30, "houses"), (5, "houses")}),
        (
            "Damage to 20 buildings, including 17 blocks of flats and three private homes.",
            {(20, "buildings"), (17, "buildings"), (3, "houses")},
        ),
        (
            "У громаді відкрито 9 пунктів обігріву, із них 4 цілодобові.",
            {(9, "facilities"), (4, "facilities")},
        ),
        (
            "По области нанесено 12 ударов, уничтожены в том числе две пусковые установки.",
            {(12, "strikes")},
        ),
        (
            "До гасіння пожежі залучено 12 рятувальників та 4 одиниці техніки.",
            {(12, "persons"), (4, "vehicles")},
        ),
        ("Низка поїздів прямує із затримкою.", set()),
        ("В ряде городов нет света.", set()),
        ("Numerous strikes hit the town.", set()),
    ],
)
def test_a_part_of_a_count_of_things_is_told_and_many_is_no_number(
    text: str, wanted: set[tuple[int, str]]
) -> None:
    found = {(c.number.min, c.number.unit) for c in read(text).claims if c.number}
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Пошкоджено склад і два причали.", [2, None]),
        ("Понівечені гуртожиток, 9 будинків, трамвайне депо, понад 30 машин.", [9, 30, None]),
        ("Повреждены три дома, здание университета и два автомобиля.", [2, 3, None]),
        ("Разрушен магазин и 5 гаражей.", [5, None]),
        ("A school and three houses were destroyed.", [3, None]),
        ("At least two ships and a grain terminal were damaged.", [2, None]),
        ("Пошкоджено 12 будинків у місті.", [12]),
        ("Three houses near the school were damaged.", [3]),
        ("В здании школы повреждены 20 окон и 3 автомобиля.", [3, None]),
    ],
)
def test_a_thing_without_a_count_may_stand_anywhere_in_a_list(
    text: str, figures: list[int | None]
) -> None:
    told = [claim.number for claim in read(text).claims if claim.topic == "impact.damage"]
    mins = [number.min if number else None for number in told]
    assert sorted(mins, key=lambda low: (low is None, low)) == figures


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Летіло 3 балістичні ракети та 142 дрони; сили ППО знищили 5 ракет і 130 дронів.",
            {(5, "missiles"), (130, "uavs")},
        ),
        ("Открыты 12 пунктов обогрева, пять из них круглосуточно.", {(12, "facilities"), (5, "facilities")}),
        ("Затримуються 15 поїздів далекого сполучення та 7 приміських.", {(15, "trains"), (7, "trains")}),
        ("В Курской области без света 14 сел, это около 3 тысяч человек.", {(14, "settlements"), (3000, "persons")}),
        (
            "Повреждены остекление в 12 квартирах, фасады трех домов и девять машин.",
            {(12, "apartments"), (3, "houses"), (9, "vehicles")},
        ),
        ("На місці працюють сім бригад та п'ять екіпажів.", {(7, "crews"), (5, "crews")}),
        ("Ворог атакував 14 дронами, 12 збито, ще два влучили в підприємство.", {(14, "uavs"), (12, "uavs"), (2, "uavs")}),
    ],
)  # fmt: skip
def test_what_a_list_leaves_out_or_says_anew_is_read(
    text: str, wanted: set[tuple[int, str]]
) -> None:
    found = {(c.number.min, c.number.unit) for c in read(text).claims if c.number}
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Вночі ворог запустив по Україні 176 дронів та 4 ракети С-300, збито 131 безпілотник.",
            {(176, "uavs"), (4, "missiles"), (131, "uavs")},
        ),
        (
            "Air defences destroyed 40 of 45 drones and all three missiles.",
            {(40, "uavs"), (3, "missiles")},
        ),
        ("Nine houses burned down, 30 more were damaged.", {(9, "houses"), (30, "houses")}),
        ("Уламки впали у трьох районах Києва.", {(3, "city_districts")}),
        ("The bus carried 43 evacuees, among them two people in wheelchairs.", {(43, "persons"), (2, "persons")}),
    ],
)  # fmt: skip
def test_each_count_goes_to_the_statement_that_it_is_of(
    text: str, wanted: set[tuple[int, str]]
) -> None:
    told = [(c.number.min, c.number.unit) for c in read(text).claims if c.number]
    assert sorted(told) == sorted(wanted)


@pytest.mark.parametrize(
    "text",
    [
        "Пошкоджено 8 будинків, з них 2 зруйновано повністю.",
        "Повреждены 8 домов, из них два разрушены.",
        "Eight houses were damaged, two of them destroyed.",
    ],
)
def test_a_part_of_which_more_is_told_is_counted_once(text: str) -> None:
    told = [c.number and c.number.min for c in read(text).claims if c.topic == "impact.damage"]
    assert told == [8, 2]


def test_a_part_without_a_noun_is_quoted_with_what_is_said_of_it() -> None:
    claims = read("Пошкоджено 30 будинків, з них 5 повністю.").claims
    assert [claim.quote for claim in claims] == ["Пошкоджено 30 будинків", "з них 5 повністю"]


def test_what_was_given_back_to_two_of_them_is_counted() -> None:
    text = "Five villages have no power. Power engineers have already reconnected two of them."
    told = [c.number.min for c in read(text).claims if c.topic.endswith("restored") and c.number]
    assert told == [2]


@pytest.mark.parametrize(
    "text",
    [
        "Военные заявили, что в ночной атаке на город участвовали две крылатые ракеты, одна баллистическая ракета, а также ещё две ракеты Х-59.",
        "Військові заявили, що в нічній атаці на місто були дві крилаті ракети, одна балістична ракета, а також ще дві ракети Х-59.",
    ],
)
def test_two_equal_groups_of_one_list_stay_two(text: str) -> None:
    told = [
        c.number.min
        for c in read(text, genre="news").claims
        if c.topic == "event.strike" and c.number
    ]
    assert sorted(told) == [1, 2, 2]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Сбиты 12 беспилотников, ещё 4 подавлены средствами РЭБ.", [12, 4]),
        ("Сбито 12 БПЛА, 4 — подавили силами РЭБ.", [12, 4]),
        ("Удалось сбить семь ракет и 20 дронов.", [7, 20]),
        ("Вдалося збити сім ракет та 20 дронів.", [7, 20]),
    ],
)
def test_what_was_downed_in_other_ways_is_counted_beside(text: str, wanted: list[int]) -> None:
    told = [c.number.min for c in read(text).claims if c.topic == "event.air_defence" and c.number]
    assert told == wanted
