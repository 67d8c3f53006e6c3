"""What weight a claim has, from its speaker, its source and its date."""

from collections.abc import Callable
from datetime import date

import msgspec

from vidomo.claims.model import Claim, Kind, Reading, SpeakerKind
from vidomo.core.time import KYIV
from vidomo.reports.model import Version
from vidomo.situation.model import Standing
from vidomo.situation.quoted import quoted_officials
from vidomo.sources.registry import Body, Registry, SourceEntry

_OWN_WORDS = frozenset({SpeakerKind.SELF, SpeakerKind.AUTHOR})
_NEVER = {
    SpeakerKind.EXPERT: "expert",
    SpeakerKind.AUTHOR: "authors_words",
}
_WITHOUT_BODY = {
    SpeakerKind.UNNAMED: "unnamed_speaker",
    SpeakerKind.AUTHOR: "authors_words",
    SpeakerKind.EXPERT: "expert",
    SpeakerKind.SELF: "source_not_registered",
}
_CALLS = "call:"
"""How sources begin that are telephone calls taken down at the desk."""
_GUESSES = frozenset({Kind.SPECULATION, Kind.BACKGROUND, Kind.FORECAST})


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """The weight of one claim.

    Attributes:
        standing: The weight.
        reason: Why, as a short word: body_speaks, own_channel, home_declared, forwarded,
            confirmed_by_person; undated,
            office_holder_contradicted, authors_words, unnamed_speaker, expert,
            source_not_registered, no_body_named, body_not_placed; edited_away, deleted, overruled.
        origin: The witness: voice of the body, the source, or the report itself.
        speaker: Who says so, in words.
        body: The body that speaks, None when none of the registry does.
        is_direct: Whether the body speaks through its own channel.
        is_faithful: Whether the source may relay an all-clear.
        is_alarm_feed: Whether it is the configured alarm source of the body's own place.
        freshness_s: How long after its words the source still counts as heard.
        home: Where a body's own channel speaks of when it names no place.
    """

    standing: Standing
    reason: str
    origin: str
    speaker: str
    body: Body | None = None
    is_direct: bool = False
    is_faithful: bool = False
    is_alarm_feed: bool = False
    freshness_s: float = 0.0
    home: str | None = None


def judge(
    claim: Claim,
    *,
    version: Version,
    reading: Reading,
    registry: Registry,
    discredited: bool | None = None,
    place_name: Callable[[str], str] = str,
) -> Judged:
    """Return the weight of a claim in a version that still stands.

    Args:
        claim: The claim.
        version: The version that it was read in.
        reading: The whole reading of that version.
        registry: Bodies, office holders, sources.
        discredited: What ``is_discredited`` says of the text, when the caller knows it already.
        place_name: Turns a code into the name that stands beside a body which nobody listed.
    """
    entry = registry.source(version.post.source)
    forwarded = _forwarded(version, entry)
    if forwarded:
        named = _named_source(forwarded, registry)
        body, is_direct = _who_speaks(claim, named, registry, on=_day_of(version))[0], False
    else:
        body, is_direct = _who_speaks(claim, entry, registry, on=_day_of(version))
    faithful = is_direct or bool(entry and entry.faithful)

    def unsourced(reason: str) -> Judged:
        return Judged(
            standing=Standing.UNSOURCED,
            reason=reason,
            origin=f"text:{version.report}",
            speaker=_own_label(claim, version),
        )

    if not _is_dated(claim, version):
        return unsourced("undated")
    if body is not None:
        if discredited is None:
            discredited = is_discredited(reading, version=version, registry=registry)
        if discredited and not is_direct:
            return unsourced("office_holder_contradicted")
        weighed = Judged(
            standing=Standing.OFFICIAL,
            reason="own_channel" if is_direct else "body_speaks",
            origin=body.voice,
            speaker=_label(claim, body, place_name),
            body=body,
            is_direct=is_direct,
            is_faithful=faithful,
            is_alarm_feed=is_direct and bool(entry and entry.alarm_feed),
            freshness_s=entry.freshness_s if entry else 0.0,
            home=entry.home if entry and is_direct else None,
        )
        is_call = version.post.source.startswith(_CALLS)
        return _by_call(claim, version) if is_call else weighed
    if forwarded and entry is not None and entry.body:
        return Judged(
            standing=Standing.DECLARED,
            reason="forwarded",
            origin=f"forward:{forwarded.casefold()}",
            speaker=forwarded,
        )
    if forwarded:
        return unsourced("forwarded")
    if claim.speaker.kind is SpeakerKind.SELF and _is_declared(version):
        return Judged(
            standing=Standing.DECLARED,
            reason="home_declared",
            origin=f"source:{version.post.source}",
            speaker=_own_label(claim, version),
        )
    return unsourced(_missing_body(claim))


