"""Advice and telephone numbers from reviewed tables; no entry, no advice."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from vidomo.core.errors import InputError
from vidomo.disclosure.model import DimensionView

Row = TypeVar("Row")
_HINT = "docs/residents.md shows the form of a row"
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


class Tables(msgspec.Struct, frozen=True, kw_only=True):
    """What residents are advised and whom they can call: the bundled rows, and an operator's own."""

    advice: tuple[Advice, ...] = ()
    calls: tuple[Call, ...] = ()

    def more(self, *, advice: str = "", calls: str = "") -> "Tables":
        """Return the same with rows of an operator, which come first.

        Args:
            advice: A table of advice as TOML, in the form of the bundled one.
            calls: A table of numbers as TOML.

        Raises:
            InputError: What is wrong with a table.
        """
        return Tables(
            advice=_rows(advice, "advice", tuple[Advice, ...]) + self.advice,
            calls=_rows(calls, "calls", tuple[Call, ...]) + self.calls,
        )


@cache
def bundled_tables() -> Tables:
    """Return the tables that every installation has."""
    folder = files("vidomo.publish.residents") / "tables"
    advice, calls = (
        (folder / f"{name}.toml").read_text(encoding="utf-8") for name in ("advice", "calls")
    )
    return Tables().more(advice=advice, calls=calls)


def advice_for(
    dimensions: Iterable[DimensionView],
    *,
    hazards: Collection[str],
    at: datetime | None,
    tables: Tables,
) -> tuple[Advice, ...]:
    """Return the advice for the states of a place.

    Args:
        dimensions: Where the place stands.
        hazards: What was said to threaten it.
        at: The instant that the page is about.
        tables: What has been reviewed.
    """
    standing = tuple(dimensions)
    return tuple(
        one
        for one in tables.advice
        if any(one.holds(item, hazards=hazards, at=at) for item in standing)
    )


def calls_for(units: Collection[str], *, tables: Tables) -> tuple[Call, ...]:
    """Return the numbers for a place: those of the country, and those of the units around it."""
    return tuple(one for one in tables.calls if not one.places or set(one.places) & set(units))


def _rows(text: str, name: str, kind: type[tuple[Row, ...]]) -> tuple[Row, ...]:
    try:
        table = tomllib.loads(text)
        found = msgspec.convert(table.get(name, []), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(f"the table of {name} cannot be read: {error}", hint=_HINT) from error
    if table.keys() - {name}:
        raise InputError(f"the table of {name} holds {sorted(table)}", hint=_HINT)
    return found
