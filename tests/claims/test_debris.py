"""Debris that falls is the work of air defence, not a strike."""

import pytest

from vidomo.app.reader import read


def events(text: str) -> list[str]:
    return [one.topic for one in read(text) if one.topic.startswith("event.")]


@pytest.mark.parametrize(
    "text",
    [
        "Фрагмент ракети влучив у гараж у Чугуєві.",
        "Уламки безпілотника влучили в багатоповерхівку в Одесі.",
        "В Одессе обломки ракеты ударили по складу.",
        "Обломок дрона попал в жилой дом в Чугуеве.",
        "Debris from a drone hit a school in Odesa.",
        "Wreckage of a downed missile struck a warehouse in Sumy.",
    ],
)
def test_debris_that_hits_had_been_downed(text: str) -> None:
    assert events(text) == ["event.air_defence"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("У Дніпрі є влучання, а уламки впали у дворі.", ["event.strike", "event.air_defence"]),
        ("В дом в Харькове попал дрон или его обломки.", ["event.strike"]),
        ("Drones hit a depot in Izium; debris lies around.", ["event.strike"]),
        ("Через уламки та пряме влучання у Сумах горить склад.", ["event.strike"]),
    ],
)
def test_a_hit_beside_debris_stays_a_strike(text: str, wanted: list[str]) -> None:
    assert events(text)[: len(wanted)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Сили ППО відбивають атаку дронів на Суми.",
        "Атаку дронів на Суми відбито.",
        "Силы ПВО отражают атаку беспилотников на Севастополь.",
        "Атаку дронов на Курск отразили.",
        "Air defence is repelling an attack by drones on Sumy.",
        "The attack by drones on Sumy was repelled.",
    ],
)
def test_an_attack_that_is_repelled_is_no_strike(text: str) -> None:
    assert events(text) == ["event.air_defence"]


@pytest.mark.parametrize(
    "text",
    [
        "Атаку відбили, але один дрон влучив у склад у Сумах.",
        "Атаку отразили, но один дрон попал в склад в Сумах.",
        "The attack was repelled, but one drone hit a depot in Sumy.",
    ],
)
def test_what_got_through_is_a_strike(text: str) -> None:
    assert sorted(events(text)) == ["event.air_defence", "event.strike"]


@pytest.mark.parametrize(
    "text",
    [
        "Дрон збито над Сумами. Безпілотник упав у полі.",
        "Шахед збили під Одесою, він упав на дорогу.",
        "Беспилотник сбит над Курском. Аппарат рухнул в лесополосу.",
        "Дрон сбит над Изюмом, упал беспилотник в огород.",
        "A drone was shot down over Sumy. The drone crashed into a field.",
    ],
)
def test_a_drone_that_fell_once_it_was_downed_is_no_strike(text: str) -> None:
    assert set(events(text)) == {"event.air_defence"}


@pytest.mark.parametrize(
    "text",
    [
        "Дрон збито над Сумами, другий дрон упав на склад.",
        "Дрон сбит над Изюмом. Второй дрон упал на склад.",
        "A drone was shot down over Sumy. A second drone crashed into a depot.",
        "Дрон упав на склад у Сумах.",
        "Над Изюмом гремели взрывы. Дрон упал на склад.",
    ],
)
def test_another_drone_that_fell_is_a_strike(text: str) -> None:
    assert "event.strike" in events(text)


@pytest.mark.parametrize(
    "text",
    [
        "Склад у Тулі знищено внаслідок атаки безпілотника.",
        "Электростанция в Туле уничтожена в результате ракетного удара.",
        "Завод в Орле уничтожен в ходе налёта дронов.",
    ],
)
def test_what_an_attack_destroyed_was_not_shot_down(text: str) -> None:
    assert events(text) == ["event.strike"]


@pytest.mark.parametrize(
    "text",
    [
        "Беспилотник уничтожен в результате работы ПВО над Тулой.",
        "Девять из десяти ракет, выпущенных во время налёта, сбиты.",
    ],
)
def test_what_was_shot_down_in_an_attack_stays_so(text: str) -> None:
    assert "event.air_defence" in events(text)
