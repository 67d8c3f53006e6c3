"""What the index keeps of one report: its tellings, its units, its lines, and its copies."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from vidomo.app.decisions import KIND, PREFIX, is_ahead
from vidomo.app.doors import CHANGE
from vidomo.app.index_rows import bits_of, known_of, lines_of, micros, slim, telling_of
from vidomo.app.index_words import Words, is_quoting
from vidomo.app.offices import PREFIX as OFFICE
from vidomo.claims.model import Kind, Reading
from vidomo.core.codec import from_json
from vidomo.reports.model import Version
from vidomo.situation.rules import dimension_rules, origin_rules
from vidomo.situation.telling import (
    NEVER,
    Reach,
    Told,
    is_copy_of,
    reach_of,
    sketch_of,
    valid_from,
)
from vidomo.situation.testimony import LONG_AGO, Known
from vidomo.sources.registry import Registry, SourceChange, SourceEntry
from vidomo.store.derived import FOREVER, Line
from vidomo.store.model import Record
from vidomo.store.sqlite import SqliteJournal


class Deriving:
    """Writes what is derived from single reports.

    Args:
        journal: The journal.
        words: Judges what a report says.
    """

    def __init__(self, journal: SqliteJournal, words: Words) -> None:
        self._journal = journal
        self._words = words
        self._tables = words.tables
        self._tree = words.tree

    def named(self, record: Record) -> Iterable[str]:
        """Return the reports whose tellings, weight or places a record changes."""
        if record.kind in ("post", "reading"):
            return (record.subject,)
        if record.kind != KIND:
            return ()
        if record.id.startswith(f"{CHANGE}_"):
            source = from_json(record.body, SourceChange).source
            every = self._tables.of_source(source, valid_at=FOREVER, known_at=FOREVER - 1)
            # Whoever passes its posts on may know it by its id or by any title it ever had.
            names = {source.casefold()}
            names |= {e.title.casefold() for e in _entries(self._journal) if e.id == source}
            passing_on = self._tables.passing_on(sorted(names))
            return dict.fromkeys((*(one.report for one in every), *passing_on))
        if record.id.startswith(f"{OFFICE}_"):
            every = self._tables.everything()
            return dict.fromkeys(r.report for r in every if is_quoting(known_of(r.body).reading))
        if not record.id.startswith(f"{PREFIX}_"):
            return ()  # a person's answer about a post comes with a reading of its own
        # One decision can take back or move another, so all of them are looked at again.
        anchored = {anchor.report for _, one in self._words.decided() for anchor in one.on}
        return sorted(anchored | self._tables.echoes(anchored))

    def derive(
        self, report: str, *, seq: int, homes: dict[str, set[str]], tells: bool = True
    ) -> None:
        """Write what is derived from a report, and tie it to the texts that it repeats.

        Args:
            report: Its id.
            seq: Position of the newest record behind it.
            homes: Every home that each source has ever had.
            tells: Whether rows may go on from this report, where it only adds to what is said.
        """
        told = list(self._told(report))
        touches: dict[str, int] = {}
        for one in told:
            source = one.known.version.post.source
            reached = reach_of(one.known, homes=homes.get(source, ()), tree=self._tree)
            for place, reach in reached.items():
                touches[place] = touches.get(place, 0) | bits_of(reach)
        mates = self._tables.echoes([report]) | {report}
        is_decided = report in self._words.anchored()
        values = self._words.put_right({report}) if told else []
        if values:
            named = [*touches, *(value.get("place", "") for value in values), *_named_in(told)]
            for place in named:
                if self._tree.is_known(place):
                    touches[place] = touches.get(place, 0) | bits_of(_anything())
        texts = {one.known.version.id: one.known for one in told if one.known.reading.claims}
        before = {
            row.version
            for row in self._tables.of_reports([report])
            if known_of(row.body).reading.claims
        }
        self._tables.put(
            report,
            [telling_of(one) for one in told],
            touches=touches,
            lines=() if is_decided or len(mates) > 1 else self._lines(told),
            shingles=[
                (shingle, micros(said_at(known)))
                for known in texts.values()
                for shingle in sketch_of(known.version)
            ],
            seq=seq,
            tells=tells and not is_decided,
        )
        # What was compared before is tied already.
        fresh = [known for version, known in texts.items() if version not in before]
        copies = self._copies(report, fresh)
        if copies:
            self._tables.tie(report, copies)
            mates = self._tables.echoes([report])
        for other in mates if len(mates) > 1 else ():
            self._tables.touch(self._tables.places_of(other), seq=seq)

    def _lines(self, told: Sequence[Told]) -> list[Line]:
        """Return the lines of a report that will never say anything else; none of the others."""
        if len(told) != 1 or told[0].known_to != NEVER:
            return []
        one = told[0]
        if any(claim.kind is Kind.UNKNOWN for claim in one.known.reading.claims):
            return []
        teller = self._words.judging(told)
        # Whom a post passes on may be registered later under any name.
        if not teller.is_plain or one.known.version.post.forwarded_from:
            return []
        return lines_of(teller.heard(valid_at=one.valid_from, known_at=one.known_from), one)

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

    def _copies(self, report: str, texts: Iterable[Known]) -> set[str]:
        """Return reports with a text that these repeat or that repeats them, ever.

        Of reports that are tied to each other one is enough.
        """
        found: set[str] = set()
        tied = {self._tables.cluster_of(report)} - {None}
        for known in texts:
            for one in self._tables.of_reports(self._sharing(known) - {report}):
                if one.report in found or one.cluster in tied:
                    continue
                if is_copy_of(known.version, known_of(one.body).version):
                    found.add(one.report)
                    tied |= {one.cluster} - {None}
        return found

    def _sharing(self, known: Known) -> set[str]:
        """Return the reports whose texts share runs of words with one, within the time allowed."""
        sketch = sketch_of(known.version)
        if not sketch:
            return set()
        said, undated = said_at(known), micros(LONG_AGO)
        window = timedelta(seconds=origin_rules().window_s)
        if said == LONG_AGO:
            first, last = undated, FOREVER
        else:
            first, last = micros(said - window), micros(said + window)
        return self._tables.sharing(sketch, first=first, last=last, besides=undated)


def _named_in(told: Iterable[Told]) -> Iterator[str]:
    """Yield every unit that a report names, whatever part it plays in a statement."""
    for one in told:
        for claim in one.known.reading.claims:
            for place in claim.places:
                yield from (place.code,) if place.code else place.candidates


def _anything() -> Reach:
    """Return what a statement may say that a person has put right."""
    names = frozenset(dimension_rules().dimensions)
    return Reach(True, True, True, True, dimensions=names)


def homes_of(journal: SqliteJournal) -> dict[str, set[str]]:
    """Return every home that each source has ever had in the registry."""
    found: dict[str, set[str]] = {}
    for entry in _entries(journal):
        if entry.home:
            found.setdefault(entry.id, set()).add(entry.home)
    return found


def _entries(journal: SqliteJournal) -> Iterator[SourceEntry]:
    """Yield every entry that any source has ever had in the registry."""
    yield from Registry.bundled().sources()
    for record in journal.records(kind=KIND):
        if record.id.startswith(f"{CHANGE}_"):
            change = from_json(record.body, SourceChange)
            if change.entry is not None:
                yield change.entry


def said_at(known: Known) -> datetime:
    """Return from when on the source says these words; long ago when undated."""
    post = known.version.post
    at = post.deleted_at or post.edited_at or (post.posted_at.start if post.posted_at else None)
    return at or LONG_AGO
