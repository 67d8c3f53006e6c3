"""What all pages of alerts need: the alerts of the folder, places that were typed, examples."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import msgspec

from vidomo.app.alert_acts import AlertDesk
from vidomo.app.alert_book import AlertBook
from vidomo.app.alert_rules import Views
from vidomo.app.alert_views import quotes, views_of
from vidomo.app.house import House
from vidomo.app.web.desk.own import of_own, territories
from vidomo.app.web.desk.route import DeskWorld, Visit
from vidomo.desk.alerts.authority import Authority
from vidomo.desk.alerts.compose import from_wording
from vidomo.desk.alerts.confirm import phrase
from vidomo.desk.alerts.life import Life
from vidomo.desk.alerts.model import Kind
from vidomo.desk.alerts.press import LANGS
from vidomo.desk.alerts.wordings import wordings
from vidomo.desk.calls.take import places_of
from vidomo.desk.entry import KIND
from vidomo.desk.people import Grant, Role
from vidomo.publish.alerts.keys import keys_folder, new_key
from vidomo.store.journal import Journal

T = TypeVar("T")
MOST_PLACES = 20
"""Places in one alert; of more, name what they lie in (our own choice)."""
_LONGEST, _SHOWN = 2_000, 80
EXAMPLE_AUTHORITY = Authority(
    name="Example City Council",
    name_en="Example City Council",
    legal_basis="Act 1",
    sender="cap@city.example",
    contact="+380 00 000 00 00",
    web="https://city.example",
    territory="UA",
)


def alert_desk(visit: Visit, journal: Journal) -> AlertDesk:
    """Return the alerts of the folder over a journal."""
    desk = visit.desk
    return AlertDesk(
        journal,
        folder=desk.folder,
        gazetteer=desk.site.house.gazetteer,
        people=desk.table.person,
        clock=desk.clock,
        is_exercise=desk.is_exercise,
    )


async def reading(visit: Visit, question: Callable[[AlertDesk], T]) -> T:
    """Return what is asked of the alerts; nothing can be written."""
    return await of_own(visit, lambda journal: question(alert_desk(visit, journal)))


async def acting(visit: Visit, act: Callable[[AlertDesk], T]) -> T:
    """Do something to the alerts, alone with the folder."""

    def done(house: House) -> T:
        return act(alert_desk(visit, house.journal))

    return await visit.act(done)


async def book_of(visit: Visit) -> AlertBook:
    """Return all alerts as they stand, read once."""

    def read(desk: AlertDesk) -> AlertBook:
        _ = desk.lives, desk.authority
        return desk

    return await reading(visit, read)


async def life_of(visit: Visit) -> Life:
    """Return the alert that the path names.

    Raises:
        NothingKnown: There is none.
    """
    alert = visit.given("alert")
    return await reading(visit, lambda desk: desk.life(alert))


async def places_of_alert(visit: Visit) -> Sequence[str]:
    """Return the places of the alert that the path names."""
    return (await life_of(visit)).draft.places


async def views_for(visit: Visit, kind: Kind, places: Sequence[str]) -> Views:
    """Return what residents may see of the places now, where a message of a kind rests on it."""
    if not quotes(kind):
        return {}
    house = visit.desk.site.house
    return await visit.ask(lambda: views_of(house, places, releases=tuple(house.releases())))


@dataclass(frozen=True)
class Where:
    """Places as they were typed.

    Attributes:
        codes: What is meant, where that is one unit for each part.
        unclear: Each part that is not, with the labels of what it may mean.
    """

    codes: tuple[str, ...]
    unclear: Mapping[str, tuple[str, ...]]


def where(visit: Visit, typed: str) -> Where:
    """Return the places that typed words mean; names stand apart by semicolons, lines or commas.

    A full name holds commas too, such as ``Izium, Izium raion, Kharkiv oblast``, and is one place.
    A place beside one that it lies in may be either way of writing: then a person is asked.
    """
    atlas = visit.desk.site.house.gazetteer

    def units(text: str) -> tuple[str, ...]:
        return places_of(text, atlas=atlas, is_mine=lambda code: visit.may(Role.EDITOR, [code]))

    def is_full_name(text: str) -> bool:
        names = (atlas.label(one, lang=lang, full=True) for one in units(text) for lang in LANGS)
        return text.casefold() in {name.casefold() for name in names}

    codes: list[str] = []
    unclear: dict[str, tuple[str, ...]] = {}
    for part in filter(None, map(str.strip, re.split(r"[;\n]", typed[:_LONGEST]))):
        pieces = [part] if is_full_name(part) else [one.strip() for one in part.split(",")]
        found = {piece: units(piece) for piece in pieces if piece}
        alone = {one[0] for one in found.values() if len(one) == 1}
        if any(alone & set(atlas.ancestors(code)) for code in alone):
            unclear[part] = _labels(visit, alone)
            continue
        for piece, meant in found.items():
            if len(meant) == 1:
                codes += [meant[0]] if meant[0] not in codes else []
            else:
                unclear[piece] = _labels(visit, meant)
    if len(codes) > MOST_PLACES:
        unclear[typed[:_SHOWN]] = ()
    return Where(tuple(codes), unclear)


def _labels(visit: Visit, codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{visit.desk.label(one, lang=visit.lang)} {one}" for one in sorted(codes))


async def typed_places(visit: Visit) -> Sequence[str]:
    """Return the places that a form names; the person's own where that cannot be told."""
    found = where(visit, visit.form.get("places", ""))
    return found.codes if found.codes and not found.unclear else territories(visit, Role.EDITOR)


