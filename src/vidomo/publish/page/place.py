"""The page of one place: what holds, what to do, what is not known, who said what."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import msgspec
from markupsafe import Markup

from vidomo.disclosure.model import (
    DimensionView,
    FigureView,
    IncidentView,
    NoteView,
    PlaceView,
    PublicView,
    QuestionView,
    Said,
)
from vidomo.publish.atlas import Atlas, place_kind, place_where
from vidomo.publish.figures import figure_text
from vidomo.publish.page.entries import Entry, changes, entries, fitting
from vidomo.publish.page.frame import Frame, render
from vidomo.publish.page.rows import rows
from vidomo.publish.page.urgency import Tone, tone_of, with_news

QUOTED = 3800
"""Characters of quotations before "show all": what fits the byte budget of the page."""
UNSOURCED = 1500
"""The same for texts without a source."""
ADVICE_STALE = timedelta(hours=12)
"""Age from which advice is marked as out of date: that of a supply state (CLAIMS.md section 8)."""
INSIDE = 12
"""Places within a wider one before "show all"."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One dimension about which something was said."""

    dimension: DimensionView
    tone: Tone
    name: str
    phase: str
    speakers: tuple[str, ...]
    where: str
    claim: str
    notes: tuple["NoteLine", ...] = ()


class NoteLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something said beside a phase: a sentence, and the exact words unless it says it all."""

    text: str
    said: Said
    is_quoted: bool


class FigureLine(msgspec.Struct, frozen=True, kw_only=True):
    """One figure in words, with who says so."""

    topic: str
    text: str
    status: str
    speakers: tuple[str, ...]
    inferred: bool
    claim: str


class _Desk:
    """Everything that the parts of one place page share."""

    def __init__(self, view: PublicView, frame: Frame, atlas: Atlas) -> None:
        self.view, self.frame, self.atlas = view, frame, atlas
        self.words = frame.words
        self.said = {item.claim: item for item in view.said}

    def speakers(self, claims: Iterable[str]) -> tuple[str, ...]:
        """Return who is behind some claims, newest first."""
        found = (self.said[claim] for claim in claims if claim in self.said)
        return tuple(dict.fromkeys(item.speaker or item.source for item in found))

    def card(self, dimension: DimensionView) -> Card:
        name = f"{dimension.dimension}.{dimension.phase}"
        where = ""
        if dimension.inherited_from:
            unit = self.atlas.label(dimension.inherited_from, lang=self.frame.lang)
            where = self.words("place.inherited", place=unit)
        elif (share := dimension.share) is not None:
            level = self.words.label("share_level", share.level)
            where = self.words("place.share", parts=share.parts, of=share.of, level=level)
        return Card(
            dimension=dimension,
            tone=tone_of(dimension),
            name=self.words.label("dimension", dimension.dimension),
            phase=self.words.label("phase", name),
            speakers=self.speakers(dimension.said),
            where=where,
            claim=next(iter(dimension.said), ""),
            notes=tuple(self.note(note) for note in dimension.notes if note.said in self.said),
        )

    def note(self, note: NoteView) -> NoteLine:
        item = self.said[note.said]
        if note.code.startswith("all_clear"):
            speaker = item.speaker or item.source
            text = self.words(f"note.{note.code}", speaker=speaker, when=self._clock(item))
            return NoteLine(text=text, said=item, is_quoted=False)
        return NoteLine(
            text=self.words.label("note", note.code),
            said=item,
            is_quoted=note.code != "order_inferred",
        )

    def figure(self, figure: FigureView) -> FigureLine:
        return FigureLine(
            topic=self.words.label("topic", figure.topic),
            text=figure_text(figure, words=self.words),
            status=figure.status,
            speakers=figure.speakers,
            inferred=figure.order_inferred,
            claim=next(iter(figure.said), ""),
        )

    def incident(self, incident: IncidentView) -> dict[str, Any]:
        lines = [self.figure(item) for item in sorted(incident.figures, key=_figure_order)]
        return {
            "title": self.words.part("place.incident", incident.family),
            "place": self.atlas.label(incident.place, lang=self.frame.lang),
            "code": incident.place,
            "span": self.frame.span(incident.earliest, incident.latest),
            "times": [
                {
                    "span": self.frame.span(time.earliest, time.latest),
                    "surface": time.surface,
                    "lang": self._lang(time.said),
                    "speakers": time.speakers or self.speakers(time.said),
                    "disputed": time.disputed,
                    "claim": next(iter(time.said), ""),
                }
                for time in incident.times
            ],
            "figures": lines,
            "inferred": any(line.inferred for line in lines),
            "means": [self.words.label("means", code) for code in incident.means],
            "means_by": self._means_speakers(incident),
        }

    def question(self, question: QuestionView) -> dict[str, Any]:
        answers = [self.said[claim] for claim in question.answered_by if claim in self.said]
        said = [self.said[claim] for claim in question.said if claim in self.said]
        asked_at = question.asked_at
        return {
            "title": self.words.label("question", question.subject),
            "topic": self.words.label("topic", question.topic),
            "status": self.words.label("question_status", question.status),
            "status_said": self.words.label("unknown_status", question.status_said)
            if question.status_said
            else "",
            "unsourced": question.unsourced,
            "asked_by": question.asked_by or self.speakers(question.said),
            "asked_at": self.frame.moment(asked_at) if asked_at else "",
            "claim": said[0].claim if said else "",
            "answer": answers[0] if answers else None,
            "answer_by": self.speakers(question.answered_by),
            "candidates": [
                (code, self.atlas.label(code, lang=self.frame.lang, full=True))
                for code in question.candidates
            ],
        }

    def advice(self, claims: Iterable[str]) -> list[dict[str, Any]]:
        found: dict[str, list[Said]] = {}
        for claim in claims:
            if (item := self.said.get(claim)) is not None and item.standing != "unsourced":
                found.setdefault(item.quote, []).append(item)
        return [
            {
                "labels": tuple(
                    dict.fromkeys(self.words.label("topic", item.topic) for item in items)
                ),
                "said": items[0],
                "when": self._when(items[0]),
                "stale": self._is_old(items[0]),
            }
            for items in sorted(found.values(), key=lambda items: _advice_order(items[0]))
        ]

    def _is_old(self, item: Said) -> bool:
        return item.said_at is None or self.view.valid_at - item.said_at > ADVICE_STALE

    def _when(self, item: Said) -> Markup | str:
        if item.said_at is None:
            return self.words("when.undated")
        return self.frame.span(item.said_at, item.said_until or item.said_at)

    def _clock(self, item: Said) -> str:
        when = self._when(item)
        return when.striptags() if isinstance(when, Markup) else when

    def _lang(self, claims: Iterable[str]) -> str:
        return next((self.said[claim].lang for claim in claims if claim in self.said), "und")

    def _means_speakers(self, incident: IncidentView) -> tuple[str, ...]:
        cause = [
            claim
            for claim in incident.said
            if claim in self.said
            and self.said[claim].topic in {"cause.munition", "event.strike", "event.explosion"}
        ]
        return self.speakers(cause or incident.said)


def render_place(
    view: PublicView, code: str, *, frame: Frame, atlas: Atlas, is_whole: bool = False
) -> str:
    """Return the page of a place as HTML.

    Args:
        view: What passed the gate; it must hold the place.
        code: The place.
        frame: How the page was asked for.
        atlas: Names of places.
        is_whole: Whether to show every quotation, however long the page gets.

    Raises:
        KeyError: The view does not hold the place.
    """
    place, unit = view.place(code), atlas.get(code)
    if place is None or unit is None:
        raise KeyError(code)
    desk = _Desk(view, frame, atlas)
    alert = place.dimensions[0]
    others = place.dimensions[1:]
    incidents = [item for item in view.incidents if item.id in set(place.incidents)]
    incidents.sort(key=lambda item: (item.latest, item.id), reverse=True)
    questions = [item for item in view.questions if item.id in set(place.questions)]
    official, unsourced = _told(place, incidents, questions, desk)
    shown = official if is_whole else fitting(official, characters=QUOTED)
    shown_unsourced = unsourced if is_whole else fitting(unsourced, characters=UNSOURCED)
    inside = rows(_inside(view, code, atlas), view=view, frame=frame, atlas=atlas)
    return render(
        "place.html.j2",
        frame=frame,
        code=code,
        name=atlas.label(code, lang=frame.lang),
        kind=frame.words.label("level", place_kind(unit)),
        former=unit.former,
        around=place_where(code, atlas=atlas, lang=frame.lang),
        alert=desk.card(alert),
        cards=[desk.card(_apart(item, alert)) for item in others if item.is_said],
        unsaid=[
            frame.words.label("dimension", item.dimension) for item in others if not item.is_said
        ],
        harm=[
            desk.figure(item)
            for item in sorted(_figures(place, incidents), key=_figure_order)
            if item.topic.startswith("harm.") and item.status == "current"
        ],
        incidents=[desk.incident(item) for item in incidents],
        advice=desk.advice(place.advice),
        open_questions=[desk.question(item) for item in questions if item.status != "answered"],
        answered=[desk.question(item) for item in questions if item.status == "answered"],
        entries=shown,
        entry_count=len(official),
        unsourced=shown_unsourced,
        unsourced_count=len(unsourced),
        inside=inside if is_whole else inside[:INSIDE],
        inside_count=len(inside),
        sources=_sources((*official, *unsourced), view=view),
    )


def _advice_order(item: Said) -> int:
    """Return the place of advice in a list: what keeps people alive comes first."""
    topics = ("advice.shelter", "advice.avoid", "advice.stock_water", "advice.save_power")
    return topics.index(item.topic) if item.topic in topics else len(topics)


def _figure_order(figure: FigureView) -> tuple[int, str, int]:
    """Return the sorting key of a figure: people first, the latest before the earlier."""
    topics = ("harm.killed", "harm.injured", "harm.missing", "harm.casualties", "harm.rescued")
    first = topics.index(figure.topic) if figure.topic in topics else len(topics)
    statuses = ("current", "earlier", "differs", "unsourced")
    status = statuses.index(figure.status) if figure.status in statuses else len(statuses)
    return first, figure.topic, status


def _sources(told: Iterable[Entry], *, view: PublicView) -> list[dict[str, Any]]:
    """Return who is behind the page, with how each is doing; the last to speak comes first."""
    health = {item.source: item for item in view.sources}
    last: dict[str, Markup | str] = {}
    for entry in sorted(told, key=lambda entry: entry.order, reverse=True):
        last.setdefault(entry.source, entry.when)
    return [
        {"name": name, "spoke": when, "health": health.get(name)} for name, when in last.items()
    ]


def _figures(place: PlaceView, incidents: list[IncidentView]) -> tuple[FigureView, ...]:
    found = place.figures or tuple(figure for item in incidents for figure in item.figures)
    return tuple(dict.fromkeys(found))


def _apart(dimension: DimensionView, alert: DimensionView) -> DimensionView:
    """Return a dimension without the notes that stand beside the alert already."""
    told = set(alert.notes)
    notes = tuple(note for note in dimension.notes if note not in told)
    return msgspec.structs.replace(dimension, notes=notes)


def _inside(view: PublicView, code: str, atlas: Atlas) -> list[PlaceView]:
    return [
        place
        for place in with_news(view)
        if place.place != code and atlas.within(place.place, code)
    ]


def _told(
    place: PlaceView,
    incidents: list[IncidentView],
    questions: list[QuestionView],
    desk: _Desk,
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the timeline, and the texts without a source, each newest first."""
    claims = [*place.timeline, *place.advice]
    claims += [claim for item in place.dimensions for claim in item.said]
    claims += [claim for item in incidents for claim in (*item.said, *item.unsourced)]
    claims += [claim for item in questions for claim in (*item.said, *item.answered_by)]
    told = entries(claims, view=desk.view, frame=desk.frame)
    changed = changes(
        (item for item in desk.view.changes if place.place in item.places), frame=desk.frame
    )
    official = [entry for entry in told if entry.standing != "unsourced"]
    timeline = sorted((*official, *changed), key=lambda entry: entry.order, reverse=True)
    return tuple(timeline), tuple(entry for entry in told if entry.standing == "unsourced")
