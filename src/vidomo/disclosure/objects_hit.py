"""Of what kind the objects are that a text speaks of, and whether it says who or where."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

STRICTEST_FIRST = ("critical", "unknown", "military", "civil")
"""The kinds in the order in which they bind; the first two are never let out by themselves."""
LANGUAGES = ("uk", "ru", "en")
_APOSTROPHES = str.maketrans("\u2019\u02bc`\u00b4", "''''")


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a table of objects or persons.

    Attributes:
        pattern: Regular expression in small letters, matched from the beginning of a word.
        example: Words that it finds something in; ``counter`` words that it finds nothing in.
    """

    id: str
    kind: str
    pattern: str
    example: str
    counter: str


@cache
def object_entries(lang: str) -> tuple[Entry, ...]:
    """Return the table of one language: uk, ru or en."""
    text = (files("vidomo.disclosure") / "objects" / f"{lang}.toml").read_text(encoding="utf-8")
    return tuple(msgspec.convert(row, Entry) for row in tomllib.loads(text)["entry"])


@lru_cache(maxsize=4096)
def kind_of_object(text: str) -> str | None:
    """Return the strictest kind of the objects that words speak of; None where they name none.

    All languages are looked up, for a text in one often quotes another.
    """
    folded = text.casefold().translate(_APOSTROPHES)
    found = (kind for kind in STRICTEST_FIRST if any(one.search(folded) for one in _finders(kind)))
    return next(found, None)


@lru_cache(maxsize=4096)
def says_where(text: str) -> bool:
    """Whether words tell in which part of a town something was: finer than the town itself."""
    folded = text.casefold().translate(_APOSTROPHES)
    return any(one.search(folded) for one in _finders("part"))


@lru_cache(maxsize=4096)
def says_who(text: str) -> bool:
    """Whether words say of somebody how old, of which sex, what by trade or whose kin they are.

    Only for words about harm and rescue, where anybody spoken of may be a victim.
    """
    folded = text.casefold().translate(_APOSTROPHES)
    return any(one.search(folded) for one in _finders("person"))


def is_found(entry: Entry, text: str) -> bool:
    """Whether one line of a table finds something in some words."""
    return _compiled(entry.pattern).search(text.casefold().translate(_APOSTROPHES)) is not None


@cache
def _finders(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        _compiled(entry.pattern)
        for lang in LANGUAGES
        for entry in object_entries(lang)
        if entry.kind == kind
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})")
