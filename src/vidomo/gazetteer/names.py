"""Folding of names: every way of writing one name becomes one key."""

import re
import unicodedata
from functools import lru_cache

# Accents mark the stress; apostrophes have a dozen shapes; the rest is invisible and comes with
# copied text.
_MARKS = re.compile(
    "[\u0300\u0301\u00ad\u200b-\u200f\u2060\ufeff"
    "'`\u00b4\u02b9\u02bb-\u02bd\u02c8\u055a\u2018\u2019\u201b\u2032\uff07]"
)
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212\u2043\ufe63\uff0d]+\s*")
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_YO = "\N{CYRILLIC SMALL LETTER IO}"
_YE = "\N{CYRILLIC SMALL LETTER IE}"
_UPPER = str.maketrans(
    "ABCEHIKMOPTXY",
    "\N{CYRILLIC CAPITAL LETTER A}\N{CYRILLIC CAPITAL LETTER VE}\N{CYRILLIC CAPITAL LETTER ES}"
    "\N{CYRILLIC CAPITAL LETTER IE}\N{CYRILLIC CAPITAL LETTER EN}"
    "\N{CYRILLIC CAPITAL LETTER BYELORUSSIAN-UKRAINIAN I}\N{CYRILLIC CAPITAL LETTER KA}"
    "\N{CYRILLIC CAPITAL LETTER EM}\N{CYRILLIC CAPITAL LETTER O}\N{CYRILLIC CAPITAL LETTER ER}"
    "\N{CYRILLIC CAPITAL LETTER TE}\N{CYRILLIC CAPITAL LETTER HA}\N{CYRILLIC CAPITAL LETTER U}",
)
_LOWER = str.maketrans(
    "aceikmopxy",
    "\N{CYRILLIC SMALL LETTER A}\N{CYRILLIC SMALL LETTER ES}\N{CYRILLIC SMALL LETTER IE}"
    "\N{CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I}\N{CYRILLIC SMALL LETTER KA}"
    "\N{CYRILLIC SMALL LETTER EM}\N{CYRILLIC SMALL LETTER O}\N{CYRILLIC SMALL LETTER ER}"
    "\N{CYRILLIC SMALL LETTER HA}\N{CYRILLIC SMALL LETTER U}",
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the key of a name: lower case, one spelling for marks that writers vary.

    Apostrophes and stress marks go, every dash is a hyphen without blanks around it, blanks are
    single, the Russian letter io is ie, and Latin look-alikes inside a Cyrillic word become
    Cyrillic. Folding a key changes nothing.
    """
    if text.isascii():
        return _squeeze(text.lower())
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    text = _WORD.sub(_one_script, _MARKS.sub("", text))
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower())
    text = _WORD.sub(_one_script, _MARKS.sub("", text))
    return _squeeze(unicodedata.normalize("NFC", text).replace(_YO, _YE))


def lookup_key(folded: str) -> str:
    """Return the key under which the index keeps a folded name: hyphens are blanks there."""
    return folded.replace("-", " ")


def _squeeze(text: str) -> str:
    text = _DASHES.sub("-", _MARKS.sub("", text))
    text = _DASHES.sub("-", text)  # dashes that only blanks kept apart are one
    return _BLANKS.sub(" ", text).strip()


def _one_script(match: re.Match[str]) -> str:
    word = match.group()
    if not _CYRILLIC.search(word):
        return word
    return word.translate(_UPPER).translate(_LOWER)
