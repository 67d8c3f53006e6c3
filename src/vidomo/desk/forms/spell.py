"""Numbers and times in words, to be read aloud over a bad line."""

import tomllib
from datetime import datetime
from functools import cache
from importlib.resources import files

import msgspec

from vidomo.core.time import KYIV
from vidomo.publish.words import plural_form, words_of

SPELLED = ("uk", "en")
"""Languages with a table; reports to authorities are in no other."""
_THOUSAND, _MILLION, _HUNDRED, _TWENTY, _TEN = 1000, 1_000_000, 100, 20, 10
_FORMS = {"one": 0, "few": 1, "many": 2}


class Table(msgspec.Struct, frozen=True):
    """The words of one language, smallest number first."""

    units: tuple[str, ...]
    tens: tuple[str, ...]
    hundreds: tuple[str, ...]
    thousands: tuple[str, str, str]
    one_thousand: tuple[str, str]
    point: str
    hours: tuple[str, ...]
    sharp: str
    days: tuple[str, ...]


def spell_number(value: float, *, lang: str) -> str:
    """Return a number in words; digit by digit after the point, and from a million on."""
    words = _table(lang)
    if value != int(value):
        whole, _, part = f"{value:g}".partition(".")
        digits = " ".join(words.units[int(digit)] for digit in part if digit.isdigit())
        return f"{_whole(int(whole), lang)} {words.point} {digits}"
    return _whole(int(value), lang)


def spell_clock(instant: datetime, *, lang: str) -> str:
    """Return a clock time in Kyiv in words."""
    words, local = _table(lang), instant.astimezone(KYIV)
    hour, minute = words.hours[local.hour], local.minute
    if minute == 0:
        return f"{hour} {words.sharp}"
    nought = f"{words.units[0]} " if minute < _TEN else ""
    # Minutes and thousands are feminine in Ukrainian.
    return f"{hour} {nought}{_below_thousand(minute, words, is_feminine=True)}"


def spell_day(instant: datetime, *, lang: str) -> str:
    """Return a day and month in Kyiv in words."""
    local = instant.astimezone(KYIV)
    of = " of " if lang == "en" else " "
    return f"{_table(lang).days[local.day - 1]}{of}{words_of(lang).month(local.month)}"


def _whole(value: int, lang: str) -> str:
    words = _table(lang)
    if value < 0 or value >= _MILLION:
        return " ".join(words.units[int(digit)] for digit in str(value) if digit.isdigit())
    if value < _THOUSAND:
        return _below_thousand(value, words)
    count, rest = divmod(value, _THOUSAND)
    noun = words.thousands[_FORMS[plural_form(count, lang=lang)]]
    said = _below_thousand(count, words, is_feminine=True)
    tail = f" {_below_thousand(rest, words)}" if rest else ""
    return f"{said} {noun}{tail}"


def _below_thousand(value: int, words: Table, *, is_feminine: bool = False) -> str:
    if value == 0:
        return words.units[0]
    parts = []
    hundreds, rest = divmod(value, _HUNDRED)
    if hundreds:
        parts.append(words.hundreds[hundreds - 1])
    if rest >= _TWENTY:
        parts.append(words.tens[rest // _TEN - 2])
        rest %= _TEN
    if rest:
        # In Ukrainian one and two have a form of their own before what is feminine.
        has_form = is_feminine and rest <= len(words.one_thousand)
        parts.append(words.one_thousand[rest - 1] if has_form else words.units[rest])
    return " ".join(parts)


@cache
def _table(lang: str) -> Table:
    source = files("vidomo.desk.forms").joinpath("spell.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    return msgspec.convert(table[lang if lang in SPELLED else SPELLED[0]], Table)
