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
from vidomo.publish.publisher import Publisher
from vidomo.situation.model import Situation


class LiveHouse:
    """A house that shows the bundled scenario until the data folder holds a post.

    It only reads, so that posts can be imported while it runs.

    Args:
        folder: The data folder.
        clock: The machine's clock, or that of an exercise.
        is_exercise: Whether all that it holds is an exercise, and every page says so.
    """

    def __init__(
        self, folder: Path, *, clock: Clock = system_clock, is_exercise: bool = False
    ) -> None:
        self.gazetteer = Gazetteer.open()
        with House.open(folder, clock=clock):
            pass  # makes the folder and the database, so that a reader can open them
        self._own = House.open(folder, clock=clock, read_only=True)
        self._folder, self._clock, self._is_exercise = folder, clock, is_exercise
        self._scenario: House | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._own.close()
        if self._scenario is not None:
            self._scenario.close()

    @property
    def is_demo(self) -> bool:
        """Whether what is shown is not real: the scenario while there are no posts, or an exercise."""
        return self._is_exercise or self._own.journal.is_empty

    @property
    def notice(self) -> str:
        """Name of the scenario while it is shown, ``exercise`` in one, else empty."""
        return "exercise" if self._is_exercise else self._shown().notice

    @property
    def shown(self) -> House:
        """The house whose posts are shown, to be read only: one's own, or the scenario's."""
        return self._shown()

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

    def publisher(self, *, known_at: datetime | None = None) -> Publisher:
        """Return who runs this folder, whatever is shown, as it was on record at an instant."""
        return self._own.publisher(known_at=known_at)

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
