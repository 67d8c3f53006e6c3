"""What the server shows: the operator's own posts, or the scenario until there are some."""

from datetime import datetime
from pathlib import Path
from typing import Self

from vidomo.app.house import House
from vidomo.app.releases import releases_in
from vidomo.app.scenario import open_scenario
from vidomo.core.clock import Clock, system_clock
from vidomo.desk.trace import Trace
from vidomo.disclosure.release import Release
from vidomo.gazetteer import Gazetteer
from vidomo.situation.model import Situation


class LiveHouse:
    """A house that shows the bundled scenario until the data folder holds a post.

    It only reads, so that posts can be imported while it runs.
    """

    def __init__(self, folder: Path, *, clock: Clock = system_clock) -> None:
        self.gazetteer = Gazetteer.open()
        with House.open(folder, clock=clock):
            pass  # makes the folder and the database, so that a reader can open them
        self._own = House.open(folder, clock=clock, read_only=True)
        self._folder, self._clock = folder, clock
        self._scenario: House | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._own.close()
        if self._scenario is not None:
            self._scenario.close()

    @property
    def is_demo(self) -> bool:
        """Whether the scenario is shown because there are no posts yet."""
        return self._own.journal.is_empty

    @property
    def notice(self) -> str:
        """Name of the scenario while it is shown, else empty."""
        return self._shown().notice

    def now(self) -> datetime:
        """Return the instant that is asked about when nobody names one."""
        return self._shown().now()

    def mark(self) -> str:
        """Return what changes with every record written, by whatever process."""
        shown = self._shown()
        return f"{shown.notice}:{shown.journal.last_seq}"

    def releases(self) -> tuple[Release, ...]:
        """Return every early release that was ever asked for or seconded."""
        return releases_in(self._shown().journal)

    def situation(
        self, *, valid_at: datetime | None = None, known_at: datetime | None = None
    ) -> Situation:
        """Return what held at ``valid_at`` as far as it was known at ``known_at``."""
        return self._shown().situation(valid_at=valid_at, known_at=known_at)

    def trace(self, record_id: str) -> Trace | None:
        """Return a claim, version or report with the exact text behind it; None if unknown."""
        return self._shown().trace(record_id)

    def _shown(self) -> House:
        if not self._own.journal.is_empty:
            return self._own
        if self._scenario is None:
            self._scenario = open_scenario(self._folder, clock=self._clock)
        return self._scenario
