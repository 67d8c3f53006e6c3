"""GeoJSON from anywhere, taken for hostile: features with sound rings, and what was wrong."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from vidomo.core.problems import Problem
from vidomo.gazetteer.shapes_arcs import SCALE, Line

LARGEST = 64 * 1024 * 1024
"""Bytes of a file; the finest raion borders that we know of take 25 MB."""
_MOST_FEATURES = 20_000
_MOST_POINTS = 2_000_000
_LONGEST_VALUE = 200  # characters of a property that are looked at
_SYSTEMS = re.compile(r"(CRS:?84|EPSG:{1,2}4326|WGS ?84)$", re.IGNORECASE)
_BOX = (20.0, 42.0, 42.0, 55.0)  # degrees: west, south, east, north of the country, and a margin
_RING = 3
_LEAST_STEPS, _STEPS = 200_000, 200
"""Comparisons of edges that a ring may cost, in all and for each; real borders need about ten."""
_REPROJECT = "save it in WGS 84 longitude and latitude: ogr2ogr -t_srs EPSG:4326 new.geojson FILE"


_LOOP = 0.01  # share of the ring up to which a loop is a speck that is cut off
_MOST_LOOPS = 50


class Feature(msgspec.Struct, frozen=True, kw_only=True):
    """One shape of a file.

    Attributes:
        where: How a person finds it in the file.
        properties: Its texts by key.
        rings: Closed rings of all its polygons.
        mended: How many small loops were cut off.
    """

    where: str
    properties: dict[str, str]
    rings: tuple[Line, ...]
    mended: int = 0


class _Geometry(msgspec.Struct, frozen=True):
    type: str = ""
    coordinates: msgspec.Raw = msgspec.Raw(b"[]")


class _Feature(msgspec.Struct, frozen=True):
    properties: dict[str, object] | None = None
    geometry: _Geometry | None = None


class _Named(msgspec.Struct, frozen=True):
    name: str = ""


class _System(msgspec.Struct, frozen=True):
    properties: _Named = _Named()


class _File(msgspec.Struct):
    type: str = ""
    features: list[_Feature] = []
    crs: _System | None = None
    properties: dict[str, object] | None = None
    geometry: _Geometry | None = None


_Position = list[float]
_Place = tuple[float, float]


class _Bad(Exception):
    """A feature that cannot be taken.

    Attributes:
        code: As of a problem.
        found: What was found.
        hint: What to do.
    """

    def __init__(self, code: str, found: str, hint: str) -> None:
        super().__init__(found)
        self.code, self.found, self.hint = code, found, hint


def read_features(body: bytes) -> tuple[tuple[Feature, ...], tuple[Problem, ...]]:
    """Return the features of a GeoJSON file whose rings are sound, and what is wrong with the rest.

    A file that cannot be read at all gives one problem and no feature.
    """
    try:
        file = _opened(body)
    except _Bad as bad:
        return (), (Problem(code=bad.code, found=bad.found, hint=bad.hint),)
    features: list[Feature] = []
    problems: list[Problem] = []
    left = _MOST_POINTS
    for number, item in enumerate(file.features, start=1):
        texts = _texts(item.properties or {})
        where = f"feature {number}{_called(texts)}"
        try:
            rings, mended = _rings(item.geometry, most=left)
        except _Bad as bad:
            problems.append(Problem(code=bad.code, found=bad.found, hint=bad.hint, where=where))
            continue
        left -= sum(map(len, rings))
        features.append(Feature(where=where, properties=texts, rings=rings, mended=mended))
    return tuple(features), tuple(problems)


def _opened(body: bytes) -> _File:
    if len(body) > LARGEST:
        raise _Bad(
            "too_large",
            f"{len(body):,} bytes; at most {LARGEST:,}",
            "simplify it: ogr2ogr -simplify 0.001 new.geojson FILE",
        )
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Bad(
            "not_utf8", f"byte {error.start} is not UTF-8", "save the file as UTF-8"
        ) from error
    try:
        file = msgspec.json.decode(text, type=_File)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _Bad(
            "not_geojson",
            f"this is no GeoJSON: {str(error)[:_LONGEST_VALUE]}",
            "give a FeatureCollection of polygons (RFC 7946); NaN is not JSON",
        ) from error
    if file.type == "Feature":
        file.features = [_Feature(file.properties, file.geometry)]
    elif file.type != "FeatureCollection":
        raise _Bad(
            "wrong_type",
            f"the type is {file.type[:_LONGEST_VALUE]!r}",
            "give a FeatureCollection of polygons (RFC 7946)",
        )
    if len(file.features) > _MOST_FEATURES:
        raise _Bad(
            "too_many_features",
            f"{len(file.features):,} features; at most {_MOST_FEATURES:,}",
            "give the raions only",
        )
    named = file.crs.properties.name if file.crs else ""
    if named and not _SYSTEMS.search(named):
        raise _Bad("wrong_crs", f"coordinates are in {named[:_LONGEST_VALUE]!r}", _REPROJECT)
    return file


def _texts(properties: dict[str, object]) -> dict[str, str]:
    return {
        key[:_LONGEST_VALUE]: value[:_LONGEST_VALUE]
        for key, value in properties.items()
        if isinstance(value, str) and value.strip()
    }


def _called(texts: dict[str, str]) -> str:
    name = next((value for key, value in texts.items() if "name" in key.lower()), "")
    return f" ({name})" if name else ""


def _rings(geometry: _Geometry | None, *, most: int) -> tuple[tuple[Line, ...], int]:
    """Return the sound rings of a geometry, and how many small loops were cut off them."""
    kind = geometry.type if geometry else ""
    try:
        if geometry and kind == "Polygon":
            shapes = [msgspec.json.decode(geometry.coordinates, type=list[list[_Position]])]
        elif geometry and kind == "MultiPolygon":
            shapes = msgspec.json.decode(geometry.coordinates, type=list[list[list[_Position]]])
        else:
            raise _Bad(
                "not_a_polygon",
                f"the geometry is {kind[:_LONGEST_VALUE] or 'missing'!r}",
                "only Polygon and MultiPolygon have an area",
            )
    except (msgspec.DecodeError, RecursionError) as error:
        raise _Bad(
            "broken_geometry",
            f"the coordinates cannot be read: {str(error)[:_LONGEST_VALUE]}",
            "export the feature anew",
        ) from error
    if sum(len(ring) for polygon in shapes for ring in polygon) > most:
        raise _Bad(
            "too_many_points",
            f"more than {_MOST_POINTS:,} points up to here",
            "simplify it: ogr2ogr -simplify 0.001 new.geojson FILE",
        )
    found = [_ring(ring) for polygon in shapes for ring in polygon]
    sound = tuple(ring for ring, _ in found if len(ring) > _RING)
    if not sound:
        raise _Bad("no_area", "no ring has an area", "export the feature anew")
    return sound, sum(mended for _, mended in found)


def _ring(positions: Sequence[_Position]) -> tuple[Line, int]:
    _check_places(positions)
    points = [(position[0], position[1]) for position in positions]
    if points and points[0] != points[-1]:
        points.append(points[0])
    mended = 0
    while crossing := _crossing(points):
        points = _without_loop(points, *crossing)
        mended += 1
        if mended > _MOST_LOOPS:
            raise _crosses(points[0])
    grid = [(round(x * SCALE), round(y * SCALE)) for x, y in points]
    ring = tuple(point for at, point in enumerate(grid) if at == 0 or point != grid[at - 1])
    return ring, mended


def _without_loop(points: list[_Place], first: int, second: int) -> list[_Place]:
    """Return a ring without the loop between two edges that cross, where it is a small one.

    Borders that were simplified one by one cross themselves in specks; a ring that crosses
    itself in earnest encloses nobody knows what.
    """
    (ax, ay), (bx, by), c, d = points[first], points[first + 1], points[second], points[second + 1]
    share = _side(c, d, (ax, ay)) / (_side(c, d, (ax, ay)) - _side(c, d, (bx, by)))
    meeting = (ax + share * (bx - ax), ay + share * (by - ay))
    loop = [meeting, *points[first + 1 : second + 1], meeting]
    rest = [*points[: first + 1], meeting, *points[second + 1 :]]
    small, large = sorted((loop, rest), key=_size)
    if _size(small) > _LOOP * _size(large):
        raise _crosses(meeting)
    return large


def _crosses(place: _Place) -> _Bad:
    return _Bad(
        "crosses_itself",
        f"the border crosses itself near {place[0]:.2f}, {place[1]:.2f}",
        "repair it: ogr2ogr -makevalid new.geojson FILE",
    )


def _size(ring: list[_Place]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)))


def _check_places(positions: Sequence[_Position]) -> None:
    west, south, east, north = _BOX
    for position in positions:
        if len(position) < 2 or not all(map(math.isfinite, position)):  # noqa: PLR2004 - a pair
            raise _Bad("no_number", f"{position!r} is no position", "export the feature anew")
        x, y = position[:2]
        if west <= x <= east and south <= y <= north:
            continue
        if west <= y <= east and south <= x <= north:
            raise _Bad(
                "latitude_first",
                f"{x:g}, {y:g} has the latitude first",
                "GeoJSON has longitude first (RFC 7946, 3.1.1): swap them",
            )
        if abs(x) > 180 or abs(y) > 90:  # noqa: PLR2004 - degrees of the globe
            raise _Bad("wrong_crs", f"{x:g}, {y:g} are no degrees", _REPROJECT)
        raise _Bad("elsewhere", f"{x:g}, {y:g} lies far outside Ukraine", "give Ukraine only")


def _crossing(points: Sequence[_Place]) -> tuple[int, int] | None:
    """Return two edges of a closed ring that cross, the earlier first; touching is no crossing."""
    edges = list(pairwise(points))
    if len(edges) < _RING:
        return None
    cell = _cell_size(points, len(edges))
    buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
    left = _LEAST_STEPS + _STEPS * len(edges)
    for number, (a, b) in enumerate(edges):
        for key in _cells(a, b, cell):
            near = buckets[key]
            left -= 1 + len(near)
            if left < 0:
                raise _Bad(
                    "too_tangled", "the border runs to and fro too much", "export the feature anew"
                )
            for other in near:
                if _cross(a, b, *edges[other]):
                    return other, number
            near.append(number)
    return None


def _cell_size(points: Sequence[_Place], edges: int) -> float:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    reach = max(max(xs) - min(xs), max(ys) - min(ys))
    return max(reach / math.sqrt(edges), 1e-9)


def _cells(a: _Place, b: _Place, size: float) -> Iterator[tuple[int, int]]:
    """Yield every cell that the box of an edge touches; edges are short against the ring."""
    x0, x1 = sorted((a[0] // size, b[0] // size))
    y0, y1 = sorted((a[1] // size, b[1] // size))
    for x in range(int(x0), int(x1) + 1):
        for y in range(int(y0), int(y1) + 1):
            yield x, y


def _cross(a: _Place, b: _Place, c: _Place, d: _Place) -> bool:
    return (_side(a, b, c) * _side(a, b, d) < 0) and (_side(c, d, a) * _side(c, d, b) < 0)


def _side(a: _Place, b: _Place, c: _Place) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
