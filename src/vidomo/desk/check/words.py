"""The words of the check, and what each kind of post needs: tables beside this file."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from vidomo.publish.words import LANGUAGES, Words


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of post: the topics that make it, and what it needs."""

    id: str
    topics: tuple[str, ...]
    needs: tuple[str, ...]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Words that show that something needed is there.

    Attributes:
        what: time, source, advice or next.
        example: A text that they stand in; ``counter`` one that they do not stand in.
    """

    what: str
    patterns: tuple[re.Pattern[str], ...]
    example: str
    counter: str

    def spans(self, lower: str) -> list[tuple[int, int]]:
        """Return where the words stand in a lower-case text."""
        return [match.span() for one in self.patterns for match in one.finditer(lower)]


@cache
def check_words(lang: str) -> Words:
    """Return the words of a language; of the first one where there is no such table."""
    lang = lang if lang in LANGUAGES else LANGUAGES[0]
    return Words(lang, _table(f"words.{lang}"))


@cache
def families() -> tuple[Family, ...]:
    """Return every kind of post."""
    return msgspec.convert(_table("needs")["family"], tuple[Family, ...])


@cache
def shown() -> tuple[Shown, ...]:
    """Return the words that show what is there."""
    return tuple(
        Shown(
            what=entry["what"],
            patterns=tuple(re.compile(pattern) for pattern in entry["any"]),
            example=entry["example"],
            counter=entry["counter"],
        )
        for entry in _table("needs")["shown"]
    )


def has(words: Words, section: str, key: str) -> bool:
    """Return whether a table has an entry of its own for a code."""
    return f"{section}.{key}" in words.keys


def _table(name: str) -> dict[str, Any]:
    source = files("vidomo.desk.check").joinpath(f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
