"""Keeps the index up with the journal: which report can matter where, and rows of phases."""

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence

from vidomo.app.index_reports import Deriving, homes_of
from vidomo.app.index_rows import MOVING, bit_of, kept_bytes, kept_from, phase_row_of, row_of
from vidomo.app.index_words import Words
from vidomo.core.errors import MachineRefused
from vidomo.situation.phases import Event, Kept, Row, is_of, rows_after, rows_of
from vidomo.situation.telling import NEVER, Teller
from vidomo.situation.testimony import LONG_AGO
from vidomo.store.derived import Mark
from vidomo.store.sqlite import SqliteJournal

_BATCH = 500  # reports in one transaction
_PLACES = 50  # units in one transaction
_LITTLE = 2_000  # records that are taken in while somebody waits for them


class Making:
    """Writes the derived tables of one journal.

    Args:
        journal: The journal, open for writing whenever something is to be written.
        words: Judges what the rows are made of.
    """

    def __init__(self, journal: SqliteJournal, words: Words) -> None:
        self._journal = journal
        self._words = words
        self.tables = words.tables
        self._tree = words.tree
        self._deriving = Deriving(journal, words)

    @property
    def behind(self) -> int:
        """How many records the tables do not know yet; polls that came last are among them."""
        return self._journal.last_seq - self.tables.seq

    def catch_up(self) -> frozenset[str]:
        """Derive what the newest records change; return the units of which anything changed."""
        last = self._journal.last_seq
        if not self.tables.seq:
            self.tables.drop()  # nothing is there, or other rules made it
        self._words.decided()
        reports: dict[str, int] = {}
        homes = homes_of(self._journal)
        for record in self._journal.records(after=self.tables.seq):
            for report in self._deriving.named(record):
                reports[report] = record.seq
        waiting = list(reports.items())
        for start in range(0, len(waiting), _BATCH):
            with self._journal.deriving():
                for report, seq in waiting[start : start + _BATCH]:
                    self._deriving.derive(
                        report, seq=seq, homes=homes, tells=len(waiting) <= _LITTLE
                    )
                if start + _BATCH >= len(waiting):
                    self.tables.mark(last)
        if not waiting:
            self.tables.mark(last)
        return frozenset(place for report, _ in waiting for place in self.tables.places_of(report))

    def keep_up(self) -> bool:
        """Take in what is new where that is little; return whether nothing is left to do.

        After a large import whole folds answer until `vidomo store rebuild` or until somebody
        calls ``catch_up``; nothing that is answered differs.
        """
        if self.tables.is_current:
            return True
        if self.behind > _LITTLE:
            return False
        touched = sorted(self.catch_up())[:_PLACES]
        self.refresh({code for one in touched for code in (one, *self._tree.wider(one))})
        return True

    def rebuild(self) -> int:
        """Drop everything derived and make it again from the records; return how many units."""
        self.tables.drop()
        self.catch_up()
        places = self.tables.all_touched()
        self.refresh(places)
        return len(places)

    def refresh(self, places: Iterable[str]) -> None:
        """Bring the rows of some units up to date."""
        self._words.decided()
        waiting = sorted(places)  # neighbours share what is said of the wider units
        for start in range(0, len(waiting), _PLACES):
            lent: dict[str, Teller] = {}
            with self._journal.deriving():
                for place in waiting[start : start + _PLACES]:
                    self._refresh(place, lent)

    def stale(self, places: Iterable[str], *, bits: int = 0) -> list[str]:
        """Return those of some units whose rows do not hold all that has a say in them.

        Args:
            places: Codes of the units.
            bits: Only where it was said in any of these ways; 0 for any way.
        """
        units = list(places)
        chains = {unit: (unit, *self._tree.wider(unit)) for unit in units}
        marks = self.tables.marks(dict.fromkeys(code for unit in units for code in chains[unit]))
        found = [
            unit
            for unit in units
            # Of what nothing was ever said there are no rows.
            if marks[unit].touched
            and marks[unit].phased < max(marks[code].touched for code in chains[unit])
        ]
        if not bits or not found:
            return found
        news = self.tables.newest_news(
            dict.fromkeys(code for unit in found for code in chains[unit]),
            bits,
            after=min(marks[unit].phased for unit in found),
        )
        return [
            unit
            for unit in found
            if any(
                max(marks[code].anew, news.get(code, 0)) > marks[unit].phased
                for code in chains[unit]
            )
        ]

    def freshen(self, places: Iterable[str], *, bits: int = 0) -> bool:
        """Bring the rows of some units up to date if need be; return whether they are.

        Where nothing can be written rows that are old stay so.

        Args:
            places: Codes of the units.
            bits: Only where it was said in any of these ways; 0 for any way.
        """
        stale = self.stale(places, bits=bits)
        if stale and self._journal.can_write:
            with contextlib.suppress(MachineRefused):
                self.refresh(stale)
                return True
        return not stale

    def _refresh(self, place: str, lent: dict[str, Teller]) -> None:
        if not self.stale([place]):
            return
        units = (place, *self._tree.wider(place))
        marks = self.tables.marks(units)
        built = marks[place].phased
        if not built or _is_changed(marks.values(), built) or not self._go_on(units, built, lent):
            self._make_anew(units, lent)

    def _go_on(self, units: Sequence[str], built: int, lent: dict[str, Teller]) -> bool:
        """Add to the rows of the first of some units what is new; return whether that is enough."""
        place = units[0]
        own = self.tables.news(place, MOVING, after=built)
        news = dict.fromkeys(own)
        for code in units[1:]:
            news.update(dict.fromkeys(self.tables.news(code, MOVING, after=built)))
        rows = self.tables.of_reports(news)
        if any(row.cluster is not None for row in rows):
            return False
        tellers = self._words.tellers(rows, checks=False, lent=lent) or []
        events = self._all_events(tellers, own)
        kept = self.tables.kept(
            place, sorted({name for event in events for name in event.dimensions})
        )
        made = rows_after(
            place,
            tellers,
            events,
            kept={name: kept_from(run) for name, run in kept.items()},
            before=_Before(self, units, lent),
            tree=self._tree,
        )
        if made is None:
            return False
        self._put(place, made.rows, made.kept, ended=made.ended)
        return True

    def _make_anew(self, units: Sequence[str], lent: dict[str, Teller]) -> None:
        """Make all rows of the first of some units, from all that was ever said of them."""
        place = units[0]
        tellers, events = self.told(units, MOVING, lent)
        with self._journal.deriving():
            self.tables.forget_phases(place)
            self._put(place, *rows_of(place, tellers, events, tree=self._tree))

    def told(
        self, units: Sequence[str], bits: int, lent: dict[str, Teller]
    ) -> tuple[list[Teller], list[Event]]:
        """Return all that was ever said of some units in some ways, and when it became known.

        Args:
            units: The unit that it is to move, and then the wider ones.
            bits: The ways; any of them.
            lent: Tellers of single reports from earlier calls; new ones are put into it.
        """
        rows = self.tables.of_place(units[0], bits)
        own = {row.report for row in rows}
        for code in units[1:]:
            rows += self.tables.of_place(code, bits)
        tellers = self._words.tellers(rows, checks=False, lent=lent) or []
        return tellers, self._all_events(tellers, own)

    def _put(
        self, place: str, rows: Iterable[Row], kept: Iterable[Kept], *, ended: Iterable[Row] = ()
    ) -> None:
        self.tables.put_phases(
            place,
            [phase_row_of(row) for row in rows],
            ended=[phase_row_of(row) for row in ended],
            kept={one.dimension: kept_bytes(one) for one in kept},
            seq=self.tables.seq,
        )

    def _all_events(self, tellers: Iterable[Teller], own: Collection[str]) -> list[Event]:
        """Return when it became known what moves a unit, or a wider one and holds for it too."""
        return sorted(
            {
                event
                for teller in tellers
                for event in self._events(teller, is_wide=teller.reports.isdisjoint(own))
            }
        )

    def _events(self, teller: Teller, *, is_wide: bool) -> Iterator[Event]:
        dimensions = tuple(sorted(is_of(teller, covering=is_wide)))
        if not dimensions:
            return
        for one in teller.told:
            turns = tuple(teller.ahead)
            yield Event(one.known_from, one.valid_from, dimensions, turns)
            if one.known_to != NEVER:
                yield Event(one.known_to, one.valid_from, dimensions, turns)
        for recorded_at in self._words.changes(teller.told):
            turns = tuple(at for at in teller.turns if at <= recorded_at)
            yield Event(recorded_at, LONG_AGO, dimensions, turns)


class _Before:
    """What there is of a unit before something is added."""

    def __init__(self, making: Making, units: Sequence[str], lent: dict[str, Teller]) -> None:
        self._making, self._units, self._lent = making, units, lent

    def newest(self, name: str) -> Row | None:
        """Return the last of the rows of a dimension that have no end."""
        rows = self._making.tables.live_phases(self._units[0], name, limit=1)
        return row_of(rows[0]) if rows else None

    def live(self, name: str) -> list[Row]:
        """Return all rows of a dimension that have no end, in order."""
        return [
            row_of(row) for row in reversed(self._making.tables.live_phases(self._units[0], name))
        ]

    def told(self, name: str) -> tuple[list[Teller], list[Event]]:
        """Return all that has a say in a dimension, the new too, and when it became known."""
        return self._making.told(self._units, bit_of(name), self._lent)


def _is_changed(marks: Iterable[Mark], built: int) -> bool:
    """Whether a record changed what was said before, so that adding to the rows is not enough."""
    return any(mark.anew > built for mark in marks)
