"""Words in an alert that decide what it may be: exercise, test, an exact address."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

import msgspec


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a word table.

    Attributes:
        example: A text that it finds; ``counter`` one that it leaves alone.
    """

    id: str
    lang: str
    pattern: str
    example: str
    counter: str


def exercise_words(text: str, *, lang: str = "") -> tuple[str, ...]:
    """Return the words that say that a text is an exercise, in one language or in any."""
    return _found("exercise", text, lang)


def trial_words(text: str, *, lang: str = "") -> tuple[str, ...]:
    """Return the words that say that a text is a test, in one language or in any."""
    return _found("test", text, lang)


def address_words(text: str) -> tuple[str, ...]:
    """Return what in a text names one building or one point."""
    return _found("address", text, "")


@lru_cache(maxsize=1)
def patterns() -> dict[str, tuple[tuple[Pattern, re.Pattern[str]], ...]]:
    """Return the tables by what they tell: exercise, test, address."""
    folder = files("vidomo.publish.alerts") / "words"
    kept: dict[str, tuple[tuple[Pattern, re.Pattern[str]], ...]] = {}
    for name in ("status.toml", "address.toml"):
        table = tomllib.loads((folder / name).read_text("utf-8"))
        for what, rows in table.items():
            flags = re.NOFLAG if what == "address" else re.IGNORECASE
            entries = msgspec.convert(rows, tuple[Pattern, ...])
            kept[what] = tuple((one, re.compile(one.pattern, flags)) for one in entries)
    return kept


def _found(what: str, text: str, lang: str) -> tuple[str, ...]:
    return tuple(
        match.group(0)
        for entry, pattern in patterns()[what]
        if not lang or entry.lang == lang
        for match in pattern.finditer(text)
    )
