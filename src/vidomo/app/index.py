"""The index of places: which reports can matter to one, so that its state reads no others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from vidomo.app.decisions import KIND, PREFIX, is_ahead
from vidomo.claims.model import Reading
from vidomo.core.codec import from_json
from vidomo.reports.model import Version
from vidomo.situation.alarm import Feed
from vidomo.situation.decision import Decision, in_force
from vidomo.situation.hierarchy import Tree, Units
from vidomo.situation.local import (
    Reach,
    Teller,
    Told,
    feeds_of,
    is_copy_of,
    reach_of,
    sketch_of,
    state_of_place,
    valid_from,
)
from vidomo.situation.model import PlaceState
from vidomo.situation.rules import origin_rules
from vidomo.situation.testimony import LONG_AGO, Heard, Known
from vidomo.sources.model import Poll
from vidomo.sources.registry import Registry, SourceChange
from vidomo.store.index import FOREVER, Index, Telling
from vidomo.store.model import Record
from vidomo.store.moments import from_micros, to_micros
from vidomo.store.sqlite import SqliteJournal

HEARD, MOVING, SUPPLY, ASKING = 1, 2, 4, 8
"""The ways in which a report can speak of a unit, as bits of ``touch``."""
_BATCH = 500  # reports in one transaction
_ENCODE = msgspec.msgpack.Encoder().encode
_DECODE = msgspec.msgpack.Decoder(Known).decode
_LAST = datetime.max.replace(tzinfo=UTC)
_ANYTHING = Reach(is_heard=True, is_moving=True, is_supply=True, is_asking=True)


class PlaceIndex:
    """The derived tables of a house, kept up with its journal and asked for one place.

    Args:
        journal: The journal that it is derived from and lies in.
        gazetteer: Units and their wider units.
        registry_at: Bodies and sources as registered by an instant.
    """

    def __init__(
        self,
        journal: SqliteJournal,
        *,
        gazetteer: Units,
        registry_at: Callable[[datetime], Registry],
    ) -> None:
        self._journal = journal
        self._gazetteer = gazetteer
        self._tree = Tree(gazetteer)
        self._registry_at = registry_at
        self.tables = Index(journal)
        self._decided: tuple[int, list[tuple[datetime, Decision]]] = (-1, [])
        self._in_force: dict[int, tuple[Decision, ...]] = {}

    # keeping up ----------------------------------------------------------------------------

    def catch_up(self) -> int:
        """Derive what the newest records change; return how many reports were derived anew."""
        last = self._journal.last_seq
        reports: dict[str, int] = {}
        homes = _homes(self._journal)
        for record in self._journal.records(after=self.tables.seq):
            for report in self._named(record):
                reports[report] = record.seq
        waiting = list(reports.items())
        for start in range(0, len(waiting), _BATCH):
            with self._journal.deriving():
                for report, seq in waiting[start : start + _BATCH]:
                    self._derive(report, seq, homes)
        self.tables.mark(last)
        return len(waiting)

    def rebuild(self) -> int:
        """Drop everything derived and make it again from the records."""
        self.tables.drop()
        return self.catch_up()

    def _named(self, record: Record) -> Iterable[str]:
        """Return the reports whose tellings, weight or places a record changes."""
        if record.kind in ("post", "reading"):
            return (record.subject,)
        if record.kind != KIND:
            return ()
        if not record.id.startswith(f"{PREFIX}_"):
            source = from_json(record.body, SourceChange).source
            every = self.tables.of_source(source, valid_at=FOREVER, known_at=FOREVER - 1)
            return dict.fromkeys(one.report for one in every)
        # One decision can take back or move another, so all of them are looked at again.
        anchored = {anchor.report for _, one in self._decisions() for anchor in one.on}
        return sorted(anchored | self.tables.echoes(anchored))

    def _derive(self, report: str, seq: int, homes: dict[str, set[str]]) -> None:
        told = list(self._told(report))
        touches: dict[str, int] = {}
        for one in told:
            source = one.known.version.post.source
            reached = reach_of(one.known, homes=homes.get(source, ()), tree=self._tree)
            for place, reach in reached.items():
                touches[place] = touches.get(place, 0) | _bits(reach)
        mates = self.tables.echoes([report]) | {report}
        for _, decision in self._decisions():
            if any(anchor.report in mates for anchor in decision.on):
                place = decision.value.get("place", "")
                if place and self._tree.is_known(place):
                    touches[place] = _bits(_ANYTHING)
        texts = {one.known.version.id: one.known for one in told if one.known.reading.claims}
        shingles = [
            (shingle, _micros(_said(known)), version)
            for version, known in texts.items()
            for shingle in sketch_of(known.version)
        ]
        self.tables.put(
            report,
            [_telling(one) for one in told],
            touches=touches,
            shingles=shingles,
            seq=seq,
        )
        copies = {
            other for known in texts.values() for other in self._copies(known) if other != report
        }
        if copies:
            self.tables.tie(report, copies)
        for other in self.tables.echoes([report]) - {report}:
            self.tables.touch(self.tables.places_of(other), seq=seq)

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
                known_to = rows[place + 1][0] if place + 1 < len(rows) else _LAST
                if known_from >= known_to:
                    continue
                known = _slim(version, reading, ahead=is_ahead(version, record.recorded_at))
                yield Told(known, known_from, known_to, valid_from(known))

    def _copies(self, known: Known) -> Iterator[str]:
        """Yield the reports with a text that this one repeats or that repeats it, ever."""
        sketch = sketch_of(known.version)
        if not sketch:
            return
        said, undated = _said(known), _micros(LONG_AGO)
        window = timedelta(seconds=origin_rules().window_s)
        if said == LONG_AGO:
            spans = [(undated, FOREVER)]
        else:
            spans = [(_micros(said - window), _micros(said + window)), (undated, undated)]
        sharing = {
            report
            for first, last in spans
            for row in self.tables.sharing(sketch, first=first, last=last)
            for report in row
        } - {known.version.report}
        for one in self.tables.of_reports(sorted(sharing)):
            other = _DECODE(one.body).version
            if is_copy_of(known.version, other):
                yield one.report

    def _decisions(self) -> list[tuple[datetime, Decision]]:
        count = self._journal.count(KIND)
        if self._decided[0] != count:
            found = [
                (record.recorded_at, from_json(record.body, Decision))
                for record in self._journal.records(kind=KIND)
                if record.id.startswith(f"{PREFIX}_")
            ]
            self._decided = (count, sorted(found, key=lambda row: (row[0], row[1].id)))
            self._in_force = {}
        return self._decided[1]

    def _decisions_at(self, known_at: datetime) -> tuple[Decision, ...]:
        rows = self._decided[1]
        count = sum(1 for recorded_at, _ in rows if recorded_at <= known_at)
        if count not in self._in_force:
            self._in_force[count] = in_force(one for _, one in rows[:count])
        return self._in_force[count]

    # asking --------------------------------------------------------------------------------

    def state(
        self, place: str, *, valid_at: datetime, known_at: datetime, polls: Sequence[Poll]
    ) -> PlaceState | None:
        """Return the state of a place, without incidents and figures, from what can matter to it.

        Args:
            place: Code of the unit.
            valid_at: When it is to hold.
            known_at: As far as it was known then.
            polls: Polls that tell by then (``PollLog.telling``).

        Returns:
            None where the index cannot tell: it is behind the journal, or many texts repeat
            each other so often that only the whole fold knows which of them are compared.
        """
        if not self.tables.is_current:
            return None
        self._decisions()
        at = {"valid_at": _micros(valid_at), "known_at": _micros(known_at)}
        rows = self.tables.of_place(place, HEARD, **at)
        for code in self._tree.wider(place):
            ways = MOVING | ASKING if self._tree.is_local(code) else MOVING
            rows += self.tables.of_place(code, ways, **at)
        for code in self._inside(place):
            rows += self.tables.of_place(code, SUPPLY, **at)
        tellers = self._tellers(rows)
        if tellers is None:
            return None
        return state_of_place(
            place,
            tellers=tellers,
            is_present=lambda code: self._is_heard(code, valid_at=valid_at, known_at=known_at),
            feeds=self._feeds(polls, valid_at=valid_at, known_at=known_at),
            valid_at=valid_at,
            known_at=known_at,
            gazetteer=self._gazetteer,
        )

    def _inside(self, place: str) -> list[str]:
        if self._tree.parts(place) is None:
            return []
        return [code for code in self.tables.all_touched() if place in self._tree.wider(code)]

    def _tellers(self, rows: Iterable[Telling]) -> list[Teller] | None:
        """Return what is to be judged together; None where it cannot be told what is compared."""
        reports: dict[str, dict[tuple[str, int], Telling]] = {}
        for row in rows:
            reports.setdefault(row.report, {})[row.version, row.known_from] = row
        tellers = []
        tied: set[str] = set()
        for report, own in reports.items():
            if report in tied:
                continue
            mates = self.tables.echoes([report])
            if len(mates) > 1:
                tied |= mates
                together = self.tables.of_reports(sorted(mates))
                if self._is_crowded(together):
                    return None
            else:
                together = list(own.values())
            tellers.append(self._teller(together))
        return tellers

    def _teller(self, rows: Iterable[Telling]) -> Teller:
        return Teller(
            [_told_of(row) for row in rows],
            registry_at=self._registry_at,
            decisions_at=self._decisions_at,
            tree=self._tree,
        )

    def _is_crowded(self, rows: Sequence[Telling]) -> bool:
        """Whether more texts share words with these than the fold compares."""
        most = origin_rules().candidates
        for row in rows:
            sketch = sketch_of(_DECODE(row.body).version)
            sharing = self.tables.sharing(sketch, first=-FOREVER, last=FOREVER)
            if len(set().union(*sharing)) > most:
                return True
        return False

    def _is_heard(self, code: str, *, valid_at: datetime, known_at: datetime) -> bool:
        """Whether anything was heard of a unit, counted or not."""
        at = {"valid_at": _micros(valid_at), "known_at": _micros(known_at)}
        for row in self.tables.some_of_place(code, HEARD, **at):
            for item in self._heard_in(row.report, valid_at=valid_at, known_at=known_at):
                if code in item.places:
                    return True
        return False

    def _heard_in(
        self, report: str, *, valid_at: datetime, known_at: datetime
    ) -> tuple[Heard, ...]:
        mates = self.tables.echoes([report]) | {report}
        teller = self._teller(self.tables.of_reports(sorted(mates)))
        return teller.heard(valid_at=valid_at, known_at=known_at)

    def _feeds(
        self, polls: Sequence[Poll], *, valid_at: datetime, known_at: datetime
    ) -> tuple[Feed, ...]:
        """Return the alarm sources, each with the last that was heard of it."""
        registry = self._registry_at(known_at)
        at = {"valid_at": _micros(valid_at), "known_at": _micros(known_at)}
        heard: list[Heard] = []
        for entry in registry.sources():
            if not entry.alarm_feed:
                continue
            last = -FOREVER
            for row in self.tables.of_source(entry.id, **at):
                if row.valid_from <= last:
                    break
                for item in self._heard_in(row.report, valid_at=valid_at, known_at=known_at):
                    if item.judged.is_alarm_feed and item.said is not None:
                        heard.append(item)
                        last = max(last, _micros(item.said.start))
        return feeds_of(heard, polls, valid_at=valid_at, registry=registry)


def _homes(journal: SqliteJournal) -> dict[str, set[str]]:
    """Return every home that each source has ever had in the registry."""
    found: dict[str, set[str]] = {}
    entries = list(Registry.bundled().sources())
    for record in journal.records(kind=KIND):
        if not record.id.startswith(f"{PREFIX}_"):
            change = from_json(record.body, SourceChange)
            entries += [change.entry] if change.entry is not None else []
    for entry in entries:
        if entry.home:
            found.setdefault(entry.id, set()).add(entry.home)
    return found


def _bits(reach: Reach) -> int:
    bits = HEARD if reach.is_heard else 0
    bits |= MOVING if reach.is_moving else 0
    bits |= SUPPLY if reach.is_supply else 0
    return bits | (ASKING if reach.is_asking else 0)


def _slim(version: Version, reading: Reading, *, ahead: bool) -> Known:
    """Return a version with its reading, without what no fold looks at."""
    claims = tuple(
        msgspec.structs.replace(claim, rules=(), services=(), queue=()) for claim in reading.claims
    )
    excluded = tuple(mention for mention in reading.mentions if mention.is_excluded)
    return Known(
        version=version,
        reading=msgspec.structs.replace(reading, claims=claims, mentions=excluded, silent=()),
        is_ahead=ahead,
    )


def _telling(told: Told) -> Telling:
    version = told.known.version
    return Telling(
        report=version.report,
        version=version.id,
        known_from=_micros(told.known_from),
        known_to=_micros(told.known_to),
        valid_from=_micros(told.valid_from),
        source=version.post.source,
        body=_ENCODE(told.known),
    )


def _told_of(row: Telling) -> Told:
    return Told(
        _DECODE(row.body),
        from_micros(row.known_from),
        _LAST if row.known_to >= FOREVER else from_micros(row.known_to),
        from_micros(row.valid_from),
    )


def _micros(moment: datetime) -> int:
    return FOREVER if moment == _LAST else to_micros(moment)


def _said(known: Known) -> datetime:
    post = known.version.post
    at = post.deleted_at or post.edited_at or (post.posted_at.start if post.posted_at else None)
    return at or LONG_AGO
