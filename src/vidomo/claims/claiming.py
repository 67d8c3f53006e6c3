"""Writes one claim: quotation, number, time, places, speaker, id."""

from collections.abc import Iterator
from functools import cache

import msgspec

from vidomo.claims.carrying import marks_of
from vidomo.claims.clear_places import BORROWED
from vidomo.claims.cues import MeansHit
from vidomo.claims.findings import Findings
from vidomo.claims.groups import Group
from vidomo.claims.hits import CueHit, MentionHit, NumberHit, SpeakerHit, TimeHit, TriggerHit
from vidomo.claims.judge import CERTAINTY, Verdict
from vidomo.claims.listing import EXAMPLES, is_example
from vidomo.claims.localities import place_ref
from vidomo.claims.model import (
    Claim,
    ClaimTime,
    Extent,
    Kind,
    Number,
    PlaceRef,
    Relation,
    Speaker,
    SpeakerKind,
)
from vidomo.claims.quoting import quote_span
from vidomo.claims.recalled import recalls
from vidomo.claims.topics import topics
from vidomo.core.ids import content_id
from vidomo.core.time import Interval

# Stands among the rules of a claim that is one place's share of another claim's number.
SHARE = "shares.by_place"
_SUPPLY = {
    "impact.power": "power",
    "impact.water": "water",
    "impact.heat": "heat",
    "impact.gas": "gas",
    "impact.comms": "communications",
    "power.": "power",
    "service.health": "health",
    "service.transport": "transport",
    "service.education": "education",
    "service.emergency": "emergency",
    "service.payments": "payments",
}
_EXTENTS = ("extent.most", "extent.all", "extent.part", "extent.few")
_HAS_EXTENT = ("impact.", "event.shelling", "event.strike", "service.")
_INFERRED = frozenset({Kind.SPECULATION, Kind.UNKNOWN})
_PHASES = {
    Kind.FORECAST: "expected",
    Kind.WARNING: "expected",
    Kind.PLAN: "scheduled",
    Kind.UNKNOWN: "as_of",
    Kind.BACKGROUND: "past",
}
# Share of claims of a kind that were right on the labelled posts that the tables were tuned
# on, rounded down; to be replaced by a calibration on posts never seen.
CONFIDENCE = {
    Kind.REPORT: 0.9,
    Kind.ASSESSMENT: 0.85,
    Kind.UNKNOWN: 0.9,
    Kind.WARNING: 0.9,
    Kind.ADVICE: 0.9,
    Kind.PLAN: 0.9,
    Kind.FORECAST: 0.8,
    Kind.SPECULATION: 0.8,
    Kind.BACKGROUND: 0.8,
}


class Draft(msgspec.Struct, kw_only=True):
    """A claim on its way.

    Attributes:
        cue: The cue.
        verdict: How it is meant; its kind is not None.
        group: The stretch that belongs to the cue.
        number: How many.
        hit: The words of the number.
        means: Weapons named.
        effects: Triggers that govern the cue, by effect.
        places: Mentions that it is about.
        time: The time that it has.
        is_part: Whether it counts a part of another claim's number.
        is_share: Whether it is one place's share of another claim's number.
        is_narrow: Whether the quotation is cut down to the cue and its number.
        is_exact: Whether the quotation is the cue itself.
        is_borrowed: Whether its places are of another statement.
    """

    cue: CueHit
    verdict: Verdict
    group: Group
    number: Number | None = None
    hit: NumberHit | None = None
    means: tuple[MeansHit, ...] = ()
    effects: dict[str, TriggerHit] = {}
    places: tuple[MentionHit, ...] = ()
    time: TimeHit | None = None
    is_part: bool = False
    is_share: bool = False
    is_narrow: bool = False
    is_exact: bool = False
    is_borrowed: bool = False


def build(found: Findings, draft: Draft, *, report: str, posted: Interval | None) -> Claim:
    """Return the claim of a draft."""
    cue, verdict = draft.cue, draft.verdict
    kind = verdict.kind or Kind.REPORT
    start, end = found.doc.original_span(*quote_span(found, draft))
    places = tuple(place_ref(found.doc, mention) for mention in draft.places)
    country = topics()[cue.topic].country
    if country and not any(
        found.doc.sentences[draft.group.sentence].start <= mention.start
        for mention in draft.places
        if mention.candidates
    ):
        places = (PlaceRef(code="UA", level="country", name=country),)
    topic = _topic(cue.topic, kind)
    means, logic = _means(found, draft)
    claim = Claim(
        id="",
        topic=topic,
        kind=kind,
        quote=found.doc.original[start:end],
        start=start,
        end=end,
        polarity=verdict.polarity,
        certainty=CERTAINTY[kind],
        places=places,
        time=_time(found, draft, kind, posted),
        number=draft.number,
        extent=_extent(draft),
        means=means,
        means_logic=logic,
        speaker=_speaker(found, draft, kind),
        unknown=verdict.unknown,
        queue=_queues(found, draft),
        regime=cue.regime or None,
        services=cue.services or _services(topic),
        relation=_relation(found, draft),
        confidence=CONFIDENCE[kind],
        rules=tuple(dict.fromkeys(_rules(found, draft))),
    )
    return msgspec.structs.replace(claim, id=claim_id(report, claim))


def _rules(found: Findings, draft: Draft) -> Iterator[str]:
    yield draft.cue.rule
    yield from draft.verdict.rules
    yield from (hit.rule for hit in draft.means)
    if draft.is_share:
        yield SHARE
    yield from recalls(found, draft.cue)
    if draft.is_borrowed:
        yield BORROWED
    sentence = found.doc.sentences[draft.group.sentence]
    yield from marks_of(found, sentence, draft.places)
    if any(is_example(found.doc, place, draft.places) for place in draft.places):
        yield EXAMPLES


