"""What the operator sees of a situation: everything but words taken back and nameless numbers."""

from collections.abc import Iterable
from datetime import datetime

from vidomo.core.time import format_instant
from vidomo.disclosure.model import (
    DIMENSIONS,
    UNSAID,
    ChangeView,
    ConflictView,
    DimensionView,
    FigureView,
    IncidentView,
    LinkView,
    MoveView,
    NameView,
    NoteView,
    PlaceView,
    QuestionView,
    ShareView,
    SideView,
    StepView,
    TimeView,
    Withheld,
)
from vidomo.disclosure.policy import Policy
from vidomo.disclosure.said import said_of
from vidomo.situation.model import (
    Conflict,
    DimensionState,
    Evidence,
    Figure,
    Incident,
    Link,
    Moved,
    PlaceState,
    Question,
    SaidTime,
    Share,
    Situation,
)


class DeskPassage:
    """One situation on its way to the operator, under one policy."""

    def __init__(self, situation: Situation, policy: Policy) -> None:
        self.withheld: dict[Withheld, None] = {}
        standing_rule = policy.rule("standing")
        banned = frozenset(standing_rule.values if standing_rule else ())
        self._speakerless = policy.rule("speakerless")
        self._standing = standing_rule.id if standing_rule else ""
        # An edit that leaves a sentence alone leaves its claim id alone, so the same id can
        # stand in a version that was edited away and in the one that took its place.
        self.said = {
            item.claim: said_of(item, place=item.place, quote=item.quote)
            for item in sorted(situation.evidence, key=_evidence_order)
            if item.standing not in banned
        }
        self._away = tuple(item for item in situation.evidence if item.standing in banned)
        self._replaced = situation.replaced if "withdrawn" in banned else ()
        self._hidden = {item.claim for item in self._away} - self.said.keys()
        for claim in sorted(self._hidden):
            self._withhold(f"claim {claim}", self._standing)
        self.incidents = tuple(filter(None, map(self._incident, situation.incidents)))
        self.questions = tuple(filter(None, map(self._question, situation.questions)))
        self._shown_incidents = {incident.id for incident in self.incidents}
        self._shown_questions = {question.id for question in self.questions}
        self._names = situation.speakers
        self._moves: dict[tuple[str, str], list[Moved]] = {}
        for move in situation.moves:
            self._moves.setdefault((move.place, move.dimension), []).append(move)
        # A place of which nothing was heard in a dimension has only what wider units lend it.
        self._heard_of = {
            (place.place, state.dimension)
            for place in situation.places
            for state in place.dimensions
            if state.heard_at is not None
        }

    def place(self, state: PlaceState) -> PlaceView:
        """Return all that may be shown of one place."""
        found = {dimension.dimension: dimension for dimension in state.dimensions}
        return PlaceView(
            place=state.place,
            dimensions=tuple(
                self._dimension(state.place, found.get(name) or _unsaid(name))
                for name in DIMENSIONS
            ),
            figures=self._figures(state.figures, where=state.place),
            incidents=tuple(name for name in state.incidents if name in self._shown_incidents),
            questions=tuple(name for name in state.questions if name in self._shown_questions),
            advice=self._open(state.advice),
            timeline=self._open(state.timeline),
        )

    def names(self) -> tuple[NameView, ...]:
        """Return the English names of those whose words are shown, and of nobody else."""
        shown = {item.speaker for item in self.said.values()}
        return tuple(
            NameView(speaker=one.speaker, en=one.en, place=one.place)
            for one in self._names
            if one.speaker in shown
        )

    def changes(self) -> tuple[ChangeView, ...]:
        """Return the posts that were changed or taken away, latest first."""
        reports: dict[str, list[Evidence]] = {}
        for item in (*self._away, *self._replaced):
            if item.reason == "overruled":
                continue  # the source stands by it; a person here does not
            reports.setdefault(item.report, []).append(item)
        changes = [
            ChangeView(
                report=report,
                source=items[0].source,
                url=items[0].url,
                how="deleted" if any(item.reason == "deleted" for item in items) else "edited",
                changed_at=max(filter(None, (item.withdrawn_at for item in items)), default=None),
                places=tuple(sorted({item.place for item in items if item.place})),
            )
            for report, items in sorted(reports.items())
        ]
        return tuple(sorted(changes, key=lambda change: _stamp(change.changed_at), reverse=True))

    def _dimension(self, place: str, state: DimensionState) -> DimensionView:
        said = self._open(state.evidence)
        if state.evidence and not said:
            self._withhold(f"phase {place} {state.dimension}", self._standing)
            state = _unsaid(state.dimension)
        return DimensionView(
            dimension=state.dimension,
            phase=state.phase,
            since=state.since,
            confirmed_at=state.confirmed_at,
            heard_at=state.heard_at,
            stale=state.stale,
            certainty=state.certainty,
            extent=state.extent,
            inherited_from=state.inherited_from,
            # The fold's line of notes quotes freely; only notes whose claim passed are told.
            notes=tuple(
                NoteView(code=note.code, said=note.claim)
                for note in state.notes
                if note.claim in self.said
            ),
            said=said,
            share=_share(state.share),
            is_named=(place, state.dimension) in self._heard_of or not state.inherited_from,
            moves=self._way(place, state) if said else (),
        )

    def _way(self, place: str, state: DimensionState) -> tuple[MoveView, ...]:
        """Return the steps to where a place stands; a single one that is left is no way."""
        own = self._moves.get((place, state.dimension), ())
        lent = self._moves.get((state.inherited_from or place, state.dimension), ())
        shown = [move for move in reversed(own or lent) if move.claim in self.said]
        if len(shown) < 2:  # noqa: PLR2004 - one step is no way
            return ()
        return tuple(
            MoveView(phase=move.phase, said=move.claim, at=move.at, until=move.until)
            for move in shown
        )

    def _link(self, link: Link) -> LinkView:
        """Return a link; its words only where an open quotation holds them whole."""
        quotes = (self.said[link.from_claim].quote, self.said[link.to_claim].quote)
        return LinkView(
            kind=link.kind,
            before=link.from_claim,
            after=link.to_claim,
            is_said=link.basis == "explicit",
            text=link.text if any(link.text in quote for quote in quotes) else "",
        )

    def _incident(self, incident: Incident) -> IncidentView | None:
        said, unsourced = self._open(incident.evidence), self._open(incident.unsourced)
        if not said and not unsourced:
            self._withhold(f"incident {incident.id}", self._standing)
            return None
        return IncidentView(
            id=incident.id,
            place=incident.place,
            family=incident.family,
            earliest=incident.earliest,
            latest=incident.latest,
            times=tuple(view for time in incident.times if (view := self._time(time, incident.id))),
            figures=self._figures(incident.figures, where=incident.id),
            means=incident.means,
            topics=incident.topics,
            said=said,
            unsourced=unsourced,
            parts=self._figures(incident.parts, where=incident.id),
            links=tuple(
                self._link(link)
                for link in incident.links
                if link.from_claim in self.said and link.to_claim in self.said
            ),
            conflicts=tuple(filter(None, map(self._conflict, incident.conflicts))),
        )

    def _conflict(self, conflict: Conflict) -> ConflictView | None:
        """Return a disagreement of which at least two sides may be shown."""
        sides = [
            SideView(
                min=side.min,
                max=side.max,
                mode=side.mode,
                earliest=side.earliest,
                latest=side.latest,
                speakers=side.speakers,
                said=said,
            )
            for side in conflict.sides
            if (said := self._open(side.evidence))
        ]
        if len(sides) < 2:  # noqa: PLR2004 - one side is no disagreement
            return None
        return ConflictView(
            what=conflict.what, topic=conflict.topic, unit=conflict.unit, sides=tuple(sides)
        )

    def _time(self, time: SaidTime, incident: str) -> TimeView | None:
        said = self._open(time.evidence)
        if not said:
            self._withhold(f"time {incident}", self._standing)
            return None
        return TimeView(
            earliest=time.earliest,
            latest=time.latest,
            surface=time.surface,
            speakers=time.speakers or self._speakers(said),
            disputed=time.disputed,
            said=said,
        )

    def _figures(self, figures: Iterable[Figure], *, where: str) -> tuple[FigureView, ...]:
        shown = []
        for figure in figures:
            said = self._open(figure.evidence)
            speakers = figure.speakers or self._speakers(said)
            if not said:
                self._withhold(f"figure {where} {figure.topic}", self._standing)
            elif not speakers and self._speakerless:
                self._withhold(f"figure {where} {figure.topic}", self._speakerless.id)
            else:
                shown.append(
                    FigureView(
                        topic=figure.topic,
                        unit=figure.unit,
                        min=figure.min,
                        max=figure.max,
                        mode=figure.mode,
                        status=figure.status,
                        order_inferred=figure.order_inferred,
                        speakers=speakers,
                        said=said,
                        subset_of=figure.subset_of,
                    )
                )
        return tuple(shown)

    def _question(self, question: Question) -> QuestionView | None:
        said = self._open(question.evidence)
        if not said:
            self._withhold(f"question {question.id}", self._standing)
            return None
        return QuestionView(
            id=question.id,
            subject=question.subject,
            topic=question.topic,
            place=question.place,
            candidates=question.candidates,
            status=question.status,
            status_said=question.status_said,
            asked_at=question.asked_at,
            last_asked_at=question.last_asked_at,
            asked_by=self._speakers(said) or question.asked_by,
            unsourced=question.unsourced,
            answered_at=question.answered_at,
            answered_by=self._open(question.answered_by),
            said=said,
            steps=tuple(
                StepView(what=step.what, at=step.at, said=step.claim, unsourced=step.unsourced)
                for step in question.steps
                if not step.claim or step.claim in self.said
            ),
        )

    def _open(self, claims: Iterable[str]) -> tuple[str, ...]:
        return tuple(claim for claim in claims if claim in self.said)

    def _speakers(self, claims: Iterable[str]) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(self.said[claim].speaker for claim in claims if self.said[claim].speaker)
        )

    def _withhold(self, what: str, rule: str) -> None:
        self.withheld[Withheld(what=what, rule=rule)] = None


def _share(share: Share | None) -> ShareView | None:
    if share is None:
        return None
    return ShareView(level=share.level, parts=share.parts, of=share.of)


def _unsaid(dimension: str) -> DimensionState:
    return DimensionState(dimension=dimension, phase=UNSAID[dimension])


def _evidence_order(item: Evidence) -> tuple[str, str, str]:
    return _stamp(item.said_at), item.claim, item.version


def _stamp(instant: datetime | None) -> str:
    return format_instant(instant) if instant else ""
