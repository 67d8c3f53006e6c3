"""A town in which things are said of supplies, through the real fold."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from situation.testimonies import (
    COUNTRY,
    GRID,
    IZIUM,
    MVA,
    REGISTRY,
    at,
    post,
    said,
)
from vidomo.claims.model import ClaimTime, Extent
from vidomo.core.time import format_instant
from vidomo.outlook.services.model import Assumed, Backup, Facility, Need, Origin, Risk
from vidomo.outlook.services.risk import READ, risks
from vidomo.outlook.services.supply import supplies
from vidomo.situation.fold import Known, fold
from vidomo.situation.model import Situation

NOON = at("12:00")
HOUR = timedelta(hours=1)


def hour(count: float) -> datetime:
    """An instant, in hours from noon."""
    return NOON + timedelta(hours=count)


def lost(
    said_h: float,
    place: str = IZIUM,
    *,
    word: str = "power",
    since: tuple[float, float] | None = None,
    extent: Extent = Extent.UNSTATED,
    topic: str = "",
    body: str = MVA,
    **more: object,
) -> Known:
    """Somebody says that a supply is gone; ``since`` are hours between which it went.

    Words that give a time are a minute younger than it.
    """
    said_h += 1 / 60 if since else 0
    claim = said(
        topic or f"impact.{word}.outage",
        place,
        body=body,
        extent=extent,
        time=since and tuple(format_instant(hour(one)) for one in since),
        **more,
    )
    return post(round(said_h * 3600), hour(said_h), claim, source=f"news-{said_h}")


def back(said_h: float, place: str = IZIUM, **more: object) -> Known:
    """The supplier says that a supply is back."""
    word = str(more.pop("word", "power"))
    more.setdefault("body", GRID if word == "power" else MVA)
    return lost(said_h, place, topic=f"impact.{word}.restored", **more)


def stands(known: Iterable[Known], now: float) -> Situation:
    """What holds at an hour."""
    return fold(
        list(known),
        valid_at=hour(now),
        known_at=hour(now),
        registry=REGISTRY,
        gazetteer=COUNTRY,
    )


def times_of(known: Iterable[Known]) -> dict[str, ClaimTime]:
    """How every claim gives its time."""
    return {claim.id: claim.time for one in known for claim in one.reading.claims}


def told(
    known: Iterable[Known], *facilities: Facility, now: float, unsaid_h: float | None = None
) -> dict[str, Risk]:
    """The risks at an hour, by facility."""
    read = supplies(
        stands(known, now),
        [one.place for one in facilities],
        READ,
        units=COUNTRY,
        times=times_of(known),
        assumed=Assumed(unsaid_h=unsaid_h),
    )
    return {one.facility: one for one in risks(read, facilities, now=hour(now))}


def owner(low: float, high: float | None = None, **more: object) -> Backup:
    return Backup(
        hours_min=low, hours_max=low if high is None else high, origin=Origin.OWNER, **more
    )


def hospital(
    backup: Backup = Backup(),  # noqa: B008 - frozen
    *needs: Need,
    name: str = "H",
    place: str = IZIUM,
) -> Facility:
    return Facility(
        id=name,
        kind="hospital",
        place=place,
        needs=(Need(service="power"), *needs),
        backup=backup,
    )


def pump(backup: Backup = Backup(), *, name: str = "W", place: str = IZIUM) -> Facility:  # noqa: B008 - frozen
    return Facility(
        id=name, kind="water", place=place, needs=(Need(service="power"),), backup=backup
    )
