"""Early release: two people and a reason let one statement pass before its time."""

from collections.abc import Iterable
from datetime import datetime

import msgspec


class Release(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person's word that a statement may pass before time; a record, never changed.

    Attributes:
        id: ``rel_`` and a digest of the rest.
        claim: Id of the statement.
        version: Id of the version of the post that the person saw; an edit voids the release.
        reason: Why, in the person's words.
        by: Who; never shown outside the desk.
        at: When, aware UTC.
        confirms: Id of the release that this one seconds; empty for the first of the two.
    """

    id: str
    claim: str
    version: str
    reason: str
    by: str
    at: datetime
    confirms: str = ""


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same but for case and blanks."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def in_effect(
    releases: Iterable[Release], *, now: datetime
) -> dict[tuple[str, str], tuple[Release, Release]]:
    """Return the releases that a second person has confirmed by an instant.

    Returns:
        The first release and its confirmation, by claim and version.
    """
    given = sorted((one for one in releases if one.at <= now), key=lambda one: (one.at, one.id))
    first = {one.id: one for one in given if not one.confirms}
    found: dict[tuple[str, str], tuple[Release, Release]] = {}
    for one in given:
        asked = first.get(one.confirms)
        if asked is None or same_person(asked.by, one.by):
            continue
        if (asked.claim, asked.version) == (one.claim, one.version) and asked.reason and one.by:
            found.setdefault((one.claim, one.version), (asked, one))
    return found
