"""Read report versions and poll outcomes back out of the journal."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from vidomo.reports.lineage import current
from vidomo.reports.model import Version
from vidomo.sources.model import Poll
from vidomo.store.journal import Journal

POST = "post"
POLL = "poll"
_VERSION = msgspec.json.Decoder(Version)
_POLL = msgspec.json.Decoder(Poll)


def versions(
    journal: Journal, *, known_at: datetime | None = None, after: int = 0
) -> Iterator[tuple[Version, datetime]]:
    """Yield every version known at an instant, with when it was written down.

    Args:
        journal: Where to read.
        known_at: As of when we ask; None for everything there is.
        after: Only records behind this ``seq``.
    """
    for record in journal.records(kind=POST, known_at=known_at, after=after):
        yield _VERSION.decode(record.body), record.recorded_at


def history(
    journal: Journal, report_id: str, *, known_at: datetime | None = None
) -> tuple[tuple[Version, datetime], ...]:
    """Return all versions of one report in the order they were written down."""
    records = journal.records(kind=POST, subject=report_id, known_at=known_at)
    return tuple((_VERSION.decode(record.body), record.recorded_at) for record in records)


def version(journal: Journal, version_id: str) -> tuple[Version, datetime] | None:
    """Return one version and when it was written down, None when there is none."""
    record = journal.get(version_id)
    if record is None or record.kind != POST:
        return None
    return _VERSION.decode(record.body), record.recorded_at


def current_version(
    journal: Journal, report_id: str, *, known_at: datetime | None = None
) -> Version | None:
    """Return the version of a report that stands, as far as known at an instant."""
    return current(found for found, _ in history(journal, report_id, known_at=known_at))


def polls(journal: Journal, *, known_at: datetime | None = None) -> Iterator[tuple[Poll, datetime]]:
    """Yield every poll outcome known at an instant, with when it was written down."""
    for record in journal.records(kind=POLL, known_at=known_at):
        yield _POLL.decode(record.body), record.recorded_at
