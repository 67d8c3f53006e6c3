"""The few polls that a situation rests on, found without reading all of them again."""

from array import array
from bisect import bisect_right
from datetime import datetime

import msgspec

from vidomo.core.codec import from_json
from vidomo.sources.model import Outcome, Poll
from vidomo.store.journal import Journal
from vidomo.store.moments import from_micros, to_micros

_SILENCE = frozenset({Outcome.NO_ANSWER, Outcome.REFUSED})


class PollLog:
    """Polls by source: 17 bytes for an answer, the whole poll for a failure.

    A source asked every two minutes for a year answers a quarter of a million times, and
    a situation needs one of them. Each record is read once; dropping the log and filling
    it again from the journal gives the same.
    """

    def __init__(self) -> None:
        self._answers: dict[str, _Answers] = {}
        self._failures: dict[str, list[tuple[datetime, datetime, Poll]]] = {}
        self._seq = 0

    def telling(
        self, journal: Journal, *, valid_at: datetime, known_at: datetime
    ) -> tuple[Poll, ...]:
        """Return the last answer of each source, and every failure since.

        What came before the last answer changes neither who is silent nor who is fresh.

        Args:
            journal: Where to read what is new.
            valid_at: Only polls made by then.
            known_at: Only polls recorded by then.
        """
        self._refresh(journal)
        found: list[Poll] = []
        for source in self._answers.keys() | self._failures.keys():
            answers = self._answers.get(source)
            last = answers and answers.last(source, valid_at=valid_at, known_at=known_at)
            if last:
                found.append(last)
            found.extend(
                poll
                for asked_at, recorded_at, poll in self._failures.get(source, ())
                if asked_at <= valid_at
                and recorded_at <= known_at
                and (not last or asked_at >= last.asked_at)
            )
        return tuple(found)

    def _refresh(self, journal: Journal) -> None:
        for record in journal.records(kind="poll", after=self._seq):
            self._seq = record.seq
            poll = from_json(record.body, Poll)
            if poll.outcome in _SILENCE:
                slim = msgspec.structs.replace(poll, memory=None, next_at=None)
                row = (poll.asked_at, record.recorded_at, slim)
                self._failures.setdefault(poll.source, []).append(row)
            else:
                answers = self._answers.setdefault(poll.source, _Answers())
                answers.take(poll, record.recorded_at)


class _Answers:
    """When one source answered, in order of asking, in microseconds since 1970."""

    def __init__(self) -> None:
        self._asked = array("q")
        self._recorded = array("q")
        self._is_news = bytearray()

    def take(self, poll: Poll, recorded_at: datetime) -> None:
        asked = to_micros(poll.asked_at)
        place = bisect_right(self._asked, asked)
        self._asked.insert(place, asked)
        self._recorded.insert(place, to_micros(recorded_at))
        self._is_news.insert(place, poll.outcome is Outcome.ANSWERED)

    def last(self, source: str, *, valid_at: datetime, known_at: datetime) -> Poll | None:
        """Return the last answer by both instants; its detail is left out."""
        known = to_micros(known_at)
        place = bisect_right(self._asked, to_micros(valid_at)) - 1
        while place >= 0 and self._recorded[place] > known:
            place -= 1
        if place < 0:
            return None
        return Poll(
            source=source,
            asked_at=from_micros(self._asked[place]),
            outcome=Outcome.ANSWERED if self._is_news[place] else Outcome.NOTHING_NEW,
        )
