"""The situation: a pure fold of everything known, the same in whatever order it came."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from vidomo.claims.model import Kind
from vidomo.situation.alarm import Feed, alarm_feeds, with_feeds
from vidomo.situation.decision import Decision, in_force
from vidomo.situation.health import source_health
from vidomo.situation.hierarchy import Tree, Units
from vidomo.situation.incidents import incidents_of
from vidomo.situation.model import (
    DimensionState,
    Evidence,
    Figure,
    Incident,
    Moved,
    PlaceState,
    Question,
    Situation,
)
from vidomo.situation.moves import Step, along, stand, steps_by_place
from vidomo.situation.names import speakers_of, titles_of
from vidomo.situation.official import official_part
from vidomo.situation.origins import trace_origins
from vidomo.situation.questions import questions_of
from vidomo.situation.review import Review, reviewed
from vidomo.situation.rules import dimension_rules
from vidomo.situation.spread import below, inherited, rolled_up
from vidomo.situation.testimony import Heard, Known, evidence_of, gather
from vidomo.situation.trail import trail
from vidomo.sources.model import Poll
from vidomo.sources.registry import Registry

__all__ = ["Known", "fold", "state_of"]

_Steps = dict[str, dict[str, tuple[Step, ...]]]


def fold(
    known: Iterable[Known],
    *,
    polls: Iterable[Poll] = (),
    decisions: Iterable[Decision] = (),
    valid_at: datetime,
    known_at: datetime,
    registry: Registry,
    gazetteer: Units,
) -> Situation:
    """Return what holds at ``valid_at`` as far as it was known at ``known_at``.

    Args:
        known: Every version with its latest reading, recorded by ``known_at``; in any order,
            repeats do no harm.
        polls: Every poll recorded by ``known_at``.
        decisions: Every decision of a person recorded by ``known_at``. A confirmation counts
            from when it was given; all others are about what was said, whenever it was.
        valid_at: When it is to hold; what was said later takes no part.
        known_at: As of when it is asked; written down, for the caller has chosen the records.
        registry: Bodies, office holders, sources.
        gazetteer: Units and their wider units.
    """
    tree = Tree(gazetteer)
    asked = sorted(
        {
            msgspec.structs.replace(poll, asked_at=poll.asked_at.astimezone(UTC))
            for poll in polls
            if poll.asked_at <= valid_at
        },
        key=lambda poll: (poll.asked_at, poll.source, poll.outcome, poll.detail),
    )
    gathered = gather(known, valid_at=valid_at, registry=registry, tree=tree)
    given = [one for one in in_force(decisions) if one.kind != "confirm" or one.at <= valid_at]
    moment = _Moment(asked, valid_at, known_at, registry, tree)
    review = reviewed(trace_origins(gathered), given, tree=tree)
    incidents = incidents_of(review.heard, tree=tree, regroupings=review.regroupings)
    told = tuple(evidence_of(item) for item in review.heard)
    return msgspec.structs.replace(
        _situation(review.heard, moment, evidence=told, incidents=incidents),
        decisions=review.decided,
        orphaned=review.orphaned,
        official=_officially(
            gathered, given, moment, whole=review, made=zip(review.heard, told, strict=True)
        ),
    )


class _Moment(msgspec.Struct, frozen=True):
    """What a fold needs beside statements."""

    asked: Sequence[Poll]
    valid_at: datetime
    known_at: datetime
    registry: Registry
    tree: Tree


def _officially(
    gathered: Sequence[Heard],
    given: Iterable[Decision],
    moment: _Moment,
    *,
    whole: Review,
    made: Iterable[tuple[Heard, Evidence]],
) -> Situation | None:
    """Return what holds as if nobody but officials had said a word; None where nobody else did.

    A decision about other words would look for them among those that are left, so only those
    that rest on officials' words are applied. Evidence that was made already is not made again.
    """
    heard = official_part(gathered)
    if len(heard) == len(gathered):
        return None
    known = {item.claim.id for item in heard}
    ours = {one.id for one in whole.decided if known.issuperset(one.claims)}
    review = reviewed(
        trace_origins(heard), (one for one in given if one.id in ours), tree=moment.tree
    )
    before = {item.claim.id: (item, evidence) for item, evidence in made}
    evidence = tuple(
        old[1] if (old := before[item.claim.id])[0] is item else evidence_of(item)
        for item in review.heard
    )
    return _situation(review.heard, moment, evidence=evidence)


def _situation(
    heard: Sequence[Heard],
    moment: _Moment,
    *,
    evidence: tuple[Evidence, ...],
    incidents: tuple[Incident, ...] = (),
) -> Situation:
    """Return what holds after some statements."""
    valid_at, registry, tree = moment.valid_at, moment.registry, moment.tree
    questions = questions_of(heard, valid_at=valid_at, tree=tree)
    feeds = alarm_feeds(heard, moment.asked, registry=registry)
    steps = steps_by_place(heard, tree=tree)
    codes = {place for item in heard for place in item.places}
    taken_out = {code for item in heard if item.is_counted for code in item.excluded}
    codes |= {feed.home for feed in feeds} | taken_out
    codes |= {code for question in questions for code in question.candidates}
    told = PlacePhases(steps, feeds, valid_at, tree)
    pages = PlacePages(heard, incidents, questions)
    return Situation(
        valid_at=valid_at.astimezone(UTC),
        known_at=moment.known_at.astimezone(UTC),
        places=tuple(
            pages.place(code, told.dimensions(code, is_taken_out=code in taken_out))
            for code in sorted(codes)
        ),
        incidents=incidents,
        questions=questions,
        evidence=evidence,
        sources=source_health(moment.asked),
        moves=tuple(
            moved
            for code in sorted(codes)
            for moved in told.moves(code, is_taken_out=code in taken_out)
        ),
        speakers=speakers_of(heard),
        titles=titles_of(
            (
                *(item.version.post.source for item in heard),
                *(poll.source for poll in moment.asked),
            ),
            registry=registry,
        ),
        replaced=tuple(evidence_of(old) for item in heard for old in item.replaced),
    )


def state_of(situation: Situation, place: str, gazetteer: Units) -> PlaceState:
    """Return the state of any place, with what wider units lend it.

    A wider unit's phase covers its parts where the table says that it can, unless something
    is said of the part or the words take it out. A supply that is out in some of its parts is
    partly out, with the share of the parts. What nobody said anything about stands at its default, which is
    never normal, none or over. What is not known of the community or the raion is not known
    of its parts; the questions say which place they are about.
    """
    rules = dimension_rules().dimensions
    tree = Tree(gazetteer)
    by_code = {state.place: state for state in situation.places}
    own = by_code.get(place) or PlaceState(
        place=place,
        dimensions=tuple(
            DimensionState(dimension=name, phase=row.default) for name, row in rules.items()
        ),
    )
    wider = [by_code[code] for code in tree.wider(place) if code in by_code]
    parts = tree.parts(place)
    inside = below(parts[1] if parts else (), situation.places, tree=tree)
    asked = [code for state in wider if tree.is_local(state.place) for code in state.questions]
    return msgspec.structs.replace(
        own,
        dimensions=tuple(
            rolled_up(
                inherited(state, place, wider, tree=tree, evidence=situation.evidence),
                parts,
                inside,
            )
            for state in own.dimensions
        ),
        questions=tuple(dict.fromkeys((*own.questions, *asked))),
    )


class PlacePhases:
    """What was said of every place, and where each stands after it."""

    def __init__(
        self, steps: _Steps, feeds: Sequence[Feed], valid_at: datetime, tree: Tree
    ) -> None:
        self._steps, self._feeds, self._valid_at, self._tree = steps, feeds, valid_at, tree

    def dimensions(self, place: str, *, is_taken_out: bool) -> tuple[DimensionState, ...]:
        """Return where a place stands in every dimension."""
        states = []
        for name in dimension_rules().dimensions:
            found = along(
                place, name, steps=self._steps, tree=self._tree, is_taken_out=is_taken_out
            )
            state = stand(name, found, valid_at=self._valid_at, place=place)
            if name == "alert":
                state = with_feeds(
                    state, self._feeds, place=place, valid_at=self._valid_at, tree=self._tree
                )
            states.append(state)
        return tuple(states)

    def moves(self, place: str, *, is_taken_out: bool) -> tuple[Moved, ...]:
        """Return how a place came to stand where it stands."""
        return tuple(
            moved
            for name in dimension_rules().dimensions
            for moved in trail(
                name,
                along(place, name, steps=self._steps, tree=self._tree, is_taken_out=is_taken_out),
                place=place,
            )
        )


class PlacePages:
    """What else belongs to each place: figures, incidents, questions, advice, the timeline."""

    def __init__(
        self, heard: Sequence[Heard], incidents: Sequence[Incident], questions: Sequence[Question]
    ) -> None:
        self._heard: dict[str, list[Heard]] = {}
        for item in heard:
            for code in (*item.places, *(item.candidates if not item.places else ())):
                self._heard.setdefault(code, []).append(item)
        self._incidents: dict[str, list[Incident]] = {}
        for incident in incidents:
            self._incidents.setdefault(incident.place, []).append(incident)
        self._questions: dict[str, list[str]] = {}
        for question in questions:
            places = (question.place,) if question.place else question.candidates
            for code in places:
                self._questions.setdefault(code, []).append(question.id)

    def place(self, code: str, dimensions: tuple[DimensionState, ...]) -> PlaceState:
        """Return all that holds at one place."""
        heard = self._heard.get(code, [])
        incidents = self._incidents.get(code, [])
        return PlaceState(
            place=code,
            dimensions=dimensions,
            figures=self._figures(incidents),
            incidents=tuple(incident.id for incident in incidents),
            questions=tuple(self._questions.get(code, ())),
            advice=_ids(
                item for item in heard if item.is_counted and item.claim.kind is Kind.ADVICE
            ),
            timeline=_ids(heard),
        )

    @staticmethod
    def _figures(incidents: Sequence[Incident]) -> tuple[Figure, ...]:
        """Return the figures of the last incident that has any: those of two are never mixed."""
        for incident in reversed(incidents):
            if incident.figures:
                return incident.figures
        return ()


def _ids(heard: Iterable[Heard]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.claim.id for item in heard))
