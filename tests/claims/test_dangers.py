"""A danger is over only where a text says so, and is named as closely as the text names it."""

import pytest

from claims.reading import facts


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Загроза БпЛА ще не минула.", "threat.uav"),
        ("Ракетна загроза в області не знята", "threat.missile"),
        ("Небезпека не минула", "threat.air"),
        ("Опасность не миновала", "threat.air"),
        ("Угроза баллистики пока не снята", "threat.missile"),
        ("The drone threat has not passed", "threat.uav"),
    ],
)
def test_a_danger_that_has_not_passed_goes_on(text: str, topic: str) -> None:
    assert facts(text) == {(topic, "warning", "affirmed")}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Є загроза ракетного удару", "threat.missile"),
        ("Загроза атаки безпілотників", "threat.uav"),
        ("Есть угроза удара беспилотников", "threat.uav"),
        ("Опасность применения авиабомб", "threat.guided_bomb"),
        ("A threat of a drone attack was announced", "threat.uav"),
        ("A threat of an attack by missiles was announced", "threat.missile"),
    ],
)
def test_a_threat_of_an_attack_is_of_the_weapon_named(text: str, topic: str) -> None:
    assert facts(text) == {(topic, "warning", "affirmed")}


@pytest.mark.parametrize(
    "text",
    [
        "Збили дрон, що летів на місто.",
        "Сбили дрон, летевший в сторону столицы.",
        "They shot down two drones heading towards the capital.",
    ],
)
def test_what_was_shot_down_on_its_way_is_no_danger_any_more(text: str) -> None:
    assert {topic for topic, _, _ in facts(text)} == {"event.air_defence"}


@pytest.mark.parametrize(
    "text",
    [
        "Не виходьте з укриттів до відбою ракетної загрози",
        "Після відбою загрози БпЛА рух мостом відновили",
        "Оставайтесь там до сигнала «Отбой ракетной опасности»",
        "Stay inside until the missile threat is over",
    ],
)
def test_an_end_that_is_awaited_ends_no_danger(text: str) -> None:
    assert not any(topic.startswith("threat.") for topic, _, _ in facts(text))


@pytest.mark.parametrize(
    "text", ["Зліт був, пуски не зафіксовані", "Взлет был, но пусков с утра не было"]
)
def test_launches_that_were_not_are_no_danger(text: str) -> None:
    assert ("threat.missile", "report", "negated") in facts(text)
