"""What happened in the period: incidents, people and damage, numbers that disagree."""

from collections.abc import Iterable, Iterator

import msgspec

from vidomo.disclosure.model import (
    ConflictView,
    DimensionView,
    FigureView,
    IncidentView,
    SideView,
)
from vidomo.publish.figures import figure_text
from vidomo.publish.page.telling import figure_order
from vidomo.publish.sitrep.counts import figure_sentences, happenings, told_inside
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.model import Line, Lines, Section, Sentence
from vidomo.publish.sitrep.states import dimensions, inside, section
from vidomo.publish.sitrep.telling import Telling, shown

_HURT = ("harm.", "impact.damage", "impact.fire")
_CAUSES = frozenset({"cause.munition", "event.strike", "event.explosion", "event.shelling"})


def incidents(material: Material, telling: Telling) -> Section | None:
    """Return each incident: when, with what, how many, what followed; None in a public report."""
    if not material.is_internal:
        return None
    blocks = [_incident(one, telling) for one in happenings(material, telling)]
    if not blocks:
        none = Line(sentences=(telling.silent("no_incidents"), telling.fixed("not_well")))
        blocks = [Lines(lines=(none,))]
    return section("incidents", telling, blocks)


def casualties(material: Material, telling: Telling) -> Section:
    """Return people and damage: every number with its speaker, never a sum.

    A public report has no numbers of its own; it has the words in which officials gave them.
    """
    if material.is_internal:
        lines = [
            line
            for one in happenings(material, telling)
            for line in _figures(one, telling)
            if line.sentences
        ]
    else:
        lines = list(_quoted(material, telling))
    for one in dimensions(material):
        if one.dimension not in {"harm", "damage"}:
            continue
        label = telling.words.label("dimension", one.dimension)
        if one.is_withheld:
            lines.append(Line(label=label, sentences=(telling.fixed("held"),)))
        elif not one.is_said:
            lines.append(Line(label=label, sentences=tuple(_nobody(one, telling))))
        elif one.phase == "unknown" and (said := telling.all_said(one.said)):
            claims = [item.claim for item in said]
            told = telling.sentence("harm_unknown", claims, who=telling.who(claims))
            lines.append(Line(label=label, sentences=(told, telling.fixed("not_zero"))))
    notes = (Line(sentences=(telling.fixed("no_sums"),)),) if lines else ()
    return section("casualties", telling, (Lines(lines=(*lines, *notes)),))


def _nobody(one: DimensionView, telling: Telling) -> Iterator[Sentence]:
    """Yield that nobody spoke of people or damage here; of an area, where somebody did inside."""
    if told_inside(one.dimension, telling.material, telling)[0]:
        yield from inside(one.dimension, telling)
        return
    yield telling.silent("unsaid", name=telling.words.label("dimension", one.dimension))
    yield telling.fixed("not_zero")


def conflicts(material: Material, telling: Telling) -> Section | None:
    """Return numbers and times that disagree, side by side; None where none do."""
    blocks = [
        block
        for one in happenings(material, telling)
        for conflict in one.conflicts
        if (block := _conflict(conflict, telling)).lines
    ]
    if not blocks:
        return None
    note = Line(sentences=(telling.fixed("side_by_side"),))
    return section("conflicts", telling, (*blocks, Lines(lines=(note,))))


def _incident(one: IncidentView, telling: Telling) -> Lines:
    own, words = telling.own, telling.words
    lines = [
        Line(
            label=own("incident.when"),
            sentences=tuple(
                telling.sentence(
                    "time_disputed" if time.disputed else "time",
                    time.said,
                    when=telling.between(time.earliest, time.latest),
                    who=telling.named(time.speakers) if time.speakers else telling.who(time.said),
                )
                for time in one.times
                if telling.all_said(time.said)
            ),
        ),
        Line(label=own("incident.means"), sentences=tuple(_means(one, telling))),
        *(
            line
            for line in _counts(
                (item for item in one.figures if not item.topic.startswith(_HURT)), telling
            )
        ),
        Line(label=own("incident.chain"), sentences=tuple(_chain(one, telling))),
        Line(label=own("incident.unsourced"), sentences=tuple(_unsourced(one, telling))),
    ]
    title = telling.own(
        "incident.title",
        what=words.part("place.incident", one.family),
        place=telling.place(one.place),
        when=telling.between(one.earliest, one.latest),
    )
    return Lines(title=title, lines=tuple(line for line in lines if line.sentences))


