"""What kind of object words speak of, and whether they say who or where."""

import re

import pytest

from vidomo.disclosure.objects_hit import (
    ALWAYS,
    LANGUAGES,
    Entry,
    is_found,
    kind_of_object,
    object_entries,
    says_where,
    says_who,
)

ENTRIES = [(lang, entry) for lang in LANGUAGES for entry in object_entries(lang)]


@pytest.mark.parametrize(("lang", "entry"), ENTRIES, ids=lambda one: getattr(one, "id", one))
def test_every_line_finds_its_example_and_not_its_counter_example(lang: str, entry: Entry) -> None:
    assert is_found(entry, entry.example)
    assert not is_found(entry, entry.counter)
    assert entry.kind in {"civil", "military", "critical", "unknown", "person", "part", *ALWAYS}


def test_every_language_knows_the_same_kinds() -> None:
    # A point looks the same in every language.
    kinds = {
        lang: sorted({one.kind for one in object_entries(lang)} - {"point"}) for lang in LANGUAGES
    }
    assert kinds["uk"] == kinds["ru"] == kinds["en"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Пошкоджено приватний будинок", "civil"),
        ("Пошкоджено будинок і підстанцію", "critical"),
        ("Горить склад і будинок", "unknown"),
        ("Влучання у казарму, вибито вікна в будинках", "military"),
        ("ПОШКОДЖЕНО ОБ’ЄКТ КРИТИЧНОЇ ІНФРАСТРУКТУРИ", "critical"),
        ("Є пошкодження", None),
        ("A hospital and a house were hit", "critical"),
    ],
)
def test_of_several_kinds_the_strictest_counts(text: str, kind: str | None) -> None:
    assert kind_of_object(text) == kind


def test_words_that_say_who_or_where_are_told_from_those_that_do_not() -> None:
    assert says_who("Загинула 61-річна вчителька")
    assert not says_who("Загинуло двоє людей")
    assert says_where("Вибухи на околиці міста")
    assert not says_where("Вибухи в місті")


def test_no_pattern_takes_long_for_a_long_text() -> None:
    for text in ("а" * 20_000, "будинок " * 3_000, "5 " * 10_000, "житлов " * 3_000):
        kind_of_object(text)
        says_who(text)
        says_where(text)
    assert not any(re.search(r"\([^)]*[+*][^)]*\)[+*]", entry.pattern) for _, entry in ENTRIES)
