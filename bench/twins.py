"""Twin experiments: how far the posterior over the network can be trusted.

Truth and reports are made by ``twin_world`` and judged here; the inference sees reports
alone. Settings were chosen on seeds that begin with 777; what is printed comes from seeds
that begin with 27182 and was not used to choose anything.

Prints a table, rows of floors held or missed, and draws ``docs/pictures/twins.svg``.

Example: python bench/twins.py --trials 100
"""

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from twin_picture import Dot, Panel, draw
from twin_world import AS_ASSUMED, NOW, WORLDS, Ground, Truth

from vidomo.outlook.network.infer import Hearing, Method, infer
from vidomo.outlook.network.model import Posterior
from vidomo.outlook.network.prior import bundled_prior

REPORTED_SEED = 27182
PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "twins.svg"
EDGES = np.array((0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0 + 1e-9))
PLACES = 40
SERVED = 2
RESAMPLED = 500


@dataclass(frozen=True)
class Trial:
    """One twin judged: rows are places with load (forecast, holds, believed, spoken of)."""

    places: np.ndarray
    elements: np.ndarray
    ess: float
    spent_s: float


@cache
def ground(case: str, places: int) -> Ground:
    """Return a network cut into places, kept for the next trial."""
    return Ground(case, places)


def judge(world: int, number: int) -> Trial:
    """Return one twin of a world, judged."""
    land = ground("case118", PLACES)
    truth = land.twin(WORLDS[world], np.random.default_rng([REPORTED_SEED, world, number]))
    begun = time.process_time()
    found = ask(land, truth, seed=number)
    spent = time.process_time() - begun
    if found.refused:
        return Trial(np.zeros((0, 4)), np.zeros((0, 3)), found.ess, spent)
    at = {code: place for place, code in enumerate(land.codes)}
    rows = [
        (
            one.out + one.partly,
            truth.holds[at[one.place]] != SERVED,
            truth.said[at[one.place]] in (0, 1),
            truth.said[at[one.place]] >= 0,
        )
        for one in found.places
    ]
    live = [branch.id for branch in land.model.branches if branch.in_service]
    line = {name: index for index, name in enumerate(live)}
    told = [(one.out, one.prior_out, truth.out[line[one.element]]) for one in found.elements]
    return Trial(np.array(rows, float), np.array(told, float).reshape(-1, 3), found.ess, spent)


def ask(land: Ground, truth: Truth, *, seed: int, samples: int = 1000) -> Posterior:
    """Return the posterior for one twin, all places listened to."""
    return infer(
        land.model,
        land.placement,
        truth.evidence,
        bundled_prior(),
        at=NOW,
        seed=seed,
        samples=samples,
        hearing=Hearing(places=frozenset(land.codes)),
        method=Method(),
    )


def brier(forecast: np.ndarray, holds: np.ndarray) -> float:
    """Return the mean squared error of forecasts."""
    return float(((forecast - holds) ** 2).mean())


def calibration_error(rows: np.ndarray) -> float:
    """Return the mean distance of forecast and observed over bins, weighted by their size."""
    bins = np.digitize(rows[:, 0], EDGES)
    return float(
        sum(
            (bins == one).mean() * abs((rows[bins == one, 0] - rows[bins == one, 1]).mean())
            for one in np.unique(bins)
        )
    )


def skill(rows: np.ndarray) -> float:
    """Return by which share the Brier score is better than believing the reports."""
    return 1 - brier(rows[:, 0], rows[:, 1]) / brier(rows[:, 2], rows[:, 1])


