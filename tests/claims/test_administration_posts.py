"""How the posts of administrations, grid operators and rescuers are read."""

from collections import Counter

import pytest

from vidomo.app.reader import read

_FIRES = """In Sumy oblast eight fires broke out. In Shostka a shed burned down.
Altogether six fires were put out in the past day."""


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


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "На Полтавщині за добу 8 пожеж. У Лубнах згорів склад. Загалом за добу загасили 6 пожеж.",
            "UA53000000000028050",
        ),
        (
            "В Сумской области 8 пожаров. В Лебедине сгорел склад. Всего за сутки потушили 6 пожаров.",
            "UA59000000000057109",
        ),
        (
            _FIRES,
            "UA59000000000057109",
        ),
        (
            "На Сумщині обстріли. У Шостці двоє поранених. У Лебедині двоє. Загалом загасили 6 пожеж.",
            "UA59000000000057109",
        ),
        (
            "У Сумській області обстріл. У Шостці пошкоджено будинки. Загалом загасили 6 пожеж.",
            "UA59100170010017917",
        ),
        (
            "У Сумській області обстріл. У Шостці пошкоджено будинки. За добу загасили 6 пожеж.",
            "UA59100170010017917",
        ),
    ],
)
def test_a_total_is_of_the_oblast_that_the_places_before_it_lie_in(text: str, place: str) -> None:
    six = [claim for claim in read(text) if claim.number and claim.number.min == 6]
    assert [p.code for claim in six for p in claim.places] == [place]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Будинки у Києві вже двічі підключили до теплопостачання після обстрілу.", [None]),
        ("За ніч Ізюм двічі обстріляли.", [2]),
    ],
)
def test_twice_counts_what_it_stands_before(text: str, counts: list[int | None]) -> None:
    shelled = [claim for claim in read(text) if claim.topic == "event.shelling"]
    assert [claim.number and claim.number.min for claim in shelled] == counts


@pytest.mark.parametrize(
    "text",
    [
        "У гасінні взяли участь 83 рятувальники.",
        "Рятувальники одразу розпочали гасіння.",
        "40 вогнеборців брали участь у ліквідації.",
        "В тушении приняли участие 83 спасателя.",
        "Спасатели сразу приступили к тушению.",
        "Rescuers immediately started extinguishing the fire.",
    ],
)
def test_those_who_take_part_in_putting_out_a_fire_are_at_work(text: str) -> None:
    assert _topics(text)["response.rescue/affirmed"] == 1


def test_rescuers_who_start_a_course_are_not_at_work() -> None:
    assert not _topics("Рятувальники розпочали навчання.")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Жителі можуть набрати воду біля школи.", "help.water"),
        ("Набрати води можна у дворі ліцею.", "help.water"),
        ("Воду можно набрать у лицея.", "help.water"),
        ("Residents can collect water at the school.", "help.water"),
        ("Радимо набрати воду на ніч.", "advice.stock_water"),
        ("Советуем набрать воду на ночь.", "advice.stock_water"),
    ],
)
def test_where_water_is_given_is_no_advice_to_store_it(text: str, topic: str) -> None:
    assert {claim.topic for claim in read(text)} == {topic}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("За останні дні в Лебедині поранено 12 людей.", "background"),
        ("За останні три тижні в Лебедині поранено 12 людей.", "background"),
        ("За последние дни в Лебедине ранены 12 человек.", "background"),
        ("Окупанти інтенсивно обстрілюють Лебедин.", "report"),
        ("Обстрілюють Лебедин постійними ударами.", "background"),
    ],
)
def test_what_was_counted_over_days_is_background(text: str, kind: str) -> None:
    assert {claim.kind.value for claim in read(text)} == {kind}


def test_what_depends_on_supply_is_no_outage() -> None:
    found = _topics("Тролейбуси поїдуть за розкладом за умови відсутності вимкнень світла.")
    assert found["impact.power.outage/affirmed"] == 0


def test_a_timetable_of_emergency_cuts_is_told_once() -> None:
    found = _topics("На Сумщині введено в дію графік аварійних відключень електроенергії.")
    assert found == {"power.emergency_shutdown/affirmed": 1}
