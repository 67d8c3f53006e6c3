"""The rooms wired together over one data folder."""

import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, Self, TypeVar

import msgspec

from vidomo.app.decisions import decisions_in, is_ahead
from vidomo.app.doors import registry_at
from vidomo.app.index import PlaceIndex
from vidomo.app.poll_log import PollLog
from vidomo.app.publisher import Record as PublisherRecord
from vidomo.app.reader import reader_version
from vidomo.app.rereading import Rereader
from vidomo.app.reviewed import restated, reviewed_in
from vidomo.claims.model import Reading
from vidomo.core.clock import Clock, system_clock
from vidomo.core.codec import from_json, to_json
from vidomo.core.errors import ConfigError, MachineRefused
from vidomo.core.ids import content_id
from vidomo.core.problems import Problem
from vidomo.desk.trace import Trace, VersionAt
from vidomo.gazetteer import Gazetteer
from vidomo.publish.publisher import Publisher
from vidomo.reports.keep import Keeper, Tally
from vidomo.reports.model import Version
from vidomo.situation.decision import Decision
from vidomo.situation.fold import Known, fold, state_of
from vidomo.situation.model import DimensionState, PlaceState, Situation
from vidomo.sources.model import Poll, Post
from vidomo.sources.registry import Registry
from vidomo.store.model import Draft, Record
from vidomo.store.sqlite import SqliteJournal

READ_BATCH = 200
T = TypeVar("T")


class Watch(Protocol):
    """Wraps long work so that whoever waits can see how far it is."""

    def __call__(self, items: Sequence[T], label: str, /) -> Iterable[T]:
        """Return the items one by one, showing progress as they are taken."""
        ...


def unwatched(items: Sequence[T], label: str, /) -> Iterable[T]:  # noqa: ARG001 - shows nothing
    """Return the items; nobody is watching."""
    return items


