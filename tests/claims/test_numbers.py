from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, strategies as st

from vidomo.claims.hits import NumberHit
from vidomo.claims.numbers import find_numbers
from vidomo.claims.prepare import prepare
from vidomo.claims.tables import LANGUAGES, entries

ROLES = {
    "count", "year", "date", "time", "age", "floor", "queue", "address", "model", "money", "phone",
    "measure", "ordinal",
}  # fmt: skip
MODES = {"exact", "about", "at_least", "at_most", "range", "several"}


def hits(text: str) -> tuple[NumberHit, ...]:
    return find_numbers(prepare(text))


def read(text: str) -> list[tuple[str, float | None, float | None, str, str]]:
    """Words, bounds, mode and unit of each count in a text."""
    doc = prepare(text)
    return [
        (doc.text[hit.start : hit.end], hit.min, hit.max, hit.mode, hit.unit)
        for hit in find_numbers(doc)
        if hit.role == "count"
    ]


def roles(text: str) -> list[str]:
    return [hit.role for hit in hits(text)]


def entries_of(table: str, section: str) -> list[Any]:
    return [
        pytest.param(entry, id=f"{lang}-{section}-{entry['id']}")
        for lang in LANGUAGES
        for entry in entries(lang, table, section)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 200 побутових споживачів", ("14 200", 14200, 14200, "exact", "customers")),
        ("2,5 тисячі абонентів", ("2,5 тисячі", 2500, 2500, "exact", "customers")),
        ("без світла 12 тис. родин", ("12 тис.", 12000, 12000, "exact", "households")),
        ("понад 2100 людей", ("понад 2100", 2100, None, "at_least", "persons")),
        ("двоє загиблих", ("двоє", 2, 2, "exact", "persons")),
        ("дві дорослі людини", ("дві", 2, 2, "exact", "persons")),
        ("двадцять п'ять поранених", ("двадцять п'ять", 25, 25, "exact", "persons")),
        ("сто двадцять будинків", ("сто двадцять", 120, 120, "exact", "houses")),
        ("пів сотні будинків", ("пів сотні", 50, 50, "exact", "houses")),
        ("до десятка вибухів", ("до десятка", None, 10, "at_most", "explosions")),
        ("вибухів було близько 10", ("близько 10", 10, 10, "about", "explosions")),
        ("від 5 до 8 вибухів", ("від 5 до 8", 5, 8, "range", "explosions")),
        ("5-7 квартир", ("5-7", 5, 7, "range", "apartments")),
        ("3–4 квартири", ("3–4", 3, 4, "range", "apartments")),
        ("двоє-троє людей", ("двоє-троє", 2, 3, "range", "persons")),
        ("два чи три будинки", ("два чи три", 2, 3, "range", "houses")),
        ("5–7 тисяч абонентів", ("5–7 тисяч", 5000, 7000, "range", "customers")),
        ("щонайменше 12 приватних будинків", ("щонайменше 12", 12, None, "at_least", "houses")),
        ("10+ вибухів", ("10+", 10, None, "at_least", "explosions")),
        ("загинуло 5-ро людей", ("5-ро", 5, 5, "exact", "persons")),
        ("кілька бомб", ("кілька", None, None, "several", "bombs")),
        ("десятки тисяч абонентів", ("десятки тисяч", None, None, "several", "customers")),
        ("80 % абонентів", ("80 %", 0.8, 0.8, "exact", "share")),
        ("сто відсотків будинків", ("сто відсотків", 1, 1, "exact", "share")),
        ("10-15 % споживачів", ("10-15 %", 0.1, 0.15, "range", "share")),
        ("третина міста без води", ("третина", 0.333, 0.333, "exact", "share")),
        ("кількість постраждалих у Харкові зросла до 23", ("23", 23, 23, "exact", "persons")),
        ("500 голів свійської худоби", ("500", 500, 500, "exact", "animals")),
        ("дві машини ДСНС", ("дві", 2, 2, "exact", "pieces_of_equipment")),
        ("у кількох районах міста", ("кількох", None, None, "several", "city_districts")),
        ("9 населених пунктів", ("9", 9, 9, "exact", "settlements")),
        ("не менее 40 домов", ("не менее 40", 40, None, "at_least", "houses")),
        ("число раненых выросло до восьми", ("восьми", 8, 8, "exact", "persons")),
        ("От трёх до пяти прилётов", ("От трёх до пяти", 3, 5, "range", "explosions")),
        ("погиб один человек", ("один", 1, 1, "exact", "persons")),
        ("between five and eight blasts", ("between five and eight", 5, 8, "range", "explosions")),
        ("two hundred and fifty houses", ("two hundred and fifty", 250, 250, "exact", "houses")),
        ("twenty-five people", ("twenty-five", 25, 25, "exact", "persons")),
        ("a dozen homes", ("dozen", 12, 12, "exact", "homes")),
        ("half a dozen homes", ("half a dozen", 6, 6, "exact", "homes")),
        ("dozens of people", ("dozens", None, None, "several", "persons")),
        ("roughly half of the town", ("roughly half", 0.5, 0.5, "about", "share")),
        ("the explosions, which numbered approximately 10,", ("approximately 10", 10, 10, "about", "explosions")),
        ("the number of customers without power fell to 6,500", ("6,500", 6500, 6500, "exact", "customers")),
        ("death toll in the city rises to 31", ("31", 31, 31, "exact", "persons")),
        ("5 per cent of homes", ("5 per cent", 0.05, 0.05, "exact", "share")),
        ("10 or more explosions", ("10 or more", 10, None, "at_least", "explosions")),
        ("at least about 10 blasts", ("at least about 10", 10, None, "at_least", "explosions")),
    ],
)  # fmt: skip
def test_a_count_is_read_with_its_bounds_and_its_noun(
    text: str, expected: tuple[str, float | None, float | None, str, str]
) -> None:
    found = read(text)
    assert len(found) == 1
    words, low, high, mode, unit = found[0]
    assert (words, mode, unit) == (expected[0], expected[3], expected[4])
    assert low == pytest.approx(expected[1])
    assert high == pytest.approx(expected[2])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("загинув 30 грудня 2024 року", ["date", "date"]),
        ("поранено 74-річного чоловіка", ["age"]),
        ("жінки 59 та 67 років", ["age", "age"]),
        ("двох чоловіків 45 і 61 року", ["count", "age", "age"]),
        ("на 6 поверсі", ["floor"]),
        ("на 5 та 6 поверхах", ["floor", "floor"]),
        ("9-поверховий будинок", ["floor"]),
        ("погиб 61-летний мужчина", ["age"]),
        ("a 60-year-old woman", ["age"]),
        ("women aged 59 and 67", ["age", "age"]),
        ("черга 3, черги 1.1 та 1.2", ["queue", "queue", "queue"]),
        ("підчерга 3.1 без світла", ["queue"]),
        ("у 2022 році", ["year"]),
        ("станом на 18:00", ["time"]),
        ("с 9 до 15 часов", ["time", "time"]),
        ("1, 2 та 3 грудня", ["date", "date", "date"]),
        ("з 5 до 26 серпня", ["date", "date"]),
        ("20.12.2025", ["date"]),
        ("вул. Харківська, 15", ["address"]),
        ("у будинку 12 на вулиці", ["address"]),
        ("ракетами С-300 та Х-101, 122 мм", ["model", "model", "model"]),
        ("збито Shahed 136", ["model"]),
        ("збитки на 5 млн грн", ["money"]),
        ("damage of $5 million", ["money"]),
        ("телефонуйте 101 або 112", ["phone"]),
        ("лінія +380 57 123 45 67", ["phone", "phone", "phone", "phone"]),
        ("напруга 110 кВ", ["measure"]),
        ("затримка до 3 годин", ["measure"]),
        ("площа 0,5 га", ["measure"]),
        ("поїзд №6912", ["ordinal"]),
        ("автобус № 7", ["ordinal"]),
        ("горів 2-й під'їзд", ["ordinal"]),
        ("on the 5th floor of a block", ["floor"]),
        ("1. Слобідський район", ["ordinal"]),
        ("а) води нема 2) світла нема", ["ordinal"]),
        ("5 років тому", ["measure"]),
        ("за 3 роки", ["measure"]),
        ("у 2000-х та 2022-м", ["year", "year"]),
        ("троє дітей 16-ти років", ["count", "age"]),
        ("в 1807 году", ["year"]),
        ("садок № 3 люди обходять", ["ordinal"]),
        ("у другій половині січня", ["measure"]),
        ("вул. 116 Дивізії", ["address"]),
        ("у 1941-1945 роках", ["year"]),
        ("війна 1787-1791", ["year"]),
        ("рахунок 5375 4141 1632 6520", ["phone", "phone", "phone", "phone"]),
        ("рух о 09.00", ["time"]),
    ],
)
def test_what_is_no_count_says_what_it_is(text: str, expected: list[str]) -> None:
    found = roles(text)
    if expected == ["phone"] * 4:
        assert set(found) == {"phone"}
    else:
        assert found == expected
    assert all(hit.unit == "" for hit in hits(text) if hit.role != "count")


