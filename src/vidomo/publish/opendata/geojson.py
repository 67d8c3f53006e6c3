"""States on a map: one feature for each unit, with its days."""

from collections.abc import Iterable

import msgspec

from vidomo.core.codec import to_json
from vidomo.disclosure.open_model import OpenState, OpenView
from vidomo.gazetteer.shapes import Shapes
from vidomo.gazetteer.shapes_arcs import SCALE, Line
from vidomo.gazetteer.shapes_rings import polygons
from vidomo.publish.atlas import Atlas
from vidomo.publish.opendata.units import unit_names

_SIMPLE = 10_000.0  # square units of a point, about a square kilometre


def as_geojson(view: OpenView, *, shapes: Shapes, atlas: Atlas) -> bytes:
    """Return the states of a view as GeoJSON (RFC 7946): outer rings run left, holes right.

    A unit without a drawing, such as the country, has the geometry null.
    """
    simple = Shapes(shapes.origin, shapes.arcs.simplified(_SIMPLE))
    rows: dict[str, list[OpenState]] = {}
    for row in view.states:
        rows.setdefault(row.place, []).append(row)
    return to_json(
        {
            "type": "FeatureCollection",
            "about": shapes.origin,
            "features": [
                _feature(code, rows[code], shapes=simple, atlas=atlas) for code in sorted(rows)
            ],
        }
    )


def _feature(
    code: str, rows: Iterable[OpenState], *, shapes: Shapes, atlas: Atlas
) -> dict[str, object]:
    days = [
        {
            "id": row.id,
            "day": row.day.isoformat(),
            "dimension": row.dimension,
            "phase": row.phase,
            "is_of_part": row.is_of_part,
        }
        for row in rows
    ]
    unit = atlas.get(code)
    return {
        "type": "Feature",
        "id": code,
        "geometry": _geometry(code, shapes),
        "properties": {
            "code": code,
            "level": unit.level.value if unit else "",
            "is_approximate": shapes.origin.is_approximate,
            "days": days,
            **msgspec.structs.asdict(unit_names(code, atlas=atlas)),
        },
    }


def _geometry(code: str, shapes: Shapes) -> dict[str, object] | None:
    inside = [one for one in shapes.codes if one == code or one[:4] == code[:4]]
    is_whole = code not in shapes.arcs.units
    rings = shapes.arcs.outline(inside) if is_whole else shapes.arcs.rings(code)
    found = polygons(rings)
    if not found:
        return None
    return {
        "type": "MultiPolygon",
        "coordinates": [[_degrees(ring) for ring in polygon] for polygon in found],
    }


def _degrees(ring: Line) -> list[tuple[float, float]]:
    return [(x / SCALE, y / SCALE) for x, y in ring]
