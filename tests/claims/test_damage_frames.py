"""Damage and fire are read from what happened to a thing, and not from talk of it."""

import pytest

from vidomo.app.reader import read

DAMAGE, FIRE, OUT = "impact.damage", "impact.fire", "impact.fire.out"


def told(text: str) -> set[tuple[str, str]]:
    return {
        (claim.topic, claim.polarity.value)
        for claim in read(text)
        if claim.topic in {DAMAGE, FIRE, OUT}
    }


@pytest.mark.parametrize(
    "text",
    [
        "Погнуто три опори лінії.",
        "Уламки пошкодили спортивний майданчик.",
        "Хата не підлягає відновленню.",
        "У сусідів немає вікон: лишилися без шибок.",
        "Погнуты две опоры линии.",
        "Осколки повредили витрину.",
        "Two poles of the line were snapped.",
        "Falling debris damaged a kindergarten.",
        "The bus is beyond repair.",
    ],
)
def test_a_thing_that_is_torn_or_burnt_down_is_damage(text: str) -> None:
    assert (DAMAGE, "affirmed") in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Вціліли всі хати на вулиці.",
        "Дрон упав у полі, без наслідків.",
        "Школа не зазнала пошкоджень.",
        "Дома целы.",
        "All houses on the street survived.",
    ],
)
def test_a_thing_that_is_whole_is_no_damage(text: str) -> None:
    assert told(text) == {(DAMAGE, "negated")}


@pytest.mark.parametrize(
    ("text", "topic", "polarity"),
    [
        ("Площа пожежі 300 кв. м.", FIRE, "affirmed"),
        ("Не допустили загоряння сусідньої хати.", FIRE, "negated"),
        ("Горение нефтепродуктов продолжается.", FIRE, "affirmed"),
        ("Не допустили возгорания соседнего дома.", FIRE, "negated"),
        ("Спасатели завершили тушение цеха.", OUT, "affirmed"),
        ("The blaze is being put out.", FIRE, "affirmed"),
        ("Extinguishing the fire has been completed.", OUT, "affirmed"),
        ("They prevented the barn from catching fire.", FIRE, "negated"),
    ],
)
def test_a_fire_burns_is_kept_off_or_is_over(text: str, topic: str, polarity: str) -> None:
    assert told(text) == {(topic, polarity)}


@pytest.mark.parametrize(
    "text",
    [
        "У пункті є засоби пожежогасіння.",
        "ЦНАП приймає заяви про зруйноване житло.",
        "Приём заявлений о повреждённом имуществе идёт.",
        "Film for windows is handed out at the market.",
    ],
)
def test_talk_of_damage_or_fire_is_none(text: str) -> None:
    assert not told(text)
