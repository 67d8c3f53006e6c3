"""The pages of the hand-over: one button makes the sheet, two officers sign it, one page prints."""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from vidomo.app.desk_book import entries_in, write_entries
from vidomo.app.house import House
from vidomo.app.watch_book import sheet_of
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.me import EXAMPLE_PASSWORD
from vidomo.app.web.desk.own import of_own, territories
from vidomo.app.web.desk.route import DeskRoute, DeskWorld, Visit
from vidomo.app.web.desk.sworn import sworn
from vidomo.core.errors import ConfigError, ConflictError, NothingKnown
from vidomo.core.time import KYIV
from vidomo.desk.entry import entry, new_id
from vidomo.desk.handover.fit import fitted, left_out
from vidomo.desk.handover.model import (
    HANDED,
    MADE,
    SIDES,
    SIGNED,
    Sheet,
    Side,
    Signing,
    Watch,
    digest_of,
    watches_of,
)
from vidomo.desk.handover.tell import Telling
from vidomo.desk.page import DeskLink
from vidomo.desk.people import COUNTRY, Person, Role, may
from vidomo.publish.words import words_of
from vidomo.store.journal import Journal

LINKS = (DeskLink("/desk/handover", "handover.title", "h"),)
PREFIX = "watch."
SHOWN = 50
_NOT_SIGNED = 422


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    return (
        DeskRoute("/desk/handover", show, example=lambda _: {}),
        DeskRoute(
            "/desk/handover",
            make,
            needs=Role.EDITOR,
            method="POST",
            scope=_territory,
            example=lambda world: {"territory": world.place},
        ),
        DeskRoute("/desk/handover/{watch}", look, scope=_place_of, example=_example),
        DeskRoute(
            "/desk/handover/{watch}/sign",
            sign,
            needs=Role.EDITOR,
            method="POST",
            scope=_place_of,
            example=_sign_example,
        ),
    )


async def show(visit: Visit) -> Response:
    """Answer with the button and the hand-overs so far."""
    found = await of_own(visit, _watches)
    seen = [one for one in found if visit.may(Role.VIEWER, [one.sheet.territory])]
    return visit.page(
        "handover.html",
        watches=seen[:SHOWN],
        territories=territories(visit, Role.EDITOR),
        names=await _names(visit),
    )


async def make(visit: Visit) -> Response:
    """Freeze what is known now as a sheet, and lead to it."""
    (territory,) = await _territory(visit)
    by, at, house = visit.person.id, visit.now, visit.desk.house
    problem = visit.words("handover.problem_again")

    def asked() -> tuple[Sheet, int]:
        seen = house.journal.last_seq
        return sheet_of(house, territory, at=house.now(), made_by=by), seen

    sheet, seen = await visit.ask(asked)
    watch = new_id("watch", digest_of(sheet), at)

    def write(writing: House) -> None:
        # What was being written while the sheet was made would be missing from it for good.
        if any(writing.journal.records(after=seen, known_at=sheet.at)):
            raise ConflictError(problem)
        made = entry(MADE, subject=watch, by=by, at=at, place=territory, body=sheet)
        write_entries(writing.journal, [made])

    await visit.act(write)
    return visit.back(f"/desk/handover/{watch}", visit.words("handover.made"))


async def look(visit: Visit) -> Response:
    """Answer with one sheet, as it prints."""
    return await _page(visit, await _watch(visit))


async def sign(visit: Visit) -> Response:
    """Sign one side with one's own password again; closed once both sides are signed."""
    watch = await _watch(visit)
    side = _side(visit.form.get("side", ""))
    given = visit.form
    login = given.get("login", "").strip() or visit.person.login
    at, desk = visit.now, visit.desk
    signer = await visit.keep(
        lambda: sworn(
            desk,
            login=login,
            password=given.get("password", ""),
            code=given.get("code", ""),
            at=at,
        )
    )
    problem = _problem(visit, watch, side, signer)
    if problem or signer is None:
        return await _page(visit, watch, problem=problem, side=side, login=login)
    by = signer.id
    problem_words = visit.words("handover.problem_moved")

    def write(house: House) -> bool:
        now_is = _one(house.journal, watch.id)
        if now_is.signed(side) is not None or by in {one.by for one in now_is.signatures}:
            raise ConflictError(problem_words)
        place = now_is.sheet.territory
        signing = Signing(digest=watch.digest, side=side)
        made = [entry(SIGNED, subject=watch.id, by=by, at=at, place=place, body=signing)]
        if now_is.signatures:
            made.append(entry(HANDED, subject=watch.id, by=by, at=at, place=place, body=signing))
        write_entries(house.journal, made)
        return bool(now_is.signatures)

    is_closed = await visit.act(write)
    notice = "handover.closed" if is_closed else "handover.signed"
    return visit.back(f"/desk/handover/{watch.id}", visit.words(notice))


