"""Tells the language of a text, or says that it cannot be told."""

import re
from functools import cache

from vidomo.claims.tables import LANGUAGES, table

UNDECIDED = "und"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-z]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]+")
# Beyond this the answer no longer changes; a post is far shorter.
_LOOKED_AT = 4000
# A letter that only one language has weighs more than a small word, which may be a name.
_LETTER_WEIGHT = 2
_MOST_LETTERS = 40


def language_of(text: str) -> str:
    """Return uk, ru, en, or ``und`` when letters and small words do not decide.

    A wrong answer costs little: the tables of all three languages always run.

    Args:
        text: Normalised text; only its first 4,000 characters are looked at.
    """
    sample = text[:_LOOKED_AT].lower()
    latin, cyrillic = (sum(map(len, letters.findall(sample))) for letters in (_LATIN, _CYRILLIC))
    words = _WORD.findall(sample)
    if latin > cyrillic:
        return "en" if _small_words(words, "en") else UNDECIDED
    scores = {lang: _score(sample, words, lang) for lang in ("uk", "ru")}
    if scores["uk"] == scores["ru"]:
        return UNDECIDED
    return max(scores, key=lambda lang: scores[lang])


def _score(sample: str, words: list[str], lang: str) -> int:
    own = sum(sample.count(letter) for letter in table(lang, "letters")["own_letters"])
    return _LETTER_WEIGHT * min(own, _MOST_LETTERS) + _small_words(words, lang)


def _small_words(words: list[str], lang: str) -> int:
    return sum(map(_function_words()[lang].__contains__, words))


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {lang: frozenset(table(lang, "letters")["function_words"]) for lang in LANGUAGES}