@pytest.mark.parametrize(
    "text",
    [
        "Одна з лікарень не працює",
        "no one was hurt",
        "одне слово",
        "https://t.me/kanal/2345 #новини24",
        "сім'я без даху, подвір'я ціле",
        "кількість постраждалих невідома",
        "oblast centre, кабінет міністрів",
    ],
)
def test_what_is_no_number_gives_none(text: str) -> None:
    assert read(text) == []


def test_an_implied_person_keeps_an_empty_unit() -> None:
    assert read("загинула одна")[0][4] == ""
    assert read("killing two near the market")[0][4] == ""
    assert read("two were killed")[0][:3] == ("two", 2, 2)


def test_parts_of_a_whole_share_no_unit_with_it() -> None:
    assert [(row[1], row[4]) for row in read("shot down 23 of 31 Shahed drones")] == [
        (23, "uavs"),
        (31, "wholes"),
    ]


def test_the_noun_is_pointed_at() -> None:
    doc = prepare("пошкоджено 12 приватних будинків")
    (hit,) = find_numbers(doc)
    assert doc.text[hit.unit_start : hit.unit_end] == "будинків"


@pytest.mark.parametrize("entry", entries_of("numbers", "word"))
def test_each_number_word_is_read_in_its_example_only(entry: Mapping[str, Any]) -> None:
    assert entry["value"] in [row[1] for row in read(entry["example"])]
    assert read(entry["counter"]) == []
    for form in entry["forms"]:
        # A case form alone may be cut off by the article-like rule for "one".
        values = [hit.min for hit in hits(f"{form} будинків")]
        assert values == [entry["value"]]


