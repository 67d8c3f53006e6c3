"""How the posts of administrations, grid operators and rescuers are read."""

from collections import Counter

import pytest

from vidomo.app.reader import read


def _topics(text: str) -> Counter[str]:
    return Counter(f"{claim.topic}/{claim.polarity.value}" for claim in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ворог завдав удару, ймовірно з ЗРК С-300, по Ізюму. Пошкоджено крамницю. 3 поранених.",
        "Окупанти завдали удару з ЗРК по Лозовій. Пошкоджено клуб. 2 людини поранено.",
        "Враг нанёс удар из ЗРК С-300 по Изюму. Повреждён магазин. Двое раненых.",
        "The enemy struck Izium with S-300 missiles. A shop was damaged. Two people were injured.",
    ],
)
def test_a_strike_fired_from_an_air_defence_system_is_no_fighting(text: str) -> None:
    found = _topics(text)
    assert found["impact.damage/affirmed"] == 1
    assert found["harm.injured/affirmed"] == 1


@pytest.mark.parametrize(
    "text",
    ["Наші бійці знищили ЗРК ворога під Токмаком.", "Удар по ворожому ЗРК біля Токмака."],
)
def test_an_air_defence_system_that_is_hit_is_fighting(text: str) -> None:
    assert not _topics(text)


@pytest.mark.parametrize(
    "text",
    [
        "Під час екстрених відключень графіки не діють.",
        "Через екстрені вимкнення графіки у Полтаві не застосовуються.",
        "Графіки у громадах, де введено аварійні відключення, зараз не діють.",
        "Графики в районах, где введены аварийные отключения, сейчас не действуют.",
        "The schedules do not apply in regions where emergency outages have been introduced.",
    ],
)
def test_schedules_suspended_by_emergency_cuts_do_not_end_the_cuts(text: str) -> None:
    found = _topics(text)
    assert found["power.schedule/negated"] == 1
    assert found["power.emergency_shutdown/negated"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "Аварійні відключення у Полтаві не застосовуються.",
        "Ні графіки, ні аварійні відключення у Полтаві не діють.",
    ],
)
def test_emergency_cuts_that_do_not_apply_are_said_not_to(text: str) -> None:
    assert _topics(text)["power.emergency_shutdown/negated"] == 1


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("У Сумській області знеструмлено 35 н.п., Полтавській – 12 н. п.", [35, 12]),
        ("Без світла 15 н.п. Сумської області.", [15]),
        ("В Сумской области обесточены 35 н.п.", [35]),
    ],
)
def test_settlements_are_counted_in_their_short_form(text: str, counts: list[int]) -> None:
    numbers = [claim.number for claim in read(text) if claim.topic == "impact.power.outage"]
    assert [(n.min, n.unit) for n in numbers if n] == [(one, "settlements") for one in counts]


@pytest.mark.parametrize(
    "text",
    [
        "Усі постраждалі перебувають у лікарні.",
        "Постраждалих доправили до лікарні.",
        "Стежте за можливими змінами у графіку ремонту водогону.",
        "Збільшили кількість автобусів на маршрутах.",
        "Увеличили количество автобусов на маршрутах.",
    ],
)
def test_patients_and_more_buses_are_neither_damage_nor_a_restored_line(text: str) -> None:
    found = {claim.topic for claim in read(text)}
    assert not found & {"impact.damage", "service.transport.restored"}


def test_what_depends_on_supply_is_no_outage() -> None:
    found = _topics("Тролейбуси поїдуть за розкладом за умови відсутності вимкнень світла.")
    assert found["impact.power.outage/affirmed"] == 0


def test_a_timetable_of_emergency_cuts_is_told_once() -> None:
    found = _topics("На Сумщині введено в дію графік аварійних відключень електроенергії.")
    assert found == {"power.emergency_shutdown/affirmed": 1}
