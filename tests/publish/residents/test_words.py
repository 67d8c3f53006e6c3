"""The words of residents' pages: short sentences, every key in every language."""

import re
import tomllib
from importlib.resources import files

import pytest

from publish.residents.leaves import alert, night, outage, place_page, quiet, start_page
from vidomo.publish.residents.reviewed import bundled_tables
from vidomo.publish.words import words_of

LANGS = ("uk", "en", "ru")
LONGEST = 12
"""Words of one sentence."""
SHARED = ("phase", "dimension", "question", "question_status", "unknown_status", "topic", "level")
TEMPLATES = [
    path.read_text("utf-8")
    for path in (files("vidomo.publish.residents") / "templates").iterdir()
    if path.name.endswith(".j2")
]


def table(lang: str) -> dict:
    path = files("vidomo.publish") / "locale" / f"residents.{lang}.toml"
    return tomllib.loads(path.read_text("utf-8"))


def texts(lang: str) -> list[str]:
    found = [text for keys in table(lang).values() for text in keys.values()]
    found += [one.text[lang] for one in bundled_tables().advice]
    common = tomllib.loads((files("vidomo.publish") / "locale" / f"{lang}.toml").read_text("utf-8"))
    return found + [text for section in SHARED for text in common.get(section, {}).values()]


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?:])\s+", text) if one]


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_is_longer_than_twelve_words(lang: str) -> None:
    long = [
        one
        for text in texts(lang)
        for one in sentences(text)
        if len(re.findall(r"[\w’{}-]+", one)) > LONGEST
    ]
    assert not long


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_has_the_same_keys_and_the_same_values_in_them(lang: str) -> None:
    first, other = table("uk"), table(lang)
    assert {s: set(keys) for s, keys in first.items()} == {s: set(k) for s, k in other.items()}
    for section, keys in first.items():
        for key, text in keys.items():
            assert set(re.findall(r"\{\w+\}", text)) == set(
                re.findall(r"\{\w+\}", other[section][key])
            )


@pytest.mark.parametrize("lang", LANGS)
def test_every_phase_and_topic_of_the_first_language_has_words_in_the_others(lang: str) -> None:
    keys = words_of("uk").keys
    for key in keys:
        if key.startswith(("phase.", "dimension.", "level.", "question.c", "question_status.")):
            assert key in words_of(lang).keys or not key.startswith(("phase.", "dimension."))


@pytest.mark.parametrize("lang", LANGS)
def test_no_word_for_safe_is_ever_used(lang: str) -> None:
    for text in texts(lang):
        assert not re.search(r"безпечно|безопасно|\bsafe\b", text, re.IGNORECASE), text


def test_every_key_that_a_template_names_is_there_and_none_holds_words_of_its_own() -> None:
    for text in TEMPLATES:
        for key in re.findall(r'\bt\("([a-z_]+\.[a-z_0-9]+)"', text):
            assert key in words_of("uk").keys, key
        assert not re.search("[а-яіїєґ]", text, re.IGNORECASE)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("held", [quiet(), night(), outage(promise="22:00"), alert("ended")])
def test_a_page_has_no_bare_key_and_no_word_of_another_language(lang: str, held) -> None:
    for page in (place_page(held, lang=lang), start_page(held, lang=lang)):
        assert f'<html lang="{lang}">' in page
        text = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
        assert not re.search(r"\b[a-z]+_[a-z]+\b", text.replace("izium_mva", ""))
