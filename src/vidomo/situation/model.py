"""What holds, as far as anybody said so: states, incidents, questions."""

from datetime import datetime
from enum import StrEnum

import msgspec

from vidomo.situation.naming import SourceName, SpeakerName


class Standing(StrEnum):
    """What weight a claim has, decided once from its speaker, its source and its date.

    OFFICIAL: a body or office holder of the registry speaks, directly or quoted with a date.
    DECLARED: a source whose home the operator stated; never ends an alert.
    UNSOURCED: names no body or person of the registry, or quotes an office holder whom
        the registry contradicts, or carries no date: it confirms nothing and moves nothing.
    WITHDRAWN: the source has deleted or edited the words away.
    """

    OFFICIAL = "official"
    DECLARED = "declared"
    UNSOURCED = "unsourced"
    WITHDRAWN = "withdrawn"


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One claim behind a value, with all that a reader needs to judge it.

    Attributes:
        claim: Id of the claim; ``report`` and ``version`` those of its text.
        origin: Id of the independent speaker behind it; equal origins confirm nothing.
        speaker: Who says so, in words.
        source: Id of the source that carried it; ``url`` its address.
        quote: The exact words; ``start`` and ``end`` their offsets in code points.
        said_at: When it was published, start of the interval; None when undated.
        earliest: Start of when the thing stated held; ``latest`` its end.
        withdrawn_at: When the source edited or deleted the words away; None while they stand.
        copied_from: Id of the earlier claim whose words it repeats and whose origin it has.
        confirmed_by: Who at the desk has confirmed it; empty when nobody has.
        extent: How much of its place it is about: all, most, part, few or unstated.
    """

    claim: str
    report: str
    version: str
    topic: str
    kind: str
    polarity: str
    standing: Standing
    reason: str
    origin: str
    speaker: str
    source: str
    url: str
    lang: str
    quote: str
    start: int
    end: int
    place: str | None
    said_at: datetime | None
    said_until: datetime | None
    earliest: datetime | None
    latest: datetime | None
    withdrawn_at: datetime | None = None
    copied_from: str | None = None
    confirmed_by: tuple[str, ...] = ()
    extent: str = "unstated"


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """Something said beside a phase that does not move it.

    Attributes:
        code: all_clear_being_confirmed, all_clear_announced, forecast, announced (a schedule
            or its end), said (denied or negated words), order_inferred (which of two
            statements came last rests on the beginnings of overlapping times), excepted (what
            is said of the wider unit takes this place out).
        speaker: Who says so, in words.
        at: When it was published, start of the interval; None when undated.
        quote: The exact words; ``claim`` the id of their claim.
    """

    code: str
    speaker: str
    at: datetime | None
    quote: str
    claim: str


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """How many parts of a place are said to be without, out of all parts of that level.

    Parts of which nobody spoke are not known to have it: the rest is not "in order".

    Attributes:
        level: What the parts are: raion, hromada, settlement, city_district.
        parts: Parts said to be out or partly out.
        of: All parts of that level.
        places: Their codes.
    """

    level: str
    parts: int
    of: int
    places: tuple[str, ...] = ()


class DimensionState(msgspec.Struct, frozen=True, kw_only=True):
    """Where a place stands in one dimension (CLAIMS.md section 8).

    Attributes:
        since: Since when the phase holds, at the earliest said; None when nobody said.
        confirmed_at: Last time an independent origin said the same.
        heard_at: Last time anybody of standing said anything on this dimension.
        stale: Whether the evidence is older than the table allows.
        inherited_from: Code of the wider unit that the state was said of, else None.
        note: What is said beside the phase, as one line in English and the source's words.
        notes: The same, each with its claim.
        evidence: Ids of the claims behind it, newest first.
        share: How many of its parts are out, where the phase rests on what was said of parts.
        excepts: Codes of parts that the words behind the phase take out.
    """

    dimension: str
    phase: str
    since: datetime | None = None
    confirmed_at: datetime | None = None
    heard_at: datetime | None = None
    stale: bool = False
    certainty: str = "unknown"
    extent: str = "unstated"
    inherited_from: str | None = None
    note: str = ""
    notes: tuple[Note, ...] = ()
    evidence: tuple[str, ...] = ()
    share: Share | None = None
    excepts: tuple[str, ...] = ()


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """One step on the way of a place in one dimension, with the claim that made it.

    Attributes:
        phase: Where the place stood after it.
        at: When that held or was said, start of the interval; None when nobody knows.
        until: End of that interval.
    """

    place: str
    dimension: str
    phase: str
    claim: str
    at: datetime | None = None
    until: datetime | None = None


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """How many, as one origin said it. Figures are never added up.

    Attributes:
        status: current, earlier, differs (another count of the same thing), part (of a
            higher one: "among them three children"), unsourced.
        order_inferred: Whether "current" rests on the higher count, not on the times.
        evidence: Ids of the claims that give this very figure.
        subset_of: Unit or figure that it is part of, as the text says.
    """

    topic: str
    unit: str
    min: float | None
    max: float | None
    mode: str
    status: str
    order_inferred: bool = False
    speakers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    subset_of: str = ""


class SaidTime(msgspec.Struct, frozen=True, kw_only=True):
    """One time given for an incident; times of different speakers are never averaged."""

    earliest: datetime
    latest: datetime
    surface: str
    speakers: tuple[str, ...]
    disputed: bool = False
    evidence: tuple[str, ...] = ()


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """How one statement of a happening follows from another.

    Attributes:
        kind: warned, alerted, followed, caused, further, damaged, harmed, restored,
            partly_restored, ended.
        from_claim: What came before; ``to_claim`` what came of it.
        basis: explicit (the text says so, in ``text``) or inferred (only time and place say so).
        text: The exact words that say so; empty when inferred.
    """

    kind: str
    from_claim: str
    to_claim: str
    basis: str
    text: str = ""


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a disagreement: a figure or a time, with who gives it."""

    min: float | None = None
    max: float | None = None
    mode: str = ""
    earliest: datetime | None = None
    latest: datetime | None = None
    speakers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Values of one thing that cannot all be right, side by side; none of them wins.

    Attributes:
        what: figure or time.
        topic: What is counted; empty for a time. ``unit`` likewise.
    """

    what: str
    topic: str = ""
    unit: str = ""
    sides: tuple[Side, ...] = ()


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """Claims about one happening.

    Attributes:
        earliest: First time that somebody of standing gave; when it was first heard of where
            nobody gave any. ``latest`` likewise the end.
        family: air (bombs, missiles, drones, explosions not told apart), ground (artillery), other.
        means: Weapons as stated; more than one may be stated by different speakers.
        parts: Figures that are part of others; never counted beside them.
        links: Which statement follows from which, in the order of the chain.
        conflicts: Figures and times that disagree.
        decisions: Ids of the decisions that merged or split it.
    """

    id: str
    place: str
    family: str
    earliest: datetime
    latest: datetime
    times: tuple[SaidTime, ...] = ()
    figures: tuple[Figure, ...] = ()
    means: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    unsourced: tuple[str, ...] = ()
    parts: tuple[Figure, ...] = ()
    links: tuple[Link, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    decisions: tuple[str, ...] = ()


class QuestionStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step in the life of a question.

    Attributes:
        what: asked, reasked, answered, reopened, withheld, stale.
        at: When; None when the words carry no date.
        speaker: Who; empty for stale, which nobody says.
        claim: Id of the claim that makes the step; empty for stale.
        unsourced: Whether the step is made by words without a source.
    """

    what: str
    at: datetime | None = None
    speaker: str = ""
    claim: str = ""
    unsourced: bool = False


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Something stated to be unknown, with a life.

    Attributes:
        status: open, answered, withheld, stale.
        asked_by: Who said that it is unknown, in words.
        unsourced: Whether only texts without a source ask it.
        answered_by: Ids of the claims that answer it.
        steps: Its whole life, undated steps first.
    """

    id: str
    subject: str
    topic: str
    place: str | None
    candidates: tuple[str, ...] = ()
    status: str = "open"
    status_said: str = ""
    asked_at: datetime | None = None
    last_asked_at: datetime | None = None
    asked_by: tuple[str, ...] = ()
    unsourced: bool = False
    answered_at: datetime | None = None
    answered_by: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    steps: tuple[QuestionStep, ...] = ()


class SourceHealth(msgspec.Struct, frozen=True, kw_only=True):
    """When a source last answered, and since when it is silent."""

    source: str
    answered_at: datetime | None
    silent_since: datetime | None
    detail: str = ""


class PlaceState(msgspec.Struct, frozen=True, kw_only=True):
    """All that holds at one place."""

    place: str
    dimensions: tuple[DimensionState, ...]
    figures: tuple[Figure, ...] = ()
    incidents: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    timeline: tuple[str, ...] = ()


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision of a person that is in force, with the claims that it rests on now.

    Attributes:
        reattached: Whether it was found again by report and overlapping words.
    """

    id: str
    kind: str
    reason: str
    by: str
    at: datetime
    claims: tuple[str, ...] = ()
    reattached: bool = False


