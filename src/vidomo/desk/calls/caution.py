"""Which words need a second person before they are released as a body's own."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec

from vidomo.claims.model import Claim, Kind

ALL_CLEAR, CASUALTIES = "all_clear", "casualties"
_RULES = {"alert.end": ALL_CLEAR}
_HARM = "harm."
_ASIDE = frozenset({Kind.ADVICE, Kind.BACKGROUND})


class Caution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One stem that asks for a second person.

    Attributes:
        rule: all_clear or casualties.
        stem: Beginning of a word or of a phrase, lower case.
        unless: Phrases in which it means something else.
        example: A sentence that it must find; ``counter`` one that it must not.
    """

    rule: str
    stem: str
    example: str
    counter: str
    unless: tuple[str, ...] = ()

    def is_in(self, text: str) -> bool:
        """Whether the words are in a text, read in lower case with single blanks."""
        plain = " ".join(text.casefold().split())
        for phrase in self.unless:
            plain = plain.replace(phrase, " ")
        return any(part.startswith(self.stem) for part in _starts(plain))


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entry: tuple[Caution, ...]


@cache
def cautions() -> tuple[Caution, ...]:
    """Return the table of words."""
    table = resources.files("vidomo.desk.calls").joinpath("caution.toml")
    return msgspec.convert(tomllib.loads(table.read_text(encoding="utf-8")), _Table).entry


def needs_second(text: str, claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return why a text may not be released by whoever took the call; empty where they may.

    All-clears and figures of casualties, a stated zero among them, need another person: by what
    is read in the text, and beside that by its bare words, for a reader can miss a sentence.
    Never by advice: "until the all-clear" ends nothing.

    Source: our own choice, docs/calls.md; the same list as for alerts.
    """
    found = {entry.rule for entry in cautions() if entry.is_in(text)}
    for claim in claims:
        if claim.kind in _ASIDE:
            continue
        if claim.topic in _RULES:
            found.add(_RULES[claim.topic])
        elif claim.topic.startswith(_HARM):
            found.add(CASUALTIES)
    return tuple(sorted(found))


def _starts(plain: str) -> Iterable[str]:
    """Yield the rest of a text from the beginning of each word on."""
    before = " "
    for at, char in enumerate(plain):
        if char.isalnum() and not before.isalnum():
            yield plain[at : at + 40]
        before = char
