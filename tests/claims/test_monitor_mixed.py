"""Monitoring channels that tell of a hit or of air defence beside what still flies."""

import pytest

from claims.reading import facts

_UAV = ("threat.uav", "warning", "affirmed")
_MISSILE = ("threat.missile", "warning", "affirmed")
_BOMB = ("threat.guided_bomb", "warning", "affirmed")
_AIR = ("threat.air", "warning", "affirmed")
_CLEAR = ("threat.air", "report", "negated")
_NO_UAV = ("threat.uav", "report", "negated")
_NO_MISSILE = ("threat.missile", "report", "negated")
_DOWN = ("event.air_defence", "report", "affirmed")
_SHELLED = ("event.shelling", "report", "affirmed")
_HIT = ("event.strike", "report", "affirmed")
_COVER = ("advice.shelter", "advice", "affirmed")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("ППО працює над Ізмаїлом, ще два мопеди з моря", _UAV),
        ("В Измаиле отработала ПВО, ещё один крутится над лиманом", _UAV),
        ("Izmail: 3 drones from the sea, air defence working", _UAV),
        ("Приліт у Лозовій, ще одна ракета на Первомайський", _MISSILE),
        ("Прилёт в Лозовой, баллистика на Павлоград", _MISSILE),
        ("Один збили, останній пішов на Ромни", _UAV),
        ("Один сбили, последний ушёл на Ромны", _UAV),
        ("9 of 12 down, two still flying to Romny", _DOWN),
        ("9 of 12 down, two still flying to Romny", _UAV),
        ("Скорость на Ромны!", _MISSILE),
        ("Швидкість на Ромни!", _MISSILE),
        ("Ромни, вам два калібри", _MISSILE),
        ("2 «калибра» прошли Затоку, летят на север", _MISSILE),
        ("Стратеги взлетели с Оленьей, 7 бортов", _MISSILE),
        ("Стратеги злетіли з Оленьої, 7 бортів", _MISSILE),
        ("Seven Tu-95MS took off from Olenya", _MISSILE),
        ("Ту-22М3 в воздухе, возможны Х-22 на юг", _MISSILE),
        ("Ромны, в вашу сторону 3 шахеда", _UAV),
        ("Сквира, Тараща внимание: низколетящий", _UAV),
        ("Три реактивных на Сквиру", _UAV),
        ("11 drones still in the air: 7 Sumy, 4 Poltava", _UAV),
        ("Shahed overhead in Skvyra", _UAV),
        ("Тактика работает, сбросы на Ямполь", _BOMB),
        ("Чисто по Сумщине, все цели минус", _CLEAR),
        ("All quiet. Sleep well", _CLEAR),
        ("Тихо. Ждём", _CLEAR),
        ("No more shaheds, thank you", _NO_UAV),
        ("Шахедов больше нет", _NO_UAV),
        ("Launches from Crimea were not confirmed", _NO_MISSILE),
        ("Ракетная отменена, беспилотная сохраняется", _UAV),
        ("Ракетну знято, дронова лишається", _UAV),
        ("Томаковка под артой", _SHELLED),
        ("Томаківка під артою", _SHELLED),
        ("Hit in Lozova, more inbound", _HIT),
        ("Херсон, дрон над мостом, из машин не выходить", _COVER),
        ("Цієї ночі висока ймовірність удару", _AIR),
        ("Этой ночью вероятен массированный удар", _AIR),
        ("A massive strike is likely tonight", _AIR),
    ],
)
def test_what_still_flies_is_read_beside_what_happened(
    text: str, fact: tuple[str, str, str]
) -> None:
    assert fact in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Над Курскою областю збито 5 БпЛА, над Брянською — 2 БпЛА",
        "Минобороны: сбиты 9 беспилотников: 6 над Ростовской областью, 3 над Курской",
        "Air defence shot down 9 drones: 6 over Sumy region, 3 over Poltava region",
        "Пожежа на складі в Лозовій після атаки БпЛА",
        "В Лозовой горит склад на фоне атаки БПЛА",
    ],
)
def test_what_was_shot_down_or_hit_does_not_fly_on(text: str) -> None:
    assert not {topic for topic, _, _ in facts(text)} & {"threat.uav", "threat.air"}


@pytest.mark.parametrize(
    "text",
    ["Хибна ціль, відбій у Сквирі", "Ложная цель, отбой в Сквире", "Decoy. Skvyra all clear"],
)
def test_a_decoy_does_not_take_back_the_all_clear(text: str) -> None:
    assert ("alert.end", "report", "affirmed") in facts(text)


@pytest.mark.parametrize(
    "text", ["Відбій у Сквирі хибний", "Ложный отбой в Сквире", "A false all-clear in Skvyra"]
)
def test_an_all_clear_called_false_ends_nothing(text: str) -> None:
    assert ("alert.end", "report", "affirmed") not in facts(text)
