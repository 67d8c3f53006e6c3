"""Keeps the index up with the journal: which report can matter where, and rows of phases."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from vidomo.app.decisions import KIND, PREFIX, is_ahead
from vidomo.app.doors import CHANGE
from vidomo.app.index_rows import (
    MOVING,
    bits_of,
    known_of,
    line_of,
    micros,
    phase_row_of,
    slim,
    telling_of,
)
from vidomo.app.index_words import Words
from vidomo.claims.model import Kind, Reading
from vidomo.core.codec import from_json
from vidomo.reports.model import Version
from vidomo.situation.phases import Event, is_of, rows_of
from vidomo.situation.rules import dimension_rules, origin_rules
from vidomo.situation.telling import (
    NEVER,
    Reach,
    Teller,
    Told,
    is_copy_of,
    reach_of,
    sketch_of,
    valid_from,
)
from vidomo.situation.testimony import LONG_AGO, Known
from vidomo.sources.registry import Registry, SourceChange
from vidomo.store.derived import FOREVER, Phased
from vidomo.store.model import Record
from vidomo.store.moments import to_micros
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
        self._tables = words.tables
        self._tree = words.tree

    @property
    def behind(self) -> int:
        """How many records the tables do not know yet; polls that came last are among them."""
        return self._journal.last_seq - self._tables.seq

    def catch_up(self) -> frozenset[str]:
        """Derive what the newest records change; return the units of which anything changed."""
        last = self._journal.last_seq
        self._words.decided()
        reports: dict[str, int] = {}
        homes = _homes(self._journal)
        for record in self._journal.records(after=self._tables.seq):
            for report in self._named(record):
                reports[report] = record.seq
        waiting = list(reports.items())
        for start in range(0, len(waiting), _BATCH):
            with self._journal.deriving():
                for report, seq in waiting[start : start + _BATCH]:
                    self._derive(report, seq, homes)
                if start + _BATCH >= len(waiting):
                    self._tables.mark(last)
        if not waiting:
            self._tables.mark(last)
        return frozenset(place for report, _ in waiting for place in self._tables.places_of(report))

    def keep_up(self) -> bool:
        """Take in what is new where that is little; return whether nothing is left to do.

        After a large import whole folds answer until `vidomo store rebuild` or until somebody
        calls ``catch_up``; nothing that is answered differs.
        """
        if self._tables.is_current:
            return True
        if self.behind > _LITTLE:
            return False
        touched = sorted(self.catch_up())[:_PLACES]
        self.refresh({code for one in touched for code in (one, *self._tree.wider(one))})
        return True

    def rebuild(self) -> int:
        """Drop everything derived and make it again from the records; return how many units."""
        self._tables.drop()
        self.catch_up()
        places = self._tables.all_touched()
        self.refresh(places)
        return len(places)

    def _named(self, record: Record) -> Iterable[str]:
        """Return the reports whose tellings, weight or places a record changes."""
        if record.kind in ("post", "reading"):
            return (record.subject,)
        if record.kind != KIND:
            return ()
        if record.id.startswith(f"{CHANGE}_"):
            source = from_json(record.body, SourceChange).source
            every = self._tables.of_source(source, valid_at=FOREVER, known_at=FOREVER - 1)
            return dict.fromkeys(one.report for one in every)
        if not record.id.startswith(f"{PREFIX}_"):
            return ()  # a person's answer about a post comes with a reading of its own
        # One decision can take back or move another, so all of them are looked at again.
        anchored = {anchor.report for _, one in self._words.decided() for anchor in one.on}
        return sorted(anchored | self._tables.echoes(anchored))

    def _derive(self, report: str, seq: int, homes: dict[str, set[str]]) -> None:
        told = list(self._told(report))
        touches: dict[str, int] = {}
        for one in told:
            source = one.known.version.post.source
            reached = reach_of(one.known, homes=homes.get(source, ()), tree=self._tree)
            for place, reach in reached.items():
                touches[place] = touches.get(place, 0) | bits_of(reach)
        mates = self._tables.echoes([report]) | {report}
        for _, decision in self._words.decided():
            if any(anchor.report in mates for anchor in decision.on):
                place = decision.value.get("place", "")
                if place and self._tree.is_known(place):
                    touches[place] = bits_of(_anything())
        texts = {one.known.version.id: one.known for one in told if one.known.reading.claims}
        shingles = [
            (shingle, micros(said_at(known)))
            for known in texts.values()
            for shingle in sketch_of(known.version)
        ]
        self._tables.put(
            report,
            [telling_of(one, self._line(told)) for one in told],
            touches=touches,
            shingles=shingles,
            seq=seq,
        )
        copies = {
            other for known in texts.values() for other in self._copies(known) if other != report
        }
        if copies:
            self._tables.tie(report, copies)
            mates = self._tables.echoes([report])
        for other in mates - {report}:
            self._tables.touch(self._tables.places_of(other), seq=seq)

    def _line(self, told: Sequence[Told]) -> bytes | None:
        """Return the line of a report that will never say anything else; None for the others."""
        one = told[0]
        is_lasting = len(told) == 1 and one.known_to == NEVER
        if not is_lasting or any(claim.kind is Kind.UNKNOWN for claim in one.known.reading.claims):
            return None
        teller = self._words.judging(told)
        # Whom a post passes on may be registered later under any name.
        if not teller.is_plain or one.known.version.post.forwarded_from:
            return None
        return line_of(teller.heard(valid_at=one.valid_from, known_at=one.known_from))

    def _told(self, report: str) -> Iterator[Told]:
        """Yield every version of a report with each of its readings and when it was the newest."""
        versions: dict[str, Record] = {}
        readings: dict[str, list[tuple[datetime, str, Reading]]] = {}
        for record in self._journal.records(subject=report):
            if record.kind == "post":
                versions[record.id] = record
            elif record.kind == "reading":
                reading = from_json(record.body, Reading)
                row = (record.recorded_at, reading.reader_version, reading)
                readings.setdefault(reading.version, []).append(row)
        for version_id, record in versions.items():
            version = from_json(record.body, Version)
            rows = sorted(readings.get(version_id, ()), key=lambda row: row[:2])
            for place, (read_at, _, reading) in enumerate(rows):
                known_from = max(record.recorded_at, read_at)
                known_to = rows[place + 1][0] if place + 1 < len(rows) else NEVER
                if known_from >= known_to:
                    continue
                known = slim(version, reading, ahead=is_ahead(version, record.recorded_at))
                yield Told(known, known_from, known_to, valid_from(known))

    def _copies(self, known: Known) -> Iterator[str]:
        """Yield the reports with a text that this one repeats or that repeats it, ever."""
        sketch = sketch_of(known.version)
        if not sketch:
            return
        said, undated = said_at(known), micros(LONG_AGO)
        window = timedelta(seconds=origin_rules().window_s)
        if said == LONG_AGO:
            first, last = undated, FOREVER
        else:
            first, last = micros(said - window), micros(said + window)
        sharing = self._tables.sharing(sketch, first=first, last=last, besides=undated)
        sharing.discard(known.version.report)
        for one in self._tables.of_reports(sorted(sharing)):
            other = known_of(one.body).version
            if is_copy_of(known.version, other):
                yield one.report

    def refresh(self, places: Iterable[str]) -> None:
        """Bring the rows of some units up to date."""
        self._words.decided()
        waiting = sorted(places)  # neighbours share what is said of the wider units
        for start in range(0, len(waiting), _PLACES):
            with self._words.lending(), self._journal.deriving():
                for place in waiting[start : start + _PLACES]:
                    self._refresh(place)

    def is_fresh(self, places: Iterable[str]) -> bool:
        """Whether the rows of some units hold all that has a say in them."""
        units = list(places)
        marks = self._tables.marks(
            {code for unit in units for code in (unit, *self._tree.wider(unit))}
        )
        for unit in units:
            touched, built = marks[unit]
            # Of what nothing was ever said there are no rows.
            if touched and built < max(marks[code][0] for code in (unit, *self._tree.wider(unit))):
                return False
        return True

    def _refresh(self, place: str) -> None:
        if self.is_fresh([place]):
            return
        units = (place, *self._tree.wider(place))
        outline = [row for code in units for row in self._tables.outline(code, MOVING)]
        known = max(
            (
                moment
                for _, known_from, known_to, _ in outline
                for moment in (known_from, known_to)
                if moment < FOREVER
            ),
            default=0,
        )
        known = max([known, *(to_micros(at) for at in self._words.all_changes())])
        with self._journal.deriving():
            # All rows of the place are made anew: rows that were continued kept, once in a
            # hundred histories, an end that the fold does not have.
            self._tables.forget_phases(place)
            tellers, events = self._told_at(units, MOVING)
            made = rows_of(place, tellers, events, before=[], known_by=None, tree=self._tree)
            self._tables.put_phases(
                place,
                [phase_row_of(row) for row in made],
                Phased(
                    self._tables.seq,
                    known,
                    sum(known_from <= known for _, known_from, _, _ in outline),
                ),
            )

    def _told_at(self, units: Sequence[str], bits: int) -> tuple[list[Teller], list[Event]]:
        """Return all that moves a unit, the first, or holds for it too, and when it was known."""
        rows = self._tables.of_place(units[0], bits)
        own = {row.report for row in rows}
        for code in units[1:]:
            rows += self._tables.of_place(code, bits)
        tellers = self._words.tellers(rows, checks=False) or []
        events = {
            event
            for teller in tellers
            for event in self._events(teller, is_wide=own.isdisjoint(teller.reports))
        }
        return tellers, sorted(events)

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


def _anything() -> Reach:
    """Return what a statement may say of the unit that a person moved it to."""
    names = frozenset(dimension_rules().dimensions)
    return Reach(True, True, True, True, dimensions=names)


def _homes(journal: SqliteJournal) -> dict[str, set[str]]:
    """Return every home that each source has ever had in the registry."""
    found: dict[str, set[str]] = {}
    entries = list(Registry.bundled().sources())
    for record in journal.records(kind=KIND):
        if record.id.startswith(f"{CHANGE}_"):
            change = from_json(record.body, SourceChange)
            entries += [change.entry] if change.entry is not None else []
    for entry in entries:
        if entry.home:
            found.setdefault(entry.id, set()).add(entry.home)
    return found


def said_at(known: Known) -> datetime:
    """Return from when on the source says these words; long ago when undated."""
    post = known.version.post
    at = post.deleted_at or post.edited_at or (post.posted_at.start if post.posted_at else None)
    return at or LONG_AGO
