"""Looks for leaks in what residents are given of a made-up world; says what it found."""

from collections.abc import Iterator
from datetime import timedelta

from disclosure.planted import (
    ALL,
    FINE,
    GAZETTEER,
    INVITED,
    NEEDLES,
    SMALL,
    Truth,
    World,
)
from vidomo.core.codec import to_json
from vidomo.core.errors import DisclosureForbidden
from vidomo.disclosure import country, gate as gates
from vidomo.disclosure.model import DimensionView, PublicView
from vidomo.situation.model import Situation

DAY = timedelta(hours=24)
TOLD = ("report", "assessment")
STRUCK = ("event.explosion", "event.strike", "event.shelling", "impact.damage", "impact.fire")
UNSAID = {"alert": "unknown", "attack": "none_reported"}


def leaks(world: World) -> Iterator[str]:
    """Yield every leak of one world: what was shown that may not be, or not so."""
    situation = world.situation()
    opened = gates.PublicGate(situation, gazetteer=GAZETTEER)
    views = {code: opened.view(code) for code in {*ALL, *opened.told()}}
    for code, view in views.items():
        yield from in_bytes(world, to_json(view).decode(), f"view of {code}")
        yield from _in_view(world, view)
        yield from _in_small_place(code, view)
    yield from _of_neighbours(views)
    yield from _of_the_desk(views)
    yield from _in_country(world, situation)
    yield from _in_invitations(world, opened)


def in_bytes(world: World, text: str, where: str, *, page_of: str = "") -> Iterator[str]:
    """Yield what stands in public bytes and may not stand there.

    Args:
        world: What was said, and what is true of it.
        text: The bytes, decoded.
        where: Where they come from, for people.
        page_of: Code of the place whose own page they are: it may hold invitations.
    """
    invited = {
        same.mark
        for one in world.told()
        if page_of and not _why_not(world, one, page_of)
        for same in (one, *one.others)
    }
    for needle in NEEDLES:
        if needle in text and not (needle == INVITED[1] and invited):
            yield f"{where}: planted {needle}"
    may_be_quoted = {one.mark for one in world.shown() if world.is_quoted(one)} | invited
    may_be_named = {name for one in world.shown() for name in one.ids}
    for one in world.told():
        if one.mark in text and one.mark not in may_be_quoted:
            yield f"{where}: words of {one.topic} {one.kind} {one.object} {one.plant}"
        for name in one.ids - may_be_named:
            if name in text:
                yield f"{where}: id of {one.topic} {one.kind} {one.object}"


def _in_view(world: World, view: PublicView) -> Iterator[str]:
    (place,) = view.places
    known = {name for one in world.shown() for name in one.ids}
    times = {moment for one in world.shown() for moment in (one.said_at, one.ends_at)}
    for item in view.said:
        if item.claim not in known:
            yield f"{place.place}: a statement that may not be shown, {item.topic}"
        if item.topic.startswith(FINE) and item.place in SMALL:
            yield f"{place.place}: {item.topic} told too fine"
    ids = {item.claim for item in view.said}
    for row in place.dimensions:
        is_said = row.phase != UNSAID.get(row.dimension, "not_reported")
        if is_said and not row.is_from_parts and not (set(row.said) & ids) and row.phase != "none":
            yield f"{place.place}: {row.dimension} {row.phase} rests on nothing that is shown"
        if is_said and row.since and row.since not in times:
            yield f"{place.place}: {row.dimension} since a time that nobody may know"
        if is_said and row.heard_at and row.dimension != "alert" and row.heard_at not in times:
            yield f"{place.place}: {row.dimension} heard at a time that nobody may know"
        if row.dimension == "alert" and is_said and row.stale:
            yield f"{place.place}: an alert state that its source has not renewed"


def _in_small_place(code: str, view: PublicView) -> Iterator[str]:
    if code not in SMALL:
        return
    for row in view.places[0].dimensions:
        is_fine = row.dimension in ("attack", "harm", "damage") and _is_bad(row)
        if is_fine and row.inherited_from is None:
            yield f"{code}: {row.dimension} told of a small place"


def _is_bad(row: DimensionView) -> bool:
    return row.phase in ("reported", "unknown", "none_stated")


def _of_neighbours(views: dict[str, PublicView]) -> Iterator[str]:
    """Yield where two small places of one community differ in harm or damage."""
    for code, view in views.items():
        for other, seen in views.items():
            if SMALL.get(code) == SMALL.get(other, "") and _fine_rows(view) != _fine_rows(seen):
                yield f"{code} and {other} can be told apart by harm or damage"


def _fine_rows(view: PublicView) -> list[DimensionView]:
    return [row for row in view.places[0].dimensions if row.dimension in ("harm", "damage")]


