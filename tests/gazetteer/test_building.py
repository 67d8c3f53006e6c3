"""The rules that make forms at build time; they need no package of the build."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vidomo.gazetteer import Gazetteer

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@pytest.fixture(scope="module")
def rules() -> Iterator[Any]:
    sys.path.insert(0, str(TOOLS))
    from gazetteer import bases, latin, paradigms, russian

    class Rules:
        lower = staticmethod(bases.lower)
        romanise = staticmethod(latin.romanise)
        variants = staticmethod(latin.variants)
        forms = staticmethod(paradigms.name_forms)
        table = staticmethod(bases.table)
        to_russian = staticmethod(russian.candidates)
        confirmed = staticmethod(russian.confirmed)

    yield Rules
    sys.path.remove(str(TOOLS))


@pytest.mark.parametrize(
    ("name", "latin"),
    [  # examples of the official table
        ("Алушта", "Alushta"),
        ("Згорани", "Zghorany"),
        ("Єнакієве", "Yenakiieve"),
        ("Їжакевич", "Yizhakevych"),
        ("Кадиївка", "Kadyivka"),
        ("Знам’янка", "Znamianka"),
        ("Гоща", "Hoshcha"),
        ("Юрій", "Yurii"),
        ("Ізюм", "Izium"),
        ("Білгород-Дністровський", "Bilhorod-Dnistrovskyi"),
    ],
)
def test_names_are_romanised_by_the_official_table(rules: Any, name: str, latin: str) -> None:
    assert rules.romanise(name, "uk") == latin


def test_usual_misspellings_are_among_the_variants(rules: Any) -> None:
    assert {"izyum", "izum"} <= rules.variants("izium")
    assert "kryvyy rih" not in rules.variants("kryvyi rih")  # this one is in the table by hand


@pytest.mark.parametrize(
    ("name", "russian"),
    [
        ("Харків", "харьков"),
        ("Степанівка", "степановка"),
        ("Андріївка", "андреевка"),
        ("Новомиколаївка", "новониколаевка"),
        ("Червоний Яр", "червоный яр"),
        ("Зарічне", "заречное"),
        ("Запоріжжя", "запорожье"),
        ("Білопілля", "белополье"),
    ],
)
def test_russian_names_by_rule_come_likeliest_first(rules: Any, name: str, russian: str) -> None:
    assert rules.to_russian(rules.lower(name))[0] == russian


def test_a_name_of_a_third_language_confirms_nothing(rules: Any) -> None:
    assert rules.confirmed("конотоп", frozenset({"конотоп", "канатоп"})) is None
    assert rules.confirmed("харків", frozenset({"харків", "харьков"})) == "харьков"


def test_nouns_are_declined(rules: Any) -> None:
    assert {"ізюму", "ізюмом", "ізюмі"} <= rules.forms("ізюм", "uk")
    assert {"хутора", "хутором", "хуторі"} <= rules.forms("хутір", "uk")
    assert {"великого бурлука", "великому бурлуку"} <= rules.forms("великий бурлук", "uk")
    assert {"сум", "сумам", "сумах"} <= rules.forms("сумы", "ru")
    assert {"белой церкви", "белую церковь"} <= rules.forms("белая церковь", "ru")


@pytest.mark.parametrize("lang", ["uk", "ru"])
def test_every_rule_of_declension_is_used_by_some_name(
    rules: Any, gazetteer: Gazetteer, lang: str
) -> None:
    words = {
        word
        for unit in gazetteer.units()
        for word in re.split("[ -]", rules.lower(unit.name if lang == "uk" else unit.name_ru))
    }
    unused = [
        rule["match"]
        for rule in rules.table(f"nouns_{lang}")["rules"]
        if not any(re.search(rule["match"], word) for word in words)
    ]
    assert unused == []


def test_every_step_to_russian_is_used_by_some_name(rules: Any, gazetteer: Gazetteer) -> None:
    words = {rules.lower(unit.name) for unit in gazetteer.units()}
    made = {spelling for word in words for spelling in (word, *rules.to_russian(word))}
    steps = [step["find"] for step in rules.table("russian")["steps"]]
    text = "\n".join(sorted(made))
    # Later steps work on half-made words, which are not kept.
    unused = [find for find in steps[:80] if not re.search(find, text, re.MULTILINE)]
    assert unused == []


def test_every_name_by_hand_is_the_name_of_some_unit(rules: Any, gazetteer: Gazetteer) -> None:
    known = {unit.name for unit in gazetteer.units()}
    known |= {name for unit in gazetteer.units() for name in unit.former}
    tables = {
        *rules.table("names_ru")["settlements"],
        *rules.table("english")["also"],
        *rules.table("english")["usual"],
    }
    assert tables - known == set()


def test_every_code_in_a_table_is_a_unit(rules: Any, gazetteer: Gazetteer) -> None:
    codes = {
        *rules.table("renamed"),
        *(code for section in rules.table("former").values() for code in section),
        *(code for section in rules.table("aliases").values() for code in section),
        *(entry["code"] for entry in rules.table("oblasts")["oblast"]),
    }
    assert [code for code in sorted(codes) if gazetteer.get(code) is None] == []


def test_the_table_of_oblasts_gives_each_its_own_number_in_every_scheme(rules: Any) -> None:
    entries = rules.table("oblasts")["oblast"]
    for scheme in ("code", "admin", "iso", "shape"):
        assert len({entry[scheme] for entry in entries}) == 27
    by_shape = {entry["shape"]: entry["en"] for entry in entries}
    assert by_shape["UA-KH"] == "Kirovohrad"
    assert by_shape["UA-KR"] == "Crimea"
    by_iso = {entry["iso"]: entry["en"] for entry in entries}
    assert by_iso["UA-63"] == "Kharkiv"
    assert by_iso["UA-30"] == "Kyiv"
