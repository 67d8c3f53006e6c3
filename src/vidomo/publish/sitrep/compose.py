"""Puts a situation report together out of views that passed the gate."""

import msgspec

from vidomo.core.time import format_instant
from vidomo.gazetteer.shapes import Shapes
from vidomo.publish.atlas import Atlas
from vidomo.publish.sitrep import around, happened, states, told
from vidomo.publish.sitrep.bands import tracks
from vidomo.publish.sitrep.changed import changed
from vidomo.publish.sitrep.map import area_map
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.model import Report, Section
from vidomo.publish.sitrep.telling import Telling
from vidomo.publish.sitrep.timeline import timeline
from vidomo.publish.sitrep.unknown import unknown


def compose(material: Material, *, lang: str, atlas: Atlas, shapes: Shapes) -> Report:
    """Return the report of a place over a period.

    Every sentence names the claims behind it, or is one of the fixed sentences of the table of
    words. Numbers stand with who gives them and are never added up.

    Args:
        material: Views of the place; public ones make a public report.
        lang: uk or en.
        atlas: Names of places.
        shapes: Borders for the map.

    Raises:
        KeyError: The view does not hold the place.
    """
    if material.view.place(material.code) is None:
        raise KeyError(material.code)
    telling = Telling(material, lang=lang, atlas=atlas)
    own = telling.own
    found = (
        states.summary(material, telling),
        _course(material, telling),
        states.states(material, telling),
        _map(material, telling, shapes),
        happened.incidents(material, telling),
        happened.casualties(material, telling),
        states.services(material, telling),
        unknown(material, telling),
        happened.conflicts(material, telling),
        changed(material, telling),
        around.places(material, telling),
        told.advice(material, telling),
        told.chronology(material, telling),
        told.sources(material, telling),
        told.withheld(material, telling),
    )
    report = Report(
        lang=telling.lang,
        title=own("title.internal" if material.is_internal else "title.public"),
        subtitle=telling.place(material.code, full=True),
        place=material.code,
        start=material.start,
        end=material.end,
        known_at=material.known_at,
        is_internal=material.is_internal,
        banners=_banners(material, telling),
        run_by=material.publisher.line(telling.lang),
        heads=(
            (
                own("head.period"),
                f"{telling.full(material.start)} \u2013 {telling.full(material.end)}",
            ),
            (
                own("head.known"),
                f"{telling.full(material.known_at)} ({format_instant(material.known_at)})",
            ),
        ),
        opening=(telling.fixed("compiled"), telling.fixed("not_siren")),
        sections=tuple(section for section in found if section is not None),
    )
    claims = [claim for sentence in report.sentences() for claim in sentence.claims]
    return msgspec.structs.replace(report, notes=telling.notes(claims))


def _course(material: Material, telling: Telling) -> Section:
    """Return the picture of the period, with the same in words."""
    found = tracks(material, telling)
    drawn = timeline(found, material=material, telling=telling)
    words = told.course(found, telling)
    blocks = (drawn, words) if words.lines else (drawn,)
    return Section(id="timeline", title=telling.own("section.timeline"), blocks=blocks)


def _map(material: Material, telling: Telling, shapes: Shapes) -> Section | None:
    """Return the map; None for the whole country, which has a map of its own."""
    tones = around.unit_tones(material, shapes, telling)
    drawn = area_map(tones, code=material.code, shapes=shapes, telling=telling)
    if drawn is None:
        return None
    return Section(id="map", title=telling.own("section.map"), blocks=(drawn,))


def _banners(material: Material, telling: Telling) -> tuple[str, ...]:
    """Return what stands on every page."""
    found = []
    if material.is_internal:
        found.append(telling.own("banner.internal"))
    if material.notice == "exercise":
        found.append(telling.own("banner.exercise"))
    elif material.notice:
        key = f"notice.{material.notice}"
        found.append(telling.words(key if key in telling.words.keys else "notice.demo"))
    return tuple(found)
