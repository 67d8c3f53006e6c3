"""Where a message holds: codes of places, and the borders of their raions."""

from collections.abc import Sequence
from functools import lru_cache

from vidomo.core.errors import InputError
from vidomo.gazetteer import Gazetteer, Level
from vidomo.gazetteer.shapes import Shapes
from vidomo.gazetteer.shapes_arcs import SCALE, Line, arcs_of
from vidomo.publish.alerts.model import Area, NamedValue
from vidomo.publish.alerts.profile_area import ISO3166, KATOTTG, LEAST_KM2, area_km2, iso_code

MOST_POINTS = 60
"""Points of a polygon, the closing one included; our own choice: a raion is told well enough by
fewer, and receivers with little memory refuse more than a hundred (WMO guidelines for CAP)."""
_FINE = 4_000.0
"""Square ten-thousandths of a degree below which a corner goes, doubled until few are left."""


def areas_of(
    places: Sequence[str], *, gazetteer: Gazetteer, shapes: Shapes, lang: str
) -> tuple[Area, ...]:
    """Return one area for each place.

    A settlement or a community is told by its code and by the borders of its whole raion: a finer
    polygon would only look more exact than what is known.

    Raises:
        InputError: No place at all, one twice, or the whole country.
    """
    if not places or len(set(places)) != len(places):
        raise InputError("an alert is for at least one place, each named once")
    return tuple(_area(code, gazetteer=gazetteer, shapes=shapes, lang=lang) for code in places)


def _area(code: str, *, gazetteer: Gazetteer, shapes: Shapes, lang: str) -> Area:
    unit = gazetteer.unit(code)
    if unit.level is Level.COUNTRY:
        raise InputError(f"{code} is a whole country", hint="name the oblasts")
    return Area(
        area_desc=gazetteer.label(code, lang=lang, full=True),
        polygons=tuple(
            ring for shape in _shapes_for(code, gazetteer, shapes) for ring in _rings(shapes, shape)
        ),
        geocodes=(
            NamedValue(KATOTTG, code),
            NamedValue(ISO3166, iso_code(code)),
        ),
    )


def _shapes_for(code: str, gazetteer: Gazetteer, shapes: Shapes) -> tuple[str, ...]:
    """Return the units whose borders are drawn: the raion, or all raions of an oblast."""
    known = shapes.arcs.units
    for one in (code, *gazetteer.ancestors(code)):
        if one in known:
            return (one,)
        if gazetteer.unit(one).level is Level.OBLAST:
            return tuple(child for child in gazetteer.children(one) if child in known)
    return ()


@lru_cache(maxsize=256)
def _rings(shapes: Shapes, code: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the closed rings of a unit as latitude and longitude, with few points each."""
    rings = shapes.arcs.rings(code)
    area = _FINE
    while any(len(ring) > MOST_POINTS for ring in rings):
        rings = arcs_of({code: shapes.arcs.rings(code)}).simplified(area).rings(code)
        area *= 2
    # A speck of a raion, such as an island, would be finer than may be told; its code stands.
    return tuple(ring for ring in map(_degrees, rings) if area_km2(ring) >= LEAST_KM2)


def _degrees(ring: Line) -> tuple[tuple[float, float], ...]:
    return tuple((lat / SCALE, lon / SCALE) for lon, lat in ring)
