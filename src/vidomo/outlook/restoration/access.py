"""One crew where places are closed for a time: the best order by labels of time and loss."""

import numpy as np

from vidomo.grid.arrays import Floats
from vidomo.outlook.restoration.exact import layers
from vidomo.outlook.restoration.losses import Losses

_MOST_CELLS = 4_000_000
"""Candidates looked at together: four tables of 32 MB."""
_FEW = ((12, 24), (16, 8), (20, 4))
"""Labels kept a state, by number of elements."""


def loss_until(losses: Losses, states: np.ndarray, time_h: Floats) -> Floats:
    """Return what is lost if a state had held from now to a time, in MWh."""
    total = losses.base_mw[states] * time_h
    for row, backup in enumerate(losses.backups_h):
        total = total + losses.waiting_mw[row, states] * np.maximum(time_h - backup, 0.0)
    return np.asarray(total, np.float64)


def best_order_with_access(
    losses: Losses, mean_h: Floats, access_h: Floats
) -> tuple[tuple[int, ...], float, bool]:
    """Return the order of least loss, the loss in MWh, and whether no order can be better.

    A crew waits only for the place of its next repair to open. The time then depends on the
    order, so that each state keeps several labels of time and loss. Where mending never loses
    anything, a label that is earlier and, waiting, not dearer makes another one needless;
    else only labels of the same time are compared. The order is the best one as long as no
    label had to be dropped for want of room.

    Args:
        losses: All states.
        mean_h: Hours of each repair, taken as certain.
        access_h: When each place opens.
    """
    elements, count = losses.elements, len(losses.base_mw)
    kept = next(labels for most, labels in _FEW if elements <= most)
    time = np.full((count, kept), np.inf)
    cost = np.full((count, kept), np.inf)
    came = np.full((count, kept), -1, np.int32)
    time[0, 0] = cost[0, 0] = 0.0
    is_whole = True
    bits = np.arange(elements)
    every = [*layers(elements)[1:], np.array([count - 1])]
    for states in every:
        size = max(1, _MOST_CELLS // (elements * kept))
        for first in range(0, len(states), size):
            part = states[first : first + size]
            before = part[:, None] & ~(1 << bits)  # the element itself where it is not in the state
            start = np.maximum(time[before], access_h[:, None])
            end = np.where(((part[:, None] >> bits) & 1 == 1)[:, :, None], start, np.inf)
            end += mean_h[:, None]
            with np.errstate(invalid="ignore"):  # infinity less infinity, left out below
                spent = loss_until(losses, before[:, :, None], end)
                spent -= loss_until(losses, before[:, :, None], time[before])
                total = np.where(np.isfinite(end), cost[before] + spent, np.inf)
            is_whole &= _keep(losses, part, (end, total), (time, cost, came))
    best = int(np.argmin(cost[-1]))
    order: list[int] = []
    state, label = count - 1, best
    while state:
        bit, earlier = divmod(int(came[state, label]), kept)
        order.append(bit)
        state, label = state ^ (1 << bit), earlier
    return tuple(reversed(order)), float(cost[-1, best]), is_whole


def _keep(
    losses: Losses,
    states: np.ndarray,
    found: tuple[Floats, Floats],
    kept: tuple[Floats, Floats, np.ndarray],
) -> bool:
    """Keep the labels of some states that no other makes needless; return whether all fitted."""
    time, cost, came = kept
    room = time.shape[1]
    end = found[0].reshape(len(states), -1)
    total = found[1].reshape(len(states), -1)
    order = np.lexsort((total, end), axis=1)
    end = np.take_along_axis(end, order, axis=1)
    total = np.take_along_axis(total, order, axis=1)
    with np.errstate(invalid="ignore"):
        key = np.where(np.isfinite(end), total - loss_until(losses, states[:, None], end), np.inf)
    if losses.is_monotone:
        least = np.minimum.accumulate(key, axis=1)
        is_new = np.hstack([np.ones((len(states), 1), np.bool_), key[:, 1:] < least[:, :-1]])
    else:
        is_new = np.hstack([np.ones((len(states), 1), np.bool_), end[:, 1:] > end[:, :-1]])
    is_new &= np.isfinite(end)
    many = is_new.sum(axis=1)
    # Where they do not fit, the cheapest by their key stay.
    rank = np.where(is_new, key if (many > room).any() else end, np.inf)
    pick = np.argsort(rank, axis=1, kind="stable")[:, :room]
    width = pick.shape[1]
    chosen = np.take_along_axis(is_new, pick, axis=1)
    time[states[:, None], np.arange(width)] = np.where(
        chosen, np.take_along_axis(end, pick, axis=1), np.inf
    )
    cost[states[:, None], np.arange(width)] = np.where(
        chosen, np.take_along_axis(total, pick, axis=1), np.inf
    )
    came[states[:, None], np.arange(width)] = np.take_along_axis(order, pick, axis=1)
    return not bool((many > room).any())
