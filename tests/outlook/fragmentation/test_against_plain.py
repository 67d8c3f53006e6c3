"""The outlook beside a plain simulation written apart: another generator, quarter hours, a walk.

A ring of four places with one source: strikes that hit several places at once, branches that
fail by either end, faults below the network, repair. Nothing of the product is used here but its
answer.
"""

import math

import numpy as np
import pytest

from outlook.fragmentation.worlds import STORM, known, placement_of, ring, scenario
from vidomo.outlook.fragmentation.outlook import outlook

COURSES = 1500
STEP_H, HOURS = 0.25, 24
RING = (("A", "B"), ("B", "C"), ("C", "D"), ("D", "A"))
LOADS = {"A": 0.0, "B": 10.0, "C": 20.0, "D": 30.0}
NUMBERS = STORM | {"attacks_per_day": 2.0, "strike_probability": 0.4}


def plain(seed: int) -> dict[str, float]:
    """Return shares of courses, by name, and the mean energy not served."""
    draw = np.random.default_rng(seed)
    times = np.arange(0, HOURS + STEP_H / 2, STEP_H)
    found = dict.fromkeys(("split", "long B", "long D", "end C", "energy"), 0.0)
    for _ in range(COURSES):
        out = np.zeros((4, len(times)), bool)
        lost = np.zeros((4, len(times)))
        out[0] |= times < draw.lognormal(math.log(10), math.log(2))  # AB is out now
        for line in range(4):
            start = draw.exponential(24 / NUMBERS["failures_per_branch_day"])
            end = start + draw.lognormal(math.log(10), math.log(2))
            out[line] |= (start <= times) & (times < end)
        when = draw.exponential(24 / NUMBERS["attacks_per_day"])
        while when < HOURS:
            struck = draw.random(4) < NUMBERS["strike_probability"]
            for line, ends in enumerate(RING):
                exposed = any(struck["ABCD".index(end)] for end in ends)
                if exposed and draw.random() < NUMBERS["failure_if_struck"]:
                    end = when + draw.lognormal(math.log(10), math.log(2))
                    out[line] |= (when <= times) & (times < end)
            for place in np.nonzero(struck)[0]:
                kind = draw.random()
                share = 1.0 if kind < 0.2 else 0.5 if kind < 0.4 else 0.0
                end = when + draw.lognormal(math.log(6), math.log(2))
                active = (when <= times) & (times < end)
                lost[place] = np.maximum(lost[place], share * active)
            when += draw.exponential(24 / NUMBERS["attacks_per_day"])
        fed = np.zeros((4, len(times)), bool)
        fed[0] = True
        for _ in range(3):
            for line, (one, other) in enumerate(RING):
                a, b = "ABCD".index(one), "ABCD".index(other)
                joined = ~out[line] & (fed[a] | fed[b])
                fed[a] |= joined
                fed[b] |= joined
        load = np.array(list(LOADS.values()))[:, None]
        served = fed * (1 - lost)
        found["split"] += bool(((fed * load).sum(axis=0) <= 54).any())
        found["energy"] += float(((1 - served) * load)[:, :-1].sum() * STEP_H)
        dark = served < 0.1
        found["long B"] += _longest(dark[1][:-1]) >= 4
        found["long D"] += _longest(dark[3][:-1]) >= 8
        found["end C"] += bool(dark[2][-1])
    return {name: value / COURSES for name, value in found.items()}


def _longest(dark: np.ndarray) -> float:
    best = run = 0
    for one in dark:
        run = run + 1 if one else 0
        best = max(best, run)
    return best * STEP_H


def test_a_ring_under_attack_fares_as_in_a_simulation_written_apart() -> None:
    model = ring(
        branches=tuple(
            type(one)(id=one.id, from_bus=one.from_bus, to_bus=one.to_bus, x_pu=one.x_pu)
            for one in ring().branches
        )
    )
    made = outlook(
        known(model, ("AB",)),
        model,
        placement_of(model),
        [scenario(NUMBERS)],
        samples=4000,
        seed=8,
        horizons_h=(24,),
    )
    horizon = made.scenarios[0].horizons[0]
    places = {one.place: one for one in horizon.places}
    truth = plain(seed=3)
    # Errors of both draws, and what looking every one to three hours blurs.
    assert horizon.p_split.value == pytest.approx(truth["split"], abs=0.05)
    assert horizon.unserved_mwh.value == pytest.approx(truth["energy"], rel=0.06)
    long_b = places["place-B"].p_without_power_past_h["4"].value
    assert long_b == pytest.approx(truth["long B"], abs=0.05)
    long_d = places["place-D"].p_without_power_past_h["8"].value
    assert long_d == pytest.approx(truth["long D"], abs=0.05)
    assert places["place-C"].p_without_power_at_end.value == pytest.approx(truth["end C"], abs=0.05)
