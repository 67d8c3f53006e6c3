"""The rules that a text is screened with, read from ``lang`` and compiled once."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from vidomo.core.errors import ConfigError

FOLDERS = ("any", "uk", "ru", "en")
"""Folders of tables; ``any`` holds what looks alike in every language."""
CONTEXT = "context"
_WORDS = "words"
_PIECE = re.compile(r"<([A-Za-z]+\d?)>")
_DEEPEST = 6

Span = tuple[int, int]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a table; its patterns are compiled when a text first asks for them.

    Attributes:
        id: Language, kind and name: ``uk.street.abbreviated``.
        sources: Any of these patterns finds.
        hint: One of these, in lower case, stands in every text that the entry can find anything in.
        never: What, inside a find, makes it something else.
        needs: What the sentence of a find must hold.
        is_raw: Whether the text is looked at as received, with its addresses.
        is_not_film: Whether a find does not count beside a request not to film or to publish.
        is_not_city: Whether the group ``name`` must not be the name of a city.
        example: A text that the entry finds something in; ``counter`` one that it does not.
    """

    id: str
    kind: str
    lang: str
    sources: tuple[str, ...]
    hint: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    needs: str = ""
    is_raw: bool = False
    is_not_film: bool = False
    is_not_city: bool = False
    example: str = ""
    counter: str = ""

    def is_hinted(self, lower: str) -> bool:
        """Return whether a text in lower case may hold a find at all."""
        return not self.hint or any(word in lower for word in self.hint)

    def matches(self, text: str, *, within: Span | None = None) -> Iterator[re.Match[str]]:
        """Yield what any of the patterns finds in a text, or in a stretch of it."""
        start, end = within or (0, len(text))
        for source in self.sources:
            yield from compiled(source, self.id).finditer(text, start, end)

    def is_never(self, words: str) -> bool:
        """Return whether something inside a find makes it something else."""
        return any(compiled(source, self.id).search(words) for source in self.never)

    def has_needed(self, text: str, around: Span) -> bool:
        """Return whether the sentence of a find holds what it must."""
        return not self.needs or bool(compiled(self.needs, self.id).search(text, *around))

    def spans(self, text: str, lower: str = "") -> Iterator[Span]:
        """Yield where any of the patterns finds something in a text."""
        if not self.is_hinted(lower or text.lower()):
            return
        for match in self.matches(text):
            yield match.span()


@cache
def rules() -> tuple[Rule, ...]:
    """Return what texts are screened for.

    Raises:
        ConfigError: A table is broken.
    """
    return tuple(
        rule
        for lang in FOLDERS
        for name in _names(lang)
        if name != CONTEXT
        for rule in _table(lang, name)
    )


@cache
def asides() -> tuple[Rule, ...]:
    """Return what marks a sentence: requests not to film, invitations of the public."""
    return tuple(
        rule for lang in FOLDERS if CONTEXT in _names(lang) for rule in _table(lang, CONTEXT)
    )


def _names(lang: str) -> tuple[str, ...]:
    folder = files("vidomo.disclosure").joinpath("lang", lang)
    names = sorted(item.name.removesuffix(".toml") for item in folder.iterdir())
    return tuple(name for name in names if name not in {_WORDS, "words_more"})


def _table(lang: str, name: str) -> Iterator[Rule]:
    for kind, entries in _content(lang, name).items():
        for entry in entries:
            yield _rule(lang, kind, entry)


def _rule(lang: str, kind: str, entry: Mapping[str, Any]) -> Rule:
    name = f"{lang}.{kind}.{entry['id']}"
    for key in ("any", "example", "counter"):
        if not entry.get(key):
            raise ConfigError(
                f"screen entry {name} has no {key}", hint="give every entry all three"
            )
    needs = entry.get("needs")
    return Rule(
        id=name,
        kind=kind,
        lang=lang,
        sources=tuple(entry["any"]),
        hint=tuple(entry.get("hint", ())),
        never=tuple(entry.get("not", ())),
        needs=f"<{needs}>" if needs else "",
        is_raw=entry.get("raw", False),
        is_not_film=entry.get("not_film", False),
        is_not_city=entry.get("not_city", False),
        example=entry["example"],
        counter=entry["counter"],
    )


@cache
def compiled(source: str, name: str) -> re.Pattern[str]:
    """Return a pattern with its named pieces filled in.

    Args:
        source: The pattern as the table has it.
        name: The entry, for people.

    Raises:
        ConfigError: It names an unknown piece, or it is no pattern.
    """
    words = _words()
    for _ in range(_DEEPEST):
        source, count = _PIECE.subn(lambda match: _piece(match, words, name), source)
        if not count:
            break
    try:
        return re.compile(source, re.IGNORECASE)
    except re.error as error:
        raise ConfigError(f"screen entry {name}: {error}", hint=source[:200]) from error


def _piece(match: re.Match[str], words: Mapping[str, str], name: str) -> str:
    if match.string[max(0, match.start() - 2) : match.start()] == "?P":
        return match[0]
    if match[1] not in words:
        raise ConfigError(f"screen entry {name} names the unknown piece {match[0]}")
    return words[match[1]]


@cache
def _words() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for lang in FOLDERS:
        found |= _content(lang, _WORDS).get("words", {})
    return found


def _content(lang: str, name: str) -> dict[str, Any]:
    source = files("vidomo.disclosure").joinpath("lang", lang, f"{name}.toml")
    if not source.is_file():
        return {}
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"table {lang}/{name} of the screen is not TOML: {error}") from error
