"""The small map of the oblasts: coloured and patterned, the same in words beside it."""

import math

import msgspec

from vidomo.disclosure.model import PublicView
from vidomo.publish.atlas import Atlas, Ring
from vidomo.publish.page.urgency import Tone, most_urgent, tone_of, with_news

_WEST, _NORTH = 22.1, 52.45
_SQUEEZE = math.cos(math.radians(48.5))
_SCALE = 32.0
"""Map units per degree of latitude: coarse enough that the whole map weighs about 3 kB."""
WIDTH, HEIGHT = 391, 264


class Region(msgspec.Struct, frozen=True, kw_only=True):
    """One oblast on the map.

    Attributes:
        path: SVG path in map units.
        tone: The most urgent thing said of it or of a place in it; never a place itself.
    """

    code: str
    name: str
    path: str
    tone: Tone


_PATHS: dict[tuple[str, str], str] = {}


def regions(view: PublicView, *, atlas: Atlas, lang: str) -> tuple[Region, ...]:
    """Return the oblasts with what is said in them, by name."""
    tones: dict[str, list[Tone]] = {}
    for place in with_news(view):
        unit = atlas.get(place.place)
        if unit is None or unit.oblast is None:
            continue
        tones.setdefault(unit.oblast, []).extend(tone_of(item) for item in place.dimensions)
        tones[unit.oblast].append(Tone.INFO)
    found = [
        Region(
            code=unit.code,
            name=atlas.label(unit.code, lang=lang),
            path=_path(atlas, unit.code),
            tone=most_urgent(tones.get(unit.code, ())),
        )
        for unit in atlas.oblasts()
    ]
    return tuple(sorted(found, key=lambda region: region.name))


def _path(atlas: Atlas, code: str) -> str:
    key = (atlas.version, code)
    if key not in _PATHS:
        _PATHS[key] = "".join(_ring_path(ring) for ring in atlas.shape(code) or ())
    return _PATHS[key]


def _ring_path(ring: Ring) -> str:
    """Return one ring on the grid; shared borders snap to the same points and stay shared."""
    points: list[tuple[int, int]] = []
    for lon, lat in ring:
        point = (round((lon - _WEST) * _SQUEEZE * _SCALE), round((_NORTH - lat) * _SCALE))
        if len(points) > 1 and _is_between(points[-2], points[-1], point):
            points.pop()
        if not points or points[-1] != point:
            points.append(point)
    if points and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:  # noqa: PLR2004 - fewer points have no area
        return ""
    (x, y), rest = points[0], points[1:]
    steps = []
    for next_x, next_y in rest:
        steps.append(f"{next_x - x} {next_y - y}".replace(" -", "-"))
        x, y = next_x, next_y
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps).replace(' -', '-')}z"


def _is_between(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    """Whether b lies on the straight way from a to c."""
    cross = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])
    return cross == 0 and ahead >= 0
