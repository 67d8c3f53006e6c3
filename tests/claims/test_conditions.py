"""How those are who were counted before: nobody is counted anew."""

import pytest

from claims.reading import count, read

Count = tuple[float | None, float | None, str] | None


def hurt(text: str, topic: str = "harm.injured") -> list[Count]:
    return [count(claim) for claim in read(text).claims if claim.topic == topic]


@pytest.mark.parametrize(
    "text",
    [
        "Пострадали пять человек. У двоих пострадавших резаные раны лица.",
        "Пострадали пять человек. Одного из них госпитализировали с осколочным ранением ноги.",
        "П'ять людей постраждали. 43-річній жінці діагностували легкі поранення.",
        "П'ять людей постраждали. Один із постраждалих перебуває у важкому стані.",
        "Five people were injured. Two of the wounded are in intensive care.",
        "Five people were injured. One person is in serious condition and has been hospitalized.",
    ],
)
def test_how_some_of_those_are_counts_nobody_anew(text: str) -> None:
    assert hurt(text) == [(5, 5, "exact")]


@pytest.mark.parametrize(
    "text",
    [
        "П'ять людей постраждали. Ще один постраждалий у важкому стані.",
        "Пострадали пять человек. Ещё один раненый в реанимации.",
        "Five people were injured. Another man is in intensive care.",
    ],
)
def test_another_one_is_somebody_new(text: str) -> None:
    assert len(hurt(text)) == 2


def test_more_in_hospital_than_were_told_of_are_a_new_count() -> None:
    text = "Поранено двох людей. У лікарнях уже п'ятеро поранених."
    assert hurt(text) == [(2, 2, "exact"), (5, 5, "exact")]


def test_the_wounded_of_another_town_are_others() -> None:
    text = "У Харкові поранено п'ятьох. В Ізюмі поранено жінку, вона у важкому стані."
    assert hurt(text) == [(5, 5, "exact"), (1, 1, "exact")]


@pytest.mark.parametrize(
    "text",
    [
        "Водителю оторвало обе ноги, он скончался до приезда скорой.",
        "Дівчина, яку вчора госпіталізували у важкому стані, померла.",
    ],
)
def test_who_died_of_wounds_is_one_dead(text: str) -> None:
    assert hurt(text, "harm.killed") == [(1, 1, "exact")]
    assert hurt(text) == []


def test_a_wounded_and_a_dead_are_two() -> None:
    text = "Фельдшер ранен, водитель, 39 лет, погиб на месте."
    assert hurt(text) == [(1, 1, "exact")]
    assert hurt(text, "harm.killed") == [(1, 1, "exact")]


@pytest.mark.parametrize(
    ("text", "topic", "counts"),
    [
        ("Поранених дев'ятеро, раніше було відомо про п'ятьох.", "injured", [9, 5]),
        ("Загиблих уже 16. Уранці йшлося про 11.", "killed", [16, 11]),
        ("Количество раненых выросло до девяти. Ранее сообщалось о шести.", "injured", [9, 6]),
        ("The number of injured has risen to 14, earlier we reported 8.", "injured", [14, 8]),
        ("Поранено двох. Раніше повідомлялося про 3 удари по місту.", "injured", [2]),
        ("Ранены двое. Ранее сообщалось об атаке 15 дронов.", "injured", [2]),
        ("Two were wounded. Earlier reports said one person was killed.", "injured", [2]),
        ("Вибухів не було. Раніше йшлося про 3.", "injured", []),
    ],
)
def test_an_earlier_figure_is_of_what_was_told_last(
    text: str, topic: str, counts: list[int]
) -> None:
    assert hurt(text, f"harm.{topic}") == [(n, n, "exact") for n in counts]


@pytest.mark.parametrize(
    "text",
    [
        "Число погибших детей увеличилось до трёх.",
        "Кількість поранених дітей зросла до трьох.",
    ],
)
def test_the_number_of_dead_children_counts_children(text: str) -> None:
    units = [claim.number.unit for claim in read(text).claims if claim.number]
    assert units == ["children"]


@pytest.mark.parametrize(
    "text",
    [
        "Загинули четверо, стільки ж поранено.",
        "Четверо погибли, столько же ранены.",
        "Four people were killed and the same number were injured.",
    ],
)
def test_the_same_number_is_that_of_the_others(text: str) -> None:
    assert hurt(text) == hurt(text, "harm.killed") == [(4, 4, "exact")]


def test_what_was_torn_off_the_dead_hurts_nobody_else() -> None:
    text = "Офицер погиб на месте. Взрывом ему оторвало ноги."
    assert hurt(text) == []
    assert hurt(text, "harm.killed") == [(1, 1, "exact")]


def test_the_victim_is_who_was_wounded() -> None:
    text = "Four people were wounded. Two victims were taken by ambulance to a city hospital."
    assert hurt(text) == [(4, 4, "exact")]
    assert hurt(text, "harm.casualties") == []


@pytest.mark.parametrize(
    "text", ["Лікарів змушують лікувати поранених окупантів.", "Лечат раненых оккупантов."]
)
def test_wounded_soldiers_of_the_enemy_are_none_of_ours(text: str) -> None:
    assert hurt(text) == []


def test_those_whom_the_enemy_wounded_are_hurt() -> None:
    assert hurt("Окупанти поранили двох мешканців.") == [(2, 2, "exact")]


def test_who_died_in_hospital_is_not_hurt_beside() -> None:
    text = "Мешканець 45 років помер у лікарні."
    assert hurt(text) == []
    assert hurt(text, "harm.killed") == [(1, 1, "exact")]
