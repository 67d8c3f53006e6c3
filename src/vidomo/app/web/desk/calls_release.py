"""The pages on which a call becomes the own words of a body, or is taken back."""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from vidomo.app.call_book import (
    add_voice,
    call_in,
    disown_voice,
    release_call,
    voices_for,
    withdraw_release,
)
from vidomo.app.doors import registry_at
from vidomo.app.reader import read
from vidomo.app.web.desk.calls import (
    call_for_example,
    call_of,
    caller_seen,
    place_of_call,
    reason_given,
)
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.own import of_own
from vidomo.app.web.desk.route import DeskRoute, DeskWorld, Visit
from vidomo.core.errors import ConfigError
from vidomo.core.time import instant_interval
from vidomo.desk.calls.model import Call
from vidomo.desk.calls.posts import VOICE
from vidomo.desk.calls.release import Looked, is_same_place, looked
from vidomo.desk.calls.take import LONGEST_FIELD, LONGEST_WORDS, cleaned
from vidomo.desk.check import check_draft
from vidomo.desk.people import Role
from vidomo.gazetteer import Gazetteer
from vidomo.sources.registry import Registry, SourceEntry

_UNCONFIRMED = 422
_EXAMPLE_BODY = "city_administration"


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    return (
        DeskRoute(
            "/desk/calls/{call}/release",
            release,
            needs=Role.APPROVER,
            method="POST",
            scope=_place_and_body,
            example=_release_example,
        ),
        DeskRoute(
            "/desk/calls/{call}/withdraw",
            withdraw,
            needs=Role.APPROVER,
            method="POST",
            scope=place_of_call,
            example=_withdraw_example,
        ),
        DeskRoute(
            "/desk/voices",
            voice,
            needs=Role.ADMIN,
            method="POST",
            scope=_home_of_body,
            example=lambda world: {"body": f"{_EXAMPLE_BODY}@{world.place}", "title": "Body"},
        ),
        DeskRoute(
            "/desk/voices/disown",
            disown,
            needs=Role.ADMIN,
            method="POST",
            scope=_home_of_voice,
            example=_disown_example,
        ),
    )


async def release(visit: Visit) -> Response:
    """Show what residents would understand; release once the place is typed and nothing bars it."""
    call = await call_of(visit)
    chosen = await _voice(visit, call)
    words = cleaned(visit.form.get("words", ""), is_long=True)
    found = await _looked(visit, call, words, chosen)
    atlas = visit.desk.site.house.gazetteer
    names = [atlas.label(call.place, lang=lang) for lang in ("uk", "en")]
    typed = visit.form.get("confirm", "")
    is_meant = is_same_place(typed, names)
    is_cleared = not found.is_named or visit.form.get("not_named") == "yes"
    if found.refused or not is_meant or not is_cleared:
        return visit.page(
            "call_release.html",
            status=_UNCONFIRMED if typed or found.refused else 200,
            call=call,
            words=words,
            voice=chosen,
            found=found,
            short=names[visit.lang == "en"],
            is_wrong_place=bool(typed) and not is_meant,
            longest=LONGEST_WORDS,
        )
    by, at = visit.person.id, visit.now
    await visit.act(
        lambda house: release_call(
            house, call_in(house.journal, call.id), words, voice=chosen, by=by, at=at
        )
    )
    return visit.back(
        f"/desk/calls/{call.id}", visit.words("calls.released_notice", body=chosen.title)
    )


async def withdraw(visit: Visit) -> Response:
    """Take back what a body released."""
    call = await call_of(visit)
    reason, by, at = reason_given(visit), visit.person.id, visit.now
    wanted = visit.form.get("release", "")
    await visit.act(
        lambda house: withdraw_release(
            house, call_in(house.journal, call.id), wanted, by=by, at=at, reason=reason
        )
    )
    return visit.back(f"/desk/calls/{call.id}", visit.words("calls.withdrawn_notice"))


