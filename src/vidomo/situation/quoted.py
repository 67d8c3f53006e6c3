"""The people whom a text presents as office holders."""

import msgspec

from vidomo.claims.model import Reading, SpeakerKind


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """A person as a text presents them.

    Attributes:
        name: In the words of the text.
        role: Office in the words of the text.
        body_type: Type of the body whose office it is, empty when the text does not say.
    """

    name: str
    role: str
    body_type: str = ""


def quoted_officials(reading: Reading, *, text: str) -> tuple[Quoted, ...]:
    """Return the named officials whom a text quotes, whether or not their words are claims."""
    del text
    return tuple(
        Quoted(
            name=claim.speaker.name,
            role=claim.speaker.role,
            body_type=(claim.speaker.body or "").partition("@")[0],
        )
        for claim in reading.claims
        if claim.speaker.kind is SpeakerKind.NAMED_OFFICIAL
        and claim.speaker.name
        and claim.speaker.role
    )
