"""Answers for machines, made of public views and of nothing else."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec

from vidomo.core.time import format_instant
from vidomo.disclosure.country import CountryView, UnitView
from vidomo.disclosure.model import (
    ChangeView,
    DimensionView,
    PlaceView,
    PublicView,
    QuestionView,
    Said,
)
from vidomo.publish.api.model import (
    About,
    Advice,
    AdviceAnswer,
    Change,
    ChangesAnswer,
    CountryAnswer,
    Dimension,
    Hit,
    Note,
    Place,
    PlaceAnswer,
    PlacesAnswer,
    Question,
    QuestionsAnswer,
    Row,
    Source,
    SourcesAnswer,
    StateAnswer,
    Statement,
    TimelineAnswer,
)
from vidomo.publish.api.paging import Key, page_of
from vidomo.publish.atlas import Atlas, place_where
from vidomo.publish.page.frame import safe_link
from vidomo.publish.page.telling import ADVICE_STALE
from vidomo.publish.words import BY_CHOICE, LANGUAGES, Words, words_of

LANGS = (*LANGUAGES, *BY_CHOICE)
"""Languages of labels and names, the state language first."""


class Slice(msgspec.Struct, frozen=True, kw_only=True):
    """Which page of a list is asked for.

    Attributes:
        cursor: Where it begins; empty for the first page.
    """

    limit: int
    cursor: str = ""


class Writer:
    """Writes answers in one language.

    Args:
        lang: uk, en or ru.
        atlas: Names of places.
    """

    def __init__(self, lang: str, atlas: Atlas) -> None:
        self._lang, self._atlas = lang, atlas
        self._words: Words = words_of(lang)

    def state(self, view: PublicView, code: str, about: About) -> StateAnswer:
        """Return where a place stands, with the statements behind it."""
        place = _only(view)
        claims = {claim for row in place.dimensions for claim in row.said}
        claims |= {note.said for row in place.dimensions for note in row.notes}
        return StateAnswer(
            about=about,
            place=self.place(code),
            dimensions=tuple(self._dimension(row) for row in place.dimensions),
            struck_inside=tuple(self.place(one) for one in place.struck_inside),
            statements=self._statements(view, claims),
        )

    def timeline(
        self, view: PublicView, code: str, about: About, part: Slice
    ) -> tuple[TimelineAnswer, str]:
        """Return who said what of a place, newest first, and the cursor of the next page."""
        claims = set(_only(view).timeline)
        said = [item for item in view.said if item.claim in claims]
        rows, cursor = _paged(said, part)
        found = TimelineAnswer(
            about=about,
            place=self.place(code),
            statements=tuple(self._statement(item) for item in rows),
            next=None,
        )
        return found, cursor

    def advice(
        self, view: PublicView, code: str, about: About, part: Slice
    ) -> tuple[AdviceAnswer, str]:
        """Return advice for a place, newest first, and the cursor of the next page."""
        claims = set(_only(view).advice)
        rows, cursor = _paged([item for item in view.said if item.claim in claims], part)
        given = tuple(
            Advice(is_old=_is_old(item, view.valid_at), statement=self._statement(item))
            for item in rows
        )
        found = AdviceAnswer(about=about, place=self.place(code), advice=given, next=None)
        return found, cursor

    def questions(
        self, view: PublicView, code: str, about: About, part: Slice
    ) -> tuple[QuestionsAnswer, str]:
        """Return what is not known of a place, and the cursor of the next page."""
        asked = set(_only(view).questions)
        rows, cursor = page_of(
            [one for one in view.questions if one.id in asked],
            key=lambda one: (_stamp(one.last_asked_at), one.id),
            limit=part.limit,
            cursor=part.cursor,
            newest_first=True,
        )
        claims = {claim for one in rows for claim in (*one.said, *one.answered_by)}
        found = QuestionsAnswer(
            about=about,
            place=self.place(code),
            questions=tuple(self._question(one) for one in rows),
            statements=self._statements(view, claims),
            next=None,
        )
        return found, cursor

    def changes(
        self, view: PublicView, code: str, about: About, part: Slice
    ) -> tuple[ChangesAnswer, str]:
        """Return which posts about a place were changed, and the cursor of the next page.

        Their ids are left out: whoever tries every number of a source finds the address of a
        post that was taken back, and looks in caches.
        """
        numbered = list(enumerate(view.changes))
        rows, cursor = page_of(
            numbered,
            key=lambda one: (_stamp(one[1].changed_at), f"{one[1].source} {one[0]:06}"),
            limit=part.limit,
            cursor=part.cursor,
            newest_first=True,
        )
        found = ChangesAnswer(
            about=about,
            place=self.place(code),
            changes=tuple(_change(one) for _, one in rows),
            next=None,
        )
        return found, cursor

    def sources(
        self, view: PublicView, code: str, about: About, part: Slice
    ) -> tuple[SourcesAnswer, str]:
        """Return the sources of a place, and the cursor of the next page."""
        titles = {one.source: one for one in view.titles}
        health = {one.source: one for one in view.sources}
        rows, cursor = page_of(
            sorted({*titles, *health}),
            key=lambda one: (one, ""),
            limit=part.limit,
            cursor=part.cursor,
            newest_first=False,
        )
        found = SourcesAnswer(
            about=about,
            place=self.place(code),
            sources=tuple(
                Source(
                    source=one,
                    title=titles[one].title if one in titles else "",
                    home=titles[one].home if one in titles else None,
                    answered_at=health[one].answered_at if one in health else None,
                    silent_since=health[one].silent_since if one in health else None,
                )
                for one in rows
            ),
            next=None,
        )
        return found, cursor

    def country(
        self, view: CountryView, about: About, part: Slice, *, dimension: str, level: str
    ) -> tuple[CountryAnswer, str]:
        """Return what may be compared between places, and the cursor of the next page.

        Args:
            view: What may be compared.
            about: What the answer is about.
            part: Which page.
            dimension: Only this one; empty for all.
            level: Only units of this level; empty for all.
        """
        wanted = [
            row
            for row in (*view.alerts, *view.supplies)
            if (not dimension or row.dimension == dimension) and (not level or row.level == level)
        ]
        rows, cursor = page_of(
            wanted,
            key=lambda row: (row.dimension, row.code),
            limit=part.limit,
            cursor=part.cursor,
            newest_first=False,
        )
        return CountryAnswer(about=about, rows=tuple(map(self._row, rows)), next=None), cursor

    def found(self, query: str, hits: Sequence[tuple[str, str]]) -> PlacesAnswer:
        """Return places that may be meant; each hit is a code and how it was found."""
        return PlacesAnswer(
            query=query,
            places=tuple(
                Hit(place=self.place(code), how=how, within=self._around(code))
                for code, how in hits
            ),
            next=None,
        )

    def one_place(self, code: str, links: dict[str, str]) -> PlaceAnswer:
        """Return a place as the gazetteer knows it."""
        unit = self._atlas.get(code)
        return PlaceAnswer(
            place=self.place(code),
            names={lang: self._atlas.label(code, lang=lang) for lang in LANGS},
            former=unit.former if unit else (),
            within=self._around(code),
            population=unit.population if unit else None,
            links=links,
        )

    def place(self, code: str) -> Place:
        """Return a place with its name."""
        unit = self._atlas.get(code)
        level = unit.level.value if unit else ""
        return Place(code=code, name=self._atlas.label(code, lang=self._lang), level=level)

    def _around(self, code: str) -> tuple[Place, ...]:
        around = place_where(code, atlas=self._atlas, lang=self._lang)
        return tuple(self.place(wider) for wider, _ in around)

    def _statements(self, view: PublicView, claims: Collection[str]) -> tuple[Statement, ...]:
        chosen = [item for item in view.said if item.claim in claims]
        return tuple(self._statement(item) for item in sorted(chosen, key=_key, reverse=True))

    def _statement(self, item: Said) -> Statement:
        return Statement(
            id=item.claim,
            topic=item.topic,
            topic_label=self._words.label("topic", item.topic),
            kind=item.kind,
            polarity=item.polarity,
            standing=item.standing,
            speaker=item.speaker,
            source=item.source,
            url=safe_link(item.url),
            lang=item.lang,
            quote=item.quote,
            withheld_by=item.withheld_by,
            place=item.place,
            said_at=item.said_at,
            said_until=item.said_until,
            earliest=item.earliest,
            latest=item.latest,
        )

    def _dimension(self, row: DimensionView) -> Dimension:
        return Dimension(
            dimension=row.dimension,
            label=self._words.label("dimension", row.dimension),
            phase=row.phase,
            phase_label=self._words.label("phase", f"{row.dimension}.{row.phase}"),
            is_said=row.is_said,
            since=row.since,
            confirmed_at=row.confirmed_at,
            heard_at=row.heard_at,
            is_stale=row.stale,
            certainty=row.certainty,
            extent=row.extent,
            inherited_from=row.inherited_from,
            is_named=row.is_named,
            is_withheld=row.is_withheld,
            is_from_parts=row.is_from_parts,
            is_coarsened=row.is_coarsened,
            notes=tuple(Note(code=note.code, statement=note.said) for note in row.notes),
            statements=row.said,
        )

    def _question(self, one: QuestionView) -> Question:
        return Question(
            id=one.id,
            subject=one.subject,
            subject_label=self._words.label("question", one.subject),
            topic=one.topic,
            topic_label=self._words.label("topic", one.topic),
            place=one.place,
            status=one.status,
            status_label=self._words.label("question_status", one.status),
            asked_at=one.asked_at,
            last_asked_at=one.last_asked_at,
            asked_by=one.asked_by,
            answered_at=one.answered_at,
            answered_by=one.answered_by,
            statements=one.said,
        )

    def _row(self, row: UnitView) -> Row:
        return Row(
            place=self.place(row.code),
            dimension=row.dimension,
            label=self._words.label("dimension", row.dimension),
            phase=row.phase,
            phase_label=self._words.label("phase", f"{row.dimension}.{row.phase}"),
            since=row.since,
            heard_at=row.heard_at,
            is_stale=row.stale,
            inherited_from=row.inherited_from,
            is_from_parts=row.is_from_parts,
            is_being_confirmed=row.is_being_confirmed,
            speakers=row.speakers,
        )


def _only(view: PublicView) -> PlaceView:
    (place,) = view.places
    return place


def _paged(said: Sequence[Said], part: Slice) -> tuple[tuple[Said, ...], str]:
    return page_of(said, key=_key, limit=part.limit, cursor=part.cursor, newest_first=True)


def _key(item: Said) -> Key:
    return _stamp(item.said_at), item.claim


def _stamp(instant: datetime | None) -> str:
    return format_instant(instant) if instant else ""


def _is_old(item: Said, now: datetime) -> bool:
    return item.said_at is None or now - item.said_at > ADVICE_STALE


def _change(one: ChangeView) -> Change:
    return Change(source=one.source, how=one.how, changed_at=one.changed_at)
