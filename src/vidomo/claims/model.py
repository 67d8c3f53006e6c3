"""Claims: one statement in one report, tied to its exact quotation (CLAIMS.md)."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """How a statement is meant."""

    REPORT = "report"
    ASSESSMENT = "assessment"
    UNKNOWN = "unknown"
    WARNING = "warning"
    ADVICE = "advice"
    PLAN = "plan"
    FORECAST = "forecast"
    SPECULATION = "speculation"
    BACKGROUND = "background"


class Polarity(StrEnum):
    """Whether the statement affirms, negates or denies."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    DENIED = "denied"


class Certainty(StrEnum):
    """Certainty in the words of CAP 1.2."""

    OBSERVED = "observed"
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    UNKNOWN = "unknown"


class Extent(StrEnum):
    """How much of the place or the people a statement covers."""

    ALL = "all"
    MOST = "most"
    PART = "part"
    FEW = "few"
    UNSTATED = "unstated"


class Role(StrEnum):
    """What a place is to the statement."""

    AFFECTED = "affected"
    HEADING = "heading"
    ORIGIN = "origin"
    NEAR = "near"
    SOURCE = "source"


class SpeakerKind(StrEnum):
    """Who speaks."""

    SELF = "self"
    NAMED_OFFICIAL = "named_official"
    ORGANISATION = "organisation"
    UNSPECIFIED_AUTHORITY = "unspecified_authority"
    EXPERT = "expert"
    AUTHOR = "author"
    UNNAMED = "unnamed"


class PlaceRef(msgspec.Struct, frozen=True, kw_only=True):
    """A place that a claim is about.

    Attributes:
        code: KATOTTG code; ``UA`` the country, ``RU`` Russia; None when ambiguous.
        level: country, oblast, raion, hromada, settlement, city_district; empty when ambiguous.
        name: Official Ukrainian name; empty when ambiguous.
        surface: The words of the text; empty when taken from the source's home.
        role: What the place is to the statement.
        confidence: 0..1.
        candidates: Codes it may be, best first; filled when the code is None.
        start: Offset of the surface in code points of the original; -1 without surface.
        end: End offset, exclusive; -1 without surface.
    """

    code: str | None
    level: str = ""
    name: str = ""
    surface: str = ""
    role: Role = Role.AFFECTED
    confidence: float = 1.0
    candidates: tuple[str, ...] = ()
    start: int = -1
    end: int = -1


class ClaimTime(msgspec.Struct, frozen=True, kw_only=True):
    """When the thing stated happened or holds.

    Attributes:
        phase: past, ongoing, as_of, expected or scheduled; None when not said.
        earliest: Start of the half-open interval, aware UTC.
        latest: End of the half-open interval, exclusive.
        basis: explicit (a clock time or date in the text), relative ("in the night"), publication.
        surface: The words of the text; empty for publication.
    """

    phase: str | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    basis: str = "publication"
    surface: str = ""


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """How many, as said.

    Attributes:
        min: Lower bound, None when open or not stated.
        max: Upper bound, None when open or not stated.
        mode: exact, about, at_least, at_most, range, several, none.
        unit: persons, children, explosions, bombs, uavs, missiles, buildings, customers,
            households, settlements, districts, share (0..1), ... ; ``subset_of`` names a wider unit.
        subset_of: Unit or figure that this one is part of ("among them 3 children").
        cumulative_since: What the total counts from ("invasion", "day", "week"), None for one event.
    """

    min: float | None = None
    max: float | None = None
    mode: str = "exact"
    unit: str = ""
    subset_of: str | None = None
    cumulative_since: str | None = None

    @property
    def figures(self) -> tuple[float | None, float | None, str, str]:
        """What is counted, and how many, whatever it is a part of."""
        return self.min, self.max, self.mode, self.unit


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """Who the statement is from, which may not be the source.

    Attributes:
        kind: Kind of speaker.
        name: Name or body as the text has it, in the text's words; None for self.
        role: Office as the text has it.
        via: Who relays, when the source is not the speaker.
        body: Which body that is, as ``type@code`` (``city_military_administration@UA63...``),
            ``type@`` while the place is not yet decided, None when the text names no body.
    """

    kind: SpeakerKind = SpeakerKind.SELF
    name: str | None = None
    role: str | None = None
    via: str | None = None
    body: str | None = None


class UnknownThing(msgspec.Struct, frozen=True, kw_only=True):
    """What is stated to be unknown.

    Attributes:
        subject: casualties, damage, extent, location, cause, restoration_time, number.
        status: not_released, being_clarified, withheld, not_received, unclear.
    """

    subject: str
    status: str


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """How the text itself ties the statement to an earlier one.

    Attributes:
        kind: supersedes, corrects, repeats, contradicts, answers.
        text: The words that say so.
    """

    kind: str
    text: str


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One statement in one report. Field meanings: CLAIMS.md section 2."""

    id: str
    topic: str
    kind: Kind
    quote: str
    start: int
    end: int
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.OBSERVED
    places: tuple[PlaceRef, ...] = ()
    time: ClaimTime = ClaimTime()
    number: Number | None = None
    extent: Extent = Extent.UNSTATED
    means: tuple[str, ...] = ()
    means_logic: str = ""
    speaker: Speaker = Speaker()
    unknown: UnknownThing | None = None
    queue: tuple[str, ...] = ()
    regime: str | None = None
    services: tuple[str, ...] = ()
    relation: Relation | None = None
    confidence: float = 0.5
    rules: tuple[str, ...] = ()


class Silent(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence without a claim, and why it has none.

    Attributes:
        start: Offset in code points of the original text.
        end: End offset, exclusive.
        reason: no_cue, context, opinion, question, heading, out_of_scope, suppressed:<rule>.
    """

    start: int
    end: int
    reason: str


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A place named in a text, before anybody decided which one is meant.

    Attributes:
        start: Offset in code points of the original text.
        end: End offset, exclusive.
        surface: Exactly those words.
        kind: settlement, raion, hromada, oblast, city_district, country, town ("the city").
        role: What the place is to its statement.
        candidates: Codes that the form can stand for, in no order of merit.
        qualifiers: Codes of wider units that the text itself ties to it ("in Kharkiv oblast").
        typed: Whether a type word stands beside it ("the city of").
        is_body: The name belongs to a body: it says who speaks, not where.
        is_excluded: The text takes the place out of what it says ("except Izium raion").
        is_qualifier: The name only says where another one lies; no place of its own.
    """

    start: int
    end: int
    surface: str
    kind: str
    role: Role = Role.AFFECTED
    candidates: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    typed: bool = False
    is_body: bool = False
    is_excluded: bool = False
    is_qualifier: bool = False


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read in one version of a report.

    Attributes:
        report: Id of the report.
        version: Id of the version that was read.
        reader_version: Version of the reader, its tables and the gazetteer.
        lang: uk, ru, en or und.
        genre: official, news, monitor.
        claims: In order of their start.
        mentions: Every place named, used by a claim or not.
        silent: Sentences without a claim, with the reason.
        leads: Where the first sentence ends, and the one below a heading.
    """

    report: str
    version: str
    reader_version: str
    lang: str = "und"
    genre: str = "news"
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    silent: tuple[Silent, ...] = ()
    leads: tuple[int, ...] = ()
