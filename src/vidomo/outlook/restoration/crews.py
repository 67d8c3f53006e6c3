"""Several crews: schedules made from an order, and a bound on what no schedule can beat."""

import heapq
from dataclasses import dataclass

import numpy as np

from vidomo.grid.arrays import Floats
from vidomo.outlook.restoration.access import loss_until
from vidomo.outlook.restoration.exact import Hours, best_order
from vidomo.outlook.restoration.losses import Losses

_ROUNDS = 30
"""Rounds of improving a schedule; on the networks measured it stood still after five."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One repair of a schedule."""

    bit: int
    crew: int
    starts_h: float
    ends_h: float


def schedule(
    order: tuple[int, ...], mean_h: Floats, access_h: Floats, *, crews: int
) -> tuple[Turn, ...]:
    """Return who mends what and when: whoever is free takes the next of the order.

    A crew waits where its place is closed yet.
    """
    free = [(0.0, crew) for crew in range(crews)]
    turns = []
    for bit in order:
        time, crew = heapq.heappop(free)
        start = max(time, float(access_h[bit]))
        end = start + float(mean_h[bit])
        turns.append(Turn(bit=bit, crew=crew, starts_h=start, ends_h=end))
        heapq.heappush(free, (end, crew))
    return tuple(sorted(turns, key=lambda turn: (turn.starts_h, turn.crew)))


def turns_cost(turns: tuple[Turn, ...], losses: Losses) -> float:
    """Return the loss of a schedule in MWh, by certain hours.

    Args:
        turns: Every element once.
        losses: All states.
    """
    state, time, total = 0, 0.0, 0.0
    for turn in sorted(turns, key=lambda one: (one.ends_h, one.bit)):
        ends = np.array([time, turn.ends_h])
        until = loss_until(losses, np.array([state, state]), ends)
        total += float(until[1] - until[0])
        state, time = state | (1 << turn.bit), turn.ends_h
    return total


def improved(
    order: tuple[int, ...], mean_h: Floats, access_h: Floats, losses: Losses, *, crews: int
) -> tuple[tuple[int, ...], float]:
    """Return an order that no move of one element makes better, and its loss.

    The first order of equal loss stays, so that the answer is the same every time.
    """

    def cost(tried: tuple[int, ...]) -> float:
        return turns_cost(schedule(tried, mean_h, access_h, crews=crews), losses)

    best, least = order, cost(order)
    for _ in range(_ROUNDS):
        found, value = best, least
        for at in range(len(best)):
            rest = best[:at] + best[at + 1 :]
            for to in range(len(best)):
                tried = (*rest[:to], best[at], *rest[to:])
                if (price := cost(tried)) < value - 1e-9:
                    found, value = tried, price
        if found == best:
            break
        best, least = found, value
    return best, least


def crews_bound(losses: Losses, mean_h: Floats, *, crews: int) -> float | None:
    """Return a loss in MWh that no schedule of several crews can beat.

    One crew that works as fast as all of them together, every place open, finishes the n-th
    repair of any schedule no later than that schedule does. So its best order, found exactly,
    loses no more, as long as mending never loses anything; otherwise None.

    Source: the fast single machine as a bound for parallel ones (Eastman, Even and Isaacs 1964).
    """
    if not losses.is_monotone:
        return None
    hours = Hours(mean_h=mean_h, samples_h=mean_h[None, :]).quicker(crews)
    return best_order(losses, hours)[1]
