"""What is told with a time to come is announced, whatever its verb."""

import pytest

from claims.reading import facts


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("В Острі відключення світла заплановано на вулиці Садовій.", "impact.power.outage"),
        ("Подачу води в Ромнах припиняють з 10:00 до 17:00 через ремонт.", "impact.water.outage"),
        ("Евакуаційний автобус із Лимана — завтра о 8:30.", "response.evacuation"),
        ("Подача воды в Ромнах прекращается с 10:00 до 17:00.", "impact.water.outage"),
        (
            "Отправление эвакуационного автобуса из Славянска — завтра в 8:30.",
            "response.evacuation",
        ),
        (
            "Water supply in Sumy is suspended from 10:00 to 17:00 because of repairs.",
            "impact.water.outage",
        ),
        (
            "Electricity is to be cut off tomorrow in three villages.",
            "impact.power.outage",
        ),
    ],
)
def test_a_time_to_come_makes_a_plan(text: str, topic: str) -> None:
    told = facts(text)
    assert (topic, "plan", "affirmed") in told
    assert (topic, "report", "affirmed") not in told


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Світла не було з 10:00 до 17:00 у Сумах.", "impact.power.outage"),
        ("У селі зникло світло, ремонт обіцяють завтра.", "impact.power.outage"),
        ("Воды в Сумах не было с 10:00 до 17:00.", "impact.water.outage"),
        ("Sumy was without power from 10:00 to 17:00.", "impact.power.outage"),
        ("There is no gas in Sumy, crews come tomorrow.", "impact.gas.outage"),
    ],
)
def test_what_has_been_is_no_plan(text: str, topic: str) -> None:
    told = facts(text)
    assert (topic, "report", "affirmed") in told
    assert (topic, "plan", "affirmed") not in told


def test_a_supply_of_tomorrow_is_expected() -> None:
    told = facts("Воду в Сумах вернут завтра.")
    assert ("impact.water.restored", "forecast", "affirmed") in told


@pytest.mark.parametrize(
    "text",
    [
        "Повертаємося до погодинних графіків відключень.",
        "Возвращаемся к графикам почасовых отключений.",
        "The region is back to hourly outage schedules.",
    ],
)
def test_schedules_that_are_back_are_in_force(text: str) -> None:
    assert ("power.schedule", "report", "affirmed") in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Губернатор заявил о возможных кратковременных отключениях света.",
        "Мер попередив про ймовірні відключення світла ввечері.",
        "The mayor warned of possible power outages in the evening.",
    ],
)
def test_possible_cuts_are_not_there(text: str) -> None:
    told = facts(text)
    assert ("impact.power.outage", "report", "affirmed") not in told


@pytest.mark.parametrize(
    "text",
    [
        "Аварийные службы приступят к ремонту линии после разрешения военных.",
        "Бригади візьмуться до ремонту лінії після дозволу військових.",
        "Crews will begin to repair the line once the military allow it.",
    ],
)
def test_repair_that_waits_for_leave_is_a_plan(text: str) -> None:
    told = facts(text)
    assert ("response.repair", "plan", "affirmed") in told
    assert ("response.repair", "report", "affirmed") not in told
