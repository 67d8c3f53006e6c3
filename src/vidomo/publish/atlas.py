"""What a page asks of the gazetteer."""

from collections.abc import Sequence
from typing import Protocol

from vidomo.gazetteer.model import Unit

Ring = Sequence[tuple[float, float]]


class Atlas(Protocol):
    """Names, borders and shapes of places; ``vidomo.gazetteer.Gazetteer`` is one."""

    version: str

    def get(self, code: str) -> Unit | None:
        """Return a unit, None for an unknown code."""
        ...

    def label(self, code: str, *, lang: str = "uk", full: bool = False) -> str:
        """Return the name of a unit in a language."""
        ...

    def within(self, code: str, wider: str) -> bool:
        """Return whether one unit lies in another or is that other."""
        ...

    def children(self, code: str) -> tuple[str, ...]:
        """Return the codes of the units right below one."""
        ...

    def oblasts(self) -> tuple[Unit, ...]:
        """Return the 27 regions."""
        ...

    def shape(self, code: str) -> Sequence[Ring] | None:
        """Return the rings of a region as (longitude, latitude), None when unknown."""
        ...


def place_kind(unit: Unit) -> str:
    """Return the locale key of what kind of place a unit is, such as ``level.category_M``."""
    if unit.level in {"settlement", "oblast", "city_district"} and unit.category:
        return f"category_{unit.category}"
    return unit.level.value


def place_where(code: str, *, atlas: Atlas, lang: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of the units around a place: community, raion, oblast.

    They tell namesakes apart.
    """
    unit = atlas.get(code)
    if unit is None:
        return ()
    around = dict.fromkeys(
        wider for wider in (unit.hromada, unit.raion, unit.oblast) if wider and wider != code
    )
    return tuple((wider, atlas.label(wider, lang=lang)) for wider in around)
