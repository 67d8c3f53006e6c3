from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from vidomo.claims.hits import TimeHit
from vidomo.claims.prepare import prepare
from vidomo.claims.tables import LANGUAGES, entries
from vidomo.claims.temporal import elements_of
from vidomo.claims.times import find_times, groups_of
from vidomo.core.time import KYIV, Interval, parse_posted_at

MORNING = "2025-12-21T08:00:00+02:00"  # a Sunday
PHASES = {None, "past", "ongoing", "as_of", "expected", "scheduled"}
ROLES = {"at", "as_of", "until", "since", "digest", "history"}


def hits(text: str, posted: str | None = MORNING) -> tuple[TimeHit, ...]:
    return find_times(prepare(text), posted_at=parse_posted_at(posted) if posted else None)


def shown(instant: datetime | None) -> str:
    return instant.astimezone(KYIV).strftime("%Y-%m-%d %H:%M") if instant else ""


def read(text: str, posted: str | None = MORNING) -> list[tuple[str, str, str]]:
    doc = prepare(text)
    return [
        (doc.text[hit.start : hit.end], shown(hit.earliest), shown(hit.latest))
        for hit in find_times(doc, posted_at=parse_posted_at(posted) if posted else None)
    ]


@pytest.mark.parametrize(
    ("text", "words", "earliest", "latest"),
    [
        ("вибух о 07:40", "о 07:40", "2025-12-21 07:40", "2025-12-21 07:41"),
        ("близько 07:30 чули", "близько 07:30", "2025-12-21 07:20", "2025-12-21 07:41"),
        ("вибух о 23:40", "о 23:40", "2025-12-20 23:40", "2025-12-20 23:41"),
        ("20 грудня, орієнтовно о 15:40, вдарили", "20 грудня, орієнтовно о 15:40", "2025-12-20 15:30", "2025-12-20 15:51"),
        ("Близько 17:30 у суботу, 20 грудня, чули", "Близько 17:30 у суботу, 20 грудня", "2025-12-20 17:20", "2025-12-20 17:41"),
        ("у ніч на 20 грудня", "у ніч на 20 грудня", "2025-12-19 18:00", "2025-12-20 06:00"),
        ("в ніч на суботу", "в ніч на суботу", "2025-12-19 18:00", "2025-12-20 06:00"),
        ("в ночь на 20 декабря", "в ночь на 20 декабря", "2025-12-19 18:00", "2025-12-20 06:00"),
        ("on the night of December 19", "on the night of December 19", "2025-12-19 18:00", "2025-12-20 06:00"),
        ("вночі лунали вибухи", "вночі", "2025-12-20 18:00", "2025-12-21 06:00"),
        ("учора ввечері", "учора ввечері", "2025-12-20 17:00", "2025-12-21 00:00"),
        ("учора вночі", "учора вночі", "2025-12-19 18:00", "2025-12-21 06:00"),
        ("вранці", "вранці", "2025-12-21 05:00", "2025-12-21 12:00"),
        ("увечері", "увечері", "2025-12-20 17:00", "2025-12-22 00:00"),
        ("сьогодні", "сьогодні", "2025-12-21 00:00", "2025-12-22 00:00"),
        ("напередодні", "напередодні", "2025-12-20 00:00", "2025-12-21 00:00"),
        ("у суботу", "у суботу", "2025-12-20 00:00", "2025-12-21 00:00"),
        ("20 грудня 2025 року", "20 грудня 2025 року", "2025-12-20 00:00", "2025-12-21 00:00"),
        ("5 січня", "5 січня", "2026-01-05 00:00", "2026-01-06 00:00"),
        ("20-21 грудня", "20-21 грудня", "2025-12-20 00:00", "2025-12-22 00:00"),
        ("з 18 по 20 грудня", "з 18 по 20 грудня", "2025-12-18 00:00", "2025-12-21 00:00"),
        ("20.12.2025", "20.12.2025", "2025-12-20 00:00", "2025-12-21 00:00"),
        ("2025-12-20", "2025-12-20", "2025-12-20 00:00", "2025-12-21 00:00"),
        ("станом на 20.12", "станом на 20.12", "2025-12-20 00:00", "2025-12-21 00:00"),
        ("у грудні 2025 року", "у грудні 2025 року", "2025-12-01 00:00", "2026-01-01 00:00"),
        ("за добу", "за добу", "2025-12-20 08:00", "2025-12-21 08:00"),
        ("до 22:00", "до 22:00", "2025-12-21 08:00", "2025-12-21 22:00"),
        ("до 06:00", "до 06:00", "2025-12-21 08:00", "2025-12-22 06:00"),
        ("після 18:00", "після 18:00", "2025-12-21 18:00", "2025-12-22 00:00"),
        ("з 16:00 до 20:00", "з 16:00 до 20:00", "2025-12-21 16:00", "2025-12-21 20:00"),
        ("22:00–02:00", "22:00–02:00", "2025-12-20 22:00", "2025-12-21 02:00"),
        ("о 6 ранку", "о 6 ранку", "2025-12-21 06:00", "2025-12-21 06:01"),
        ("вчера в 9 вечера", "вчера в 9 вечера", "2025-12-20 21:00", "2025-12-20 21:01"),
        ("on Saturday, December 20, at about 3:40 p.m.", "on Saturday, December 20, at about 3:40 p.m.", "2025-12-20 15:30", "2025-12-20 15:51"),
        ("at 6pm", "at 6pm", "2025-12-21 18:00", "2025-12-21 18:01"),
        ("the 20th of December", "the 20th of December", "2025-12-20 00:00", "2025-12-21 00:00"),
        ("on Dec. 19-20, 2025", "on Dec. 19-20, 2025", "2025-12-19 00:00", "2025-12-21 00:00"),
        ("late on Friday", "late on Friday", "2025-12-19 17:00", "2025-12-20 00:00"),
        ("this morning", "this morning", "2025-12-21 05:00", "2025-12-21 12:00"),
        ("overnight", "overnight", "2025-12-20 18:00", "2025-12-21 06:00"),
        ("by Tuesday evening", "by Tuesday evening", "2025-12-21 08:00", "2025-12-24 00:00"),
        ("by midnight", "by midnight", "2025-12-21 08:00", "2025-12-22 00:00"),
        ("до ранку", "до ранку", "2025-12-21 08:00", "2025-12-22 12:00"),
        ("2 години тому", "2 години тому", "2025-12-21 05:30", "2025-12-21 06:30"),
        ("два дні тому", "два дні тому", "2025-12-18 20:00", "2025-12-19 20:00"),
        ("годину тому", "годину тому", "2025-12-21 06:30", "2025-12-21 07:30"),
        ("three days ago", "three days ago", "2025-12-17 20:00", "2025-12-18 20:00"),
        ("кілька днів тому", "кілька днів тому", "2025-12-17 20:00", "2025-12-18 20:00"),
        ("о 18-й годині", "о 18-й годині", "2025-12-21 18:00", "2025-12-21 18:01"),
        ("до кінця доби", "до кінця доби", "2025-12-21 08:00", "2025-12-22 00:00"),
        ("in the early hours of December 20", "in the early hours of December 20", "2025-12-20 00:00", "2025-12-20 08:00"),
        ("торік", "торік", "2024-01-01 00:00", "2025-01-01 00:00"),
        ("з початку року", "з початку року", "2025-01-01 00:00", "2025-12-21 08:00"),
        ("з початку повномасштабного вторгнення", "з початку повномасштабного вторгнення", "2022-02-24 00:00", "2025-12-21 08:00"),
        ("з початку війни", "з початку війни", "", ""),
        ("рік тому", "рік тому", "2024-11-21 08:00", "2025-01-20 08:00"),
    ],
)  # fmt: skip
def test_a_time_is_anchored_to_the_publication(
    text: str, words: str, earliest: str, latest: str
) -> None:
    found = read(text)
    assert len(found) == 1
    surface, first, last = found[0]
    assert words in surface or surface in words
    assert (first, last) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "role", "phase"),
    [
        ("станом на 18:00", "as_of", "as_of"),
        ("станом на зараз", "as_of", "ongoing"),
        ("до 22:00", "until", "expected"),
        ("by Sunday", "until", "expected"),
        ("після 18:00", "since", "expected"),
        ("з 06:00 триває", "since", "ongoing"),
        ("з 16:00 до 20:00", "at", "scheduled"),
        ("учора", "at", "past"),
        ("завтра", "at", "expected"),
        ("сьогодні", "at", None),
        ("рік тому", "history", "past"),
        ("3 роки тому", "history", "past"),
        ("2 години тому", "at", "past"),
        ("30 грудня 2024 року", "history", "past"),
        ("у 2022 році", "history", "past"),
        ("last winter", "history", "past"),
        ("за добу", "digest", "past"),
        ("since the start of the invasion", "since", "past"),
    ],
)
def test_the_words_say_what_a_time_is(text: str, role: str, phase: str | None) -> None:
    assert [(hit.role, hit.phase) for hit in hits(text)] == [(role, phase)]


