"""Outage schedules and emergency outages: in force, to come, not applied, told once."""

import pytest

from vidomo.app.reader import read

SCHEDULE = "power.schedule"
SHUTDOWN, END = "power.emergency_shutdown", "power.emergency_end"


def told(text: str, lang: str) -> list[tuple[str, str, str]]:
    return [
        (claim.topic, claim.kind.value, claim.polarity.value)
        for claim in read(text, lang=lang, home="UA59000000000057109")
        if claim.topic.startswith("power.")
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "В області діють графіки погодинних відключень."),
        ("ru", "В области действуют графики почасовых отключений."),
        ("en", "Hourly outage schedules are in force in the region."),
    ],
)
def test_a_schedule_in_force_is_a_report(lang: str, text: str) -> None:
    assert told(text, lang) == [(SCHEDULE, "report", "affirmed")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Завтра в області діятимуть графіки погодинних відключень."),
        ("uk", "Черга 3.1: без світла з 9:00 до 13:00."),
        ("ru", "Завтра будут применяться графики почасовых отключений."),
        ("en", "Tomorrow hourly outage schedules will be applied."),
    ],
)
def test_a_schedule_to_come_is_a_plan(lang: str, text: str) -> None:
    assert told(text, lang) == [(SCHEDULE, "plan", "affirmed")]


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("uk", "Погодинні графіки на цей час не діють.", "report"),
        ("uk", "Завтра графіки не застосовуватимуть.", "plan"),
        ("ru", "Почасовые графики сегодня не применяются.", "report"),
        ("ru", "Завтра отключений не планируют.", "plan"),
        ("en", "The schedule is suspended.", "report"),
        ("en", "No hourly outages are planned in the region for tomorrow.", "plan"),
    ],
)
def test_a_schedule_that_does_not_apply_is_told_once(lang: str, text: str, kind: str) -> None:
    assert told(text, lang) == [(SCHEDULE, kind, "negated")]


def test_a_line_with_queues_and_hours_of_its_own_is_never_left_out() -> None:
    text = "Завтра діятимуть графіки.\nЧерга 1.1 — 08:00–12:00.\nЧерга 2.1 — 12:00–16:00."
    assert told(text, "uk") == [(SCHEDULE, "plan", "affirmed")] * 3
    again = "Завтра діятимуть графіки. Просимо зважати на графіки."
    assert told(again, "uk") == [(SCHEDULE, "plan", "affirmed")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Скасовано ГАВ."),
        ("ru", "ГАО отменены."),
        ("en", "Emergency shutdowns were cancelled at noon."),
    ],
)
def test_an_order_taken_back_is_an_end(lang: str, text: str) -> None:
    assert told(text, lang) == [(END, "report", "affirmed")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Коли скасують аварійні відключення, невідомо."),
        ("ru", "Когда отменят аварийные отключения, неизвестно."),
        ("en", "When the emergency shutdowns will be cancelled is unknown."),
    ],
)
def test_an_end_that_is_not_known_is_unknown(lang: str, text: str) -> None:
    assert told(text, lang) == [(END, "unknown", "affirmed")]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("uk", "Аварійні відключення в Сумах скасовано. У Ромнах вони ще діють.", [END, SHUTDOWN]),
        (
            "ru",
            "Аварийные отключения в Сумах отменены. В Ромнах они пока действуют.",
            [END, SHUTDOWN],
        ),
        (
            "en",
            "Emergency shutdowns are cancelled in Sumy. In Romny they still apply.",
            [END, SHUTDOWN],
        ),
        ("uk", "Нові правила вони ще застосовують. Вони ще діють.", []),
    ],
)
def test_they_are_the_orders_told_before(lang: str, text: str, expected: list[str]) -> None:
    assert [topic for topic, _, _ in told(text, lang)] == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Екстрені вимкнення в області сьогодні не вводились."),
        ("ru", "Аварийных отключений в Киеве, по словам компании, сейчас нет."),
    ],
)
def test_orders_that_were_not_given_are_negated(lang: str, text: str) -> None:
    assert told(text, lang) == [(SHUTDOWN, "report", "negated")]
