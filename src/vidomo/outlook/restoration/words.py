"""A plan in words."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from vidomo.core.errors import ConfigError
from vidomo.outlook.restoration.model import Plan, Service, Step

_NOTHING_MW = 0.05
_NOTHING_MWH = 0.05


@cache
def plan_words(lang: str) -> Mapping[str, str]:
    """Return the words of a language.

    Raises:
        ConfigError: There are none.
    """
    source = files("vidomo.outlook.restoration") / "tables" / "words.toml"
    table = tomllib.loads(source.read_text("utf-8"))
    if lang not in table:
        raise ConfigError(f"no words in {lang!r}", hint=f"take one of: {', '.join(table)}")
    return dict(table[lang])


def headings(plan: Plan, *, lang: str) -> tuple[str, ...]:
    """Return what stands above every form of a plan, on a screen and in a file."""
    words = plan_words(lang)
    return (*((words["exercise"],) if plan.is_exercise else ()), words["desk_only"])


def told(plan: Plan, services: Sequence[Service] = (), *, lang: str) -> tuple[str, ...]:
    """Return the plan as sentences: one paragraph a repair, then how sure the order is.

    Args:
        plan: What is told.
        services: Those that the plan was made with.
        lang: uk or en.
    """
    words = plan_words(lang)
    said = []
    for at, step in enumerate(plan.steps):
        helps = any(later.back_mw > _NOTHING_MW for later in plan.steps[at + 1 :])
        said.append(_step(step, at + 1, services, words, helps=helps))
    said.append(_how_good(plan, words))
    if plan.greedy_mwh - plan.cost_mwh > _NOTHING_MWH:
        said.append(
            words["greedy"].format(
                mwh=_number(plan.greedy_mwh, words), own=_number(plan.cost_mwh, words)
            )
        )
    elif plan.method != "greedy":
        said.append(words["same_greedy"])
    left = plan.curve[-1][1]
    if left > _NOTHING_MW:
        said.append(words["left"].format(mw=_number(left, words)))
    return tuple(said)


def _step(
    step: Step, number: int, services: Sequence[Service], words: Mapping[str, str], *, helps: bool
) -> str:
    parts = [
        words["step"].format(
            number=number,
            element=step.element,
            crew=step.crew + 1,
            start=_number(step.starts_h, words),
            end=_number(step.ends_h, words),
        )
    ]
    if step.back_mw > _NOTHING_MW:
        parts.append(words["back"].format(mw=_number(step.back_mw, words)))
    elif step.back_mw < -_NOTHING_MW:
        parts.append(words["worse"].format(mw=_number(-step.back_mw, words)))
    elif not step.services:
        parts.append(words["nothing" if helps else "spare"])
    backups = {one.id: one.backup_h for one in services}
    for name in step.services:
        hours = backups.get(name)
        key = "service_unknown" if hours is None else "service"
        parts.append(words[key].format(name=name, hours=_number(hours or 0.0, words)))
    if step.stability_share < 1:
        parts.append(words["stable"].format(percent=round(100 * step.stability_share)))
    return " ".join(parts)


def _how_good(plan: Plan, words: Mapping[str, str]) -> str:
    if plan.is_exact:
        return words["exact"]
    if plan.gap_share is None:
        return words["no_gap"]
    return words["gap"].format(percent=_number(100 * plan.gap_share, words))


def _number(value: float, words: Mapping[str, str]) -> str:
    """Return a number as people read it: a digit behind the point below a hundred, if any."""
    if abs(value) >= 100:  # noqa: PLR2004 - three digits are enough for anybody
        return f"{value:.0f}"
    return f"{value:.1f}".removesuffix(".0").replace(".", words["point"])
