"""Finds the longest phrase of a table at a place in the text."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from vidomo.claims.document import Token
from vidomo.claims.tables import LANGUAGES, table

_STEM = "*"
# Words remembered by each table; a text of random letters must not fill the memory.
_WORDS_KEPT, _LONGEST_KEPT = 8_000, 40


class Phrase(msgspec.Struct, frozen=True):
    """One phrase of a table.

    Attributes:
        words: Token keys; one that ends in ``*`` stands for every word that begins so.
        rule: Id of the table entry, such as ``uk.month.12``.
        entry: The entry itself.
    """

    words: tuple[str, ...]
    rule: str
    entry: Mapping[str, Any]


class PhraseTable:
    """Phrases in the order in which a place in the text is asked for them: longest first."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._whole: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[Phrase]] = {}
        for phrase in sorted(phrases, key=lambda one: -len(one.words)):
            first = phrase.words[0]
            if first.endswith(_STEM):
                self._stems.setdefault(first[:-1], []).append(phrase)
            else:
                self._whole.setdefault(first, []).append(phrase)
        self._shortest_stem = min(map(len, self._stems), default=0)
        self._known: dict[str, tuple[Phrase, ...]] = {}

    @property
    def first_words(self) -> frozenset[str]:
        """The whole words that a phrase may begin with; stems are not among them."""
        return frozenset(self._whole)

    def at(self, tokens: Sequence[Token], index: int, end: int) -> Phrase | None:
        """Return the longest phrase that begins at a token, before token ``end``; else None.

        A whole word goes before a stem, a long stem before a short one.
        """
        key = tokens[index].key
        known = self._known.get(key)
        for phrase in self.starting_with(key) if known is None else known:
            if len(phrase.words) == 1 or _fits(phrase, tokens, index, end):
                return phrase
        return None

    def of_word(self, key: str, tokens: Sequence[Token], index: int, end: int) -> Phrase | None:
        """Return what ``at`` returns, reading another key in place of the first token's."""
        known = self._known.get(key)
        for phrase in self.starting_with(key) if known is None else known:
            if _fits(phrase, tokens, index, end):
                return phrase
        return None

    def starting_with(self, key: str) -> tuple[Phrase, ...]:
        """Return the phrases that a word may begin, in the order in which they are tried."""
        known = self._known.get(key)
        if known is None:
            found = list(self._whole.get(key, ()))
            if self._stems:
                for length in range(len(key), self._shortest_stem - 1, -1):
                    found += self._stems.get(key[:length], ())
            known = tuple(found)
            if len(self._known) < _WORDS_KEPT and len(key) <= _LONGEST_KEPT:
                self._known[key] = known
        return known

    def before(self, tokens: Sequence[Token], index: int, first: int) -> Phrase | None:
        """Return the longest phrase that ends just before a token, from token ``first`` on."""
        best: Phrase | None = None
        for start in range(index - 1, max(first, index - 5) - 1, -1):
            found = self.at(tokens, start, index)
            if found is not None and len(found.words) == index - start:
                best = found
        return best


def phrases_of(name: str, section: str) -> list[Phrase]:
    """Return the phrases of a section of a table, of all languages together.

    Args:
        name: Name of the table.
        section: Name of a list of entries; each has its phrases under ``forms``.
    """
    found = []
    for lang in LANGUAGES:
        for number, entry in enumerate(table(lang, name).get(section, ()), start=1):
            rule = f"{lang}.{section}.{entry.get('id', number)}"
            found += [Phrase(words_of(form), rule, entry) for form in entry["forms"]]
    return found


def words_of(form: str) -> tuple[str, ...]:
    """Return the token keys of a phrase as a table writes it."""
    return tuple(form.lower().replace("'", "").replace("\u0451", "\u0435").split())


def _fits(phrase: Phrase, tokens: Sequence[Token], index: int, end: int) -> bool:
    length = len(phrase.words)
    if length == 1:
        return True
    if index + length > end:
        return False
    for offset in range(1, length):
        word, key = phrase.words[offset], tokens[index + offset].key
        if word != key and not (word.endswith(_STEM) and key.startswith(word[:-1])):
            return False
    return True
