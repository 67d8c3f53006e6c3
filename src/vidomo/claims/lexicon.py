"""Entries of the phrase tables of all languages, compiled once."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from vidomo.claims.compiling import Compiled, compile_patterns
from vidomo.claims.document import Document, Segment
from vidomo.claims.kept import PATTERNS
from vidomo.claims.matching import Matcher
from vidomo.claims.patterns import Element, parse_pattern, with_families
from vidomo.claims.tables import LANGUAGES, made_of_tables, table

# The phrase tables; every text is searched for all of them.
TABLES = ("cues", "rail", "monitor", "means", "discourse", "speakers", "bodies", "marks", "alarms")
# Tables of more than one file: phrases, and frames put together from families of words.
_FILES = {
    "cues": (
        "cues",
        "frames_alert",
        "frames_event",
        "frames_strikes",
        "frames_everyday",
        "frames_advice",
        "frames_film",
        "frames_response",
        "frames_flow",
        "frames_damage",
        "frames_supply",
        "frames_service",
        "frames_transport",
        "frames_public",
        "frames_schedule",
        "frames_harm",
        "frames_asked",
    ),
}

# Fields of an entry that words beside it are looked at for.
_PARTICULAR = ("not", "unless_before", "unless_next", "governs")
# The family of the words that may follow a word which tells an end.
_AFTER_END = "after_end"


class Entry(msgspec.Struct, frozen=True):
    """One entry of a phrase table.

    Attributes:
        id: Language, table and name of the entry: ``uk.cues.explosion``.
        fields: The fields of the entry as the table has them.
        rejected: Words that look like the entry and are something else.
        unless_before: Words before it that make it something else.
        unless_next: Words or marks right after it that make it something else ("No. 12").
        governs: Words of it that are prepositions where anything but a few words follows: "the
            alert is over in Sumy" tells an end, "an alert over Sumy" none.
        is_particular: Whether any of these is there to be looked at.
        example: A text that the entry must find something in.
        counter: A text that it must find nothing in.
    """

    id: str
    fields: Mapping[str, Any]
    rejected: tuple[Element, ...]
    unless_before: frozenset[str]
    example: str
    counter: str
    unless_next: frozenset[str] = frozenset()
    governs: frozenset[str] = frozenset()
    is_particular: bool = True


class Lexicon:
    """The entries of one kind of table in every language, searched together.

    All languages always run: a wrong guess of the language then costs nothing here.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self.entries: list[Entry] = []
        self._patterns: list[tuple[str, list[str]]] = []
        for lang in LANGUAGES:
            for file in _FILES.get(name, (name,)):
                for key, fields in table(lang, file).items():
                    self.entries.append(_entry(f"{lang}.{file}.{key}", fields))
                    self._patterns.append((lang, fields["any"]))

    @property
    def patterns(self) -> list[list[str]]:
        """The patterns of each entry, in order, families of words written out."""
        return [
            [with_families(text, families(lang)) for text in texts]
            for lang, texts in self._patterns
        ]

    def matches(self, doc: Document, segment: Segment) -> list[tuple[Entry, tuple[int, ...]]]:
        """Return what fits inside a segment: the entry and the tokens that it takes."""
        fits = _matcher().matches(doc, segment, table=self._name)
        if not fits:
            return []
        entries = self.entries
        return [
            (entry, tokens)
            for number, tokens in fits
            if not ((entry := entries[number]).is_particular and _is_rejected(entry, tokens, doc))
        ]


@cache
def families(lang: str) -> Mapping[str, str]:
    """Return the families of words of a language: the choices that ``@name`` stands for."""
    return {name: fields["words"] for name, fields in table(lang, "families").items()}


def _entry(name: str, fields: Mapping[str, Any]) -> Entry:
    return Entry(
        id=name,
        fields=fields,
        rejected=tuple(parse_pattern(word)[0][0] for word in fields.get("not", ())),
        unless_before=frozenset(fields.get("unless_before", ())),
        example=fields["example"],
        counter=fields["counter"],
        unless_next=frozenset(fields.get("unless_next", ())),
        governs=frozenset(fields.get("governs", ())),
        is_particular=any(fields.get(name) for name in _PARTICULAR),
    )


def _is_rejected(entry: Entry, taken: tuple[int, ...], doc: Document) -> bool:
    if entry.unless_before and taken[0] > 0:
        before = doc.tokens[taken[0] - 1]
        if before.key in entry.unless_before:
            return True
    if entry.unless_next and taken[-1] + 1 < len(doc.tokens):
        following = doc.tokens[taken[-1] + 1]
        if following.key in entry.unless_next and taken[-1] + 2 < len(doc.tokens):
            return True
    if entry.governs and any(_governs(entry, number, doc) for number in taken):
        return True
    return any(element.fits(doc.tokens[number]) for element in entry.rejected for number in taken)


def _governs(entry: Entry, number: int, doc: Document) -> bool:
    if doc.tokens[number].key not in entry.governs or number + 1 >= len(doc.tokens):
        return False
    following = doc.tokens[number + 1]
    return following.kind in {"word", "number"} and following.key not in _after_end()


@cache
def _after_end() -> frozenset[str]:
    """Return the words that may follow one that tells an end: "over in", "over for"."""
    listed = (families(lang).get(_AFTER_END, "").split("|") for lang in LANGUAGES)
    return frozenset(word for words in listed for word in words if word)


@cache
def _matcher() -> Matcher:
    """Return the patterns of all phrase tables, so that a text is gone through once for all."""
    return Matcher(TABLES, made_of_tables(PATTERNS, Compiled, _compiled))


def _compiled() -> Compiled:
    return compile_patterns([lexicon(name).patterns for name in TABLES])


@cache
def lexicon(name: str) -> Lexicon:
    """Return the compiled entries of one kind of table, read on first use."""
    return Lexicon(name)
