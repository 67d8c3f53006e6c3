"""Advice and telephone numbers from reviewed tables; no entry, no advice."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

import msgspec

from vidomo.disclosure.model import DimensionView

HAZARDS = {
    "threat.guided_bomb": "guided_bomb",
    "threat.uav": "uav",
    "threat.missile": "missile",
    "threat.artillery": "artillery",
    "event.shelling": "artillery",
}
"""Which hazard a statement names; any other statement names none."""


class Advice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One reviewed piece of advice.

    Attributes:
        states: ``dimension.phase`` in which it holds.
        hazards: Hazards that it is about; empty for any.
        text: Our short words by language; ``body`` who gave the advice.
        reviewed: When our words were last compared with the publication.
        after_h: Hours that the state must have lasted, by the statement that began it.
    """

    id: str
    states: tuple[str, ...]
    hazards: tuple[str, ...]
    text: Mapping[str, str]
    body: Mapping[str, str]
    url: str
    reviewed: date
    issued: date | None = None
    after_h: int = 0

    def holds(
        self, dimension: DimensionView, *, hazards: Collection[str], at: datetime | None
    ) -> bool:
        """Return whether it is for a state that holds; never for one that is out of date."""
        if f"{dimension.dimension}.{dimension.phase}" not in self.states or dimension.stale:
            return False
        if self.hazards and not set(self.hazards) & set(hazards):
            return False
        if not self.after_h:
            return True
        since = dimension.since
        return since is not None and at is not None and at - since >= timedelta(hours=self.after_h)


class Call(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One telephone number.

    Attributes:
        who: Who answers, by language.
        places: Codes of the units that it serves; empty for the whole country.
        checked: When the number was last compared with its source.
    """

    number: str
    who: Mapping[str, str]
    url: str
    checked: date
    places: tuple[str, ...] = ()


@cache
def advice_table() -> tuple[Advice, ...]:
    """Return all reviewed advice, in the order of the table."""
    return msgspec.convert(_table("advice")["advice"], tuple[Advice, ...])


@cache
def call_table() -> tuple[Call, ...]:
    """Return all telephone numbers, in the order of the table."""
    return msgspec.convert(_table("calls")["calls"], tuple[Call, ...])


def advice_for(
    dimensions: Iterable[DimensionView], *, hazards: Collection[str], at: datetime | None
) -> tuple[Advice, ...]:
    """Return the advice for the states of a place.

    Args:
        dimensions: Where the place stands.
        hazards: What was said to threaten it.
        at: The instant that the page is about.
    """
    standing = tuple(dimensions)
    return tuple(
        one
        for one in advice_table()
        if any(one.holds(item, hazards=hazards, at=at) for item in standing)
    )


def calls_for(units: Collection[str]) -> tuple[Call, ...]:
    """Return the numbers for a place: those of the country, and those of the units around it."""
    return tuple(one for one in call_table() if not one.places or set(one.places) & set(units))


def _table(name: str) -> dict[str, list[object]]:
    path = files("vidomo.publish.residents") / "tables" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
