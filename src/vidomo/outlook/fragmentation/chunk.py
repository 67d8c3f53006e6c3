"""A stretch of courses, run on one worker; what comes back are whole numbers."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vidomo.grid.arrays import Bools, Floats, GridArrays
from vidomo.grid.cascade import NOTHING_MW, CascadeRules
from vidomo.grid.ensemble import compiled
from vidomo.grid.fast import cascade, islands
from vidomo.grid.model import GridModel
from vidomo.grid.outages import outages_from_masks
from vidomo.grid.philox import uniforms
from vidomo.outlook.fragmentation.counts import (
    ENERGY_BINS,
    KWH,
    POWER_BINS,
    Tally,
    no_courses,
    sorted_in,
)
from vidomo.outlook.fragmentation.course import Start, courses
from vidomo.outlook.fragmentation.model import APART, PAST_H, SPLIT_SHARE, Backed
from vidomo.outlook.network.layout import with_headroom

DARK = 0.1
"""A place with less than a tenth of its load counts as without power."""
_BACKUP = 32
"""Stream of random numbers for the backup of each service."""
_BATCH_CELLS = 8_000_000
_MOST_ROWS = 512
_W = 1e-6


@dataclass(frozen=True, kw_only=True, eq=False)
class Job:
    """Everything that a worker needs; it travels whole.

    Attributes:
        model: The network, with the ties of the placement.
        rules: How a cascade runs.
        start: Where the courses begin, one row each.
        first: Number of the first course.
        figures: Numbers of the scenario by name.
        strikes: By place code, its probability of being struck in an attack.
        services: Those that live on a backup.
        instants_h: When to look, rising from zero.
        horizons_h: Some of these.
        seed: With which seed.
    """

    model: GridModel
    rules: CascadeRules
    start: Start
    first: int
    figures: dict[str, float]
    strikes: dict[str, float]
    services: tuple[Backed, ...]
    instants_h: tuple[float, ...]
    horizons_h: tuple[float, ...]
    seed: int


def run_job(job: Job) -> Tally:
    """Return the tally of a job's courses."""
    grid = compiled(job.model)
    cells = len(job.instants_h) * max(grid.branches, len(grid.place_codes), 1)
    step = max(1, min(_MOST_ROWS, _BATCH_CELLS // cells))
    tally = _nothing(job, grid)
    for begin in range(0, len(job.start.headroom_share), step):
        tally += _batch(job, grid, job.start.part(begin, begin + step), job.first + begin)
    return tally


def _nothing(job: Job, grid: GridArrays) -> Tally:
    return no_courses(
        horizons=len(job.horizons_h),
        instants=len(job.instants_h),
        lengths=len(PAST_H),
        places=len(grid.place_codes),
        services=len(job.services),
    )


def _batch(job: Job, grid: GridArrays, start: Start, first: int) -> Tally:
    rows = len(start.headroom_share)
    instants = np.array(job.instants_h)
    strikes = np.array([job.strikes.get(code, 0.0) for code in grid.place_codes])
    out, local = courses(grid, start, job.figures, strikes, instants, seed=job.seed, first=first)
    backup_h, fed_by = _backups(job, grid, first, rows)
    states = _states(grid, out, start.headroom_share, job.rules)
    total = float(grid.load_mw.sum())
    walk = _Walk(rows, len(grid.place_codes))
    tally = replace(_nothing(job, grid), courses=rows)
    for at, hour in enumerate(job.instants_h):
        served = states.place_served[at] * (1.0 - local[at])
        lost = np.maximum(grid.place_load_mw - served, 0.0)
        faults = (states.place_served[at] * local[at]).sum(axis=1)
        unserved = np.clip(total - states.served[at] + faults, 0.0, total)
        unserved = np.rint(unserved / _W) * _W
        dark = (served < DARK * grid.place_load_mw) & (grid.place_load_mw > 0)
        walk.split |= states.outside[at] >= SPLIT_SHARE
        walk.apart |= states.apart[at]
        walk.seen |= dark
        tally.power[at] = sorted_in(unserved / total, POWER_BINS)
        tally.power_kw[at] = int(np.rint(unserved * KWH).astype(np.int64).sum())
        if hour in job.horizons_h:
            which = job.horizons_h.index(hour)
            _record(tally, walk, which, hour, total)
            tally.place_end[which] = dark.sum(axis=0)
            if job.services:
                # Without any backup it is past it as soon as it is dark, and not before.
                is_past = walk.seen[:, fed_by] & (walk.longest[:, fed_by] >= backup_h)
                tally.service_past[which] = is_past.sum(axis=0)
                tally.service_any[which] = walk.seen[:, fed_by].sum(axis=0)
        if at + 1 < len(instants):
            walk.pass_time(unserved, lost, dark, float(instants[at + 1] - hour))
    return tally


class _Walk:
    """What the courses of a batch have gone through so far."""

    def __init__(self, rows: int, places: int) -> None:
        self.split, self.apart = np.zeros(rows, np.bool_), np.zeros(rows, np.bool_)
        self.seen = np.zeros((rows, places), np.bool_)
        self.energy, self.place_energy = np.zeros(rows), np.zeros((rows, places))
        self.stretch, self.longest = np.zeros((rows, places)), np.zeros((rows, places))

    def pass_time(self, unserved: Floats, lost: Floats, dark: Bools, hours: float) -> None:
        self.energy += unserved * hours
        self.place_energy += lost * hours
        self.stretch = np.where(dark, self.stretch + hours, 0.0)
        self.longest = np.maximum(self.longest, self.stretch)


def _record(tally: Tally, walk: _Walk, which: int, hours: float, total: float) -> None:
    tally.split[which] = int(walk.split.sum())
    tally.apart[which] = int(walk.apart.sum())
    tally.energy[which] = sorted_in(walk.energy / (total * max(hours, 1e-9)), ENERGY_BINS)
    tally.energy_kwh[which] = int(np.rint(walk.energy * KWH).astype(np.int64).sum())
    tally.place_kwh[which] = np.rint(walk.place_energy * KWH).astype(np.int64).sum(axis=0)
    for length, past in enumerate(PAST_H):
        tally.place_past[which, length] = (walk.longest >= past).sum(axis=0)


def _backups(job: Job, grid: GridArrays, first: int, rows: int) -> tuple[Floats, NDArray[np.intp]]:
    """Return the backup of each service in each course, and the column of its place.

    Where the backup is not known, or the place is not fed by the network, it never counts as
    outlasted; ``summary`` says that it is unknown.
    """
    columns = {code: at for at, code in enumerate(grid.place_codes)}
    fed_by = np.array([columns.get(one.place, 0) for one in job.services], np.intp)
    low = np.array(
        [np.inf if _is_unknown(one, columns) else one.backup_from_h for one in job.services]
    )
    high = np.array(
        [np.inf if _is_unknown(one, columns) else one.backup_until_h for one in job.services]
    )
    chance = uniforms(
        job.seed, stream=_BACKUP, first=first, last=first + rows, draws=max(len(low), 1)
    )[:, : len(low)]
    span = np.where(np.isfinite(low), high - np.where(np.isfinite(low), low, 0.0), 0.0)
    return low + chance * span, fed_by


def _is_unknown(one: Backed, columns: dict[str, int]) -> bool:
    return one.backup_from_h is None or one.backup_until_h is None or one.place not in columns


@dataclass(frozen=True, eq=False)
class _States:
    """The network at each instant (row) in each course (column)."""

    served: Floats
    outside: Floats
    apart: Bools
    place_served: Floats


def _states(
    grid: GridArrays, out: NDArray[np.bool_], headroom_share: Floats, rules: CascadeRules
) -> _States:
    """Return the states of a batch; each set of outages is computed once."""
    instants, rows, branches = out.shape
    total = float(grid.load_mw.sum())
    found = _States(
        np.zeros((instants, rows)),
        np.zeros((instants, rows)),
        np.zeros((instants, rows), np.bool_),
        np.zeros((instants, rows, len(grid.place_codes))),
    )
    for share in np.unique(headroom_share):
        mine = np.nonzero(headroom_share == share)[0]
        outs = out[:, mine].reshape(-1, branches)
        packed = np.ascontiguousarray(np.packbits(outs, axis=1))
        keys = packed.view(np.dtype((np.void, packed.shape[1] or 1)))[:, 0]
        _, one_of_each, back = np.unique(keys, return_index=True, return_inverse=True)
        back = back.reshape(instants, len(mine))
        outages = outages_from_masks(outs[one_of_each])
        lessened = with_headroom(grid, float(share))
        table = cascade(lessened, outages, rules=rules, by_place=True)
        assert table.place_served_mw is not None  # noqa: S101 - by_place was asked for
        # Load is outside the largest island where it lies elsewhere, or where that island surely
        # feeds nothing: then all that is served lies elsewhere. After trips the place of the
        # islands is not told; then what the largest one does not serve counts as outside.
        located = islands(grid, outages).largest_load_mw
        is_fed = table.served_mw > total - located + NOTHING_MW
        inside = np.where((table.trips == 0) & is_fed, located, table.largest_served_mw)
        found.served[:, mine] = table.served_mw[back]
        found.outside[:, mine] = (1.0 - inside / total)[back]
        found.apart[:, mine] = _is_apart(table.served_mw, table.largest_served_mw)[back]
        found.place_served[:, mine] = table.place_served_mw[back]
    return found


def _is_apart(served: Floats, largest: Floats) -> Bools:
    """Return whether the effective number of islands is at least ``APART`` for sure.

    N_eff = 1 / sum of squared load shares; the rest beside the largest island is taken as one
    island, which makes it least.
    """
    share = np.where(served > 0, largest / np.where(served > 0, served, 1.0), 1.0)
    return np.asarray(APART * (share**2 + (1.0 - share) ** 2) <= 1.0)
