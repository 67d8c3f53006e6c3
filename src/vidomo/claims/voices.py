"""Finds the people and bodies that a sentence could quote."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.document import Document, Segment, Token
from vidomo.claims.hits import MentionHit
from vidomo.claims.lexicon import lexicon

_NAME_REACH = 12
_NAME_WORDS = 2
_PLACE_REACH = 5
_TITLE_REACH = 8
_DASHES = frozenset({"\u2013", "\u2014"})
# Endings of Ukrainian and Russian surnames; a lone capitalised word without one is too open.
_SURNAME_ENDINGS = (
    "\u043e\u0432",
    "\u0435\u0432",
    "\u0454\u0432",
    "\u0456\u043d",
    "\u0438\u043d",
    "\u043a\u043e",
    "\u0447\u0443\u043a",
    "\u044e\u043a",
    "\u0438\u0439",
    "\u0443\u043a",
    "\u0430\u043a",
)
_GENERIC = {"authority": "unspecified_authority", "expert": "expert", "unnamed": "unnamed"}


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whom a sentence names and who could be its speaker.

    Attributes:
        first: Index of the first token.
        last: Index after the last token.
        kind: A ``SpeakerKind`` value, or ``again`` and ``pronoun`` for one named before.
        name: Token range of the name as the text has it, None without one.
        role: Token range of the office, None without one.
        body_type: Key of the bodies table, or empty.
        place_start: Offset of the place name in the body's name, -1 without one.
    """

    first: int
    last: int
    kind: str
    name: tuple[int, int] | None = None
    role: tuple[int, int] | None = None
    body_type: str = ""
    place_start: int = -1


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """Words of speaking in a sentence: each the tokens that it takes."""

    verbs: tuple[tuple[int, ...], ...]
    frames: tuple[tuple[int, ...], ...]
    roles: tuple[tuple[int, ...], ...]
    others: tuple[tuple[str, tuple[int, ...]], ...]


_NO_PARTS = Parts(verbs=(), frames=(), roles=(), others=())


def find_parts(doc: Document, sentence: Segment) -> Parts:
    """Return the words of speaking in a sentence."""
    matches = lexicon("speakers").matches(doc, sentence)
    if not matches:
        return _NO_PARTS
    found: dict[str, list[tuple[int, ...]]] = {"verb": [], "frame": [], "role": []}
    others: list[tuple[str, tuple[int, ...]]] = []
    for entry, taken in matches:
        part = entry.fields["part"]
        if part in found:
            found[part].append(taken)
        else:
            others.append((part, taken))
    return Parts(
        verbs=tuple(sorted(set(found["verb"]))),
        frames=tuple(sorted(set(found["frame"]))),
        roles=tuple(sorted(set(found["role"]))),
        others=tuple(sorted(set(others), key=lambda pair: (-len(pair[1]), pair[1]))),
    )


def find_voices(
    doc: Document, sentence: Segment, parts: Parts, mentions: Sequence[MentionHit]
) -> list[Voice]:
    """Return everybody named in a sentence who could speak, each word used once."""
    bodies = _bodies(doc, sentence, mentions)
    voices = _people(doc, sentence, parts, bodies, mentions)
    used = {number for voice in voices for number in range(voice.first, voice.last)}
    for body in bodies:
        if used.isdisjoint(range(body.first, body.last)):
            voices.append(body)
            used.update(range(body.first, body.last))
    for part, taken in parts.others:
        if used.isdisjoint(taken):
            used.update(taken)
            span = (taken[0], taken[-1] + 1)
            voices.append(
                Voice(first=span[0], last=span[1], kind=_GENERIC.get(part, part), name=span)
            )
    alone = _surname(doc, sentence, used, mentions)
    if alone is not None:
        voices.append(alone)
    return sorted(voices, key=lambda voice: voice.first)


def _surname(
    doc: Document, sentence: Segment, used: set[int], mentions: Sequence[MentionHit]
) -> Voice | None:
    """Return a surname that stands alone: "Petrenko: two wounded", "two wounded - Petrenko."."""
    tokens = doc.tokens
    places = _tokens_of_places(doc, sentence, mentions)
    last = sentence.last - 1
    if last > sentence.first and tokens[last].text in {".", "!"}:
        last -= 1
    ends = last > sentence.first + 1 and tokens[last - 1].text in _DASHES
    begins = sentence.first + 1 < sentence.last and tokens[sentence.first + 1].text == ":"
    for number, stands in ((last, ends), (sentence.first, begins)):
        token = tokens[number]
        if (
            stands
            and number not in used
            and number not in places
            and _is_name_word(token)
            and token.key.endswith(_SURNAME_ENDINGS)
        ):
            span = (number, number + 1)
            return Voice(first=number, last=number + 1, kind="named_official", name=span)
    return None


def _bodies(doc: Document, sentence: Segment, mentions: Sequence[MentionHit]) -> list[Voice]:
    ranked = sorted(
        lexicon("bodies").matches(doc, sentence), key=lambda pair: (-len(pair[1]), pair[1])
    )
    used: set[int] = set()
    found = []
    for entry, taken in ranked:
        if used.isdisjoint(taken):
            first, last = taken[0], taken[-1] + 1
            used.update(range(first, last))
            place = _place_of(doc, first, last, mentions)
            if place is not None:
                first, last = _with_place(doc, first, last, place)
            found.append(
                Voice(
                    first=first,
                    last=last,
                    kind="organisation",
                    name=(first, last),
                    body_type=entry.fields["type"],
                    place_start=-1 if place is None else place.start,
                )
            )
    return found


