"""Bases: the words from which all written forms of names are made."""

import tomllib
from functools import cache
from typing import Any, NamedTuple

from gazetteer.paradigms import TABLES, name_forms


class Base(NamedTuple):
    """One word that stands for units.

    Attributes:
        how: How its forms are made: noun_uk, noun_ru, adjective_uk, adjective_ru, or word.
        word: The word in lower case; for adjectives the stem.
        kind: name, adjective, region.
        lang: uk, ru, en.
        origin: official, former, alias, generated.
    """

    how: str
    word: str
    kind: str
    lang: str
    origin: str


def noun(word: str, *, lang: str, origin: str, kind: str = "name") -> Base:
    """Return the base of a noun that is declined."""
    return Base(f"noun_{lang}", lower(word), kind, lang, origin)


def adjective(stem: str, *, lang: str, origin: str) -> Base:
    """Return the base of an adjective, by its stem."""
    return Base(f"adjective_{lang}", lower(stem), "adjective", lang, origin)


def english(word: str, *, kind: str, origin: str) -> Base:
    """Return the base of an English word, which has one form."""
    return Base("word", lower(word), kind, "en", origin)


@cache
def table(name: str) -> dict[str, Any]:
    """Return a table of the build."""
    with (TABLES / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def former_names(code: str) -> tuple[str, ...]:
    """Return the former Ukrainian names of a unit, by hand and from an earlier edition."""
    renamed = table("renamed").get(code)
    by_hand = [
        name
        for section in ("raions", "communities", "settlements")
        for name in table("former")[section].get(code, ())
    ]
    return tuple(dict.fromkeys([*by_hand, *([renamed] if renamed else [])]))


def lower(name: str) -> str:
    """Return a name in lower case with the plain apostrophe and without the letter io."""
    name = name.lower()
    for letter, put in table("adjectives")["letters"].items():
        name = name.replace(letter, put)
    return name


def titled(name: str) -> str:
    """Return a lower-case name with capitals where names have them."""
    small = table("adjectives")["small_words"]
    return " ".join(
        "-".join(part if part in small else part[:1].upper() + part[1:] for part in word.split("-"))
        for word in name.split(" ")
    )


def stem_of(adjective_name: str) -> str:
    """Return a Ukrainian adjective without its ending."""
    for end in table("adjectives")["nominative"]:
        if adjective_name.endswith(end):
            return adjective_name.removesuffix(end)
    return adjective_name


def forms(base: Base) -> frozenset[str]:
    """Return all written forms of a base, in lower case."""
    way, _, lang = base.how.partition("_")
    if way == "noun":
        return name_forms(base.word, lang)
    if way == "adjective":
        ends = table("adjectives")[lang]
        hard = "hard_ends" in ends and base.word[-1] not in ends["soft_after"]
        return frozenset(base.word + end for end in ends["hard_ends" if hard else "ends"])
    return frozenset({base.word})
