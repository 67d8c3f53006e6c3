"""The words that a question needs: tellings out of the index, judged as the fold judges them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from vidomo.app.decisions import KIND, PREFIX
from vidomo.app.doors import CHANGE
from vidomo.app.index_rows import HEARD, known_of, micros, told_of
from vidomo.app.offices import PREFIX as OFFICE
from vidomo.claims.model import Kind, Reading
from vidomo.core.codec import from_json
from vidomo.situation.alarm import Feed
from vidomo.situation.decision import Decision, in_force
from vidomo.situation.hierarchy import Tree, Units
from vidomo.situation.local import alarms_of, feeds_of
from vidomo.situation.model import Standing
from vidomo.situation.rules import origin_rules, rules_version
from vidomo.situation.telling import Teller, Told, sketch_of
from vidomo.situation.testimony import LONG_AGO, Heard, Known, gather
from vidomo.sources.model import Poll
from vidomo.sources.registry import Registry, SourceChange
from vidomo.store.derived import FOREVER, Telling
from vidomo.store.index import Index
from vidomo.store.sqlite import SqliteJournal


class Words:
    """What was said, by whom and with what weight, of the reports that matter to a question.

    Args:
        journal: The journal that the index lies in.
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
        self._ask_registry = registry_at
        self.tree = Tree(gazetteer)
        self.tables = Index(journal, rules=rules_version())
        self._registries: dict[int, Registry] = {}
        self._decided: tuple[int, list[tuple[datetime, Decision]]] = (-1, [])
        self._in_force: dict[int, tuple[Decision, ...]] = {}
        self._changed: dict[str, list[datetime]] = {}
        self._offices: list[datetime] = []

    def decided(self) -> list[tuple[datetime, Decision]]:
        """Return every decision of a person with when it was recorded; note changes of sources."""
        count = self._journal.count(KIND)
        if self._decided[0] != count:
            found = []
            self._changed, self._offices = {}, []
            for record in self._journal.records(kind=KIND):
                if record.id.startswith(f"{PREFIX}_"):
                    found.append((record.recorded_at, from_json(record.body, Decision)))
                elif record.id.startswith(f"{CHANGE}_"):
                    source = from_json(record.body, SourceChange).source
                    self._changed.setdefault(source, []).append(record.recorded_at)
                elif record.id.startswith(f"{OFFICE}_"):
                    self._offices.append(record.recorded_at)
            self._decided = (count, sorted(found, key=lambda row: (row[0], row[1].id)))
            self._in_force, self._registries = {}, {}
        return self._decided[1]

    def registry_at(self, known_at: datetime) -> Registry:
        """Return the registry as of an instant: one object between two changes."""
        changes = (self._offices, *self._changed.values())
        place = sum(moment <= known_at for rows in changes for moment in rows)
        if place not in self._registries:
            self._registries[place] = self._ask_registry(known_at)
        return self._registries[place]

    def decisions_at(self, known_at: datetime) -> tuple[Decision, ...]:
        """Return the decisions in force that were recorded by an instant."""
        rows = self._decided[1]
        count = sum(1 for recorded_at, _ in rows if recorded_at <= known_at)
        if count not in self._in_force:
            self._in_force[count] = in_force(one for _, one in rows[:count])
        return self._in_force[count]

    def changes(self, told: Iterable[Told]) -> list[datetime]:
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
            if self._offices and is_quoting(one.known.reading):
                found.update(self._offices)
        return sorted(found)

    def tellers(
        self,
        rows: Iterable[Telling],
        *,
        checks: bool = True,
        lent: dict[str, Teller] | None = None,
    ) -> list[Teller] | None:
        """Return what is to be judged together; None where it cannot be told what is compared.

        Args:
            rows: Tellings, by report, each report whole.
            checks: Whether it matters that it cannot be told.
            lent: Tellers of single reports from earlier calls; new ones are put into it.
        """
        reports: dict[str, dict[tuple[str, int], Telling]] = {}
        clusters: dict[str, str] = {}
        for row in rows:
            if row.cluster is not None:
                clusters.setdefault(row.cluster, row.report)
            else:
                reports.setdefault(row.report, {})[row.version, row.known_from] = row
        tellers = []
        for report, own in reports.items():
            teller = None if lent is None else lent.get(report)
            if teller is None:
                teller = self.teller(own.values())
                if lent is not None:
                    lent[report] = teller
            tellers.append(teller)
        for report in clusters.values():
            together = self.tables.of_reports(sorted(self.tables.echoes([report])))
            if checks and self._is_crowded(together):
                return None
            tellers.append(self.teller(together))
        return tellers

    def heard(
        self, rows: Iterable[Telling], *, valid_at: datetime, known_at: datetime
    ) -> list[Heard] | None:
        """Return all statements in some tellings; None where it cannot be told what is compared."""
        plain: dict[tuple[str, str], Known] = {}
        rest: list[Telling] = []
        anchored = self.anchored()
        for row in rows:
            if row.cluster is None and row.report not in anchored:
                plain[row.report, row.version] = known_of(row.body)
            else:
                rest.append(row)
        tellers = self.tellers(rest)
        if tellers is None:
            return None
        registry = self.registry_at(known_at)
        heard = list(gather(plain.values(), valid_at=valid_at, registry=registry, tree=self.tree))
        for teller in tellers:
            heard += teller.heard(valid_at=valid_at, known_at=known_at)
        return heard

    def anchored(self) -> set[str]:
        """Return the reports that a decision of a person was ever about."""
        return {anchor.report for _, one in self._decided[1] for anchor in one.on}

    def put_right(self, reports: Collection[str]) -> list[dict[str, str]]:
        """Return what a person ever put right about some reports."""
        values = {one.id: one.value for _, one in self._decided[1]}
        found = []
        for _, one in self._decided[1]:
            if any(anchor.report in reports for anchor in one.on):
                value = values.get(one.target, {}) if one.kind == "attach" else one.value
                found += [value] if value else []
        return found

    def teller(self, rows: Iterable[Telling]) -> Teller:
        """Return what judges some tellings together."""
        return self.judging([told_of(row) for row in rows])

    def judging(self, told: Sequence[Told]) -> Teller:
        """Return what judges some versions together."""
        changes = self.changes(told)
        turns = [one.at for _, one in self._decided[1] if one.kind == "confirm"] if changes else []
        reports = {one.known.version.report for one in told}
        is_anchored = any(
            anchor.report in reports for _, one in self._decided[1] for anchor in one.on
        )
        first = min((one.known_from for one in told), default=LONG_AGO)
        is_settled = not is_anchored and all(moment <= first for moment in changes)
        return Teller(
            told,
            registry_at=self.registry_at,
            decisions_at=self.decisions_at,
            tree=self.tree,
            turns=turns if is_anchored else (),
            is_settled=is_settled,
            is_put_right=is_anchored and bool(self.put_right(reports)),
        )

    def _is_crowded(self, rows: Sequence[Telling]) -> bool:
        """Whether more texts share words with these than the fold compares."""
        most = origin_rules().candidates
        for row in rows:
            sketch = sketch_of(known_of(row.body).version)
            sharing = self.tables.sharing(sketch, first=-FOREVER, last=FOREVER, besides=0)
            if len(sharing) > most:
                return True
        return False

    def is_heard(self, code: str, *, valid_at: datetime, known_at: datetime) -> bool:
        """Whether anything was heard of a unit, counted or not."""
        at = {"valid_at": micros(valid_at), "known_at": micros(known_at)}
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
        teller = self.teller(self.tables.of_reports(sorted(mates)))
        return teller.heard(valid_at=valid_at, known_at=known_at)

    def feeds(
        self, polls: Sequence[Poll], *, valid_at: datetime, known_at: datetime
    ) -> tuple[Feed, ...]:
        """Return the alarm sources, each with the last that was heard of it."""
        registry = self.registry_at(known_at)
        at = {"valid_at": micros(valid_at), "known_at": micros(known_at)}
        heard: list[Heard] = []
        for entry in alarms_of(registry):
            last = -FOREVER
            for row in self.tables.of_source(entry.id, **at):
                if row.valid_from <= last:
                    break
                for item in self._heard_in(row.report, valid_at=valid_at, known_at=known_at):
                    if item.judged.is_alarm_feed and item.said is not None:
                        heard.append(item)
                        last = max(last, micros(item.said.start))
        return feeds_of(heard, polls, valid_at=valid_at, registry=registry)


def is_quoting(reading: Reading) -> bool:
    """Whether a text has words of a named person or body: who holds an office bears on no other."""
    return any(claim.speaker.name or claim.speaker.body for claim in reading.claims)


def _is_asking(item: Heard) -> bool:
    return item.claim.kind is Kind.UNKNOWN and item.judged.standing is not Standing.WITHDRAWN
