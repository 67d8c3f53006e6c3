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
