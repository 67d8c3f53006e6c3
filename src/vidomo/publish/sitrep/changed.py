"""What is different from the last report, or from the start of the period."""

from collections.abc import Iterator

import msgspec

from vidomo.disclosure.model import UNSAID, DimensionView, FigureView, PublicView
from vidomo.publish.figures import figure_text
from vidomo.publish.page.telling import figure_order
from vidomo.publish.sitrep.counts import of_place, question_label
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.model import Line, Lines, Section
from vidomo.publish.sitrep.states import section
from vidomo.publish.sitrep.telling import Telling

_UNSAID = {name: DimensionView(dimension=name, phase=phase) for name, phase in UNSAID.items()}


def changed(material: Material, telling: Telling) -> Section | None:
    """Return the difference of two views; None where there is nothing to compare with."""
    before = material.before
    if before is None:
        return None
    if material.since is not None:
        compared = telling.fixed("compared_report", when=telling.full(material.since))
    else:
        compared = telling.fixed("compared_start", when=telling.full(material.start))
    opening = Line(sentences=(compared,))
    lines = [
        *_phases(before, material.code, telling),
        *_inside(before, telling),
        *_figures(before, material, telling),
        *_questions(before, material, telling),
    ]
    if not lines:
        lines = [Line(sentences=(telling.fixed("no_change"),))]
    return section("changed", telling, (Lines(lines=(opening, *lines)),))


def _inside(before: PublicView, telling: Telling) -> Iterator[Line]:
    """Yield the same of places in an area, under their names; a public view holds none."""
    material, within = telling.material, telling.atlas.within
    for place in material.view.places:
        if place.place != material.code and within(place.place, material.code):
            name = telling.place(place.place)
            for line in _phases(before, place.place, telling):
                yield msgspec.structs.replace(line, label=f"{name}: {line.label}")


def _phases(before: PublicView, code: str, telling: Telling) -> Iterator[Line]:
    was = {one.dimension: one for one in _rows(before, code)} or None
    for one in _rows(telling.material.view, code):
        if code != telling.material.code and one.inherited_from is not None:
            continue
        old = (was or _UNSAID).get(one.dimension)
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
    old = {_number(one): one for one in _counts(before, telling)}
    new = {_number(one): one for one in _counts(material.view, telling)}
    for key, found in (("figure_new", _less(new, old)), ("figure_gone", _less(old, new))):
        for place, one in found:
            said = telling.sentence(
                key,
                one.said,
                text=figure_text(one, words=telling.words),
                status=telling.words.label("figure", one.status),
                who=telling.named(one.speakers) if one.speakers else telling.who(one.said),
                when=telling.said_when(one.said),
            )
            label = telling.words.label("topic", one.topic)
            if place != material.code:
                label = f"{telling.place(place)}: {label}"
            yield Line(label=label, sentences=(said,))


_Count = tuple[str, FigureView]


def _less(
    one: dict[tuple[object, ...], _Count], other: dict[tuple[object, ...], _Count]
) -> list[_Count]:
    found = (count for key, count in one.items() if key not in other)
    return sorted(found, key=lambda count: (*figure_order(count[1]), count[0]))


def _counts(view: PublicView, telling: Telling) -> Iterator[_Count]:
    """Yield the numbers given for the place and for places in it, each with its place."""
    code = telling.material.code
    place = view.place(code)
    names = set(place.incidents) if place is not None else set()
    for incident in view.incidents:
        if incident.id in names or telling.atlas.within(incident.place, code):
            for one in (*incident.figures, *incident.parts):
                yield incident.place, one


def _number(count: _Count) -> tuple[object, ...]:
    place, one = count
    return (place, one.topic, one.unit, one.min, one.max, one.mode)


def _questions(before: PublicView, material: Material, telling: Telling) -> Iterator[Line]:
    was = {(one.subject, one.topic): one for one in of_place(before, telling)}
    for one in of_place(material.view, telling):
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
        yield Line(label=question_label(one, telling), sentences=(said,))


def _rows(view: PublicView, code: str) -> tuple[DimensionView, ...]:
    place = view.place(code)
    return place.dimensions if place is not None else ()