def test_a_clock_time_takes_the_day_said_near_it() -> None:
    assert read("завтра с 9 до 15 часов")[-1][1:] == ("2025-12-22 09:00", "2025-12-22 15:00")
    assert read("Удар стався 19 грудня. Вибухи чули о 15:40.")[1][1] == "2025-12-19 15:40"
    assert read("Вибухи чули о 15:40 в місті 19 грудня.")[0][1] == "2025-12-19 15:40"
    table = "Графік на 22 грудня\nЧерга 1: 08:00–12:00\nЧерга 2: 12:00–16:00\nЧерга 3: 16:00–20:00"
    assert [row[1] for row in read(table)][1:] == [
        "2025-12-22 08:00",
        "2025-12-22 12:00",
        "2025-12-22 16:00",
    ]


def test_a_day_said_far_away_is_not_taken() -> None:
    text = "Удар стався 19 грудня. Люди допомагали. Тривогу дали о 06:40."
    assert read(text)[1][1] == "2025-12-21 06:40"


def test_an_unknown_publication_leaves_relative_words_without_an_interval() -> None:
    for posted in (None, "2025-11"):
        found = read("учора, о 15:40", posted)
        assert [row[1] for row in found] == [""]
    assert read("сьогодні вночі", None)[0][1:] == ("", "")
    assert read("20 грудня", None)[0][1:] == ("", "")
    assert read("20 грудня 2025 року о 15:40", None)[0][1:] == (
        "2025-12-20 15:40",
        "2025-12-20 15:41",
    )


