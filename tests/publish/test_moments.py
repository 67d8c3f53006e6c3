"""Times for people are Kyiv times, with the date, readable by machines too."""

from datetime import UTC, datetime, timedelta

from vidomo.core.time import day_interval
from vidomo.publish.moments import field_value, moment, span
from vidomo.publish.words import words_of

UK, EN = words_of("uk"), words_of("en")
NOON = datetime(2025, 12, 20, 13, 40, tzinfo=UTC)


def test_a_moment_is_written_in_kyiv_time_with_its_day() -> None:
    assert (
        moment(NOON, words=UK, near=NOON)
        == '<time datetime="2025-12-20T13:40:00Z">20 грудня, 15:40</time>'
    )


def test_summer_time_is_the_clock_of_that_summer() -> None:
    july = datetime(2025, 7, 1, 22, 0, tzinfo=UTC)
    assert "2 July, 01:00" in moment(july, words=EN, near=july)


def test_another_year_is_written_out() -> None:
    assert "20 грудня 2025, 15:40" in moment(NOON, words=UK, near=NOON + timedelta(days=300))


def test_a_whole_day_is_a_date_and_several_days_are_two() -> None:
    day = day_interval(NOON.date())
    assert ">20 грудня<" in span(day.start, day.end, words=UK, near=NOON)
    two = span(day.start, day.end + timedelta(days=1), words=UK, near=NOON)
    assert ">20 грудня \u2013 21 грудня<" in two


def test_a_stretch_of_hours_is_two_clock_times() -> None:
    text = span(NOON, NOON + timedelta(hours=2), words=UK, near=NOON)
    assert ">20 грудня, 15:40\u201317:40<" in text
    over = span(NOON, NOON + timedelta(hours=20), words=UK, near=NOON)
    assert over.count("<time") == 2


def test_a_form_field_shows_kyiv_time() -> None:
    assert field_value(NOON) == "2025-12-20T15:40"
