"""What residents may see of one place under a public policy."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property

import msgspec

from vidomo.core.ids import content_id
from vidomo.disclosure.model import (
    DIMENSIONS,
    ChangeView,
    NameView,
    PlaceView,
    PublicView,
    QuestionView,
    Said,
    SourceView,
    StepView,
    TitleView,
    Withheld,
)
from vidomo.disclosure.phase import Phases
from vidomo.disclosure.said import said_of
from vidomo.disclosure.sieve import Sieve
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level
from vidomo.situation.model import Evidence, PlaceState, Question, Situation, Standing

_NOT_OFFICIAL = ("text:", "source:", "forward:")
"""Beginnings of the origins of speakers who are no body of the registry."""


class PublicPassage:
    """One situation on its way to residents.

    Args:
        situation: What holds.
        sieve: What becomes of each of its statements.
        gazetteer: Units of all places.
    """

    def __init__(self, situation: Situation, sieve: Sieve, gazetteer: Gazetteer) -> None:
        self._situation, self._sieve, self._gazetteer = situation, sieve, gazetteer
        self._phases = Phases(situation, sieve, gazetteer)

    @property
    def sieve(self) -> Sieve:
        """What becomes of each statement."""
        return self._sieve

    def view(self, code: str | None) -> PublicView:
        """Return what may be shown of one place; without a place only the moment it is about."""
        situation = self._situation
        view = PublicView(
            policy=self._sieve.policy.id,
            valid_at=situation.valid_at,
            known_at=situation.known_at,
            is_public=True,
        )
        if code is None:
            return view
        place, questions = self.place(code)
        said = tuple(self._said(item) for item in self._needed(place, questions))
        sources = {item.source for item in said}
        speakers = {item.speaker for item in said}
        around = {code, *self._gazetteer.ancestors(code)[:-1]}
        titles = tuple(
            TitleView(source=one.source, title=one.title, en=one.en, place=one.place, home=one.home)
            for one in situation.titles
            if one.source in sources or one.home in around
        )
        registered = {one.source for one in titles}
        return msgspec.structs.replace(
            view,
            places=(place,),
            questions=questions,
            said=said,
            sources=tuple(
                # What was seen when a source was asked is for those who keep it running.
                SourceView(
                    source=one.source, answered_at=one.answered_at, silent_since=one.silent_since
                )
                for one in situation.sources
                if one.source in sources | registered
            ),
            changes=self._changes(code),
            names=tuple(
                NameView(speaker=one.speaker, en=one.en, place=one.place)
                for one in situation.speakers
                if one.speaker in speakers
            ),
            titles=titles,
        )

    def told(self) -> tuple[str, ...]:
        """Return the codes of the places of which anything is told."""
        sieve = self._sieve
        found = {code for item in sieve.open.values() for code in sieve.verdict(item).places}
        found |= {
            sieve.grain.told_at(code)
            for item in sieve.changed
            if _is_change(item)
            for code in sieve.spoken(item)
        }
        return tuple(sorted(found))

    def place(self, code: str) -> tuple[PlaceView, tuple[QuestionView, ...]]:
        """Return one place and the questions that are open there."""
        states = (one for one in self._situation.places if one.place == code)
        state = next(states, PlaceState(place=code, dimensions=()))
        questions = tuple(
            dict.fromkeys(
                asked
                for question in self._situation.questions
                if (asked := self._question(question, code)) is not None
            )
        )
        timeline = self._timeline(code, state)
        view = PlaceView(
            place=code,
            dimensions=tuple(self._phases.dimension(code, name) for name in DIMENSIONS),
            questions=tuple(question.id for question in questions),
            advice=tuple(claim for claim in state.advice if claim in timeline),
            timeline=timeline,
            struck_inside=self._struck_inside(code),
        )
        return view, questions

    def _struck_inside(self, code: str) -> tuple[str, ...]:
        """Return the places in a community or a raion whose own pages tell of an attack."""
        unit = self._gazetteer.get(code)
        if unit is None or unit.level not in (Level.HROMADA, Level.RAION):
            return ()
        return tuple(
            place
            for place in self._struck
            if place != code and code in self._gazetteer.ancestors(place)
        )

    @cached_property
    def _struck(self) -> tuple[str, ...]:
        """Every place whose own page tells of an attack on it."""
        spoken = {
            place
            for item in self._sieve.open.values()
            if item.topic.startswith("event.")
            for place in self._sieve.verdict(item).places
        }
        rows = {place: self._phases.dimension(place, "attack") for place in sorted(spoken)}
        return tuple(
            place
            for place, row in rows.items()
            if row.phase == "reported" and row.inherited_from is None and not row.is_withheld
        )

    def withheld(self, codes: Iterable[str]) -> tuple[Withheld, ...]:
        """Return what is withheld at some places, by which rule and until when; never words."""
        wanted, found = set(codes), []
        for item in self._sieve.evidence:
            verdict = self._sieve.verdict(item)
            places = {item.place, *verdict.places, *self._sieve.spoken(item)}
            if wanted.isdisjoint(places):
                continue
            for rule, until, is_quote in (
                (verdict.rule, verdict.until, False),
                ("" if verdict.rule else verdict.words, verdict.words_until, True),
            ):
                if rule:
                    found.append(
                        Withheld(
                            what=f"{'words of ' if is_quote else ''}claim {item.claim}",
                            rule=rule,
                            until=until,
                            place=item.place,
                            topic=item.topic,
                            said_at=item.said_at,
                            source=item.source,
                            is_quote=is_quote,
                        )
                    )
        return tuple(dict.fromkeys((*found, *self._products(wanted))))

    def _products(self, codes: set[str]) -> Iterable[Withheld]:
        """Yield what is made of statements and stays on the desk, or out of lists for a day."""
        policy = self._sieve.policy
        compared = policy.rule("product", "power")
        for item in self._sieve.open.values():
            if compared and compared.is_about(item.topic) and item.place in codes:
                until = compared.until(item.said_until or item.said_at)
                if until is not None and until > self._sieve.now:
                    yield Withheld(
                        what=f"comparison of claim {item.claim}",
                        rule=compared.id,
                        until=until,
                        place=item.place,
                        topic=item.topic,
                        said_at=item.said_at,
                        source=item.source,
                    )
        figure, incident = policy.rule("product", "figure"), policy.rule("product", "incident")
        for one in self._situation.incidents:
            if one.place not in codes:
                continue
            if incident:
                yield Withheld(what=f"incident {one.id}", rule=incident.id, place=one.place)
            for number in (*one.figures, *one.parts):
                if figure:
                    what = f"figure {one.id} {number.topic}"
                    yield Withheld(what=what, rule=figure.id, place=one.place, topic=number.topic)

    def _timeline(self, code: str, state: PlaceState) -> tuple[str, ...]:
        """Return the statements that are told at this place, in the order they were made."""
        own = [claim for claim in state.timeline if code in self._sieve.places(claim)]
        both = {*own, *self._sieve.coarsened_to(code)}
        if len(both) == len(own):
            return tuple(own)
        return tuple(dict.fromkeys(one.claim for one in self._sieve.evidence if one.claim in both))

    def _needed(self, place: PlaceView, questions: Sequence[QuestionView]) -> tuple[Evidence, ...]:
        claims = {*place.timeline, *place.advice}
        claims |= {claim for row in place.dimensions for claim in row.said}
        claims |= {note.said for row in place.dimensions for note in row.notes}
        claims |= {claim for one in questions for claim in (*one.said, *one.answered_by)}
        return tuple(item for claim, item in self._sieve.open.items() if claim in claims)

    def _said(self, item: Evidence) -> Said:
        verdict = self._sieve.verdict(item)
        place = verdict.places[0] if item.place and verdict.places else None
        words = "" if verdict.words else item.quote
        return said_of(item, place=place, quote=words, withheld_by=verdict.words)

    def _question(self, question: Question, code: str) -> QuestionView | None:
        """Return a question as far as officials ask and answer it, told at its coarse place."""
        told = self._sieve.grain.told_of(question.place, question.topic) if question.place else None
        if told is None or told not in self._phases.local(code):
            return None
        said = self._open(question.evidence)
        if not said:
            return None
        moments = [item.said_at for claim in said if (item := self._sieve.open[claim]).said_at]
        answers = self._open(question.answered_by)
        is_answered = question.status == "answered" and bool(answers)
        status = question.status if question.status != "answered" or is_answered else "open"
        return QuestionView(
            # The id of the fold is a digest of the place too, and could be guessed back.
            id=content_id("qst", said[0], question.subject),
            subject=question.subject,
            topic=question.topic,
            place=told,
            status=status,
            status_said=question.status_said,
            asked_at=min(moments, default=None),
            last_asked_at=max(moments, default=None),
            asked_by=self._speakers(said),
            answered_at=self._first(answers) if is_answered else None,
            answered_by=answers if is_answered else (),
            said=said,
            steps=tuple(
                StepView(what=step.what, at=step.at, said=step.claim)
                for step in question.steps
                if step.claim in self._sieve.open and not step.unsourced
            ),
        )

    def _changes(self, code: str) -> tuple[ChangeView, ...]:
        """Return the officials' posts about a place that were changed or taken away."""
        reports: dict[str, list[Evidence]] = {}
        for item in self._sieve.changed:
            if _is_change(item):
                places = {self._sieve.grain.told_at(one) for one in self._sieve.spoken(item)}
                if self._sieve.grain.told_at(code) in places:
                    reports.setdefault(item.report, []).append(item)
        changes = [
            ChangeView(
                report=report,
                source=items[0].source,
                url="",  # copies of what was taken back are found by its address
                how="deleted" if any(item.reason == "deleted" for item in items) else "edited",
                changed_at=max(filter(None, (item.withdrawn_at for item in items)), default=None),
                places=(code,),
            )
            for report, items in sorted(reports.items())
        ]
        return tuple(sorted(changes, key=_changed, reverse=True))

    def _first(self, claims: Iterable[str]) -> datetime | None:
        found = (self._sieve.open[claim].said_at for claim in claims)
        return min(filter(None, found), default=None)

    def _open(self, claims: Iterable[str]) -> tuple[str, ...]:
        return tuple(claim for claim in claims if claim in self._sieve.open)

    def _speakers(self, claims: Iterable[str]) -> tuple[str, ...]:
        found = (self._sieve.open[claim].speaker for claim in claims)
        return tuple(dict.fromkeys(speaker for speaker in found if speaker))


def _is_change(item: Evidence) -> bool:
    """Whether an official's words were taken back at their source, not by a person here."""
    is_away = item.standing is Standing.WITHDRAWN and item.reason != "overruled"
    return is_away and not item.origin.startswith(_NOT_OFFICIAL)


def _changed(change: ChangeView) -> str:
    return change.changed_at.isoformat() if change.changed_at else ""
