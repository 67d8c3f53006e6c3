"""Shorthand of monitoring channels: what is launched, turns round, comes on, or is not seen."""

import pytest

from claims.reading import facts

_UAV = ("threat.uav", "warning", "affirmed")
_AIR = ("threat.air", "warning", "affirmed")
_MISSILE = ("threat.missile", "warning", "affirmed")
_NO_MISSILE = ("threat.missile", "report", "negated")
_BOMB = ("threat.guided_bomb", "warning", "affirmed")
_NO_BOMB = ("threat.guided_bomb", "report", "negated")
_GUNS = ("threat.artillery", "warning", "affirmed")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Ще 7 нових із Чауди", _UAV),
        ("Ещё 9 новых с Чауды", _UAV),
        ("6 more launched from Crimea", _UAV),
        ("Одеса, з лиману ще три балалайки", _UAV),
        ("Балалайка со стороны лимана на Вилково", _UAV),
        ("Розворот біля Гадяча, йде на Лубни", _UAV),
        ("Разворот возле Гадяча, идёт на Лубны", _UAV),
        ("Up to 20 drones in Sumy region, westbound", _UAV),
        ("Kharkiv region 6 UAVs, Poltava region 2", _UAV),
        ("Рені — серія вибухів, летить ще", _AIR),
        ("Рени — серия взрывов, летят ещё два", _AIR),
        ("Reni: series of explosions, more inbound", _AIR),
        ("Ту-95 у повітрі, 4 борти", _MISSILE),
        ("Ту-95 в воздухе, 4 борта", _MISSILE),
        ("Пусків поки не фіксуємо", _NO_MISSILE),
        ("Пусков пока не фиксируем", _NO_MISSILE),
        ("MiG landed, no launches so far", _NO_MISSILE),
        ("Нікополь, арта по центру", _GUNS),
        ("Никополь, арта с того берега", _GUNS),
        ("Nikopol: artillery from the left bank", _GUNS),
        ("Загроза застосування авіаційних засобів ураження для Сумщини", _BOMB),
        ("Відбій загрози застосування авіаційних засобів ураження для Сумщини", _NO_BOMB),
    ],
)
def test_shorthand_tells_its_danger(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)


def test_what_is_over_is_not_warned_of() -> None:
    told = facts("Відбій загрози застосування авіаційних засобів ураження для Сумщини")
    assert _BOMB not in told


def test_bombers_are_no_drones() -> None:
    assert _UAV not in facts("Ту-95 у повітрі, 4 борти")


@pytest.mark.parametrize(
    "text",
    [
        "Музикант грає на балалайці, ще дві балалайки в залі",
        "Ще 12 нових автобусів із Польщі",
        "Ещё 12 новых автобусов из Польши",
        "12 more from the list",
        "Two more over the weekend",
        "Розворот на перехресті заборонили, чекайте",
        "Разворот на перекрёстке запретили, ждите",
        "Новий пуск тепла в будинках",
        "Повторный пуск отопления",
        "Ще вихід є з іншого боку станції",
        "Идет ещё один день",
        "Artillery on display in the museum",
        "Бригада отримала 8 дронів",
    ],
)
def test_a_look_alike_is_no_danger(text: str) -> None:
    assert not any(topic.startswith("threat.") for topic, _, _ in facts(text))
