"""Measure networkit or lightsim2grid on a network; run by bench/grid.py in .venv-peers.

The network comes as an ``.npz`` of the MATPOWER tables (``bus``, ``gen``, ``branch``, ``baseMVA``)
and of outages; the answer is one line of JSON. One thread each.

Example: .venv-peers/bin/python bench/peers/grid.py islands network.npz
"""

import json
import sys
import time
from collections.abc import Callable

import numpy as np

REPEATS = 3


def best_of(run: Callable[[], object]) -> float:
    """Return the seconds of the fastest of some runs."""
    spent = []
    for _ in range(REPEATS):
        started = time.process_time()
        run()
        spent.append(time.process_time() - started)
    return min(spent)


def islands(held: dict[str, np.ndarray]) -> dict[str, object]:
    """Return scenarios a second of networkit: remove, count components, put back."""
    import networkit  # noqa: PLC0415 - one peer at a time

    networkit.setNumberOfThreads(1)
    ends = [(int(a), int(b)) for a, b in zip(held["start"], held["stop"], strict=True)]
    graph = networkit.Graph(int(held["buses"]), weighted=False, directed=False)
    for one, other in ends:
        graph.addEdge(one, other)
    counted: list[int] = []

    def run() -> None:
        counted.clear()
        for out in held["out"]:
            for branch in out:
                graph.removeEdge(*ends[branch])
            parts = networkit.components.ConnectedComponents(graph)
            parts.run()
            counted.append(parts.numberOfComponents())
            for branch in out:
                graph.addEdge(*ends[branch])

    rate = len(held["out"]) / best_of(run)
    return {"rate": rate, "counted": counted, "version": networkit.__version__}


def network(held: dict[str, np.ndarray]) -> tuple[object, np.ndarray]:
    """Return lightsim2grid's network, solved once in DC, and its complex start."""
    import lightsim2grid.network as light  # noqa: PLC0415 - one peer at a time

    case = {key: held[key] for key in ("bus", "gen", "branch")}
    grid = light.init_from_matpower({**case, "baseMVA": float(held["baseMVA"])})
    flat = np.ones(grid.total_bus(), complex)
    return grid, flat


def places(grid: object, held: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return where each branch of the case stands in lightsim2grid, and its sign there."""
    numbers = {int(bus): row for row, bus in enumerate(held["bus"][:, 0])}
    branch = held["branch"]
    start = np.array([numbers[int(bus)] for bus in branch[:, 0]])
    stop = np.array([numbers[int(bus)] for bus in branch[:, 1]])
    volts = held["bus"][:, 9]
    is_trafo = (branch[:, 8] != 0) | (branch[:, 9] != 0) | (volts[start] != volts[stop])
    order = np.concatenate([np.nonzero(~is_trafo)[0], np.nonzero(is_trafo)[0]])
    items = [*grid.get_lines(), *grid.get_trafos()]  # type: ignore[attr-defined]
    assert len(items) == len(order)
    place = np.empty(len(order), int)
    sign = np.empty(len(order))
    for number, (row, item) in enumerate(zip(order, items, strict=True)):
        ends = (item.bus1_id, item.bus2_id)
        assert sorted(ends) == sorted((start[row], stop[row]))
        place[row], sign[row] = number, 1.0 if ends[0] == start[row] else -1.0
    return place, sign


def lodf(held: dict[str, np.ndarray]) -> dict[str, object]:
    """Return contingencies a second of lightsim2grid's LODF, and asked values of it."""
    grid, flat = network(held)
    spent = []
    for _ in range(REPEATS):
        grid, flat = network(held)
        grid.dc_pf(flat, 10, 1e-8)  # type: ignore[attr-defined]
        started = time.process_time()
        grid.get_ptdf()  # type: ignore[attr-defined]
        table = grid.get_lodf()  # type: ignore[attr-defined]
        spent.append(time.process_time() - started)
    place, sign = places(grid, held)
    rows, columns = held["rows"], held["columns"]
    values = table[place[rows], place[columns]] * sign[rows] * sign[columns]
    return {"rate": len(place) / min(spent), "values": values.tolist()}


def resolve(held: dict[str, np.ndarray]) -> dict[str, object]:
    """Return the seconds of one DC solve of lightsim2grid after a change of topology."""
    grid, flat = network(held)
    grid.dc_pf(flat, 10, 1e-8)  # type: ignore[attr-defined]
    usable = []
    for line in held["lines"].tolist():
        grid.deactivate_powerline(line)  # type: ignore[attr-defined]
        if len(grid.dc_pf(flat, 10, 1e-8)):  # type: ignore[attr-defined]
            usable.append(line)
        grid.reactivate_powerline(line)  # type: ignore[attr-defined]

    def run() -> None:
        for line in usable:
            grid.deactivate_powerline(line)  # type: ignore[attr-defined]
            grid.dc_pf(flat, 10, 1e-8)  # type: ignore[attr-defined]
            grid.reactivate_powerline(line)  # type: ignore[attr-defined]

    return {"seconds": best_of(run) / len(usable), "solves": len(usable)}


if __name__ == "__main__":
    answer = {"islands": islands, "lodf": lodf, "resolve": resolve}[sys.argv[1]]
    with np.load(sys.argv[2]) as stored:
        print(json.dumps(answer({key: stored[key] for key in stored.files})))
