"""What every journal can do, whatever database lies under it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from vidomo.core.problems import Problem
from vidomo.store.model import Draft, Record


class Journal(Protocol):
    """An append-only list of records, durable once ``append`` has returned."""

    def append(self, drafts: Sequence[Draft]) -> tuple[bool, ...]:
        """Write all drafts in one durable transaction, or none.

        Returns:
            For each draft whether it was new; False says that it is already there.

        Raises:
            ConflictError: An id is already there with another content.
            MachineRefused: Disk full, no permission, another writer, opened for reading only.
        """
        ...

    def records(
        self,
        *,
        kind: str | None = None,
        subject: str | None = None,
        known_at: datetime | None = None,
        after: int = 0,
    ) -> Iterator[Record]:
        """Yield records in the order they were written, as they stood at the first one.

        Args:
            kind: Only this kind.
            subject: Only about this.
            known_at: Only what was written down at or before this instant.
            after: Only those behind this ``seq``.
        """
        ...

    def get(self, record_id: str) -> Record | None:
        """Return one record by its id."""
        ...

    def subjects(self, *, kind: str) -> Iterator[str]:
        """Yield each subject of a kind once, in alphabetical order."""
        ...

    def count(self, kind: str | None = None) -> int:
        """Return how many records there are, of a kind or in all."""
        ...

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever written down but what people did at the desk."""
        ...

    @property
    def last_seq(self) -> int:
        """The ``seq`` of the newest record, 0 for an empty journal: a key for caches."""
        ...

    def newest(self, *kinds: str) -> int:
        """Return the ``seq`` of the newest record of some kinds, 0 for none: a key for caches."""
        ...

    @property
    def last_recorded_at(self) -> datetime | None:
        """The latest ``recorded_at`` of all but the desk's records, None for an empty journal."""
        ...

    def verify(self) -> tuple[Problem, ...]:
        """Return everything that is wrong with what is stored; empty when all is well."""
        ...

    def close(self) -> None:
        """Let go of the database; closing twice does no harm."""
        ...
