"""An outlook in words."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from vidomo.core.errors import ConfigError
from vidomo.outlook.fragmentation.model import HorizonOutlook, Outlook, ScenarioOutlook

_MOST_DIGITS = 100


@cache
def outlook_words(lang: str) -> Mapping[str, str]:
    """Return the words of a language.

    Raises:
        ConfigError: There are none.
    """
    source = files("vidomo.outlook.fragmentation") / "tables" / "words.toml"
    table = tomllib.loads(source.read_text("utf-8"))
    if lang not in table:
        raise ConfigError(f"no words in {lang!r}", hint=f"take one of: {', '.join(table)}")
    return dict(table[lang])


def headings(found: Outlook, *, lang: str) -> tuple[str, ...]:
    """Return what stands above every form of an outlook, on a screen and in a file."""
    words = outlook_words(lang)
    said = [words["desk_only"], words["insufficient"] if found.insufficient else words["if"]]
    return (words["exercise"], *said) if found.is_exercise else tuple(said)


def told(one: ScenarioOutlook, *, lang: str) -> tuple[str, ...]:
    """Return what a scenario says as sentences, two a horizon; never a number without interval."""
    words = outlook_words(lang)
    return tuple(line for horizon in one.horizons for line in _horizon(horizon, words))


def _horizon(one: HorizonOutlook, words: Mapping[str, str]) -> tuple[str, str]:
    low, high = one.p_split_range
    least, most = one.unserved_range_mwh
    return (
        words["split"].format(
            hours=f"{one.hours:g}",
            p=percent(one.p_split.value, words),
            se=percent(one.p_split.mc_se, words),
            low=percent(low, words),
            high=percent(high, words),
        ),
        words["energy"].format(
            mean=number(one.unserved_mwh.value, words),
            low=number(one.quantiles_mwh[0], words),
            high=number(one.quantiles_mwh[2], words),
            se=number(one.unserved_mwh.mc_se, words),
            least=number(least, words),
            most=number(most, words),
        ),
    )


def percent(share: float, words: Mapping[str, str]) -> str:
    """Return a share as per cent with a digit behind the point."""
    return f"{100 * share:.1f}".replace(".", words["point"])


def number(value: float, words: Mapping[str, str]) -> str:
    """Return a number as people read it: a digit behind the point below a hundred."""
    text = f"{value:.0f}" if abs(value) >= _MOST_DIGITS else f"{value:.1f}".removesuffix(".0")
    return text.replace(".", words["point"])
