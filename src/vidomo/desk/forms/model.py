"""What a form is, what it is filled from, and what comes out: plain values."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

import msgspec

from vidomo.core.errors import DisclosureForbidden
from vidomo.disclosure.invitation import Invitation
from vidomo.disclosure.model import PublicView

SECTIONS = ("headline", "description", "instruction")
"""The parts of a text, as CAP 1.2 names them, in the order of reading."""
PURPOSES = (
    "first_message",
    "shelter",
    "advice",
    "being_verified",
    "power",
    "water",
    "correction",
    "all_clear",
    "help_points",
    "phone_report",
    "written_report",
    "morning_summary",
)
"""What forms are for, in the order of a night."""
UNOFFICIAL = "unofficial example"
CONFIRMED = "confirmed"


class Audience(StrEnum):
    """Whom a text is for: it decides which facts may go into it."""

    PUBLIC = "public"
    INTERNAL = "internal"
    UPWARD = "upward"


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One gap of a form.

    Attributes:
        name: As it stands in the text in braces.
        source: Where it is filled from, one of ``gaps.SOURCES``.
        unknown: What is written where nothing is known, by language: that it is not known, and
            what is done about it.
        must: Whether the text may not go out while this is not known.
    """

    name: str
    source: str
    unknown: Mapping[str, str]
    must: bool = False


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a form in one language, with gaps in braces; a section may be empty."""

    headline: str = ""
    description: str = ""
    instruction: str = ""

    def section(self, name: str) -> str:
        """Return one of ``SECTIONS``."""
        return {
            "headline": self.headline,
            "description": self.description,
            "instruction": self.instruction,
        }[name]


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """One form of one authority.

    Attributes:
        id: Unique within the authority.
        authority: Kind of authority, such as ``community`` or ``oblast``.
        purpose: One of ``PURPOSES``.
        digest: SHA-256 of the file in hexadecimal: the version that a person approves.
        status: ``UNOFFICIAL`` until the authority has confirmed it.
        next_after_min: Minutes after which the authority promises the next message; 0 for no promise.
        is_spoken: Whether it is read aloud: numbers and times are then written as words.
        examples: A filled text by language; ``counters`` one that this form never gives.
        is_own: Whether it is the operator's own file and not a shipped one.
    """

    id: str
    authority: str
    purpose: str
    title: Mapping[str, str]
    version: str
    audience: Audience
    fields: tuple[Field, ...]
    words: Mapping[str, Wording]
    digest: str
    status: str = UNOFFICIAL
    confirmed_by: str = ""
    confirmed_on: date | None = None
    next_after_min: int = 0
    is_spoken: bool = False
    examples: Mapping[str, str] = {}
    counters: Mapping[str, str] = {}
    is_own: bool = False

    @property
    def key(self) -> str:
        """Authority and id, by which people name a form."""
        return f"{self.authority}/{self.id}"

    @property
    def is_confirmed(self) -> bool:
        """Whether the authority has confirmed it."""
        return self.status == CONFIRMED

    @property
    def is_public(self) -> bool:
        """Whether its text is for residents."""
        return self.audience is Audience.PUBLIC

    def field(self, name: str) -> Field | None:
        """Return the gap of a name, None where there is none."""
        return next((field for field in self.fields if field.name == name), None)


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer types in; none of it is known from a claim.

    Attributes:
        body: Who speaks; empty for the name that the registry or the place gives.
        contact: How to reach whoever speaks.
        next_at: When the next message will come.
        notes: Other words by name, for the gaps that are filled by hand.
    """

    body: str = ""
    contact: str = ""
    next_at: datetime | None = None
    notes: Mapping[str, str] = {}


class PublicFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a text for residents may be filled from.

    Attributes:
        view: What passed the gate for the public; it must hold the place.
        place: Code of the place.
        invitations: Addresses that authorities invite the public to.

    Raises:
        DisclosureForbidden: The view is not for the public.
    """

    view: PublicView
    place: str
    invitations: tuple[Invitation, ...] = ()
    given: Given = Given()

    def __post_init__(self) -> None:
        """Refuse the operator's view: a text for residents is never made of it."""
        if not self.view.is_public:
            raise DisclosureForbidden(
                f"the view under {self.view.policy} is not for the public",
                hint="ask the gate with the policy ua-public",
            )


class DeskFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a text for the authorities themselves is filled from.

    Attributes:
        view: The operator's view; it must hold the place.
        place: Code of the place.

    Raises:
        DisclosureForbidden: The view is the public one, which withholds what a report needs.
    """

    view: PublicView
    place: str
    given: Given = Given()

    def __post_init__(self) -> None:
        """Refuse the public view, so that the two can never be taken for each other."""
        if self.view.is_public:
            raise DisclosureForbidden(
                "a report to the authorities is filled from the operator's view",
                hint="ask the gate with the policy operator-only",
            )


Facts = PublicFacts | DeskFacts


class Basis(StrEnum):
    """What the words of a filled gap rest on."""

    CLAIMS = "claims"
    HAND = "hand"
    FORM = "form"
    CLOCK = "clock"
    HELD = "held"
    UNKNOWN = "unknown"


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one gap.

    Attributes:
        sentences: Words with the ids of the claims behind them, one pair a sentence.
        basis: Claims, an officer's hand, the form or codifier, the clock; held
            where it is known and may not be told; unknown where nobody said anything.
    """

    name: str
    sentences: tuple[tuple[str, tuple[str, ...]], ...]
    basis: Basis
    must: bool = False

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(text for text, _ in self.sentences)

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of all claims behind it, each once."""
        return tuple(dict.fromkeys(claim for _, claims in self.sentences for claim in claims))

    @property
    def is_known(self) -> bool:
        """Whether there is anything to say."""
        return self.basis not in {Basis.UNKNOWN, Basis.HELD}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a filled text.

    Attributes:
        section: One of ``SECTIONS``.
        claims: Ids of the claims that it rests on; empty for words of the form itself.
        gaps: Names of the gaps in it.
    """

    section: str
    text: str
    claims: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A filled form.

    Attributes:
        form: Key of the form; ``digest`` the version of its file.
        as_of: The instant that it tells of.
        values: Every gap, in the order of the form; none is left out.
        is_exercise: Whether nothing of it is real; every section says so.
    """

    form: str
    digest: str
    status: str
    lang: str
    audience: Audience
    place: str
    as_of: datetime
    lines: tuple[Line, ...]
    values: tuple[Value, ...]
    is_exercise: bool = False

    @property
    def text(self) -> str:
        """The whole text, an empty line between sections."""
        parts = (self.section(name) for name in SECTIONS)
        return "\n\n".join(part for part in parts if part)

    def section(self, name: str) -> str:
        """Return the text of one of ``SECTIONS``; empty where the form has none."""
        return "\n".join(line.text for line in self.lines if line.section == name)

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of all claims behind the text, each once."""
        return tuple(dict.fromkeys(claim for line in self.lines for claim in line.claims))

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names of the gaps that read as not known."""
        return tuple(value.name for value in self.values if not value.is_known)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Names of the gaps without which the text may not go out."""
        return tuple(value.name for value in self.values if value.must and not value.is_known)
