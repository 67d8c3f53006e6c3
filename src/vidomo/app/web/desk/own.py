"""The desk's own journal, opened for one question: what people did, not what the pages show."""

from collections.abc import Callable
from typing import TypeVar

from vidomo.app.web.desk.route import Visit
from vidomo.store.sqlite import SqliteJournal

T = TypeVar("T")


async def of_own(visit: Visit, question: Callable[[SqliteJournal], T]) -> T:
    """Return the answer of a question to the journal of the data folder.

    The pages may show the bundled scenario; tasks, calls and hand-overs are always one's own.
    """

    def asked() -> T:
        desk = visit.desk
        with SqliteJournal.open(desk.folder, clock=desk.clock, read_only=True) as journal:
            return question(journal)

    return await visit.ask(asked)


def territories(visit: Visit, role: int) -> tuple[str, ...]:
    """Return the places that the person has a role over, as they were granted."""
    return tuple(
        dict.fromkeys(grant.territory for grant in visit.person.grants if grant.role >= role)
    )
