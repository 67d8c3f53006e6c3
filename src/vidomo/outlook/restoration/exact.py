"""One crew, every order: subset dynamic programming over the states between broken and mended."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vidomo.grid.arrays import Floats
from vidomo.outlook.restoration.losses import Losses


@dataclass(frozen=True, kw_only=True, eq=False)
class Hours:
    """Repair hours of each element.

    Attributes:
        mean_h: Mean of each.
        samples_h: A row a sample, drawn together for all; one row where nothing varies.
    """

    mean_h: Floats
    samples_h: Floats

    def quicker(self, times: float) -> "Hours":
        """Return the same hours, divided."""
        return Hours(mean_h=self.mean_h / times, samples_h=self.samples_h / times)


def run_out(losses: Losses, hours: Hours) -> Floats:
    """Return for each backup (rows) and state the expected hours since it has run out.

    In a state the time is the sum of the repairs done, whatever their order, so that it is a
    value of the state; where hours vary the mean is taken over the samples.
    """
    count = len(losses.base_mw)
    found = np.zeros((len(losses.backups_h), count))
    if not found.size:
        return found
    for sample in hours.samples_h:
        time = np.zeros(count)
        for bit, length in enumerate(sample):
            time[1 << bit : 2 << bit] = time[: 1 << bit] + length
        for row, backup in enumerate(losses.backups_h):
            found[row] += np.maximum(time - backup, 0.0)
    return found / len(hours.samples_h)


def best_order(losses: Losses, hours: Hours) -> tuple[tuple[int, ...], float]:
    """Return the order of least expected loss, and that loss in MWh.

    Exact: the loss of a stretch depends only on what is mended before it and on the time,
    which is the sum of the repairs done. Of equal orders the first by number is taken.

    Source: dynamic programming over subsets (Held and Karp 1962; Lawler 1964 for one machine).
    """
    count, elements = len(losses.base_mw), losses.elements
    since = run_out(losses, hours)
    cost = np.full(count, np.inf)
    cost[0] = 0.0
    last = np.full(count, -1, np.int8)
    for states in layers(elements):
        for bit in range(elements):
            before = states[(states >> bit) & 1 == 0]
            after = before | (1 << bit)
            total = cost[before] + losses.base_mw[before] * hours.mean_h[bit]
            for row in range(len(since)):
                gained = since[row, after] - since[row, before]
                total += losses.waiting_mw[row, before] * gained
            better = total < cost[after]
            cost[after[better]] = total[better]
            last[after[better]] = bit
    order: list[int] = []
    state = count - 1
    while state:
        bit = int(last[state])
        order.append(bit)
        state ^= 1 << bit
    return tuple(reversed(order)), float(cost[-1])


def order_cost(order: tuple[int, ...], losses: Losses, hours: Hours) -> float:
    """Return the expected loss in MWh of one order, one crew, no place closed.

    Args:
        order: Every element once.
        losses: All states.
        hours: Repair hours.
    """
    state, total = 0, 0.0
    times = np.zeros(len(hours.samples_h))
    for bit in order:
        total += losses.base_mw[state] * hours.mean_h[bit]
        later = times + hours.samples_h[:, bit]
        for row, backup in enumerate(losses.backups_h):
            gained = np.maximum(later - backup, 0.0) - np.maximum(times - backup, 0.0)
            total += losses.waiting_mw[row, state] * gained.mean()
        times, state = later, state | (1 << bit)
    return float(total)


def greedy_order(losses: Losses, hours: Hours) -> tuple[int, ...]:
    """Return the order that always mends what brings back most for an hour of work.

    Services count from the moment at which their backup has run out, by the mean hours.
    """
    state, time = 0, 0.0
    order: list[int] = []
    while len(order) < losses.elements:

        def worth(bit: int, state: int = state, time: float = time) -> float:
            late = losses.backups_h <= time + hours.mean_h[bit]
            after = state | (1 << bit)
            back = losses.base_mw[state] - losses.base_mw[after]
            back += (losses.waiting_mw[:, state] - losses.waiting_mw[:, after])[late].sum()
            return float(back / hours.mean_h[bit])

        left = [bit for bit in range(losses.elements) if not state >> bit & 1]
        best = max(left, key=lambda bit: (worth(bit), -hours.mean_h[bit], -bit))
        order.append(best)
        state |= 1 << best
        time += float(hours.mean_h[best])
    return tuple(order)


def layers(elements: int) -> list[NDArray[np.int64]]:
    """Return the states with 0, 1, ... elements mended, the last one left out."""
    states = np.arange(1 << elements)
    done = np.bitwise_count(states)
    ordered = states[np.argsort(done, kind="stable")]
    edges = np.cumsum(np.bincount(done, minlength=elements + 1))[:-1]
    return np.split(ordered, edges)[:elements]
