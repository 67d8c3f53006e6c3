"""What passed the gate, and what did not: plain values that documents are made of."""

from datetime import datetime

import msgspec

DIMENSIONS = (
    "alert",
    "attack",
    "power",
    "water",
    "heat",
    "gas",
    "communications",
    "health",
    "emergency",
    "transport",
    "education",
    "payments",
    "harm",
    "damage",
)
"""The dimensions of a place in the order in which people need them (CLAIMS.md section 8)."""

UNSAID = {"alert": "unknown", "attack": "none_reported"} | dict.fromkeys(
    DIMENSIONS[2:], "not_reported"
)
"""The phase of each dimension about which nobody of standing has said anything."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One statement that may be shown, with its exact words.

    Attributes:
        standing: official, declared or unsourced; withdrawn words never get here.
        reason: Why it has that standing, as a short code or words of the fold.
        speaker: Who says so, in words; ``origin`` the id of the speaker.
        said_at: When it was published, ``said_until`` the end of that interval; None when undated.
        earliest: Start of when the thing stated held; ``latest`` its end.
        withheld_by: Id of the rule that withholds the words; the quote is then empty, and what
            they state stands beside the link.
    """

    claim: str
    report: str
    topic: str
    kind: str
    polarity: str
    standing: str
    reason: str
    origin: str
    speaker: str
    source: str
    url: str
    lang: str
    quote: str
    place: str | None = None
    said_at: datetime | None = None
    said_until: datetime | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    withheld_by: str = ""


class NoteView(msgspec.Struct, frozen=True, kw_only=True):
    """Something said beside a phase that does not move it.

    Attributes:
        code: all_clear_being_confirmed, all_clear_announced, forecast, announced, said,
            order_inferred or excepted.
        said: Id of the claim; its words are in the view's ``said``.
    """

    code: str
    said: str


class ShareView(msgspec.Struct, frozen=True, kw_only=True):
    """How many parts of a place are said to be out, out of all parts of that level.

    Attributes:
        level: raion, hromada, settlement or city_district.
    """

    level: str
    parts: int
    of: int


class MoveView(msgspec.Struct, frozen=True, kw_only=True):
    """One step on the way to where a place stands now.

    Attributes:
        phase: Where it stood after the step.
        said: Id of the claim that made it.
        at: When that held or was said, ``until`` the end of that interval; None when undated.
    """

    phase: str
    said: str
    at: datetime | None = None
    until: datetime | None = None


class DimensionView(msgspec.Struct, frozen=True, kw_only=True):
    """Where a place stands in one dimension, with the claims behind it.

    Attributes:
        since: Since when the phase holds; None when nobody said.
        heard_at: Last time anybody of standing said anything on it.
        inherited_from: Code of the wider unit that it was said of.
        said: Ids of claims, newest first; empty exactly when nobody said anything.
        share: How many parts are out, where the phase rests on what was said of parts.
        is_named: Whether anything was said of the place itself; false where all is inherited.
        moves: How it came to stand there, newest first; empty for a single step.
        is_withheld: Whether an official has said something here that may not be shown yet: then
            the phase says nothing, and a page must not say that nobody reported anything.
        is_coarsened: Whether it is told of the wider unit because the place is too small to be told;
            whether anything was said of the place by name is then not told either.
        is_from_parts: Whether the phase rests on what was said of parts, which is not listed.
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
    notes: tuple[NoteView, ...] = ()
    said: tuple[str, ...] = ()
    share: ShareView | None = None
    is_named: bool = True
    moves: tuple[MoveView, ...] = ()
    is_withheld: bool = False
    is_from_parts: bool = False
    is_coarsened: bool = False

    @property
    def is_said(self) -> bool:
        """Whether anybody has said anything that moved this dimension."""
        return self.phase != UNSAID.get(self.dimension, "not_reported")


class FigureView(msgspec.Struct, frozen=True, kw_only=True):
    """How many, as somebody said it; never without a speaker, never a sum.

    Attributes:
        status: current, earlier, differs, part or unsourced.
        order_inferred: Whether "current" rests on the higher count, not on the times.
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
    said: tuple[str, ...] = ()
    subset_of: str = ""


class TimeView(msgspec.Struct, frozen=True, kw_only=True):
    """One time given for an incident, with who gives it."""

    earliest: datetime
    latest: datetime
    surface: str
    speakers: tuple[str, ...]
    disputed: bool = False
    said: tuple[str, ...] = ()


class LinkView(msgspec.Struct, frozen=True, kw_only=True):
    """How one statement of an incident follows from another.

    Attributes:
        kind: warned, alerted, followed, caused, further, damaged, harmed, restored,
            partly_restored, ended.
        before: Id of the claim that came before; ``after`` of what came of it.
        is_said: Whether the text says so, or only time and place do.
        text: The words of the text that say so; empty where they lie in no open quotation.
    """

    kind: str
    before: str
    after: str
    is_said: bool
    text: str = ""


