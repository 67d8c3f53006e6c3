"""Where the place stands at the end of the period: summary, states, services."""

from collections.abc import Iterable, Iterator

import msgspec

from vidomo.disclosure.model import DimensionView
from vidomo.publish.page.telling import figure_order
from vidomo.publish.sitrep.bands import ALL_CLEAR
from vidomo.publish.sitrep.counts import figure_sentences, happenings, of_place, told_inside
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.model import Line, Lines, Section, Sentence
from vidomo.publish.sitrep.telling import Telling

PEOPLE = ("alert", "attack", "harm", "damage")
"""Dimensions told under states; all others are supplies and services."""
_PROMISES = ("forecast", "announced")
_OPEN = ("open", "withheld")


def dimensions(material: Material) -> tuple[DimensionView, ...]:
    """Return where the place stands at the end of the period."""
    place = material.view.place(material.code)
    return place.dimensions if place is not None else ()


def summary(material: Material, telling: Telling) -> Section:
    """Return the few lines that are read first: threat, people, supplies, what is not known."""
    rows = dimensions(material)
    lines = [
        Line(label=telling.words.label("dimension", one.dimension), sentences=found)
        for one in rows
        if (found := tuple(_summed(one, material, telling)))
    ]
    asked = of_place(material.view, telling)
    local = [one for one in asked if one.status in _OPEN and one.said]
    if local:
        names = dict.fromkeys(telling.words.label("question", one.subject) for one in local)
        claims = [claim for one in local for claim in one.said[:1]]
        said = telling.sentence("unknown_short", claims, names="; ".join(names))
        lines.append(Line(label=telling.own("head.unknown_short"), sentences=(said,)))
    if any(one.is_withheld for one in rows):
        lines.append(Line(sentences=(telling.fixed("held"),)))
    if not any(one.is_said for one in rows):
        lines.append(Line(sentences=(telling.silent("nothing"), telling.fixed("not_well"))))
    return section("summary", telling, (Lines(lines=tuple(lines)),))


def states(material: Material, telling: Telling) -> Section:
    """Return threat, attack, people and damage."""
    rows = [one for one in dimensions(material) if one.dimension in PEOPLE]
    return section("states", telling, (Lines(lines=tuple(_lines(rows, telling))),))


def services(material: Material, telling: Telling) -> Section:
    """Return supplies and services; those of which nobody spoke are told under the unknown."""
    rows = [one for one in dimensions(material) if one.dimension not in PEOPLE]
    lines = tuple(_lines((one for one in rows if one.is_said or one.is_withheld), telling))
    if not lines:
        lines = (Line(sentences=(telling.silent("no_services"), telling.fixed("not_well"))),)
    return section("services", telling, (Lines(lines=lines),))


def section(name: str, telling: Telling, blocks: Iterable[Lines]) -> Section:
    """Return a section under its heading, without blocks that hold nothing."""
    return Section(
        id=name,
        title=telling.own(f"section.{name}"),
        blocks=tuple(block for block in blocks if block.lines),
    )


def _beside(one: DimensionView, material: Material, telling: Telling) -> Iterator[Sentence]:
    """Yield what may not be missing from the summary: an all-clear, and how many are hurt."""
    if one.dimension == "alert":
        is_clear = (note for note in one.notes if note.code in ALL_CLEAR)
        yield from _notes(msgspec.structs.replace(one, notes=tuple(is_clear)), telling)
    if one.dimension == "harm":
        for incident in happenings(material, telling):
            for figure in sorted(incident.figures, key=figure_order):
                if figure.topic.startswith("harm.") and figure.status == "current":
                    yield from figure_sentences(figure, telling, is_named=True)


def inside(name: str, telling: Telling) -> Iterator[Sentence]:
    """Yield where in an area something is told that nobody says of the whole."""
    places, claims = told_inside(name, telling.material, telling)
    if places:
        names = ", ".join(telling.place(one) for one in places)
        yield telling.sentence(f"inside_{name}", claims, places=names)


