"""What is derived from the journal and kept beside it, so that a question reads little."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, cast

import apsw
import msgspec

from vidomo.store.derived import FOREVER, Phased, PhaseRow, Telling

TABLES = ("derived", "telling", "touch", "touched", "shingle", "echo", "phase", "phased")
_MARK = "index"
_TELLING = """
t.report, t.version, t.known_from, t.known_to, t.valid_from, t.source, t.body, t.line,
(select cluster from echo where echo.report = t.report)
"""

# One seek for each dimension that a unit has, not one look at each row.
_SEEK = """
with recursive named(name) as (
    select min(dimension) from phase where place = ?1
    union all
    select (select min(dimension) from phase where place = ?1 and dimension > name)
    from named where name is not null
)
select p.dimension, p.valid_from, p.known_from, p.known_to, p.stale_from, p.state
from named join phase p
on p.place = ?1 and p.dimension = name and (p.valid_from, p.known_from) = (
    select q.valid_from, q.known_from from phase q
    where q.place = ?1 and q.dimension = name and q.valid_from <= ?2
    and q.known_from <= ?3 and q.known_to > ?3
    order by q.valid_from desc, q.known_from desc limit 1
)
"""
_Told = tuple[str, str, int, int, int, str, bytes, bytes | None, str | None]


class Database(Protocol):
    """What the index asks of the journal that it lies in."""

    def reading(self) -> AbstractContextManager[apsw.Connection]:
        """Lend a connection that only reads."""
        ...

    def deriving(self) -> AbstractContextManager[apsw.Connection]:
        """Lend the writing connection for one transaction on derived tables."""
        ...


class Index:
    """The derived tables of one journal.

    Nothing in them is a truth of its own: each can be dropped and made again from records.

    Args:
        database: The journal's database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # asking --------------------------------------------------------------------------------

    @property
    def seq(self) -> int:
        """Position in the journal up to which the tables are built."""
        return self._number("select seq from derived where name = ?", _MARK)

    @property
    def is_current(self) -> bool:
        """Whether no record came since that the tables do not know; polls are no part of them."""
        sql = "select 1 from record where seq > ? and kind <> 'poll' limit 1"
        return not self._number(sql, self.seq)

    def of_place(
        self, place: str, bits: int, *, valid_at: int = FOREVER, known_at: int | None = None
    ) -> list[Telling]:
        """Return what may speak of a unit, by report, each report whole.

        Args:
            place: Code of the unit.
            bits: In which ways; any of them.
            valid_at: Only what the source had said by then.
            known_at: Only what was known then; None for whatever was ever known.
        """
        sql = f"""
        select {_TELLING} from touch x join telling t on t.report = x.report
        where x.place = ? and x.bits & ? and t.valid_from <= ?
        """  # noqa: S608 - only our own words
        values: list[str | int] = [place, bits, valid_at]
        if known_at is not None:
            sql += " and t.known_from <= ? and t.known_to > ?"
            values += [known_at, known_at]
        return self._tellings(sql, values)

    def lines_of_place(
        self, place: str, bits: int, *, valid_at: int, known_at: int
    ) -> list[Telling]:
        """Return what ``of_place`` returns, with an empty body wherever a line is enough."""
        columns = _TELLING.replace("t.body", "case when t.line is null then t.body else x'' end")
        sql = f"""
        select {columns} from touch x join telling t on t.report = x.report
        where x.place = ? and x.bits & ? and t.valid_from <= ?
        and t.known_from <= ? and t.known_to > ?
        """  # noqa: S608 - only our own words
        return self._tellings(sql, [place, bits, valid_at, known_at, known_at])

    def some_of_place(
        self, place: str, bits: int, *, valid_at: int, known_at: int
    ) -> Iterator[Telling]:
        """Yield what ``of_place`` returns, one by one, for whoever needs only a few."""
        sql = f"""
        select {_TELLING} from touch x join telling t on t.report = x.report
        where x.place = ? and x.bits & ? and t.valid_from <= ?
        and t.known_from <= ? and t.known_to > ?
        """  # noqa: S608 - only our own words
        with self._database.reading() as connection:
            for row in connection.execute(sql, (place, bits, valid_at, known_at, known_at)):
                yield Telling(*cast("_Told", row))

    def outline(self, place: str, bits: int) -> list[tuple[int, int, int, bool]]:
        """Return of everything that may speak of a unit when it is known, and how, without words.

        Returns:
            For each telling its bits, ``known_from``, ``known_to`` and whether it is tied to others.
        """
        sql = """
        select x.bits, t.known_from, t.known_to,
        exists (select 1 from echo where echo.report = x.report)
        from touch x join telling t on t.report = x.report where x.place = ? and x.bits & ?
        """
        rows = self._rows(sql, place, bits)
        return [
            (bits, known_from, known_to, bool(tied))
            for bits, known_from, known_to, tied in cast("list[tuple[int, int, int, int]]", rows)
        ]

    def of_reports(self, reports: Iterable[str]) -> list[Telling]:
        """Return all tellings of some reports."""
        found: list[Telling] = []
        for report in reports:
            sql = f"select {_TELLING} from telling t where t.report = ?"  # noqa: S608 - only our own words
            found += self._tellings(sql, [report])
        return found

    def of_source(self, source: str, *, valid_at: int, known_at: int) -> Iterator[Telling]:
        """Yield what a source had said and we knew, newest first."""
        sql = f"""
        select {_TELLING} from telling t indexed by telling_by_source
        where t.source = ? and t.valid_from <= ? and t.known_from <= ? and t.known_to > ?
        order by t.valid_from desc
        """  # noqa: S608 - only our own words
        with self._database.reading() as connection:
            for row in connection.execute(sql, (source, valid_at, known_at, known_at)):
                yield Telling(*cast("_Told", row))

    def places_of(self, report: str) -> dict[str, int]:
        """Return the units that a report speaks of, with the ways."""
        rows = self._rows("select place, bits from touch where report = ?", report)
        return {str(place): int(str(bits)) for place, bits in rows}

    def excepted(self) -> frozenset[str]:
        """Return the units that something said of a wider one may take out."""
        rows = self._rows(
            "select distinct place from touch indexed by touch_excepted where bits & 16"
        )
        return frozenset(str(row[0]) for row in rows)

    def marks(self, places: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Return for each unit the last record that changed it, and up to which its rows are."""
        sql = """
        select (select seq from touched where place = ?1), (select seq from phased where place = ?1)
        """
        found = {}
        with self._database.reading() as connection:
            for place in places:
                row = connection.execute(sql, (place,)).fetchall()[0]
                found[place] = (int(str(row[0] or 0)), int(str(row[1] or 0)))
        return found

    def count_touched(self) -> int:
        """Return how many units anything was ever said of."""
        return self._number("select count(*) from touched")

    def echoes(self, reports: Iterable[str]) -> set[str]:
        """Return the reports whose texts repeat, or are repeated by, those of some reports."""
        found: set[str] = set()
        with self._database.reading() as connection:
            for report in reports:
                row = connection.execute("select cluster from echo where report = ?", (report,)).get
                if row is not None:
                    rows = connection.execute("select report from echo where cluster = ?", (row,))
                    found.update(str(other[0]) for other in rows)
        return found

    def sharing(self, shingles: Iterable[int], *, first: int, last: int, besides: int) -> set[str]:
        """Return the reports whose texts of some time have any of some runs of words.

        Args:
            shingles: The runs.
            first: Earliest microsecond at which the text was said.
            last: Latest one.
            besides: One more microsecond at which it may have been said.
        """
        runs = tuple(shingles)
        marks = ", ".join("?" * len(runs))
        sql = f"""
        select distinct report from shingle where shingle in ({marks}) and at between ? and ?
        union select distinct report from shingle where shingle in ({marks}) and at = ?
        """  # noqa: S608 - only our own words
        return {str(row[0]) for row in self._rows(sql, *runs, first, last, *runs, besides)}

    def all_touched(self) -> list[str]:
        """Return every unit that anything was ever said of, by code."""
        return [str(row[0]) for row in self._rows("select place from touched order by place")]

    def phases(self, place: str, *, valid_at: int, known_at: int) -> list[PhaseRow]:
        """Return the row that holds for each dimension of a unit: one seek a dimension."""
        with self._database.reading() as connection:
            rows = connection.execute(_SEEK, (place, valid_at, known_at)).fetchall()
        return [PhaseRow(*cast("tuple[str, int, int, int, int, bytes]", row)) for row in rows]

    def newest_phases(self, place: str) -> list[PhaseRow]:
        """Return every row of a unit that is the newest known of its time."""
        sql = """
        select dimension, valid_from, known_from, known_to, stale_from, state
        from phase where place = ? and known_to = ?
        """
        return [
            PhaseRow(*cast("tuple[str, int, int, int, int, bytes]", row))
            for row in self._rows(sql, place, FOREVER)
        ]

    def phased(self, place: str) -> Phased:
        """Return what the rows of a unit are built from; all zero where there are none."""
        rows = self._rows("select seq, known, tellings from phased where place = ?", place)
        return Phased(*cast("tuple[int, int, int]", rows[0])) if rows else Phased(0, 0, 0)

    # deriving ------------------------------------------------------------------------------

    def drop(self) -> None:
        """Empty every derived table."""
        with self._database.deriving() as connection:
            for table in TABLES:
                connection.execute(f"delete from {table}")  # noqa: S608 - only our own words

    def mark(self, seq: int) -> None:
        """Write down up to which record the tables are built."""
        with self._database.deriving() as connection:
            sql = "insert into derived values (?, ?) on conflict (name) do update set seq = ?"
            connection.execute(sql, (_MARK, seq, seq))

    def put(
        self,
        report: str,
        tellings: Sequence[Telling],
        *,
        touches: dict[str, int],
        shingles: Iterable[tuple[int, int]],
        seq: int,
    ) -> None:
        """Write what is derived from one report in place of what was there.

        Args:
            report: Its id.
            tellings: All its versions and readings.
            touches: The units that it speaks of, with the ways.
            shingles: Runs of words, each with when it was said.
            seq: Position of the newest record behind this.
        """
        with self._database.deriving() as connection:
            run = connection.execute
            if run("select 1 from telling where report = ? limit 1", (report,)).get:
                run("delete from telling where report = ?", (report,))
                run("delete from touch where report = ?", (report,))
                run("delete from shingle where report = ?", (report,))
            connection.executemany(
                "insert into telling values (?, ?, ?, ?, ?, ?, ?, ?)",
                [msgspec.structs.astuple(one)[:8] for one in tellings],
            )
            rows = [(place, report, bits) for place, bits in touches.items()]
            connection.executemany("insert into touch values (?, ?, ?)", rows)
            connection.executemany(
                "insert into shingle values (?, ?, ?) on conflict do nothing",
                [(*shingle, report) for shingle in shingles],
            )
            self._touch(connection, touches, seq)

    def touch(self, places: Iterable[str], *, seq: int) -> None:
        """Write down that a record changed what is said of some units."""
        with self._database.deriving() as connection:
            self._touch(connection, places, seq)

    def tie(self, report: str, others: Iterable[str]) -> None:
        """Write down that reports repeat each other; what was tied before stays tied."""
        with self._database.deriving() as connection:
            members = {report, *others}
            for one in tuple(members):
                row = connection.execute("select cluster from echo where report = ?", (one,)).get
                if row is not None:
                    rows = connection.execute("select report from echo where cluster = ?", (row,))
                    members.update(str(other[0]) for other in rows)
            cluster = min(members)
            connection.executemany(
                "insert into echo values (?, ?) on conflict (report) do update set cluster = ?",
                [(one, cluster, cluster) for one in sorted(members)],
            )

    def put_phases(self, place: str, rows: Iterable[PhaseRow], built: Phased) -> None:
        """Write rows of a unit; a row that is there already gets its new end."""
        with self._database.deriving() as connection:
            connection.executemany(
                """
                insert into phase values (?, ?, ?, ?, ?, ?, ?)
                on conflict (place, dimension, valid_from, known_from)
                do update set known_to = excluded.known_to
                """,
                [(place, *msgspec.structs.astuple(row)) for row in rows],
            )
            connection.execute("delete from phased where place = ?", (place,))
            connection.execute(
                "insert into phased values (?, ?, ?, ?)",
                (place, *msgspec.structs.astuple(built)),
            )

    def forget_phases(self, place: str) -> None:
        """Take away the rows of a unit."""
        with self._database.deriving() as connection:
            connection.execute("delete from phase where place = ?", (place,))
            connection.execute("delete from phased where place = ?", (place,))

    @staticmethod
    def _touch(connection: apsw.Connection, places: Iterable[str], seq: int) -> None:
        connection.executemany(
            "insert into touched values (?, ?) on conflict (place) do update set seq = ?",
            [(place, seq, seq) for place in places],
        )

    def _tellings(self, sql: str, values: Sequence[str | int]) -> list[Telling]:
        with self._database.reading() as connection:
            rows = connection.execute(sql, tuple(values)).fetchall()
        return [Telling(*cast("_Told", row)) for row in rows]

    def _rows(self, sql: str, *values: str | int) -> list[tuple[object, ...]]:
        with self._database.reading() as connection:
            return cast("list[tuple[object, ...]]", connection.execute(sql, values).fetchall())

    def _number(self, sql: str, *values: str | int) -> int:
        with self._database.reading() as connection:
            found = connection.execute(sql, values).get
        return 0 if found is None else int(str(found))
