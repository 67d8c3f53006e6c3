"""Registers the sources of a replay in the journal, known from the start of what they say."""

from collections.abc import Iterable
from datetime import datetime

from vidomo.core.codec import to_json
from vidomo.core.ids import content_id
from vidomo.sources.registry import SourceChange, SourceEntry
from vidomo.store.journal import Journal
from vidomo.store.model import Draft


def register(journal: Journal, entries: Iterable[SourceEntry], *, since: datetime) -> None:
    """Write down who the sources of a replay are, as decided and known at an instant.

    Args:
        journal: Open for writing; the posts are already in it, for a replay needs an empty one.
        entries: The sources.
        since: When the operator is taken to have registered them, before their first post.
    """
    changes = [
        SourceChange(source=entry.id, changed_at=since, what="added", entry=entry)
        for entry in entries
    ]
    journal.append(
        [
            Draft(
                kind="decision",
                id=content_id("src", change),
                subject=change.source,
                body=to_json(change),
                recorded_at=since,
            )
            for change in changes
        ]
    )