def _place_of(
    doc: Document, first: int, last: int, mentions: Sequence[MentionHit]
) -> MentionHit | None:
    """Return the mention that stands inside or beside the name of a body."""
    start, end = doc.tokens[first].start, doc.tokens[last - 1].end
    best: tuple[int, MentionHit] | None = None
    for mention in mentions:
        if not mention.is_body:
            continue
        gap = max(start - mention.end, mention.start - end, 0)
        if gap <= _PLACE_REACH and (best is None or gap < best[0]):
            best = (gap, mention)
    return best[1] if best else None


def _with_place(doc: Document, first: int, last: int, place: MentionHit) -> tuple[int, int]:
    tokens = doc.tokens
    while first > 0 and tokens[first].start > place.start and tokens[first - 1].kind == "word":
        first -= 1
    while last < len(tokens) and tokens[last - 1].end < place.end and tokens[last].kind == "word":
        last += 1
    return first, last


def _people(
    doc: Document,
    sentence: Segment,
    parts: Parts,
    bodies: list[Voice],
    mentions: Sequence[MentionHit],
) -> list[Voice]:
    """An office and, where it follows, the name of who holds it."""
    covered = {number for body in bodies for number in range(body.first, body.last)}
    covered |= _tokens_of_places(doc, sentence, mentions)
    people: list[Voice] = []
    reached = -1
    for role in parts.roles:
        if role[0] < reached:
            continue
        name = _name_after(doc, sentence, role[-1] + 1, covered)
        earlier = None if name else _name_before(doc, sentence, role[0], covered)
        last = name[1] if name else role[-1] + 1
        name = name or earlier
        office = _office_after(parts, last) if name and not earlier else None
        body = _body_near(bodies, role[0], office[1] if office else last)
        if name is None and body is None:
            continue
        if body is not None:
            last = max(last, body.last)
        people.append(
            Voice(
                first=min(
                    role[0],
                    body.first if body else role[0],
                    earlier[0] if earlier else role[0],
                ),
                last=last,
                kind="named_official" if name else "organisation",
                name=name or (body.name if body else None),
                role=_role_span(role, name, body, office),
                body_type=body.body_type if body else "",
                place_start=body.place_start if body else -1,
            )
        )
        reached = last
    return people


def _tokens_of_places(doc: Document, sentence: Segment, mentions: Sequence[MentionHit]) -> set[int]:
    return {
        number
        for number in range(sentence.first, sentence.last)
        for mention in mentions
        if mention.start <= doc.tokens[number].start < mention.end
    }


def _name_after(
    doc: Document, sentence: Segment, position: int, covered: set[int]
) -> tuple[int, int] | None:
    """Return the token range of two or three capitalised words that follow an office."""
    limit = min(sentence.last, position + _NAME_REACH)
    while position < limit:
        token = doc.tokens[position]
        if position not in covered:
            if _is_name_word(token):
                last = position
                while (
                    last < sentence.last
                    and last not in covered
                    and _is_name_word(doc.tokens[last])
                    and last - position <= _NAME_WORDS
                ):
                    last += 1
                if last - position >= _NAME_WORDS:
                    return position, last
            if token.kind == "mark" and token.text not in {"«", "»", '"', "-"}:
                return None
        position += 1
    return None


def _name_before(
    doc: Document, sentence: Segment, position: int, covered: set[int]
) -> tuple[int, int] | None:
    """Return the name that an office is added to: "said Oleh Petrenko, head of ..."."""
    last = position
    while last > sentence.first and doc.tokens[last - 1].key in {"the", ","}:
        last -= 1
    if last == position or doc.tokens[last].text != ",":
        return None
    first = last
    while (
        first > sentence.first
        and last - first < _NAME_WORDS + 1
        and first - 1 not in covered
        and _is_name_word(doc.tokens[first - 1])
    ):
        first -= 1
    return (first, last) if last - first >= _NAME_WORDS else None


def _is_name_word(token: Token) -> bool:
    return token.kind == "word" and token.is_capital and len(token.text) > 1


def _office_after(parts: Parts, position: int) -> tuple[int, int] | None:
    """Return the office that a name is presented with: "presented as head of ..."."""
    for role in parts.roles:
        if position < role[0] <= position + _TITLE_REACH:
            return role[0], role[-1] + 1
    return None


def _body_near(bodies: list[Voice], first: int, last: int) -> Voice | None:
    for body in bodies:
        if first - 3 <= body.first and body.first <= last + 3:
            return body
    return None


def _role_span(
    role: tuple[int, ...],
    name: tuple[int, int] | None,
    body: Voice | None,
    office: tuple[int, int] | None,
) -> tuple[int, int]:
    if office is not None:
        return office[0], body.last if body and body.first >= office[0] else office[1]
    last = role[-1] + 1
    if body is not None and body.first >= role[0] and (name is None or body.first < name[0]):
        last = body.last
    first = min(role[0], body.first) if body and body.last <= role[0] + 1 else role[0]
    return first, last
