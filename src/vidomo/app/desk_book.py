"""The book of the desk: what people did there, written into the journal and found again."""

from collections.abc import Iterable
from datetime import datetime

from vidomo.core.codec import from_json, to_json
from vidomo.desk.entry import KIND, Entry
from vidomo.store.journal import Journal
from vidomo.store.model import Draft


def entries_in(
    journal: Journal, *, known_at: datetime | None = None, what_prefix: str = ""
) -> tuple[Entry, ...]:
    """Return what people did at the desk, in the order in which it was written down.

    Args:
        journal: Where it is.
        known_at: Only what was recorded by this instant of the machine's clock.
        what_prefix: Only deeds that begin so, such as ``task.``.
    """
    found = (from_json(one.body, Entry) for one in journal.records(kind=KIND, known_at=known_at))
    return tuple(one for one in found if one.what.startswith(what_prefix))


def write_entries(journal: Journal, entries: Iterable[Entry]) -> None:
    """Write entries down, all or none, durable on return; one that is there already stays one.

    Raises:
        MachineRefused: Disk full, opened for reading only.
    """
    drafts = [
        Draft(kind=KIND, id=one.id, subject=one.subject, body=to_json(one)) for one in entries
    ]
    if drafts:
        journal.append(drafts)
