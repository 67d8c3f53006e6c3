"""Ask the configured sources in turn and keep what they say, whatever comes of it."""

import queue
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from vidomo.app.doors import Doors, read_doors, record_changes
from vidomo.app.house import House
from vidomo.app.shelf import Shelf
from vidomo.core.clock import Clock, system_clock
from vidomo.core.errors import (
    ConfigError,
    MachineRefused,
    NothingKnown,
    SourceRefused,
    SourceUnavailable,
)
from vidomo.sources.door import Answer, Door
from vidomo.sources.door_ask import ask
from vidomo.sources.fetch import Busy, Fetcher, Limits
from vidomo.sources.model import Outcome, Poll
from vidomo.sources.pace import Pace, next_wait

WORKERS = 8
"""Sources asked at the same time; one that stalls holds up no other."""
LOOK_S = 2.0
"""Seconds between two looks at ``sources.toml`` and at who is due."""
TICK_S = 0.1
"""Seconds between two looks for answers."""
STOP_S = 1.5
"""Seconds that requests under way get to notice that they are cut."""

Say = Callable[[str], None]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking one source, not stored yet."""

    door: Door
    poll: Poll
    answer: Answer | None = None


class Collector:
    """Asks the sources of one data folder and keeps what they say.

    The right to write is held only while something is written down, so that other
    commands can write beside it. What cannot be stored now is kept and tried again
    before that source is asked again.

    Args:
        folder: Data folder with ``sources.toml``.
        clock: Present instant.
        monotonic: Seconds that never go back.
        sleep: Waits so many seconds; by default it ends at once when told to stop.
        chance: Gives the jitter of waits.
        limits: What one request may cost.
        gap_s: Seconds between two requests to one host.
        say: Takes what a person should look into, as one line.
        tell: Takes a line about every answer.
    """

    def __init__(  # noqa: PLR0913 - everything that a test puts in place of the world
        self,
        folder: Path,
        *,
        clock: Clock = system_clock,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        chance: random.Random | None = None,
        limits: Limits | None = None,
        gap_s: float = 1.0,
        say: Say = lambda _line: None,
        tell: Say = lambda _line: None,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._told_to_stop = threading.Event()
        self._chance = chance or random.Random()  # noqa: S311 - spreads requests, guards nothing
        self._say = say
        self._tell = tell
        self._doors = Doors()
        self._complaint = ""
        self._shelf = Shelf()
        self._in_flight: set[str] = set()
        self._waiting: list[Result] = []
        self._results: queue.Queue[Result] = queue.Queue()
        self._pace = Pace(monotonic=monotonic, sleep=sleep or self._told_to_stop.wait, gap_s=gap_s)
        self._fetcher = Fetcher(pace=self._pace, clock=clock, limits=limits)

    def once(self, *, everyone: bool = False) -> tuple[Poll, ...]:
        """Ask every source that is due, one after the other, and return what came of it.

        Args:
            everyone: Ask also those whose time has not come.

        Raises:
            ConfigError: ``sources.toml`` cannot be followed.
            MachineRefused: The answers cannot be stored.
        """
        self._reload()
        self._refresh()
        now = self._clock()
        polls = []
        for door in self._doors.doors:
            if not door.paused and (everyone or self._is_due(door, now)):
                result = self.look(door)
                if self._told_to_stop.is_set() and result.answer is None:
                    break  # we cut it ourselves: no silence of the source
                self._store([result])
                polls.append(result.poll)
        return tuple(polls)

    def learn(self) -> None:
        """Learn what is kept, where anything is; nothing is written."""
        try:
            with House.open(self._folder, clock=self._clock, read_only=True) as house:
                doors = read_doors(self._folder).doors
                self._shelf.refresh(house.journal, sources={door.id for door in doors})
        except NothingKnown:
            return

    def look(self, door: Door) -> Result:
        """Ask one source now and return what came of it, without storing anything."""
        memory = self._shelf.memory(door.id)
        asked_at = self._clock()
        answer: Answer | None = None
        retry_after_s: float | None = None
        try:
            answer = ask(
                door,
                kept=self._shelf.kept(door.id),
                memory=memory,
                fetcher=self._fetcher,
                asked_at=asked_at,
            )
            outcome, detail = answer.outcome, answer.detail
            if door.alarm_feed and not answer.is_whole:
                # Its quiet would read as "no alert"; an alert may lie in what was not read.
                outcome, detail = Outcome.NO_ANSWER, f"answered in part; {detail}".rstrip("; ")
            memory = msgspec.structs.replace(answer.memory, failures=0)
        except SourceRefused as error:
            outcome, detail = Outcome.REFUSED, _words(error)
        except SourceUnavailable as error:
            outcome, detail = Outcome.NO_ANSWER, _words(error)
            retry_after_s = error.retry_after_s if isinstance(error, Busy) else None
        except Exception as error:  # noqa: BLE001 - one bad page must not end the watch over all others
            outcome, detail = Outcome.NO_ANSWER, f"a bug in reading it: {error!r}"[:300]
        if answer is None:
            memory = msgspec.structs.replace(memory, failures=memory.failures + 1)
        wait = next_wait(
            door.every_s,
            failures=memory.failures,
            is_refused=outcome is Outcome.REFUSED,
            retry_after_s=retry_after_s,
            chance=self._chance,
        )
        poll = Poll(
            source=door.id,
            asked_at=asked_at,
            outcome=outcome,
            detail=detail,
            next_at=asked_at + wait,
            memory=memory,
        )
        return Result(door=door, poll=poll, answer=answer)

    def run(self) -> None:
        """Ask whoever is due until told to stop; nothing but a bug ends it before."""
        while not self._told_to_stop.is_set():
            self._tend()
            self._waiting.extend(self._arrived(timeout_s=LOOK_S))
            self._try_to_store()

    def stop(self) -> None:
        """Tell a running collector to stop: cut its requests, store what has come."""
        self._told_to_stop.set()
        self._fetcher.stop()

    def _tend(self) -> None:
        """Look at who is configured and due, and send somebody to each."""
        try:
            self._reload()
            self._refresh()
        except (ConfigError, MachineRefused) as error:
            self._complain(_words(error))
            return
        now = self._clock()
        for door in self._doors.doors:
            is_free = door.id not in self._in_flight and len(self._in_flight) < WORKERS
            if is_free and not door.paused and self._is_due(door, now):
                self._in_flight.add(door.id)
                threading.Thread(
                    target=lambda one: self._results.put(self.look(one)),
                    args=(door,),
                    name=f"ask {door.id}",
                    daemon=True,
                ).start()

    def _arrived(self, *, timeout_s: float) -> Iterator[Result]:
        """Yield the results that are there, waiting for a first one or for the end."""
        left_s = timeout_s
        while left_s > 0 and not self._told_to_stop.is_set() and self._results.empty():
            self._told_to_stop.wait(TICK_S)
            left_s -= TICK_S
        while not self._results.empty():
            result = self._results.get()
            # A request that we cut ourselves is no silence of the source.
            if result.answer is not None or not self._told_to_stop.is_set():
                yield result

    def _try_to_store(self) -> None:
        if not self._waiting:
            return
        try:
            self._store(self._waiting)
        except MachineRefused as error:
            self._complain(f"{len(self._waiting)} answers are kept back: {_words(error)}")
            return
        self._in_flight -= {result.door.id for result in self._waiting}
        self._waiting.clear()
        self._complaint = ""

    def _store(self, results: list[Result]) -> None:
        """Write posts and polls down, posts first: a poll vouches for what was kept."""
        posts = [post for result in results if result.answer for post in result.answer.posts]
        with House.open(self._folder, clock=self._clock) as house:
            if posts:
                house.take_in(posts, reads_all=False)
            house.note_polls(result.poll for result in results)
            self._shelf.refresh(house.journal)
        for result in results:
            self._tell(_line(result))

    def _reload(self) -> None:
        """Read ``sources.toml`` again and write down what was changed in it."""
        doors = read_doors(self._folder)
        if doors == self._doors and self._shelf.is_filled:
            return
        with House.open(self._folder, clock=self._clock) as house:
            record_changes(house.journal, doors.doors, now=self._clock())
            if not self._shelf.is_filled:
                house.catch_up()
            self._shelf.refresh(house.journal, sources={door.id for door in doors.doors})
        self._fetcher.contact = doors.contact
        self._doors = doors
        self._complaint = ""

    def _refresh(self) -> None:
        """Learn what other commands have kept."""
        with House.open(self._folder, clock=self._clock, read_only=True) as house:
            self._shelf.refresh(house.journal)

    def _is_due(self, door: Door, now: datetime) -> bool:
        poll = self._shelf.last_poll(door.id)
        if poll is None:
            return True
        due_at = poll.next_at or poll.asked_at + timedelta(seconds=door.every_s)
        # A clock that was wrong and went back must not silence a source for good.
        return now >= due_at or now < poll.asked_at - timedelta(seconds=door.every_s)

    def _complain(self, words: str) -> None:
        """Say once what is wrong, not at every look."""
        if words != self._complaint:
            self._complaint = words
            self._say(words)


@contextmanager
def collecting(collector: Collector) -> Iterator[None]:
    """Run a collector beside whatever is done inside, and stop it afterwards."""
    thread = threading.Thread(target=collector.run, name="collect", daemon=True)
    thread.start()
    try:
        yield
    finally:
        collector.stop()
        thread.join(STOP_S)


def _line(result: Result) -> str:
    poll = result.poll
    count = len(result.answer.posts) if result.answer else 0
    said = f"{count} new or changed" if count else poll.outcome.value.replace("_", " ")
    return f"{poll.source}: {said}" + (f" ({poll.detail})" if poll.detail else "")


def _words(error: MachineRefused | ConfigError | SourceRefused | SourceUnavailable) -> str:
    return f"{error.message}; {error.hint}" if error.hint else error.message
