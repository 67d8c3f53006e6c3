"""Reads a numeral, in words or figures, at one place in a text."""

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from vidomo.claims.document import Token
from vidomo.claims.phrases import PhraseTable, phrases_of, words_of
from vidomo.claims.tables import LANGUAGES, table

_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[ ,][0-9]{3})+")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_SUFFIXED = re.compile(r"([0-9]{1,9})-?([^\W\d_].*)")
_MODEL = re.compile(r"[^\W\d_]+-?([0-9]{1,5})(?:-?[^\W\d_]{0,2})?")
_DOTTED = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}")
# No count of people, houses or customers has more figures; longer ones are codes.
_MOST_FIGURES = 10
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000
# The short forms of "thousand" and "million" have three letters in Ukrainian and Russian.
_ABBREVIATED = 3


class Numeral(msgspec.Struct, frozen=True, kw_only=True):
    """A numeral as it stands, without what is said around it.

    Attributes:
        first: Index of the first token; ``last`` the index after the last.
        low: Lower bound; None for "several".
        high: Upper bound; None for "several".
        mode: exact, range or several.
        is_word: Whether it is written in words.
        is_share: Whether it is a share; the bounds are then 0..1.
        is_scaled: Whether a word such as "thousand" multiplies it.
        is_decimal: Whether it is written with a decimal point or comma.
        suffix: What is written on to the figures ("year-old"), a token key.
        role: What the numeral is by its own look: model, date, time; empty otherwise.
    """

    first: int
    last: int
    low: float | None
    high: float | None
    mode: str = "exact"
    is_word: bool = False
    is_share: bool = False
    is_scaled: bool = False
    is_decimal: bool = False
    suffix: str = ""
    role: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it can count things at all."""
        if self.low is None:
            return True
        return float(self.low).is_integer() and (self.is_scaled or not self.is_decimal)


class NumberWords(msgspec.Struct, frozen=True):
    """The tables of numbers of all languages together."""

    starters: frozenset[str]
    values: PhraseTable
    multipliers: PhraseTable
    fractions: PhraseTable
    several: PhraseTable
    shares: PhraseTable
    before: PhraseTable
    after: PhraseTable
    roles_before: PhraseTable
    roles_after: PhraseTable
    roles_suffix: PhraseTable
    units: PhraseTable
    small: dict[str, frozenset[str]]
    stems: dict[str, tuple[str, ...]]

    def is_small(self, kind: str, key: str) -> bool:
        """Whether a token key is one of the small words of a kind, or begins with its stem."""
        return key in self.small[kind] or key.startswith(self.stems[kind])


@cache
def number_words() -> NumberWords:
    """Return the tables of numbers and units, read once."""
    small: dict[str, frozenset[str]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for kind in table("uk", "numbers")["words"]:
        listed = [
            " ".join(words_of(word))
            for lang in LANGUAGES
            for word in table(lang, "numbers")["words"].get(kind, ())
        ]
        small[kind] = frozenset(word for word in listed if not word.endswith("*"))
        stems[kind] = tuple(word[:-1] for word in listed if word.endswith("*"))
    roles = phrases_of("numbers", "role")
    in_words = {
        field: PhraseTable(phrases_of("numbers", section))
        for field, section in (
            ("values", "word"),
            ("multipliers", "multiplier"),
            ("fractions", "fraction"),
            ("several", "several"),
            ("shares", "share"),
        )
    }
    return NumberWords(
        starters=frozenset[str]().union(*(one.first_words for one in in_words.values())),
        **in_words,
        before=PhraseTable(phrases_of("numbers", "before")),
        after=PhraseTable(phrases_of("numbers", "after")),
        roles_before=PhraseTable(one for one in roles if one.entry["where"] == "before"),
        roles_after=PhraseTable(one for one in roles if one.entry["where"] == "after"),
        roles_suffix=PhraseTable(one for one in roles if one.entry["where"] == "suffix"),
        units=PhraseTable(phrases_of("units", "unit")),
        small=small,
        stems=stems,
    )


def numeral_starts(tokens: Sequence[Token], first: int, last: int) -> list[int]:
    """Return the indexes of a stretch at which a numeral may begin; at others none does."""
    starters = number_words().starters
    return [
        index
        for index in range(first, last)
        if (token := tokens[index]).kind == "number"
        or (token.kind == "word" and (token.key in starters or not token.key.isalpha()))
    ]


def numeral_at(tokens: Sequence[Token], index: int, end: int) -> Numeral | None:
    """Return the numeral that begins at a token and ends before token ``end``; else None."""
    token = tokens[index]
    if token.kind != "number" and (
        token.kind != "word" or (token.key.isalpha() and token.key not in number_words().starters)
    ):
        return None
    numeral = _numeral(tokens, index, end)
    return _as_share(tokens, numeral, end) if numeral else None


def _numeral(tokens: Sequence[Token], index: int, end: int) -> Numeral | None:
    token = tokens[index]
    if token.kind == "number":
        return _figures(tokens, index, end)
    if token.kind != "word":
        return None
    if token.text[0].isdigit():
        return _suffixed(tokens, index)
    match = None if token.key.isalpha() else _MODEL.fullmatch(token.key)
    if match:
        value = float(match[1])
        return Numeral(first=index, last=index + 1, low=value, high=value, role="model")
    if token.key not in number_words().starters and "-" not in token.key:
        return None
    return (
        _fraction(tokens, index, end)
        or _share(tokens, index, end)
        or _words(tokens, index, end)
        or _several(tokens, index, end)
    )


def _figures(tokens: Sequence[Token], index: int, end: int) -> Numeral:
    text = tokens[index].text
    role, value = "", 0.0
    if ":" in text:
        role = "time"
    elif _DOTTED.fullmatch(text):
        role = "date"
    elif _THOUSANDS.fullmatch(text):
        value = float(text.replace(" ", "").replace(",", ""))
    elif _PLAIN.fullmatch(text) and len(text) <= _MOST_FIGURES:
        value = float(text.replace(",", "."))
    else:
        role = "ordinal"
    if role:
        return Numeral(first=index, last=index + 1, low=value, high=value, role=role)
    value, last = _scale(tokens, value, index + 1, end)
    is_scaled = last > index + 1
    is_decimal = "." in text or ("," in text and not _THOUSANDS.fullmatch(text))
    return Numeral(
        first=index,
        last=last,
        low=value,
        high=value,
        is_scaled=is_scaled,
        is_decimal=is_decimal,
    )


def _as_share(tokens: Sequence[Token], numeral: Numeral, end: int) -> Numeral:
    """Return the numeral as a share when "per cent" follows it."""
    last = numeral.last
    if last >= end or numeral.low is None or numeral.role or numeral.suffix or numeral.is_share:
        return numeral
    if not number_words().is_small("percent", tokens[last].key):
        return numeral
    is_two_words = tokens[last].key == "per"
    if is_two_words and (last + 1 >= end or tokens[last + 1].key != "cent"):
        return numeral
    share = numeral.low / 100
    return msgspec.structs.replace(
        numeral, last=last + 1 + is_two_words, low=share, high=share, is_share=True
    )


def _scale(tokens: Sequence[Token], value: float, last: int, end: int) -> tuple[float, int]:
    """Multiply by the "thousand" that follows, with the full stop of its abbreviation."""
    phrase = number_words().multipliers.at(tokens, last, end) if last < end else None
    if phrase is None:
        return value, last
    last += 1
    if len(tokens[last - 1].key) == _ABBREVIATED and last + 1 < end and tokens[last].text == ".":
        following = tokens[last + 1]
        last += following.kind == "word" and not following.is_capital
    return value * phrase.entry["value"], last


def _suffixed(tokens: Sequence[Token], index: int) -> Numeral | None:
    match = _SUFFIXED.fullmatch(tokens[index].key)
    if match is None:
        return None
    value = float(match[1])
    if match[2] in number_words().small["thousand_suffix"]:  # "10k people"
        value *= _THOUSAND
        return Numeral(first=index, last=index + 1, low=value, high=value, is_scaled=True)
    return Numeral(first=index, last=index + 1, low=value, high=value, suffix=match[2])


def _share(tokens: Sequence[Token], index: int, end: int) -> Numeral | None:
    phrase = number_words().shares.at(tokens, index, end)
    if phrase is None:
        return None
    words, value = phrase.words, phrase.entry["value"]
    # The "of" of "half of" is no part of the numeral.
    last = index + len(words) - (len(words) > 1 and words[-1] in {"of", "the"})
    return Numeral(first=index, last=last, low=value, high=value, is_word=True, is_share=True)


def _fraction(tokens: Sequence[Token], index: int, end: int) -> Numeral | None:
    phrase = number_words().fractions.at(tokens, index, end)
    if phrase is None:
        return None
    after = index + len(phrase.words)
    value, last = _scale(tokens, phrase.entry["value"], after, end)
    if last == after:
        return None
    return Numeral(first=index, last=last, low=value, high=value, is_word=True, is_scaled=True)


def _several(tokens: Sequence[Token], index: int, end: int) -> Numeral | None:
    phrase = number_words().several.at(tokens, index, end)
    if phrase is None:
        return None
    words = phrase.words
    last = index + len(words) - (len(words) > 1 and words[-1] == "of")
    return Numeral(first=index, last=last, low=None, high=None, mode="several", is_word=True)


def _words(tokens: Sequence[Token], index: int, end: int) -> Numeral | None:
    if "-" in tokens[index].key:
        return _hyphened(tokens, index)
    total, current, last, smallest = 0.0, 0.0, index, float("inf")
    while last < end and tokens[last].kind == "word":
        value = _value(tokens, last)
        if value is not None and value < smallest and _follows(current, value):
            current, smallest = current + value, value
            last += 1
        elif tokens[last].key == "and" and current >= _HUNDRED and _value(tokens, last + 1):
            last += 1
        else:
            scaled = _scaled(tokens, current, last, index)
            if scaled is None or (total and scaled >= total):
                break
            current, smallest = scaled, float("inf")
            if scaled >= _THOUSAND:
                total, current = total + scaled, 0.0
            last += 1
    if last == index:
        return None
    value = total + current
    is_scaled = total > 0
    return Numeral(first=index, last=last, low=value, high=value, is_word=True, is_scaled=is_scaled)


def _value(tokens: Sequence[Token], index: int) -> float | None:
    if index >= len(tokens):
        return None
    phrase = number_words().values.at(tokens, index, len(tokens))
    return float(phrase.entry["value"]) if phrase else None


def _follows(current: float, value: float) -> bool:
    """Whether a word may go on a numeral: "twenty five" may, "five six" may not."""
    if current == 0:
        return True
    if value >= _HUNDRED:
        return False
    if value >= _TEN:
        return current % _HUNDRED == 0
    return current % _TEN == 0 and current % _HUNDRED != _TEN


def _scaled(tokens: Sequence[Token], current: float, last: int, first: int) -> float | None:
    phrase = number_words().multipliers.at(tokens, last, len(tokens))
    if phrase is None:
        return None
    if current:
        return current * float(phrase.entry["value"])
    return float(phrase.entry["value"]) if phrase.entry["alone"] and last == first else None


def _hyphened(tokens: Sequence[Token], index: int) -> Numeral | None:
    """Read "twenty-five" and "two-three"."""
    parts = tokens[index].key.split("-")
    if len(parts) != 2:  # noqa: PLR2004 - two words, one hyphen
        return None
    values = number_words().values
    read = [values.of_word(part, tokens, index, index + 1) for part in parts]
    first, second = (float(phrase.entry["value"]) if phrase else 0.0 for phrase in read)
    if not first or not second:
        return None
    if _follows(first, second):
        both = first + second
        return Numeral(first=index, last=index + 1, low=both, high=both, is_word=True)
    if second < first:
        return None
    return Numeral(first=index, last=index + 1, low=first, high=second, mode="range", is_word=True)
