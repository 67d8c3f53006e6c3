import sys

import pytest
from hypothesis import given, strategies as st

from vidomo.gazetteer import fold
from vidomo.gazetteer.names import lookup_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Куп’янськ", "купянськ"),
        ("Куп'янськ", "купянськ"),
        ("КУПʼЯНСЬК", "купянськ"),
        ("Куп`янськ", "купянськ"),
        ("  Кривий\n Ріг ", "кривий ріг"),
        ("Івано–Франківськ", "івано-франківськ"),
        ("Івано - Франківськ", "івано-франківськ"),
        ("Королёво", "королево"),
        ("Зачепи́лівка", "зачепилівка"),
        ("L'viv", "lviv"),
        ("IZIUM", "izium"),
        ("Ізюм\u00ad", "ізюм"),
        ("", ""),
    ],
)
def test_spellings_of_one_name_fold_to_one_key(written: str, key: str) -> None:
    assert fold(written) == key


def test_latin_letters_inside_a_cyrillic_word_become_cyrillic() -> None:
    assert fold("Iзюм") == fold("Ізюм")
    assert fold("Xаркiв") == fold("Харків")
    assert fold("XEPСOH") == fold("ХЕРСОН")


def test_a_latin_word_beside_a_cyrillic_one_stays_latin() -> None:
    assert fold("Izium, Ізюм") == "izium, ізюм"


def test_the_ukrainian_letters_with_marks_keep_them() -> None:
    assert fold("Їжаківка й Ґанок") == "їжаківка й ґанок"
    assert fold("И\u0306") == "й"


def test_the_index_key_writes_hyphens_as_blanks() -> None:
    assert lookup_key("івано-франківськ") == "івано франківськ"


@given(st.text())
def test_folding_a_key_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="аеіоруАЕІОРУaeiopxyABEIKHOTXïéї'’-– \u0301", max_size=12))
def test_folding_a_key_of_mixed_letters_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_key_has_no_blanks_at_its_ends_and_none_doubled(text: str) -> None:
    key = fold(text)
    assert key == key.strip()
    assert "  " not in key


def test_a_very_long_text_folds() -> None:
    assert fold("Ї" * 100_000) == "ї" * 100_000
    assert sys.getsizeof(fold("a" * 10)) < 1000
