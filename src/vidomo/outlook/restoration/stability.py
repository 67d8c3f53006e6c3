"""How far an order depends on what is really damaged."""

from collections.abc import Sequence

import numpy as np

from vidomo.grid.arrays import Floats
from vidomo.grid.philox import uniforms
from vidomo.outlook.restoration.exact import Hours, best_order, greedy_order
from vidomo.outlook.restoration.losses import Losses, without
from vidomo.outlook.restoration.model import Damage

_SAMPLES = 200
_DAMAGED = 8
"""Stream of random numbers for what is damaged."""
_FIRST = 3
_EXACT_ELEMENTS = 8


def first_three(
    damage: Sequence[Damage], losses: Losses, hours: Hours, *, seed: int
) -> tuple[float, ...]:
    """Return for each element how often it is among the first three, where it is damaged.

    What is damaged is drawn by each element's own chance, and one sample of the repair hours
    with it; each draw is planned anew: exactly where few are in doubt, else greedily.

    Args:
        damage: What may be damaged.
        losses: All states.
        hours: Repair hours.
        seed: Of the draw.
    """
    chance = np.array([item.probability for item in damage])
    draw = uniforms(seed, stream=_DAMAGED, first=0, last=_SAMPLES, draws=len(damage))
    among, there = np.zeros(len(damage)), np.zeros(len(damage))
    seen: dict[tuple[int, int], tuple[int, ...]] = {}
    for sample, is_damaged in enumerate(draw < chance):
        bits = tuple(int(bit) for bit in np.nonzero(is_damaged)[0])
        if not bits:
            continue
        row = sample % len(hours.samples_h)
        key = (sum(1 << bit for bit in bits), row)
        if key not in seen:
            seen[key] = _ranked(losses, hours.samples_h[row], bits)
        there[list(bits)] += 1
        among[list(seen[key][:_FIRST])] += 1
    return tuple(
        float(first / count) if count else 1.0 for first, count in zip(among, there, strict=True)
    )


def _ranked(losses: Losses, length_h: Floats, bits: tuple[int, ...]) -> tuple[int, ...]:
    """Return the order for the elements that are damaged; the others stand."""
    left = without(losses, [bit for bit in range(losses.elements) if bit not in bits])
    hours = Hours(mean_h=length_h[list(bits)], samples_h=length_h[None, list(bits)])
    is_short = len(bits) <= _EXACT_ELEMENTS
    order = best_order(left, hours)[0] if is_short else greedy_order(left, hours)
    return tuple(bits[bit] for bit in order)
