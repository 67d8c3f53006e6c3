"""Numbers and times in words."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from vidomo.desk.forms.spell import spell_clock, spell_day, spell_number


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "нуль"),
        (1, "один"),
        (15, "п'ятнадцять"),
        (20, "двадцять"),
        (23, "двадцять три"),
        (100, "сто"),
        (101, "сто один"),
        (319, "триста дев'ятнадцять"),
        (1000, "одна тисяча"),
        (2002, "дві тисячі два"),
        (5000, "п'ять тисяч"),
        (12_040, "дванадцять тисяч сорок"),
        (21_000, "двадцять одна тисяча"),
        (101_000, "сто одна тисяча"),
        (2.5, "два цілих п'ять"),
        (1_000_000, "один нуль нуль нуль нуль нуль нуль"),
    ],
)
def test_a_number_is_read_in_ukrainian_words(value: float, words: str) -> None:
    assert spell_number(value, lang="uk") == words


def test_a_number_is_read_in_english_words() -> None:
    assert spell_number(2345, lang="en") == "two thousand three hundred forty five"


@pytest.mark.parametrize(
    ("hour", "minute", "uk", "en"),
    [
        (17, 40, "сімнадцята година сорок", "seventeen hours forty"),
        (17, 5, "сімнадцята година нуль п'ять", "seventeen hours zero five"),
        (8, 0, "восьма година рівно", "eight hours sharp"),
        (23, 21, "двадцять третя година двадцять одна", "twenty-three hours twenty one"),
        (9, 2, "дев'ята година нуль дві", "nine hours zero two"),
        (0, 12, "нуль годин дванадцять", "zero hours twelve"),
    ],
)
def test_a_clock_time_is_read_so_that_no_minute_is_misheard(hour, minute, uk, en) -> None:
    moment = datetime(2025, 12, 20, (hour - 2) % 24, minute, tzinfo=UTC)
    assert spell_clock(moment, lang="uk") == uk
    assert spell_clock(moment, lang="en") == en


def test_a_day_is_read_in_words() -> None:
    moment = datetime(2025, 12, 20, 16, tzinfo=UTC)
    assert spell_day(moment, lang="uk") == "двадцяте грудня"
    assert spell_day(moment, lang="en") == "the twentieth of December"


@given(
    first=st.integers(0, 999_999),
    second=st.integers(0, 999_999),
    lang=st.sampled_from(["uk", "en"]),
)
def test_two_numbers_never_sound_the_same(first: int, second: int, lang: str) -> None:
    said = spell_number(first, lang=lang)
    assert not any(char.isdigit() for char in said)
    assert (said == spell_number(second, lang=lang)) == (first == second)
