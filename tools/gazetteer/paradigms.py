"""Forms of a word from tables of suffix rules."""

import itertools
import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec

TABLES = Path(__file__).parent / "tables"
_PRODUCT_LIMIT = 150  # beyond it only the first and the last word of a long name are declined


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One suffix rule.

    Attributes:
        match: Pattern searched in the word.
        ends: Endings put after each stem.
        stems: Templates over the groups of the pattern.
        unless: Pattern that forbids the rule.
        stop: Whether later rules are not asked.
    """

    match: str
    ends: tuple[str, ...] = ("",)
    stems: tuple[str, ...] = (r"\1",)
    unless: str = ""
    stop: bool = False


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tables of one language.

    Attributes:
        rules: Noun rules, asked in order.
        adjective: Nominative ending to all endings, for the first words of a long name.
        unchanged: Words inside a name that are never declined.
        linking: Ending of a first half that is never declined before a hyphen.
    """

    rules: tuple[Rule, ...]
    adjective: dict[str, tuple[str, ...]]
    unchanged: frozenset[str]
    linking: str


@cache
def language(code: str) -> Language:
    """Return the tables of a language."""
    with (TABLES / f"nouns_{code}.toml").open("rb") as file:
        return msgspec.convert(tomllib.load(file), Language)


@cache
def word_forms(word: str, lang: str) -> frozenset[str]:
    """Return all case forms of one lower-case word, itself included."""
    forms = {word}
    for rule in language(lang).rules:
        match = re.search(rule.match, word)
        if match is None or (rule.unless and re.search(rule.unless, word)):
            continue
        for stem in rule.stems:
            base = match.expand(stem)
            forms.update(base + end for end in rule.ends)
        if rule.stop:
            break
    return frozenset(forms)


def name_forms(name: str, lang: str) -> frozenset[str]:
    """Return all case forms of a lower-case name of any number of words."""
    words = name.split(" ")
    if len(words) > 1:
        return _long_forms(words, lang) | {name}
    if "-" in name:
        return _hyphen_forms(name.split("-"), lang) | {name}
    return word_forms(name, lang)


def _hyphen_forms(parts: list[str], lang: str) -> frozenset[str]:
    table = language(lang)
    if any(part in table.unchanged for part in parts):
        return frozenset("-".join([first, *parts[1:]]) for first in word_forms(parts[0], lang))
    heads = [parts[:-1]]
    if len(parts) == 2 and not parts[0].endswith(table.linking):  # noqa: PLR2004 - two halves
        heads += [[head] for head in sorted(word_forms(parts[0], lang))]
    lasts = word_forms(parts[-1], lang)
    return frozenset("-".join([*head, last]) for head in heads for last in lasts)


def _long_forms(words: list[str], lang: str) -> frozenset[str]:
    table = language(lang)
    columns: list[list[str]] = []
    for place, word in enumerate(words):
        last = place == len(words) - 1
        if word in table.unchanged or re.fullmatch(r"[\d№-]+", word):
            columns.append([word])
            continue
        adjective = _adjective_forms(word, table)
        if adjective and not last:
            columns.append(adjective)
        elif "-" in word:
            columns.append(sorted(_hyphen_forms(word.split("-"), lang) | {word}))
        else:
            columns.append(sorted({*adjective, *word_forms(word, lang)}))
    if len(words) > 2 and _size(columns) > _PRODUCT_LIMIT:  # noqa: PLR2004 - inner words exist
        columns = [
            column if at in {0, len(columns) - 1} else [words[at]]
            for at, column in enumerate(columns)
        ]
    return frozenset(" ".join(row) for row in itertools.product(*columns))


def _adjective_forms(word: str, table: Language) -> list[str]:
    for ending, ends in table.adjective.items():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return [word.removesuffix(ending) + end for end in ends]
    return []


def _size(columns: list[list[str]]) -> int:
    size = 1
    for column in columns:
        size *= len(column)
    return size
