"""The words of the regime board: what an announcement names, and how rows are told."""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from vidomo.core.errors import ConfigError
from vidomo.outlook.regimes.model import Board, Regime


class _Row(msgspec.Struct, frozen=True):
    lang: str
    pattern: re.Pattern[str]
    regime: Regime | None = None


def named(quote: str, *, topic: str, lang: str) -> frozenset[Regime]:
    """Return the regimes that words name; the usual one of their topic where they name none.

    Talk of a grid that comes apart is no regime unless it names the running as an island.

    Args:
        quote: The exact words.
        topic: Topic of their claim; empty where none stands for a regime.
        lang: uk, ru, en; any other is looked up in all three.
    """
    table = _tables()
    found = frozenset(
        row.regime
        for row in table.named
        if row.regime is not None
        and (row.lang == lang or lang not in table.langs)
        and row.pattern.search(quote)
    )
    if topic == "grid.fragmentation":
        return found & {Regime.ISLANDED}
    found -= {Regime.ISLANDED} if topic in table.usual else frozenset()
    if found or topic not in table.usual:
        return found
    return frozenset({table.usual[topic]})


def has_exception(quote: str, *, lang: str) -> bool:
    """Whether words take something out of what they say."""
    table = _tables()
    return any(
        row.pattern.search(quote)
        for row in table.exceptions
        if row.lang == lang or lang not in table.langs
    )


@cache
def board_words(lang: str) -> Mapping[str, str]:
    """Return the words of the board in a language.

    Raises:
        ConfigError: There are none.
    """
    table = _read("words")
    if lang not in table:
        raise ConfigError(f"no words in {lang!r}", hint=f"take one of: {', '.join(table)}")
    return dict(table[lang])


def speaker_told(speaker: str, board: Board, *, lang: str, name: Callable[[str], str]) -> str:
    """Return who speaks, in the language of the page where the registry knows a name in it.

    Args:
        speaker: As the board has it.
        board: The board.
        lang: uk or en.
        name: Returns the name of a place in that language.
    """
    found = next((one for one in board.speakers if one.speaker == speaker), None)
    if lang != "en" or found is None or not found.en:
        return speaker
    return f"{found.en} ({name(found.place)})" if found.place else found.en


class _Tables(msgspec.Struct, frozen=True):
    named: tuple[_Row, ...]
    exceptions: tuple[_Row, ...]
    usual: dict[str, Regime]
    langs: frozenset[str]


@cache
def _tables() -> _Tables:
    raw = _read("regimes")
    rows = tuple(
        _Row(lang=row["lang"], pattern=re.compile(row["pattern"]), regime=Regime(row["regime"]))
        for row in raw["named"]
    )
    exceptions = tuple(
        _Row(lang=row["lang"], pattern=re.compile(row["pattern"])) for row in raw["except"]
    )
    return _Tables(
        named=rows,
        exceptions=exceptions,
        usual={topic: Regime(name) for topic, name in raw["usual"].items()},
        langs=frozenset(row.lang for row in rows),
    )


def _read(name: str) -> dict[str, Any]:
    path = files("vidomo.outlook.regimes") / "tables" / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))
