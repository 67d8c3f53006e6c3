"""The page of the map, and the files that its large form asks for; all from this server."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from vidomo.gazetteer.shapes import Shapes
from vidomo.gazetteer.shapes_arcs import SCALE, Line
from vidomo.gazetteer.shapes_rings import polygons
from vidomo.publish.atlas import Atlas
from vidomo.publish.map import MapState, country_map, map_words
from vidomo.publish.residents.frame import Leaf, render_leaf

ASSETS = ("map.js", "maplibre-gl.js", "maplibre-gl-worker.js", "LICENSES.txt")
"""Files under ``/map/`` beside the shapes."""
SHAPES = "raions.geojson"
_TEXTS = ("label", "zoom_in", "zoom_out", "whole", "close", "loading", "rich_hint", "rich_failed")
_NAMED = ("uk", "en", "ru")
_STEP = 0.45  # degrees; the seat of Kyiv oblast lies in Kyiv
_FINE = (
    10_000.0  # square units of a point, about a square kilometre: nothing that an eye would miss
)


def render_map(states: Mapping[str, MapState], *, shapes: Shapes, atlas: Atlas, frame: Leaf) -> str:
    """Return the page of the map as HTML; whole without scripts, larger with them.

    Args:
        states: Code of an oblast or a raion to what is said of it.
        shapes: Borders.
        atlas: Names.
        frame: How the page was asked for.
    """
    found = country_map(states, shapes=shapes, atlas=atlas, lang=frame.lang)
    tones = msgspec.json.encode(dict(sorted(found.tones.items()))).decode()
    words = map_words(frame.lang)
    texts = {key: words(f"map.{key}") for key in _TEXTS} | {"nothing": words("tone.unknown")}
    return render_leaf(
        "map.html.j2",
        frame=frame,
        map=found,
        tones=tones,
        texts=msgspec.json.encode(texts).decode(),
        m=words,
    )


def map_shapes(shapes: Shapes, atlas: Atlas) -> bytes:
    """Return the shapes and the names of public units as GeoJSON; what is said is not in it."""
    arcs = shapes.arcs.simplified(_FINE)
    features: list[dict[str, object]] = []
    for code in shapes.codes:
        names = {lang: atlas.label(code, lang=lang, full=True) for lang in _NAMED}
        rings = [[_degrees(ring) for ring in polygon] for polygon in polygons(arcs.rings(code))]
        features.append(
            _feature(
                {"kind": "unit", "code": code, **names},
                {"type": "MultiPolygon", "coordinates": rings},
            )
        )
    lines = [_degrees(line) for line in arcs.borders(lambda code: code[:4])]
    lines += [_degrees(line) for line in arcs.outline(shapes.codes)]
    features.append(
        _feature({"kind": "oblasts"}, {"type": "MultiLineString", "coordinates": lines})
    )
    features += _names(atlas)
    about = msgspec.to_builtins(shapes.origin)  # whoever takes the file along must know whose it is
    return msgspec.json.encode({"type": "FeatureCollection", "about": about, "features": features})


@cache
def map_asset(name: str) -> bytes:
    """Return a file of the large map.

    Raises:
        KeyError: There is no such file.
    """
    if name not in ASSETS:
        raise KeyError(name)
    return (files("vidomo.publish") / "map_assets" / name).read_bytes()


def _names(atlas: Atlas) -> list[dict[str, object]]:
    """Return where the name of each oblast is written: at its seat, a step lower for a second."""
    found: dict[tuple[float, float], dict[str, object]] = {}
    for unit in sorted(atlas.oblasts(), key=lambda unit: unit.category != "K"):
        if unit.lat is None or unit.lon is None:
            continue
        point = (round(unit.lon, 2), round(unit.lat, 2))
        if point in found:
            point = (point[0], round(point[1] - _STEP, 2))
        found[point] = _feature(
            {"kind": "name", "uk": unit.name, "en": unit.name_en, "ru": unit.name_ru},
            {"type": "Point", "coordinates": point},
        )
    return list(found.values())


def _feature(properties: Mapping[str, str], geometry: Mapping[str, object]) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _degrees(line: Line) -> list[tuple[float, float]]:
    return [(x / SCALE, y / SCALE) for x, y in line]