@pytest.mark.parametrize(
    "entry", entries_of("numbers", "multiplier") + entries_of("numbers", "fraction")
)
def test_each_multiplier_is_read_in_its_example_only(entry: Mapping[str, Any]) -> None:
    (hit, *_) = hits(entry["example"])
    assert hit.min is not None
    assert hit.min >= entry["value"]
    assert all(
        (other.min or 0) < entry["value"] or other.min == 5 for other in hits(entry["counter"])
    )


@pytest.mark.parametrize("entry", entries_of("numbers", "several"))
def test_each_word_for_several_is_read_in_its_example_only(entry: Mapping[str, Any]) -> None:
    assert [hit.mode for hit in hits(entry["example"])] == ["several"]
    assert hits(entry["counter"]) == ()


@pytest.mark.parametrize("entry", entries_of("numbers", "share"))
def test_each_share_is_read_in_its_example_only(entry: Mapping[str, Any]) -> None:
    assert [(hit.min, hit.unit) for hit in hits(entry["example"])] == [(entry["value"], "share")]
    assert "share" not in [hit.unit for hit in hits(entry["counter"])]


@pytest.mark.parametrize("entry", entries_of("numbers", "before") + entries_of("numbers", "after"))
def test_each_bound_is_read_in_its_example_only(entry: Mapping[str, Any]) -> None:
    assert [hit.mode for hit in hits(entry["example"])] == [entry["mode"]]
    assert entry["mode"] not in [hit.mode for hit in hits(entry["counter"])]