class SideView(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a disagreement, with who gives it."""

    min: float | None = None
    max: float | None = None
    mode: str = ""
    earliest: datetime | None = None
    latest: datetime | None = None
    speakers: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


class ConflictView(msgspec.Struct, frozen=True, kw_only=True):
    """Figures or times of one thing that disagree, side by side.

    Attributes:
        what: figure or time.
    """

    what: str
    topic: str = ""
    unit: str = ""
    sides: tuple[SideView, ...] = ()


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """One step in the life of a question; ``said`` is empty where nobody made it.

    Attributes:
        what: asked, reasked, answered, reopened, withheld or stale.
    """

    what: str
    at: datetime | None = None
    said: str = ""
    unsourced: bool = False


class IncidentView(msgspec.Struct, frozen=True, kw_only=True):
    """Statements about one happening, side by side."""

    id: str
    place: str
    family: str
    earliest: datetime
    latest: datetime
    times: tuple[TimeView, ...] = ()
    figures: tuple[FigureView, ...] = ()
    means: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    unsourced: tuple[str, ...] = ()
    parts: tuple[FigureView, ...] = ()
    links: tuple[LinkView, ...] = ()
    conflicts: tuple[ConflictView, ...] = ()


class QuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """Something stated to be unknown, and what became of it.

    Attributes:
        status: open, answered, withheld or stale.
        unsourced: Whether only texts without a source ask it.
        said: Ids of the claims that ask; ``answered_by`` of those that answer.
    """

    id: str
    subject: str
    topic: str
    place: str | None = None
    candidates: tuple[str, ...] = ()
    status: str = "open"
    status_said: str = ""
    asked_at: datetime | None = None
    last_asked_at: datetime | None = None
    asked_by: tuple[str, ...] = ()
    unsourced: bool = False
    answered_at: datetime | None = None
    answered_by: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    steps: tuple[StepView, ...] = ()


class SourceView(msgspec.Struct, frozen=True, kw_only=True):
    """When a source last answered, and since when it is silent."""

    source: str
    answered_at: datetime | None = None
    silent_since: datetime | None = None
    detail: str = ""


class NameView(msgspec.Struct, frozen=True, kw_only=True):
    """What a speaker is called in English, with the code of the place that has to stand beside."""

    speaker: str
    en: str
    place: str = ""


class TitleView(msgspec.Struct, frozen=True, kw_only=True):
    """What a registered source is called, and the place that it speaks for.

    Attributes:
        title: What it calls itself; empty when only its id is known.
        en: What the body behind it is called in English, ``place`` as in a ``NameView``.
        home: Code of the place that it speaks for.
    """

    source: str
    title: str = ""
    en: str = ""
    place: str = ""
    home: str | None = None


class ChangeView(msgspec.Struct, frozen=True, kw_only=True):
    """A post whose words were changed or taken away: that it happened, never the words.

    Attributes:
        how: deleted or edited.
        changed_at: When its source did so, None when that is not known.
        places: Codes of the places that it spoke of.
    """

    report: str
    source: str
    url: str
    how: str = "edited"
    changed_at: datetime | None = None
    places: tuple[str, ...] = ()


class PlaceView(msgspec.Struct, frozen=True, kw_only=True):
    """All that may be shown of one place; every dimension is there, in the fixed order.

    Attributes:
        struck_inside: Codes of places in it at which an attack is told, each as coarsely as its
            own page tells it; for residents, and only of a community or a raion.
    """

    place: str
    dimensions: tuple[DimensionView, ...]
    figures: tuple[FigureView, ...] = ()
    incidents: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    timeline: tuple[str, ...] = ()
    struck_inside: tuple[str, ...] = ()


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """Something that did not pass.

    Attributes:
        what: Kind and id of the thing, such as ``claim clm_…``; never its words.
        rule: Id of the policy's rule.
        until: When it may pass; None when only a new decision can let it pass.
        place: Code of the place that it is about; None where that is not decided.
        topic: What it is about.
        said_at: When it was published.
        source: Id of the source that carried it.
        is_quote: Whether only the words are withheld and what they state is shown.
    """

    what: str
    rule: str
    until: datetime | None = None
    place: str | None = None
    topic: str = ""
    said_at: datetime | None = None
    source: str = ""
    is_quote: bool = False


class PublicView(msgspec.Struct, frozen=True, kw_only=True):
    """All that may be shown under one policy; documents are made of nothing else.

    Attributes:
        withheld: What did not pass, for the desk; always empty under a public policy, since
            that something is withheld somewhere is a finding of its own.
        is_public: Whether residents may see it.
    """

    policy: str
    valid_at: datetime
    known_at: datetime
    places: tuple[PlaceView, ...] = ()
    incidents: tuple[IncidentView, ...] = ()
    questions: tuple[QuestionView, ...] = ()
    said: tuple[Said, ...] = ()
    sources: tuple[SourceView, ...] = ()
    changes: tuple[ChangeView, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    names: tuple[NameView, ...] = ()
    titles: tuple[TitleView, ...] = ()
    is_public: bool = False

    def place(self, code: str) -> PlaceView | None:
        """Return the view of one place, None when the gate was not asked for it."""
        return next((place for place in self.places if place.place == code), None)
