"""The pages on which calls are taken down and looked at."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from html import escape

from starlette.responses import Response

from vidomo.app.call_book import (
    call_in,
    caller_of,
    calls_in,
    correct_call,
    erase_caller,
    is_broken_off,
    mend_calls,
    strike_call,
    take_call,
    voices_for,
)
from vidomo.app.desk_book import entries_in
from vidomo.app.doors import registry_at
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.own import of_own, territories
from vidomo.app.web.desk.route import DeskRoute, DeskWorld, Visit, page_response
from vidomo.core.errors import ConfigError, MachineRefused
from vidomo.core.ids import content_id
from vidomo.desk.calls.model import Call, Caller
from vidomo.desk.calls.posts import VOICE
from vidomo.desk.calls.take import LONGEST_WORDS, Asked, Noted, cleaned, noted, places_of
from vidomo.desk.page import DeskLink
from vidomo.desk.people import Role
from vidomo.desk.tasks.model import Task, tasks_of
from vidomo.gazetteer import Gazetteer
from vidomo.sources.registry import SourceEntry
from vidomo.store.journal import Journal

LINKS = (DeskLink("/desk/calls", "calls.title", "c"),)
SHOWN = 100
"""Calls on the page; the earlier ones are in the audit trail."""
OFFERED = 8
"""Places that the field offers while somebody types."""
_LONGEST_QUERY = 80
_FIELDS = ("who", "office", "when", "place", "code", "words", "call_back")
_UNREADABLE, _HINDERED = 422, 503


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    return (
        DeskRoute("/desk/calls", show, example=lambda _: {}),
        DeskRoute(
            "/desk/calls",
            take,
            needs=Role.EDITOR,
            method="POST",
            scope=_typed_place,
            example=_take_example,
        ),
        DeskRoute("/desk/calls/places", places, example=lambda _: {}),
        DeskRoute("/desk/calls/{call}", look, scope=place_of_call, example=example_of_call()),
        DeskRoute(
            "/desk/calls/{call}/correct",
            correct,
            needs=Role.EDITOR,
            method="POST",
            scope=place_of_call,
            example=example_of_call(words="The power is back.", reason="misheard"),
        ),
        DeskRoute(
            "/desk/calls/{call}/strike",
            strike,
            needs=Role.EDITOR,
            method="POST",
            scope=place_of_call,
            example=example_of_call(reason="a mistake"),
        ),
        DeskRoute(
            "/desk/calls/{call}/erase",
            erase,
            needs=Role.ADMIN,
            method="POST",
            scope=place_of_call,
            example=example_of_call(reason="asked for"),
        ),
    )


async def show(visit: Visit) -> Response:
    """Answer with the form and the latest calls; finish what a stopped machine left half done."""
    if await of_own(visit, is_broken_off):
        keys = visit.desk.table
        # The calls are safe in their entries; whoever looks next tries again.
        with suppress(MachineRefused):
            await visit.act(lambda house: mend_calls(house, keys))
    return await _list(visit, {}, None)


async def take(visit: Visit) -> Response:
    """Take a call down, or show what keeps it from that; nothing typed is lost."""
    form = {name: visit.form.get(name, "") for name in _FIELDS}
    call = _noted(visit, form)
    if call.problems:
        return await _list(visit, form, call, status=_UNREADABLE)
    keys, at, by = visit.desk.table, visit.now, visit.person.id
    once = visit.form.get("once", "")[:_LONGEST_QUERY]
    try:
        await visit.act(lambda house: take_call(house, keys, call, by=by, at=at, once=once))
    except MachineRefused:
        # Sent again with the same mark it is the same call, should it have been stored after all.
        return await _list(visit, form, call, status=_HINDERED, once=once)
    label = visit.desk.label(call.place, lang=visit.lang)
    return visit.back("/desk/calls", visit.words("calls.taken", place=label))


async def places(visit: Visit) -> Response:
    """Answer with the places that what was typed so far may mean, as options of the field."""
    typed = cleaned(visit.request.query_params.get("place", ""))[:_LONGEST_QUERY]
    atlas = _atlas(visit)
    found = atlas.find(typed, limit=OFFERED * 4) if typed else ()
    mine = _is_mine(visit)
    codes = sorted((one.code for one in found), key=lambda code: not mine(code))
    labels = dict.fromkeys(visit.desk.label(code, lang=visit.lang) for code in codes[:OFFERED])
    options = "".join(f'<option value="{escape(label)}"></option>' for label in labels)
    return page_response(options)


async def look(visit: Visit) -> Response:
    """Answer with one call; who called is shown to those who may act at its place."""
    call = await call_of(visit)
    atlas = _atlas(visit)

    def question(journal: Journal) -> tuple[Sequence[SourceEntry], Sequence[Task]]:
        entries = entries_in(journal, what_prefix="task.")
        linked = [task for task in tasks_of(entries) if task.link == call.id]
        return voices_for(registry_at(journal, None), atlas, call.place), linked

    voices, linked = await of_own(visit, question)
    people = await visit.keep(lambda: {one.id: one.name for one in visit.desk.table.people()})
    return visit.page(
        "call.html",
        call=call,
        caller=await caller_seen(visit, call),
        may_see=_may_see(visit, call),
        voices=voices,
        linked=linked,
        people=people,
        short=atlas.label(call.place, lang=visit.lang),
        roles=Role,
        longest=LONGEST_WORDS,
    )


async def correct(visit: Visit) -> Response:
    """Put other words in the place of what was taken down."""
    call = await call_of(visit)
    reason = reason_given(visit)
    form = {"words": visit.form.get("words", ""), "place": call.place}
    found = _noted(visit, {name: form.get(name, "") for name in _FIELDS})
    wrong = [key for field, key in found.problems if field == "words"]
    if wrong:
        raise ConfigError(visit.words(f"calls.problem_{wrong[0]}"))
    by, at = visit.person.id, visit.now
    await visit.act(
        lambda house: correct_call(
            house, call_in(house.journal, call.id), found.words, by=by, at=at, reason=reason
        )
    )
    return visit.back(f"/desk/calls/{call.id}", visit.words("calls.corrected"))


async def strike(visit: Visit) -> Response:
    """Strike a call out that was taken down in error."""
    call = await call_of(visit)
    reason, by, at = reason_given(visit), visit.person.id, visit.now
    await visit.act(
        lambda house: strike_call(
            house, call_in(house.journal, call.id), by=by, at=at, reason=reason
        )
    )
    return visit.back(f"/desk/calls/{call.id}", visit.words("calls.struck"))


async def erase(visit: Visit) -> Response:
    """Make the caller unreadable for good."""
    call = await call_of(visit)
    reason, by, at = reason_given(visit), visit.person.id, visit.now
    keys = visit.desk.table
    await visit.act(lambda house: erase_caller(house, keys, call, by=by, at=at, reason=reason))
    return visit.back(f"/desk/calls/{call.id}", visit.words("calls.erased"))


async def call_of(visit: Visit) -> Call:
    """Return the call that a path names.

    Raises:
        NothingKnown: There is none of that id.
    """
    wanted = visit.given("call")
    return await of_own(visit, lambda journal: call_in(journal, wanted))


async def place_of_call(visit: Visit) -> Sequence[str]:
    """Return the place of the call that a path names."""
    return ((await call_of(visit)).place,)


async def caller_seen(visit: Visit, call: Call) -> Caller | None:
    """Return who called, where the person may know; None where not, or where it is erased."""
    if not _may_see(visit, call):
        return None
    return await visit.keep(lambda: caller_of(call, visit.desk.table))


def reason_given(visit: Visit) -> str:
    """Return why, in the person's words.

    Raises:
        ConfigError: Nothing was given.
    """
    reason = cleaned(visit.form.get("reason", ""))
    if not reason:
        raise ConfigError(visit.words("calls.problem_reason"))
    return reason[:LONGEST_WORDS]


def example_of_call(**fields: str) -> Callable[[DeskWorld], Mapping[str, str]]:
    """Return the maker of an example that is about a call at the place of a test."""

    def example(world: DeskWorld) -> dict[str, str]:
        return {"call": call_for_example(world, once=" ".join(fields)), **fields}

    return example


def call_for_example(
    world: DeskWorld, *, words: str = "The power is out.", once: str = "example"
) -> str:
    """Take a call down for an example; return its id."""
    call = Noted(
        words=words,
        called_at=world.now,
        place=world.place,
        caller=Caller(who="Somebody", call_back="050 000 00 00"),
    )
    keys, other = world.desk.table, world.other.id
    return str(
        world.act(lambda house: take_call(house, keys, call, by=other, at=world.now, once=once))
    )


def _take_example(world: DeskWorld) -> dict[str, str]:
    return {"who": "Somebody", "place": world.place, "words": "The power is out.", "once": "one"}


async def _typed_place(visit: Visit) -> Sequence[str]:
    """Return the place that the form names; the person's own territory where that cannot be told."""
    found = _codes(visit, visit.form.get("place", ""), visit.form.get("code", ""))
    return found if len(found) == 1 else territories(visit, Role.EDITOR)


