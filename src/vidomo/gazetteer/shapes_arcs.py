"""Borders of neighbouring units, each stored once, so that they stay shared when simplified."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

Point = tuple[int, int]
"""Longitude and latitude in ten-thousandths of a degree (about ten metres)."""
Line = tuple[Point, ...]
SCALE = 10_000
"""Units of a point per degree."""
_RING = 3  # points below which a ring has no area


class Arcs(msgspec.Struct, frozen=True):
    """Borders of units.

    Attributes:
        lines: Each stretch of border once; a closed one ends where it starts.
        units: Rings of each unit as numbers of lines, in the order in which they are walked; a
            line that is walked from its end has the number ``~n``.
    """

    lines: tuple[Line, ...]
    units: Mapping[str, tuple[tuple[int, ...], ...]]

    def ring(self, numbers: Sequence[int]) -> Line:
        """Return the points of one ring, closed: the last one is the first."""
        points: list[Point] = []
        for number in numbers:
            line = self.lines[number] if number >= 0 else self.lines[~number][::-1]
            points += line[1:] if points else line
        return tuple(points)

    def rings(self, code: str) -> tuple[Line, ...]:
        """Return the closed rings of a unit that have an area; none for an unknown unit."""
        found = (self.ring(numbers) for numbers in self.units.get(code, ()))
        return tuple(ring for ring in found if len(ring) > _RING)

    def outline(self, codes: Iterable[str]) -> tuple[Line, ...]:
        """Return the closed rings around several units taken together, for an even-odd fill."""
        odd: set[int] = set()
        for code in codes:
            for numbers in self.units.get(code, ()):
                for number in numbers:
                    odd ^= {number if number >= 0 else ~number}
        return tuple(ring for ring in _joined(self.lines, odd) if len(ring) > _RING)

    def borders(self, group: Callable[[str], object]) -> tuple[Line, ...]:
        """Return the lines that part two groups of units, joined where they meet; no outer borders.

        Args:
            group: What a unit belongs to; a line is a border when its two sides differ.
        """
        sides: dict[int, list[object]] = defaultdict(list)
        for code, rings in self.units.items():
            belongs = group(code)
            for numbers in rings:
                for number in numbers:
                    sides[number if number >= 0 else ~number].append(belongs)
        chosen = {
            number
            for number, found in sides.items()
            if len(found) > 1 and any(one != found[0] for one in found)
        }
        return tuple(_joined(self.lines, chosen))

    def simplified(self, area: float) -> "Arcs":
        """Return the same borders with fewer points.

        A point goes when the triangle with its neighbours is smaller than ``area``, in square
        units of a point (Visvalingam and Whyatt 1993). Ends of lines stay, so neighbours stay
        neighbours. A ring of one or two lines keeps enough points to have an area.
        """
        few = {
            number if number >= 0 else ~number
            for rings in self.units.values()
            for numbers in rings
            if len(numbers) <= 2  # noqa: PLR2004 - one line or two
            for number in numbers
        }
        return Arcs(
            tuple(
                _thinned(line, area=area, keep=4 if number in few else 2)
                for number, line in enumerate(self.lines)
            ),
            self.units,
        )


def arcs_of(units: Mapping[str, Sequence[Sequence[Point]]]) -> Arcs:
    """Return the borders of units given as rings; points that are the same in two are shared.

    Args:
        units: Rings of each unit, closed or not; rings without an area are left out.
    """
    rings = {
        code: [ring for one in found if len(ring := _open(one)) >= _RING]
        for code, found in units.items()
    }
    nodes = _nodes(ring for found in rings.values() for ring in found)
    lines: dict[Line, int] = {}
    made: dict[str, tuple[tuple[int, ...], ...]] = {}
    for code, found in rings.items():
        made[code] = tuple(
            tuple(_number(line, lines) for line in _cut(ring, nodes)) for ring in found
        )
    return Arcs(tuple(lines), made)


def _open(ring: Sequence[Point]) -> list[Point]:
    """Return a ring without repeated points and without the closing one."""
    points = [point for at, point in enumerate(ring) if at == 0 or point != ring[at - 1]]
    while len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def _nodes(rings: Iterable[Sequence[Point]]) -> set[Point]:
    """Return the points where borders of different neighbours meet."""
    beside: dict[Point, tuple[Point, Point]] = {}
    nodes: set[Point] = set()
    for ring in rings:
        for at, point in enumerate(ring):
            before, after = ring[at - 1], ring[(at + 1) % len(ring)]
            pair = (before, after) if before <= after else (after, before)
            if beside.setdefault(point, pair) != pair:
                nodes.add(point)
    return nodes


def _cut(ring: Sequence[Point], nodes: set[Point]) -> Iterator[Line]:
    """Yield the stretches of a ring between nodes; all of it, closed, when there are none."""
    cuts = [at for at, point in enumerate(ring) if point in nodes]
    if not cuts:
        # Two units that share a whole ring must both start it at the same point.
        cuts = [min(range(len(ring)), key=ring.__getitem__)]
    turned = [*ring[cuts[0] :], *ring[: cuts[0]], ring[cuts[0]]]
    marks = [*(at - cuts[0] for at in cuts), len(ring)]
    for start, end in pairwise(marks):
        yield tuple(turned[start : end + 1])


def _number(line: Line, lines: dict[Line, int]) -> int:
    if (known := lines.get(line)) is not None:
        return known
    if (known := lines.get(line[::-1])) is not None:
        return ~known
    return lines.setdefault(line, len(lines))


def _joined(lines: Sequence[Line], chosen: Iterable[int]) -> Iterator[Line]:
    """Yield lines walked one after another as far as they meet; each is walked once."""
    left = dict.fromkeys(sorted(chosen))
    ends: dict[Point, list[int]] = defaultdict(list)
    for number in left:
        ends[lines[number][0]].append(number)
        ends[lines[number][-1]].append(number)
    # Open walks start where an odd number of lines meets, so that few walks are needed.
    starts = [point for point, found in ends.items() if len(found) % 2]
    for start in (*starts, *ends):
        while path := _walk(start, lines, left, ends):
            yield path


def _walk(
    start: Point, lines: Sequence[Line], left: dict[int, None], ends: dict[Point, list[int]]
) -> Line:
    path: list[Point] = []
    here = start
    while (number := next((one for one in ends[here] if one in left), None)) is not None:
        del left[number]
        line = lines[number]
        line = line if line[0] == here else line[::-1]
        path += line[1:] if path else line
        here = path[-1]
        if here == start:
            break
    return tuple(path)


def _thinned(line: Line, *, area: float, keep: int) -> Line:
    before = list(range(-1, len(line) - 1))
    after = list(range(1, len(line) + 1))
    heap = [(_triangle(line[at - 1], line[at], line[at + 1]), at) for at in range(1, len(line) - 1)]
    heapq.heapify(heap)
    size = {at: weight for weight, at in heap}
    left = len(line)
    while heap and left > keep:
        weight, at = heapq.heappop(heap)
        if size.get(at) != weight:
            continue  # taken out, or weighed anew since
        if weight >= area:
            break
        del size[at]
        left -= 1
        one, other = before[at], after[at]
        after[one], before[other] = other, one
        for near in (one, other):
            if near in size:
                fresh = max(weight, _triangle(line[before[near]], line[near], line[after[near]]))
                size[near] = fresh
                heapq.heappush(heap, (fresh, near))
    kept = [0, *sorted(size), len(line) - 1] if len(line) > 1 else [0]
    return tuple(line[at] for at in kept)


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])) / 2