def claim_id(report: str, claim: Claim) -> str:
    """Return the id of a claim (CLAIMS.md section 2): never of a resolved code."""
    spans = [[place.start, place.end] for place in claim.places]
    parts = (claim.start, claim.end, claim.topic, str(claim.kind), str(claim.polarity))
    return content_id("clm", report, *parts, spans)


def _topic(topic: str, kind: Kind) -> str:
    """Those hurt whom nobody has counted yet may be dead as well: casualties."""
    return "harm.casualties" if topic == "harm.injured" and kind is Kind.UNKNOWN else topic


def _means(found: Findings, draft: Draft) -> tuple[tuple[str, ...], str]:
    named = tuple(dict.fromkeys(one for hit in draft.means for one in hit.means))
    means = named or draft.cue.means
    if any(one.startswith("missile_") for one in means):
        means = tuple(one for one in means if one != "missile")
    if "uav" in means and "uav_fpv" in means:
        means = tuple(one for one in means if one != "uav")
    if len(means) < 2:  # noqa: PLR2004 - logic needs two
        return means, ""
    is_open = any(len(hit.means) > 1 for hit in draft.means)
    between = found.doc.lower[draft.means[0].start : draft.means[-1].end] if draft.means else ""
    is_open = is_open or any(word in between.split() for word in _OR) or "/" in between
    return means, "or" if is_open else "and"


# "or" in Ukrainian, Russian and English.
_OR = ("\u0430\u0431\u043e", "\u0447\u0438", "\u0438\u043b\u0438", "or")


def _time(found: Findings, draft: Draft, kind: Kind, posted: Interval | None) -> ClaimTime:
    topic = topics()[draft.cue.topic]
    phase = _PHASES.get(kind) or topic.phase or None
    hit = draft.time
    if hit is None:
        if posted is None:
            return ClaimTime(phase=phase)
        return ClaimTime(phase=phase, earliest=posted.start, latest=posted.end)
    start, end = found.doc.original_span(hit.start, hit.end)
    if kind in {Kind.REPORT, Kind.ASSESSMENT} and hit.phase:
        phase = hit.phase
    return ClaimTime(
        phase=phase,
        earliest=hit.earliest,
        latest=hit.latest,
        basis=hit.basis,
        surface=found.doc.original[start:end],
    )


def _extent(draft: Draft) -> Extent:
    if draft.cue.extent:
        return Extent(draft.cue.extent)
    if draft.cue.topic.startswith(_HAS_EXTENT):
        for effect in _EXTENTS:
            if effect in draft.effects:
                return Extent(effect.partition(".")[2])
    return Extent.UNSTATED


def _speaker(found: Findings, draft: Draft, kind: Kind) -> Speaker:
    hit = _own_speaker(found, draft)
    via = "article" if found.genre == "news" else "post"
    sentence = found.doc.sentences[draft.group.sentence]
    if hit is not None and kind is Kind.SPECULATION:
        is_own = sentence.start <= hit.start < sentence.end
        if not is_own or hit.kind == "unnamed":
            hit = None
    if hit is None:
        if draft.cue.topic == "source.error":
            return Speaker(kind=SpeakerKind.AUTHOR)
        if found.genre != "news":
            return Speaker(kind=SpeakerKind.SELF)
        if kind in _INFERRED:
            return Speaker(kind=SpeakerKind.AUTHOR)
        return Speaker(kind=SpeakerKind.UNNAMED, via=via)
    body = None
    if hit.body_type:
        place = "" if hit.place_start < 0 else f"#{found.doc.offsets[hit.place_start]}"
        body = f"{hit.body_type}@{place}"
    return Speaker(kind=SpeakerKind(hit.kind), name=hit.name, role=hit.role, via=via, body=body)


def _own_speaker(found: Findings, draft: Draft) -> SpeakerHit | None:
    """Return who speaks at a cue.

    A body that is said not to have told something speaks in that clause only; what "but"
    adds is the author's.
    """
    hit = found.speaker_at(draft.cue.start)
    if hit is None:
        return None
    clause = found.chunks.clause_at(hit.start)
    if found.chunks.clause_at(draft.cue.start) == clause:
        return hit
    scope = found.doc.clauses[clause]
    is_silent = any(
        one.effect.startswith("unknown.") and scope.start <= one.start < scope.end
        for one in found.triggers
    )
    return None if is_silent else hit


def _queues(found: Findings, draft: Draft) -> tuple[str, ...]:
    if draft.cue.topic != "power.schedule":
        return ()
    sentence = found.doc.sentences[draft.group.sentence]
    named = [
        found.doc.text[hit.start : hit.end]
        for hit in found.numbers
        if hit.role == "queue" and sentence.start <= hit.start < sentence.end
    ]
    return tuple(dict.fromkeys(named))


@cache
def _services(topic: str) -> tuple[str, ...]:
    return next((((service,)) for start, service in _SUPPLY.items() if topic.startswith(start)), ())


def _relation(found: Findings, draft: Draft) -> Relation | None:
    if not draft.cue.topic.startswith("harm."):
        return None
    for effect, kind in (("update", "supersedes"), ("earlier", "repeats")):
        hit = draft.effects.get(effect)
        if hit is not None:
            start, end = found.doc.original_span(hit.start, hit.end)
            return Relation(kind=kind, text=found.doc.original[start:end])
    return None
