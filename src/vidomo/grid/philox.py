"""Random numbers by counter: the number of a scenario and of a draw, no hidden state.

Scenario 41 gets the same numbers whoever draws it, and in whatever order.

Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3"
(SC 2011), Philox4x32 with ten rounds.
"""

import numpy as np
from numpy.typing import NDArray

from vidomo.grid.arrays import Floats
from vidomo.grid.native import library

Words = NDArray[np.uint64]
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_FACTORS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_STEPS = (0x9E3779B9, 0xBB67AE85)
_ROUNDS = 10
_TO_SHARE = 2.0**-53


def philox(counter: tuple[Words, Words, Words, Words], key: tuple[int, int]) -> list[Words]:
    """Return four words of 32 bits for each counter.

    Args:
        counter: Four arrays of equal or broadcastable shape, each value below 2**32.
        key: Two words of 32 bits.
    """
    first, second, third, fourth = counter
    for turn in range(_ROUNDS):
        keys = [np.uint64((key[i] + turn * _STEPS[i]) & 0xFFFFFFFF) for i in (0, 1)]
        left, right = first * _FACTORS[0], third * _FACTORS[1]
        first = (right >> _HALF) ^ second ^ keys[0]
        third = (left >> _HALF) ^ fourth ^ keys[1]
        second, fourth = right & _LOW, left & _LOW
    return [first, second, third, fourth]


def uniforms(seed: int, *, stream: int, first: int, last: int, draws: int) -> Floats:
    """Return numbers in 0 <= u < 1, a row a scenario from ``first`` to before ``last``.

    Args:
        seed: 0 <= seed < 2**64.
        stream: What the numbers are for; different streams are independent.
        first: First scenario.
        last: One past the last scenario.
        draws: Numbers for each scenario.
    """
    native = library()
    if native is None:
        return uniforms_reference(seed, stream=stream, first=first, last=last, draws=draws)
    found = np.empty((last - first, draws))
    native.vidomo_grid_uniforms(seed, stream, first, last, draws, found.ctypes.data)
    return found


def uniforms_reference(seed: int, *, stream: int, first: int, last: int, draws: int) -> Floats:
    """Return the same numbers, from the readable form."""
    scenario = np.arange(first, last, dtype=np.uint64)[:, None]
    block = np.arange((draws + 1) // 2, dtype=np.uint64)[None, :]
    words = philox(
        (
            scenario & _LOW,
            scenario >> _HALF,
            block,
            np.full((1, 1), stream, np.uint64),
        ),
        (seed & 0xFFFFFFFF, seed >> 32),
    )
    shape = (last - first, block.size)
    pairs = np.empty((*shape, 2))
    for place, (high, low) in enumerate((words[:2], words[2:])):
        bits = (high >> np.uint64(5)) << np.uint64(26) | (low >> np.uint64(6))
        pairs[:, :, place] = np.broadcast_to(bits, shape) * _TO_SHARE
    return pairs.reshape(last - first, 2 * block.size)[:, :draws]
