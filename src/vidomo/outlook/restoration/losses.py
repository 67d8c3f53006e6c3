"""What is lost in every state between all broken and all mended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vidomo.grid.arrays import Bools, Floats, GridArrays
from vidomo.grid.cascade import CascadeRules, cascade_assumptions
from vidomo.grid.fast import cascade, islands
from vidomo.grid.outages import Outages, outages_from_masks
from vidomo.outlook.restoration.check import elements_of
from vidomo.outlook.restoration.model import Damage, Service

_CELLS = 3_000_000
"""Cells of a table made at once: small enough to stay in the caches, 24 MB of numbers."""
_SAME_MW = 1e-7
_SERVED_SHARE = 0.999
"""A place counts as served when a thousandth of its load at most is missing."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Losses:
    """Losses by state; bit ``e`` of a state says that element ``e`` is mended.

    Attributes:
        base_mw: Load not served in each state, less what stays so when all is mended.
        left_mw: What stays unserved when all is mended.
        backups_h: When a backup runs out, ascending, one a row of ``waiting_mw``.
        waiting_mw: Weight of the services of that backup that their place does not serve.
        served: A row a service, true in the states in which its place is served.
        is_monotone: Whether mending one element more never loses anything.
        assumptions: What it rests on, in words.
    """

    base_mw: Floats
    left_mw: float
    backups_h: Floats
    waiting_mw: Floats
    served: Bools
    is_monotone: bool
    assumptions: tuple[str, ...]

    @property
    def elements(self) -> int:
        """Number of damaged elements."""
        return len(self.base_mw).bit_length() - 1


def losses_of(
    grid: GridArrays,
    damage: Sequence[Damage],
    services: Sequence[Service] = (),
    *,
    rules: CascadeRules | None = None,
) -> Losses:
    """Return what is lost in every state, by the kernels.

    Args:
        grid: Any network.
        damage: At most ``LONGEST`` elements.
        services: Who waits.
        rules: With rules overloads trip; without, only islands balance and shed.
    """
    states = np.arange(1 << len(damage), dtype=np.int32)
    size = max(1, _CELLS // max(40, 8 * len(grid.place_codes)))
    meter = Meter(grid, damage, services, rules=rules)
    bits = np.int32(1) << np.arange(len(damage), dtype=np.int32)
    parts = [
        meter.read((states[first : first + size, None] & bits) == 0)
        for first in range(0, len(states), size)
    ]
    unserved = np.concatenate([part[0] for part in parts])
    missing = np.concatenate([part[1] for part in parts], axis=1)
    backups = sorted({one.backup_h or 0.0 for one in services})
    waiting = np.zeros((len(backups), len(states)))
    for row, one in enumerate(services):
        waiting[backups.index(one.backup_h or 0.0)] += one.weight_mw * missing[row]
    left = float(unserved[-1])
    waiting -= waiting[:, -1:]
    return Losses(
        base_mw=unserved - left,
        left_mw=left,
        backups_h=np.array(backups),
        waiting_mw=waiting,
        served=missing < 1 - _SERVED_SHARE,
        is_monotone=_is_monotone(np.vstack([unserved, waiting])),
        assumptions=meter.assumptions,
    )


class Meter:
    """Tells what is lost while some of the damaged elements are broken.

    Args:
        grid: Any network.
        damage: Any number of elements.
        services: Who waits.
        rules: As for ``losses_of``.
    """

    def __init__(
        self,
        grid: GridArrays,
        damage: Sequence[Damage],
        services: Sequence[Service] = (),
        *,
        rules: CascadeRules | None = None,
    ) -> None:
        masks = element_masks(grid, damage)
        self._touched = np.nonzero(masks.any(axis=0))[0].astype(np.int32)
        self._masks = masks[:, self._touched].astype(np.float32)
        self._services, self._rules = services, rules
        free = replace(grid, rating_mw=np.full(grid.branches, np.inf))
        self._grid = grid if rules else free
        self._places = [grid.place_codes.index(one.place) for one in services]
        said = cascade_assumptions(grid, rules) if rules else grid.assumptions
        loads = [grid.place_load_mw[place] for place in self._places]
        blind = sum(load <= 0 for load in loads)
        self.assumptions = (*said, *_stated(services, rules, blind=blind))

    def read(self, broken: Bools) -> tuple[Floats, Floats]:
        """Return load not served in MW, and the share that each service's place lacks.

        Args:
            broken: A row a state, a column an element.
        """
        out = outages_from_masks((broken.astype(np.float32) @ self._masks) > 0)
        outages = Outages(out.offset, self._touched[out.branch])
        missing = np.zeros((len(self._services), len(broken)))
        if self._rules is None and not self._services:
            return _clean(islands(self._grid, outages).unserved_mw), missing
        found = cascade(self._grid, outages, rules=self._rules, by_place=bool(self._services))
        loads = self._grid.place_load_mw
        for row, place in enumerate(self._places):
            assert found.place_served_mw is not None  # noqa: S101 - asked for by place
            served = found.place_served_mw[:, place]
            # A place without load tells nothing; the assumptions say so.
            share = served / loads[place] if loads[place] > 0 else np.ones(len(broken))
            missing[row] = np.clip(1.0 - share, 0.0, 1.0)
        return _clean(self._grid.load_mw.sum() - found.served_mw), missing


def without(losses: Losses, standing: Sequence[int]) -> Losses:
    """Return the losses where some elements were never damaged; the others keep their order."""
    left = [bit for bit in range(losses.elements) if bit not in standing]
    states = np.full(1 << len(left), sum(1 << bit for bit in standing))
    for to, bit in enumerate(left):
        states |= ((np.arange(len(states)) >> to) & 1) << bit
    return replace(
        losses,
        base_mw=losses.base_mw[states],
        waiting_mw=losses.waiting_mw[:, states],
        served=losses.served[:, states],
    )


def element_masks(grid: GridArrays, damage: Sequence[Damage]) -> Bools:
    """Return which branches (columns) each damaged element (rows) keeps out."""
    behind = elements_of(grid.model)
    masks = np.zeros((len(damage), grid.branches), np.bool_)
    for row, item in enumerate(damage):
        for name in behind[item.element]:
            number = grid.branch_numbers.get(name)
            if number is not None:
                masks[row, number] = True
    return masks


def _clean(unserved_mw: Floats) -> Floats:
    return np.where(np.abs(unserved_mw) < _SAME_MW, 0.0, unserved_mw)


def _is_monotone(rows: Floats) -> bool:
    """Whether no row rises when a bit is set."""
    count = rows.shape[1]
    for bit in range(count.bit_length() - 1):
        pairs = rows.reshape(len(rows), -1, 2, 1 << bit)
        if (pairs[:, :, 1] > pairs[:, :, 0] + _SAME_MW).any():
            return False
    return True


def _stated(
    services: Sequence[Service], rules: CascadeRules | None, *, blind: int
) -> tuple[str, ...]:
    said = [
        "a mended element is put into service at once; nobody else switches, limits or re-dispatches",
        "loads of an island are shed all alike",
    ]
    if rules is None:
        said.append("no limit of a branch is looked at, so that nothing trips")
    unknown = sum(one.backup_h is None for one in services)
    if services:
        said.append("weights of services are the operator's own; backups are counted from now")
    if unknown:
        said.append(f"{unknown} services of unknown backup count as if they had none")
    if blind:
        said.append(
            f"{blind} services lie in places without load in the network: whether they are supplied "
            "cannot be told, and the order does not wait for them"
        )
    return tuple(said)
