"""Records: what the journal holds, for good."""

from datetime import datetime

import msgspec

ASIDE = "desk"
"""Kind of the records of what people do at the desk: they say nothing of what is known, and a
journal that holds nothing else counts as empty."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One thing written down, never changed afterwards.

    Attributes:
        seq: Position in the journal, rising; no part of any answer.
        kind: post, reading, decision, poll or desk.
        id: Derived from the content, so that the same thing twice is one record.
        subject: What it is about: a report, a version, a source.
        recorded_at: When we wrote it down, aware UTC, to the microsecond.
        replaces: Id of the record that this one corrects.
        replayed: Whether ``recorded_at`` was given by a replay of history instead of the clock.
        body: Canonical JSON.
    """

    seq: int
    kind: str
    id: str
    subject: str
    recorded_at: datetime
    replaces: str | None
    replayed: bool
    body: bytes


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A record before it is written down.

    Attributes:
        recorded_at: Only for a replay of history; None lets the clock decide.
    """

    kind: str
    id: str
    subject: str
    body: bytes
    replaces: str | None = None
    recorded_at: datetime | None = None
