"""Facts told twice of one place under two names."""

import pytest

from vidomo.app.reader import read


def figures(text: str, topic: str) -> list[tuple[float | None, str]]:
    found = [claim for claim in read(text) if claim.topic == topic]
    return [(c.number.min if c.number else None, c.kind.value) for c in found]


def test_a_headline_and_its_text_say_one_fact() -> None:
    text = (
        "В результате атак на Николаев погибли два человека\n\n"
        "В результате налета беспилотников на город Николаев погибли два человека."
    )
    assert figures(text, "harm.killed") == [(2, "report")]


def test_a_bare_headline_gives_way_to_the_count_below_it() -> None:
    text = "Ракетный удар по Днепру\n\nУдар по городу Днепр был нанесен двумя ракетами."
    assert figures(text, "event.strike") == [(2, "report")]


@pytest.mark.parametrize(
    "text",
    ["Взрыв в Харькове.\nВзрыв в Сумах.", "В Харькове ранен мужчина.\nВ Сумах ранен мужчина."],
)
def test_two_places_stay_two_facts(text: str) -> None:
    assert len(read(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Ночь в регионах.\nПод Тулой сбиты 12 беспилотников. Обломки упали на склад в Калуге.",
        "Ніч минула так.\nПід Тулою збили 12 дронів. Уламки впали на склад у Калузі.",
        "How the night went.\nNear Tula 12 drones were downed. Debris fell on a depot in Kaluga.",
    ],
)
def test_two_regions_of_russia_are_two_places(text: str) -> None:
    assert len(figures(text, "event.air_defence")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Дрон атаковал Калугу\n\nДрон атаковал завод в Калужской области.",
        "ТУЛА, 3 мая. /Вести/. Дрон атаковал Тулу. Беспилотник атаковал завод в посёлке Дубна.",
        "TULA, May 3. /Wire/. Drones attacked Tula. The plant in Dubna was attacked by drones.",
    ],
)
def test_a_heading_may_call_a_place_in_russia_otherwise(text: str) -> None:
    assert len(figures(text, "event.strike")) == 1


def test_one_region_of_russia_in_two_cases_is_one_place() -> None:
    text = "Утро.\nНад Тулой сбиты 12 беспилотников. В Туле обломки упали на склад."
    assert figures(text, "event.air_defence") == [(12, "report")]


@pytest.mark.parametrize(
    "text",
    [
        "На Київ летять ракети.\nУ КМВА кажуть про ракети, що летять на столицю.",
        "Ракеты летят на Киев.\nВ КГВА говорят о ракетах, летящих на столицу.",
        "Missiles are heading for Kyiv.\nMissiles are heading for the capital, officials say.",
    ],
)
def test_one_danger_for_a_place_under_two_names_is_one(text: str) -> None:
    assert len(figures(text, "threat.missile")) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "Зведення.\nПо місту Ізюм випустили три дрони. Влучання в Ізюмі: двір школи.",
        "Сводка.\nПо Изюму выпустили три дрона. В Изюме попадание во двор школы.",
        "The night.\nLast night the Russians launched three drones at Izium. A school in Izium was hit.",
    ],
)
def test_what_was_hit_is_told_beside_how_many_were_launched(text: str) -> None:
    assert figures(text, "event.strike") == [(3, "report"), (None, "report")]


def test_nothing_is_stated_inside_words_that_are_called_false() -> None:
    text = "Суми #відбій тривоги скасовано помилково."
    assert all(one.polarity.value == "denied" for one in read(text) if one.topic == "alert.end")
