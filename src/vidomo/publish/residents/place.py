"""The residents' page of a place: what holds, what to do, what is not known, whom to call."""

from collections.abc import Sequence
from typing import Any

from vidomo.disclosure.invitation import Invitation
from vidomo.disclosure.model import PlaceView, PublicView
from vidomo.gazetteer.model import Unit
from vidomo.publish.atlas import Atlas, place_kind, place_where
from vidomo.publish.page.asked import question
from vidomo.publish.page.entries import Entry, changes, entries, fitting
from vidomo.publish.page.telling import Telling
from vidomo.publish.residents.frame import Leaf, by_alphabet, render_leaf, short_of
from vidomo.publish.residents.reviewed import HAZARDS, Tables, advice_for, bundled_tables, calls_for
from vidomo.publish.residents.told import alert_band, card, standing

QUOTED = 4200
"""Characters of quotations in all: what fits the byte budget of the page."""
LEAST = 400
"""Characters of them that are left for who said what, the newest first."""
ADVICE, OLDER, HELPS = 6, 3, 5
"""Pieces of advice that hold, of advice that is out of date, and help points: the first ones."""
STRUCK = 8
"""Places inside it at which an attack is told: the first ones, then how many more."""
HELP = ("help.point", "help.water", "help.phone")


def render_resident_place(
    view: PublicView,
    code: str,
    *,
    frame: Leaf,
    atlas: Atlas,
    invitations: Sequence[Invitation] = (),
    tables: Tables | None = None,
) -> str:
    """Return the residents' page of a place as HTML.

    Args:
        view: What passed the gate for residents; it must hold the place.
        code: The place.
        frame: How the page was asked for.
        atlas: Names of places.
        invitations: Addresses that authorities invite the public to, for this page alone.
        tables: Reviewed advice and numbers; the bundled ones by default.

    Raises:
        KeyError: The view does not hold the place.
    """
    place, unit = view.place(code), atlas.get(code)
    if place is None or unit is None:
        raise KeyError(code)
    frame, tables = frame.over(view, atlas=atlas), tables or bundled_tables()
    telling = Telling(view, frame, atlas)
    alert, others = place.dimensions[0], place.dimensions[1:]
    told = _told(place, telling)
    cards = [
        card(item, telling=telling)
        for item in sorted(others, key=lambda item: item.stale)  # what still holds comes first
        if item.is_said
    ]
    given = telling.advice(place.advice)
    advice = [item for item in given if not item["stale"]][:ADVICE]
    older = [item for item in given if item["stale"]][:OLDER]
    helps = _help(place, invitations, telling)[:HELPS]
    quoted = sum(
        len(quote)
        for quote in (
            *(item["said"].quote for item in (*advice, *older)),
            *(item["quote"] for item in helps),
            *(one.quote for item in cards for one in item["promises"]),
        )
    )
    questions = [item for item in view.questions if item.id in set(place.questions)]
    around = place_where(code, atlas=atlas, lang=frame.lang)
    return render_leaf(
        "place.html.j2",
        frame=frame,
        code=code,
        short=short_of(code),
        name=atlas.label(code, lang=frame.lang),
        kind=frame.words.label("level", place_kind(unit)),
        around=around,
        alert=alert_band(alert, telling=telling),
        cards=cards,
        unsaid=[
            frame.words.label("dimension", item.dimension)
            for item in others
            if not item.is_said
            and not item.is_withheld
            and not (item.dimension == "attack" and place.struck_inside)
        ],
        struck=[
            (inside, atlas.label(inside, lang=frame.lang))
            for inside in place.struck_inside[:STRUCK]
        ],
        struck_more=len(place.struck_inside[STRUCK:]),
        is_held=any(item.is_withheld for item in others),
        silent=_silent(code, telling=telling),
        advice=advice,
        older=older,
        reviewed=advice_for(
            standing(place.dimensions),
            hazards=_hazards(place, telling),
            at=view.valid_at,
            tables=tables,
        ),
        questions=[
            question(item, code=code, telling=telling)
            for item in questions
            if item.status != "answered" and not item.unsourced
        ],
        help_points=helps,
        calls=calls_for({code, *(wider for wider, _ in around)}, tables=tables),
        entries=fitting(told, characters=max(LEAST, QUOTED - quoted)),
        places=_parts(unit, frame=frame, atlas=atlas),
    )


