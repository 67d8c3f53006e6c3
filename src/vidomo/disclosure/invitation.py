"""Invitations: addresses that an authority has told the public to come to."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from vidomo.disclosure.officials import Told
from vidomo.disclosure.policy import Rule
from vidomo.disclosure.screen import screen
from vidomo.disclosure.sieve import Sieve
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level
from vidomo.situation.model import Evidence

_ADDRESS = frozenset({"street", "house"})
"""Kinds of findings that an invitation may hold; with any other it is not quoted."""
_INVITING = frozenset({"report", "advice", "plan"})
_TOLD = frozenset({"report", "assessment"})


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """The words in which an authority invites the public to a place of help.

    For the page of that one place. A type of its own, and no part of a ``PublicView``, so that
    no list, map, feed or file of open data can hold one by mistake.

    Attributes:
        topic: help.point, help.water or help.phone.
        place: Code of the place whose page may quote it.
        until: From when on it may not be shown any more.
    """

    claim: str
    topic: str
    place: str
    quote: str
    lang: str
    speaker: str
    source: str
    url: str
    said_at: datetime
    until: datetime


def invitations_at(
    code: str, sieve: Sieve, gazetteer: Gazetteer, *, told: Told
) -> tuple[Invitation, ...]:
    """Return the invitations that the page of a place may quote, newest first.

    Gone are those past their end, taken back, closed by whoever gave them, and all given
    before an attack at the place or around it up to the community, whoever reports it.

    Args:
        code: The place.
        sieve: What may be shown.
        gazetteer: Units of all places.
        told: What anybody said, officials or not: nobody is sent where a rumour has it that
            something was hit.
    """
    rule = sieve.policy.rule("invitation")
    if rule is None:
        return ()
    struck_at = _last_attack(code, rule, told, now=sieve.now, gazetteer=gazetteer)
    found = []
    for item in sieve.open.values():
        if item.topic not in rule.values or code not in sieve.spoken(item):
            continue
        if not _invites(item, sieve) or _is_closed(item, code, sieve):
            continue
        until = _until(item, rule)
        if item.said_at is None or until is None or until <= sieve.now:
            continue
        if struck_at is not None and struck_at >= item.said_at:
            continue
        found.append(
            Invitation(
                claim=item.claim,
                topic=item.topic,
                place=code,
                quote=item.quote,
                lang=item.lang,
                speaker=item.speaker,
                source=item.source,
                url=item.url,
                said_at=item.said_at,
                until=until,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.said_at, one.claim), reverse=True))


def _invites(item: Evidence, sieve: Sieve) -> bool:
    """Whether words open something to the public and hold nothing worse than an address."""
    if item.kind not in _INVITING or item.polarity != "affirmed":
        return False
    if sieve.verdict(item).is_shared:
        return False
    return all(finding.kind in _ADDRESS for finding in screen(item.quote))


def _until(item: Evidence, rule: Rule) -> datetime | None:
    """Return the end that the words state, else the end that the rule sets."""
    if item.latest is None or item.said_at is None:
        return rule.until(item.said_at)
    # What holds at the publication ends with it; any other end is one that the words state.
    is_stated = not item.said_at <= item.latest <= (item.said_until or item.said_at)
    return item.latest if is_stated else rule.until(item.said_at)


def _is_closed(item: Evidence, code: str, sieve: Sieve) -> bool:
    return any(
        other.topic == item.topic
        and other.polarity != "affirmed"
        and other.origin == item.origin
        and code in sieve.spoken(other)
        and (other.said_at is None or item.said_at is None or other.said_at >= item.said_at)
        for other in sieve.evidence
    )


def _last_attack(
    code: str, rule: Rule, told: Told, *, now: datetime, gazetteer: Gazetteer
) -> datetime | None:
    """Return when an attack there was last told of, by anybody, and even if it was taken back."""
    near = {code, *_around(code, gazetteer)}

    def is_near(places: Iterable[str]) -> bool:
        return any(one in near or gazetteer.within(one, code) for one in places)

    attacks = [
        item
        for item in told.evidence
        if rule.is_about(item.topic)
        and item.kind in _TOLD
        and item.polarity == "affirmed"
        and is_near(told.places(item))
    ]
    if not attacks:
        return None
    # Nobody knows when undated words were said: they count as said now.
    return max(item.said_until or item.said_at or now for item in attacks)


def _around(code: str, gazetteer: Gazetteer) -> Iterable[str]:
    for wider in gazetteer.ancestors(code):
        unit = gazetteer.get(wider)
        if unit is not None and unit.level in (Level.SETTLEMENT, Level.HROMADA):
            yield wider
