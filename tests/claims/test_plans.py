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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("По всій країні діють графіки погодинних відключень.", "report"),
        ("Графіки погодинних відключень наразі діють у трьох областях.", "report"),
        ("Завтра з 8:00 діятимуть графіки погодинних відключень.", "plan"),
        ("По всей стране действуют графики почасовых отключений.", "report"),
        ("16 января действуют графики почасовых отключений: 1 очередь.", "plan"),
        ("Зимой могут быть введены графики почасовых отключений.", "forecast"),
        ("Now hourly outage schedules apply in all regions.", "report"),
        ("Hourly outage schedules will be in force tomorrow from 08:00.", "plan"),
    ],
)
def test_a_schedule_is_what_its_sentence_says(text: str, kind: str) -> None:
    assert {k for topic, k, _ in facts(text) if topic == "power.schedule"} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "Графіки погодинних відключень тимчасово не діють.",
        "Почасовые графики временно не действуют.",
        "Hourly outage schedules do not apply at the moment.",
    ],
)
def test_a_schedule_that_does_not_apply_is_no_plan(text: str) -> None:
    found = {(kind, polarity) for topic, kind, polarity in facts(text) if topic == "power.schedule"}
    assert found == {("report", "negated")}
