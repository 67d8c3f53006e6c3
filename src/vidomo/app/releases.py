"""Early releases in the journal: written down by two people, found again."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from vidomo.core.codec import from_json, to_json
from vidomo.core.errors import ConfigError, NothingKnown
from vidomo.core.ids import content_id
from vidomo.disclosure.policy import Policy
from vidomo.disclosure.release import Release, same_person
from vidomo.disclosure.sieve import Sieve
from vidomo.situation.model import Evidence
from vidomo.store.journal import Journal
from vidomo.store.model import Draft

KIND = "decision"
PREFIX = "rel"
"""Prefix of the ids of early releases."""


def releases_in(journal: Journal, *, known_at: datetime | None = None) -> tuple[Release, ...]:
    """Return every release that was recorded by an instant, seconded or not."""
    return tuple(
        from_json(record.body, Release)
        for record in journal.records(kind=KIND, known_at=known_at)
        if record.id.startswith(f"{PREFIX}_")
    )


def ask_release(sieve: Sieve, claim: str, *, reason: str, by: str, at: datetime) -> Release:
    """Return the first person's word that a statement may pass before its time.

    Raises:
        ConfigError: No reason or no name, or a rule that nobody may lift.
        NothingKnown: Nothing here has that id.
    """
    item = _held(sieve, claim)
    if not reason.strip() or not by.strip():
        raise ConfigError(
            "an early release needs a name and a reason",
            hint='add --by NAME --reason "why, in your words"',
        )
    return _with_id(
        Release(
            id="",
            claim=claim,
            version=item.version,
            reason=reason.strip(),
            by=by.strip(),
            at=at,
        )
    )


def second_release(
    sieve: Sieve, claim: str, *, by: str, at: datetime, given: Iterable[Release], reason: str = ""
) -> Release:
    """Return the second person's word.

    Raises:
        ConfigError: Nobody asked for it, or the one who asked is the one who confirms.
        NothingKnown: Nothing here has that id.
    """
    item = _held(sieve, claim)
    asked = [
        one
        for one in given
        if not one.confirms and (one.claim, one.version) == (claim, item.version)
    ]
    if not asked:
        raise ConfigError(
            f"nobody has asked to release {claim} as it stands now",
            hint="the first person leaves --confirm out and gives a reason",
        )
    others = [one for one in asked if not same_person(one.by, by)]
    if not by.strip() or not others:
        raise ConfigError(
            "the second person must be another one", hint="let somebody else confirm it"
        )
    return _with_id(
        Release(
            id="",
            claim=claim,
            version=item.version,
            reason=reason.strip(),
            by=by.strip(),
            at=at,
            confirms=others[-1].id,
        )
    )


def record_release(journal: Journal, release: Release, *, replay: bool = False) -> bool:
    """Write a release down, durable on return; return whether it was new."""
    draft = Draft(
        kind=KIND,
        id=release.id,
        subject=release.claim,
        body=to_json(release),
        recorded_at=release.at if replay else None,
    )
    return journal.append([draft])[0]


def _held(sieve: Sieve, claim: str) -> Evidence:
    """Return the statement, where a rule that two people may lift withholds it."""
    found = [item for item in sieve.evidence if item.claim == claim]
    if not found:
        raise NothingKnown(f"no claim has the id {claim!r}", hint="vidomo gate explain PLACE")
    for item in found:
        verdict = sieve.verdict(item)
        if verdict.released:
            raise ConfigError(f"{claim} is released already", hint="vidomo gate explain PLACE")
        if _is_releasable(sieve.policy, verdict.rule):
            return item
    rules = sorted({sieve.verdict(item).rule for item in found} - {""})
    if not rules:
        raise ConfigError(f"{claim} is not withheld", hint="vidomo gate explain PLACE")
    raise ConfigError(
        f"nobody may lift {', '.join(rules)}",
        hint="docs/gate.md lists the rules that people may lift",
    )


def _is_releasable(policy: Policy, rule: str) -> bool:
    return any(one.id == rule and one.releasable for one in policy.rules)


def _with_id(release: Release) -> Release:
    return msgspec.structs.replace(release, id=content_id(PREFIX, release))
