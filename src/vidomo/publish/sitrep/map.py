"""The map of a report: the raions of one oblast, coloured and patterned by what is said of them."""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from vidomo.gazetteer.shapes import Shapes
from vidomo.gazetteer.shapes_arcs import SCALE, Arcs, Line
from vidomo.publish.map import border_note
from vidomo.publish.page.urgency import ORDER, Tone
from vidomo.publish.sitrep.drawing import STRONG, TINT, patterns, picture, text
from vidomo.publish.sitrep.model import Picture
from vidomo.publish.sitrep.telling import Telling

WIDTH, HEIGHT, _EDGE = 520, 380, 14
_OBLAST = 4
"""Characters of a code that name the oblast (KATOTTG)."""
_COARSE = 40_000.0  # square ten-thousandths of a degree: cells are rougher than that


def area_map(
    tones: Mapping[str, Tone],
    *,
    code: str,
    shapes: Shapes,
    telling: Telling,
) -> Picture | None:
    """Return the map of the oblast of a place; None where it has no shape, as the whole country.

    Args:
        tones: Code of a raion, or of a city with a shape of its own, to what is drawn of it.
        code: The place of the report; the unit that it lies in has a thick line.
        shapes: Borders.
        telling: Names and words.
    """
    drawn = tuple(one for one in shapes.codes if one[:_OBLAST] == code[:_OBLAST])
    if not drawn or len(code) <= _OBLAST:
        return None
    project = _projection(shapes, drawn)
    own = next((one for one in drawn if telling.atlas.within(code, one)), "")
    parts = [patterns("g")]
    for one in drawn:
        tone = tones.get(one, Tone.UNKNOWN)
        path = _path(shapes, one, project)
        base = "url(#g-unknown)" if tone is Tone.UNKNOWN else TINT[tone]
        parts.append(f'<path d="{path}" fill="{base}" stroke="#5a5f66" stroke-width=".8"/>')
        if tone is not Tone.UNKNOWN:
            parts.append(f'<path d="{path}" fill="url(#g-{tone})" fill-opacity=".55"/>')
    if own:
        path = _path(shapes, own, project)
        parts.append(f'<path d="{path}" fill="none" stroke="#111" stroke-width="2.4"/>')
    parts += [_name(shapes, one, project, telling) for one in drawn]
    alt = _alt(tones, drawn, telling=telling, code=code)
    borders = telling.fixed("borders", text=border_note(shapes.origin, lang=telling.lang))
    is_internal = telling.material.is_internal
    note = telling.fixed("map_internal" if is_internal else "map_public")
    return Picture(
        name="map",
        svg=picture(WIDTH, HEIGHT, "".join(parts), label=alt),
        alt=alt,
        width=WIDTH,
        height=HEIGHT,
        key=tuple((STRONG[tone], telling.own(f"tone.{tone}")) for tone in ORDER),
        notes=(note, borders),
    )


def _alt(tones: Mapping[str, Tone], drawn: Iterable[str], *, telling: Telling, code: str) -> str:
    own = telling.own
    oblast = telling.atlas.get(code)
    name = telling.place(oblast.oblast or code) if oblast is not None else code
    told = {one: tones.get(one, Tone.UNKNOWN) for one in drawn}
    said = []
    if not telling.material.is_internal and Tone.UNKNOWN not in told.values():
        # Supply is told of the oblast: that gives no raion news of its own.
        shared = max(told.values(), key=ORDER.index)
        said.append(own("map.shared", place=name, tone=own(f"tone.{shared}")))
        told = {one: tone for one, tone in told.items() if tone is not shared}
    said += [
        f"{telling.place(one)}: {own(f'tone.{tone}')}"
        for one, tone in told.items()
        if tone is not Tone.UNKNOWN
    ]
    rest = own("map.rest" if said else "map.none")
    if not telling.material.is_internal:
        rest = own("map.rest_public")
    return " ".join([own("map.alt", place=name), *(f"{one}." for one in said), rest])


class _Projection:
    """Degrees to map units, so that one oblast fills the picture."""

    def __init__(self, lines: Iterable[Line]) -> None:
        points = [point for line in lines for point in line]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        self._squeeze = math.cos(math.radians((south + north) / 2 / SCALE))
        wide, high = max(1.0, (east - west) * self._squeeze), max(1.0, float(north - south))
        self._scale = min((WIDTH - 2 * _EDGE) / wide, (HEIGHT - 2 * _EDGE) / high)
        self._west, self._north = west, north
        self._x = (WIDTH - wide * self._scale) / 2
        self._y = (HEIGHT - high * self._scale) / 2

    def __call__(self, point: tuple[int, int]) -> tuple[float, float]:
        """Return where a point is drawn."""
        lon, lat = point
        return (
            self._x + (lon - self._west) * self._squeeze * self._scale,
            self._y + (self._north - lat) * self._scale,
        )


@lru_cache(maxsize=4)
def _coarse(shapes: Shapes) -> Arcs:
    return shapes.arcs.simplified(_COARSE)


def _rings(shapes: Shapes, code: str) -> tuple[Line, ...]:
    return _coarse(shapes).rings(code)


def _projection(shapes: Shapes, drawn: tuple[str, ...]) -> _Projection:
    return _Projection(ring for one in drawn for ring in _rings(shapes, one))


def _path(shapes: Shapes, code: str, project: _Projection) -> str:
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(project, ring)) + "z"
        for ring in _rings(shapes, code)
        if len(ring) > 2  # noqa: PLR2004 - no area
    )


def _name(shapes: Shapes, code: str, project: _Projection, telling: Telling) -> str:
    """Return the name of a unit in the middle of its largest ring, on a light ground."""
    ring = max(_rings(shapes, code), key=len)
    x, y = _middle([project(point) for point in ring])
    words = telling.place(code).removesuffix(telling.own("map.raion"))
    width = len(words) * 6.2 + 6
    ground = (
        f'<rect x="{x - width / 2:.1f}" y="{y - 9:.1f}" width="{width:.1f}" height="14" '
        'fill="#fff" fill-opacity=".85"/>'
    )
    return ground + text(x, y + 2, words, size=11, anchor="middle")


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the centroid of a ring (the shoelace formula); its first point for one of no area."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise([*points, points[0]]):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return (x / (3 * area), y / (3 * area)) if area else points[0]
