"""The words of the pages are complete in both languages."""

import re
import tomllib
from importlib.resources import files

import pytest

from vidomo.claims.model import Certainty, Kind, Polarity
from vidomo.disclosure.model import DIMENSIONS
from vidomo.publish.words import LANGUAGES, plural_form, words_of
from vidomo.situation.rules import dimension_rules

UK, EN = words_of("uk"), words_of("en")
TEMPLATES = [
    path
    for package in ("vidomo.publish.page", "vidomo.desk")
    for path in (files(package) / "templates").iterdir()
    if path.name.endswith(".j2")
]


def fields(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_both_languages_have_the_same_keys() -> None:
    assert UK.keys - EN.keys == set()
    assert EN.keys - UK.keys == set()


def test_both_languages_put_the_same_values_into_each_sentence() -> None:
    tables = [
        tomllib.loads((files("vidomo.publish") / "locale" / f"{lang}.toml").read_text("utf-8"))
        for lang in LANGUAGES
    ]
    first, second = tables
    for section, keys in first.items():
        for key, text in keys.items():
            assert fields(str(text)) == fields(str(second[section][key])), f"{section}.{key}"


def test_nothing_in_english_is_left_in_ukrainian() -> None:
    allowed = {"lang.other_name", "site.search_hint"}
    for key in EN.keys - allowed:
        if "." in key and not re.search(r"\.(one|few|many|air|ground|other)$", key):
            text = EN._flat[key]
            assert not re.search("[а-яіїєґ]", str(text), re.IGNORECASE), key


def test_every_key_that_a_template_names_is_there() -> None:
    for template in TEMPLATES:
        text = template.read_text(encoding="utf-8")
        for key in re.findall(r'\bt\("([a-z_]+\.[a-z_0-9]+)"', text):
            assert key in UK.keys, f"{template.name}: {key}"


def test_no_template_holds_words_of_its_own() -> None:
    for template in TEMPLATES:
        assert not re.search("[а-яіїєґ]", template.read_text(encoding="utf-8"), re.IGNORECASE)


@pytest.mark.parametrize("words", [UK, EN], ids=LANGUAGES)
def test_every_dimension_and_every_phase_has_a_label(words) -> None:
    for name, row in dimension_rules().dimensions.items():
        assert name in DIMENSIONS
        assert f"dimension.{name}" in words.keys
        for phase in row.phases:
            assert f"phase.{name}.{phase}" in words.keys


@pytest.mark.parametrize("words", [UK, EN], ids=LANGUAGES)
def test_every_kind_polarity_and_certainty_has_a_label(words) -> None:
    for section, values in (("kind", Kind), ("polarity", Polarity), ("certainty", Certainty)):
        assert all(f"{section}.{value}" in words.keys for value in values)


def test_no_word_for_safe_is_ever_used() -> None:
    for words in (UK, EN):
        for key in words.keys:
            text = str(words._flat.get(key, ""))
            assert not re.search(r"безпечно|\bsafe\b", text, re.IGNORECASE), key


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (1, "one"),
        (2, "few"),
        (4, "few"),
        (5, "many"),
        (11, "many"),
        (12, "many"),
        (21, "one"),
        (22, "few"),
        (0, "many"),
        (111, "many"),
        (112, "many"),
        (1.5, "few"),
    ],
)
def test_ukrainian_words_agree_with_their_number(number: float, form: str) -> None:
    assert plural_form(number, lang="uk") == form


def test_an_unknown_code_is_shown_as_it_is_and_an_unknown_key_is_a_bug() -> None:
    assert UK.label("topic", "event.of_another_kind") == "event.of another kind"
    assert UK.counted("unit.elephants", 3) == ""
    with pytest.raises(KeyError):
        UK("site.no_such_key")
    with pytest.raises(KeyError):
        UK("start.questions")


def test_an_unknown_language_gives_the_first_one() -> None:
    assert words_of("tlh").lang == "uk"
