"""The table of kinds of facilities."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from vidomo.outlook.services.model import Backup, Origin

POWER = "power"
NEEDED = ("power", "water", "heat", "gas", "communications", "health", "transport", "emergency")
"""Supplies that a facility may need: dimensions of a place (CLAIMS.md section 8)."""


class RuledHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hours that a public rule gives."""

    hours_min: float
    hours_max: float
    source: str


class FacilityKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the table: what people get, what it needs, hours by rule."""

    gives: str
    needs: tuple[str, ...]
    backup: RuledHours | None = None

    @property
    def usual_backup(self) -> Backup:
        """Hours without power where the owner says nothing: by rule, else unknown."""
        if self.backup is None:
            return Backup()
        return Backup(
            hours_min=self.backup.hours_min,
            hours_max=self.backup.hours_max,
            origin=Origin.RULE,
            source=self.backup.source,
        )


@cache
def facility_kinds() -> Mapping[str, FacilityKind]:
    """Return every kind by its name, in the order of the table."""
    text = (files("vidomo.outlook.services") / "tables" / "kinds.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, FacilityKind])