def _summed(one: DimensionView, material: Material, telling: Telling) -> Iterator[Sentence]:
    """Yield the lines of the summary on one dimension; nothing where nobody said anything."""
    if one.is_said or one.dimension == "alert":
        said = _short(one, telling)
        if said is not None:
            yield said
    else:
        yield from inside(one.dimension, telling)
    yield from _beside(one, material, telling)


def _short(one: DimensionView, telling: Telling) -> Sentence | None:
    if one.dimension == "alert" and (not one.is_said or not telling.all_said(one.said)):
        return telling.fixed("alert_unknown")
    if not telling.all_said(one.said):
        return telling.fixed("from_parts", text=_aged(one, telling)) if one.is_said else None
    key = "short_old" if one.stale else "short"
    return telling.sentence(
        key,
        one.said,
        text=_phase(one, telling),
        who=telling.who(one.said),
        when=telling.said_when(one.said),
    )


def _lines(rows: Iterable[DimensionView], telling: Telling) -> Iterator[Line]:
    for one in rows:
        sentences = tuple(_told(one, telling))
        yield Line(label=telling.words.label("dimension", one.dimension), sentences=sentences)


def _told(one: DimensionView, telling: Telling) -> Iterator[Sentence]:
    """Yield a phase with since when, who and when, and what stands beside it."""
    said = [item.claim for item in telling.all_said(one.said)]
    if one.is_withheld:
        yield telling.fixed("held")
    if not one.is_said:
        if one.dimension == "alert":
            yield telling.fixed("alert_unknown")
        elif not one.is_withheld:
            yield telling.silent("unsaid", name=telling.words.label("dimension", one.dimension))
        yield from inside(one.dimension, telling)
    elif not said:
        yield telling.fixed("from_parts", text=_aged(one, telling))
    else:
        yield from _stands(one, said, telling)
    yield from _notes(one, telling)


def _stands(one: DimensionView, said: list[str], telling: Telling) -> Iterator[Sentence]:
    since = telling.own("s.since", when=telling.around(one.since, said))
    yield telling.sentence(
        "state",
        said,
        text=_phase(one, telling),
        since=since if one.since else telling.own("s.since_unsaid"),
        who=telling.who(said),
        when=telling.said_when(said),
    )
    if one.stale:
        yield telling.sentence("stale", said, when=telling.around(one.heard_at, said))
    if one.inherited_from:
        key = "inherited" if one.is_named else "inherited_only"
        yield telling.sentence(key, said, place=telling.place(one.inherited_from))
    if one.is_coarsened:
        yield telling.sentence("coarsened", said)
    if one.share is not None:
        level = telling.words.label("share_level", one.share.level)
        yield telling.sentence("share", said, parts=one.share.parts, of=one.share.of, level=level)
    elif one.is_from_parts:
        yield telling.sentence("parts", said)


def _notes(one: DimensionView, telling: Telling) -> Iterator[Sentence]:
    """Yield what was said beside a phase: an all-clear on the alert alone, promises, denials."""
    for note in one.notes:
        (item,) = telling.all_said((note.said,)) or (None,)
        if item is None or (note.code in ALL_CLEAR and one.dimension != "alert"):
            continue
        who, when = telling.speaker(item), telling.when(item)
        if note.code in ALL_CLEAR:
            text = telling.words(f"note.{note.code}", speaker=who, when=when)
            yield Sentence(text=text, claims=(item.claim,))
        elif note.code in _PROMISES and item.latest is not None:
            key = "promise_past" if item.latest <= telling.material.view.valid_at else "promise"
            topic, until = telling.topic(item), telling.at(item.latest)
            yield telling.sentence(key, (item.claim,), topic=topic, until=until, who=who)
        elif note.code == "order_inferred":
            yield Sentence(text=telling.words("note.order_inferred"), claims=(item.claim,))
        else:
            label = telling.words.label("note", note.code)
            topic = telling.topic(item)
            yield telling.sentence(
                "note", (item.claim,), label=label, topic=topic, who=who, when=when
            )


def _phase(one: DimensionView, telling: Telling) -> str:
    return telling.words.label("phase", f"{one.dimension}.{one.phase}")


def _aged(one: DimensionView, telling: Telling) -> str:
    text = _phase(one, telling)
    return telling.own("s.out_of_date", text=text) if one.stale else text