class Orphaned(msgspec.Struct, frozen=True, kw_only=True):
    """A decision whose claim is no longer read; it waits in the review inbox.

    Attributes:
        id: Id of the decision.
        report: Report that it was about; ``quote`` the words.
    """

    id: str
    kind: str
    reason: str
    by: str
    at: datetime
    report: str = ""
    quote: str = ""


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What holds at an instant, as far as it was known at another.

    ``recorded_at`` and the order of records are no part of it: the same records
    in any order give the same bytes.

    Attributes:
        moves: How places came to stand where they stand, oldest first in each dimension;
            only where there was more than one step, and only the last few.
        speakers: English names of the bodies that speak.
        titles: Names of the registered sources that were heard or asked.
        replaced: Words that an edit changed while the id of their claim stayed; ``claim`` is
            that id, ``version`` the one that held them.
        official: The same, without incidents, as if nobody had spoken but officials whose words
            can be looked up; None where nobody else did.
    """

    valid_at: datetime
    known_at: datetime
    places: tuple[PlaceState, ...] = ()
    incidents: tuple[Incident, ...] = ()
    questions: tuple[Question, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[SourceHealth, ...] = ()
    decisions: tuple[Decided, ...] = ()
    orphaned: tuple[Orphaned, ...] = ()
    moves: tuple[Moved, ...] = ()
    speakers: tuple[SpeakerName, ...] = ()
    titles: tuple[SourceName, ...] = ()
    replaced: tuple[Evidence, ...] = ()
    official: "Situation | None" = None
