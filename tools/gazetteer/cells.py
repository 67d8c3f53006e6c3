"""Cells of the raions: the land that lies nearest to their settlements, clipped to the oblast."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import shapely
import shapely.affinity

from gazetteer.shapes import Rings
from vidomo.gazetteer.shapes import Origin, Shapes
from vidomo.gazetteer.shapes_arcs import SCALE, arcs_of

_SQUEEZE = 0.66  # cosine of 48.5 degrees: a degree of longitude in degrees of latitude
_GRID = 0.001  # degrees; the grid of the shapes of the oblasts
_TOLERANCE = 0.012  # degrees, about 1.3 km: well below what the cells themselves are off by
_SPECK = 0.01  # square degrees, about 80 square kilometres
_BEYOND = 1.0  # degrees that the cells reach beyond the oblast before they are clipped

Point = tuple[float, float]
Geometry = shapely.Geometry


def area_of(rings: Rings) -> Geometry:
    """Return the area that rings enclose, holes taken out."""
    area = shapely.Polygon()
    for ring in rings:
        area = area.symmetric_difference(shapely.make_valid(shapely.Polygon(ring)))
    return area


def cells(oblasts: Mapping[str, Rings], points: Iterable[tuple[str, str, Point]]) -> Shapes:
    """Return the cells of all raions, and the oblasts that have none as they are.

    Args:
        oblasts: Rings (longitude, latitude) of the first-level units.
        points: Oblast, raion, and longitude and latitude of each settlement that has any.
    """
    spots: dict[str, dict[Point, str]] = defaultdict(dict)
    for oblast, raion, point in points:
        spots[oblast].setdefault(point, raion)
    areas: dict[str, Geometry] = {}
    for oblast, rings in sorted(oblasts.items()):
        area = area_of(rings)
        areas |= _divided(area, spots[oblast]) if spots[oblast] else {oblast: area}
    covered = _coverage(areas)
    codes = sorted(covered)
    simple = shapely.coverage_simplify([covered[code] for code in codes], _TOLERANCE)
    return Shapes(
        Origin(
            source="Vidomo",
            licence="CC BY 4.0 (GeoNames); Natural Earth",
            is_approximate=True,
        ),
        arcs_of({code: _rings(area) for code, area in zip(codes, simple, strict=True)}),
    )


def _divided(area: Geometry, spots: Mapping[Point, str]) -> dict[str, Geometry]:
    """Return the parts of an oblast by the raion of the nearest settlement (Voronoi cells)."""
    flat = shapely.MultiPoint([(x * _SQUEEZE, y) for x, y in spots])
    reach = shapely.affinity.scale(area.envelope.buffer(_BEYOND), _SQUEEZE, 1, origin=(0, 0))
    found = shapely.voronoi_polygons(flat, extend_to=reach, ordered=True)
    parts: dict[str, list[Geometry]] = defaultdict(list)
    for cell, raion in zip(found.geoms, spots.values(), strict=True):
        parts[raion].append(shapely.affinity.scale(cell, 1 / _SQUEEZE, 1, origin=(0, 0)))
    return {code: shapely.union_all(some).intersection(area) for code, some in parts.items()}


def _coverage(areas: Mapping[str, Geometry]) -> dict[str, Geometry]:
    """Return the areas with shared borders: each face of all their lines goes to one of them.

    Faces too small to see, and the gaps between oblasts that were simplified apart, go to the
    neighbour with which they share the longest border.
    """
    snapped = {code: shapely.set_precision(area, _GRID) for code, area in areas.items()}
    lines = shapely.union_all([area.boundary for area in snapped.values()], grid_size=_GRID)
    faces = list(shapely.polygonize([lines]).geoms)
    codes = list(snapped)
    owners = shapely.STRtree(list(snapped.values()))
    owner_of: dict[int, str] = {}
    for number, face in enumerate(faces):
        inside = owners.query(face.representative_point(), predicate="intersects")
        if len(inside) and face.area >= _SPECK:
            owner_of[number] = codes[min(inside)]
    large = sorted(owner_of)
    beside = shapely.STRtree([faces[number] for number in large])
    for number, face in enumerate(faces):
        if number in owner_of or face.area >= _SPECK:
            continue
        near = [large[at] for at in beside.query(face, predicate="touches")]
        shared = {one: face.boundary.intersection(faces[one].boundary).length for one in near}
        if shared:
            owner_of[number] = owner_of[max(shared, key=lambda one: (shared[one], -one))]
    given: dict[str, list[Geometry]] = defaultdict(list)
    for number, code in owner_of.items():
        given[code].append(faces[number])
    return {code: shapely.union_all(some) for code, some in given.items()}


def _rings(area: Geometry) -> list[list[tuple[int, int]]]:
    parts = area.geoms if area.geom_type == "MultiPolygon" else [area]
    lines = [line for part in parts for line in (part.exterior, *part.interiors)]
    return [[(round(x * SCALE), round(y * SCALE)) for x, y in line.coords] for line in lines]
