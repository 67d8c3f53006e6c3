"""Writes words that hide in letters of another script as they are meant to be read."""

import re
import unicodedata
from functools import cache

from vidomo.claims.tables import table

_WORD = re.compile(r"(?<![^\W_])[A-Za-z]{2,30}(?![^\W_])")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
# Greek letters, digits of other scripts, wide, bold and circled letters; nothing of daily use.
_RARE = re.compile(
    r"[\u0370-\u03ff\u0660-\u1bff\u2070-\u209f\u2100-\u24ff\uff00-\uffef\U0001d400-\U0001f1e5]"
)
_GREEK = {
    "\u03b1": "\u0430",
    "\u03b5": "\u0435",
    "\u03b9": "\u0456",
    "\u03ba": "\u043a",
    "\u03bf": "\u043e",
    "\u03c1": "\u0440",
    "\u03c5": "\u0443",
    "\u03c7": "\u0445",
    "\u0391": "\u0410",
    "\u0392": "\u0412",
    "\u0395": "\u0415",
    "\u0397": "\u041d",
    "\u0399": "\u0406",
    "\u039a": "\u041a",
    "\u039c": "\u041c",
    "\u039f": "\u041e",
    "\u03a1": "\u0420",
    "\u03a4": "\u0422",
    "\u03a5": "\u0423",
    "\u03a7": "\u0425",
}
"""Greek letters that look like Cyrillic ones."""


def evened(text: str) -> str:
    """Return a normalised text in plain letters and digits; of the same length.

    Wide, bold and circled letters, Greek look-alikes and digits of other scripts become plain
    ones. A whole word of Latin look-alikes is taken for Cyrillic only where the text is mostly
    Cyrillic and every letter of the word has a twin there.
    """
    if _RARE.search(text):
        text = _RARE.sub(lambda match: _plain(match[0]), text)
    if len(_CYRILLIC.findall(text)) <= len(_LATIN.findall(text)):
        return text
    return _WORD.sub(lambda match: _turned(match[0]), text)


def _plain(char: str) -> str:
    if char in _GREEK:
        return _GREEK[char]
    if char.isdecimal():
        return str(int(char))
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


def _turned(word: str) -> str:
    twins = _twins()
    if all(char in twins for char in word):
        return "".join(twins[char] for char in word)
    return word


@cache
def _twins() -> dict[str, str]:
    return dict(table("uk", "letters")["lookalikes"])
