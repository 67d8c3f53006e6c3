"""What may be taken away in bulk of a made-up world, and what may not stand in it."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from disclosure.leaks import in_bytes
from disclosure.planted import BEGIN, GAZETTEER, OBLAST, RAION, Truth, World, world
from vidomo.core.codec import to_json
from vidomo.core.time import day_interval
from vidomo.disclosure import open_data
from vidomo.disclosure.open_model import OpenView

WIDE = {RAION, OBLAST}
COARSE = {"country", "oblast", "raion"}
HELP = "help.point"


def later(seed: int) -> World:
    """Return a world some days on: the time of none, of some or of all of its days has come."""
    hours = random.Random(seed).randint(60, 150)
    return world(seed)._replace(now=BEGIN + timedelta(hours=hours))


def opened(some: World) -> OpenView:
    """Return what may be taken away of a world at its instant."""
    last = open_data.last_open_day(some.now)
    end = min(open_data.end_of(last), some.now)
    gate = open_data.OpenGate(
        some.situation(end), present=some.situation(), gazetteer=GAZETTEER, now=some.now
    )
    return gate.view({day: some.situation(open_data.end_of(day)) for day in gate.days()})


def come(some: World) -> datetime:
    """Return the midnight in Kyiv (in winter) until which everything is three days old."""
    local = some.now - timedelta(hours=72) + timedelta(hours=2)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight - timedelta(hours=2)).astimezone(UTC)


def young(some: World) -> tuple[Truth, ...]:
    """Return the statements whose time has not come."""
    return tuple(one for one in some.truths if one.said_at >= come(some))


def expected(some: World) -> Iterator[Truth]:
    """Yield the statements of which a row must tell."""
    for one in some.shown():
        if one.said_at < come(some) and not one.is_ambiguous and one.topic != HELP:
            yield one


def quoted(some: World, one: Truth) -> bool:
    """Whether the words of a statement may stand in a row."""
    return (
        some.is_quoted(one)
        and one.said_at < come(some)
        and all(each.topic != HELP for each in (one, *one.others))
        and all(set(each.places) <= WIDE and each.places for each in (one, *one.others))
    )


def open_leaks(some: World, text: str, where: str) -> Iterator[str]:
    """Yield what stands in bytes that are given away and may not stand there."""
    yield from in_bytes(some, text, where)
    ids = {name for one in some.truths if not _is_in(some, one) for name in one.ids}
    ids -= {name for one in expected(some) for name in one.ids}
    yield from (f"{where}: {name} before its hour or never" for name in ids if name in text)
    may_be_quoted = {one.mark for one in some.truths if quoted(some, one)}
    for one in some.truths:
        if one.mark in text and one.mark not in may_be_quoted:
            yield f"{where}: words of {one.topic} at {one.places} that are finer than the row"
    for place in {place for one in some.truths for place in one.places} - WIDE:
        if place in text:
            yield f"{where}: {place} is finer than a raion"


def _is_in(some: World, one: Truth) -> bool:
    return any(one is other for other in expected(some))


def view_leaks(some: World) -> Iterator[str]:
    """Yield every leak of the view of one world."""
    view = opened(some)
    yield from open_leaks(some, to_json(view).decode(), "view")
    for row in (*view.statements, *view.states):
        if row.level not in COARSE:
            yield f"a row of a {row.level}"
        if day_interval(row.day).end > come(some):
            yield f"a row of {row.day} before its hour"
    said = {(row.day_until, row.place) for row in view.statements}
    around = {(day, up) for day, place in said for up in GAZETTEER.ancestors(place)}
    for row in view.states:
        if (row.day, row.place) not in said | around:
            yield f"a state of {row.place} on a day on which nothing was said of it"
