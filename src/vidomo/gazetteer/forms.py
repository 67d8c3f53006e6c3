"""Forms of names in the opened file: from a folded key to the units it can stand for."""

import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache

import marisa_trie

from vidomo.gazetteer import layout
from vidomo.gazetteer.container import Container
from vidomo.gazetteer.model import FormKind
from vidomo.gazetteer.names import lookup_key

_SPAN = struct.Struct("<II")
_LONGEST = 8  # words; the longest name of the codifier has five, with room for hyphens
_KEPT, _LONGEST_KEPT = 20_000, 60  # words remembered per process, and letters of the longest

# Kind, language, origin, and the numbers of the units, most people first.
Posting = tuple[FormKind, str, str, tuple[int, ...]]


class FormIndex:
    """The trie of forms and its lists of units."""

    def __init__(self, container: Container) -> None:
        self._trie = marisa_trie.Trie()
        self._trie.frombytes(bytes(container.section("trie")))
        self._postings_at = container.section("postings_at")
        self._postings = container.section("postings")
        self._groups_at = container.section("groups_at")
        self._groups = container.section("groups")
        self._known = lru_cache(maxsize=_KEPT)(self._look_up)

    def postings(self, key: str) -> tuple[Posting, ...]:
        """Return what a folded form stands for, official forms first."""
        number = self._trie.get(lookup_key(key))
        if number is None:
            return ()
        values = _row(self._postings_at, self._postings, number)
        return tuple(
            (
                *layout.unpack_flags(value & layout.FLAG_MASK),
                _row(self._groups_at, self._groups, value >> layout.FLAG_BITS),
            )
            for value in values
        )

    def longest(self, keys: Sequence[str], start: int) -> tuple[int, str]:
        """Return how many tokens from ``start`` make the longest form, with that form."""
        best = (0, "")
        joined = ""
        for count, token in enumerate(keys[start : start + _LONGEST], start=1):
            word = lookup_key(token)
            joined = f"{joined} {word}" if joined else word
            known = self._known if len(joined) <= _LONGEST_KEPT else self._look_up
            is_form, goes_on = known(joined)
            if is_form:
                best = (count, joined)
            if not goes_on:
                break
        return best

    def _look_up(self, joined: str) -> tuple[bool, bool]:
        """Return whether words are a form, and whether a longer form begins with them."""
        return joined in self._trie, next(self._trie.iterkeys(joined + " "), None) is not None

    def starting_with(self, prefix: str) -> Iterator[str]:
        """Yield the folded forms that begin with a prefix, in no order of meaning."""
        found: Iterator[str] = self._trie.iterkeys(lookup_key(prefix))
        return found

    def __contains__(self, key: str) -> bool:
        """Whether a folded form is known."""
        return lookup_key(key) in self._trie


def _row(ends: memoryview, values: memoryview, number: int) -> tuple[int, ...]:
    first, last = _SPAN.unpack_from(ends, number * 4)
    found: tuple[int, ...] = struct.unpack_from(f"<{last - first}I", values, first * 4)
    return found
