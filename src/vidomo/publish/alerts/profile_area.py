"""The rule of the profile on where a message holds: by codes, never finer than a raion."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, radians

from vidomo.gazetteer import Gazetteer, Level
from vidomo.publish.alerts.model import Alert, Area

KATOTTG = "KATOTTG"
ISO3166 = "ISO3166-2"
"""Names of the lists of codes of an area: units of Ukraine, and oblasts for readers abroad."""
MOST_POINTS = 400
"""Points of a polygon; a raion needs fewer than a hundred, imported borders some more."""
LEAST_KM2 = 500.0
"""Area of the smallest polygon; the smallest raions have about 740 square km, Kyiv 840."""
_KM_OF_DEGREE = 111.2
_LATITUDES, _LONGITUDES = (44.0, 52.6), (21.9, 40.5)
"""Between which the points of Ukraine lie."""
_RING = 4
# Elsewhere the first two digits of a KATOTTG code are those of ISO 3166-2:UA.
_OTHER = {"01": "43", "44": "09", "73": "77", "80": "30", "85": "40"}

Ring = Sequence[tuple[float, float]]


def iso_code(katottg: str) -> str:
    """Return the ISO 3166-2 code of the oblast that a unit lies in, ``UA`` for the country.

    Source: ISO 3166-2:UA; Crimea, Luhansk, Chernivtsi, Kyiv and Sevastopol have other numbers
    there than in the codifier.
    """
    region = katottg[2:4]
    return f"UA-{_OTHER.get(region, region)}" if region else "UA"


def area_km2(ring: Ring) -> float:
    """Return the area of a ring of (latitude, longitude), near enough for a raion."""
    if not ring:
        return 0.0
    middle = sum(lat for lat, _ in ring) / len(ring)
    doubled = sum(a[1] * b[0] - b[1] * a[0] for a, b in pairwise([*ring, ring[0]]))
    return abs(doubled) / 2 * _KM_OF_DEGREE**2 * cos(radians(middle))


def broken_area(alert: Alert) -> Iterator[str]:
    """Yield what breaks the rule on areas."""
    for info in alert.infos:
        if not info.area:
            yield "no area"
        for area in info.area:
            yield from _codes(area)
            yield from _shape(area)


def _codes(area: Area) -> Iterator[str]:
    gazetteer = Gazetteer.open()
    codes = [pair.value for pair in area.geocodes if pair.value_name == KATOTTG]
    regions = {pair.value for pair in area.geocodes if pair.value_name == ISO3166}
    if not codes:
        yield f"an area without a code of {KATOTTG}"
    for code in codes:
        unit = gazetteer.get(code)
        if unit is None or code in {"ZZ", "RU"}:
            yield f"{code!r} is no unit of {KATOTTG}"
        elif unit.level is Level.COUNTRY:
            yield "a whole country; name the oblasts"
    known = {iso_code(code) for code in codes}
    if codes and regions != known:
        yield f"{ISO3166} {', '.join(sorted(regions)) or 'missing'}, not {', '.join(sorted(known))}"


def _shape(area: Area) -> Iterator[str]:
    if area.circles:
        yield "a circle; tell an area by its codes"
    if area.altitude is not None or area.ceiling is not None:
        yield "a height"
    for ring in area.polygons:
        yield from _polygon(ring)


def _polygon(ring: Ring) -> Iterator[str]:
    if len(ring) < _RING or ring[0] != ring[-1]:
        yield "a polygon that is not closed"
    if len(ring) > MOST_POINTS:
        yield f"a polygon of {len(ring)} points, more than {MOST_POINTS}"
    if not all(_inside(lat, _LATITUDES) and _inside(lon, _LONGITUDES) for lat, lon in ring):
        yield "a polygon that leaves Ukraine"
    if area_km2(ring) < LEAST_KM2:
        yield f"a polygon finer than a raion: under {LEAST_KM2:.0f} square km"


def _inside(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
