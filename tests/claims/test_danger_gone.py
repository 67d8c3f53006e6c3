"""What no longer flies is no danger; what was launched towards a place is one."""

import pytest

from vidomo.app.reader import read


def dangers(text: str) -> list[tuple[str, str, str]]:
    found = [one for one in read(text) if one.topic.startswith("threat.")]
    return [(one.topic, one.kind.value, one.polarity.value) for one in found]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Ракет у повітряному просторі України більше немає.", "threat.missile"),
        ("Ракет у небі над областю більше нема.", "threat.missile"),
        ("Ракет в воздушном пространстве области больше нет.", "threat.missile"),
        ("Дронов в небе над Сумами больше нет.", "threat.uav"),
        ("There are no more missiles in the airspace of Ukraine.", "threat.missile"),
    ],
)
def test_nothing_more_in_the_air_is_the_end_of_that_danger(text: str, topic: str) -> None:
    assert dangers(text) == [(topic, "report", "negated")]


@pytest.mark.parametrize(
    "text",
    [
        "Повідомляли про крилату ракету, випущену в бік Одеси.",
        "Каналы писали о крылатой ракете воздушного базирования, выпущенной в сторону Одессы.",
        "Channels reported a cruise missile launched towards Odesa.",
    ],
)
def test_a_missile_launched_towards_a_place_is_a_danger(text: str) -> None:
    assert dangers(text) == [("threat.missile", "warning", "affirmed")]


def test_missiles_in_the_air_are_a_danger() -> None:
    text = "Ракеты в воздушном пространстве Сумской области."
    assert dangers(text) == [("threat.missile", "warning", "affirmed")]
