"""Ukrainian posts in which talk of an event must not become the event."""

import pytest

from claims.reading import facts, read


@pytest.mark.parametrize(
    "text",
    [
        "Відбій оголосить лише міська адміністрація.",
        "Сидіть у підвалі, доки не пролунає відбій.",
        "Відбій аварійних відключень у Сумах.",
        "Відбій по КАБах.",
        "Відбій штормового попередження в Сумах.",
    ],
)
def test_words_about_an_all_clear_end_no_alert(text: str) -> None:
    assert ("alert.end", "report", "affirmed") not in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Обійшлося без жертв і без потерпілих.",
        "У Сумах відсутні постраждалі, відсутність жертв підтвердили медики.",
        "Без втрат серед людей.",
    ],
)
def test_no_casualties_make_no_casualty(text: str) -> None:
    stated = facts(text)
    assert not [f for f in stated if f[0].startswith("harm.") and f[2] == "affirmed"]


@pytest.mark.parametrize(
    "text",
    [
        "Минає три роки від удару по вокзалу. Загинули 12 людей.",
        "9 травня 2022 року ракета влучила в школу в Сумах.",
        "Панахида за Іваном, який загинув під час удару по Сумах минулого березня.",
    ],
)
def test_a_day_of_memory_is_no_new_event(text: str) -> None:
    assert not [f for f in facts(text) if f[1] == "report" and f[0] != "advice"]


@pytest.mark.parametrize(
    "text",
    [
        "За зйомку роботи ППО чи наслідків ударів передбачено до 8 років.",
        "Прильоти викладати не слід!",
        "Хто відео вибухів виклав — видаліть.",
        "Ворог коригує удари за вашими дописами.",
    ],
)
def test_a_request_not_to_film_is_no_strike(text: str) -> None:
    assert not [f for f in facts(text) if f[0].startswith(("event.", "threat."))]


@pytest.mark.parametrize(
    "text",
    [
        "Чотири роки обстрілу ринку: у Сумах читали імена. Загинули 12 людей.",
        "У суботу виповниться два роки, відколи ракета зруйнувала школу в Сумах.",
        "Від початку вересня в Сумах загинули 7 цивільних.",
        "За 15 днів жовтня Суми атакували 30 разів.",
        "У Сумах прощалися із земляком Павлом, який помер від ран у госпіталі.",
        "Блогер отримав умовний термін: у Суми прилетів дрон, а він вів трансляцію.",
    ],
)
def test_what_is_told_of_past_days_is_no_new_event(text: str) -> None:
    happened = ("event.", "harm.", "impact.")
    assert not [f for f in facts(text) if f[0].startswith(happened) and f[1] == "report"]


@pytest.mark.parametrize(
    "text",
    [
        "Аналітик з питань енергетики Ілля Вовк припускає, що обстріл Сум повториться.",
        "На його думку, північ працювала острівним режимом.",
        "На її переконання, саме тому вночі били по Сумах.",
        "Відбою не чекайте ще годину.",
    ],
)
def test_what_somebody_infers_or_expects_is_no_report(text: str) -> None:
    assert facts(text)
    assert not [f for f in facts(text) if f[1] == "report"]


def test_a_casualty_count_of_nought_hurts_nobody() -> None:
    stated = facts("Травмованих, на щастя, нуль. Нуль загиблих.")
    assert ("harm.injured", "report", "negated") in stated
    assert ("harm.killed", "report", "negated") in stated
    assert not [f for f in stated if f[2] == "affirmed"]


@pytest.mark.parametrize(
    "text",
    [
        "Не ставте позначки «тут влучило» на картах.",
        "Фото з роботи ППО — ні.",
        "Склали протокол за викладене відео роботи ППО.",
    ],
)
def test_words_against_filming_make_no_danger(text: str) -> None:
    assert not [
        f for f in facts(text) if f[0].startswith(("event.", "threat.")) and f[1] == "report"
    ]


@pytest.mark.parametrize("text", ["Столиця: відбій о 07:20.", "У Сумах відбій дали о 07:20."])
def test_an_all_clear_with_its_time_ends_the_alert(text: str) -> None:
    assert ("alert.end", "report", "affirmed") in facts(text)


@pytest.mark.parametrize(
    "text", ["У Сумах знов тривога.", "Суми: тривога є.", "Сумський р-н червоний."]
)
def test_an_alert_that_holds_is_an_alert(text: str) -> None:
    assert ("alert.start", "report", "affirmed") in facts(text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Тролейбуси завтра не вийдуть.", ("service.transport.disrupted", "plan", "affirmed")),
        ("Автобуси курсують за святковим розкладом.", ("service.transport.adapted", "report")),
        ("Завтра ГАВ не планують.", ("power.emergency_shutdown", "forecast", "negated")),
        ("Евакуювати людей поки не можемо.", ("response.evacuation", "report", "negated")),
        ("Родина відмовилась від евакуації.", ("response.evacuation", "report", "negated")),
        ("Енергосистема не розділилася.", ("grid.fragmentation", "report", "negated")),
        ("Мешканець надихався диму.", ("harm.injured", "report", "affirmed")),
        ("Рятувальники завершили гасіння складу.", ("impact.fire.out", "report", "affirmed")),
        ("Підтоплено 20 садиб.", ("impact.damage", "report", "affirmed")),
        ("Дату відновлення світла назвати не можемо.", ("impact.power.restored", "unknown")),
    ],
)
def test_ordinary_phrases_of_the_services_are_read(text: str, fact: tuple[str, ...]) -> None:
    assert fact in {f[: len(fact)] for f in facts(text)}


def test_no_tie_between_events_is_no_lost_connection() -> None:
    assert not [f for f in facts("Зв'язку з аварією немає.") if f[0] == "impact.comms.outage"]


@pytest.mark.parametrize(
    ("text", "unit", "count"),
    [
        ("У Нікополі п'ятеро постраждалих. Серед них 7-річний хлопчик.", "children", 1),
        ("Кількість поранених зросла до 20. Серед них четверо дітей.", "children", 4),
        ("Загинув сторож, восьмеро поранені. З них троє – жінки.", "persons", 3),
    ],
)
def test_a_sentence_that_begins_with_among_them_counts_a_part(
    text: str, unit: str, count: int
) -> None:
    claims = read(text).claims
    numbers = [(one.topic, one.number.unit, one.number.min) for one in claims if one.number]
    assert ("harm.injured", unit, count) in numbers


def test_among_them_counts_no_houses_among_people() -> None:
    claims = read("Постраждали шестеро людей. Серед них – господарі; два будинки згоріли.").claims
    assert [one.number.min for one in claims if one.topic.startswith("harm.") and one.number] == [6]
