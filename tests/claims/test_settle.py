"""What is guessed at beside what is told."""

import pytest

from vidomo.app.reader import read


def events(text: str) -> list[tuple[str, str]]:
    found = [one for one in read(text) if one.topic.startswith("event.")]
    return [(one.topic.removeprefix("event."), one.kind.value) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "Удар по Сумах. Оглядач вважає, що мішенню був залізничний вузол.",
        "Ракета влучила в будинок у Харкові. Аналітики гадають, що ракета призначалася заводу.",
        "Дрон ударив по Одесі. На думку експерта, ворог цілив у порт.",
        "Удар по Дніпру. Можливо, ціллю була підстанція.",
        "Удар по Сумам. Обозреватель считает, что мишенью был вокзал.",
        "Ракета попала в дом в Харькове. Эксперты полагают, что метили в завод.",
        "Удар по Изюму. Вероятно, целью был мост.",
        "Russia struck Sumy at night. Analysts think the target was a rail hub.",
        "A missile hit Kharkiv. Experts believe the missile was meant for a plant.",
        "Strike on Poltava. The drones were probably aimed at a fuel depot.",
    ],
)
def test_what_somebody_takes_for_the_target_is_a_guess_beside_the_strike(text: str) -> None:
    assert events(text) == [("strike", "report"), ("strike", "speculation")]


@pytest.mark.parametrize(
    "text",
    [
        "Ворог ударив по Ізюму. Ціллю була підстанція, повідомили в ОВА.",
        "Удар по Изюму. Обозреватель отметил, что целью визита была поддержка.",
        "A drone hit Izium. Our target is to help everybody.",
    ],
)
def test_a_target_that_nobody_guesses_at_adds_nothing(text: str) -> None:
    assert events(text) == [("strike", "report")]


@pytest.mark.parametrize(
    "text",
    [
        "У Сумах стався вибух. Попередньо, вибухнув газ.",
        "Взрыв в Сумах. Предварительно, в квартире рванул баллон.",
        "A blast rocked a house in Sumy. Preliminarily, gas exploded on the third floor.",
    ],
)
def test_what_has_exploded_is_told_beside_the_blast(text: str) -> None:
    assert events(text) == [("explosion", "report"), ("explosion", "assessment")]


@pytest.mark.parametrize(
    "text",
    [
        "У Сумах стався вибух. Можливо, вибухнув газ.",
        "Взрыв в Сумах. Возможно, взорвался газ.",
    ],
)
def test_a_mere_guess_at_a_blast_is_none_beside_it(text: str) -> None:
    assert events(text) == [("explosion", "report")]


@pytest.mark.parametrize(
    "text",
    [
        "Росія атакувала Одесу. Дрони було запущено з Криму та Курська.",
        "Ночью атакована Одесса. Беспилотники запускались из Крыма и Орла.",
        "Russia attacked Odesa. The drones were launched from the directions of Kursk and Crimea.",
        "Drones hit Odesa. They came from Kursk and Crimea.",
    ],
)
def test_where_what_hit_came_from_is_a_statement_of_that_place_alone(text: str) -> None:
    found = [one for one in read(text) if one.topic == "event.strike"]
    roles = [{(place.role.value, place.code) for place in one.places} for one in found]
    assert roles == [
        {("affected", "UA51100270010076757")},
        {("origin", "RU"), ("origin", "UA01000000000013043")},
    ]


def test_a_place_that_is_none_of_ours_gives_no_launch() -> None:
    assert events("Атака на Одессу. Ракеты выпустили из бомболюков.") == [("strike", "report")]
