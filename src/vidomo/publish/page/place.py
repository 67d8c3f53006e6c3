"""The page of one place: what holds, what to do, what is not known, who said what."""

from collections.abc import Iterable
from typing import Any

import msgspec
from markupsafe import Markup

from vidomo.disclosure.model import (
    DimensionView,
    FigureView,
    IncidentView,
    PlaceView,
    PublicView,
    QuestionView,
)
from vidomo.publish.atlas import Atlas, place_kind, place_where
from vidomo.publish.page.asked import question
from vidomo.publish.page.entries import Entry, changes, entries, fitting
from vidomo.publish.page.frame import Frame, render
from vidomo.publish.page.happened import incident
from vidomo.publish.page.rows import rows
from vidomo.publish.page.telling import Telling, figure_order
from vidomo.publish.page.urgency import with_news

QUOTED = 3800
"""Characters of quotations before "show all": what fits the byte budget of the page."""
UNSOURCED = 1500
"""The same for texts without a source."""
_PARTLY = {"attack": "event.", "harm": "harm.", "damage": "impact.damage"}
INSIDE = 12
"""Places within a wider one before "show all"."""


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
    frame = frame.over(view, atlas=atlas)
    desk = Telling(view, frame, atlas)
    alert = place.dimensions[0]
    others = place.dimensions[1:]
    incidents = [item for item in view.incidents if item.id in set(place.incidents)]
    incidents.sort(key=lambda item: (item.latest, item.id), reverse=True)
    questions = [item for item in view.questions if item.id in set(place.questions)]
    official, unsourced = _told(place, incidents, questions, desk)
    shown = official if is_whole else fitting(official, characters=QUOTED)
    shown_unsourced = unsourced if is_whole else fitting(unsourced, characters=UNSOURCED)
    inside = rows(_inside(view, code, atlas), view=view, frame=frame, atlas=atlas)
    within = _said_inside(others, code, view=view, frame=frame, atlas=atlas)
    sources = _sources((*official, *unsourced), code, view=view, atlas=atlas)
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
            frame.words.label("dimension", item.dimension)
            for item in others
            if not item.is_said and item.dimension not in within
        ],
        said_inside=[
            (frame.words.label("dimension", name), places) for name, places in within.items()
        ],
        harm=[
            desk.figure(item)
            for item in sorted(_figures(place, incidents), key=figure_order)
            if item.topic.startswith("harm.") and item.status == "current"
        ],
        incidents=[incident(item, telling=desk) for item in incidents],
        advice=desk.advice(place.advice),
        open_questions=[
            question(item, code=code, telling=desk)
            for item in questions
            if item.status != "answered"
        ],
        answered=[
            question(item, code=code, telling=desk)
            for item in questions
            if item.status == "answered"
        ],
        entries=shown,
        entry_count=len(official),
        unsourced=shown_unsourced,
        unsourced_count=len(unsourced),
        inside=inside if is_whole else inside[:INSIDE],
        inside_count=len(inside),
        wider=rows(_wider(view, code, atlas), view=view, frame=frame, atlas=atlas),
        sources=sources,
        silent=[item for item in sources if item["is_silent"] and item["speaks_for"]],
    )


def _said_inside(
    dimensions: Iterable[DimensionView], code: str, *, view: PublicView, frame: Frame, atlas: Atlas
) -> dict[str, list[tuple[str, str]]]:
    """Return at which places inside something is told that nobody says of the place itself."""
    found: dict[str, list[tuple[str, str]]] = {}
    for item in dimensions:
        topic = _PARTLY.get(item.dimension)
        if topic is None or item.is_said:
            continue
        places = dict.fromkeys(
            one.place
            for one in reversed(view.incidents)
            if one.place != code
            and atlas.within(one.place, code)
            and any(told.startswith(topic) for told in one.topics)
        )
        if places:
            found[item.dimension] = [
                (place, atlas.label(place, lang=frame.lang)) for place in list(places)[:INSIDE]
            ]
    return found


def _sources(
    told: Iterable[Entry], code: str, *, view: PublicView, atlas: Atlas
) -> list[dict[str, Any]]:
    """Return who is behind the page and who speaks for the place, with how each is doing.

    The last to speak comes first; whoever speaks for the place and said nothing comes last.
    A source of the whole country speaks for no place in particular.
    """
    health = {item.source: item for item in view.sources}
    speaks_for = {
        item.source
        for item in view.titles
        if item.home
        and (home := atlas.get(item.home)) is not None
        and home.level != "country"
        and atlas.within(code, home.code)
    }
    last: dict[str, Markup | str] = {}
    for entry in sorted(told, key=lambda entry: entry.order, reverse=True):
        last.setdefault(entry.source, entry.when)
    quiet = sorted((speaks_for & health.keys()) - last.keys())
    return [
        {
            "name": name,
            "spoke": last.get(name, ""),
            "health": (known := health.get(name)),
            "is_silent": known is not None and known.silent_since is not None,
            "speaks_for": name in speaks_for,
        }
        for name in (*last, *quiet)
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


def _wider(view: PublicView, code: str, atlas: Atlas) -> list[PlaceView]:
    """Return the units around a place of which something is said that may not reach the place.

    "Part of the community has power again" says nothing of one town in it, and is no secret.
    """
    around = {wider for wider, _ in place_where(code, atlas=atlas, lang="uk")}
    return [place for place in with_news(view) if place.place in around]


def _told(
    place: PlaceView,
    incidents: list[IncidentView],
    questions: list[QuestionView],
    desk: Telling,
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
