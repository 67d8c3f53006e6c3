"""Facilities, what they need and how long they last without it, and the risk that follows."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Origin(StrEnum):
    """Where backup hours come from: the owner, a public rule, or nobody."""

    OWNER = "owner"
    RULE = "rule"
    UNKNOWN = "unknown"


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """How long something lasts once a supply is gone.

    Attributes:
        hours_min: Hours that it lasts at the least; zero where nobody said.
        hours_max: Hours that it lasts at the most; None where nobody said.
        origin: Who says so.
        source: The owner's word, or the rule, in words.
        recharge_h: Hours of supply after which it is full again; None where nobody said, then
            supply that came back fills nothing up.
    """

    hours_min: float = 0.0
    hours_max: float | None = None
    origin: Origin = Origin.UNKNOWN
    source: str = ""
    recharge_h: float | None = None


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """A supply that a facility cannot do without.

    Attributes:
        service: power, water, heat, gas, communications, health, transport or emergency.
        supplier: Id of the facility that it comes from; empty for the supply of the place.
        backup: How long the facility lasts without it.
    """

    service: str
    supplier: str = ""
    backup: Backup = Backup()


class Facility(msgspec.Struct, frozen=True, kw_only=True):
    """Something that people depend on; no address, no coordinates, no names of people.

    Attributes:
        id: What the operator calls it.
        kind: A key of ``tables/kinds.toml``.
        place: KATOTTG code of a settlement or city district.
        needs: What it cannot do without.
        backup: How long it lasts without power.
        population: How many people depend on it; None where nobody said.
    """

    id: str
    kind: str
    place: str
    needs: tuple[Need, ...]
    backup: Backup = Backup()
    population: int | None = None


class Hold(StrEnum):
    """What is known of a supply: there, gone in part, gone, or nothing."""

    UP = "up"
    PARTLY = "partly"
    OUT = "out"
    UNKNOWN = "unknown"


class Spell(msgspec.Struct, frozen=True, kw_only=True):
    """An outage that is over, and what followed.

    Attributes:
        out_h: Hours that it lasted at the most; None where that is not known.
        up_h: Hours of supply after it, at the least.
    """

    out_h: float | None
    up_h: float = 0.0


class Supply(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one supply in one place, or from one facility.

    Attributes:
        hold: What is known.
        from_: When it was lost, at the earliest; None where it may have been lost any time before.
        until: When it was lost, at the latest; None where that is not sure to have happened.
        lasted_until: Last instant at which somebody said that it was still gone.
        before: Outages before this one, oldest first; batteries may not be full after them.
        because: Ids of the claims and facilities behind it.
        unknown: Codes of what is not known (``tables/words.toml``).
    """

    hold: Hold
    from_: datetime | None = None
    until: datetime | None = None
    lasted_until: datetime | None = None
    before: tuple[Spell, ...] = ()
    because: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class Phase(StrEnum):
    """Where a facility stands.

    HOLDING: all that it needs is said to be there, lately and of the place itself.
    UNKNOWN: nobody said enough.
    AT_RISK: something is gone, and the backup lasts for now.
    FAILING: it may have failed; nobody can tell from what is known.
    FAILED: what it needs was still gone when the backup had run out for sure.
    """

    HOLDING = "holding"
    UNKNOWN = "unknown"
    AT_RISK = "at_risk"
    FAILING = "failing"
    FAILED = "failed"


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """What one need of a facility makes of it; fields as in :class:`Risk`."""

    service: str
    supplier: str
    phase: Phase
    hold: Hold
    backup: Backup
    lost_from: datetime | None = None
    fails_from: datetime | None = None
    fails_until: datetime | None = None
    because: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class Risk(msgspec.Struct, frozen=True, kw_only=True):
    """What threatens the service of a facility, as far as it is known.

    The interval holds the failure if what was said is true and the outage lasts; by needs of
    which nothing is said it may fail earlier.

    Attributes:
        facility: Id of the facility; ``kind`` and ``place`` its own.
        service: The service that people get from it.
        phase: Where it stands now.
        lost_from: When the first thing that it needs was lost, or will be, at the earliest; None
            where nobody said.
        fails_from: When it fails, at the earliest; None with phase ``failing`` or ``failed``
            where it may have failed any time before.
        fails_until: When it fails, at the latest; None where it may never fail.
        because: Ids of claims and facilities behind it.
        unknown: Codes of what is not known; ``need:code`` where it is about one need.
        causes: Need by need.
        assumptions: Codes of what is assumed.
    """

    facility: str
    kind: str
    place: str
    service: str
    phase: Phase
    lost_from: datetime | None = None
    fails_from: datetime | None = None
    fails_until: datetime | None = None
    because: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    assumptions: tuple[str, ...] = ()
    population: int | None = None


class Assumed(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever asks takes for granted.

    Attributes:
        unsaid_h: Hours that an outage goes unsaid at the most; None where nobody would promise
            that, and an outage without a stated beginning may be of any age.
    """

    unsaid_h: float | None = None
