"""Tells a place in few words: whole statements, each with who says so and when."""

from vidomo.core.time import KYIV
from vidomo.disclosure.model import PublicView
from vidomo.publish.atlas import Atlas
from vidomo.publish.digest_fit import (
    MESH_BYTES,
    SMS_UNITS,
    VOICE_S,
    Fitted,
    Measure,
    Piece,
    fitted,
    spoken_seconds,
    utf8_bytes,
    utf16_units,
)
from vidomo.publish.digest_tell import Digest, Sentence, Teller, digest_words
from vidomo.publish.publisher import UNKNOWN, Publisher

KINDS = ("sms", "mesh", "voice", "notice", "text")
"""What a digest can be made as."""


def tell(
    view: PublicView,
    code: str,
    *,
    lang: str,
    atlas: Atlas,
    is_exercise: bool = False,
    publisher: Publisher = UNKNOWN,
) -> Digest:
    """Return what is known of a place in whole sentences.

    Args:
        view: What passed the gate; it must hold the place.
        code: The place.
        lang: uk or en.
        atlas: Names of places.
        is_exercise: Whether a bundled scenario is shown instead of what holds.
        publisher: Who runs this.

    Raises:
        KeyError: The view does not hold the place.
    """
    place = view.place(code)
    if place is None:
        raise KeyError(code)
    teller = Teller(view, lang=lang, atlas=atlas)
    return Digest(
        code=code,
        lang=lang,
        name=atlas.label(code, lang=lang),
        full_name=atlas.label(code, lang=lang, full=True),
        as_of=view.valid_at,
        alert=teller.alert(place.dimensions[0]),
        sentences=tuple(teller.sentences(place)),
        is_exercise=is_exercise,
        run_by=publisher.line(lang),
    )


def as_sms(digest: Digest) -> str:
    """Return one short message of at most ``SMS_UNITS`` UTF-16 units; never empty."""
    return _short(digest, limit=SMS_UNITS, measure=utf16_units)


def as_mesh(digest: Digest) -> str:
    """Return one text for mesh radio of at most ``MESH_BYTES`` bytes of UTF-8; never empty."""
    return _short(digest, limit=MESH_BYTES, measure=utf8_bytes)


def as_voice(digest: Digest) -> str:
    """Return a text that is read aloud in at most ``VOICE_S`` seconds."""
    words, local = digest_words(digest.lang), digest.as_of.astimezone(KYIV)
    head = words("d.head_voice", name=digest.full_name, clock=f"{local:%H:%M}")
    short = words("d.head_voice", name=digest.name, clock=f"{local:%H:%M}")
    pieces = [
        *_exercise(digest),
        Piece(forms=(head, short), is_needed=True),
        Piece(forms=digest.alert.forms, is_needed=True),
        *(_piece(sentence) for sentence in digest.sentences),
    ]
    return fitted(pieces, limit=VOICE_S, measure=spoken_seconds).text


def as_text(digest: Digest, *, address: str = "") -> str:
    """Return everything as plain text, one sentence a line.

    Args:
        digest: What is known.
        address: Of the page of the place; empty where nobody serves it.
    """
    words, local = digest_words(digest.lang), digest.as_of.astimezone(KYIV)
    lines = [
        *(form for piece in _exercise(digest) for form in piece.forms),
        digest.full_name,
        f"{words('d.as_of')} {local:%d.%m.%Y %H:%M} ({words('d.kyiv')})",
        "",
        digest.alert.full,
        *(sentence.full for sentence in digest.sentences),
    ]
    if address:
        lines += ["", f"{words('d.page')}: {address}"]
    lines += ["", digest.run_by]
    return "\n".join(lines) + "\n"


def _short(digest: Digest, *, limit: int, measure: Measure) -> str:
    """Return place, time and alert, and of the rest what fits whole."""
    words, local = digest_words(digest.lang), digest.as_of.astimezone(KYIV)
    day, clock = f"{local:%d.%m}", f"{local:%H:%M}"
    head = (
        words("d.head", name=digest.name, day=day, clock=clock),
        words("d.head_short", name=digest.name, clock=clock),
    )
    rest = [_piece(sentence) for sentence in digest.sentences]
    found = Fitted(text="")
    for is_needed in (True, False):
        pieces = [
            *_exercise(digest),
            Piece(forms=head, is_needed=True),
            Piece(forms=digest.alert.forms, is_needed=is_needed),
            *rest,
        ]
        found = fitted(pieces, limit=limit, measure=measure)
        if found.text:
            break
    return found.text


def _exercise(digest: Digest) -> list[Piece]:
    """Return the word without which a scenario would be taken for what holds."""
    if not digest.is_exercise:
        return []
    return [Piece(forms=(digest_words(digest.lang)("d.exercise"),), is_needed=True)]


def _piece(sentence: Sentence) -> Piece:
    return Piece(forms=sentence.forms)
