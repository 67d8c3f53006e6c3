"""Ukrainian posts in which talk of an event must not become the event."""

import pytest

from claims.reading import facts


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