def between(trials: list[Trial]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return 90 % intervals of skill and calibration error, trials drawn again."""
    draw_again = np.random.default_rng(1)
    kept = [trial.places for trial in trials if len(trial.places)]
    found = []
    for _ in range(RESAMPLED):
        rows = np.concatenate([kept[one] for one in draw_again.integers(len(kept), size=len(kept))])
        found.append((skill(rows), calibration_error(rows)))
    low, high = np.quantile(np.array(found), (0.05, 0.95), axis=0)
    return (low[0], high[0]), (low[1], high[1])


def panel(title: str, rows: np.ndarray) -> Panel:
    """Return the reliability diagram of a world."""
    bins = np.digitize(rows[:, 0], EDGES)
    dots = []
    for one in np.unique(bins):
        mine = rows[bins == one]
        count, share = len(mine), mine[:, 1].mean()
        # Wilson's interval, 90 %: it does not collapse where nothing was observed.
        z = 1.645
        middle = (share + z * z / (2 * count)) / (1 + z * z / count)
        half = z * np.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
        half /= 1 + z * z / count
        dots.append(Dot(mine[:, 0].mean(), share, middle - half, middle + half, count))
    below = f"calibration error {calibration_error(rows):.4f}, skill {skill(rows):.2f}"
    return Panel(title, below, dots)


def show(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<66}{figure:>44}", flush=True)


def floor(what: str, value: float, limit: float, *, at_most: bool) -> None:
    """Print whether a floor is held."""
    held = value <= limit if at_most else value >= limit
    sign = "<=" if at_most else ">="
    show(what, f"{value:.4f} (goal {sign} {limit:g}): {'held' if held else 'missed'}")


def speed() -> None:
    """Print what one update costs, in seconds of the processor."""
    for case, places, limit in (("case118", PLACES, 1.0), ("case_ACTIVSg2000", 200, 10.0)):
        land = ground(case, places)
        spent, ess = [], []
        for number in range(5):
            truth = land.twin(AS_ASSUMED, np.random.default_rng([REPORTED_SEED, 99, number]))
            begun = time.process_time()
            ess.append(ask(land, truth, seed=number).ess)
            spent.append(time.process_time() - begun)
        middle = float(np.median(spent))
        show(
            f"one update on {case}, {places} places, 1000 chains, median and slowest of 5",
            f"{middle:.2f} s, {max(spent):.2f} s, ESS {min(ess):.0f} to {max(ess):.0f}",
        )
        floor(f"seconds of the processor for one update on {case}", middle, limit, at_most=True)


def main() -> None:
    """Run every world, print the table, draw the picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--trials", type=int, default=100, help="twins of each world; the first gets twice"
    )
    trials = parser.parse_args().trials
    print("EXERCISE: case118 and ACTIVSg2000 are public benchmarks\n")
    print(
        f"{'world':<44}{'dark':>6}{'Brier: climate':>15}{'reports':>9}{'posterior':>10}"
        f"{'skill':>7}{'(90 %)':>13}{'ECE':>8}{'(90 %)':>17}{'refused':>9}{'ESS':>6}"
    )
    panels, errors, skills = [], [], []
    elements = []
    with ProcessPoolExecutor(2) as pool:
        for number, world in enumerate(WORLDS):
            count = trials * (1 if number else 2)
            judged = list(pool.map(judge, [number] * count, range(count), chunksize=4))
            rows = np.concatenate([trial.places for trial in judged])
            dark = rows[:, 1].mean()
            (low, high), (least, most) = between(judged)
            errors.append(calibration_error(rows))
            skills.append(skill(rows))
            elements.append(np.concatenate([trial.elements for trial in judged]))
            refused = sum(not len(trial.places) for trial in judged)
            ess = np.median([trial.ess for trial in judged])
            print(
                f"{world.name:<44}{dark:>6.3f}{brier(np.full(len(rows), dark), rows[:, 1]):>15.4f}"
                f"{brier(rows[:, 2], rows[:, 1]):>9.4f}{brier(rows[:, 0], rows[:, 1]):>10.4f}"
                f"{skills[-1]:>7.3f}{f'{low:.2f} to {high:.2f}':>13}{errors[-1]:>8.4f}"
                f"{f'{least:.4f} to {most:.4f}':>17}{refused:>5}/{count}{ess:>6.0f}",
                flush=True,
            )
            panels.append(panel(world.name, rows))
    print()
    floor("calibration error as assumed", errors[0], 0.01, at_most=True)
    floor("largest calibration error of the others", max(errors[1:]), 0.03, at_most=True)
    floor("Brier skill over believing the reports, as assumed", skills[0], 0.2, at_most=False)
    told = elements[0]
    show("branches told of, as assumed, a trial", f"{len(told) / (2 * trials):.2f}")
    if len(told):
        show(
            "their Brier: as their places alone have it, with the reports",
            f"{brier(told[:, 1], told[:, 2]):.4f}, {brier(told[:, 0], told[:, 2]):.4f}",
        )
    speed()
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(
        draw("EXERCISE, twins of case118: what was forecast and what held", panels), "utf-8"
    )


if __name__ == "__main__":
    main()