def _problem(visit: Visit, watch: Watch, side: Side, signer: Person | None) -> str:
    """Return what keeps somebody from signing, as a key; empty where nothing does."""
    if signer is None:
        return "password"
    if not may(signer, Role.EDITOR, [watch.sheet.territory], within=visit.desk.within):
        return "role"
    if any(one.by == signer.id for one in watch.signatures):
        return "same_person"
    return "taken" if watch.signed(side) is not None else ""


async def _page(
    visit: Visit, watch: Watch, *, problem: str = "", side: str = "", login: str = ""
) -> Response:
    atlas = visit.desk.site.house.gazetteer
    names = await _names(visit)
    telling = Telling(
        watch.sheet,
        w=visit.words,
        t=words_of(visit.lang),
        label=lambda code, is_full: (
            atlas.label(code, lang=visit.lang, full=is_full) if atlas.get(code) else code
        ),
        name=lambda person: names.get(person, person),
    )
    parts = fitted(telling.parts())
    return visit.page(
        "handover_sheet.html",
        status=_NOT_SIGNED if problem else 200,
        watch=watch,
        parts=parts,
        left=left_out(parts),
        names=names,
        sides=SIDES,
        problem=problem,
        side=side,
        login=login,
        at=f"{watch.sheet.at.astimezone(KYIV):%d.%m.%Y %H:%M}",
        may_sign=visit.may(Role.EDITOR, [watch.sheet.territory]),
    )


def _side(text: str) -> Side:
    for side in SIDES:
        if text == side:
            return side
    raise ConfigError(f"{text[:20]!r} is no side of a hand-over", hint="giving or taking")


async def _names(visit: Visit) -> Mapping[str, str]:
    people = await visit.keep(visit.desk.table.people)
    return {one.id: one.name for one in people}


def _watches(journal: Journal) -> tuple[Watch, ...]:
    return watches_of(entries_in(journal, what_prefix=PREFIX))


def _one(journal: Journal, wanted: str) -> Watch:
    for watch in _watches(journal):
        if watch.id == wanted:
            return watch
    raise NothingKnown(f"no hand-over has the id {wanted[:60]!r}")


async def _watch(visit: Visit) -> Watch:
    wanted = visit.given("watch")
    return await of_own(visit, lambda journal: _one(journal, wanted))


async def _place_of(visit: Visit) -> Sequence[str]:
    return ((await _watch(visit)).sheet.territory,)


async def _territory(visit: Visit) -> Sequence[str]:
    """Return the territory that the form names; the person's first one where it names none."""
    wanted = visit.form.get("territory", "")
    if not wanted:
        return (territories(visit, Role.EDITOR) or (COUNTRY,))[:1]
    if visit.desk.site.house.gazetteer.get(wanted) is None:
        raise ConfigError(visit.words("handover.problem_place"))
    return (wanted,)


def _example(world: DeskWorld) -> Mapping[str, str]:
    sheet = Sheet(territory=world.place, at=world.now, made_by=world.other.id)
    watch = new_id("watch", digest_of(sheet))
    made = entry(
        MADE, subject=watch, by=world.other.id, at=world.now, place=world.place, body=sheet
    )
    world.act(lambda house: write_entries(house.journal, [made]))
    return {"watch": watch}


def _sign_example(world: DeskWorld) -> Mapping[str, str]:
    return {**_example(world), "side": "giving", "password": EXAMPLE_PASSWORD}
