"""The index of places: which reports can matter to one, so that its state reads no others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from vidomo.app.decisions import KIND, PREFIX, is_ahead
from vidomo.claims.model import Kind, Reading
from vidomo.core.codec import from_json
from vidomo.reports.model import Version
from vidomo.situation.alarm import Feed
from vidomo.situation.decision import Decision, in_force
from vidomo.situation.hierarchy import Tree, Units
from vidomo.situation.local import (
    NEVER,
    Reach,
    Teller,
    Told,
    alarms_of,
    fed,
    feeds_of,
    is_copy_of,
    page_of_place,
    reach_of,
    sketch_of,
    spread,
    state_of_place,
    valid_from,
)
from vidomo.situation.model import DimensionState, PlaceState, Standing
from vidomo.situation.phases import Event, Row, is_of, rows_of
from vidomo.situation.rules import dimension_rules, origin_rules
from vidomo.situation.testimony import LONG_AGO, Heard, Known, gather
from vidomo.sources.model import Poll
from vidomo.sources.registry import Registry, SourceChange
from vidomo.store.index import FOREVER, Index, Phased, PhaseRow, Telling
from vidomo.store.model import Record
from vidomo.store.moments import from_micros, to_micros
from vidomo.store.sqlite import SqliteJournal

HEARD, MOVING, SUPPLY, ASKING, EXCEPTED = 1, 2, 4, 8, 16
"""The ways in which a report can speak of a unit, as bits of ``touch``."""
_BATCH = 500  # reports in one transaction
_PLACES = 50  # units in one transaction
_ENCODE = msgspec.msgpack.Encoder().encode
_DECODE = msgspec.msgpack.Decoder(Known).decode
_DECODE_STATE = msgspec.msgpack.Decoder(DimensionState).decode
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
        self._lent: dict[str, Teller] | None = None
        self._below: tuple[int, dict[str, list[str]]] = (-1, {})
        self._changed: dict[str, list[datetime]] = {}

    # keeping up ----------------------------------------------------------------------------

    def catch_up(self) -> int:
        """Derive what the newest records change; return how many reports were derived anew."""
        last = self._journal.last_seq
        self._decisions()
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
                if start + _BATCH >= len(waiting):
                    self.tables.mark(last)
        if not waiting:
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
        for _, decision in self._decided[1]:
            if any(anchor.report in mates for anchor in decision.on):
                place = decision.value.get("place", "")
                if place and self._tree.is_known(place):
                    touches[place] = _bits(_ANYTHING)
        texts = {one.known.version.id: one.known for one in told if one.known.reading.claims}
        shingles = [
            (shingle, _micros(_said(known)))
            for known in texts.values()
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
            mates = self.tables.echoes([report])
        for other in mates - {report}:
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
                known_to = rows[place + 1][0] if place + 1 < len(rows) else NEVER
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
            first, last = undated, FOREVER
        else:
            first, last = _micros(said - window), _micros(said + window)
        sharing = self.tables.sharing(sketch, first=first, last=last, besides=undated)
        sharing.discard(known.version.report)
        for one in self.tables.of_reports(sorted(sharing)):
            other = _DECODE(one.body).version
            if is_copy_of(known.version, other):
                yield one.report

    def _decisions(self) -> list[tuple[datetime, Decision]]:
        """Return every decision of a person with when it was recorded; note changes of sources."""
        count = self._journal.count(KIND)
        if self._decided[0] != count:
            found = []
            self._changed = {}
            for record in self._journal.records(kind=KIND):
                if record.id.startswith(f"{PREFIX}_"):
                    found.append((record.recorded_at, from_json(record.body, Decision)))
                else:
                    source = from_json(record.body, SourceChange).source
                    self._changed.setdefault(source, []).append(record.recorded_at)
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
        quick = self._from_rows(place, valid_at=valid_at, known_at=known_at, polls=polls)
        if quick is not None:
            return quick
        return self._from_words(place, valid_at=valid_at, known_at=known_at, polls=polls)

    def _from_words(
        self, place: str, *, valid_at: datetime, known_at: datetime, polls: Sequence[Poll]
    ) -> PlaceState | None:
        """Return the state of a place from all words that can matter to it."""
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

    def refresh(self, places: Iterable[str]) -> None:
        """Bring the rows of some units up to date."""
        self._decisions()
        waiting = sorted(places)  # neighbours share what is said of the wider units
        for start in range(0, len(waiting), _PLACES):
            self._lent = {}
            with self._journal.deriving():
                for place in waiting[start : start + _PLACES]:
                    self._refresh(place)
        self._lent = None

    def is_fresh(self, places: Iterable[str]) -> bool:
        """Whether the rows of some units hold all that has a say in them."""
        units = list(places)
        marks = self.tables.marks(
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
        seq = self.tables.seq
        rows = self.tables.of_place(place, MOVING)
        count = len(rows)
        for code in self._tree.wider(place):
            rows += self.tables.of_place(code, MOVING)
        tellers = self._tellers(rows, checks=False) or []
        own = {row.report for row in rows[:count]}
        events = sorted(
            {
                event
                for teller in tellers
                for event in self._events(teller, is_wide=own.isdisjoint(teller.reports))
            }
        )
        built = self.tables.phased(place)
        known = to_micros(events[-1].known_from) if events else 0
        done = [one for one in events if to_micros(one.known_from) <= built.known]
        before: list[Row] = []
        known_by: datetime | None = None
        with self._journal.deriving():
            if built.seq and len(done) == built.events:
                before = [_row_of(row) for row in self.tables.newest_phases(place)]
                known_by = from_micros(built.known)
            else:  # something old came late, as in a replay: the rows are made anew
                self.tables.forget_phases(place)
            made = rows_of(
                place, tellers, events, before=before, known_by=known_by, tree=self._tree
            )
            self.tables.put_phases(
                place,
                [_phase_row(row) for row in made],
                Phased(seq, known, len(events)),
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
        for recorded_at in self._changes(teller.told):
            turns = tuple(at for at in teller.turns if at <= recorded_at)
            yield Event(recorded_at, LONG_AGO, dimensions, turns)

    def _changes(self, told: Iterable[Told]) -> list[datetime]:
        """Return when a decision or a change of the registry came to bear on some reports."""
        found: set[datetime] = set()
        rows = self._decided[1]
        reports = {one.known.version.report for one in told}
        if any(anchor.report in reports for _, one in rows for anchor in one.on):
            found.update(recorded_at for recorded_at, _ in rows)
        for one in told:
            post = one.known.version.post
            for source, changed in self._changed.items():
                if source == post.source or post.forwarded_from:
                    found.update(changed)
        return sorted(found)

    def _from_rows(
        self, place: str, *, valid_at: datetime, known_at: datetime, polls: Sequence[Poll]
    ) -> PlaceState | None:
        """Return the state of a place from rows and its own words; None where rows do not tell."""
        wider, inside = self._tree.wider(place), self._inside(place)
        units = (place, *wider, *inside)
        if not self.is_fresh(units):
            return None
        if not self.tables.excepted().isdisjoint(units):
            return None
        v, k = _micros(valid_at), _micros(known_at)
        rows = self.tables.of_place(place, HEARD, valid_at=v, known_at=k)
        for code in wider:
            if self._tree.is_local(code):
                rows += self.tables.of_place(code, ASKING, valid_at=v, known_at=k)
        heard = self._words(rows, valid_at=valid_at, known_at=known_at)
        if heard is None:
            return None
        feeds = self._feeds(polls, valid_at=valid_at, known_at=known_at)
        states = {code: self._standing(code, v, k) for code in units}
        homes = {feed.home for feed in feeds}
        for code in (place, *wider):
            spoken_of = code in homes or any(one.heard_at for one in states[code])
            if not spoken_of and not self._is_heard(code, valid_at=valid_at, known_at=known_at):
                del states[code]
        return page_of_place(
            place,
            heard=heard,
            states=states,
            feeds=feeds,
            valid_at=valid_at,
            known_at=known_at,
            gazetteer=self._gazetteer,
        )

    def _standing(self, place: str, valid_at: int, known_at: int) -> tuple[DimensionState, ...]:
        """Return where a unit stands by words about itself, each dimension by one seek."""
        found = {
            row.dimension: row
            for row in self.tables.phases(place, valid_at=valid_at, known_at=known_at)
        }
        states = []
        for name, rule in dimension_rules().dimensions.items():
            row = found.get(name)
            if row is None:
                states.append(DimensionState(dimension=name, phase=rule.default))
                continue
            state = _DECODE_STATE(row.state)
            if valid_at >= row.stale_from:
                state = msgspec.structs.replace(state, stale=True)
            states.append(state)
        return tuple(states)

    def country(
        self, *, valid_at: datetime, known_at: datetime, polls: Sequence[Poll]
    ) -> dict[str, tuple[DimensionState, ...]] | None:
        """Return where every unit stands that anything was said of, by code.

        What a unit inherits and what its parts lend it is in it, as in the state of that place.

        Args:
            valid_at: When it is to hold.
            known_at: As far as it was known then.
            polls: Polls that tell by then (``PollLog.telling``).

        Returns:
            None where the index cannot tell: it is behind, or words take a part out of a whole.
        """
        self._decisions()
        codes = self.tables.all_touched()
        if not self.tables.is_current or not self.is_fresh(codes):
            return None
        if not self.tables.excepted().isdisjoint(codes):
            return None
        v, k = _micros(valid_at), _micros(known_at)
        feeds = self._feeds(polls, valid_at=valid_at, known_at=known_at)
        homes = {feed.home for feed in feeds}
        states: dict[str, PlaceState] = {}
        for code in sorted({*codes, *homes}):
            rows = self._standing(code, v, k)
            if (
                code in homes
                or any(one.heard_at for one in rows)
                or self._is_heard(code, valid_at=valid_at, known_at=known_at)
            ):
                rows = fed(rows, feeds, place=code, valid_at=valid_at, tree=self._tree)
                states[code] = PlaceState(place=code, dimensions=rows)
        return {
            one.place: one.dimensions for one in spread(states.values(), gazetteer=self._gazetteer)
        }

    def _inside(self, place: str) -> list[str]:
        if self._tree.parts(place) is None:
            return []
        count = self.tables.count_touched()
        if self._below[0] != count:
            found: dict[str, list[str]] = {}
            for code in self.tables.all_touched():
                for unit in self._tree.wider(code):
                    found.setdefault(unit, []).append(code)
            self._below = (count, found)
        return self._below[1].get(place, [])

    def _tellers(self, rows: Iterable[Telling], *, checks: bool = True) -> list[Teller] | None:
        """Return what is to be judged together; None where it cannot be told what is compared."""
        reports: dict[str, dict[tuple[str, int], Telling]] = {}
        clusters: dict[str, str] = {}
        for row in rows:
            if row.cluster is not None:
                clusters.setdefault(row.cluster, row.report)
            else:
                reports.setdefault(row.report, {})[row.version, row.known_from] = row
        tellers = []
        for report, own in reports.items():
            teller = None if self._lent is None else self._lent.get(report)
            if teller is None:
                teller = self._teller(own.values())
                if self._lent is not None:
                    self._lent[report] = teller
            tellers.append(teller)
        for report in clusters.values():
            together = self.tables.of_reports(sorted(self.tables.echoes([report])))
            if checks and self._is_crowded(together):
                return None
            tellers.append(self._teller(together))
        return tellers

    def _words(
        self, rows: Iterable[Telling], *, valid_at: datetime, known_at: datetime
    ) -> list[Heard] | None:
        """Return all statements in some tellings; None where it cannot be told what is compared."""
        plain: dict[tuple[str, str], Known] = {}
        rest: list[Telling] = []
        anchored = {anchor.report for _, one in self._decided[1] for anchor in one.on}
        for row in rows:
            if row.cluster is None and row.report not in anchored:
                plain[row.report, row.version] = _DECODE(row.body)
            else:
                rest.append(row)
        tellers = self._tellers(rest)
        if tellers is None:
            return None
        registry = self._registry_at(known_at)
        heard = list(gather(plain.values(), valid_at=valid_at, registry=registry, tree=self._tree))
        for teller in tellers:
            heard += teller.heard(valid_at=valid_at, known_at=known_at)
        return heard

    def _teller(self, rows: Iterable[Telling]) -> Teller:
        told = [_told_of(row) for row in rows]
        changes = self._changes(told)
        turns = [one.at for _, one in self._decided[1] if one.kind == "confirm"] if changes else []
        return Teller(
            told,
            registry_at=self._registry_at,
            decisions_at=self._decisions_at,
            tree=self._tree,
            turns=turns,
            is_settled=not changes,
        )

    def _is_crowded(self, rows: Sequence[Telling]) -> bool:
        """Whether more texts share words with these than the fold compares."""
        most = origin_rules().candidates
        for row in rows:
            sketch = sketch_of(_DECODE(row.body).version)
            sharing = self.tables.sharing(sketch, first=-FOREVER, last=FOREVER, besides=0)
            if len(sharing) > most:
                return True
        return False

    def _is_heard(self, code: str, *, valid_at: datetime, known_at: datetime) -> bool:
        """Whether anything was heard of a unit, counted or not."""
        at = {"valid_at": _micros(valid_at), "known_at": _micros(known_at)}
        for row in self.tables.some_of_place(code, HEARD, **at):
            for item in self._heard_in(row.report, valid_at=valid_at, known_at=known_at):
                asked = () if item.places else item.candidates
                if code in item.places or (code in asked and _is_asking(item)):
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
        for entry in alarms_of(registry):
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
    bits |= ASKING if reach.is_asking else 0
    return bits | (EXCEPTED if reach.is_excepted else 0)


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
        NEVER if row.known_to >= FOREVER else from_micros(row.known_to),
        from_micros(row.valid_from),
    )


def _is_asking(item: Heard) -> bool:
    return item.claim.kind is Kind.UNKNOWN and item.judged.standing is not Standing.WITHDRAWN


def _micros(moment: datetime) -> int:
    return FOREVER if moment == NEVER else to_micros(moment)


def _said(known: Known) -> datetime:
    post = known.version.post
    at = post.deleted_at or post.edited_at or (post.posted_at.start if post.posted_at else None)
    return at or LONG_AGO


def _phase_row(row: Row) -> PhaseRow:
    return PhaseRow(
        dimension=row.dimension,
        valid_from=to_micros(row.valid_from),
        known_from=to_micros(row.known_from),
        known_to=FOREVER if row.known_to is None else to_micros(row.known_to),
        stale_from=FOREVER if row.stale_from is None else to_micros(row.stale_from),
        state=_ENCODE(row.state),
    )


def _row_of(row: PhaseRow) -> Row:
    return Row(
        row.dimension,
        from_micros(row.valid_from),
        from_micros(row.known_from),
        None if row.known_to >= FOREVER else from_micros(row.known_to),
        None if row.stale_from >= FOREVER else from_micros(row.stale_from),
        _DECODE_STATE(row.state),
    )