def test_a_date_without_a_year_is_the_one_nearest_to_a_wide_publication() -> None:
    assert read("on December 20", "2025-12-21/2026-01-01")[0][1] == "2025-12-20 00:00"
    assert read("20 грудня", "2025-01-01/2025-12-31")[0][1] == ""


def test_a_text_known_to_the_day_speaks_of_that_day() -> None:
    assert read("о 23:40", "2025-12-20")[0][1] == "2025-12-20 23:40"


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("29 березня 2026 року", "2026-03-28T22:00", "2026-03-29T21:00"),
        ("25 жовтня 2026 року", "2026-10-24T21:00", "2026-10-25T22:00"),
        ("29 березня 2026 року о 03:30", "2026-03-29T01:30", "2026-03-29T01:31"),
        ("25 жовтня 2026 року о 15:00", "2026-10-25T13:00", "2026-10-25T13:01"),
    ],
)
def test_days_on_which_the_clocks_change_have_their_true_length(
    text: str, earliest: str, latest: str
) -> None:
    (hit,) = hits(text, "2026-06-01")
    assert hit.earliest == datetime.fromisoformat(earliest + "+00:00")
    assert hit.latest == datetime.fromisoformat(latest + "+00:00")


@pytest.mark.parametrize(
    "text",
    [
        "31 лютого",
        "о 25:70",
        "ніч на Куп'янщині минула тихо",
        "дорога до міста закрита",
        "Поздравляем с Днём спасателя",
        "a march of 5 miles",
        "поранено 12 людей",
        "2100 людей",
    ],
)
def test_what_is_no_time_is_not_anchored(text: str) -> None:
    assert [hit for hit in hits(text) if hit.earliest] == []


