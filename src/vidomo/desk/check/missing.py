"""Says what a draft lacks, and only what this kind of post needs."""

from collections.abc import Collection

from vidomo.claims.document import Document
from vidomo.claims.model import Claim, Kind, Reading, SpeakerKind
from vidomo.desk.check.model import Missing
from vidomo.desk.check.words import Family, families, shown
from vidomo.publish.words import Words

NEEDS = ("place", "time", "source", "advice", "next")
"""What a post can need, in the order in which it is told."""
_ASIDE = frozenset({Kind.BACKGROUND, Kind.SPECULATION})
_AHEAD = frozenset({Kind.PLAN, Kind.FORECAST})
_SUPPLY = (".outage", ".restored")
_BY_WORDS = ("attack", "outage", "back")
_BESIDE = frozenset({"help", "advice", "other"})
_THREATENED = ("event.", "threat.")
_CUTS, _CUTS_ENDED = "power.emergency_shutdown", "power.emergency_end"
_POWER_OUT = "impact.power.outage"
_ATTACK = "event."
_UNNAMED = frozenset({"town", "country"})
_WIDE = "oblast"
_WITH_A_NAME = frozenset(
    {SpeakerKind.NAMED_OFFICIAL, SpeakerKind.ORGANISATION, SpeakerKind.UNSPECIFIED_AUTHORITY}
)


def missing(reading: Reading, doc: Document, *, sign: str, words: Words) -> tuple[Missing, ...]:
    """Return what a draft lacks.

    Args:
        reading: What was read in it.
        doc: The draft made ready for reading.
        sign: Who will be named under the text; empty for nobody.
        words: The language to answer in.
    """
    is_planned = bool(_spans("planned", doc.lower) and _spans("supply", doc.lower))
    traits = {name for name in ("over", "ended") if _spans(name, doc.lower)}
    traits |= {"planned"} if is_planned else set()
    needs = needed(reading.claims, traits=traits)
    if not needs and not reading.claims:
        needs = _needed_by_words(doc.lower)
    there = _there(reading, doc, sign=sign)
    if _has_no_hour(reading.claims, doc.lower, is_planned=is_planned):
        there.discard("time")
    return tuple(
        Missing(what=what, text=words(f"missing.{what}"))
        for what in NEEDS
        if what in needs and what not in there
    )


def needed(claims: Collection[Claim], *, traits: Collection[str] = frozenset()) -> frozenset[str]:
    """Return what the claims of a draft need.

    What is only background, a guess or the cause of something else needs nothing of its own,
    nor does help or advice beside what it is for. A threat needs what a warning needs, whatever
    it threatens with; a planned cut needs what a schedule needs.

    Args:
        claims: The claims of the draft.
        traits: What its words tell, whatever was read in them: a cut that is ``planned``, the
            traces of an attack removed (``over``: then it is no news), a threat ``ended``.
    """
    is_planned = "planned" in traits
    found: dict[str, tuple[str, ...]] = {}
    ended = any(claim.topic == _CUTS_ENDED for claim in claims)
    for claim in claims:
        if claim.kind in _ASIDE or (ended and claim.topic == _CUTS) or _is_cause(claim):
            continue
        if "over" in traits and claim.topic.startswith(_ATTACK):
            continue
        if claim.topic == _CUTS and claim.kind is Kind.FORECAST:
            continue  # "cuts may return" beside the news is a caution
        family = _family_of(claim, is_planned=is_planned)
        if "ended" in traits and claim.topic.startswith("threat."):
            family = _named("all_clear")
        if family is not None:
            found[family.id] = family.needs
    if is_planned and not found.keys() - _BESIDE:
        found["schedule"] = _named("schedule").needs
    if len(found) > 1:
        found = {name: needs for name, needs in found.items() if name not in _BESIDE} or found
    return frozenset(need for needs in found.values() for need in needs)


def _needed_by_words(lower: str) -> frozenset[str]:
    """Return what a draft needs by its words alone, for one in which nothing was read."""
    told = [name for name in _BY_WORDS if _spans(name, lower)]
    return frozenset(need for name in told for need in _named(name).needs)


def _named(name: str) -> Family:
    return next(family for family in families() if family.id == name)


def _family_of(claim: Claim, *, is_planned: bool) -> Family | None:
    if claim.kind is Kind.WARNING and claim.topic.startswith(_THREATENED):
        return _named("warning")
    if claim.topic.endswith(".outage") and (is_planned or claim.kind in _AHEAD):
        return _named("schedule")
    matching = (family for family in families() if claim.topic.startswith(family.topics))
    return next(matching, None)


def _is_cause(claim: Claim) -> bool:
    """Return whether something is only told as the cause of what stopped or is left behind."""
    quote = claim.quote.lower()
    if claim.topic.startswith(_ATTACK):
        return bool(_spans("aftermath", quote)) and claim.time.basis != "explicit"
    return claim.topic == _POWER_OUT and bool(_spans("cause", quote))


def _there(reading: Reading, doc: Document, *, sign: str) -> set[str]:
    there = set()
    spans = {what: _spans(what, doc.lower) for what in NEEDS}
    if spans["next"]:
        there.add("next")
    if any(not _inside(span, spans["next"]) for span in spans["time"]) or _has_time(reading):
        there.add("time")
    if sign or _has_source(spans["source"], doc.lower) or _has_speaker(reading):
        there.add("source")
    if spans["advice"] or any(
        claim.topic.startswith(("advice.", "help.")) for claim in reading.claims
    ):
        there.add("advice")
    if spans["place"] or _has_place(reading):
        there.add("place")
    return there


def _has_source(named: list[tuple[int, int]], lower: str) -> bool:
    """Return whether somebody is named who is more than hearsay: "locals say" names nobody."""
    hearsay = _spans("hearsay", lower)
    return any(not _meets(span, hearsay) for span in named)


def _has_no_hour(claims: Collection[Claim], lower: str, *, is_planned: bool) -> bool:
    """Return whether a cut is announced without its hour: "today" tells nobody when to prepare."""
    is_planned = is_planned or any(
        claim.kind in _AHEAD and claim.topic.endswith(_SUPPLY) for claim in claims
    )
    ahead = _spans("next", lower)
    return is_planned and all(_inside(span, ahead) for span in _spans("hour", lower))


def _has_time(reading: Reading) -> bool:
    return any(
        claim.time.basis == "explicit" and claim.time.surface and claim.kind is not Kind.FORECAST
        for claim in reading.claims
    )


def _has_speaker(reading: Reading) -> bool:
    return any(mention.is_body for mention in reading.mentions) or any(
        claim.speaker.kind in _WITH_A_NAME and claim.speaker.name for claim in reading.claims
    )


def _has_place(reading: Reading) -> bool:
    """Return whether a place is named: "the town", "the community" and the country are no name.

    A body of a town or a community tells its place; one of an oblast tells only who speaks,
    unless the text says "the oblast".
    """
    if {mention.is_body for mention in reading.mentions if mention.kind == _WIDE} == {True, False}:
        return True
    return any(
        mention.kind not in _UNNAMED
        and mention.candidates
        and not mention.is_excluded
        and not (mention.is_body and mention.kind == _WIDE)
        for mention in reading.mentions
    )


def _spans(what: str, lower: str) -> list[tuple[int, int]]:
    return [span for one in shown() if one.what == what for span in one.spans(lower)]


def _meets(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _inside(span: tuple[int, int], wider: list[tuple[int, int]]) -> bool:
    """Return whether a time belongs to the words of the next message, which it ends."""
    return any(start <= span[0] <= end + _REACH for start, end in wider)


_REACH = 8
"""Characters between "at" and its hour."""
