"""Prior and evidence as tables: one entry a combination of assumptions, place and state."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from vidomo.grid.arrays import Floats
from vidomo.outlook.network.layout import LEVELS, Layout
from vidomo.outlook.network.model import Prior
from vidomo.outlook.network.weigh import Weighed

CATEGORY = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [2, 1, 0]], np.int8)
"""Out (0), partly (1) or served (2): a row a class of what the network serves, a column
with none, half or all of the load lost below it."""
LOST_SHARE = (0.0, 0.5, 1.0)
_MOST = 0.95
"""No scaled probability goes beyond it."""
_STEEPEST = 4.0
"""Nats by which the reports may favour one branch in the first draw; any bound gives the same law."""
WORLDS = ("strike_scale", "local_scale", "noise", "cue_noise")
"""Assumptions that touch places; the way of silence is the last column of a world."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Chances:
    """Tables for the draw. A *world* is one combination of the assumptions that touch places.

    Attributes:
        worlds: Value of each assumption, a row a world: ``WORLDS``, then the number of
            the way of silence.
        before: What is believed of each world beforehand; ``after`` with the reports, as if
            every place were served as usual.
        local: Chance of no, half and full loss below the network, by world and struck.
        said: Chance of what was said, by world, place and state.
        log_said: Log chance of what was said by world, place, struck and class served.
        struck: Chance that a place was struck given its evidence, by world and place, as if
            every place were served as usual; ``log_first`` the log chance of either and its evidence.
        usual: Class served in each place from which the draw begins.
        fails: Chance that a branch fails, by scale and exposed; as drawn first, by scale,
            branch and exposed in ``drawn``.
        log_norm: Log of what the first draw of a branch must be divided by.
        tilt: Nats by which the reports favour each branch being out.
    """

    worlds: Floats
    before: Floats
    after: Floats
    local: Floats
    said: Floats
    log_said: Floats
    struck: Floats
    log_first: Floats
    usual: NDArray[np.int8]
    fails: Floats
    drawn: Floats
    log_norm: Floats
    tilt: Floats


def chances(
    layout: Layout,
    prior: Prior,
    weighed: Weighed,
    *,
    usual: NDArray[np.int8] | None = None,
    tilt: Floats | None = None,
) -> Chances:
    """Return the tables of a prior and evidence on a network.

    Args:
        layout: The network.
        prior: What is believed beforehand.
        weighed: The evidence.
        usual: Class served in each place from which the draw begins; None: with nothing out.
        tilt: Nats by which the first draw favours each branch; None: as the loss of it alone
            would fit the reports.
    """
    worlds, before = _worlds(prior)
    local = np.array([[_local(prior, world[1], struck) for struck in (0, 1)] for world in worlds])
    noise = {value: number for number, value in enumerate(prior.levels["noise"].values)}
    said = np.stack([weighed.said[noise[world[2]], int(world[-1])] for world in worlds])
    log_said = np.log(_table(local, said))
    if usual is None:
        usual = layout.served(np.zeros((1, layout.grid.branches), np.bool_), 1.0)[0]
    log_first = _first(worlds, prior, weighed, _pick(log_said, usual))
    struck, after = _struck(log_first, before)
    if tilt is None:
        tilt = _tilt(layout, log_said, struck, after, usual)
    fails = np.array(
        [
            [min(_MOST, scale * prior[name]) for name in ("failure_otherwise", "failure_if_struck")]
            for scale in prior.levels["failure_scale"].values
        ]
    )
    drawn, log_norm = _drawn(fails, tilt)
    return Chances(
        worlds=worlds,
        before=before,
        after=after,
        local=local,
        said=said,
        log_said=log_said,
        struck=struck,
        log_first=log_first,
        usual=usual,
        fails=fails,
        drawn=drawn,
        log_norm=log_norm,
        tilt=tilt,
    )