SECTIONS = ("month", "weekday", "day", "part", "now", "digest", "history", "since", "ago")


@pytest.mark.parametrize(
    ("rule", "entry"),
    [
        pytest.param(f"{lang}.{section}.{entry['id']}", entry, id=f"{lang}-{section}-{entry['id']}")
        for lang in LANGUAGES
        for section in SECTIONS
        for entry in entries(lang, "times", section)
    ],
)
def test_each_word_of_time_is_found_in_its_example_only(
    rule: str, entry: Mapping[str, Any]
) -> None:
    # Languages share words ("завтра"): the same entry of either will do.
    def found(text: str) -> list[str]:
        return [one.rule.partition(".")[2] for one in elements_of(prepare(text))]

    assert rule.partition(".")[2] in found(entry["example"])
    assert rule.partition(".")[2] not in found(entry["counter"])


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(entry, id=f"{lang}-{entry['id']}")
        for lang in LANGUAGES
        for entry in entries(lang, "times", "role")
    ],
)
def test_each_word_before_a_time_is_read_in_its_example_only(entry: Mapping[str, Any]) -> None:
    def said(text: str) -> list[str]:
        return [
            role
            for group in groups_of(prepare(text))
            for role in _said(group.role, about=group.about)
        ]

    assert entry["role"] in said(entry["example"])
    assert entry["role"] not in said(entry["counter"])


def _said(role: str, *, about: bool) -> list[str]:
    return [role, "about"] if about else [role]


PIECES = st.sampled_from(
    [
        "20 ", "грудня ", "2025 ", "року ", "о ", "15:40 ", "до ", "з ", "– ", "ніч на ", "вночі ", "учора ", "станом на ",
        "December ", "31 ", "лютого ", "on ", "Friday ", "late on ", "6 ", "p.m. ", "рік тому ", "за добу ", "сьогодні ",
        "до ранку ", "29.02.2025 ", ", ", ". ", "; ", "близько ", "24:00 ", "from ", "to ", "99 ", "років тому ", "9999 ",
    ]
)  # fmt: skip
POSTED = st.one_of(
    st.none(),
    st.datetimes(timezones=st.just(UTC), max_value=datetime(9999, 12, 30)).map(  # noqa: DTZ001 - bound
        lambda start: Interval(start, start + timedelta(seconds=1))
    ),
    st.tuples(
        st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2199, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
        st.integers(min_value=1, max_value=10_000),
    ).map(lambda pair: Interval(pair[0], pair[0] + timedelta(hours=pair[1]))),
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join), POSTED)
def test_times_lie_in_the_text_in_order_and_never_end_before_they_begin(
    text: str, posted: Interval | None
) -> None:
    doc = prepare(text)
    end = 0
    for hit in find_times(doc, posted_at=posted):
        assert end <= hit.start < hit.end <= len(doc.text)
        end = hit.end
        assert hit.role in ROLES
        assert hit.phase in PHASES
        assert (hit.earliest is None) == (hit.latest is None)
        if hit.earliest is not None and hit.latest is not None:
            assert hit.earliest.tzinfo is UTC
            assert hit.latest.tzinfo is UTC
            assert hit.earliest < hit.latest


@given(st.text(max_size=200), POSTED)
def test_any_text_at_all_can_be_asked_for_its_times(text: str, posted: Interval | None) -> None:
    assert isinstance(find_times(prepare(text), posted_at=posted), tuple)
