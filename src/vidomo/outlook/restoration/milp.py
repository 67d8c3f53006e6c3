"""Several crews on a small network: a mixed-integer programme over time, solved by HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from vidomo.grid.arrays import Floats, GridArrays
from vidomo.outlook.restoration.losses import element_masks
from vidomo.outlook.restoration.model import Damage

LARGEST_BUSES = 400
PERIODS = 16
"""Steps of time; a repair takes a whole number of them, at least one."""
_ANGLE_RAD = 3.0
"""Bound of every voltage angle; a linear flow means nothing beyond it."""


@dataclass(frozen=True, kw_only=True)
class MilpOrder:
    """What the programme found.

    Attributes:
        order: Elements by the time at which they are begun.
        gap_share: Gap that HiGHS states for the programme itself, 0..1; the programme rounds
            hours and sheds load where that costs least, so it is no gap of the plan.
    """

    order: tuple[int, ...]
    gap_share: float


class _Rows:
    """Linear constraints as they are written, one row at a time."""

    def __init__(self) -> None:
        self._entries: list[tuple[int, int, float]] = []
        self._low: list[float] = []
        self._high: list[float] = []

    def add(self, terms: Sequence[tuple[int, float]], low: float, high: float) -> None:
        row = len(self._low)
        self._entries += [(row, column, value) for column, value in terms if value]
        self._low.append(low)
        self._high.append(high)

    def made(self, columns: int) -> LinearConstraint:
        rows, at, values = zip(*self._entries, strict=True)
        matrix = coo_array((values, (rows, at)), (len(self._low), columns)).tocsr()
        return LinearConstraint(matrix, np.array(self._low), np.array(self._high))


def milp_order(
    grid: GridArrays,
    damage: Sequence[Damage],
    mean_h: Floats,
    *,
    crews: int,
    has_limits: bool,
    limit_s: float = 20.0,
) -> MilpOrder | None:
    """Return the order of the programme; None when HiGHS finds none in time.

    In each period: power balance at each bus, linear flows over the branches that are
    mended, limits of branches where asked for, load shed where that costs least, and at most
    ``crews`` repairs at work. Closed places are left to the schedule.
    """
    step_h = float(mean_h.sum() / crews + mean_h.max()) / PERIODS
    lengths = np.maximum(1, np.ceil(mean_h / step_h).astype(int))
    periods = int(np.ceil(lengths.sum() / crews) + lengths.max())
    shape = _Shape(grid, len(damage), periods)
    masks = element_masks(grid, damage)
    rows = _Rows()
    for element, length in enumerate(lengths):
        starts = [(shape.begin(element, at), 1.0) for at in range(periods - length + 1)]
        rows.add(starts, 1.0, 1.0)
    for at in range(periods):
        working = [
            (shape.begin(element, begun), 1.0)
            for element, length in enumerate(lengths)
            for begun in range(max(0, at - length + 1), at + 1)
        ]
        rows.add(working, 0.0, float(crews))
        _flows(rows, shape, at, masks, lengths, has_limits=has_limits)
    found = milp(
        shape.price(),
        integrality=shape.integrality(),
        bounds=shape.bounds(lengths, has_limits=has_limits),
        constraints=rows.made(shape.columns),
        options={"time_limit": limit_s, "mip_rel_gap": 1e-4},
    )
    if found.x is None:
        return None
    begun = [
        int(np.argmax(found.x[[shape.begin(element, at) for at in range(periods)]]))
        for element in range(len(damage))
    ]
    order = tuple(sorted(range(len(damage)), key=lambda element: (begun[element], element)))
    return MilpOrder(order=order, gap_share=float(found.mip_gap or 0.0))


class _Shape:
    """Where each variable stands: angle, flow, shed, generation by period; begin by element."""

    def __init__(self, grid: GridArrays, elements: int, periods: int) -> None:
        self.grid, self.elements, self.periods = grid, elements, periods
        self.per_period = 3 * grid.buses + grid.branches
        self.columns = periods * (self.per_period + elements)

    def angle(self, bus: int, at: int) -> int:
        return at * self.per_period + bus

    def shed(self, bus: int, at: int) -> int:
        return at * self.per_period + self.grid.buses + bus

    def made(self, bus: int, at: int) -> int:
        return at * self.per_period + 2 * self.grid.buses + bus

    def flow(self, branch: int, at: int) -> int:
        return at * self.per_period + 3 * self.grid.buses + branch

    def begin(self, element: int, at: int) -> int:
        return self.periods * self.per_period + element * self.periods + at

    def price(self) -> Floats:
        cost = np.zeros(self.columns)
        for at in range(self.periods):
            first = self.shed(0, at)
            cost[first : first + self.grid.buses] = 1.0
        return cost

    def integrality(self) -> Floats:
        whole = np.zeros(self.columns)
        whole[self.periods * self.per_period :] = 1
        return whole

    def bounds(self, lengths: np.ndarray, *, has_limits: bool) -> Bounds:
        grid = self.grid
        most = float(grid.load_mw.sum() + grid.capacity_mw.sum())
        limit = np.minimum(grid.rating_mw, most) if has_limits else np.full(grid.branches, most)
        wide = np.full(grid.buses, _ANGLE_RAD)
        low = np.concatenate([-wide, np.zeros(2 * grid.buses), -limit])
        high = np.concatenate([wide, grid.load_mw, grid.capacity_mw, limit])
        begins = np.ones((self.elements, self.periods))
        for element, length in enumerate(lengths):
            begins[element, self.periods - length + 1 :] = 0.0
        return Bounds(
            np.concatenate([np.tile(low, self.periods), np.zeros(begins.size)]),
            np.concatenate([np.tile(high, self.periods), begins.ravel()]),
        )


def _flows(
    rows: _Rows,
    shape: _Shape,
    at: int,
    masks: np.ndarray,
    lengths: np.ndarray,
    *,
    has_limits: bool,
) -> None:
    """Write the balance of each bus and the flow of each branch in one period."""
    grid = shape.grid
    most = float(grid.load_mw.sum() + grid.capacity_mw.sum())
    terms: list[list[tuple[int, float]]] = [
        [(shape.made(bus, at), 1.0), (shape.shed(bus, at), 1.0)] for bus in range(grid.buses)
    ]
    for branch in range(grid.branches):
        start, stop = int(grid.start[branch]), int(grid.stop[branch])
        terms[start].append((shape.flow(branch, at), -1.0))
        terms[stop].append((shape.flow(branch, at), 1.0))
        stiff = float(grid.susceptance[branch]) * grid.model.base_mva
        law = [
            (shape.flow(branch, at), 1.0),
            (shape.angle(start, at), -stiff),
            (shape.angle(stop, at), stiff),
        ]
        behind = np.nonzero(masks[:, branch])[0]
        if not len(behind):
            rows.add(law, 0.0, 0.0)
            continue
        slack = abs(stiff) * 2 * _ANGLE_RAD
        limit = min(float(grid.rating_mw[branch]), most) if has_limits else most
        for element in behind:
            done = [
                (shape.begin(int(element), begun), 1.0)
                for begun in range(max(0, at - int(lengths[element]) + 1))
            ]
            flow = (shape.flow(branch, at), 1.0)
            rows.add([flow, *((c, -limit) for c, _ in done)], -np.inf, 0.0)
            rows.add([flow, *((c, limit) for c, _ in done)], 0.0, np.inf)
            rows.add([*law, *((c, slack) for c, _ in done)], -np.inf, slack)
            rows.add([*law, *((c, -slack) for c, _ in done)], -slack, np.inf)
    for bus in range(grid.buses):
        load = float(grid.load_mw[bus])
        rows.add(terms[bus], load, load)