def _by_call(claim: Claim, version: Version) -> Judged:
    """Return the weight of an official's words in a call: whoever calls only passes them on."""
    return Judged(
        standing=Standing.DECLARED,
        reason="forwarded",
        origin=f"source:{version.post.source}",
        speaker=_own_label(claim, version),
    )


def is_discredited(reading: Reading, *, version: Version, registry: Registry) -> bool:
    """Whether a text presents somebody as head of a body that is known to have another head.

    The office is weighed at the places of the bodies that the text quotes and of what it
    tells: a text that invents the head of an administration is no witness of what that
    administration, or anybody else, said.
    """
    bodies = {claim.speaker.body for claim in reading.claims if claim.speaker.body}
    if not bodies:
        return False
    codes = {body.partition("@")[2] for body in bodies}
    codes |= {place.code for claim in reading.claims for place in claim.places if place.code}
    for person in quoted_officials(reading, text=version.post.text):
        kind = person.body_type
        offices = {f"{kind}@{code}" for code in codes} if kind else bodies
        day = _day_of(version)
        if any(registry.contradicts(person.name, person.role, one, on=day) for one in offices):
            return True
    return False


def _day_of(version: Version) -> date | None:
    """Return the day in Kyiv on which a text was published: who held an office then counts."""
    posted = version.post.posted_at
    return None if posted is None else posted.start.astimezone(KYIV).date()


def _forwarded(version: Version, entry: SourceEntry | None) -> str:
    """Return whose words a post passes on; empty where they are its own."""
    name = (version.post.forwarded_from or "").strip()
    if not name:
        return ""
    own = {version.post.source, *((entry.id, entry.title) if entry else ())}
    return "" if name.casefold() in {one.casefold() for one in own} else name


def _named_source(name: str, registry: Registry) -> SourceEntry | None:
    """Return the registered source of an id or a title, None when there is none."""
    wanted = name.casefold()
    for entry in registry.sources():
        if wanted in (entry.id.casefold(), entry.title.casefold()):
            return entry
    return None


def _who_speaks(
    claim: Claim, entry: SourceEntry | None, registry: Registry, *, on: date | None
) -> tuple[Body | None, bool]:
    """Return the body that a claim is from, and whether through its own channel."""
    speaker = claim.speaker
    own = registry.body(entry.body) if entry and entry.body else None
    if own and (speaker.kind in _OWN_WORDS or _is_passive(claim)):
        return own, True
    if speaker.kind in _NEVER:
        return None, False
    body = registry.identify(speaker.body, speaker.name, on=on)
    return body, bool(own and body and own.voice == body.voice)


def _is_passive(claim: Claim) -> bool:
    speaker = claim.speaker
    return speaker.kind is SpeakerKind.UNNAMED and not speaker.name and not speaker.body


def _is_dated(claim: Claim, version: Version) -> bool:
    if version.post.posted_at is not None:
        return True
    return claim.time.basis == "explicit" and claim.time.earliest is not None


def _is_declared(version: Version) -> bool:
    post = version.post
    return bool(post.home) and post.source != "file" and not post.source.startswith("file:")


def _missing_body(claim: Claim) -> str:
    if claim.kind in _GUESSES and claim.speaker.kind is SpeakerKind.AUTHOR:
        return "authors_words"
    if claim.speaker.body:
        return "body_not_placed"
    return _WITHOUT_BODY.get(claim.speaker.kind, "no_body_named")


def _own_label(claim: Claim, version: Version) -> str:
    """Return who says so in the words of the text, else what the source is called."""
    return claim.speaker.name or version.post.title or version.post.source


def _label(claim: Claim, body: Body, place_name: Callable[[str], str]) -> str:
    """Return who says so in words that are the same for every text that quotes them."""
    name = claim.speaker.name or ""
    for holder in body.holders:
        if name and holder.is_named(name):
            return f"{holder.names['uk']}, {body.names['uk']}"
    return body.called(place_name(body.home))
