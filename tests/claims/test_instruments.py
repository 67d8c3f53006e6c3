"""The weapon of an attack is not a danger on its way, and every counted weapon is told."""

import pytest

from vidomo.app.reader import read


def _told(text: str) -> list[tuple[str, float | None, str | None]]:
    return [
        (claim.topic, claim.number and claim.number.min, claim.number and claim.number.unit)
        for claim in read(text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Окупанти атакували Україну трьома балістичними ракетами «Іскандер-М» з Курської області "
            "та 24-ма ударними БпЛА типу «Shahed»."
        ),
        (
            "Оккупанты атаковали Украину тремя баллистическими ракетами из Курской области "
            "и 24 ударными БПЛА."
        ),
        (
            "The occupiers attacked Ukraine with three ballistic missiles from Kursk region "
            "and 24 strike drones."
        ),
    ],
)
def test_the_missiles_of_an_attack_are_counted_and_are_no_danger_of_their_own(text: str) -> None:
    told = _told(text)
    assert sorted(told) == [("event.strike", 3.0, "missiles"), ("event.strike", 24.0, "uavs")]


@pytest.mark.parametrize(
    ("text", "missiles", "uavs"),
    [
        ("Ворог застосував 8 «Калібрів» і 60 «шахедів».", 8.0, 60.0),
        ("Враг применил 12 «Калибров» и 41 дрон-камикадзе.", 12.0, 41.0),
    ],
)
def test_weapons_that_were_used_are_counted_by_their_names(
    text: str, missiles: float, uavs: float
) -> None:
    told = _told(text)
    assert ("event.strike", missiles, "missiles") in told
    assert ("event.strike", uavs, "uavs") in told


@pytest.mark.parametrize(
    "text",
    [
        "Атака на Харків, балістика з Бєлгорода!",
        "Атака на Харьков, баллистика из Белгорода!",
        "Attack on Kharkiv, ballistic missiles from Belgorod!",
    ],
)
def test_a_danger_told_beside_an_attack_stays_one(text: str) -> None:
    assert any(claim.topic == "threat.missile" for claim in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Після нічного удару зберігається загроза повторних пусків.",
        "После ночного удара сохраняется угроза повторных пусков.",
    ],
)
def test_a_danger_without_a_weapon_is_no_means_of_the_attack_before_it(text: str) -> None:
    assert any(claim.topic == "threat.air" for claim in read(text))
