"""The situation: a pure fold of everything known, the same in whatever order it came."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from vidomo.claims.model import Kind
from vidomo.situation.alarm import Feed, alarm_feeds, with_feeds
from vidomo.situation.health import source_health
from vidomo.situation.hierarchy import Tree, Units
from vidomo.situation.incidents import incidents_of
from vidomo.situation.model import DimensionState, Figure, Incident, PlaceState, Question, Situation
from vidomo.situation.moves import Step, along, stand, steps_by_place
from vidomo.situation.questions import questions_of
from vidomo.situation.rules import dimension_rules
from vidomo.situation.testimony import Heard, Known, evidence_of, gather
from vidomo.sources.model import Poll
from vidomo.sources.registry import Registry

__all__ = ["Known", "fold", "state_of"]

_Steps = dict[str, dict[str, tuple[Step, ...]]]


def fold(
    known: Iterable[Known],
    *,
    polls: Iterable[Poll] = (),
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
    heard = gather(known, valid_at=valid_at, registry=registry, tree=tree)
    incidents = incidents_of(heard, tree=tree)
    questions = questions_of(heard, valid_at=valid_at, tree=tree)
    feeds = alarm_feeds(heard, asked, registry=registry)
    steps = steps_by_place(heard, tree=tree)
    codes = {place for item in heard for place in item.places}
    codes |= {feed.home for feed in feeds}
    codes |= {code for question in questions for code in question.candidates}
    pages = _Pages(heard, incidents, questions)
    return Situation(
        valid_at=valid_at.astimezone(UTC),
        known_at=known_at.astimezone(UTC),
        places=tuple(
            pages.place(code, _dimensions(code, steps, feeds, valid_at=valid_at, tree=tree))
            for code in sorted(codes)
        ),
        incidents=incidents,
        questions=questions,
        evidence=tuple(evidence_of(item) for item in heard),
        sources=source_health(asked),
    )


def state_of(situation: Situation, place: str, gazetteer: Units) -> PlaceState:
    """Return the state of any place, with what wider units lend it.

    A wider unit's phase covers its parts where the table says that it can, unless something
    is said of the part. What nobody said anything about stands at its default, which is
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
    asked = [code for state in wider if tree.is_local(state.place) for code in state.questions]
    return msgspec.structs.replace(
        own,
        dimensions=tuple(_inherit(state, wider) for state in own.dimensions),
        questions=tuple(dict.fromkeys((*own.questions, *asked))),
    )


def _inherit(own: DimensionState, wider: Sequence[PlaceState]) -> DimensionState:
    row = dimension_rules().dimensions[own.dimension]
    if own.phase != row.default:
        return own
    for place in wider:
        state = next(one for one in place.dimensions if one.dimension == own.dimension)
        if state.phase in row.inherits:
            lender = state.inherited_from or place.place
            return msgspec.structs.replace(
                state,
                inherited_from=lender,
                note="; ".join(line for line in (own.note, state.note) if line),
                notes=(*own.notes, *state.notes),
                evidence=(*own.evidence, *state.evidence),
            )
        if state.phase != row.default:
            return own
    return own


def _dimensions(
    place: str, steps: _Steps, feeds: Sequence[Feed], *, valid_at: datetime, tree: Tree
) -> tuple[DimensionState, ...]:
    states = []
    for name in dimension_rules().dimensions:
        found = along(place, name, steps=steps, tree=tree)
        state = stand(name, found, valid_at=valid_at, place=place)
        if name == "alert":
            state = with_feeds(state, feeds, place=place, valid_at=valid_at, tree=tree)
        states.append(state)
    return tuple(states)


class _Pages:
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
