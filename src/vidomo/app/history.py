"""What was said of a place, in the order in which it became known, and how its phases moved."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from vidomo.app.house import House
from vidomo.claims.model import Claim
from vidomo.situation.fold import Known, fold, state_of
from vidomo.situation.model import DimensionState
from vidomo.situation.rules import dimension_rules
from vidomo.situation.standing import judge
from vidomo.situation.testimony import LONG_AGO, effective_at
from vidomo.sources.model import Post


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One statement, edit, deletion, decision or move on a place.

    Attributes:
        what: said, edited (words that an edit brought), edited_away (words that it took),
            withdrawn (the post was deleted), decided (by a person at the desk), moved (a phase).
        said_at: When the source did so; None when nobody says.
        known_at: When it was recorded here.
        topic: Topic of the statement, kind of the decision, dimension that moved.
        words: The exact words, the reason of a decision, or from which phase to which.
    """

    what: str
    said_at: datetime | None
    known_at: datetime
    topic: str
    kind: str
    speaker: str
    standing: str
    words: str
    id: str


def posted_start(post: Post) -> datetime | None:
    """Return when a post was published, at the earliest; None when nobody says."""
    return None if post.posted_at is None else post.posted_at.start


def entries(house: House, place: str, *, known_at: datetime) -> tuple[Entry, ...]:
    """Return everything said and decided of a place or its parts, by when it became known.

    Words that an edit left alone are told once; those that it took away keep their row and
    get another. This is for the desk: what a source took back is shown.
    """
    told = _Told(house, place, known_at)
    return tuple(
        sorted(
            told.entries(),
            key=lambda entry: (
                entry.known_at,
                entry.said_at or LONG_AGO,
                entry.what == "moved",
                entry.topic,
                entry.id,
            ),
        )
    )


def recorded_at(house: House, known_at: datetime) -> dict[str, datetime]:
    """Return for each version since when it is known, and for each decision likewise."""
    since = house.known_since(known_at)
    for record in house.journal.records(kind="decision", known_at=known_at):
        since[record.id] = record.recorded_at
    return since


class _Told:
    """What is known of one place at one instant, as rows."""

    def __init__(self, house: House, place: str, known_at: datetime) -> None:
        self._house, self._place, self._known_at = house, place, known_at
        self._recorded = recorded_at(house, known_at)
        self._registry = house.registry_at(known_at)
        self._decisions = house.decisions(known_at)

    def entries(self) -> Iterator[Entry]:
        """Yield every row, in no order."""
        about: set[str] = set()
        for versions in self._reports(is_wider_too=False).values():
            before: Known | None = None
            for known in versions:
                for entry in self._of_version(known, before):
                    about.add(entry.id)
                    yield entry
                before = known
        yield from self._decided(about)
        yield from self._moved()

    def _reports(self, *, is_wider_too: bool) -> dict[str, list[Known]]:
        """Return the versions of every report that speaks of the place, each report in order."""
        gazetteer = self._house.gazetteer
        wider = set(gazetteer.ancestors(self._place)) if is_wider_too else set()
        reports: dict[str, list[Known]] = {}
        spoken: set[str] = set()
        for known in self._house.known(self._known_at):
            reports.setdefault(known.version.report, []).append(known)
            codes = {ref.code for claim in known.reading.claims for ref in claim.places if ref.code}
            if codes & wider or any(gazetteer.within(code, self._place) for code in codes):
                spoken.add(known.version.report)
        return {
            report: sorted(versions, key=lambda one: (effective_at(one.version), one.version.id))
            for report, versions in reports.items()
            if report in spoken
        }

    def _of_version(self, known: Known, before: Known | None) -> Iterator[Entry]:
        """Yield what one version brings and what it takes away."""
        post = known.version.post
        earlier = self._claims(before) if before else []
        now = self._claims(known)
        if post.deleted_at:
            for claim in earlier or now:
                yield self._entry("withdrawn", claim, known, post.deleted_at)
            return
        said = post.edited_at or posted_start(post)
        for claim in now:
            if not any(_same(claim, other) for other in earlier):
                yield self._entry("edited" if post.edited_at else "said", claim, known, said)
        for claim in earlier:
            if not any(_same(claim, other) for other in now):
                yield self._entry("edited_away", claim, known, said)

    def _claims(self, known: Known) -> list[Claim]:
        within = self._house.gazetteer.within
        return [
            claim
            for claim in known.reading.claims
            if any(within(ref.code, self._place) for ref in claim.places if ref.code is not None)
        ]

    def _entry(self, what: str, claim: Claim, known: Known, said_at: datetime | None) -> Entry:
        judged = judge(claim, version=known.version, reading=known.reading, registry=self._registry)
        is_away = what in ("edited_away", "withdrawn")
        return Entry(
            what=what,
            said_at=said_at,
            known_at=self._recorded[known.version.id],
            topic=claim.topic,
            kind=claim.kind.value,
            speaker=judged.speaker,
            standing="withdrawn" if is_away else judged.standing.value,
            words=" ".join(claim.quote.split()),
            id=claim.id,
        )

    def _decided(self, about: set[str]) -> Iterator[Entry]:
        """Yield the decisions on the claims of the place, and what became of those decisions."""
        named = {
            one.id for one in self._decisions if any(anchor.claim in about for anchor in one.on)
        }
        for one in self._decisions:
            if one.id in named or one.target in named:
                yield Entry(
                    what="decided",
                    said_at=one.at,
                    known_at=self._recorded[one.id],
                    topic=one.kind,
                    kind="decision",
                    speaker=one.by,
                    standing="person",
                    words=one.reason,
                    id=one.id,
                )

    def _moved(self) -> Iterator[Entry]:
        """Yield every move of a phase, from folds of only what speaks of the place."""
        known = [one for versions in self._reports(is_wider_too=True).values() for one in versions]
        moments = self._moments(known)
        rules = dimension_rules().dimensions
        before = {name: DimensionState(dimension=name, phase=rules[name].default) for name in rules}
        for moment, since in sorted(moments.items()):
            found = fold(
                known,
                decisions=self._decisions,
                valid_at=moment,
                known_at=self._known_at,
                registry=self._registry,
                gazetteer=self._house.gazetteer,
            )
            version_of = {item.claim: item.version for item in found.evidence}
            for row in state_of(found, self._place, self._house.gazetteer).dimensions:
                old = before[row.dimension]
                if row.phase != old.phase:
                    behind = [one for one in row.evidence or old.evidence if one in version_of]
                    yield Entry(
                        what="moved",
                        said_at=moment,
                        known_at=max(
                            [since, *(self._recorded[version_of[one]] for one in behind[:1])]
                        ),
                        topic=row.dimension,
                        kind="phase",
                        speaker="",
                        standing="",
                        words=f"{old.phase} -> {row.phase}",
                        id=behind[0] if behind else "",
                    )
                before[row.dimension] = row

    def _moments(self, known: Iterable[Known]) -> dict[datetime, datetime]:
        """Return each instant at which something was said, taken back or decided, and since when that is known."""
        causes = [(effective_at(one.version), one.version.id) for one in known]
        causes += [(one.at, one.id) for one in self._decisions]
        found: dict[datetime, datetime] = {}
        for at, record in causes:
            if at <= self._known_at:
                since = self._recorded[record]
                found[at] = min(found.get(at, since), since)
        return found


def _same(claim: Claim, other: Claim) -> bool:
    return (claim.topic, claim.kind, claim.polarity, claim.quote) == (
        other.topic,
        other.kind,
        other.polarity,
        other.quote,
    )
