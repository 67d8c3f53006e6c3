"""What a question asks of the tables that are derived from the journal: a few seeks each."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, cast

import apsw

from vidomo.store.derived import FOREVER, Mark, PhaseRow, Telling

MARK = "index"
_TELLING = """
t.report, t.version, t.known_from, t.known_to, t.valid_from, t.source, t.body,
(select cluster from echo where echo.report = t.report)
"""
# One seek for each unit and dimension, on the index alone; the row itself is read only for the answer.
_SEEK = """
select u.value, p.dimension, p.valid_from, p.known_from, p.known_to, p.stale_from, p.phase, p.state
from json_each(?1) u cross join json_each(?2) d cross join phase p
on p.rowid = (
    select {what} from phase q indexed by phase_of_place
    where q.place = u.value and q.dimension = d.value and q.valid_from <= ?3
    and q.known_from <= ?4 and q.known_to > ?4
    order by q.valid_from desc, q.known_from desc limit 1
)
"""
_Told = tuple[str, str, int, int, int, str, bytes, str | None]
_Stood = tuple[str, str, int, int, int, int, str, bytes]
Told = tuple[int, str, int, str, int]
"""What a line tells: when, version, where in its text, claim, whether it is advice that counts."""


class Database(Protocol):
    """What the index asks of the journal that it lies in."""

    def reading(self) -> AbstractContextManager[apsw.Connection]:
        """Lend a connection that only reads."""
        ...

    def deriving(self) -> AbstractContextManager[apsw.Connection]:
        """Lend the writing connection for one transaction on derived tables."""
        ...


class Asking:
    """The derived tables of one journal, asked.

    Args:
        database: The journal's database.
        rules: Which rules the tables are made by; what other rules made is as good as not made.
    """

    def __init__(self, database: Database, *, rules: str = "") -> None:
        self._database = database
        self._mark = f"{MARK} {rules}".rstrip()

    @property
    def seq(self) -> int:
        """Position in the journal up to which the tables are built."""
        return self._number("select seq from derived where name = ?", self._mark)

    @property
    def is_current(self) -> bool:
        """Whether no record came since that the tables do not know; polls are no part of them."""
        sql = "select 1 from record where seq > ? and kind <> 'poll' limit 1"
        return not self._number(sql, self.seq)

    def of_place(
        self,
        place: str,
        bits: int,
        *,
        valid_at: int = FOREVER,
        known_at: int | None = None,
        unlined: bool = False,
    ) -> list[Telling]:
        """Return what may speak of a unit, by report, each report whole.

        Args:
            place: Code of the unit.
            bits: In which ways; any of them.
            valid_at: Only what the source had said by then.
            known_at: Only what was known then; None for whatever was ever known.
            unlined: Without the reports of which ``lines`` tells all that is heard.
        """
        sql = f"""
        select {_TELLING} from touch x join telling t on t.report = x.report
        where x.place = ? and x.bits & ? and t.valid_from <= ?
        """  # noqa: S608 - only our own words
        values: list[str | int] = [place, bits, valid_at]
        if unlined:
            sql += " and not x.lined"
        if known_at is not None:
            sql += " and t.known_from <= ? and t.known_to > ?"
            values += [known_at, known_at]
        return self._tellings(sql, values)

    def lines(self, place: str, *, valid_at: int, known_at: int) -> list[Told]:
        """Return what lines tell of a unit, in the order of a timeline."""
        sql = """
        select at, version, start, claim, is_advice from line
        where place = ? and valid_from <= ? and known_from <= ?
        order by at, version, start, claim
        """
        return cast("list[Told]", self._rows(sql, place, valid_at, known_at))

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

    def of_reports(self, reports: Iterable[str]) -> list[Telling]:
        """Return all tellings of some reports."""
        found: list[Telling] = []
        for report in reports:
            sql = f"select {_TELLING} from telling t where t.report = ?"  # noqa: S608 - only our own words
            found += self._tellings(sql, [report])
        return found

    def everything(self) -> Iterator[Telling]:
        """Yield all that was ever told, one by one."""
        with self._database.reading() as connection:
            for row in connection.execute(f"select {_TELLING} from telling t"):  # noqa: S608 - only our own words
                yield Telling(*cast("_Told", row))

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

    def passing_on(self, names: Iterable[str]) -> list[str]:
        """Return the reports that forward a post of any of some names, which are case-folded."""
        sql = """
        select distinct t.report from json_each(?) n cross join telling t
        indexed by telling_passing_on on t.passes_on = n.value and t.passes_on <> ''
        """
        return [str(row[0]) for row in self._rows(sql, _listed(names))]

    def places_of(self, report: str) -> dict[str, int]:
        """Return the units that a report speaks of, with the ways."""
        rows = self._rows("select place, bits from touch where report = ?", report)
        return {str(place): int(str(bits)) for place, bits in rows}

    def has_excepted(self, places: Iterable[str]) -> bool:
        """Whether something said of a wider unit may take out any of some units."""
        sql = """
        select 1 from json_each(?) u cross join touch x indexed by touch_excepted
        on x.place = u.value and x.bits & 16 limit 1
        """
        return bool(self._number(sql, _listed(places)))

    def marks(self, places: Iterable[str]) -> dict[str, Mark]:
        """Return how far the rows of each of some units are made."""
        sql = """
        select u.value, coalesce(t.seq, 0), coalesce(t.anew, 0), coalesce(p.seq, 0)
        from json_each(?) u left join touched t on t.place = u.value
        left join phased p on p.place = u.value
        """
        rows = cast("list[tuple[str, int, int, int]]", self._rows(sql, _listed(places)))
        return {place: Mark(touched, anew, phased) for place, touched, anew, phased in rows}

    def news(self, place: str, bits: int, *, after: int) -> list[str]:
        """Return the reports that have only added to what is said of a unit since a record.

        Args:
            place: Code of the unit.
            bits: In which ways they speak of it; any of them.
            after: Position in the journal.
        """
        sql = """
        select n.report from news n join touch x on x.place = n.place and x.report = n.report
        where n.place = ? and n.seq > ? and x.bits & ? order by n.seq, n.report
        """
        return [str(row[0]) for row in self._rows(sql, place, after, bits)]

    def newest_news(self, places: Iterable[str], bits: int, *, after: int) -> dict[str, int]:
        """Return for each of some units the last record of its ``news``; none where there is none.

        Args:
            places: Codes of the units.
            bits: In which ways the reports speak of them; any of them.
            after: Position in the journal.
        """
        sql = """
        select u.value, max(n.seq) from json_each(?) u
        cross join news n on n.place = u.value and n.seq > ?
        cross join touch x on x.place = n.place and x.report = n.report and x.bits & ?
        group by u.value
        """
        return dict(cast("list[tuple[str, int]]", self._rows(sql, _listed(places), after, bits)))

    def count_touched(self) -> int:
        """Return how many units anything was ever said of."""
        return self._number("select count(*) from touched")

    def all_touched(self) -> list[str]:
        """Return every unit that anything was ever said of, by code."""
        return [str(row[0]) for row in self._rows("select place from touched order by place")]

    def cluster_of(self, report: str) -> str | None:
        """Return what a report and those that repeat it are tied by; None where none does."""
        rows = self._rows("select cluster from echo where report = ?", report)
        return str(rows[0][0]) if rows else None

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

    def phases(
        self,
        places: Iterable[str],
        dimensions: Iterable[str],
        *,
        valid_at: int,
        known_at: int,
        among: Sequence[str] = (),
    ) -> dict[str, list[PhaseRow]]:
        """Return for each unit the row that holds in each dimension: one seek a dimension.

        Args:
            places: Codes of the units.
            dimensions: Names of the dimensions.
            valid_at: Microsecond at which it is to hold.
            known_at: Microsecond as of which it is known.
            among: Only rows with one of these phases; empty for any.
        """
        what = "q.rowid"
        if among:
            what = "case when q.phase in (select value from json_each(?5)) then q.rowid end"
        values: list[str | int] = [_listed(places), _listed(dimensions), valid_at, known_at]
        if among:
            values.append(_listed(among))
        found: dict[str, list[PhaseRow]] = {}
        for place, *row in cast("list[_Stood]", self._rows(_SEEK.format(what=what), *values)):
            found.setdefault(place, []).append(PhaseRow(*row))  # type: ignore[arg-type]
        return found

    def live_phases(self, place: str, dimension: str, *, limit: int = -1) -> list[PhaseRow]:
        """Return the rows of a unit and a dimension that have no end, the latest first.

        Args:
            place: Code of the unit.
            dimension: Name of the dimension.
            limit: How many; below 0 for all.
        """
        sql = """
        select dimension, valid_from, known_from, known_to, stale_from, phase, state
        from phase indexed by phase_of_place where place = ? and dimension = ? and known_to = ?
        order by valid_from desc limit ?
        """
        rows = self._rows(sql, place, dimension, FOREVER, limit)
        return [PhaseRow(*cast("tuple[str, int, int, int, int, str, bytes]", row)) for row in rows]

    def kept(self, place: str, dimensions: Iterable[str]) -> dict[str, bytes]:
        """Return the runs that are kept of a unit, by dimension."""
        sql = "select k.dimension, k.run from kept k where place = ? and dimension = ?"
        found: dict[str, bytes] = {}
        for name in dimensions:
            found.update(cast("list[tuple[str, bytes]]", self._rows(sql, place, name)))
        return found

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


def _listed(words: Iterable[str]) -> str:
    return json.dumps(list(words))
