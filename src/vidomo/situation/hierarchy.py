"""Which unit lies in which, asked once per unit."""

from typing import Protocol

from vidomo.gazetteer.model import Level, Unit
from vidomo.sources.registry import Body

COUNTRY = "UA"


class Units(Protocol):
    """What the fold asks of the gazetteer."""

    def get(self, code: str) -> Unit | None:
        """Return the unit of a code, None when there is none."""

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the wider units, nearest first, ending with ``UA``."""

    def children(self, code: str) -> tuple[str, ...]:
        """Return the units right below one."""


class Tree:
    """The units that one fold has met, with their wider units."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._wider: dict[str, tuple[str, ...]] = {}

    def is_known(self, code: str) -> bool:
        """Whether the code is a unit of Ukraine, the country itself included."""
        return code.startswith(COUNTRY) and (code == COUNTRY or self._units.get(code) is not None)

    def is_local(self, code: str) -> bool:
        """Whether a unit is no larger than a raion."""
        unit = self._units.get(code)
        return unit is not None and unit.level not in (Level.COUNTRY, Level.OBLAST)

    def name(self, code: str) -> str:
        """Return the official name of a unit; the code itself where there is none."""
        unit = self._units.get(code)
        return unit.name if unit else code

    def wider(self, code: str) -> tuple[str, ...]:
        """Return the units that hold this one, nearest first; empty for an unknown code."""
        if code not in self._wider:
            known = code != COUNTRY and self.is_known(code)
            self._wider[code] = self._units.ancestors(code) if known else ()
        return self._wider[code]

    def within(self, code: str, wider: str) -> bool:
        """Whether one unit is the other or lies in it."""
        return code == wider or wider in self.wider(code)

    def nested(self, one: str, other: str) -> bool:
        """Whether the two are the same or one lies in the other."""
        return self.within(one, other) or self.within(other, one)

    def is_taken_out(self, code: str, excluded: tuple[str, ...]) -> bool:
        """Whether a unit is one of those taken out, or lies in one."""
        return any(self.within(code, other) for other in excluded)

    def parts(self, code: str) -> tuple[Level, tuple[str, ...]] | None:
        """Return the units right below one that are of the most frequent level among them.

        None for the country, for what has no parts and for an unknown code.
        """
        if code == COUNTRY or not self.is_known(code):
            return None
        levels: dict[Level, list[str]] = {}
        for child in self._units.children(code):
            unit = self._units.get(child)
            if unit is not None:
                levels.setdefault(unit.level, []).append(child)
        if not levels:
            return None
        level = max(levels, key=lambda one: (len(levels[one]), one.value))
        return level, tuple(levels[level])

    def narrowest(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Return the codes without those that hold another of them."""
        return tuple(
            code
            for code in codes
            if not any(other != code and self.within(other, code) for other in codes)
        )

    def serves(self, body: Body, place: str) -> bool:
        """Whether a place lies in the area that a body answers for."""
        if self.within(place, body.home):
            return True
        if body.serves != "community":
            return False
        home = self._units.get(body.home)
        return bool(home and home.hromada and self.within(place, home.hromada))
