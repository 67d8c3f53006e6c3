import numpy as np
import pytest
from hypothesis import given, strategies as st

from vidomo.grid.philox import philox, uniforms, uniforms_reference

# Known answers of the authors' own library (Random123, philox4x32 with 10 rounds).
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    (
        (0xFFFFFFFF,) * 4,
        (0xFFFFFFFF,) * 2,
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN)
def test_the_words_are_those_of_the_authors(
    counter: tuple[int, ...], key: tuple[int, int], words: tuple[int, ...]
) -> None:
    ticks = tuple(np.array([word], np.uint64) for word in counter)
    assert tuple(int(word[0]) for word in philox(ticks, key)) == words  # type: ignore[arg-type]


@given(
    st.integers(0, 2**64 - 1),
    st.integers(0, 2**40),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(1, 9),
)
def test_a_scenario_gets_the_same_numbers_in_any_company(
    seed: int, first: int, before: int, after: int, draws: int
) -> None:
    alone = uniforms(seed, stream=3, first=first + before, last=first + before + 1, draws=draws)
    together = uniforms(
        seed, stream=3, first=first, last=first + before + after + 1, draws=draws + 5
    )
    assert alone[0].tolist() == together[before, :draws].tolist()


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**40), st.integers(0, 5), st.integers(0, 8))
def test_the_kernel_and_the_readable_form_give_the_same_bits(
    seed: int, first: int, count: int, draws: int
) -> None:
    one, other = (
        form(seed, stream=2, first=first, last=first + count, draws=draws)
        for form in (uniforms, uniforms_reference)
    )
    assert one.shape == other.shape == (count, draws)
    assert one.tobytes() == np.ascontiguousarray(other).tobytes()


def test_the_numbers_are_even_and_streams_differ() -> None:
    one, two = (uniforms(1, stream=s, first=0, last=20_000, draws=5) for s in (0, 1))
    assert 0 <= one.min() < 1e-4
    assert 1 - 1e-4 < one.max() < 1
    assert np.abs(np.histogram(one, 10, (0, 1))[0] / 10_000 - 1).max() < 0.05
    assert abs(np.corrcoef(one.ravel(), two.ravel())[0, 1]) < 0.02
    assert abs(np.corrcoef(one[:, 0], one[:, 1])[0, 1]) < 0.03