def _told(place: PlaceView, telling: Telling) -> tuple[Entry, ...]:
    """Return who said what, and which posts were changed or taken away, newest first."""
    claims = [*place.timeline, *place.advice]
    claims += [claim for item in place.dimensions for claim in item.said]
    told = [
        entry
        for entry in entries(claims, view=telling.view, frame=telling.frame)
        if entry.standing != "unsourced"
    ]
    changed = changes(
        (item for item in telling.view.changes if place.place in item.places), frame=telling.frame
    )
    return tuple(sorted((*told, *changed), key=lambda entry: entry.order, reverse=True))


def _hazards(place: PlaceView, telling: Telling) -> set[str]:
    """Return the hazards that are named where the place stands now, never those of its past."""
    claims = {
        claim
        for item in standing(place.dimensions)
        if item.dimension in {"alert", "attack"} and not item.stale
        for claim in item.said
    }
    topics = {item.topic for item in telling.view.said if item.claim in claims}
    return {HAZARDS[topic] for topic in topics if topic in HAZARDS}


def _help(
    place: PlaceView, invitations: Sequence[Invitation], telling: Telling
) -> list[dict[str, Any]]:
    """Return help points: invitations with their words, then others without an address.

    The words of an invitation are shown until their end; that there is help, and the link
    to who said so, stay on.
    """
    words, frame = telling.words, telling.frame
    invited = {item.claim for item in invitations}
    found: list[dict[str, Any]] = [
        {
            "label": words.label("topic", item.topic),
            "quote": item.quote,
            "lang": item.lang,
            "by": frame.named([item.speaker or item.source]),
            "when": frame.moment(item.said_at),
            "url": item.url,
            "until": words("r_help.until", when=frame.moment(item.until).striptags()),
        }
        for item in invitations
    ]
    claims = {*place.timeline, *place.advice} - invited
    others = [item for item in telling.view.said if item.claim in claims and item.topic in HELP]
    return found + [
        {
            "label": words.label("topic", item.topic),
            "quote": item.quote,
            "lang": item.lang,
            "by": frame.named([item.speaker or item.source]),
            "when": telling.when(item),
            "url": item.url,
            "until": "",
        }
        for item in {(one.topic, one.url, one.quote): one for one in others}.values()
        if item.polarity == "affirmed"
    ]


def _silent(code: str, *, telling: Telling) -> list[dict[str, Any]]:
    """Return the sources that speak for the place and do not answer."""
    health = {item.source: item for item in telling.view.sources}
    found = []
    for title in telling.view.titles:
        known = health.get(title.source)
        home = telling.atlas.get(title.home) if title.home else None
        if known is None or known.silent_since is None or home is None or home.level == "country":
            continue
        if telling.atlas.within(code, home.code):
            found.append(
                {
                    "name": telling.frame.named([title.source]),
                    "since": telling.frame.moment(known.silent_since),
                }
            )
    return found


def _parts(unit: Unit, *, frame: Leaf, atlas: Atlas) -> tuple[str, list[tuple[str, str]]]:
    """Return the units one level down, so that a place is found without a search; not villages.

    Villages and towns of one community are many, and the search finds them.
    """
    key = {"oblast": "raions", "raion": "communities"}.get(unit.level.value, "")
    if not key:
        return "", []
    named = [(code, atlas.label(code, lang=frame.lang)) for code in atlas.children(unit.code)]
    return key, sorted(named, key=lambda item: by_alphabet(item[1]))
