"""Labels: what a person, or the reader, says that a post states; offsets only, no words."""

import msgspec


class LabelPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A place of a statement.

    Attributes:
        code: KATOTTG code, ``UA`` the country, ``RU`` Russia, None for "cannot be decided".
        role: affected, heading, origin, near or source.
        start: Offset of its words in code points of the post; -1 when taken from context.
        end: End offset, exclusive; -1 without words.
        candidates: What it may be when the code is None; empty for a place in a third country.
    """

    code: str | None
    role: str = "affected"
    start: int = -1
    end: int = -1
    candidates: tuple[str, ...] = ()


class LabelNumber(msgspec.Struct, frozen=True, kw_only=True):
    """How many, as said; the fields of the claims contract that are scored."""

    min: float | None = None
    max: float | None = None
    mode: str = "exact"
    unit: str = ""


class LabelUnknown(msgspec.Struct, frozen=True, kw_only=True):
    """What is stated to be unknown, and in what way."""

    subject: str
    status: str


class LabelClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of a post."""

    topic: str
    kind: str
    polarity: str
    start: int
    end: int
    places: tuple[LabelPlace, ...] = ()
    number: LabelNumber | None = None
    unknown: LabelUnknown | None = None
    speaker_kind: str | None = None

    def overlaps(self, other: "LabelClaim") -> bool:
        """Whether the two share any character."""
        return self.start < other.end and other.start < self.end


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """All that one labeller found in one post: one line of a label file."""

    id: str
    labeller: str
    claims: tuple[LabelClaim, ...] = ()