def _codes(visit: Visit, text: str, code: str) -> tuple[str, ...]:
    return places_of(text, code=code, atlas=_atlas(visit), is_mine=_is_mine(visit))


def _noted(visit: Visit, form: Mapping[str, str]) -> Noted:
    return noted(Asked(**form), now=visit.now, atlas=_atlas(visit), is_mine=_is_mine(visit))


async def _list(
    visit: Visit,
    form: Mapping[str, str],
    call: Noted | None,
    *,
    status: int = 200,
    once: str = "",
) -> Response:

    def question(journal: Journal) -> tuple[Sequence[Call], Sequence[SourceEntry]]:
        known = registry_at(journal, None).sources()
        return calls_in(journal), [one for one in known if one.id.startswith(VOICE)]

    found, voices = await of_own(visit, question)
    seen = [one for one in found if visit.may(Role.VIEWER, [one.place])]
    return visit.page(
        "calls.html",
        status=status,
        calls=seen[:SHOWN],
        more=len(seen) - SHOWN,
        form=form,
        problems=dict(call.problems) if call else {},
        candidates=call.candidates if call else (),
        once=once or content_id("once", visit.session.key, visit.now, len(found)),
        is_hindered=status == _HINDERED,
        may_take=visit.may_anywhere(Role.EDITOR),
        roles=Role,
        voices=voices,
        longest=LONGEST_WORDS,
    )


def _may_see(visit: Visit, call: Call) -> bool:
    """Whether the person may know who called: whoever acts at the place, and who took the call."""
    return visit.may(Role.EDITOR, [call.place]) or visit.person.id == call.taken_by


def _is_mine(visit: Visit) -> Callable[[str], bool]:
    return lambda code: visit.may(Role.EDITOR, [code]) and not visit.may(Role.EDITOR)


def _atlas(visit: Visit) -> Gazetteer:
    return visit.desk.site.house.gazetteer
