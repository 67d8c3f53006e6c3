"""What is different from the last report, or from the start of the period."""

from collections.abc import Iterable, Iterator

from vidomo.disclosure.model import DimensionView, FigureView, PublicView, QuestionView
from vidomo.publish.figures import figure_text
from vidomo.publish.page.telling import figure_order
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.model import Line, Lines, Section
from vidomo.publish.sitrep.states import section
from vidomo.publish.sitrep.telling import Telling


def changed(material: Material, telling: Telling) -> Section | None:
    """Return the difference of two views; None where there is nothing to compare with."""
    before = material.before
    if before is None:
        return None
    key = "compared_report" if material.since is not None else "compared_start"
    opening = Line(sentences=(telling.fixed(key, when=telling.full(before.valid_at)),))
    lines = [
        *_phases(before, material, telling),
        *_figures(before, material, telling),
        *_questions(before, material, telling),
    ]
    if not lines:
        lines = [Line(sentences=(telling.fixed("no_change"),))]
    return section("changed", telling, (Lines(lines=(opening, *lines)),))


def _phases(before: PublicView, material: Material, telling: Telling) -> Iterator[Line]:
    was = {one.dimension: one for one in _rows(before, material.code)}
    for one in _rows(material.view, material.code):
        old = was.get(one.dimension)
        if old is None or (old.phase, old.stale) == (one.phase, one.stale):
            continue
        label = telling.words.label("dimension", one.dimension)
        texts = {"before": _phase(old, telling), "after": _phase(one, telling)}
        claims = one.said or old.said
        if not claims:
            yield Line(label=label, sentences=(telling.fixed("moved", **texts),))
            continue
        who, when = telling.who(claims), telling.said_when(claims)
        yield Line(
            label=label,
            sentences=(telling.sentence("moved", claims, who=who, when=when, **texts),),
        )


def _phase(one: DimensionView, telling: Telling) -> str:
    text = telling.words.label("phase", f"{one.dimension}.{one.phase}")
    return telling.own("s.out_of_date", text=text) if one.stale and one.is_said else text


def _figures(before: PublicView, material: Material, telling: Telling) -> Iterator[Line]:
    old = {_number(one): one for one in _counts(before, material.code)}
    new = {_number(one): one for one in _counts(material.view, material.code)}
    for key, found in (("figure_new", _less(new, old)), ("figure_gone", _less(old, new))):
        for one in found:
            said = telling.sentence(
                key,
                one.said,
                text=figure_text(one, words=telling.words),
                status=telling.words.label("figure", one.status),
                who=telling.named(one.speakers) if one.speakers else telling.who(one.said),
                when=telling.said_when(one.said),
            )
            yield Line(label=telling.words.label("topic", one.topic), sentences=(said,))


def _less(
    one: dict[tuple[object, ...], FigureView], other: dict[tuple[object, ...], FigureView]
) -> list[FigureView]:
    found = (figure for key, figure in one.items() if key not in other)
    return sorted(found, key=figure_order)


def _counts(view: PublicView, code: str) -> Iterable[FigureView]:
    place = view.place(code)
    names = set(place.incidents) if place is not None else set()
    for incident in view.incidents:
        if incident.id in names:
            yield from (*incident.figures, *incident.parts)


def _number(one: FigureView) -> tuple[object, ...]:
    return (one.topic, one.unit, one.min, one.max, one.mode)


def _questions(before: PublicView, material: Material, telling: Telling) -> Iterator[Line]:
    was = {(one.subject, one.topic): one for one in _asked(before, material.code)}
    for one in _asked(material.view, material.code):
        old = was.get((one.subject, one.topic))
        if old is not None and old.status == one.status:
            continue
        claims = (one.answered_by if one.status == "answered" else ()) or one.said
        if not telling.all_said(claims):
            continue
        status = telling.words.label("question_status", one.status)
        when = telling.said_when(claims)
        said = telling.sentence(
            "question_moved", claims, status=status, who=telling.who(claims), when=when
        )
        yield Line(label=telling.words.label("question", one.subject), sentences=(said,))


def _asked(view: PublicView, code: str) -> list[QuestionView]:
    place = view.place(code)
    names = set(place.questions) if place is not None else set()
    return [one for one in view.questions if one.id in names]


def _rows(view: PublicView, code: str) -> tuple[DimensionView, ...]:
    place = view.place(code)
    return place.dimensions if place is not None else ()
