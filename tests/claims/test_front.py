"""Fighting at the front gives no claims, whatever its attacks are called."""

import pytest

from vidomo.app.reader import read


def topics(text: str) -> list[str]:
    return [one.topic for one in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Усі атаки на цьому напрямку відбито, місто Куп'янськ наше.",
        "Все атаки на этом направлении успешно отбиты, город Купянск под контролем.",
        "Росіяни атакували позиції біля Лимана двома хвилями.",
        "Россияне атаковали позиции у Лимана, задействовав около 15 единиц техники.",
        "Россияне пытались прорвать оборону у Купянска.",
        "Russian troops attacked Ukrainian positions near Lyman.",
    ],
)
def test_attacks_on_positions_are_no_strikes(text: str) -> None:
    assert topics(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Дрони атакували Суми.", ["event.strike"]),
        ("Пожар потушили спасатели, задействовав 2 единицы техники.", "response.rescue"),
        ("Атака на порт в Одессе отбита силами ПВО.", ["event.air_defence"]),
        ("Drones attacked Kharkiv.", ["event.strike"]),
    ],
)
def test_attacks_on_towns_and_crews_at_work_are_told(text: str, wanted: list[str] | str) -> None:
    found = topics(text)
    assert wanted in found if isinstance(wanted, str) else found == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Цех зі складання БПЛА уражено в Курській області.",
        "Центр подготовки операторов дронов поражен в Днепропетровской области.",
        "Противник проводить інформаційно-психологічну атаку проти України.",
        "Це інформаційно-психологічна операція: йдеться про удар, який нібито готують.",
    ],
)
def test_makers_of_drones_and_attacks_of_words_are_no_dangers(text: str) -> None:
    assert topics(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Удар по Харкову завдано, попередньо, ракетами С-300.",
        "Удары по Харькову нанесены, по предварительным данным, баллистической ракетой.",
    ],
)
def test_a_weapon_named_beside_a_strike_as_preliminary_is_its_munition(text: str) -> None:
    found = [(one.topic, one.kind.value) for one in read(text)]
    assert ("cause.munition", "assessment") in found
