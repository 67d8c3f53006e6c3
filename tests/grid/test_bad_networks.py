"""Each bad network gives a list of problems with element and field, or a stated assumption."""

import math
import time
import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest

from grid.networks import branch, square
from vidomo.core.errors import InputError
from vidomo.grid.arrays import compile_grid
from vidomo.grid.check import BUS_LIMIT, check_grid, is_sound
from vidomo.grid.csv_pair import read_csv_pair
from vidomo.grid.damage import DamageModel
from vidomo.grid.ensemble import run_ensemble
from vidomo.grid.fast import cascade, contingencies, islands
from vidomo.grid.flow import DcModel
from vidomo.grid.matpower import read_matpower
from vidomo.grid.model import Bus, Generator, GridModel, GridReading, Load
from vidomo.grid.outages import outages_from_ids
from vidomo.grid.pandapower import read_pandapower

RING = square().branches
MILLION = 1_000_000


def results_of(model: GridModel) -> dict[str, tuple[str, ...]]:
    """Return the assumptions of every kind of result."""
    grid = compile_grid(model)
    one = outages_from_ids(grid, [(grid.branch_ids[0],)])
    return {
        "islands": islands(grid, one).assumptions,
        "contingencies": contingencies(DcModel(grid), np.array([0], np.int32)).assumptions,
        "cascade": cascade(grid, one).assumptions,
        "ensemble": run_ensemble(
            model, DamageModel(horizon_h=1.0, repair_median_h=1.0), scenarios=2, seed=1
        ).assumptions,
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"branches": (branch("AB"), branch("CD"))}, "2 islands in the base state"),
        ({"slack_bus": ""}, "no slack bus is named"),
        ({"branches": (*RING, branch("AC", x_pu=-0.3))}, "1 branches have a negative reactance"),
        ({"branches": (*RING, branch("AC"))}, "1 branches have no rating"),
        ({"buses": (*square().buses, Bus(id="E"))}, "2 islands in the base state"),
        (
            {"generators": (Generator(id="G", bus="A", power_mw=60.0, max_power_mw=20.0),)},
            "1 generators give more than they can",
        ),
    ],
)
def test_what_is_assumed_stands_in_every_result(changes: dict[str, object], said: str) -> None:
    for kind, words in results_of(square(**changes)).items():
        assert any(said in word for word in words), kind


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"branches": (*RING, branch("AC", x_pu=0.0))}, "branch AC: x_pu"),
        ({"branches": (*RING, branch("AC", x_pu=math.nan))}, "branch AC: x_pu"),
        ({"branches": (*RING, branch("AC", x_pu=math.inf))}, "branch AC: x_pu"),
        ({"branches": (*RING, branch("AC", tap=math.nan))}, "branch AC: tap"),
        ({"branches": (*RING, branch("AC", shift_deg=math.nan))}, "branch AC: shift_deg"),
        ({"branches": (*RING, branch("AC", rating_mw=math.nan))}, "branch AC: rating_mw"),
        ({"branches": (*RING, branch("AC", r_pu=math.nan))}, "branch AC: r_pu"),
        ({"branches": (*RING, branch("AC", charging_pu=math.inf))}, "branch AC: charging_pu"),
        ({"branches": (*RING, branch("AC", id="AB"))}, "branch AB: id"),
        ({"loads": (Load(id="L", bus="B", power_mw=math.nan),)}, "load L: power_mw"),
        ({"loads": (Load(id="L", bus="B", power_mw=1.0, reactive_mvar=math.nan),)}, "load L: reactive_mvar"),
        ({"buses": (*square().buses, Bus(id="B"))}, "bus B: id"),
        ({"buses": (*square().buses, Bus(id="E", min_pu=math.nan))}, "bus E: min_pu"),
        ({"buses": (*square().buses, Bus(id="E", shunt_mvar=math.nan))}, "bus E: shunt_mvar"),
    ],
)  # fmt: skip
def test_a_bad_number_gives_no_number_but_its_element_and_field(
    changes: dict[str, object], where: str
) -> None:
    model = square(**changes)
    problems = check_grid(model)
    assert where in {problem.where for problem in problems}
    assert not is_sound(problems)
    with pytest.raises(InputError):
        compile_grid(model)


def test_an_island_without_a_source_is_told_as_not_served() -> None:
    grid = compile_grid(square(branches=(branch("AB"), branch("CD"))))
    table = cascade(grid, outages_from_ids(grid, [()]))
    assert table.served_mw.tolist() == [10.0]
    assert islands(grid, outages_from_ids(grid, [()])).unserved_mw.tolist() == [50.0]


def csv_text() -> tuple[str, str]:
    rows = "".join(f"B{number}\n" for number in range(MILLION))
    return "bus\n" + rows, "from_bus,to_bus,x_pu\nB1,B2,0.1\n"


def csv_branches() -> tuple[str, str]:
    return "bus\nA\nB\n", "from_bus,to_bus,x_pu\n" + "A,B,0.1\n" * (MILLION + 2)


def matpower_text() -> tuple[str]:
    row = "1 1 0 0 0 0 1 1 0 110 1 1.1 0.9;\n"
    head = "function mpc = big\nmpc.baseMVA = 100;\nmpc.bus = [\n" + row * MILLION + "];\n"
    return (
        head + "mpc.gen = [\n1 0 0 0 0 1 100 1 0 0;\n];\n"
        "mpc.branch = [\n1 1 0 .1 0 0 0 0 0 0 1;\n];\n",
    )


def pandapower_text() -> tuple[str]:
    many = BUS_LIMIT + 1  # JSON is read whole before anything can be counted
    index = ",".join(map(str, range(many)))
    rows = ",".join(["[1]"] * many)
    table = f'{{"columns": ["vn_kv"], "index": [{index}], "data": [{rows}]}}'
    return (f'{{"_object": {{"bus": {{"_class": "DataFrame", "_object": {table}}}}}}}',)


@pytest.mark.parametrize(
    ("written", "read", "megabytes"),
    [
        (csv_text, read_csv_pair, 10),
        (csv_branches, read_csv_pair, 10),
        (matpower_text, read_matpower, 200),
        (pandapower_text, read_pandapower, 300),
    ],
)
def test_a_million_buses_are_refused_in_little_time_and_memory(
    written: Callable[[], tuple[str, ...]], read: Callable[..., GridReading], megabytes: int
) -> None:
    texts = written()
    tracemalloc.start()
    started = time.process_time()
    try:
        reading = read(*texts)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [problem.code for problem in reading.problems] == ["too_large"]
    assert reading.model is None
    assert time.process_time() - started < 10
    assert most < megabytes * 1024**2
