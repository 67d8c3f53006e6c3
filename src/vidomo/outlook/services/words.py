"""Risks in words."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from vidomo.core.errors import ConfigError
from vidomo.outlook.services.model import Backup, Phase, Risk

_LOST = frozenset({Phase.AT_RISK, Phase.FAILING, Phase.FAILED})


@cache
def risk_words(lang: str) -> Mapping[str, str]:
    """Return the words of a language.

    Raises:
        ConfigError: There are none.
    """
    source = files("vidomo.outlook.services") / "tables" / "words.toml"
    table = tomllib.loads(source.read_text("utf-8"))
    if lang not in table:
        raise ConfigError(f"no words in {lang!r}", hint=f"take one of: {', '.join(table)}")
    return dict(table[lang])


def is_lost(risk: Risk) -> bool:
    """Whether something that it needs is said to be gone."""
    return risk.phase in _LOST


def backup_told(backup: Backup, *, lang: str) -> str:
    """Return hours of backup with their origin."""
    words = risk_words(lang)
    low, high = number(backup.hours_min, lang=lang), backup.hours_max
    if high is None:
        key = "hours.none" if backup.hours_min == 0 else "hours.open"
        hours = words[key].format(low=low)
    elif high == backup.hours_min:
        hours = words["hours.exact"].format(low=low)
    else:
        hours = words["hours.range"].format(low=low, high=number(high, lang=lang))
    if high is None and backup.hours_min == 0:
        return hours
    return f"{hours} ({words[f'origin.{backup.origin.value}']})"


def unknown_told(code: str, *, lang: str) -> str:
    """Return what is not known, as it stands in ``Risk.unknown`` or ``Cause.unknown``."""
    words = risk_words(lang)
    need, _, what = code.rpartition(":")
    said = words[f"unknown.{what}"]
    return f"{words[f'service.{need}']}: {said}" if need else said


def assumed_told(code: str, *, lang: str, unsaid_h: float | None = None) -> str:
    """Return what is assumed as a sentence."""
    hours = "" if unsaid_h is None else number(unsaid_h, lang=lang)
    return risk_words(lang)[f"assumed.{code}"].format(hours=hours)


def number(value: float, *, lang: str) -> str:
    """Return hours for people."""
    said = f"{value:g}"
    return said.replace(".", ",") if lang == "uk" else said
