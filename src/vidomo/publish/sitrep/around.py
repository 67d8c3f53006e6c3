"""Other places: what is said of those inside and around, and what the map shows of them."""

from collections.abc import Iterable, Iterator, Mapping

from vidomo.disclosure.country import UnitView
from vidomo.disclosure.model import DimensionView, PlaceView
from vidomo.gazetteer.shapes import Shapes
from vidomo.publish.atlas import place_where
from vidomo.publish.page.urgency import Tone, most_urgent, rank, tone_of, with_news
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.model import Line, Lines, Section, Sentence
from vidomo.publish.sitrep.states import section
from vidomo.publish.sitrep.telling import Telling

MOST_PLACES = 40
"""Places that a report tells of besides its own; more are named as left out."""


def places(material: Material, telling: Telling) -> Section | None:
    """Return what is said of places inside and around; None where nothing is."""
    blocks = _desk(material, telling) if material.is_internal else _public(material, telling)
    found = section("places", telling, blocks)
    return found if found.blocks else None


def unit_tones(material: Material, shapes: Shapes, telling: Telling) -> dict[str, Tone]:
    """Return what is drawn of each unit that has a shape.

    At the desk the most urgent thing said of it or of a place in it; in public its alert, and
    the supply of its oblast.
    """
    within = telling.atlas.within
    if not material.is_internal:
        said = [(one.code, _unit_tone(one)) for one in material.units]
        return {
            code: most_urgent(
                tone for unit, tone in said if within(code, unit) or within(unit, code)
            )
            for code in shapes.codes
        }
    held = {one.place: _tone(one) for one in with_news(material.view)}
    return {
        code: most_urgent(
            tone for place, tone in held.items() if within(place, code) or within(code, place)
        )
        for code in shapes.codes
    }


def _tone(place: PlaceView) -> Tone:
    return most_urgent(tone_of(one) for one in place.dimensions if one.inherited_from is None)


def _unit_tone(one: UnitView) -> Tone:
    return tone_of(DimensionView(dimension=one.dimension, phase=one.phase, stale=one.stale))


def _desk(material: Material, telling: Telling) -> list[Lines]:
    within, view = telling.atlas.within, material.view
    news = sorted(with_news(view), key=lambda one: rank(one, view=view))
    inside = [
        one for one in news if one.place != material.code and within(one.place, material.code)
    ]
    names = {code for code, _ in place_where(material.code, atlas=telling.atlas, lang="uk")}
    wider = [one for one in news if one.place in names]
    rest = max(0, len(inside) - MOST_PLACES)
    lines = list(_places(inside[:MOST_PLACES], telling))
    if rest:
        lines.append(Line(sentences=(telling.fixed("more_places", n=rest),)))
    return [
        Lines(title=telling.own("head.inside"), lines=tuple(lines)),
        Lines(title=telling.own("head.wider"), lines=tuple(_places(wider, telling))),
    ]


def _places(found: Iterable[PlaceView], telling: Telling) -> Iterator[Line]:
    for place in found:
        sentences = tuple(
            telling.sentence(
                "place_old" if one.stale else "place",
                one.said,
                name=telling.words.label("dimension", one.dimension),
                text=telling.words.label("phase", f"{one.dimension}.{one.phase}"),
                who=telling.who(one.said),
                when=telling.said_when(one.said),
            )
            for one in place.dimensions
            if one.is_said and one.inherited_from is None and telling.all_said(one.said)
        )
        if sentences:
            yield Line(label=telling.place(place.place), sentences=sentences)


def _public(material: Material, telling: Telling) -> list[Lines]:
    """Return what may be compared: alerts and supply of oblasts now, finer supply a day ago."""
    found = [
        Lines(
            title=telling.own("head.inside"), lines=_units(material.units, material.code, telling)
        )
    ]
    if material.past_at is not None:
        found.append(
            Lines(
                title=telling.own("head.past", when=telling.at(material.past_at)),
                lines=_units(material.past, material.code, telling),
            )
        )
    return found


def _units(units: Iterable[UnitView], code: str, telling: Telling) -> tuple[Line, ...]:
    rows: dict[str, list[Sentence]] = {}
    for one in units:
        if one.code == code or not telling.atlas.within(one.code, code):
            continue
        key = "place_old" if one.stale else "place"
        said = telling.sentence(
            key,
            (telling.unit(one),),
            name=telling.words.label("dimension", one.dimension),
            text=telling.words.label("phase", f"{one.dimension}.{one.phase}"),
            who=telling.named(one.speakers),
            when=telling.at(one.heard_at),
        )
        rows.setdefault(one.code, []).append(said)
        if one.is_being_confirmed:
            rows[one.code].append(telling.sentence("being_confirmed", (telling.unit(one),)))
    named: Mapping[str, str] = {one: telling.place(one) for one in rows}
    return tuple(
        Line(label=named[one], sentences=tuple(rows[one]))
        for one in sorted(rows, key=lambda one: (named[one], one))[:MOST_PLACES]
    )
