"""Makes the texts to copy, of nothing but what passed."""

from collections.abc import Collection, Sequence

import msgspec

from vidomo.claims.document import Document
from vidomo.desk.check.model import Copy, Forbidden, Statement, Told
from vidomo.disclosure.screen import screen
from vidomo.publish.digest_fit import (
    SMS_UNITS,
    VOICE_S,
    Fitted,
    Piece,
    fitted,
    spoken_seconds,
    utf16_units,
)
from vidomo.publish.words import Words

TELEGRAM_UNITS = 4096
"""UTF-16 units of one Telegram message (Bot API, sendMessage)."""
VIBER_UNITS = 7000
"""Characters of one Viber message (REST bot API, text message)."""
FACEBOOK_UNITS = 63_206
"""Characters of one Facebook post, as the platform gives it."""
_UNTOLD = ("event.air_defence", "cause.munition", "grid.fragmentation", "source.error")
_ASIDE = frozenset({"speculation", "background"})


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of the draft as it goes into the texts.

    Attributes:
        text: The officer's own words, or the plain statements of the sentence.
        paragraph: Sentences of one paragraph stand together.
        priority: Of its most urgent statement.
    """

    text: str
    paragraph: int
    priority: int


class Passed(msgspec.Struct, frozen=True, kw_only=True):
    """What of a draft passed.

    Attributes:
        replaced: How many sentences stand as plain statements instead of their own words.
        dropped: How many are gone.
    """

    lines: tuple[Line, ...]
    replaced: int
    dropped: int


def passed(doc: Document, told: Sequence[Told], forbidden: Sequence[Forbidden]) -> Passed:
    """Return what of a draft may be published.

    A sentence without anything forbidden stands as it was written. Any other is replaced by the
    plain statements of its claims, without what was found, or is gone. Nothing is cut out of a
    sentence: half a sentence can say the opposite.

    Args:
        doc: The draft made ready for reading.
        told: What is said of each place.
        forbidden: What must not be published.
    """
    lines: list[Line] = []
    replaced = dropped = 0
    for sentence in doc.sentences:
        start, end = doc.original_span(sentence.start, sentence.end)
        own = " ".join(doc.original[start:end].split())
        if not own:
            continue
        inside = _inside(start, end, told)
        rank = min((one.priority for _, one in inside), default=len(told) + 99)
        if any(one.start < end and start < one.end for one in forbidden):
            plain = _plain(inside)
            replaced, dropped = replaced + bool(plain), dropped + (not plain)
            own = plain
        if own:
            lines.append(Line(text=own, paragraph=sentence.paragraph, priority=rank))
    return Passed(lines=tuple(lines), replaced=replaced, dropped=dropped)


def copies(
    passing: Passed, told: Sequence[Told], *, sign: str, words: Words, stays: Collection[str] = ()
) -> tuple[Copy, ...]:
    """Return the texts for each outlet.

    Args:
        passing: What passed.
        told: What is said of each place; the short message is made of it.
        sign: Who is named under the text; empty for nobody.
        words: The language of the plain statements.
        stays: Addresses that the public is invited to; they may stand in the texts.
    """
    full = _paragraphs(passing, sign)
    found = (
        _whole("telegram", full, TELEGRAM_UNITS),
        _whole("viber", full, VIBER_UNITS),
        _whole("facebook", full.replace("\n", "\n\n"), FACEBOOK_UNITS),
        _sms(told, sign=sign),
        _voice(passing, sign=sign, words=words),
    )
    return tuple(_safe(one, stays) for one in found)


def _safe(copy: Copy, stays: Collection[str]) -> Copy:
    """Return a text that was screened once more as a whole; empty if anything was found in it."""
    worse = [
        one
        for one in screen(copy.text)
        if not any(copy.text[one.start : one.end] in words for words in stays)
    ]
    if not worse:
        return copy
    return msgspec.structs.replace(copy, text="", size=0, left_out=copy.left_out + 1)


def _inside(start: int, end: int, told: Sequence[Told]) -> list[tuple[Told, Statement]]:
    return [
        (place, one)
        for place in told
        for one in place.statements
        if start <= one.start < end and _may_be_told(one)
    ]


def _may_be_told(one: Statement) -> bool:
    return one.topic not in _UNTOLD and one.kind not in _ASIDE and not screen(one.text)


def _plain(inside: Sequence[tuple[Told, Statement]]) -> str:
    """Return the plain statements of a sentence, place by place; empty for none."""
    places: dict[str, list[str]] = {}
    for place, one in inside:
        places.setdefault(place.short, []).append(one.text)
    return " ".join(
        f"{name}: {' '.join(dict.fromkeys(texts))}" if name else " ".join(dict.fromkeys(texts))
        for name, texts in places.items()
    )


def _paragraphs(passing: Passed, sign: str) -> str:
    paragraphs: dict[int, list[str]] = {}
    for line in passing.lines:
        paragraphs.setdefault(line.paragraph, []).append(line.text)
    text = "\n".join(" ".join(lines) for lines in paragraphs.values())
    return f"{text}\n{sign}" if text and sign else text


def _whole(outlet: str, text: str, limit: int) -> Copy:
    size = utf16_units(text)
    fits = size <= limit
    return Copy(
        outlet=outlet,
        text=text if fits else "",
        size=size if fits else 0,
        limit=limit,
        left_out=0 if fits else 1,
    )


def _sms(told: Sequence[Told], *, sign: str) -> Copy:
    """Return one short message: the most urgent place, its statements whole or not at all."""
    told = [place for place in told if place.short and place.code]
    places = sorted(told, key=lambda place: min(one.priority for one in place.statements))
    best = Fitted(text="")
    count = sum(len(place.statements) for place in told)
    for place in places:
        statements = sorted(filter(_may_be_told, place.statements), key=lambda one: one.priority)
        texts = dict.fromkeys(one.text for one in statements)
        pieces = [Piece(forms=(f"{place.short}:",), is_needed=True)]
        pieces += [Piece(forms=(text,)) for text in texts]
        if sign:
            pieces.append(Piece(forms=(sign,), is_needed=len(sign) <= SMS_UNITS // 3))
        found = fitted(pieces, limit=SMS_UNITS)
        if len(found.text) > len(place.short) + len(sign) + 3:
            best = msgspec.structs.replace(found, left_out=())
            count -= len(texts) - sum(1 for number in found.left_out if number <= len(texts))
            break
    return Copy(
        outlet="sms",
        text=best.text,
        size=utf16_units(best.text),
        limit=SMS_UNITS,
        left_out=max(0, count),
    )


def _voice(passing: Passed, *, sign: str, words: Words) -> Copy:
    """Return what can be read aloud in half a minute, the most urgent kept, in their order."""
    order = sorted(range(len(passing.lines)), key=lambda at: (passing.lines[at].priority, at))
    kept: set[int] = set()
    opening = [words("voice.start"), *([f"{sign}."] if sign else [])]

    def text(chosen: set[int]) -> str:
        lines = [_sentence(passing.lines[at].text) for at in sorted(chosen)]
        return " ".join((*opening, *lines)) if lines else ""

    for at in order:
        if spoken_seconds(text(kept | {at})) <= VOICE_S:
            kept.add(at)
    said = text(kept)
    return Copy(
        outlet="voice",
        text=said,
        size=spoken_seconds(said),
        limit=VOICE_S,
        left_out=len(passing.lines) - len(kept),
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", ":", ";")) else f"{text}."
