"""Labels: what a labeller, or the reader, says that a post states; offsets only."""

from pathlib import Path

import msgspec

from vidomo.core.errors import InputError


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


def read_labels(path: Path) -> list[Labelled]:
    """Return the lines of a label file in order.

    Raises:
        InputError: There is no file, or a line is no label; the message names the line.
    """
    if not path.is_file():
        raise InputError(f"there is no label file {path.name}", hint="write it with draft")
    decoder = msgspec.json.Decoder(Labelled)
    rows = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            rows.append(decoder.decode(line))
        except msgspec.DecodeError as error:
            raise InputError(f"{path.name}, line {number}: {error}", hint="mend it") from error
    return rows
