"""The trace: a claim, its exact words in the post, and every version of that post."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from vidomo.claims.model import Claim, Reading
from vidomo.disclosure.model import FigureView
from vidomo.publish.atlas import Atlas
from vidomo.publish.figures import figure_text
from vidomo.publish.page.frame import Frame, render, safe_link
from vidomo.reports.model import Version

SHOWN = 20_000
"""Characters of one post that the page shows at once; a longer one is cut around the quotation."""


class VersionAt(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a post, and when we wrote it down."""

    version: Version
    recorded_at: datetime


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """Everything behind one record.

    Attributes:
        claim: The claim asked for; None when a version or a report was asked for.
        reading: The reading that it is part of.
        versions: Every version of the report, in the order in which we wrote them down.
    """

    claim: Claim | None
    reading: Reading
    versions: tuple[VersionAt, ...]

    @property
    def read_version(self) -> VersionAt | None:
        """The version that was read."""
        found = (item for item in self.versions if item.version.id == self.reading.version)
        return next(found, None)


def render_trace(trace: Trace, *, frame: Frame, atlas: Atlas) -> str:
    """Return the trace as an HTML page of the desk.

    The desk shows words that their source took back; the page says so.
    """
    read = trace.read_version
    claim = trace.claim
    return render(
        "desk/trace.html.j2",
        frame=frame,
        trace=trace,
        claim=claim,
        facts=_facts(claim, frame=frame, atlas=atlas) if claim else [],
        pieces=_pieces(read.version.post.text, claim) if read else ("", "", ""),
        read=read,
        url=safe_link(read.version.post.url or "") if read else "",
        versions=_versions(trace.versions, frame=frame),
        others=_others(trace.reading.claims, claim, frame=frame),
    )


def _pieces(text: str, claim: Claim | None) -> tuple[str, str, str]:
    """Return the text before, in and after the quotation; offsets count code points."""
    start, end = (claim.start, claim.end) if claim else (0, 0)
    first = max(0, start - SHOWN // 2)
    last = end + SHOWN // 2
    before, after = text[first:start], text[end:last]
    return (
        f"…{before}" if first else before,
        text[start:end],
        f"{after}…" if last < len(text) else after,
    )


def _facts(claim: Claim, *, frame: Frame, atlas: Atlas) -> list[tuple[str, str]]:
    words = frame.words
    speaker = claim.speaker.name or claim.speaker.role or ""
    if claim.speaker.kind == "self":
        speaker = words("trace.self")
    when: object = ""
    if claim.time.earliest is not None and claim.time.latest is not None:
        when = frame.span(claim.time.earliest, claim.time.latest)
    facts = [
        ("topic", words.label("topic", claim.topic)),
        ("kind", words.label("kind", claim.kind)),
        ("polarity", words.label("polarity", claim.polarity)),
        ("certainty", words.label("certainty", claim.certainty)),
        ("speaker", speaker or claim.speaker.kind.replace("_", " ")),
        ("places", ", ".join(_places(claim, frame=frame, atlas=atlas))),
        ("time", when),
        ("number", _number(claim, frame=frame)),
        ("rules", ", ".join(claim.rules)),
    ]
    return [(words(f"trace.{key}"), text) for key, text in facts if text]  # type: ignore[misc]


def _places(claim: Claim, *, frame: Frame, atlas: Atlas) -> list[str]:
    named = []
    for place in claim.places:
        if place.code is None:
            codes = ", ".join(
                atlas.label(code, lang=frame.lang, full=True) for code in place.candidates[:5]
            )
            named.append(f"{place.surface} ({frame.words('trace.ambiguous')}: {codes})")
        elif atlas.get(place.code) is not None:
            named.append(atlas.label(place.code, lang=frame.lang, full=True))
        else:
            named.append(place.code)
    return named


def _number(claim: Claim, *, frame: Frame) -> str:
    number = claim.number
    if number is None:
        return ""
    figure = FigureView(
        topic=claim.topic,
        unit=number.unit,
        min=number.min,
        max=number.max,
        mode=number.mode,
        status="current",
    )
    return figure_text(figure, words=frame.words)


def _versions(versions: Sequence[VersionAt], *, frame: Frame) -> list[dict[str, Any]]:
    shown = []
    for count, item in enumerate(versions, start=1):
        post = item.version.post
        moments = [("recorded", frame.moment(item.recorded_at))]
        if post.posted_at is not None:
            moments.append(("posted", frame.span(post.posted_at.start, post.posted_at.end)))
        if post.edited_at is not None:
            moments.append(("edited", frame.moment(post.edited_at)))
        if post.deleted_at is not None:
            moments.append(("deleted", frame.moment(post.deleted_at)))
        shown.append(
            {
                "title": frame.words("trace.version", n=count),
                "id": item.version.id,
                "moments": [(frame.words(f"trace.{key}"), text) for key, text in moments],
                "text": post.text[:SHOWN] + ("…" if len(post.text) > SHOWN else ""),
                "lang": post.lang or "und",
            }
        )
    return shown


def _others(
    claims: Sequence[Claim], claim: Claim | None, *, frame: Frame
) -> list[tuple[str, str, str]]:
    return [
        (item.id, frame.words.label("topic", item.topic), item.quote)
        for item in claims
        if claim is None or item.id != claim.id
    ]
