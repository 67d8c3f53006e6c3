import pytest
from hypothesis import given, strategies as st

from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.words import words

IZIUM = "UA63040090010029555"
IZIUM_RAION = "UA63040000000023521"
IZIUM_HROMADA = "UA63040090000021240"
KHARKIV_OBLAST = "UA63000000000041885"


@pytest.mark.parametrize(
    ("typed", "code", "how"),
    [
        ("Ізюм", IZIUM, "exact"),
        ("ізюмі", IZIUM, "exact"),
        ("Изюм", IZIUM, "exact"),
        ("Izium", IZIUM, "exact"),
        ("Izum", IZIUM, "alias"),
        ("  IZYUM ", IZIUM, "alias"),
        ("м. Ізюм", IZIUM, "exact"),
        ("місто Ізюм", IZIUM, "exact"),
        ("city of Izium", IZIUM, "exact"),
        (IZIUM, IZIUM, "code"),
        (IZIUM.lower(), IZIUM, "code"),
        ("Ізюмський район", IZIUM_RAION, "exact"),
        ("Ізюмського району", IZIUM_RAION, "exact"),
        ("Izium raion", IZIUM_RAION, "exact"),
        ("Izum district", IZIUM_RAION, "alias"),
        ("Изюмский район", IZIUM_RAION, "exact"),
        ("Ізюмщина", IZIUM_RAION, "alias"),
        ("Ізюмська громада", IZIUM_HROMADA, "exact"),
        ("Харківська область", KHARKIV_OBLAST, "exact"),
        ("Харківська обл.", KHARKIV_OBLAST, "exact"),
        ("Kharkiv oblast", KHARKIV_OBLAST, "exact"),
        ("Kharkiv region", KHARKIV_OBLAST, "exact"),
        ("Kharkivska oblast", KHARKIV_OBLAST, "alias"),
        ("Красноград", "UA63060050010042407", "former"),
        ("UA", "UA", "code"),
        ("Україна", "UA", "exact"),
    ],
)
def test_the_first_answer_is_what_was_meant(
    gazetteer: Gazetteer, typed: str, code: str, how: str
) -> None:
    first = gazetteer.find(typed)[0]
    assert (first.code, first.how) == (code, how)


def test_cities_come_before_villages_and_the_larger_first(gazetteer: Gazetteer) -> None:
    answers = [gazetteer.unit(found.code) for found in gazetteer.find("Миколаїв")]
    assert answers[0].oblast == "UA48000000000039575"
    assert answers[1].oblast == "UA46000000000026241"
    assert gazetteer.find("Київ")[0].code == "UA80000000000093317"


def test_equal_names_come_before_longer_ones(gazetteer: Gazetteer) -> None:
    how = [found.how for found in gazetteer.find("Сум", limit=50)]
    assert "prefix" in how
    assert "exact" not in how[how.index("prefix") :]


def test_the_beginning_of_a_name_is_enough(gazetteer: Gazetteer) -> None:
    codes = {found.code for found in gazetteer.find("Ізю")}
    assert {IZIUM, IZIUM_RAION} <= codes
    assert gazetteer.find("Харк")[0].code == KHARKIV_OBLAST


def test_one_wrong_letter_is_forgiven_when_nothing_else_fits(gazetteer: Gazetteer) -> None:
    for typed in ("Ізюим", "Iziumm", "Изюмм", "Балакляя", "Kharkivq"):
        assert gazetteer.find(typed), typed
    assert gazetteer.find("Iziumm")[0].code == IZIUM


def test_a_type_word_leaves_only_its_level(gazetteer: Gazetteer) -> None:
    for found in gazetteer.find("Шевченківський район"):
        assert gazetteer.unit(found.code).level in {"raion", "city_district"}


def test_a_place_abroad_comes_after_any_of_that_name_here(gazetteer: Gazetteer) -> None:
    codes = [found.code for found in gazetteer.find("Новомосковськ")]
    assert gazetteer.unit(codes[0]).name == "Самар"
    assert gazetteer.find("Бєлгород")[0].code == "RU"


def test_every_settlement_is_found_by_its_own_name(gazetteer: Gazetteer) -> None:
    units = [unit for unit in gazetteer.units() if unit.level == "settlement"]
    for unit in units[:: len(units) // 300]:
        for name in (unit.name, unit.name_en, unit.name_ru):
            codes = {found.code for found in gazetteer.find(name, limit=400)}
            assert unit.code in codes, (name, unit)


def test_the_number_of_answers_is_limited(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.find("Нов", limit=7)) == 7
    assert gazetteer.find("Нов", limit=0) == ()


@pytest.mark.parametrize(
    "typed",
    ["", " ", ".", "-", "\0", "район", "область", "zzzzzz", "💥", "%", "'; drop", "а" * 10_000],
)
def test_what_names_nothing_finds_nothing_or_something_without_failing(
    gazetteer: Gazetteer, typed: str
) -> None:
    assert isinstance(gazetteer.find(typed), tuple)


def test_nonsense_finds_nothing(gazetteer: Gazetteer) -> None:
    for typed in ("", "qqqqqqqq", "💥", "щщщщщщщ"):
        assert gazetteer.find(typed) == ()


@given(st.text(max_size=30))
def test_any_text_is_answered_with_falling_scores(text: str) -> None:
    scores = [found.score for found in Gazetteer.open().find(text)]
    assert scores == sorted(scores, reverse=True)


def test_every_level_with_a_type_word_has_a_label_in_every_language() -> None:
    table = words()
    levels = {level for templates in table.label.values() for level in templates}
    for lang in ("uk", "ru", "en"):
        assert set(table.label[lang]) == levels
