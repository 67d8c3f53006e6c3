"""The journal in one SQLite file: one writer, and readers that never block it."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import apsw

from vidomo.core.clock import Clock
from vidomo.core.errors import ConflictError, MachineRefused, NothingKnown
from vidomo.core.problems import Problem
from vidomo.store.connections import LOCK_WAIT_MS, open_reader, take_lock
from vidomo.store.machine import machine_refusals, refuse_old_sqlite
from vidomo.store.model import ASIDE, Draft, Record
from vidomo.store.moments import from_micros, to_micros
from vidomo.store.schema import check_readable, is_blank, migrate
from vidomo.store.verify import problems_of

FILE_NAME = "vidomo.sqlite"
LOCK_NAME = "vidomo.lock"
CACHE_KIB = 65_536  # pages kept in memory while writing; derived tables are written all over
_COLUMNS = "seq, kind, id, subject, recorded_at, replaces, replayed, body"
_INSERT = """
insert into record (kind, id, subject, recorded_at, replaces, replayed, body)
values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing
"""
_LATEST = "select max(recorded_at) from record where replayed = ?"
# Walks the index from its end: there are seldom many records of the desk in a row.
_LATEST_KNOWN = """
select recorded_at from record where replayed = ? and kind <> ?
order by recorded_at desc limit 1
"""
_ANY_KNOWN = """
select exists (select 1 from record where kind < ?1) or exists (select 1 from record where kind > ?1)
"""
_Row = tuple[int, str, str, str, int, str | None, int, bytes]


class SqliteJournal:
    """An append-only journal in ``FOLDER/vidomo.sqlite``.

    WAL mode with ``synchronous=FULL``: what ``append`` acknowledged survives a
    killed process and a power cut. The writing connection alone checkpoints;
    every reading goes through connections opened read-only. May be shared by
    threads. A second process that wants to write is refused.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        writer: apsw.Connection | None,
        guard: apsw.Connection | None,
    ) -> None:
        self._path = path
        self._clock = clock
        self._writer = writer
        self._guard = guard
        self._lock = threading.RLock()
        self._deriver = 0
        self._idle: list[apsw.Connection] = []
        self._closed = threading.Event()
        self._floor = 0 if writer is None else self._number(_LATEST, 0) or 0

    @classmethod
    def open(cls, folder: Path, *, clock: Clock, read_only: bool = False) -> Self:
        """Open the journal of a data folder; for writing, the folder is made when missing.

        Raises:
            NothingKnown: Opened for reading, and there is no journal.
            MachineRefused: No permission, disk full, not a journal, a newer version, another
                process is writing, or a SQLite that can damage it.
        """
        refuse_old_sqlite(apsw.sqlite_lib_version())
        path = folder / FILE_NAME
        with machine_refusals(path):
            if read_only:
                return cls._open_to_read(path, clock)
            return cls._open_to_write(path, clock)

    @classmethod
    def _open_to_read(cls, path: Path, clock: Clock) -> Self:
        nothing = NothingKnown(
            f"there is no journal in {path.parent}", hint="vidomo import FILE puts posts into one"
        )
        if not path.exists():
            raise nothing
        connection = open_reader(path)
        try:
            if is_blank(connection):
                raise nothing
            check_readable(connection, path)
        finally:
            connection.close()
        return cls(path, clock=clock, writer=None, guard=None)

    @classmethod
    def _open_to_write(cls, path: Path, clock: Clock) -> Self:
        path.parent.mkdir(parents=True, exist_ok=True)
        guard = take_lock(path.with_name(LOCK_NAME))
        writer: apsw.Connection | None = None
        try:
            writer = apsw.Connection(str(path))
            writer.set_busy_timeout(LOCK_WAIT_MS)
            # A new file is turned to WAL under a journal of its own. Were the taking away of that
            # journal lost in a power cut, it would roll back all that was acknowledged since.
            writer.pragma("synchronous", "extra")
            writer.pragma("journal_mode", "wal")
            writer.pragma("synchronous", "full")
            writer.pragma("cache_size", -CACHE_KIB)
            migrate(writer, path, now=clock())
            return cls(path, clock=clock, writer=writer, guard=guard)
        except BaseException:
            if writer is not None:
                writer.close(True)
            guard.close(True)
            raise

    def append(self, drafts: Sequence[Draft]) -> tuple[bool, ...]:
        """Write all drafts in one durable transaction, or none; see ``Journal.append``.

        ``recorded_at`` is the clock's time, moved on by a microsecond where the
        clock stands still or goes back, so that no later transaction can enter
        the past of an earlier one. A draft with its own ``recorded_at`` is
        marked as replayed.
        """
        with machine_refusals(self._path), self._lock:
            if self._closed.is_set() or self._writer is None:
                raise MachineRefused(
                    f"{self._path} is open for reading only", hint="open it for writing first"
                )
            moment = max(to_micros(self._clock()), self._floor + 1)
            try:
                self._writer.execute("begin immediate")
                are_new = tuple([self._insert(self._writer, draft, moment) for draft in drafts])
                self._writer.execute("commit")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("rollback")
                raise
            self._floor = moment
            return are_new

    @staticmethod
    def _insert(writer: apsw.Connection, draft: Draft, moment: int) -> bool:
        is_replayed = draft.recorded_at is not None
        if draft.recorded_at is not None:
            moment = to_micros(draft.recorded_at)
        key = (draft.kind, draft.id, draft.subject)
        writer.execute(_INSERT, (*key, moment, draft.replaces, int(is_replayed), draft.body))
        if writer.changes():
            return True
        found = writer.execute("select kind, subject, body from record where id = ?", (draft.id,))
        if found.get != (draft.kind, draft.subject, draft.body):
            raise ConflictError(
                f"{draft.id} is already there with another content",
                hint="a record never changes; write a new one that replaces it",
            )
        return False

    def records(
        self,
        *,
        kind: str | None = None,
        subject: str | None = None,
        known_at: datetime | None = None,
        after: int = 0,
    ) -> Iterator[Record]:
        """Yield records in the order they were written; see ``Journal.records``."""
        where = ["seq > ?"]
        values: list[int | str] = [after]
        if subject is not None:
            where.append("subject = ?")
            values.append(subject)
        if kind is not None:
            # A plus keeps a term out of the choice of index: a subject is always rarer
            # than a kind, and the order of seq must come from the index without a sort.
            where.append("kind = ?" if subject is None else "+kind = ?")
            values.append(kind)
        if known_at is not None:
            where.append("+recorded_at <= ?")
            values.append(to_micros(known_at))
        sql = f"select {_COLUMNS} from record where {' and '.join(where)} order by seq"  # noqa: S608 - only our own words
        with self._reading() as connection:
            for row in connection.execute(sql, values):
                yield _record(cast("_Row", row))

    def get(self, record_id: str) -> Record | None:
        """Return one record by its id."""
        sql = f"select {_COLUMNS} from record where id = ?"  # noqa: S608 - only our own words
        with self._reading() as connection:
            rows = connection.execute(sql, (record_id,)).fetchall()
        return _record(cast("_Row", rows[0])) if rows else None

    def subjects(self, *, kind: str) -> Iterator[str]:
        """Yield each subject of a kind once, in alphabetical order."""
        sql = "select distinct subject from record where kind = ? order by subject"
        with self._reading() as connection:
            for (subject,) in connection.execute(sql, (kind,)):
                yield str(subject)

    def count(self, kind: str | None = None) -> int:
        """Return how many records there are, of a kind or in all."""
        if kind is None:
            return self._number("select count(*) from record") or 0
        return self._number("select count(*) from record where kind = ?", kind) or 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever written down but what people did at the desk."""
        return not self._number(_ANY_KNOWN, ASIDE)

    @property
    def last_seq(self) -> int:
        """The ``seq`` of the newest record, 0 for an empty journal: a key for caches."""
        return self._number("select max(seq) from record") or 0

    def newest(self, *kinds: str) -> int:
        """Return the ``seq`` of the newest record of some kinds, 0 for none: a key for caches."""
        sql = "select max(seq) from record where kind = ?"
        return max((self._number(sql, kind) or 0 for kind in kinds), default=0)

    @property
    def can_write(self) -> bool:
        """Whether it is open, and for writing."""
        return self._writer is not None and not self._closed.is_set()

    @property
    def is_replay(self) -> bool:
        """Whether there are records and every one was given its time by a replay of history."""
        return not self.is_empty and self._number(_LATEST_KNOWN, 0, ASIDE) is None

    @property
    def last_recorded_at(self) -> datetime | None:
        """The latest ``recorded_at`` of all but the desk's records, None for an empty journal."""
        both = [self._number(_LATEST_KNOWN, replayed, ASIDE) for replayed in (0, 1)]
        moments = [from_micros(micros) for micros in both if micros is not None]
        return max(moments, default=None)

    def verify(self) -> tuple[Problem, ...]:
        """Return everything that is wrong with what is stored; empty when all is well."""
        with self._reading() as connection:
            return tuple(problems_of(connection))

    def close(self) -> None:
        """Let go of the database; closing twice does no harm."""
        with self._lock, machine_refusals(self._path):
            self._closed.set()
            while self._idle:
                self._idle.pop().close()
            for connection in (self._writer, self._guard):
                if connection is not None:
                    connection.close()
            self._writer = self._guard = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _number(self, sql: str, *values: str | int) -> int | None:
        with self._reading() as connection:
            answer = connection.execute(sql, values).get
        return None if answer is None else int(str(answer))

    def reading(self) -> AbstractContextManager[apsw.Connection]:
        """Lend a connection to read on; inside ``deriving`` it sees what is not yet committed."""
        if self._writer is not None and self._deriver == threading.get_ident():
            return nullcontext(self._writer)
        return self._reading()

    @contextmanager
    def deriving(self) -> Iterator[apsw.Connection]:
        """Lend the writing connection for one transaction on tables that are derived.

        What is derived can be made again, so that such a transaction is not awaited on the
        disk: a power cut may take it back, as a whole, and the index is then behind. Records are only
        ever written by ``append``, which waits, and then all that came before is there too.

        Raises:
            MachineRefused: Opened for reading only, closed, disk full.
        """
        with machine_refusals(self._path), self._lock:
            if self._writer is None or self._closed.is_set():
                raise MachineRefused(
                    f"{self._path} is open for reading only", hint="open it for writing first"
                )
            if self._deriver:  # one inside another is a part of it
                yield self._writer
                return
            self._writer.pragma("synchronous", "normal")
            self._deriver = threading.get_ident()
            try:
                self._writer.execute("begin immediate")
                yield self._writer
                self._writer.execute("commit")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("rollback")
                raise
            finally:
                self._deriver = 0
                self._writer.pragma("synchronous", "full")

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        """Lend a read-only connection; each is used by one reader at a time."""
        with machine_refusals(self._path):
            if self._closed.is_set():
                raise MachineRefused(f"{self._path} is closed", hint="open it again")
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = open_reader(self._path)
            try:
                yield connection
            except BaseException:
                connection.close(True)
                raise
            if self._closed.is_set():
                connection.close(True)
            else:
                self._idle.append(connection)


def _record(row: _Row) -> Record:
    seq, kind, record_id, subject, recorded_at, replaces, replayed, body = row
    return Record(
        seq=seq,
        kind=kind,
        id=record_id,
        subject=subject,
        recorded_at=from_micros(recorded_at),
        replaces=replaces,
        replayed=bool(replayed),
        body=body,
    )