def desk_of_world(world: DeskWorld, house: House) -> AlertDesk:
    """Return the alerts of a test's folder, at a moment that no other example had."""
    later = timedelta(seconds=house.journal.count(KIND))
    return AlertDesk(
        house.journal,
        folder=world.folder,
        gazetteer=house.gazetteer,
        people=world.desk.table.person,
        clock=lambda: world.now + later,
        is_exercise=world.desk.is_exercise,
    )


def example_of_draft(
    *, is_ready: bool = False, is_issued: bool = False, fields: Mapping[str, str] | None = None
) -> Callable[[DeskWorld], Mapping[str, str]]:
    """Return the maker of an example about a draft that somebody else wrote.

    Args:
        is_ready: Whether all is there that it takes to approve or issue it.
        is_issued: Whether it is issued.
        fields: Other fields of the form.
    """

    def example(world: DeskWorld) -> dict[str, str]:
        def made(house: House) -> Life:
            desk = desk_of_world(world, house)
            if is_ready or is_issued:
                ready_for_example(desk, world)
            draft = from_wording(desk.press(), "shelter", [world.place])
            alert = desk.draft(world.other, draft)
            life = desk.life(alert)
            words = phrase(draft, lang="en", gazetteer=house.gazetteer)
            if is_issued:
                life = desk.issue(world.other, alert, seen=life.digest, typed=words)
            return life

        life = world.act(made)
        if not isinstance(life, Life):
            raise TypeError(type(life))
        words = phrase(life.draft, lang="en", gazetteer=world.house.gazetteer)
        found = {"alert": life.id, "seen": life.digest, "typed": words, "reason": "a mistake"}
        return {**found, **(fields or {})}

    return example


def ready_for_example(desk: AlertDesk, world: DeskWorld) -> None:
    """Put on record what it takes to issue: an authority, approved wordings, a key."""
    owner = msgspec.structs.replace(world.other, grants=(Grant(Role.ADMIN, "UA"),))
    desk.set_authority(owner, EXAMPLE_AUTHORITY)
    for name, one in wordings().items():
        desk.approve_wording(owner, name, version=one.ref.version)
    keys = keys_folder(world.folder, is_exercise=desk.is_exercise)
    if not keys.exists():
        new_key(keys, holder="Example", is_exercise=desk.is_exercise, now=world.now)
