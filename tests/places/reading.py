"""Readings for tests: the mentions of a text, and claims over stretches of it."""

from vidomo.claims.mentions import find_mentions
from vidomo.claims.model import Claim, Kind, Mention, PlaceRef, Reading, Role, Speaker
from vidomo.claims.prepare import prepare
from vidomo.gazetteer import Gazetteer


def mentions_of(text: str) -> tuple[Mention, ...]:
    """Return the mentions of a text in offsets of the original."""
    doc = prepare(text)
    found = []
    for hit in find_mentions(doc, Gazetteer.open()):
        start, end = doc.original_span(hit.start, hit.end)
        found.append(
            Mention(
                start=start,
                end=end,
                surface=text[start:end],
                kind=hit.kind,
                role=Role(hit.role),
                candidates=hit.candidates,
                qualifiers=hit.qualifiers,
                typed=hit.typed,
                is_body=hit.is_body,
                is_excluded=hit.is_excluded,
                is_qualifier=hit.is_qualifier,
            )
        )
    return tuple(found)


def reading_of(text: str, *, bodies: tuple[str, ...] = (), unplaced: int = 0) -> Reading:
    """Return a reading with one claim for each sentence, over the mentions that lie in it.

    Args:
        text: The text.
        bodies: Speaker bodies, one more claim without a place for each.
        unplaced: How many claims without a place and without a body to add.
    """
    mentions = mentions_of(text)
    claims = []
    for sentence in prepare(text).sentences:
        places = tuple(
            PlaceRef(
                code=None,
                surface=one.surface,
                start=one.start,
                end=one.end,
                role=one.role,
                candidates=one.candidates,
            )
            for one in mentions
            if sentence.start <= one.start < sentence.end and not one.is_body
        )
        claims.append(claim(text, len(claims), places=places, span=(sentence.start, sentence.end)))
    claims += [claim(text, 100 + number, body=body) for number, body in enumerate(bodies)]
    claims += [claim(text, 200 + number) for number in range(unplaced)]
    return Reading(
        report="rep_1",
        version="ver_1",
        reader_version="test",
        claims=tuple(claims),
        mentions=mentions,
    )


def claim(
    text: str,
    number: int,
    *,
    places: tuple[PlaceRef, ...] = (),
    body: str | None = None,
    span: tuple[int, int] | None = None,
) -> Claim:
    """Return a claim over a stretch of a text, or over all of it."""
    return Claim(
        id=f"clm_{number}",
        topic="event.explosion",
        kind=Kind.REPORT,
        quote=text[slice(*(span or (0, len(text))))],
        start=span[0] if span else 0,
        end=span[1] if span else len(text),
        places=places,
        speaker=Speaker(body=body),
    )
