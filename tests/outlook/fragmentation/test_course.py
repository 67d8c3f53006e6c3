"""Courses of damage: drawn by number, within the law that the scenario states."""

import numpy as np
import pytest

from outlook.fragmentation.worlds import STORM, SURE, known, ring
from vidomo.grid.ensemble import compiled
from vidomo.outlook.fragmentation.course import MOST_ATTACKS, Start, courses, picks

HOURS = np.array([0.0, 1.0, 6.0, 24.0, 72.0])


def start(rows: int, *out: str, local: dict[str, float] | None = None) -> Start:
    particles = known(ring(), out, local=local).particles
    outages = particles.outages
    return Start(
        type(outages)(
            np.arange(rows + 1) * len(outages[0]), np.tile(outages[0], rows).astype(np.int32)
        ),
        np.repeat(particles.local_out_share, rows, axis=0),
        np.ones(rows),
    )


def drawn(numbers, strikes=(0.5,) * 4, rows=4000, first=0, begin=None):
    grid = compiled(ring())
    begin = begin or start(rows)
    return courses(grid, begin, numbers, np.array(strikes), HOURS, seed=9, first=first)


def test_nothing_comes_of_nothing() -> None:
    out, local = drawn(SURE)
    assert not out.any()
    assert not local.any()


def test_a_course_is_the_same_whoever_draws_it() -> None:
    whole = drawn(STORM, rows=300)
    part = drawn(STORM, rows=100, first=200)
    assert whole[0].any()
    assert whole[1].any()
    assert (whole[0][:, 200:] == part[0]).all()
    assert (whole[1][:, 200:] == part[1]).all()


def test_what_is_out_now_is_mended_after_its_hours() -> None:
    begin = start(3, "AB", local={"place-B": 0.5})
    out, local = drawn(SURE, rows=3, begin=begin)
    assert out[:, :, 0].all(axis=1).tolist() == [True, True, False, False, False]
    assert local[:, 0, 1].tolist() == [0.5, 0.5, 0.0, 0.0, 0.0]
    assert not out[:, :, 1:].any()


def test_ordinary_failures_come_as_often_as_stated() -> None:
    numbers = SURE | {"failures_per_branch_day": 0.2, "repair_median_h": 1e6}
    out, _ = drawn(numbers)
    for at, hours in enumerate(HOURS):
        expected = 1 - np.exp(-0.2 * hours / 24)
        assert out[at].mean() == pytest.approx(expected, abs=0.012)


def test_attacks_strike_places_together_and_no_others() -> None:
    numbers = SURE | {
        "attacks_per_day": 1.0,
        "failure_if_struck": 1.0,
        "local_out_if_struck": 1.0,
        "local_partly_if_struck": 0.0,
        "repair_median_h": 1e6,
        "local_repair_median_h": 1e6,
    }
    out, local = drawn(numbers, strikes=(0.0, 1.0, 0.0, 0.0))
    struck = local[:, :, 1] > 0
    for at, hours in enumerate(HOURS):
        assert struck[at].mean() == pytest.approx(1 - np.exp(-hours / 24), abs=0.03)
    assert not local[:, :, [0, 2, 3]].any()
    # Both lines of B go with it, and only these.
    assert (out[:, :, 0] == struck).all()
    assert (out[:, :, 1] == struck).all()
    assert not out[:, :, 2:].any()


def test_faults_below_the_network_are_whole_or_partial_as_often_as_stated() -> None:
    numbers = SURE | {
        "attacks_per_day": 3.0,
        "failure_if_struck": 0.0,
        "local_out_if_struck": 0.3,
        "local_partly_if_struck": 0.6,
        "local_repair_median_h": 1e6,
    }
    _, local = drawn(numbers, strikes=(1.0, 0.0, 0.0, 0.0))
    # By the third day a place has been struck so often that the worse of the two stands.
    first = local[1, :, 0]
    hit = first > 0
    attacked = 1 - np.exp(-3 / 24)
    assert hit.mean() == pytest.approx(attacked * 0.9, abs=0.02)
    assert (first[hit] == 1.0).mean() == pytest.approx(1 / 3, abs=0.06)
    assert local.max() == 1.0


def test_no_course_has_more_attacks_than_are_drawn() -> None:
    numbers = SURE | {"attacks_per_day": 1e6, "failure_if_struck": 1.0, "repair_median_h": 1e6}
    out, _ = drawn(numbers, strikes=(1.0,) * 4, rows=5)
    assert MOST_ATTACKS == 24
    assert out[1:].all()


def test_particles_are_taken_by_their_weight() -> None:
    weights = np.array([0.2, 0.0, 0.8])
    chosen = picks(weights, seed=1, first=0, last=20_000)
    assert (chosen == 0).mean() == pytest.approx(0.2, abs=0.01)
    assert not (chosen == 1).any()
    assert (picks(weights, seed=1, first=500, last=600) == chosen[500:600]).all()
