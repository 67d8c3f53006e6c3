"""Does an outage tell that more is about to follow? Measure the outlook beside graph metrics.

Random damage and random repair on case118, 200 walks of 25 steps; in each state three further
random branches go out, and the question is whether at least a twentieth of the load more is lost
then. The outlook is the share of 400 other random futures in which it is. Truth and forecast
come from the same simulator, so this is the most that can be hoped for. Damage is random
throughout. Draws docs/pictures and writes the table that the desk shows.

Example: python bench/outlook.py
"""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from restoration import case

from vidomo.grid.arrays import Floats, GridArrays
from vidomo.grid.cascade import CascadeRules
from vidomo.grid.fast import cascade
from vidomo.grid.outages import outages_from_masks
from vidomo.outlook.fragmentation.context import Bin, Measured, metrics
from vidomo.outlook.fragmentation.measured_chart import auc_chart, reliability_chart

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
TABLE = ROOT / "src/vidomo/outlook/fragmentation/tables/measured.toml"
NETWORK = "case118"
LOADS = {"stressed": 1.6, "relaxed": 2.5}
"""Ratings as multiples of the base flow: case118 has none of its own."""
WALKS, STEPS, FURTHER, FUTURES = 200, 25, 3, 400
REPAIRED = 0.25
EVENT_SHARE = 0.05
EDGES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.01)
SEED = 20260108
"""Of the figures reported; 1 was used while writing this."""
LEAST_AUC = {"stressed": 0.75, "relaxed": 0.80}
MOST_ERROR = 0.03


@dataclass(frozen=True)
class Found:
    """Indicators by name, one number a state, and whether more load went."""

    indicators: dict[str, Floats]
    event: NDArray[np.bool_]


def walk(grid: GridArrays, rules: CascadeRules, *, seed: int) -> Found:
    """Return indicators and outcomes in every state of random walks through damage."""
    draw = np.random.default_rng(seed)
    total = float(grid.load_mw.sum())
    rows: list[dict[str, float]] = []
    events: list[bool] = []
    for _ in range(WALKS):
        out: set[int] = set()
        for _ in range(STEPS):
            if out and draw.random() < REPAIRED:
                out.remove(int(draw.choice(sorted(out))))
            else:
                out.add(int(draw.integers(grid.branches)))
            live = np.ones(grid.branches, np.bool_)
            live[sorted(out)] = False
            # The state itself, the futures, and the one that comes true.
            sets = np.tile(~live, (FUTURES + 2, 1))
            further = draw.random((FUTURES + 1, grid.branches)).argpartition(FURTHER, axis=1)
            np.put_along_axis(sets[1:], further[:, :FURTHER], values=True, axis=1)
            table = cascade(grid, outages_from_masks(sets), rules=rules)
            lost = 1.0 - table.served_mw / total
            values = {
                name: value for name, value in metrics(grid, live).items() if value is not None
            }
            values["algebraic_connectivity"] *= -1.0  # less connected is worse
            more = lost[1:-1] - lost[0]
            rows.append(
                {
                    **values,
                    "load_unserved_now": float(lost[0]),
                    "trips_now": float(table.trips[0]),
                    "outlook_probability": float((more >= EVENT_SHARE).mean()),
                    "outlook_energy": float(more.mean()),
                }
            )
            events.append(bool(lost[-1] - lost[0] >= EVENT_SHARE))
    names = rows[0]
    return Found({name: np.array([row[name] for row in rows]) for name in names}, np.array(events))


def auc(value: Floats, event: NDArray[np.bool_]) -> float:
    """Return the probability that a state before a loss has a higher value than another one."""
    _, place = np.unique(value, return_inverse=True)
    counts = np.bincount(place)
    rank = (np.cumsum(counts) - (counts - 1) / 2.0)[place]
    hits = int(event.sum())
    return float((rank[event].sum() - hits * (hits + 1) / 2) / (hits * (len(event) - hits)))


