"""How coarse a place is told: harm and damage never finer than the rule lets them."""

from vidomo.disclosure.policy import Rule
from vidomo.gazetteer.model import Level
from vidomo.situation.hierarchy import Units

_FINE = frozenset({Level.SETTLEMENT, Level.CITY_DISTRICT})
_LEVELS = tuple(Level)
"""From the widest to the finest."""


class Grain:
    """The places at which things are told, for one rule.

    Args:
        units: Units with their levels, populations and wider units.
        rule: The rule of the policy; None where it has none, then nothing is coarsened.
    """

    def __init__(self, units: Units, rule: Rule | None) -> None:
        self._units, self._rule = units, rule

    def is_bound(self, topic: str) -> bool:
        """Whether statements on a topic are told coarsely."""
        return self._rule is not None and self._rule.is_about(topic)

    def told_at(self, code: str) -> str:
        """Return the place at which harm and damage of a place are told; often itself.

        A part of a town is told as the town; a settlement with few people, or of which
        nobody knows how many, as the community, the raion where it lies in none.
        """
        if self._rule is not None and self._rule.level:
            return not_finer(self._units, code, level=Level(self._rule.level))
        unit = self._units.get(code)
        if self._rule is None or unit is None or unit.level not in _FINE:
            return code
        if unit.level is Level.CITY_DISTRICT:
            return self.told_at(unit.parent) if unit.parent else code
        people, least = unit.population, self._rule.people or 0
        if people is not None and people >= least:
            return code
        return unit.hromada or unit.raion or unit.parent or code

    def told_of(self, code: str, topic: str) -> str:
        """Return the place at which a statement on a topic about a place is told."""
        return self.told_at(code) if self.is_bound(topic) else code


def not_finer(units: Units, code: str, *, level: Level) -> str:
    """Return the unit of a level around a place; the place itself where it is as wide as that.

    A city that stands on the level of an oblast has no raion: it is told as itself.
    """
    unit = units.get(code)
    if unit is None or _LEVELS.index(unit.level) <= _LEVELS.index(level):
        return code
    for wider in units.ancestors(code):
        found = units.get(wider)
        if found is not None and _LEVELS.index(found.level) <= _LEVELS.index(level):
            return wider
    return code
