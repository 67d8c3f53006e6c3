"""A statement as a person has put it right; nothing that a person puts right brings relief."""

from collections.abc import Mapping

import msgspec

from vidomo.claims.model import Claim, ClaimTime, Kind, Number, Polarity, UnknownThing
from vidomo.claims.topics import topics
from vidomo.core.time import Interval, parse_posted_at
from vidomo.situation.hierarchy import Tree
from vidomo.situation.testimony import AHEAD, Heard, in_time, places_of

VALUES = ("place", "number", "topic", "kind", "polarity", "time")
"""What a person can put right about a statement, by the keys of a decision's ``value``."""
_RELIEF = frozenset({"end", "restored", "out", "emergency_end"})
_UNKNOWN = "being_clarified"
_ALL_CLEAR = "alert.end"


def is_relief(topic: str) -> bool:
    """Whether a topic says that something bad is over."""
    return topic.rpartition(".")[2] in _RELIEF


def corrected(heard: Heard, value: Mapping[str, str], *, tree: Tree) -> Heard:
    """Return a statement with what a person put right; who says so stays who it was.

    Words that were misread as a danger can be taken for what they are, and words misread as
    relief can be taken back. The other way round nothing is put right here, whoever decides: an
    all-clear or a restoration is stated anew, with its own exact words (docs/review.md).

    Args:
        heard: The statement as it was read.
        value: ``place`` a code, ``number`` a count, ``topic``, ``kind`` and ``polarity`` as in a
            claim, ``time`` two instants with a slash between them.
        tree: To know the place that a person names.
    """
    claim = _said_otherwise(heard.claim, value)
    if _brings_relief(claim, heard.claim):
        claim = heard.claim
    if "number" in value:
        claim = _counted(claim, float(value["number"]))
    if "time" in value and not is_relief(claim.topic):
        claim = _timed(claim, parse_posted_at(value["time"]), heard)
    found = msgspec.structs.replace(heard, claim=claim)
    if claim.time != heard.claim.time or claim.kind != heard.claim.kind:
        held, at = in_time(claim, heard.said)
        found = msgspec.structs.replace(found, held=held, at=at)
    place = value.get("place", "")
    if place and tree.is_known(place):
        if claim.topic == _ALL_CLEAR and not _is_named(place, heard, tree):
            # An all-clear counts for the places that it names (law 6): moved elsewhere it ends nothing.
            return msgspec.structs.replace(found, places=(), candidates=(), excluded=())
        return msgspec.structs.replace(found, places=(place,), candidates=(), excluded=())
    if claim.topic != heard.claim.topic and claim.places:
        places, candidates = places_of(claim, tree)
        found = msgspec.structs.replace(found, places=places, candidates=candidates)
    return found


def _is_named(place: str, heard: Heard, tree: Tree) -> bool:
    """Whether a place is one that the words name or may mean, or lies in one that they name."""
    around = {place, *tree.wider(place)}
    return place in heard.candidates or bool(around & set(heard.places))


def _said_otherwise(claim: Claim, value: Mapping[str, str]) -> Claim:
    """Return a claim of another topic, kind or polarity, without what no longer fits it."""
    kind = Kind(value.get("kind", claim.kind))
    polarity = Polarity(value.get("polarity", claim.polarity))
    topic = value.get("topic", claim.topic)
    if (topic, kind, polarity) == (claim.topic, claim.kind, claim.polarity):
        return claim
    unknown = None
    if kind is Kind.UNKNOWN:
        subject = topics()[topic].subject
        unknown = claim.unknown or UnknownThing(subject=subject, status=_UNKNOWN)
    changed = msgspec.structs.replace(
        claim,
        topic=topic,
        kind=kind,
        polarity=polarity,
        number=_number_left(claim.number, topic, kind, polarity),
        unknown=unknown,
    )
    was_to_come = claim.kind in AHEAD and kind not in AHEAD
    if was_to_come and claim.time.basis != "publication":
        # What is reported held by when it was said, whatever the promise named.
        changed = msgspec.structs.replace(changed, time=ClaimTime(surface=claim.time.surface))
    return changed


def _number_left(
    number: Number | None, topic: str, kind: Kind, polarity: Polarity
) -> Number | None:
    """Return the number that a claim still gives: what is unknown has none, no harm is zero."""
    if kind is Kind.UNKNOWN:
        return None
    if polarity is Polarity.NEGATED:
        if not topic.startswith("harm."):
            return None
        return Number(min=0, max=0, mode="none", unit=number.unit if number else "persons")
    return None if number is not None and number.mode == "none" else number


def _brings_relief(claim: Claim, before: Claim) -> bool:
    return (
        claim != before
        and is_relief(claim.topic)
        and claim.polarity is Polarity.AFFIRMED
        and claim.kind in (Kind.REPORT, Kind.ASSESSMENT)
    )


def _counted(claim: Claim, count: float) -> Claim:
    unit = claim.number.unit if claim.number else ""
    exact = Number(min=count, max=count, mode="exact" if count else "none", unit=unit)
    polarity = Polarity.AFFIRMED if count else Polarity.NEGATED
    return msgspec.structs.replace(claim, number=exact, polarity=polarity)


def _timed(claim: Claim, held: Interval, heard: Heard) -> Claim:
    """Return a claim of another time; no text tells of what came after it was said."""
    if heard.said is None or held.start >= heard.said.end:
        return claim
    time = msgspec.structs.replace(
        claim.time, earliest=held.start, latest=held.end, basis="explicit"
    )
    return msgspec.structs.replace(claim, time=time)
