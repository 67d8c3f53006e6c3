"""Whether the words of a statement are as coarse as a row of the open data."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec

from vidomo.disclosure.policy import Policy
from vidomo.gazetteer import FormKind, Gazetteer, Level, fold

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u02bc-][^\W\d_]+)*")
_COARSE = frozenset({Level.COUNTRY, Level.OBLAST, Level.RAION})
_NEAR = 4
"""Words after an adjective among which its raion or oblast is looked for."""
_CLOCK = re.compile(r"\d\s*[:.\u2236\-\u2013]\s*\d")


class FineWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one language that are finer than a day or a raion.

    Attributes:
        stem: Beginnings of words for an hour or a part of the day; ``word`` whole words.
        finer: Beginnings of words for kinds of places that are finer than a raion.
        wide: Beginnings of words for a raion or what is wider.
        example: Words that hold one; ``counter`` words that do not.
    """

    lang: str
    stem: tuple[str, ...]
    word: tuple[str, ...] = ()
    finer: tuple[str, ...]
    wide: tuple[str, ...]
    example: str
    counter: str


class OpenWords:
    """What makes words finer than a raion and a day, under one policy.

    Args:
        policy: The policy; findings that none of its rules names are let pass.
        gazetteer: Names of all places.
    """

    def __init__(self, policy: Policy, *, gazetteer: Gazetteer) -> None:
        self._policy, self._gazetteer = policy, gazetteer

    def may_stand(self, words: str, *, topic: str, is_wide: bool) -> bool:
        """Return whether the words of a statement may stand in a row.

        Args:
            words: The exact words.
            topic: What the statement is about; a rule may let its topics keep their digits.
            is_wide: Whether the statement is of a place as wide as the row.
        """
        for kind in self._findings(words, is_wide=is_wide):
            rule = self._policy.rule("quote", kind)
            is_let = kind == "digits" and rule is not None and rule.is_about(topic)
            if rule is not None and not is_let:
                return False
        return True

    def _findings(self, words: str, *, is_wide: bool) -> Iterator[str]:
        if not is_wide or self._names_finer(words):
            yield "finer_place"
        if holds_time(words):
            yield "time_of_day"
        if any(letter.isdigit() for letter in words):
            yield "digits"
        if not words.replace("\n", " ").isprintable():
            yield "hidden_letters"

    def _names_finer(self, words: str) -> bool:
        """Whether words speak of a kind of place finer than a raion, or name one.

        Names begin with a capital. The name of an oblast or of Kyiv that a village bears too is
        taken for the wider one, an adjective only where the word for a raion or an oblast follows.
        """
        found = _WORD.findall(words)
        if any(_begins(word, row.finer) for row in fine_words() for word in found):
            return True
        shouts = not any(word[:1].islower() for word in found)
        keys = [key for word in found for key in _split(fold(word))]
        firsts = [word[:1] for word in found for _ in _split(fold(word))]
        for at, first in enumerate(firsts):
            if not first.isupper() and not shouts:
                continue
            _, forms = self._gazetteer.longest(keys, at)
            after = keys[at + 1 : at + 1 + _NEAR]
            is_before = any(_begins(key, row.wide) for row in fine_words() for key in after)
            names = [form for form in forms if form.kind is not FormKind.ADJECTIVE]
            others = forms if is_before else names
            if names and not any(self._is_coarse(form.code) for form in others):
                return True
        return False

    def _is_coarse(self, code: str) -> bool:
        unit = self._gazetteer.get(code)
        return unit is not None and unit.level in _COARSE


def holds_time(words: str) -> bool:
    """Return whether words tell an hour or a part of the day."""
    if _CLOCK.search(words):
        return True
    lower = [word.lower() for word in re.findall(r"[\w'\u2019]+", words)]
    return any(
        _begins(word.replace("\u2019", "'"), row.stem) or word in row.word
        for row in fine_words()
        for word in lower
    )


@cache
def fine_words() -> tuple[FineWords, ...]:
    """Return the words that are finer than a day or a raion, a row for each language."""
    text = (files("vidomo.disclosure") / "day_words.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["words"], tuple[FineWords, ...])


def _begins(word: str, stems: tuple[str, ...]) -> bool:
    return word.lower().startswith(stems)


def _split(key: str) -> list[str]:
    return key.replace("-", " ").split()
