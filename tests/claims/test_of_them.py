"""What became of a part of a count is a statement of its own."""

import pytest

from vidomo.app.reader import read


def counts(text: str) -> list[tuple[str, float | None]]:
    return [(one.topic, one.number.min if one.number else None) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "launched", "downed"),
    [
        ("На Суми випустили десять дронів і сім з них збили.", 10, 7),
        ("По городу выпустили шесть ракет и пять из них были сбиты.", 6, 5),
        ("По Изюму выпустили 12 дронов и 9 из них сбиты.", 12, 9),
    ],
)
def test_the_downed_are_told_apart_from_the_launched(
    text: str, launched: float, downed: float
) -> None:
    assert counts(text) == [("event.strike", launched), ("event.air_defence", downed)]


def test_english_news_counts_what_was_shot_down_of_them() -> None:
    text = "Six missiles were launched at Kyiv and five of them were shot down."
    assert ("event.air_defence", 5) in counts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Поранено п'ятьох людей і двоє з них у лікарні.",
        "Ранены пять человек и двое из них в реанимации.",
        "Five people were wounded and two of them are in hospital.",
    ],
)
def test_a_part_of_the_wounded_is_not_added_to_them(text: str) -> None:
    assert counts(text)[0] == ("harm.injured", 5)


def test_two_counts_that_only_stand_side_by_side_are_added() -> None:
    assert counts("Ранены две женщины и трое мужчин.")[0] == ("harm.injured", 5)
