"""The bundled prior, and what can be wrong with one."""

import math
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

import msgspec

from vidomo.core.errors import InputError
from vidomo.outlook.network.model import Prior

FIGURES = (
    "strike_probability",
    "failure_if_struck",
    "failure_otherwise",
    "local_partly_if_struck",
    "local_out_if_struck",
    "local_partly_otherwise",
    "local_out_otherwise",
    "hazard_heard_if_struck",
    "hazard_heard_otherwise",
    "hazard_lasts_h",
    "persistence_h",
    "backup_from_h",
    "backup_until_h",
    "voice_left_share",
    "schedule_explains_share",
    "record_agreed",
    "record_contradicted",
)
LEVELS = ("failure_scale", "local_scale", "strike_scale", "noise", "cue_noise", "headroom_share")
ALERT = "alert"
_SHARES = frozenset({"noise", "cue_noise", "headroom_share"})
_HOURS = frozenset({"hazard_lasts_h", "persistence_h", "backup_from_h", "backup_until_h"})
_COUNTS = frozenset({"record_agreed", "record_contradicted"})
_EVEN = 1e-9


@lru_cache(maxsize=1)
def bundled_prior() -> Prior:
    """Return the prior of ``outlook/tables/prior.toml``."""
    path = resources.files("vidomo.outlook") / "tables" / "prior.toml"
    return read_prior(path.read_text("utf-8"))


def read_prior(text: str) -> Prior:
    """Return a prior from its TOML form.

    Raises:
        InputError: It is no prior; the message names the first thing wrong.
    """
    try:
        table = tomllib.loads(text)
        prior = msgspec.convert(table, Prior)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(f"this is no prior: {error}", hint="start from the bundled one") from error
    odd = next(_not_finite(table, ""), None)
    # NaN is neither below nor above anything, and would slip through every check after this.
    found = f"{odd} is no number" if odd else next(_wrong(prior), None)
    if found:
        raise InputError(found, hint="see src/vidomo/outlook/tables/prior.toml")
    return prior


def _not_finite(held: object, where: str) -> Iterator[str]:
    """Yield where a table holds NaN or infinity."""
    if isinstance(held, float) and not math.isfinite(held):
        yield where
    elif isinstance(held, dict):
        for name, value in held.items():
            yield from _not_finite(value, f"{where}.{name}" if where else str(name))
    elif isinstance(held, list):
        for value in held:
            yield from _not_finite(value, where)


def _wrong(prior: Prior) -> Iterator[str]:
    for name in FIGURES:
        figure = prior.figures.get(name)
        if figure is None:
            yield f"the prior has no figure {name}"
        else:
            most = math.inf if name in _HOURS | _COUNTS else 1.0
            low, high = figure.range
            if not 0 < low <= figure.value <= high <= most:
                yield f"{name} is {figure.value:g} in a range from {low:g} to {high:g}"
    for name in LEVELS:
        levels = prior.levels.get(name)
        if levels is None or not levels.values:
            yield f"the prior has no levels {name}"
        elif len(levels.values) != len(levels.weights) or _uneven(levels.weights):
            yield f"the weights of {name} do not sum to one"
        elif min(levels.values) < 0 or (name in _SHARES and max(levels.values) > 1):
            yield f"a value of {name} cannot be"
    yield from _wrong_rows(prior)


def _wrong_rows(prior: Prior) -> Iterator[str]:
    for kind, voice in prior.voices.items():
        if len(voice.matrix) != 3 or any(_uneven(row) for row in voice.matrix):  # noqa: PLR2004 - out, partly, served
            yield f"the rows of {kind} do not sum to one"
    if not prior.silence or _uneven(tuple(way.weight for way in prior.silence)):
        yield "the weights of silence do not sum to one"
    for way in prior.silence:
        if not all(0 < chance < 1 for chance in (way.out, way.partly, way.served)):
            yield "a chance that somebody speaks is not between 0 and 1"
    for kind, cue in prior.cues.items():
        if not (0 < cue.if_struck < 1 and 0 < cue.otherwise < 1):
            yield f"a chance of {kind} is not between 0 and 1"


def _uneven(row: tuple[float, ...]) -> bool:
    return min(row) < 0 or abs(math.fsum(row) - 1.0) > _EVEN