class House:
    """One data folder and everything that can be asked of it.

    Reading and folding are pure; this object only fetches records, passes them
    through the rooms and remembers the last answers.
    """

    def __init__(self, journal: SqliteJournal, *, clock: Clock, notice: str = "") -> None:
        self.journal = journal
        self.gazetteer = Gazetteer.open()
        self.notice = notice
        self.is_demo = bool(notice)
        self._clock = clock
        self._fold = functools.lru_cache(maxsize=8)(self._fold_at)
        self._known = functools.lru_cache(maxsize=4)(self._known_at)
        self._polls = PollLog()
        self._runs = PublisherRecord(journal)
        self._settled: tuple[int, datetime | None] = (-1, None)
        self._registry = functools.lru_cache(maxsize=32)(
            lambda _newest, known_at: registry_at(journal, known_at)
        )
        self.index = PlaceIndex(journal, gazetteer=self.gazetteer, registry_at=self.registry_at)

    @classmethod
    def open(
        cls, folder: Path, *, clock: Clock = system_clock, read_only: bool = False, notice: str = ""
    ) -> Self:
        """Open a data folder.

        Raises:
            MachineRefused: The folder or the database cannot be used.
        """
        journal = SqliteJournal.open(folder, clock=clock, read_only=read_only)
        return cls(journal, clock=clock, notice=notice)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._keep_up()
        self.close()

    def close(self) -> None:
        """Close the journal."""
        self.journal.close()

    def now(self) -> datetime:
        """Return the instant that is asked about when nobody names one.

        A journal that holds nothing but a replay stands at the end of what it
        replays; any other stands at the clock.
        """
        last = self._replay_end()
        return self._clock() if last is None else last

    def take_in(
        self,
        items: Sequence[Post | Problem],
        *,
        replay: bool = False,
        reads_all: bool = True,
        refuse: Callable[[Problem], None] = lambda _: None,
        watch: Watch = unwatched,
    ) -> Tally:
        """Keep posts for good, then read what has not been read; return how many.

        Args:
            items: Posts, and what could not be one.
            replay: Known from when it was posted; only into an empty folder.
            reads_all: Whether everything kept earlier is read too, where nobody has; else
                only what is new, which costs the same however much is kept.
            refuse: Takes each problem.
            watch: Shows how far it is.

        Raises:
            ConfigError: A replay into a folder that already holds records.
        """
        if replay and not self.journal.is_empty:
            raise ConfigError(
                "a replay needs an empty data folder and this one holds records",
                hint="name another folder with --data, or import without --replay",
            )
        tally = Tally()

        def posts() -> Iterator[Post]:
            for item in watch(items, "keeping"):
                if isinstance(item, Problem):
                    tally.count("refused")
                    refuse(item)
                else:
                    yield item

        keeper = Keeper(self.journal, clock=self._clock)
        fresh: list[str] = []
        for verdict, version in keeper.keep(posts(), replay=replay):
            tally.count(verdict)
            if verdict != "known":
                fresh.append(version.id)
        if reads_all:
            self.catch_up(watch=watch)
        else:
            self._read([found for one in fresh if (found := self.journal.get(one))], watch)
        self._keep_up()
        return tally

    def _keep_up(self) -> None:
        """Bring the index up to what was written; where the disk refuses, it stays behind."""
        if self.journal.can_write:
            # Records are safe already, and an index that is behind makes no answer differ.
            with contextlib.suppress(MachineRefused):
                self.index.keep_up()

    def note_polls(self, polls: Iterable[Poll], *, replay: bool = False) -> None:
        """Record what came of asking sources; a replay is known from when it was asked."""
        Keeper(self.journal, clock=self._clock).keep_polls(polls, replay=replay)

    def catch_up(self, *, watch: Watch = unwatched) -> int:
        """Read every kept version that this reader has not read yet; return how many."""
        reader = reader_version()
        done = {r.version for r, _ in self._readings(None) if r.reader_version == reader}
        waiting = [r for r in self.journal.records(kind="post") if r.id not in done]
        self._read(waiting, watch)
        return len(waiting)

    def _read(self, waiting: Sequence[Record], watch: Watch) -> None:
        reader = reader_version()
        rereader = Rereader()
        stated = reviewed_in(self.journal)
        drafts: list[Draft] = []
        for record in watch(waiting, "reading"):
            version = from_json(record.body, Version)
            # What a person stated about a post holds whatever reader reads it next.
            reading = restated(rereader.read(version), version, stated)
            reading = msgspec.structs.replace(reading, reader_version=reader)
            drafts.append(
                Draft(
                    kind="reading",
                    id=content_id("rdg", version.id, reader),
                    subject=version.report,
                    body=to_json(reading),
                    # A replayed post was known when it was posted, and so is what it says.
                    recorded_at=record.recorded_at if record.replayed else None,
                )
            )
            if len(drafts) >= READ_BATCH:
                self.journal.append(drafts)
                drafts.clear()
        self.journal.append(drafts)

    def situation(
        self, *, valid_at: datetime | None = None, known_at: datetime | None = None
    ) -> Situation:
        """Return what held at ``valid_at`` as far as it was known at ``known_at``."""
        now = self.now()
        valid_at, known_at = valid_at or now, known_at or now
        # Only the few polls that tell anything are part of the key: sources are asked all the time.
        telling = self._polls.telling(self.journal, valid_at=valid_at, known_at=known_at)
        polls = tuple(sorted(telling, key=lambda one: (one.source, one.asked_at, one.outcome)))
        newest = self.journal.newest("post", "reading", "decision")
        return self._fold(newest, polls, valid_at, known_at)

    def place_state(
        self,
        place: str,
        *,
        valid_at: datetime | None = None,
        known_at: datetime | None = None,
    ) -> PlaceState:
        """Return the state of one place without its incidents and figures.

        Read from the index where it can tell, else out of the whole situation; the same bytes.
        """
        now = self.now()
        valid_at, known_at = valid_at or now, known_at or now
        polls = self._polls.telling(self.journal, valid_at=valid_at, known_at=known_at)
        found = self.index.state(place, valid_at=valid_at, known_at=known_at, polls=polls)
        if found is None:
            whole = self.situation(valid_at=valid_at, known_at=known_at)
            found = msgspec.structs.replace(
                state_of(whole, place, self.gazetteer), incidents=(), figures=()
            )
        return found

    def country(
        self, *, valid_at: datetime | None = None, known_at: datetime | None = None
    ) -> dict[str, tuple[DimensionState, ...]]:
        """Return where every unit stands that anything was said of, by code."""
        now = self.now()
        valid_at, known_at = valid_at or now, known_at or now
        polls = self._polls.telling(self.journal, valid_at=valid_at, known_at=known_at)
        found = self.index.country(valid_at=valid_at, known_at=known_at, polls=polls)
        if found is None:
            whole = self.situation(valid_at=valid_at, known_at=known_at)
            found = {
                one.place: state_of(whole, one.place, self.gazetteer).dimensions
                for one in whole.places
            }
        return found

    def known(self, known_at: datetime) -> tuple[Known, ...]:
        """Return every version known at an instant with the newest reading known then."""
        newest = self.journal.newest("post", "reading")
        if self._settled[0] != newest:
            self._settled = (newest, self.journal.last_recorded_at)
        last = self._settled[1]
        # After the last post or reading every instant knows the same; a page asks again and again.
        return self._known(newest, known_at if last is None or known_at < last else last)

    def _known_at(self, _newest: int, known_at: datetime) -> tuple[Known, ...]:
        readings: dict[str, tuple[datetime, Reading]] = {}
        for reading, recorded_at in self._readings(known_at):
            kept = readings.get(reading.version)
            if kept is None or (recorded_at, reading.reader_version) >= (
                kept[0],
                kept[1].reader_version,
            ):
                readings[reading.version] = (recorded_at, reading)
        known = []
        for record in self.journal.records(kind="post", known_at=known_at):
            version = from_json(record.body, Version)
            if version.id in readings:
                known.append(
                    Known(
                        version=version,
                        reading=readings[version.id][1],
                        is_ahead=is_ahead(version, record.recorded_at),
                    )
                )
        return tuple(known)

    def known_since(self, known_at: datetime) -> dict[str, datetime]:
        """Return for each version known at an instant since when it was read, thus known."""
        since: dict[str, datetime] = {}
        for reading, recorded_at in self._readings(known_at):
            since[reading.version] = min(since.get(reading.version, recorded_at), recorded_at)
        return since

    def decisions(self, known_at: datetime | None) -> tuple[Decision, ...]:
        """Return every decision of a person recorded by an instant."""
        return decisions_in(self.journal, known_at=known_at)

    @property
    def is_replay(self) -> bool:
        """Whether the journal holds nothing but a replay of history."""
        return self._replay_end() is not None

    def registry_at(self, known_at: datetime | None) -> Registry:
        """Return bodies and sources as the operator had registered them by an instant."""
        return self._registry(self.journal.newest("decision"), known_at)

    @property
    def registry(self) -> Registry:
        """Bodies and sources as they are registered now."""
        return self.registry_at(None)

    def publisher(self, *, known_at: datetime | None = None) -> Publisher:
        """Return who runs this, as it was on record at an instant."""
        return self._runs.publisher(known_at=known_at)

    def polls(self, known_at: datetime) -> tuple[Poll, ...]:
        """Return every poll recorded by an instant."""
        records = self.journal.records(kind="poll", known_at=known_at)
        return tuple(from_json(record.body, Poll) for record in records)

    def trace(self, record_id: str) -> Trace | None:
        """Return a claim, version or report with the exact text behind it; None if unknown."""
        versions: dict[str, list[VersionAt]] = {}
        for record in self.journal.records(kind="post"):
            version = from_json(record.body, Version)
            versions.setdefault(version.report, []).append(
                VersionAt(version=version, recorded_at=record.recorded_at)
            )
        for reading, _ in self._readings(None):
            for claim in reading.claims:
                if record_id in {claim.id, reading.version, reading.report}:
                    return Trace(
                        claim=claim if claim.id == record_id else None,
                        reading=reading,
                        versions=tuple(versions[reading.report]),
                    )
        return None

    def _readings(self, known_at: datetime | None) -> Iterator[tuple[Reading, datetime]]:
        for record in self.journal.records(kind="reading", known_at=known_at):
            yield from_json(record.body, Reading), record.recorded_at

    def _fold_at(
        self, _newest: int, polls: tuple[Poll, ...], valid_at: datetime, known_at: datetime
    ) -> Situation:
        return fold(
            self.known(known_at),
            polls=polls,
            decisions=self.decisions(known_at),
            valid_at=valid_at,
            known_at=known_at,
            registry=self.registry_at(known_at),
            gazetteer=self.gazetteer,
        )

    def _replay_end(self) -> datetime | None:
        last = self.journal.last_recorded_at
        if last is None or not self.journal.is_replay:
            return None
        return last + timedelta(minutes=1)
