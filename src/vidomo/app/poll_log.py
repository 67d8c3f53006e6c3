"""The polls of a journal, kept at hand: a watch of a year asks a few million times."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from vidomo.core.codec import from_json
from vidomo.sources.model import Outcome, Poll
from vidomo.store.journal import Journal

_SILENCE = frozenset({Outcome.NO_ANSWER, Outcome.REFUSED})


class PollLog:
    """Every poll with when it was written down; each record is read once.

    Dropping it and filling it again from the journal gives the same.
    """

    def __init__(self) -> None:
        self._polls: list[tuple[datetime, Poll]] = []
        self._seq = 0

    def until(self, journal: Journal, known_at: datetime) -> Iterator[Poll]:
        """Yield every poll recorded by an instant, in the order they were written down."""
        for record in journal.records(kind="poll", after=self._seq):
            self._seq = record.seq
            self._polls.append((record.recorded_at, from_json(record.body, Poll)))
        return (poll for recorded_at, poll in self._polls if recorded_at <= known_at)


def telling(polls: Iterable[Poll], *, valid_at: datetime) -> tuple[Poll, ...]:
    """Return the few polls that a situation rests on.

    They are the last answer of each source and every failure since; all that came before the last answer changes neither who is silent nor who is fresh.
    """
    answered: dict[str, Poll] = {}
    failed: dict[str, list[Poll]] = {}
    for poll in polls:
        if poll.asked_at > valid_at:
            continue
        if poll.outcome in _SILENCE:
            failed.setdefault(poll.source, []).append(poll)
            continue
        before = answered.get(poll.source)
        if before is None or before.asked_at <= poll.asked_at:
            answered[poll.source] = poll
    since = [
        poll
        for source, ones in failed.items()
        for poll in ones
        if source not in answered or poll.asked_at >= answered[source].asked_at
    ]
    return (*answered.values(), *since)
