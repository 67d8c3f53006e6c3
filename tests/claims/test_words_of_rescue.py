"""The dead under rubble are not rescued, and other words of the scene."""

import pytest

from vidomo.app.reader import read


@pytest.mark.parametrize(
    "text",
    [
        "Тіла двох робітників дістали з-під завалів.",
        "З-під завалів дістали тіло жінки.",
        "Тела двоих рабочих извлекли из-под завалов.",
        "Из-под обломков извлекли тело мужчины.",
        "Rescuers pulled the bodies of two workers from under the rubble.",
        "The body of a woman was recovered from the ruins.",
    ],
)
def test_bodies_taken_from_rubble_are_killed_and_nobody_is_rescued(text: str) -> None:
    topics = {claim.topic for claim in read(text)}
    assert "harm.killed" in topics
    assert "harm.rescued" not in topics


@pytest.mark.parametrize(
    "text",
    [
        "З-під завалів дістали живою жінку.",
        "Из-под завалов достали живой женщину.",
        "A woman was pulled alive from the rubble.",
    ],
)
def test_the_living_taken_from_rubble_are_rescued(text: str) -> None:
    assert [claim.topic for claim in read(text)] == ["harm.rescued"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Над акваторией Чёрного моря уничтожены два безэкипажных катера.", "event.air_defence"),
        ("Two unmanned boats were destroyed off the coast.", "event.air_defence"),
        ("Открытого огня нет.", "impact.fire.out"),
        ("Відкритого вогню немає.", "impact.fire.out"),
        ("Шестерых увезли на скорой.", "harm.injured"),
        ("Шістьох забрали до лікарні.", "harm.injured"),
        ("Жильцов выводят на улицу.", "response.evacuation"),
        ("Мешканців виводять на вулицю.", "response.evacuation"),
    ],
)
def test_words_of_the_scene_are_read(text: str, topic: str) -> None:
    assert [claim.topic for claim in read(text)] == [topic]