def tilt_towards(after: Floats, before: Floats, *, samples: float) -> Floats:
    """Return by how many nats the first draw is to favour each branch, after a trial run.

    Lines that only matter together are found this way.

    Args:
        after: Chance that each branch is out, as the trial run has it.
        before: The same by its places alone.
        samples: Effective samples of the trial run; few of them favour less.
    """
    mean = (samples * after + before) / (samples + 1)
    odds = np.log(mean / (1 - mean)) - np.log(before / (1 - before))
    found: Floats = np.clip(odds, -_STEEPEST, _STEEPEST)
    return found


def _drawn(fails: Floats, tilt: Floats) -> tuple[Floats, Floats]:
    """Return the tilted chance by scale, branch and exposed, and the log of its norm."""
    chance = fails[:, None, :]
    raised = chance * np.exp(tilt)[None, :, None]
    norm = 1 - chance + raised
    return raised / norm, np.log(norm)


def _worlds(prior: Prior) -> tuple[Floats, Floats]:
    parts = [
        list(zip(prior.levels[name].values, prior.levels[name].weights, strict=True))
        for name in WORLDS
    ]
    parts.append([(float(number), way.weight) for number, way in enumerate(prior.silence)])
    rows = list(product(*parts))
    values = np.array([[value for value, _ in row] for row in rows])
    weights = np.array([np.prod([weight for _, weight in row]) for row in rows])
    return values[weights > 0], weights[weights > 0] / weights.sum()


def _local(prior: Prior, scale: float, struck: int) -> tuple[float, float, float]:
    when = "if_struck" if struck else "otherwise"
    partly, out = (scale * prior[f"local_{what}_{when}"] for what in ("partly", "out"))
    too_much = max(1.0, (partly + out) / _MOST)
    return 1 - (partly + out) / too_much, partly / too_much, out / too_much


def _table(local: Floats, said: Floats) -> Floats:
    """Return the chance of what was said by world, place, struck and class served."""
    found = np.zeros((*said.shape[:2], 2, LEVELS))
    for level in range(LEVELS):
        for lost, category in enumerate(CATEGORY[level]):
            found[..., level] += local[:, None, :, lost] * said[:, :, None, category]
    return found


def _pick(log_said: Floats, whole: NDArray[np.int8]) -> Floats:
    """Return the log chances at one class for each place: world, place, struck."""
    at = whole[None, :, None, None].astype(np.int64)
    found: Floats = np.take_along_axis(log_said, at, 3)[..., 0]
    return found


def _first(worlds: Floats, prior: Prior, weighed: Weighed, log_whole: Floats) -> Floats:
    """Return the log chance of struck or not, and of all said of it: world, place, struck."""
    base = np.minimum(_MOST, worlds[:, 0] * prior["strike_probability"])[:, None]
    blur = {value: number for number, value in enumerate(prior.levels["cue_noise"].values)}
    hazard = weighed.hazard[[blur[value] for value in worlds[:, 3]]]
    found: Floats = np.log(np.stack([1 - base, base], axis=2) * hazard) + log_whole
    return found


def _struck(log_first: Floats, before: Floats) -> tuple[Floats, Floats]:
    """Return the chance that a place was struck, and how much each world is believed."""
    chance = np.exp(log_first)
    either = chance.sum(axis=2)
    log_evidence = np.log(either).sum(axis=1) + np.log(before)
    after = np.exp(log_evidence - log_evidence.max())
    return chance[..., 1] / either, after / after.sum()


def _tilt(
    layout: Layout, log_said: Floats, struck: Floats, after: Floats, whole: NDArray[np.int8]
) -> Floats:
    """Return how much the reports favour the loss of each branch alone.

    Only a better first draw: the weights take it back exactly.
    """
    by_class = np.zeros((len(layout.codes), LEVELS))
    for world, weight in enumerate(after):
        share = np.stack([1 - struck[world], struck[world]], axis=1)
        by_class += weight * (share[:, :, None] * np.exp(log_said[world])).sum(axis=1)
    logs = np.log(by_class)
    places = np.arange(len(layout.codes))
    gained = logs[places[None, :], layout.alone] - logs[places, whole][None, :]
    found: Floats = np.clip(gained.sum(axis=1), -_STEEPEST, _STEEPEST)
    return found
