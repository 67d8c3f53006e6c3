"""What is derived from the journal and kept beside it, so that a question reads little."""

from collections.abc import Iterable, Mapping, Sequence

import apsw
import msgspec

from vidomo.store.asking import Asking
from vidomo.store.derived import Line, PhaseRow, Telling

TABLES = (
    *("derived", "telling", "touch", "line", "touched", "news"),
    *("shingle", "echo", "phase", "phased", "kept"),
)


class Index(Asking):
    """The derived tables of one journal.

    Nothing in them is a truth of its own: each can be dropped and made again from records.
    """

    def drop(self) -> None:
        """Empty every derived table."""
        with self._database.deriving() as connection:
            for table in TABLES:
                connection.execute(f"delete from {table}")  # noqa: S608 - only our own words

    def mark(self, seq: int) -> None:
        """Write down up to which record the tables are built."""
        with self._database.deriving() as connection:
            sql = "insert into derived values (?, ?) on conflict (name) do update set seq = ?"
            connection.execute(sql, (self._mark, seq, seq))

    def put(
        self,
        report: str,
        tellings: Sequence[Telling],
        *,
        touches: dict[str, int],
        lines: Sequence[Line] = (),
        shingles: Iterable[tuple[int, int]],
        seq: int,
        tells: bool = True,
    ) -> None:
        """Write what is derived from one report in place of what was there.

        Args:
            report: Its id.
            tellings: All its versions and readings.
            touches: The units that it speaks of, with the ways.
            lines: All that is heard in it, where nothing can change that any more.
            shingles: Runs of words, each with when it was said.
            seq: Position of the newest record behind this.
            tells: Whether rows may go on from it, where it is new.
        """
        with self._database.deriving() as connection:
            run = connection.execute
            is_new = not run(
                "select 1 from telling where report = ?1 union select 1 from touch where report = ?1",
                (report,),
            ).get
            if not is_new:
                self._forget_lines(connection, report)
                run("delete from telling where report = ?", (report,))
                run("delete from touch where report = ?", (report,))
                run("delete from shingle where report = ?", (report,))
            connection.executemany(
                "insert into telling values (?, ?, ?, ?, ?, ?, ?, ?)",
                [(*msgspec.structs.astuple(one)[:7], one.passes_on) for one in tellings],
            )
            rows = [(place, report, bits, bool(lines)) for place, bits in touches.items()]
            connection.executemany("insert into touch values (?, ?, ?, ?)", rows)
            connection.executemany(
                "insert into line values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                [msgspec.structs.astuple(one) for one in lines],
            )
            connection.executemany(
                "insert into shingle values (?, ?, ?) on conflict do nothing",
                [(*shingle, report) for shingle in shingles],
            )
            is_news = is_new and tells
            if is_news:
                connection.executemany(
                    "insert into news values (?, ?, ?)", [(place, seq, report) for place in touches]
                )
            self._touch(connection, touches, seq, 0 if is_news else seq)

    def touch(self, places: Iterable[str], *, seq: int) -> None:
        """Write down that a record changed what is said of some units, not only added to it."""
        with self._database.deriving() as connection:
            self._touch(connection, places, seq, seq)

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
            for one in sorted(members):
                self._forget_lines(connection, one)

    def put_phases(
        self,
        place: str,
        rows: Iterable[PhaseRow],
        *,
        ended: Iterable[PhaseRow] = (),
        kept: Mapping[str, bytes],
        seq: int,
    ) -> None:
        """Write new rows of a unit, and the runs to go on from.

        Args:
            place: Code of the unit.
            rows: The rows.
            ended: Rows that are there already and have an end now.
            kept: The run behind the newest row of each dimension that has changed.
            seq: Position of the newest record that is in the rows now.
        """
        with self._database.deriving() as connection:
            connection.executemany(
                """
                update phase set known_to = ?
                where place = ? and dimension = ? and valid_from = ? and known_from = ?
                """,
                [
                    (row.known_to, place, row.dimension, row.valid_from, row.known_from)
                    for row in ended
                ],
            )
            connection.executemany(
                "insert into phase values (?, ?, ?, ?, ?, ?, ?, ?)",
                [(place, *msgspec.structs.astuple(row)) for row in rows],
            )
            connection.executemany(
                """
                insert into kept values (?, ?, ?)
                on conflict (place, dimension) do update set run = excluded.run
                """,
                [(place, name, run) for name, run in kept.items()],
            )
            connection.execute(
                "insert into phased values (?, ?) on conflict (place) do update set seq = ?",
                (place, seq, seq),
            )

    def forget_phases(self, place: str) -> None:
        """Take away the rows of a unit."""
        with self._database.deriving() as connection:
            for table in ("phase", "phased", "kept"):
                connection.execute(f"delete from {table} where place = ?", (place,))  # noqa: S608 - only our own words

    @staticmethod
    def _touch(connection: apsw.Connection, places: Iterable[str], seq: int, anew: int) -> None:
        connection.executemany(
            """
            insert into touched values (?, ?, ?) on conflict (place)
            do update set seq = max(seq, excluded.seq), anew = max(anew, excluded.anew)
            """,
            [(place, seq, anew) for place in places],
        )

    @staticmethod
    def _forget_lines(connection: apsw.Connection, report: str) -> None:
        connection.execute(
            "delete from line where version in (select version from telling where report = ?)",
            (report,),
        )
        connection.execute("update touch set lined = 0 where report = ? and lined", (report,))
