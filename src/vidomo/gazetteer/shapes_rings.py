"""Rings of points: their area, what lies inside, and which of them are holes in others."""

from collections.abc import Sequence
from itertools import pairwise

from vidomo.gazetteer.shapes_arcs import Line


def signed_area(ring: Line) -> float:
    """Return the area of a closed ring in square units of a point; positive when it runs left."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def holds(ring: Line, x: float, y: float) -> bool:
    """Return whether a closed ring has a point inside (even-odd rule)."""
    inside = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
    return inside


def polygons(rings: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """Return closed rings as polygons: an outer ring, run left, then its holes, run right.

    A ring inside an odd number of others is a hole of the smallest of them (RFC 7946, 3.1.6, has
    the directions).
    """
    around = [
        [other for other in range(len(rings)) if other != at and holds(rings[other], *_edge(ring))]
        for at, ring in enumerate(rings)
    ]
    found: dict[int, list[Line]] = {
        at: [_run(ring, left=True)] for at, ring in enumerate(rings) if len(around[at]) % 2 == 0
    }
    for at, ring in enumerate(rings):
        if len(around[at]) % 2:
            owner = min(
                (other for other in around[at] if other in found),
                key=lambda other: abs(signed_area(rings[other])),
            )
            found[owner].append(_run(ring, left=False))
    return tuple(tuple(some) for some in found.values())


def _edge(ring: Line) -> tuple[float, float]:
    """Return the middle of the first edge: rings of one unit may touch in corners, not along."""
    return (ring[0][0] + ring[1][0]) / 2, (ring[0][1] + ring[1][1]) / 2


def _run(ring: Line, *, left: bool) -> Line:
    return ring if (signed_area(ring) > 0) is left else ring[::-1]