@pytest.mark.parametrize("entry", entries_of("numbers", "role"))
def test_each_role_is_read_in_its_example_only(entry: Mapping[str, Any]) -> None:
    assert entry["role"] in roles(entry["example"])
    assert entry["role"] not in roles(entry["counter"])


@pytest.mark.parametrize("entry", entries_of("units", "unit"))
def test_each_unit_is_read_in_its_example_only(entry: Mapping[str, Any]) -> None:
    assert [hit.unit for hit in hits(entry["example"])] == [entry["unit"]]
    assert entry["unit"] not in [hit.unit for hit in hits(entry["counter"])]


AGES = st.integers(min_value=1, max_value=110)
YEARS = st.integers(min_value=1990, max_value=2030)
NOT_COUNTS = st.one_of(
    AGES.map(lambda age: f"поранено чоловіка {age} років"),
    AGES.map(lambda age: f"постраждала {age}-річна жінка"),
    AGES.map(lambda age: f"погиб {age}-летний мужчина"),
    AGES.map(lambda age: f"a {age}-year-old man was killed"),
    YEARS.map(lambda year: f"загинув у {year} році"),
    YEARS.map(lambda year: f"погиб 3 мая {year} года"),
    YEARS.map(lambda year: f"was killed on May 3, {year}"),
    st.integers(min_value=1, max_value=25).map(lambda floor: f"загинув на {floor} поверсі"),
    st.integers(min_value=1, max_value=25).map(lambda floor: f"погиб на {floor} этаже"),
    st.integers(min_value=1, max_value=6).map(lambda queue: f"без світла черга {queue}"),
    st.integers(min_value=1, max_value=28).map(lambda day: f"загинув {day} грудня"),
    st.integers(min_value=0, max_value=23).map(lambda hour: f"загинув о {hour}:15"),
)


@given(st.lists(NOT_COUNTS, min_size=1, max_size=3))
def test_no_year_age_date_floor_or_queue_is_ever_a_count(sentences: list[str]) -> None:
    assert "count" not in roles(". ".join(sentences))


@given(st.integers(min_value=2, max_value=999_999))
def test_figures_are_read_as_they_are_written(value: int) -> None:
    written = f"{value:,}".replace(",", " ")
    assert [(row[1], row[4]) for row in read(f"поранено {written} осіб")] == [(value, "persons")]


PIECES = st.sampled_from(
    [
        "5 ", "14 200 ", "двоє ", "twenty ", "and ", "до ", "від ", "of ", "the ", "% ", "15:40 ", "кілька ",
        "тисяч ", "людей ", "років ", ", ", ". ", "- ", "один ", "половина ", "№ ", "грудня ", "2025 ", "half a ",
        "пів ", "per ", "cent ", "+", "60-річна ", "С-300 ", "3.1 ", "черга ", "0800 ", "/", "\n", "more than ",
    ]
)  # fmt: skip


@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=200)))
def test_numbers_lie_in_the_text_in_order_and_bounds_never_cross(text: str) -> None:
    doc = prepare(text)
    end = 0
    for hit in find_numbers(doc):
        assert end <= hit.start < hit.end <= len(doc.text)
        end = hit.end
        assert hit.role in ROLES
        assert hit.mode in MODES
        assert hit.min is None or hit.max is None or hit.min <= hit.max
        assert (hit.unit_start == -1) == (hit.unit_end == -1)


def test_a_long_row_of_figures_is_read_in_time_that_grows_with_its_length() -> None:
    assert len(hits("5 або " * 5_000)) > 2_000
    assert len(hits("черга 3.1 " * 3_000)) == 3_000
