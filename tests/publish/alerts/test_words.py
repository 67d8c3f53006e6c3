"""Each entry of a word table finds its example and leaves its counter-example alone."""

import time

import pytest

from vidomo.publish.alerts.words import (
    Pattern,
    address_words,
    exercise_words,
    patterns,
    trial_words,
)

ENTRIES = [(what, *pair) for what, pairs in patterns().items() for pair in pairs]
LOOKING = {"exercise": exercise_words, "test": trial_words, "address": address_words}


@pytest.mark.parametrize(
    ("what", "entry", "pattern"), ENTRIES, ids=lambda one: getattr(one, "id", "")
)
def test_an_entry_finds_its_example_only(what: str, entry: Pattern, pattern: object) -> None:
    assert pattern.search(entry.example)
    assert not LOOKING[what](entry.counter)


@pytest.mark.parametrize(
    "text",
    [
        "НАВЧАННЯ", "Навчальна тривога!", "навчальній тривозі", "Тренування з цивільного захисту",
        "УЧЕНИЯ", "учебную тревогу", "This is an EXERCISE", "drill", "fire drills", "simulated attack",
    ],
)  # fmt: skip
def test_an_exercise_is_noticed_in_any_language(text: str) -> None:
    assert exercise_words(text)


@pytest.mark.parametrize(
    "text", ["ТЕСТ", "тестове сповіщення", "Перевірка сирен", "THIS IS A TEST", "Тест!"]
)
def test_a_test_is_noticed_in_any_language(text: str) -> None:
    assert trial_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "Навчання у школах призупинено",
        "Дистанційне навчання до п'ятниці",
        "Загроза обстрілу: негайно в укриття",
        "Take shelter now",
        "Attestation of shelters",
        "Контестація",
        "Latest message counts",
    ],
)
def test_words_of_everyday_are_left_alone(text: str) -> None:
    assert exercise_words(text) == ()
    assert trial_words(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ізюм, Ізюмський район, Харківська область",
        "Світла немає з 15:40, черга 3.2",
        "Постраждали 12 людей",
        "Траса М03, 12 км від міста",
        "+380 (57) 000-00-00",
        "31.01.2026 14:00",
        "Route 12 to Kharkiv",
    ],
)
def test_what_names_no_single_building_is_left_alone(text: str) -> None:
    assert address_words(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "просп. Незалежності, буд. 4",
        "вулиця Соборна 17",
        "ул. Соборная, д. 17",
        "Soborna Street 17",
        "буд. 7",
    ],
)
def test_a_single_building_is_noticed(text: str) -> None:
    assert address_words(text)


@pytest.mark.parametrize(
    "piece", ["A-", "A ", "вул. ", "12 A ", "49.123 ", "навчальна ", "'", "1" * 5 + " "]
)
def test_no_text_makes_the_search_slow(piece: str) -> None:
    text = (piece * 4000)[:4000]
    began = time.monotonic()
    for look in LOOKING.values():
        look(text)
    assert time.monotonic() - began < 1
