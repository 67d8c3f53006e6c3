"""How a page tells phases, figures and advice: each with its words, its speaker and its time."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import msgspec
from markupsafe import Markup

from vidomo.disclosure.model import DimensionView, FigureView, MoveView, NoteView, PublicView, Said
from vidomo.publish.atlas import Atlas
from vidomo.publish.figures import figure_text
from vidomo.publish.page.frame import Frame
from vidomo.publish.page.urgency import Tone, tone_of

ADVICE_STALE = timedelta(hours=12)
"""Age from which advice is marked as out of date: that of a supply state (CLAIMS.md section 8)."""
STEPS = 4
"""Steps of the way of a dimension on its card; the rest is in the timeline."""


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
    moves: tuple["MoveLine", ...] = ()


class MoveLine(msgspec.Struct, frozen=True, kw_only=True):
    """One step on the way to a phase, with who made it and when."""

    phase: str
    topic: str
    speakers: tuple[str, ...]
    when: Markup | str
    claim: str


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


class Telling:
    """How one page tells what its view holds: in its language, with names and times."""

    def __init__(self, view: PublicView, frame: Frame, atlas: Atlas) -> None:
        self.view, self.frame, self.atlas = view, frame, atlas
        self.words = frame.words
        self.said = {item.claim: item for item in view.said}

    def speakers(self, claims: Iterable[str]) -> tuple[str, ...]:
        """Return who is behind some claims, newest first."""
        found = (self.said[claim] for claim in claims if claim in self.said)
        return tuple(dict.fromkeys(item.speaker or item.source for item in found))

    def card(self, dimension: DimensionView) -> Card:
        """Return one dimension with who says so, since when, and what stands beside it."""
        name = f"{dimension.dimension}.{dimension.phase}"
        where = ""
        if dimension.inherited_from:
            unit = self.atlas.label(dimension.inherited_from, lang=self.frame.lang)
            key = "place.inherited" if dimension.is_named else "place.inherited_only"
            where = self.words(key, place=unit)
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
            moves=self.moves(dimension),
        )

    def moves(self, dimension: DimensionView) -> tuple[MoveLine, ...]:
        """Return the last steps to where a place stands, newest first."""
        steps = dimension.moves
        phases = ["", *(step.phase for step in steps), ""]
        return tuple(
            self._move(
                dimension.dimension, step, is_same=step.phase in (phases[at], phases[at + 2])
            )
            for at, step in enumerate(steps[:STEPS])
        )

    def _move(self, dimension: str, move: MoveView, *, is_same: bool) -> MoveLine:
        """Return one step; what it says besides the phase only beside a step to the same phase."""
        item, when = self.said[move.said], self.words("when.undated")
        return MoveLine(
            phase=self.words.label("phase", f"{dimension}.{move.phase}"),
            topic=self.words.label("topic", item.topic) if is_same else "",
            speakers=(item.speaker or item.source,),
            when=self.frame.span(move.at, move.until or move.at) if move.at else when,
            claim=move.said,
        )

    def note(self, note: NoteView) -> NoteLine:
        """Return a note: a sentence, and the exact words unless it says it all."""
        item = self.said[note.said]
        if note.code.startswith("all_clear"):
            speaker = self.frame.named([item.speaker or item.source]).striptags()
            text = self.words(f"note.{note.code}", speaker=speaker, when=self._clock(item))
            return NoteLine(text=text, said=item, is_quoted=False)
        return NoteLine(
            text=self.words.label("note", note.code),
            said=item,
            is_quoted=note.code != "order_inferred",
        )

    def figure(self, figure: FigureView) -> FigureLine:
        """Return a figure in words."""
        return FigureLine(
            topic=self.words.label("topic", figure.topic),
            text=figure_text(figure, words=self.words),
            status=figure.status,
            speakers=figure.speakers,
            inferred=figure.order_inferred,
            claim=next(iter(figure.said), ""),
        )

    def advice(self, claims: Iterable[str]) -> list[dict[str, Any]]:
        """Return advice in the words of whoever gives it, what keeps people alive first."""
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
                "when": self.when(items[0]),
                "stale": self._is_old(items[0]),
            }
            for items in sorted(found.values(), key=lambda items: _advice_order(items[0]))
        ]

    def _is_old(self, item: Said) -> bool:
        return item.said_at is None or self.view.valid_at - item.said_at > ADVICE_STALE

    def when(self, item: Said) -> Markup | str:
        """Return when something was published, for people."""
        if item.said_at is None:
            return self.words("when.undated")
        return self.frame.span(item.said_at, item.said_until or item.said_at)

    def _clock(self, item: Said) -> str:
        when = self.when(item)
        return when.striptags() if isinstance(when, Markup) else when

    def lang_of(self, claims: Iterable[str]) -> str:
        """Return the language of the first of some claims."""
        return next((self.said[claim].lang for claim in claims if claim in self.said), "und")


def _advice_order(item: Said) -> int:
    """Return the place of advice in a list: what keeps people alive comes first."""
    topics = ("advice.shelter", "advice.avoid", "advice.stock_water", "advice.save_power")
    return topics.index(item.topic) if item.topic in topics else len(topics)


def figure_order(figure: FigureView) -> tuple[int, str, int]:
    """Return the sorting key of a figure: people first, the latest before the earlier."""
    topics = ("harm.killed", "harm.injured", "harm.missing", "harm.casualties", "harm.rescued")
    first = topics.index(figure.topic) if figure.topic in topics else len(topics)
    statuses = ("current", "earlier", "differs", "unsourced")
    status = statuses.index(figure.status) if figure.status in statuses else len(statuses)
    return first, figure.topic, status
