"""What a data folder knows of a network's places, and the outlook that follows."""

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from vidomo.app.desk_book import write_entries
from vidomo.app.facilities import inventory_in, risks_now
from vidomo.app.house import House
from vidomo.app.outlook import (
    Heard,
    Order,
    insufficient_without_network,
    outlook_of,
    own_network,
    run_entry,
)
from vidomo.core.clock import Clock, system_clock
from vidomo.core.errors import MachineRefused, NothingKnown
from vidomo.desk.entry import CLI
from vidomo.grid.model import GridModel
from vidomo.outlook.fragmentation.model import Backed, Outlook
from vidomo.outlook.network.evidence import evidence_of, heard_places
from vidomo.outlook.network.placement import placement_of
from vidomo.outlook.services.model import Cause, Hold, Phase, Risk

_HOUR_S = 3600.0
_LOCK_WAIT_S = 10.0
_BUSY = "another process is writing"


def outlook_here(
    data: Path,
    network: Path,
    order: Order,
    *,
    is_past: bool = False,
    clock: Clock = system_clock,
) -> Outlook:
    """Return the outlook at the command line, written into the audit trail before it is told.

    Args:
        data: The data folder.
        network: Folder or file of the operator's network.
        order: What is asked for.
        is_past: Whether ``order.at`` was asked for; else the folder's own present counts.
        clock: When it is done.

    Raises:
        InputError: A network, scenarios or a prior with problems.
        MachineRefused: The folder cannot be written, so that nothing is told.
    """
    try:
        own = own_network(network)
    except NothingKnown:
        found = insufficient_without_network(order)
    else:
        with _opened(data, clock):
            pass  # makes the folder and the database, so that a reader can open them
        with House.open(data, clock=clock, read_only=True) as house:
            order = order if is_past else replace(order, at=house.now())
            heard = heard_in(house, data, own.model, order.at)
        found = outlook_of(own, heard, order)
    if _is_there(data):
        with _opened(data, clock) as house:
            write_entries(house.journal, [run_entry(found, by=CLI, at=clock())])
    return found


def heard_in(house: House, data: Path, model: GridModel, at: datetime) -> Heard:
    """Return what is known at an instant of the places that a network feeds."""
    situation = house.situation(valid_at=at, known_at=at)
    placement = placement_of(model)
    services, notes = services_in(house, data, at)
    return Heard(
        evidence=evidence_of(situation, placement, units=house.gazetteer),
        places=heard_places(situation, placement, units=house.gazetteer, at=at),
        services=services,
        notes=notes,
    )


def services_in(
    house: House, data: Path, at: datetime
) -> tuple[tuple[Backed, ...], tuple[str, ...]]:
    """Return the facilities of a data folder that live on power, with the hours they have left.

    Rows of the inventory with problems are left out; the second value says how many there are.
    """
    try:
        inventory = inventory_in(data, units=house.gazetteer)
    except NothingKnown:
        return (), ()
    report = risks_now(house, inventory.facilities, valid_at=at, known_at=at)
    wrong = len(inventory.problems)
    note = f"the inventory of facilities has {wrong} problems; rows with problems are left out"
    return tuple(backed(report.risks, at=at)), (note,) if wrong else ()


def backed(risks: Iterable[Risk], *, at: datetime) -> Iterable[Backed]:
    """Give each facility that takes power from its place, with the hours left from ``at``.

    A backup that may have been drawn on already is never counted as full: the least is what is
    left if the outage began as early as it may have, and nothing where nobody said that there
    is power, or that it filled up again. Not known stays not known.
    """
    for risk in risks:
        for cause in risk.causes:
            if cause.service == "power" and not cause.supplier:
                low, high = _left_h(cause, at)
                yield Backed(
                    service=risk.facility,
                    place=risk.place,
                    backup_from_h=low,
                    backup_until_h=high,
                )


def _left_h(cause: Cause, at: datetime) -> tuple[float | None, float | None]:
    if cause.phase is Phase.FAILED:
        return 0.0, 0.0
    most = cause.backup.hours_max
    if most is None:
        return None, None
    least = cause.backup.hours_min
    if cause.hold in (Hold.OUT, Hold.PARTLY):
        if cause.fails_from is None:
            least = 0.0
        else:
            least = min(least, max(0.0, (cause.fails_from - at).total_seconds() / _HOUR_S))
    elif cause.hold is Hold.UNKNOWN or "not_recharged" in cause.unknown:
        least = 0.0
    return least, most


def _is_there(data: Path) -> bool:
    return data.is_dir() and any(data.iterdir())


def _opened(data: Path, clock: Clock) -> House:
    deadline = time.monotonic() + _LOCK_WAIT_S
    while True:
        try:
            return House.open(data, clock=clock)
        except MachineRefused as error:
            if _BUSY not in error.message or time.monotonic() >= deadline:
                raise
