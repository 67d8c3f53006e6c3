"""The people whom a text presents as office holders."""

import functools

import msgspec

from vidomo.claims.model import Reading, SpeakerKind
from vidomo.claims.prepare import prepare
from vidomo.claims.speakers import find_speakers

# Every version is weighed again in each fold; its text does not change.
_REMEMBERED = 4096


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
    """Return the named officials whom a text quotes, whether or not their words are claims.

    A head of an administration who only says how hard it is makes no claim, and is still
    the person by whom a text can be known to be invented.
    """
    speaking = tuple(
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
    return tuple(dict.fromkeys((*speaking, *_named_in(text))))


@functools.lru_cache(maxsize=_REMEMBERED)
def _named_in(text: str) -> tuple[Quoted, ...]:
    return tuple(
        Quoted(name=hit.name, role=hit.role, body_type=hit.body_type)
        for hit in find_speakers(prepare(text), ())
        if hit.kind == SpeakerKind.NAMED_OFFICIAL.value and hit.name and hit.role
    )