def _of_the_desk(views: dict[str, PublicView]) -> Iterator[str]:
    for code, view in views.items():
        (place,) = view.places
        if view.incidents or place.incidents:
            yield f"{code}: an incident"
        if place.figures or any(row.share for row in place.dimensions):
            yield f"{code}: a figure"
        if any(row.moves for row in place.dimensions):
            yield f"{code}: how long something took"
        if view.withheld:
            yield f"{code}: what is withheld"
        if any(source.detail for source in view.sources):
            yield f"{code}: what the desk saw of a source"


def _in_country(world: World, situation: Situation) -> Iterator[str]:
    earlier = world.situation(world.now - DAY)
    young = world.situation(world.now - DAY + timedelta(minutes=5))
    try:
        country.compare(situation, gazetteer=GAZETTEER, earlier=young)
        yield "the finer past is compared before its day is over"
    except DisclosureForbidden:
        pass
    view = country.compare(situation, gazetteer=GAZETTEER, earlier=earlier)
    yield from in_bytes(world, to_json(view).decode(), "country")
    times = {one.said_at for one in world.shown()}
    for row in view.supplies:
        if row.level != "oblast":
            yield f"supply compared at {row.level}"
        if row.heard_at not in times:
            yield "supply of an oblast heard at a time that nobody may know"
    for row in view.past:
        made = {one.said_at for one in world.shown() if one.said_at <= earlier.valid_at}
        if row.heard_at not in made:
            yield f"the past of {row.code} rests on what may not be shown"
    yield from (f"{row.code}: a stale alert" for row in view.alerts if row.stale)


def _in_invitations(world: World, opened: gates.PublicGate) -> Iterator[str]:
    for code in ALL:
        for item in opened.invitations(code):
            wrong = [_why_not(world, one, code) for one in _behind(world, item.claim)]
            if all(wrong):
                yield f"{code}: an invitation that is {wrong}"
            yield from in_bytes(world, to_json(item).decode(), "invitation", page_of=code)


def _behind(world: World, claim: str) -> list[Truth]:
    return [one for one in world.told() if claim in one.ids]


def _why_not(world: World, one: Truth, code: str) -> str:
    """Return why an invitation may not be quoted; empty where it may."""
    if one.topic != "help.point" or GAZETTEER.get(code) is None:
        return "no invitation of a place"
    end = one.ends_at or one.said_at + DAY
    if one.is_hidden(world.now) or one.kind != "report" or one.polarity != "affirmed":
        return "withheld"
    if one.others and any(each.is_hidden(world.now) for each in one.others):
        return "shared with something withheld"
    if end <= world.now:
        return "over"
    is_of_it = code in one.places or one.is_ambiguous
    if not is_of_it or GAZETTEER.get(code) is None:  # an address may be made up
        return "of another place"
    for other in world.told():
        is_attack = other.topic in STRUCK and other.kind in TOLD and other.polarity == "affirmed"
        if is_attack and other.said_at > one.said_at and _near(other, code):
            return "of a place that was attacked since"
        is_closing = other.topic == one.topic and other.polarity == "negated"
        is_same = other.voice.source == one.voice.source and other.voice.body == one.voice.body
        if is_closing and is_same and other.said_at > one.said_at and code in other.places:
            return "closed"
    return ""


def _near(other: Truth, code: str) -> bool:
    around = [unit for unit in GAZETTEER.ancestors(code) if _is_local(unit)]
    return any(
        place == code or place in around or GAZETTEER.within(place, code) for place in other.places
    )


def _is_local(code: str) -> bool:
    unit = GAZETTEER.get(code)
    return unit is not None and unit.level in ("settlement", "hromada")


def losses(world: World) -> Iterator[str]:
    """Yield what is withheld although it may be shown: warnings, advice, supply, plain words."""
    opened = gates.PublicGate(world.situation(), gazetteer=GAZETTEER)
    views = {code: opened.view(code) for code in ALL}
    for one in world.shown():
        if one.is_ambiguous:
            continue
        for code in one.places:
            told = SMALL.get(code, code) if one.topic.startswith(FINE) else code
            said = {item.claim: item for item in views[told].said}
            found = [said[name] for name in one.ids if name in said]
            if not found:
                yield f"{code}: {one.topic} is not told"
            elif world.is_quoted(one) and not any(one.mark in item.quote for item in found):
                yield f"{code}: the words of {one.topic} are not quoted"
    yield from _delayed(world, views)


def _delayed(world: World, views: dict[str, PublicView]) -> Iterator[str]:
    """Yield where a phase that rests on nothing withheld is not the one that holds."""
    situation = world.without_rumours().situation()
    open_ids = {name for one in world.shown() for name in one.ids}
    for state in situation.places:
        for row in state.dimensions:
            is_fine = row.dimension in ("attack", "harm", "damage")
            if is_fine or not row.evidence or not set(row.evidence) <= open_ids:
                continue
            view = next(
                one
                for one in views[state.place].places[0].dimensions
                if one.dimension == row.dimension
            )
            is_stale_alert = row.dimension == "alert" and row.stale
            if view.phase != row.phase and not is_stale_alert and not view.is_from_parts:
                yield f"{state.place}: {row.dimension} is {view.phase}, not {row.phase}"
