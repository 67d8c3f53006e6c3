"""Decides which unit a body belongs to: the administration of which city, of which oblast."""

from vidomo.claims.model import Mention
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level, Unit

NATIONAL = "UA"

# The level at which a body of each type works; types that are not here work in the whole country.
BODY_LEVELS = {
    "oblast_administration": Level.OBLAST,
    "grid_operator": Level.OBLAST,
    "gas_operator": Level.OBLAST,
    "emergency_service": Level.OBLAST,
    "police": Level.OBLAST,
    "prosecutor": Level.OBLAST,
    "security_service": Level.OBLAST,
    "raion_administration": Level.RAION,
    "city_administration": Level.SETTLEMENT,
    "city_military_administration": Level.SETTLEMENT,
    "water_utility": Level.SETTLEMENT,
    "heat_utility": Level.SETTLEMENT,
    "hospital": Level.SETTLEMENT,
    "community_administration": Level.HROMADA,
}
# What an adjective before a body may name, by the level of the body, most likely first.
_PREFERRED = {
    Level.OBLAST: (Level.OBLAST, Level.SETTLEMENT, Level.RAION, Level.HROMADA),
    Level.RAION: (Level.RAION, Level.SETTLEMENT, Level.HROMADA, Level.OBLAST),
    Level.SETTLEMENT: (Level.SETTLEMENT, Level.HROMADA, Level.RAION, Level.OBLAST),
    Level.HROMADA: (Level.HROMADA, Level.SETTLEMENT, Level.RAION, Level.OBLAST),
}


def level_of(body_type: str) -> Level | None:
    """Return the level at which a body of a type works; None for the whole country."""
    return BODY_LEVELS.get(body_type)


def fitting_candidates(mention: Mention, level: Level, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the candidates of the level that fits a body best."""
    units = [unit for code in mention.candidates if (unit := gazetteer.get(code)) is not None]
    for preferred in _PREFERRED[level]:
        codes = tuple(unit.code for unit in units if unit.level is preferred)
        if codes:
            return codes
    return tuple(unit.code for unit in units)


def lift(unit: Unit, level: Level) -> str | None:
    """Return the code at a level that belongs to a unit: the one above it, or its seat."""
    if unit.level is level or (level is Level.SETTLEMENT and unit.category == "K"):
        return unit.code
    if level is Level.OBLAST:
        return unit.oblast
    if level is Level.RAION:
        return unit.raion
    if level is Level.HROMADA:
        return unit.hromada
    if unit.level is Level.CITY_DISTRICT:
        return unit.parent
    return unit.seat
