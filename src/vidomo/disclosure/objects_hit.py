"""Of what kind the objects are that a text speaks of, and whether it says who or where."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

STRICTEST_FIRST = ("critical", "unknown", "military", "civil")
"""The kinds in the order in which they bind; the first two are never let out by themselves."""
LANGUAGES = ("uk", "ru", "en")
ALWAYS = ("street", "point", "object")
"""Kinds of findings that the tables add to the screen's, whatever the words are about."""
_APOSTROPHES = str.maketrans("\u2019\u02bc`\u00b4", "''''")


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a table of objects or persons.

    Attributes:
        kind: A kind of object; or what the words would tell: person, part, street, point, object.
        pattern: Regular expression in small letters, matched from the beginning of a word.
        cased: Whether it is matched in the letters of the text, for it asks for a capital.
        example: Words that it finds something in; ``counter`` words that it finds nothing in.
    """

    id: str
    kind: str
    pattern: str
    example: str
    counter: str
    cased: bool = False


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
    return next((kind for kind in STRICTEST_FIRST if _tells(text, kind)), None)


def says_where(text: str) -> bool:
    """Whether words tell in which part of a town something was: finer than the town itself."""
    return _tells(text, "part")


def says_who(text: str) -> bool:
    """Whether words say of somebody how old, of which sex, what by trade or whose kin they are.

    Only for words about harm and rescue, where anybody spoken of may be a victim.
    """
    return _tells(text, "person")


def aims(text: str) -> frozenset[str]:
    """Return the kinds of findings that a draft may hold and a published quotation may not."""
    return frozenset(kind for kind in ALWAYS if _tells(text, kind))


def is_found(entry: Entry, text: str) -> bool:
    """Whether one line of a table finds something in some words."""
    # Where all is in capitals, a capital says nothing: then any word may be a name.
    is_loud = entry.cased and text.isupper()
    found = _compiled(entry.pattern, is_loud=is_loud)
    return found.search(text if entry.cased else _folded(text)) is not None


def _tells(text: str, kind: str) -> bool:
    return any(is_found(entry, text) for entry in _entries(kind))


def _folded(text: str) -> str:
    return text.casefold().translate(_APOSTROPHES)


@cache
def _entries(kind: str) -> tuple[Entry, ...]:
    return tuple(
        entry for lang in LANGUAGES for entry in object_entries(lang) if entry.kind == kind
    )


@cache
def _compiled(pattern: str, *, is_loud: bool = False) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE if is_loud else 0)
