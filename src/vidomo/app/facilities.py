"""The inventory of facilities in the data folder, and the risks that follow for it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from vidomo.app.house import House
from vidomo.claims.model import ClaimTime
from vidomo.core.errors import MachineRefused, NothingKnown
from vidomo.core.files import make_folder, put_file
from vidomo.core.problems import Problem
from vidomo.outlook.regimes.board import regime_board
from vidomo.outlook.regimes.model import Board
from vidomo.outlook.services.district import made_up_district, made_up_supplies
from vidomo.outlook.services.inventory import Inventory, read_inventory, written
from vidomo.outlook.services.model import Assumed, Facility, Risk
from vidomo.outlook.services.risk import READ, risks
from vidomo.outlook.services.rows import LARGEST_BYTES
from vidomo.outlook.services.supply import supplies
from vidomo.situation.hierarchy import Units
from vidomo.situation.model import Situation

FILE = "facilities.csv"
_TOPICS = ("impact.", "power.", "service.")
MOST_UNSAID_H = 72.0
"""Longest that an outage may be taken to go unsaid; with more the assumption says nothing."""


class RiskReport(msgspec.Struct, frozen=True, kw_only=True):
    """The risks of an inventory at an instant, with what they rest on.

    Attributes:
        audience: Who may see it: the desk, never the public.
        is_synthetic: Whether the facilities and what is said of them are made up.
        risks: In the order of the ids of the facilities.
        problems: What is wrong with the inventory; such rows are left out.
    """

    valid_at: datetime
    known_at: datetime
    risks: tuple[Risk, ...]
    audience: str = "desk"
    is_synthetic: bool = False
    unsaid_h: float | None = None
    problems: tuple[Problem, ...] = ()


def inventory_in(folder: Path, *, units: Units) -> Inventory:
    """Return the inventory of a data folder.

    Raises:
        NothingKnown: There is none.
        MachineRefused: It cannot be read.
    """
    path = folder / FILE
    if not path.is_file():
        raise NothingKnown(
            f"there is no {FILE} in the data folder",
            hint="vidomo services template > facilities.csv, fill it in, vidomo services import it",
        )
    return inventory_file(path, units=units)


def inventory_file(path: Path, *, units: Units) -> Inventory:
    """Return the inventory of a file.

    Raises:
        MachineRefused: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            body = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise MachineRefused(f"cannot read {path}: {error.strerror}") from error
    return read_inventory(body, units=units, name=path.name)


def store_inventory(facilities: Iterable[Facility], folder: Path) -> Path:
    """Write an inventory into a data folder, for its owner's eyes, in place of the one there.

    Raises:
        MachineRefused: The disk says no; the old one stands.
    """
    target = folder / FILE
    make_folder(folder)
    put_file(target, written(facilities).encode("utf-8"), mode=0o600)
    return target


def risks_now(
    house: House,
    facilities: Sequence[Facility],
    *,
    valid_at: datetime | None = None,
    known_at: datetime | None = None,
    assumed: Assumed = Assumed(),  # noqa: B008 - frozen
    problems: Sequence[Problem] = (),
) -> RiskReport:
    """Return the risks of facilities from what is known at an instant.

    Args:
        house: The data folder.
        facilities: Checked.
        valid_at: What held then; now, if not given.
        known_at: As far as it was known then; now, if not given.
        assumed: What whoever asks takes for granted.
        problems: Passed on.
    """
    situation = house.situation(valid_at=valid_at, known_at=known_at)
    read = supplies(
        situation,
        [one.place for one in facilities],
        READ,
        units=house.gazetteer,
        times=_times(house, situation),
        assumed=assumed,
    )
    found = risks(read, facilities, now=situation.valid_at)
    return RiskReport(
        valid_at=situation.valid_at.astimezone(UTC).replace(microsecond=0),
        known_at=situation.known_at.astimezone(UTC).replace(microsecond=0),
        risks=with_assumed(found, assumed),
        unsaid_h=assumed.unsaid_h,
        problems=tuple(problems),
    )


def _times(house: House, situation: Situation) -> dict[str, ClaimTime]:
    """Return how the claims of a situation that may be about supplies give their times."""
    wanted = {row.version for row in situation.evidence if row.topic.startswith(_TOPICS)}
    return {
        claim.id: claim.time
        for known in house.known(situation.known_at)
        if known.version.id in wanted
        for claim in known.reading.claims
    }


def synthetic_risks(
    now: datetime,
    *,
    units: Units,
    assumed: Assumed = Assumed(),  # noqa: B008 - frozen
) -> RiskReport:
    """Return the risks of the bundled made-up district, as if it were now."""
    at = now.astimezone(UTC).replace(microsecond=0)
    found = risks(made_up_supplies(at, assumed=assumed), made_up_district(units), now=at)
    return RiskReport(
        valid_at=at,
        known_at=at,
        risks=with_assumed(found, assumed),
        is_synthetic=True,
        unsaid_h=assumed.unsaid_h,
    )


def with_assumed(found: Iterable[Risk], assumed: Assumed) -> tuple[Risk, ...]:
    """Return risks that name what whoever asks takes for granted, where it may have counted."""
    if assumed.unsaid_h is None:
        return tuple(found)
    return tuple(
        msgspec.structs.replace(one, assumptions=(*one.assumptions, "unsaid"))
        if one.assumptions
        else one
        for one in found
    )


def regimes_now(
    house: House, *, valid_at: datetime | None = None, known_at: datetime | None = None
) -> Board:
    """Return the regime board of all oblasts at an instant."""
    situation = house.situation(valid_at=valid_at, known_at=known_at)
    oblasts = [unit.code for unit in house.gazetteer.oblasts()]
    return regime_board(situation, oblasts, units=house.gazetteer)
