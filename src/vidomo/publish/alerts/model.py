"""An alert message in the words of the Common Alerting Protocol, version 1.2.

Source: OASIS Common Alerting Protocol 1.2, section 3.2 (data dictionary). Element names are
kept, in snake case; an empty string or tuple, and None, stand for an element that is absent.
"""

import enum
from datetime import datetime

import msgspec

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"


class Status(enum.StrEnum):
    """What the message is to be taken for."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    SYSTEM = "System"
    TEST = "Test"
    DRAFT = "Draft"


class MsgType(enum.StrEnum):
    """What the message does to earlier ones."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"
    ACK = "Ack"
    ERROR = "Error"


class Scope(enum.StrEnum):
    """Whom the message may reach."""

    PUBLIC = "Public"
    RESTRICTED = "Restricted"
    PRIVATE = "Private"


class Category(enum.StrEnum):
    """The kind of event."""

    GEO = "Geo"
    MET = "Met"
    SAFETY = "Safety"
    SECURITY = "Security"
    RESCUE = "Rescue"
    FIRE = "Fire"
    HEALTH = "Health"
    ENV = "Env"
    TRANSPORT = "Transport"
    INFRA = "Infra"
    CBRNE = "CBRNE"
    OTHER = "Other"


class ResponseType(enum.StrEnum):
    """What people are asked to do; ``ALL_CLEAR`` ends a warning."""

    SHELTER = "Shelter"
    EVACUATE = "Evacuate"
    PREPARE = "Prepare"
    EXECUTE = "Execute"
    AVOID = "Avoid"
    MONITOR = "Monitor"
    ASSESS = "Assess"
    ALL_CLEAR = "AllClear"
    NONE = "None"


class Urgency(enum.StrEnum):
    """How soon people have to act."""

    IMMEDIATE = "Immediate"
    EXPECTED = "Expected"
    FUTURE = "Future"
    PAST = "Past"
    UNKNOWN = "Unknown"


class Severity(enum.StrEnum):
    """How much is at stake."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"
    UNKNOWN = "Unknown"


class Certainty(enum.StrEnum):
    """How sure the event is."""

    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"
    UNKNOWN = "Unknown"


class NamedValue(msgspec.Struct, frozen=True):
    """A value of a named list: an event code, a geocode or a parameter."""

    value_name: str
    value: str


class Reference(msgspec.Struct, frozen=True):
    """An earlier message, named by the three things that name a message."""

    sender: str
    identifier: str
    sent: datetime


class Resource(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file that belongs to a message; ``size`` in bytes, ``digest`` SHA-1 in hex as CAP asks."""

    resource_desc: str
    mime_type: str
    size: int | None = None
    uri: str = ""
    deref_uri: str = ""
    digest: str = ""


class Area(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a message holds.

    Attributes:
        polygons: Closed rings of (latitude, longitude) in degrees, WGS 84, first point repeated.
        circles: (latitude, longitude, radius in km).
        geocodes: Codes of places; ours are named ``KATOTTG`` and ``ISO3166-2``.
        altitude: Feet above mean sea level, as CAP has it; ``ceiling`` the upper end.
    """

    area_desc: str
    polygons: tuple[tuple[tuple[float, float], ...], ...] = ()
    circles: tuple[tuple[float, float, float], ...] = ()
    geocodes: tuple[NamedValue, ...] = ()
    altitude: float | None = None
    ceiling: float | None = None


class Info(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a message tells, in one language; times are aware.

    Attributes:
        language: A tag of RFC 3066, such as ``uk-UA``; empty means ``en-US`` by CAP's rule.
    """

    category: tuple[Category, ...]
    event: str
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    language: str = ""
    response_type: tuple[ResponseType, ...] = ()
    audience: str = ""
    event_code: tuple[NamedValue, ...] = ()
    effective: datetime | None = None
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    parameter: tuple[NamedValue, ...] = ()
    resource: tuple[Resource, ...] = ()
    area: tuple[Area, ...] = ()


class Alert(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message; the same sender, identifier and sent always mean the same message.

    Attributes:
        addresses: Recipients of a private message; ``restriction`` goes with scope Restricted.
        references: Messages that an Update, Cancel, Ack or Error is about.
    """

    identifier: str
    sender: str
    sent: datetime
    status: Status
    msg_type: MsgType
    scope: Scope
    source: str = ""
    restriction: str = ""
    addresses: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    note: str = ""
    references: tuple[Reference, ...] = ()
    incidents: tuple[str, ...] = ()
    infos: tuple[Info, ...] = ()

    @property
    def as_reference(self) -> Reference:
        """The three things that name this message, for a later one to refer to."""
        return Reference(self.sender, self.identifier, self.sent)
