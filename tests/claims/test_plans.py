"""What somebody will do is a plan, what holds now is reported."""

import pytest

from claims.reading import facts


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Зранку в місті розгорнуть 12 пунктів незламності.", "help.point"),
        ("Ремонтні бригади працюватимуть у селі до ранку.", "response.repair"),
        ("Ухвалено рішення про обов'язкову евакуацію дітей із п'яти сіл.", "response.evacuation"),
        ("В городе будет развернут пункт обогрева.", "help.point"),
        ("Аварийные бригады отправятся на осмотр линии утром.", "response.repair"),
        ("В ближайшее время организуют подвоз воды.", "help.water"),
        (
            "The council decided to announce mandatory evacuation from five villages.",
            "response.evacuation",
        ),
        ("A heating point will be set up at the school.", "help.point"),
    ],
)
def test_what_one_will_do_is_a_plan(text: str, topic: str) -> None:
    assert (topic, "plan", "affirmed") in facts(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("У місті розгорнуто 12 пунктів незламності.", "help.point"),
        ("Ремонтні бригади працюють у селі.", "response.repair"),
        ("В городе развернут пункт обогрева.", "help.point"),
        ("Аварийные бригады работают на линии.", "response.repair"),
        ("Five villages have been evacuated.", "response.evacuation"),
    ],
)
def test_what_one_does_now_is_reported(text: str, topic: str) -> None:
    assert (topic, "report", "affirmed") in facts(text)
