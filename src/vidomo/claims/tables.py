"""Gives the language tables, checked and read once."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from vidomo.claims.kept import digest_of, kept, kept_tables
from vidomo.core.errors import ConfigError

# The code that decides what is made of the tables: patterns kept by another version are no use.
_COMPILING = ("lexicon.py", "patterns.py", "compiling.py")
_HERE = Path(str(files("vidomo.claims")))

T = TypeVar("T")

LANGUAGES = ("uk", "ru", "en")


@cache
def table(lang: str, name: str) -> Mapping[str, Any]:
    """Return the table ``lang/<lang>/<name>.toml``, read once and checked.

    Every list of entries (``[[...]]`` in TOML) must give each entry an ``example``
    that it fits and a ``counter`` that it must not fit; the tests run both.

    Args:
        lang: uk, ru or en.
        name: Name of the table without its ending.

    Raises:
        ConfigError: There is no such table, it is not TOML, or an entry lacks
            its example or counter-example.
    """
    content = _kept()[0].get(f"{lang}/{name}.toml")
    if content is None:
        content = _parsed(lang, name)
    for flaw in _flaws(content):
        raise ConfigError(f"table {lang}/{name}: {flaw}", hint="give every entry both")
    return MappingProxyType(content)


def made_of_tables(name: str, kind: type[T], make: Callable[[], T]) -> T:
    """Return what is made of all tables by this version of the code, made once and then kept.

    Args:
        name: Name of the file that keeps it, beside the tables.
        kind: Its type.
        make: Makes it.
    """
    code = (path.read_bytes() for path in (_HERE / module for module in _COMPILING))
    digest = digest_of([_kept()[1].encode(), *code])
    return kept(_HERE / "lang" / name, digest, kind, make)


@cache
def _kept() -> tuple[Mapping[str, dict[str, Any]], str]:
    return kept_tables(_HERE / "lang")


def _parsed(lang: str, name: str) -> dict[str, Any]:
    source = files("vidomo.claims").joinpath("lang", lang, f"{name}.toml")
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(
            f"there is no table {name} for language {lang}", hint="see claims/lang"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"table {lang}/{name} is not TOML: {error}") from error


def entries(lang: str, name: str, section: str) -> tuple[Mapping[str, Any], ...]:
    """Return the entries of one section of a table; empty when the table has no such section.

    Raises:
        ConfigError: As ``table``.
    """
    return tuple(table(lang, name).get(section, ()))


def word_sets(name: str, section: str, fields: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the words of some fields of a section's entries, of all languages together.

    Raises:
        ConfigError: As ``table``.
        KeyError: An entry lacks a field.
    """
    rows = [row for lang in LANGUAGES for row in entries(lang, name, section)]
    return {field: frozenset(word for row in rows for word in row[field]) for field in fields}


def _flaws(content: Mapping[str, Any]) -> list[str]:
    flaws = []
    for section, listed in content.items():
        if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
            continue
        for number, entry in enumerate(listed, start=1):
            flaws += [
                f"entry {number} of {section} has no {key}"
                for key in ("example", "counter")
                if not entry.get(key)
            ]
    return flaws
