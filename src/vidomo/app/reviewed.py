"""What people said of posts that the reader left empty, as records and as claims."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from vidomo.app.reader import home_of
from vidomo.claims.claiming import claim_id
from vidomo.claims.judge import CERTAINTY
from vidomo.claims.model import (
    Claim,
    ClaimTime,
    Kind,
    Number,
    PlaceRef,
    Polarity,
    Reading,
    UnknownThing,
)
from vidomo.claims.topics import topics
from vidomo.core.codec import from_json
from vidomo.gazetteer import Gazetteer
from vidomo.places.resolve import resolve
from vidomo.reports.model import Version
from vidomo.store.journal import Journal

KIND = "decision"
PREFIX = "rev"
"""Prefix of the ids of decisions on posts and sentences without a claim."""
RULE = "desk."
"""What the rule of a claim begins with that a person has stated."""
_AGREEMENT = 0.91  # F1 of two labellers on topic, kind and polarity (bench/reading, t1-t5 and d2)


class Reviewed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a person said of a stretch of a post; a record like any other, never changed.

    Attributes:
        id: ``rev_`` and a digest of the rest.
        report: The post's report; ``version`` the version that the person saw.
        start: Offset of the stretch in code points; ``end`` its end, exclusive.
        verdict: none (it states nothing) or states (it states what follows).
        topic: Topic of the claim.
        kind: How it is meant; ``polarity`` likewise.
        quote: Its exact words.
        place: Code of the place; empty for the place that the text or its source decides.
        count: How many, in the first unit of the topic; None when the words name no number.
        by: Who; never shown outside the desk.
        at: When, aware UTC.
    """

    id: str
    report: str
    version: str
    start: int
    end: int
    verdict: Literal["none", "states"]
    reason: str
    by: str
    at: datetime
    topic: str = ""
    kind: str = ""
    polarity: str = "affirmed"
    quote: str = ""
    place: str = ""
    count: float | None = None

    def holds(self, start: int, end: int) -> bool:
        """Whether the stretch that was judged holds all of another one."""
        return self.start <= start and end <= self.end


def reviewed_in(
    journal: Journal, *, report: str | None = None, known_at: datetime | None = None
) -> tuple[Reviewed, ...]:
    """Return every decision on posts without a claim, in the order in which they were written.

    Args:
        journal: Where they are.
        report: Only on this report.
        known_at: Only those recorded by this instant.
    """
    records = journal.records(kind=KIND, subject=report, known_at=known_at)
    return tuple(
        from_json(record.body, Reviewed) for record in records if record.id.startswith(f"{PREFIX}_")
    )


def stated(reviewed: Iterable[Reviewed], report: str) -> tuple[Reviewed, ...]:
    """Return what people say that a report states; a later "none" takes back what it holds."""
    kept: list[Reviewed] = []
    for one in sorted(reviewed, key=lambda one: (one.at, one.id)):
        if one.report != report:
            continue
        if one.verdict == "none":
            kept = [earlier for earlier in kept if not one.holds(earlier.start, earlier.end)]
        else:
            kept.append(one)
    return tuple(kept)


def restated(reading: Reading, version: Version, reviewed: Iterable[Reviewed]) -> Reading:
    """Return a reading with the claims that people stated and the reader does not make itself.

    A statement holds on to its words: where they moved it moves along, where they are gone
    from this version it has nothing to say.
    """
    claims = [claim for claim in reading.claims if not is_stated(claim)]
    said = stated(reviewed, reading.report)
    if not said and len(claims) == len(reading.claims):
        return reading
    for one in said:
        claim = _claim(one, reading, version)
        if claim is not None and not any(_same(claim, other) for other in claims):
            claims.append(claim)
    claims.sort(key=lambda claim: (claim.start, claim.end, claim.topic))
    return msgspec.structs.replace(reading, claims=tuple(claims))


def is_stated(claim: Claim) -> bool:
    """Whether a person stated the claim and not the reader."""
    return any(rule.startswith(RULE) for rule in claim.rules)


def found_at(one: Reviewed, text: str) -> int:
    """Return where the words of a statement stand in a text, -1 where they do not."""
    if text[one.start : one.end] == one.quote:
        return one.start
    return text.find(one.quote)


def _same(claim: Claim, other: Claim) -> bool:
    return (
        (claim.topic, claim.kind, claim.polarity) == (other.topic, other.kind, other.polarity)
        and claim.start < other.end
        and other.start < claim.end
    )


def _claim(one: Reviewed, reading: Reading, version: Version) -> Claim | None:
    post = version.post
    start = found_at(one, post.text)
    if start < 0:
        return None
    kind, polarity = Kind(one.kind), Polarity(one.polarity)
    posted = post.posted_at
    claim = Claim(
        id="",
        topic=one.topic,
        kind=kind,
        quote=one.quote,
        start=start,
        end=start + len(one.quote),
        polarity=polarity,
        certainty=CERTAINTY[kind],
        places=_places(one.place),
        time=ClaimTime(
            phase=(topics()[one.topic].phase or None) if kind is Kind.REPORT else None,
            earliest=None if posted is None else posted.start,
            latest=None if posted is None else posted.end,
        ),
        number=_number(one),
        unknown=_unknown(one) if kind is Kind.UNKNOWN else None,
        confidence=_AGREEMENT,
        rules=(f"{RULE}{one.id}",),
    )
    claim = msgspec.structs.replace(claim, id=claim_id(reading.report, claim))
    alone = msgspec.structs.replace(reading, claims=(claim,))
    return resolve(alone, Gazetteer.open(), home=home_of(post)).claims[0]


def _places(code: str) -> tuple[PlaceRef, ...]:
    if not code:
        return ()
    gazetteer = Gazetteer.open()
    unit = gazetteer.get(code)
    level = unit.level.value if unit else "country"
    return (PlaceRef(code=code, level=level, name=gazetteer.label(code) if unit else ""),)


def _number(one: Reviewed) -> Number | None:
    units: Sequence[str] = topics()[one.topic].units
    unit = units[0] if units else ""
    if one.polarity == Polarity.NEGATED and one.topic.startswith("harm."):
        return Number(min=0, max=0, mode="none", unit="persons")
    return None if one.count is None else Number(min=one.count, max=one.count, unit=unit)


def _unknown(one: Reviewed) -> UnknownThing:
    return UnknownThing(subject=topics()[one.topic].subject, status="being_clarified")
