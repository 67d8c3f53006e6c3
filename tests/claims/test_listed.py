"""Each line of a list of weapons is a statement of its own."""

import pytest

from claims.reading import read


def told(text: str) -> list[tuple[str, float | None, str]]:
    return [
        (claim.topic, claim.number.min, claim.number.unit)
        for claim in read(text).claims
        if claim.number is not None
    ]


@pytest.mark.parametrize("bullet", ["- ", "▫️\n ", "• ", ""])
def test_what_stands_below_downed_was_downed(bullet: str) -> None:
    text = f"У ніч на вівторок знищено:\n{bullet}15 ударних дронів;\n{bullet}одну ракету."
    assert told(text) == [
        ("event.air_defence", 15, "uavs"),
        ("event.air_defence", 1, "missiles"),
    ]


def test_what_stands_below_launched_was_launched() -> None:
    text = "Ворог застосував:\n- чотири ракети;\n- 22 дрони.\nЄ влучання на Одещині."
    assert told(text) == [("event.strike", 4, "missiles"), ("event.strike", 22, "uavs")]


def test_a_line_that_counts_no_weapon_ends_the_list() -> None:
    text = "Збито:\n- 5 дронів;\nЗа минулий тиждень привезли:\n- 40 дронів для рятувальників."
    assert told(text) == [("event.air_defence", 5, "uavs")]


def test_what_stands_below_damaged_was_damaged() -> None:
    text = "Через удар у Сумах пошкоджено:\n- 12 приватних будинків;\n- 3 автомобілі."
    assert told(text) == [("impact.damage", 12, "houses"), ("impact.damage", 3, "vehicles")]


def test_the_heading_of_a_list_says_nothing_more() -> None:
    text = "Через удар у Сумах пошкоджено:\n- 12 приватних будинків."
    assert len([claim for claim in read(text).claims if claim.topic == "impact.damage"]) == 1


def test_a_line_gives_every_count_that_it_has() -> None:
    text = "Евакуації підлягають:\nСумська область: 4 села, 65 дітей;\nХарківська область: 7 сіл."
    assert told(text) == [
        ("response.evacuation", 4, "settlements"),
        ("response.evacuation", 65, "children"),
        ("response.evacuation", 7, "settlements"),
    ]


def test_a_weapon_without_a_count_does_not_end_the_list() -> None:
    text = (
        "За добу ворог застосував таку зброю:\n\nдва КАБ;\n\nfpv-дрон;\n\nтри шахеди.\nЄ поранені."
    )
    assert told(text) == [("event.strike", 2, "bombs"), ("event.strike", 3, "uavs")]


def test_a_list_of_strikes_may_stand_below_the_verb() -> None:
    text = "За добу по Сумах вдарили:\n- чотири дрони."
    assert told(text) == [("event.strike", 4, "uavs")]
