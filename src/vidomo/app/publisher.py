"""Who is on record as running this, as pages and files say it."""

from datetime import datetime
from functools import lru_cache

from vidomo.app.desk_book import entries_in
from vidomo.desk.alerts.authority import SET, authority_in, publisher_of
from vidomo.desk.entry import KIND
from vidomo.publish.publisher import UNKNOWN, Publisher
from vidomo.store.journal import Journal


class Record:
    """Who runs a data folder, read again only after people did something at its desk.

    Args:
        journal: The journal of the folder.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._read = lru_cache(maxsize=32)(self._read_at)

    def publisher(self, *, known_at: datetime | None = None) -> Publisher:
        """Return who runs it, as it was on record at an instant."""
        return self._read(self._journal.newest(KIND), known_at)

    def _read_at(self, _newest: int, known_at: datetime | None) -> Publisher:
        found = entries_in(self._journal, known_at=known_at, what_prefix=SET)
        return publisher_of(authority_in(found))


def publisher_at(house: object, *, known_at: datetime | None = None) -> Publisher:
    """Return who runs a house, as it was on record at an instant; nobody where it cannot tell."""
    told = getattr(house, "publisher", None)
    found = told(known_at=known_at) if callable(told) else UNKNOWN
    return found if isinstance(found, Publisher) else UNKNOWN