def _means(one: IncidentView, telling: Telling) -> Iterator[Sentence]:
    cause = [item.claim for item in telling.all_said(one.said) if item.topic in _CAUSES]
    if one.means and cause:
        names = ", ".join(telling.words.label("means", code) for code in one.means)
        yield telling.sentence("means", cause, means=names, who=telling.who(cause))


def _chain(one: IncidentView, telling: Telling) -> Iterator[Sentence]:
    for link in one.links:
        both = telling.all_said((link.before, link.after))
        if len(both) != 2:  # noqa: PLR2004 - a link has two ends
            continue
        before, after = both
        yield telling.sentence(
            "link_said" if link.is_said else "link_inferred",
            (before.claim, after.claim),
            before=telling.topic(before),
            after=telling.topic(after),
            kind=telling.words.label("link", link.kind),
        )


def _unsourced(one: IncidentView, telling: Telling) -> Iterator[Sentence]:
    said = telling.all_said(one.unsourced)
    if said:
        sources = dict.fromkeys(telling.source(item.source) for item in said)
        claims = [item.claim for item in said]
        yield telling.sentence("unsourced", claims, sources=", ".join(sources))


def _figures(one: IncidentView, telling: Telling) -> Iterator[Line]:
    found = [*one.figures, *one.parts]
    for line in _counts((item for item in found if item.topic.startswith(_HURT)), telling):
        label = f"{line.label} ({telling.place(one.place)})"
        is_elsewhere = one.place != telling.material.code
        yield msgspec.structs.replace(line, label=label) if is_elsewhere else line


def _counts(figures: Iterable[FigureView], telling: Telling) -> Iterator[Line]:
    """Yield each topic with its numbers, the latest first, each with who gives it and when."""
    groups: dict[str, list[FigureView]] = {}
    for figure in sorted(figures, key=figure_order):
        groups.setdefault(figure.topic, []).append(figure)
    for topic, group in groups.items():
        label = telling.words.label("topic", topic)
        sentences = [one for figure in group for one in figure_sentences(figure, telling)]
        yield Line(label=label, sentences=tuple(sentences))


def _quoted(material: Material, telling: Telling) -> Iterator[Line]:
    """Yield what officials said of people and damage, in their own words where those may stand."""
    place = material.view.place(material.code)
    claims = place.timeline if place is not None else ()
    for item in telling.all_said(claims):
        if not item.topic.startswith(_HURT) or not telling.is_within(item):
            continue
        key = "quoted" if item.quote else "unquoted"
        quote = shown(item.quote)
        said = telling.sentence(
            key,
            (item.claim,),
            quote=quote,
            who=telling.speaker(item),
            when=telling.when(item),
        )
        yield Line(label=telling.topic(item), sentences=(said,))


def _conflict(conflict: ConflictView, telling: Telling) -> Lines:
    is_time = conflict.what == "time"
    title = (
        telling.own("conflict.time") if is_time else telling.words.label("topic", conflict.topic)
    )
    lines = []
    for side in conflict.sides:
        if not telling.all_said(side.said):
            continue
        text = _time_of(side, telling) if is_time else _number_of(side, conflict, telling)
        who = telling.named(side.speakers) if side.speakers else telling.who(side.said)
        when = telling.said_when(side.said)
        said = telling.sentence("side", side.said, text=text, when=when)
        lines.append(Line(label=who, sentences=(said,)))
    return Lines(title=title, lines=tuple(lines))


def _time_of(side: SideView, telling: Telling) -> str:
    if side.earliest is None or side.latest is None:
        return telling.own("s.undated")
    return telling.between(side.earliest, side.latest)


def _number_of(side: SideView, conflict: ConflictView, telling: Telling) -> str:
    figure = FigureView(
        topic=conflict.topic,
        unit=conflict.unit,
        min=side.min,
        max=side.max,
        mode=side.mode,
        status="differs",
    )
    return figure_text(figure, words=telling.words)
