"""Named scenarios: the bundled ones, and those that somebody wrote."""

import math
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources

import msgspec

from vidomo.core.errors import InputError
from vidomo.core.problems import Problem
from vidomo.outlook.fragmentation.model import Scenario
from vidomo.outlook.network.model import Prior

OWN_FIGURES = (
    "attacks_per_day",
    "failures_per_branch_day",
    "repair_median_h",
    "repair_spread",
    "local_repair_median_h",
)
"""Figures that a scenario must give."""
SHARED_FIGURES = (
    "strike_probability",
    "failure_if_struck",
    "local_partly_if_struck",
    "local_out_if_struck",
)
"""Figures that are taken from the prior where a scenario has none; all are probabilities."""
FIGURES = (*OWN_FIGURES, *SHARED_FIGURES)
MOST_SCENARIOS = 12
MOST_ATTACKS_PER_DAY = 3.0
"""More than this is not drawn: ``course.MOST_ATTACKS`` of them must do for three days."""
_LIMITS = {
    **dict.fromkeys(SHARED_FIGURES, (0.0, 1.0)),
    "repair_median_h": (1e-3, math.inf),
    "local_repair_median_h": (1e-3, math.inf),
    "repair_spread": (1.0, math.inf),
    "attacks_per_day": (0.0, MOST_ATTACKS_PER_DAY),
}
_EVEN = 1e-6
_HINT = "start from the bundled scenarios; see docs/outlook.md"


class _File(msgspec.Struct, forbid_unknown_fields=True):
    scenario: tuple[Scenario, ...]


@lru_cache(maxsize=1)
def bundled_scenarios() -> tuple[Scenario, ...]:
    """Return the scenarios of ``fragmentation/tables/scenarios.toml``, which have no weights."""
    path = resources.files("vidomo.outlook.fragmentation") / "tables" / "scenarios.toml"
    return read_scenarios(path.read_text("utf-8"))


def read_scenarios(
    text: str, *, weights: Mapping[str, float] | None = None
) -> tuple[Scenario, ...]:
    """Return scenarios from their TOML form.

    Args:
        text: The file.
        weights: Weights by name that replace those of the file.

    Raises:
        InputError: The first thing wrong; ``check_scenarios`` tells all.
    """
    try:
        found = msgspec.convert(tomllib.loads(text), _File).scenario
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(f"these are no scenarios: {error}", hint=_HINT) from error
    found = weighted(found, weights) if weights else found
    problems = check_scenarios(found)
    if problems:
        first = problems[0]
        raise InputError(f"{first.where}: {first.found}", hint=first.hint or _HINT)
    return found


def weighted(scenarios: tuple[Scenario, ...], weights: Mapping[str, float]) -> tuple[Scenario, ...]:
    """Return the scenarios with the weights of a person, as shares of their sum.

    Raises:
        InputError: A weight for none of them, below zero, or nothing in all.
    """
    unknown = sorted(set(weights) - {one.name for one in scenarios})
    total = math.fsum(weights.values())
    if unknown or not all(math.isfinite(one) and one >= 0 for one in weights.values()):
        raise InputError(
            f"no scenario is called {unknown[0]!r}" if unknown else f"the weights are {weights}",
            hint="scenarios: " + ", ".join(one.name for one in scenarios),
        )
    if total <= 0:
        raise InputError("the weights are nothing in all", hint="give at least one above zero")
    return tuple(
        msgspec.structs.replace(one, weight=weights.get(one.name, 0.0) / total) for one in scenarios
    )


def check_scenarios(scenarios: tuple[Scenario, ...]) -> tuple[Problem, ...]:
    """Return everything that is wrong with scenarios, with name and field."""
    found: list[Problem] = []
    names = [one.name for one in scenarios]
    if not 1 <= len(names) <= MOST_SCENARIOS:
        found.append(_problem("scenarios", f"there are {len(names)}", f"1 to {MOST_SCENARIOS}"))
    found += [
        _problem(name or "scenario", "the name is empty or stands twice")
        for name in sorted({one for one in names if names.count(one) > 1 or not one})
    ]
    given = [one.weight for one in scenarios if one.weight is not None]
    if given and (
        len(given) < len(scenarios)
        or not all(math.isfinite(one) and one >= 0 for one in given)
        or abs(math.fsum(given) - 1) > _EVEN
    ):
        found.append(_problem("weight", f"the weights are {given}", "one each, summing to one"))
    for one in scenarios:
        found += _wrong(one)
    return tuple(found)


def figure(scenario: Scenario, prior: Prior, name: str) -> float:
    """Return a number of a scenario, else of the prior."""
    own = scenario.figures.get(name)
    return prior[name] if own is None else own.value


def figures_of(scenario: Scenario, prior: Prior) -> dict[str, float]:
    """Return all numbers of a scenario by name."""
    return {name: figure(scenario, prior, name) for name in FIGURES}


def _wrong(one: Scenario) -> Iterator[Problem]:
    for name in OWN_FIGURES:
        if name not in one.figures:
            yield _problem(one.name, f"{name} is missing")
    for name, number in one.figures.items():
        if name not in FIGURES:
            yield _problem(one.name, f"{name} is no figure of a scenario", ", ".join(FIGURES))
            continue
        least, most = _LIMITS.get(name, (0.0, math.inf))
        low, high = number.range
        if not (least <= low <= number.value <= high <= most and math.isfinite(number.value)):
            yield _problem(
                one.name,
                f"{name} is {number.value:g} in a range from {low:g} to {high:g}",
                f"from {least:g} to {most:g}, the value within its range",
            )
        if not number.origin:
            yield _problem(one.name, f"{name} has no origin", "say where the number comes from")
    for code, chance in one.places.items():
        if not 0 <= chance <= 1:
            yield _problem(one.name, f"places.{code} is {chance}", "a probability from 0 to 1")


def _problem(where: str, found: str, hint: str = "") -> Problem:
    return Problem(code="scenario", where=where, found=found, hint=hint)
