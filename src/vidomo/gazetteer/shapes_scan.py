"""Shapes cut into rows: where they overlap, and one drawing in which neighbours meet exactly."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil

from vidomo.gazetteer.shapes_arcs import Line, Point

_ROW = 200
"""Height of a row when overlaps are measured, in ten-thousandths of a degree: two kilometres."""
_CELL = (150, 100)
"""Width and height of a cell of the common drawing: about a kilometre either way."""
_GAP = 3  # empty cells between two filled ones that count as a gap, not as water or abroad

Spans = dict[int, list[tuple[float, float]]]
"""Row number to the stretches (from x to x) of a shape in it, from west to east."""


def spans(rings: Iterable[Line], *, height: int) -> Spans:
    """Return the stretches that closed rings cover in the middle of each row (even-odd rule)."""
    crossed: dict[int, list[float]] = defaultdict(list)
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(ring):
            low, high = min(ay, by), max(ay, by)
            # Row r has its middle at (r + 1/2) * height; an edge crosses it when low <= y < high.
            for row in range(ceil(low / height - 0.5), ceil(high / height - 0.5)):
                y = (row + 0.5) * height
                crossed[row].append(ax + (y - ay) / (by - ay) * (bx - ax))
    found: Spans = {}
    for row, xs in crossed.items():
        xs.sort()
        found[row] = list(zip(xs[::2], xs[1::2], strict=True))
    return found


def inner_point(rings: Sequence[Line]) -> tuple[float, float] | None:
    """Return a point well inside closed rings; None when they have no inside."""
    height = max(
        1, (max(y for r in rings for _, y in r) - min(y for r in rings for _, y in r)) // 9
    )
    widest = max(
        (
            (end - start, (start + end) / 2, (row + 0.5) * height)
            for row, found in spans(rings, height=height).items()
            for start, end in found
        ),
        default=None,
    )
    return None if widest is None else (widest[1], widest[2])


def overlaps(units: Mapping[str, Sequence[Line]]) -> dict[tuple[str, str], float]:
    """Return the share of the smaller of two units that the other covers too, for all that do."""
    rows: dict[int, list[tuple[float, float, str]]] = defaultdict(list)
    size: dict[str, float] = defaultdict(float)
    for code, rings in units.items():
        for row, found in spans(rings, height=_ROW).items():
            for start, end in found:
                rows[row].append((start, end, code))
                size[code] += end - start
    both: dict[tuple[str, str], float] = defaultdict(float)
    for row_of_all in rows.values():
        open_now: list[tuple[float, float, str]] = []
        for start, end, code in sorted(row_of_all):
            open_now = [one for one in open_now if one[1] > start]
            for _, other_end, other in open_now:
                pair = (code, other) if code < other else (other, code)
                both[pair] += min(end, other_end) - start
            open_now.append((start, end, code))
    return {pair: width / min(size[pair[0]], size[pair[1]]) for pair, width in both.items()}


def gridded(units: Mapping[str, Sequence[Line]]) -> dict[str, tuple[Line, ...]]:
    """Return the units redrawn on one grid, so that neighbours share every point of their border.

    Where two overlap, the one with the lower code has the cell; narrow gaps and holes are closed.
    """
    width, height = _CELL
    xs = [x for rings in units.values() for ring in rings for x, _ in ring]
    ys = [y for rings in units.values() for ring in rings for _, y in ring]
    # The margin keeps a row from meeting the next one over a gap.
    west, south = min(xs) // width - _GAP, min(ys) // height - _GAP
    columns, rows = max(xs) // width - west + _GAP, max(ys) // height - south + _GAP
    codes = sorted(units)
    cells = array("H", bytes(2 * columns * rows))
    for number, code in reversed(list(enumerate(codes, start=1))):
        for row, found in spans(units[code], height=height).items():
            at = (row - south) * columns - west
            for start, end in found:
                # A cell belongs to a stretch that covers its middle.
                first, last = ceil(start / width - 0.5), ceil(end / width - 0.5)
                cells[at + first : at + last] = array("H", [number]) * (last - first)
    _close(cells, 1)
    _close(cells, columns)
    _fill(cells, columns)
    traced = _traced(cells, columns)
    return {
        code: tuple(
            tuple(((x + west) * width, (y + south) * height) for x, y in ring)
            for ring in traced.get(number, ())
        )
        for number, code in enumerate(codes, start=1)
    }


def _close(cells: "array[int]", step: int) -> None:
    """Give the few empty cells between two filled ones, in steps one way, to the first of them."""
    for at in range(len(cells) - (_GAP + 1) * step):
        here = cells[at]
        if not here or cells[at + step]:
            continue
        far = next((far for far in range(2, _GAP + 2) if cells[at + far * step]), 0)
        for gap in range(1, far):
            cells[at + gap * step] = here


def _fill(cells: "array[int]", columns: int) -> None:
    """Give every empty cell that has no way to the edge of the grid to a unit beside it."""
    outside = bytearray(len(cells))
    outside[0] = 1
    todo = [0]
    while todo:
        at = todo.pop()
        for step in (at - 1, at + 1, at - columns, at + columns):
            if 0 <= step < len(cells) and not cells[step] and not outside[step]:
                outside[step] = 1
                todo.append(step)
    holes = [at for at, number in enumerate(cells) if not number and not outside[at]]
    while holes:
        fresh = {}
        for at in holes:
            if near := _beside(cells, at, columns):
                fresh[at] = max(sorted(set(near)), key=near.count)
        for at, number in fresh.items():
            cells[at] = number
        holes = [at for at in holes if at not in fresh]


def _beside(cells: "array[int]", at: int, columns: int) -> list[int]:
    rows = (at - columns, at, at + columns)
    return [number for row in rows for number in cells[row - 1 : row + 2] if number]


def _traced(cells: "array[int]", columns: int) -> dict[int, list[Line]]:
    """Return the rings around each number, along the edges of its cells, closed."""
    edges: dict[int, dict[Point, list[Point]]] = defaultdict(lambda: defaultdict(list))
    for at in range(columns, len(cells)):
        here, west, south = cells[at], cells[at - 1], cells[at - columns]
        if here == west == south:
            continue
        y, x = divmod(at, columns)
        if here != west:  # each number has its cell on the left of its edges
            edges[here][x, y + 1].append((x, y))
            edges[west][x, y].append((x, y + 1))
        if here != south:
            edges[here][x, y].append((x + 1, y))
            edges[south][x + 1, y].append((x, y))
    edges.pop(0, None)
    return {number: _rings(steps) for number, steps in edges.items()}


def _rings(steps: dict[Point, list[Point]]) -> list[Line]:
    found = []
    for start in list(steps):
        while steps.get(start):
            ring = [start]
            while steps.get(ring[-1]):
                ring.append(steps[ring[-1]].pop())
            found.append(tuple(ring))
    return found
