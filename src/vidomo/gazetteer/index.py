"""The gazetteer: every unit of Ukraine, by code, by any form of its name, and in its place."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import msgspec

from vidomo.core.errors import InputError
from vidomo.gazetteer.container import Container
from vidomo.gazetteer.forms import FormIndex
from vidomo.gazetteer.model import Form, Level, Unit
from vidomo.gazetteer.search import Found, Search
from vidomo.gazetteer.units import UnitTable
from vidomo.gazetteer.words import words

__all__ = ["Found", "Gazetteer"]

_EARTH_KM = 6371.0088  # mean radius, IUGG 1980
_KEPT = 20_000  # forms remembered per process; a reading of many posts repeats the same places
_UNITS_KEPT = 40_000  # all units, and some codes that are none

Rings = tuple[tuple[tuple[float, float], ...], ...]


class Gazetteer:
    """The opened gazetteer file; cheap to open, safe to share between threads that only read."""

    def __init__(self, container: Container) -> None:
        header = container.header
        self.version: str = f"{header.edition}; {header.digest}"
        self._container = container
        self._units = UnitTable(container)
        self._index = FormIndex(container)
        self._shapes: dict[str, Rings] | None = None
        self._search = Search(self._units, self._index)
        self.forms = lru_cache(maxsize=_KEPT)(self._forms)
        self.get = lru_cache(maxsize=_UNITS_KEPT)(self._get)

    @classmethod
    def open(cls, path: Path | None = None) -> "Gazetteer":
        """Return the gazetteer of a file, the bundled one by default; once per process and path.

        Raises:
            MachineRefused: The file is missing or no gazetteer file.
        """
        return _opened(path)

    def _get(self, code: str) -> Unit | None:
        """Return a unit by its code, None when there is none."""
        number = self._units.number(code)
        return None if number is None else self._units.unit(number)

    def unit(self, code: str) -> Unit:
        """Return a unit by its code.

        Raises:
            InputError: There is no such unit.
        """
        unit = self.get(code)
        if unit is None:
            raise InputError(
                f"{code!r} is not the code of a unit",
                hint="look the code up: vidomo places find NAME",
            )
        return unit

    def units(self) -> Iterator[Unit]:
        """Yield the official units in the order of their codes, without ``UA``, ``RU`` and ``ZZ``."""
        for number in range(len(self._units)):
            unit = self._units.unit(number)
            if unit.level is not Level.COUNTRY:
                yield unit

    def _forms(self, key: str) -> tuple[Form, ...]:
        """Return everything a folded form can stand for, official forms first."""
        seen: dict[tuple[str, str, str], Form] = {}
        for kind, lang, origin, numbers in self._index.postings(key):
            for number in numbers:
                code = self._units.code(number)
                seen.setdefault(
                    (code, kind, lang), Form(code=code, kind=kind, lang=lang, origin=origin)
                )
        return tuple(seen.values())

    def longest(self, keys: Sequence[str], start: int) -> tuple[int, tuple[Form, ...]]:
        """Return the longest run of folded tokens from ``start`` that is a form.

        A form of several words is found with hyphens or blanks between them.

        Returns:
            The number of tokens and what they can stand for; ``(0, ())`` when no form starts here.
        """
        count, key = self._index.longest(keys, start)
        return (count, self.forms(key)) if count else (0, ())

    def find(self, name: str, *, limit: int = 20) -> tuple[Found, ...]:
        """Return the units that a person may mean by a name, the likeliest first.

        Takes any form in any of the three languages, a code, usual misspellings, and names with
        a type word around them; what only begins with the words comes after what equals them.
        """
        return self._search.find(name, limit=limit)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the codes above a unit, nearest first, ending with ``UA``; none for a country."""
        above = []
        parent = self.unit(code).parent
        while parent is not None:
            above.append(parent)
            parent = self.unit(parent).parent
        return tuple(above)

    def within(self, code: str, wider: str) -> bool:
        """Whether a unit is the other one or lies inside it."""
        return code == wider or wider in self.ancestors(code)

    def children(self, code: str) -> tuple[str, ...]:
        """Return the codes right below a unit, in their order."""
        number = self._units.number(self.unit(code).code)
        return tuple(self._units.code(child) for child in self._units.children(number or 0))

    def oblasts(self) -> tuple[Unit, ...]:
        """Return the 27 first-level units: oblasts, Crimea, Kyiv, Sevastopol."""
        return tuple(self.unit(code) for code in self.children("UA"))

    def label(self, code: str, *, lang: str = "uk", full: bool = False) -> str:
        """Return the name of a unit with its type word, for people.

        Args:
            code: The unit.
            lang: uk, ru or en.
            full: Whether raion and oblast follow.
        """
        unit = self.unit(code)
        parts = [unit]
        if full:
            wider = [unit.raion, unit.oblast]
            if unit.level is Level.CITY_DISTRICT:
                wider.insert(0, unit.parent)
            parts += [self.unit(one) for one in dict.fromkeys(wider) if one and one != code]
        return ", ".join(_named(part, lang) for part in parts)

    def distance_km(self, a: str, b: str) -> float | None:
        """Return the great-circle distance between two units' points; None when one has none."""
        one, other = self.unit(a), self.unit(b)
        if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
            return None
        lat, other_lat = radians(one.lat), radians(other.lat)
        height = sin((lat - other_lat) / 2) ** 2
        width = sin(radians(one.lon - other.lon) / 2) ** 2
        return 2 * _EARTH_KM * asin(sqrt(height + cos(lat) * cos(other_lat) * width))

    def shape(self, code: str) -> Rings | None:
        """Return the rings (longitude, latitude) of an oblast, None for other units.

        Simplified to about 2 km for a small map; never for deciding on which side a point lies.
        """
        if self._shapes is None:
            self._shapes = msgspec.msgpack.decode(
                self._container.section("shapes"), type=dict[str, Rings]
            )
        return self._shapes.get(code)


@lru_cache(maxsize=4)
def _opened(path: Path | None) -> Gazetteer:
    bundled = Path(str(files("vidomo.gazetteer") / "ukraine.gaz"))
    if path == bundled:
        return _opened(None)
    return Gazetteer(Container.open(path or bundled))


def _named(unit: Unit, lang: str) -> str:
    table = words().label
    if lang not in table:
        raise InputError(f"{lang!r} is not a language of names", hint="use uk, ru or en")
    name = {"uk": unit.name, "ru": unit.name_ru, "en": unit.name_en}[lang]
    # Kyiv, Sevastopol and Crimea stand on the level of an oblast without being called one.
    if unit.category in {"K", ""} or unit.code == "UA01000000000013043":
        return name
    return table[lang].get(unit.level, "{name}").format(name=name)
