"""Writes words that hide in letters of another script as they are meant to be read."""

import re
from functools import cache

from vidomo.claims.tables import table

_WORD = re.compile(r"(?<![^\W_])[A-Za-z]{2,30}(?![^\W_])")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")


def evened(text: str) -> str:
    """Return a normalised text with whole words of Latin look-alikes in Cyrillic; same length.

    A word is taken for Cyrillic only where the text is mostly Cyrillic and every letter of
    the word has a twin there; digits of other scripts become ASCII ones.
    """
    text = (
        "".join(
            str(int(char)) if char.isdecimal() and not char.isascii() else char for char in text
        )
        if not text.isascii()
        else text
    )
    if len(_CYRILLIC.findall(text)) <= len(_LATIN.findall(text)):
        return text
    return _WORD.sub(lambda match: _turned(match[0]), text)


def _turned(word: str) -> str:
    twins = _twins()
    if all(char in twins for char in word):
        return "".join(twins[char] for char in word)
    return word


@cache
def _twins() -> dict[str, str]:
    return dict(table("uk", "letters")["lookalikes"])