async def voice(visit: Visit) -> Response:
    """Register the desk as the own channel of a body."""
    atlas, at = visit.desk.site.house.gazetteer, visit.now
    body_id = visit.form.get("body", "").strip()
    title = cleaned(visit.form.get("title", ""))[:LONGEST_FIELD]
    body = await of_own(visit, lambda journal: registry_at(journal, None).body(body_id))
    if body is None or atlas.get(body.home) is None:
        raise ConfigError(visit.words("calls.problem_body", body=body_id[:LONGEST_FIELD]))
    label = body.called(atlas.label(body.home))
    by = visit.person.id
    await visit.act(lambda house: add_voice(house, body, title=title or label, by=by, at=at))
    return visit.back("/desk/calls", visit.words("calls.voice_added", body=title or label))


async def disown(visit: Visit) -> Response:
    """Say that the desk never spoke for a body."""
    reason, by, at = reason_given(visit), visit.person.id, visit.now
    wanted = visit.form.get("voice", "")
    await visit.act(lambda house: disown_voice(house, wanted, by=by, at=at, reason=reason))
    return visit.back("/desk/calls", visit.words("calls.voice_gone"))


async def _looked(visit: Visit, call: Call, words: str, chosen: SourceEntry) -> Looked:
    caller = await caller_seen(visit, call)
    now, by, lang = visit.now, visit.person.id, visit.lang
    atlas = visit.desk.site.house.gazetteer

    def looked_at() -> Looked:
        short = words[: 2 * LONGEST_WORDS]
        return looked(
            words,
            call,
            by=by,
            caller=caller,
            claims=read(short, home=call.place, posted_at=instant_interval(now)),
            may_speak_of=lambda code: bool(atlas.get(code)) and visit.may(Role.APPROVER, [code]),
            checked=check_draft(
                short, home=call.place, sign=chosen.title, lang=lang, now=now, gazetteer=atlas
            ),
        )

    return await visit.ask(looked_at)


async def _voice(visit: Visit, call: Call) -> SourceEntry:
    """Return the body's source that the form names.

    Raises:
        ConfigError: None speaks for the place, or not the one that is named.
    """
    atlas, wanted = visit.desk.site.house.gazetteer, visit.form.get("voice", "")
    offered = await of_own(
        visit, lambda journal: voices_for(registry_at(journal, None), atlas, call.place)
    )
    for one in offered:
        if one.id == wanted:
            return one
    raise ConfigError(visit.words("calls.problem_voice"))


async def _place_and_body(visit: Visit) -> Sequence[str]:
    """Return the place of the call, and the home of the body that is to speak."""
    places = list(await place_of_call(visit))
    wanted = visit.form.get("voice", "")
    entry = await of_own(visit, lambda journal: registry_at(journal, None).source(wanted))
    if entry is not None and entry.home:
        places.append(entry.home)
    return places


async def _home_of_body(visit: Visit) -> Sequence[str]:
    """Return where the body serves that the form names; the whole country for none."""
    code = visit.form.get("body", "").strip().partition("@")[2]
    return (code,) if visit.desk.site.house.gazetteer.get(code) else ()


async def _home_of_voice(visit: Visit) -> Sequence[str]:
    """Return where the body serves whose source the form names; the whole country for none."""
    wanted = visit.form.get("voice", "")
    found = await of_own(visit, lambda journal: registry_at(journal, None).source(wanted))
    return (found.home,) if found is not None and found.home else ()


def _disown_example(world: DeskWorld) -> Mapping[str, str]:
    return {"voice": _release_example(world, "disown")["voice"], "reason": "a slip"}


def _release_example(world: DeskWorld, once: str = "release") -> Mapping[str, str]:
    atlas: Gazetteer = world.house.gazetteer
    body = Registry.bundled().body(f"{_EXAMPLE_BODY}@{world.place}")
    if body is None:
        return {}
    world.act(lambda house: add_voice(house, body, title="Body", by=world.other.id, at=world.now))
    return {
        "call": call_for_example(world, once=once),
        "voice": f"{VOICE}{body.id}",
        "words": f"{atlas.label(world.place, lang='en')}: the power is out.",
        "confirm": atlas.label(world.place, lang="en"),
    }


def _withdraw_example(world: DeskWorld) -> Mapping[str, str]:
    given = _release_example(world, "withdraw")
    entry = SourceEntry(id=given["voice"], title="Body")
    released = world.act(
        lambda house: release_call(
            house,
            call_in(house.journal, given["call"]),
            given["words"],
            voice=entry,
            by=world.other.id,
            at=world.now,
        )
    )
    return {"call": given["call"], "release": getattr(released, "id", ""), "reason": "a mistake"}
