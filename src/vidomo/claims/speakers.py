"""Finds who is said to speak, and which statements are theirs."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.document import Document, Segment
from vidomo.claims.hits import MentionHit, SpeakerHit
from vidomo.claims.voices import Parts, Voice, find_parts, find_voices

# Words between somebody and a verb of speaking; and how much nearer a nameless voice must be.
_REACH = 9
_NAMED_BONUS = 3
_NAMED = frozenset({"named_official", "organisation"})
_COLON = ":"
_DASHES = frozenset({"\u2013", "\u2014", "-"})
_MARKS = _DASHES | {_COLON}
_SERVICES = ("emergency_service", "security_service")


def find_speakers(doc: Document, mentions: Sequence[MentionHit]) -> tuple[SpeakerHit, ...]:
    """Return the attributions of a text, one a sentence at most.

    A sentence without an attribution of its own belongs to the speaker of the
    sentence before it in the same paragraph; its hit then has the same ``start``
    and a later scope. "In the service", "the administration", "he" stand for
    the last one named.
    """
    found: list[SpeakerHit] = []
    known: list[SpeakerHit] = []
    carried: SpeakerHit | None = None
    paragraph = -1
    for sentence in doc.sentences:
        if sentence.paragraph != paragraph:
            paragraph, carried = sentence.paragraph, None
        nearby = [m for m in mentions if sentence.start <= m.start < sentence.end]
        hit = _attribution(doc, sentence, nearby, known)
        if hit is not None:
            known.append(hit)
            carried = hit
        elif carried is not None:
            hit = msgspec.structs.replace(
                carried, scope_start=sentence.start, scope_end=sentence.end
            )
        if hit is not None:
            found.append(hit)
    return tuple(found)


def _attribution(
    doc: Document, sentence: Segment, mentions: Sequence[MentionHit], known: list[SpeakerHit]
) -> SpeakerHit | None:
    parts = find_parts(doc, sentence)
    if not (parts.verbs or parts.frames or _has_mark(doc, sentence)):
        return None
    voices = find_voices(doc, sentence, parts, mentions)
    if not voices:
        return None
    voice = _speaking(doc, sentence, parts, voices)
    if voice is None:
        return None
    if voice.kind in {"again", "pronoun"}:
        return _said_again(doc, sentence, voice, known)
    return _hit(doc, sentence, voice)


def _has_mark(doc: Document, sentence: Segment) -> bool:
    """Whether a colon or a dash may introduce a speaker."""
    if _MARKS.isdisjoint(doc.text[sentence.start : sentence.end]):
        return False
    return any(
        token.kind == "mark" and (token.text == _COLON or token.text in _DASHES)
        for token in doc.tokens[sentence.first : sentence.last]
    )


def _speaking(doc: Document, sentence: Segment, parts: Parts, voices: list[Voice]) -> Voice | None:
    """Return the voice that the words of speaking belong to: the nearest one.

    A named one wins over "officials" or "residents" unless it stands much farther away.
    """
    ranked = [
        (gap, voice.first, voice)
        for voice in voices
        for gap in _distances(doc, sentence, parts, voice)
    ]
    if not ranked:
        return None
    best = min(ranked, key=lambda item: item[:2])
    named = [item for item in ranked if item[2].kind in _NAMED]
    if named:
        nearest = min(named, key=lambda item: item[:2])
        if nearest[0] <= best[0] + _NAMED_BONUS:
            return nearest[2]
    return best[2]


def _distances(doc: Document, sentence: Segment, parts: Parts, voice: Voice) -> list[int]:
    found = [
        voice.first - frame[-1] - 1
        for frame in parts.frames
        if 0 <= voice.first - frame[-1] - 1 <= _REACH
    ]
    found += [gap * 2 + 1 for verb in parts.verbs if (gap := _gap(voice, verb)) <= _REACH]
    if _is_introduced(doc, sentence, voice):
        found.append(0)
    if parts.verbs and voice.kind == "organisation" and voice.first <= sentence.first + 1:
        found.append(_REACH)
    return found


def _gap(voice: Voice, verb: tuple[int, ...]) -> int:
    if verb[0] >= voice.last:
        return verb[0] - voice.last
    if verb[-1] < voice.first:
        return voice.first - verb[-1] - 1
    return 0


def _is_introduced(doc: Document, sentence: Segment, voice: Voice) -> bool:
    """Whether the voice stands before a colon at the beginning, or after a dash at the end."""
    tokens = doc.tokens
    if voice.kind in {"again", "pronoun", "unnamed"}:
        return False
    after = voice.last
    while after < sentence.last and tokens[after].text in {"»", '"', ")"}:
        after += 1
    if after < sentence.last and tokens[after].text == _COLON:
        return all(tokens[number].kind != "number" for number in range(sentence.first, voice.first))
    before = voice.first - 1
    while before > sentence.first and (
        tokens[before].text in {"«", '"', "("} or tokens[before].key in {"\u0432", "\u0443"}
    ):
        before -= 1
    is_last = sentence.last - voice.last <= 2  # noqa: PLR2004 - the full stop and a quotation mark
    return is_last and before > sentence.first and tokens[before].text in _DASHES


def _said_again(
    doc: Document, sentence: Segment, voice: Voice, known: list[SpeakerHit]
) -> SpeakerHit | None:
    """Return the last speaker that "he" or "the administration" can stand for."""
    words = " ".join(token.key for token in doc.tokens[voice.first : voice.last])
    for earlier in reversed(known):
        if voice.kind == "pronoun":
            fits = bool(earlier.name)
        elif _is_service(words):
            fits = earlier.body_type in _SERVICES
        else:
            fits = earlier.body_type.endswith("administration")
        if fits:
            return msgspec.structs.replace(
                earlier,
                start=doc.tokens[voice.first].start,
                end=doc.tokens[voice.last - 1].end,
                scope_start=sentence.start,
                scope_end=sentence.end,
            )
    return None


def _is_service(words: str) -> bool:
    return "service" in words or "\u0441\u043b\u0443\u0436\u0431" in words


def _hit(doc: Document, sentence: Segment, voice: Voice) -> SpeakerHit:
    return SpeakerHit(
        start=doc.tokens[voice.first].start,
        end=doc.tokens[voice.last - 1].end,
        scope_start=sentence.start,
        scope_end=sentence.end,
        kind=voice.kind,
        name=_words(doc, voice.name),
        role=_words(doc, voice.role),
        body_type=voice.body_type,
        place_start=voice.place_start,
    )


def _words(doc: Document, span: tuple[int, int] | None) -> str | None:
    if span is None or span[0] >= span[1]:
        return None
    start, end = doc.original_span(doc.tokens[span[0]].start, doc.tokens[span[1] - 1].end)
    return doc.original[start:end]