def reliability(forecast: Floats, event: NDArray[np.bool_]) -> tuple[Bin, ...]:
    """Return forecasts by range with how often they came true."""
    found = []
    for low, high in itertools.pairwise(EDGES):
        inside = (forecast >= low) & (forecast < high)
        if inside.any():
            found.append(
                Bin(int(inside.sum()), float(forecast[inside].mean()), float(event[inside].mean()))
            )
    return tuple(found)


def calibration_error(bins: tuple[Bin, ...]) -> float:
    """Return the mean distance between forecast and outcome, by how many there are."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.forecast - one.observed) for one in bins) / total


def main(say: Callable[[str], None] = print) -> Measured:
    """Run both loads, print the table, draw the pictures."""
    started = time.perf_counter()
    grid = case(NETWORK)
    runs = {
        load: walk(grid, CascadeRules(unrated_factor=factor), seed=SEED)
        for load, factor in LOADS.items()
    }
    stressed, relaxed = runs["stressed"], runs["relaxed"]
    made = Measured(
        network=NETWORK,
        states=WALKS * STEPS,
        auc={
            name: (auc(values, stressed.event), auc(relaxed.indicators[name], relaxed.event))
            for name, values in stressed.indicators.items()
        },
        reliability={
            load: reliability(one.indicators["outlook_probability"], one.event)
            for load, one in runs.items()
        },
        event_share={load: float(one.event.mean()) for load, one in runs.items()},
        brier={load: _brier(one) for load, one in runs.items()},
    )
    _print(made, say)
    TABLE.write_text(_toml(made), "utf-8")
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / "outlook-auc.svg").write_text(auc_chart(made, lang="en") + "\n", "utf-8")
    (PICTURES / "outlook-reliability.svg").write_text(
        reliability_chart(made, lang="en") + "\n", "utf-8"
    )
    say(f"{time.perf_counter() - started:.0f} s, goal 600: EXERCISE on a public benchmark")
    return made


def _brier(one: Found) -> tuple[float, float]:
    rate = float(one.event.mean())
    miss = (one.indicators["outlook_probability"] - one.event) ** 2
    return float(miss.mean()), rate * (1 - rate)


def _print(made: Measured, say: Callable[[str], None]) -> None:
    say(f"{'AUC on ' + made.network:<34}{'stressed':>10}{'relaxed':>10}")
    for name, (stressed, relaxed) in sorted(made.auc.items(), key=lambda one: -sum(one[1])):
        say(f"{name:<34}{stressed:>10.3f}{relaxed:>10.3f}")
    for load in LOADS:
        score, climate = made.brier[load]
        error = calibration_error(made.reliability[load])
        best = made.auc["outlook_probability"][list(LOADS).index(load)]
        held = best >= LEAST_AUC[load] and error <= MOST_ERROR
        say(
            f"{load}: losses in {made.event_share[load]:.1%}, Brier {score:.4f} beside "
            f"{climate:.4f}, calibration error {error:.4f}; goal AUC {LEAST_AUC[load]}, error "
            f"{MOST_ERROR}: {'held' if held else 'missed'}"
        )
        for one in made.reliability[load]:
            say(f"  {one.count:>6} forecast {one.forecast:.3f} observed {one.observed:.3f}")


def _toml(made: Measured) -> str:
    lines = [
        "# Written by bench/outlook.py; see docs/outlook.md.",
        f'network = "{made.network}"',
        f"states = {made.states}",
        "",
        "[auc]",
        *(f"{name} = [{one:.3f}, {other:.3f}]" for name, (one, other) in made.auc.items()),
        "",
        "[event_share]",
        *(f"{load} = {share:.4f}" for load, share in made.event_share.items()),
        "",
        "[brier]",
        *(f"{load} = [{one:.4f}, {other:.4f}]" for load, (one, other) in made.brier.items()),
    ]
    for load, bins in made.reliability.items():
        for one in bins:
            lines += [
                "",
                f"[[reliability.{load}]]",
                f"count = {one.count}",
                f"forecast = {one.forecast:.4f}",
                f"observed = {one.observed:.4f}",
            ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
