"""A call is taken down from what was typed in a hurry; nothing is guessed, nothing hidden stays."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from vidomo.desk.calls.take import (
    LONGEST_WORDS,
    Asked,
    cleaned,
    moment,
    noted,
    places_of,
    without_numbers,
)
from vidomo.gazetteer import Gazetteer

NOW = datetime(2026, 1, 10, 1, 15, 30, tzinfo=UTC)  # 03:15 in Kyiv
IZIUM = "UA63040090010029555"
KHARKIV_OBLAST = "UA63000000000041885"
ATLAS = Gazetteer.open()


def anywhere(_: str) -> bool:
    return False


def in_kharkiv_oblast(code: str) -> bool:
    return ATLAS.within(code, KHARKIV_OBLAST)


def take(**fields: str):
    asked = Asked(**({"words": "Немає світла.", "place": "Ізюм"} | fields))
    return noted(asked, now=NOW, atlas=ATLAS, is_mine=anywhere)


def test_a_call_needs_only_words_and_a_place() -> None:
    found = take()
    assert not found.problems
    assert found.place == IZIUM
    assert found.called_at == NOW.replace(microsecond=0)
    assert found.caller.is_empty


@pytest.mark.parametrize(
    ("typed", "hours_ago"),
    [("03:12", 0.05), ("0312", 0.05), ("3.12", 0.05), ("03 12", 0.05), ("23:15", 4)],
)
def test_a_time_of_day_is_the_last_one_that_has_been(typed: str, hours_ago: float) -> None:
    minute = NOW.replace(second=0)
    assert moment(typed, now=NOW) == minute - timedelta(hours=hours_ago)


def test_a_time_with_its_date_is_taken_as_it_stands_in_kyiv() -> None:
    assert moment("2026-01-09 23:50", now=NOW) == datetime(2026, 1, 9, 21, 50, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["25:00", "12:60", "зараз", "12", "2026-13-01 10:00", "-1:00"])
def test_what_is_no_time_is_said_to_be_none(typed: str) -> None:
    assert moment(typed, now=NOW) is None
    assert ("when", "time") in take(when=typed).problems


def test_a_call_of_the_future_is_a_slip() -> None:
    assert ("when", "ahead") in take(when="2026-01-10 05:00").problems


def test_a_time_that_the_clocks_skip_is_none_and_one_that_comes_twice_is_the_later_one() -> None:
    spring = datetime(2026, 3, 29, 6, 0, tzinfo=UTC)
    assert moment("2026-03-29 03:30", now=spring) is None
    autumn = datetime(2026, 10, 25, 6, 0, tzinfo=UTC)
    assert moment("03:30", now=autumn) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_several_places_of_one_name_are_offered_and_none_is_taken() -> None:
    found = take(place="Шевченкове")
    assert found.problems == (("place", "several"),)
    assert len(found.candidates) > 1
    assert not found.place
    chosen = take(place="Шевченкове", code=found.candidates[1])
    assert chosen.place == found.candidates[1]
    assert not chosen.problems


def test_a_code_that_does_not_belong_to_the_name_is_no_choice() -> None:
    assert take(place="Ізюм", code="UA05060110190015650").place == IZIUM


def test_the_only_namesake_of_the_own_territory_is_meant() -> None:
    mine = "UA63080150010082504"
    assert places_of("Шевченкове", atlas=ATLAS, is_mine=lambda code: code == mine) == (mine,)


def test_of_many_namesakes_none_is_taken_for_the_only_one() -> None:
    found = places_of("Шевченкове", atlas=ATLAS, is_mine=in_kharkiv_oblast)
    assert len(found) > 5
    assert all(map(in_kharkiv_oblast, found))


@pytest.mark.parametrize("typed", ["", "Ґондурасівка-на-Місяці", "🟢", "'; drop table record; --"])
def test_a_place_that_is_none_is_said_to_be_none(typed: str) -> None:
    assert ("place", "place") in take(place=typed).problems


@pytest.mark.parametrize(
    "typed", ["Ізюм, Ізюмський район, Харківська область", "izium", "м. Ізюм", f"Ізюм {IZIUM}"]
)
def test_a_place_is_known_by_any_of_its_names(typed: str) -> None:
    assert places_of(typed, atlas=ATLAS, is_mine=anywhere) == (IZIUM,)


@pytest.mark.parametrize(
    "number", ["050 123 45 67", "+380501234567", "380501234567", "(050)123-45-67", "0501234567"]
)
def test_a_telephone_number_among_the_words_goes_to_the_sealed_field(number: str) -> None:
    found = take(words=f"Немає води, дзвонити {number} до ранку.", call_back="черговий")
    digits = "".join(filter(str.isdigit, number))
    assert digits not in "".join(filter(str.isdigit, found.words))
    assert digits in "".join(filter(str.isdigit, found.caller.call_back))
    assert found.caller.call_back.startswith("черговий, ")


@pytest.mark.parametrize(
    "words", ["2026-01-10 03:15 вибух", "10.01.2026 о 0315", "вул. Миру 12, кв. 105, 3 поверх"]
)
def test_dates_and_addresses_are_no_telephone_numbers(words: str) -> None:
    assert without_numbers(words) == (words, ())


def test_marks_of_direction_and_controls_are_taken_out() -> None:
    assert cleaned("\u202eсвітла\u202c не\u0000має\u200b\ufeff") == "світла немає"
    assert cleaned("a\tb\r\nc", is_long=True) == "a b\nc"
    assert cleaned("a\nb") == "a b"


def test_words_that_are_too_long_are_refused_and_not_cut() -> None:
    found = take(words="а" * (LONGEST_WORDS + 1), who="б" * 200)
    assert ("words", "long") in found.problems
    assert ("who", "long") in found.problems


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=300), st.text(max_size=60))
def test_no_input_brings_it_down_and_nothing_hidden_gets_through(
    when: str, place: str, words: str, who: str
) -> None:
    found = take(when=when, place=place, words=words, who=who)
    assert found.called_at <= NOW
    assert not [char for char in found.words if char < " " and char != "\n"]
    assert bool(found.place) == (not any(field == "place" for field, _ in found.problems))
