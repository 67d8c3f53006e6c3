"""The pages of the action log: what has to be done, by whom, until when."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from starlette.responses import Response

from vidomo.app.desk_book import entries_in, write_entries
from vidomo.app.house import House
from vidomo.app.web.desk.calls import reason_given
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.own import of_own, territories
from vidomo.app.web.desk.route import DeskRoute, DeskWorld, Visit
from vidomo.core.errors import ConflictError, MachineRefused, NothingKnown
from vidomo.core.ids import content_id
from vidomo.desk.calls.take import LONGEST_FIELD, cleaned, places_of
from vidomo.desk.entry import entry, new_id
from vidomo.desk.page import DeskLink
from vidomo.desk.people import COUNTRY, Person, Role
from vidomo.desk.tasks.due import due_of
from vidomo.desk.tasks.model import (
    ADDED,
    CHANGED,
    DONE,
    DROPPED,
    REOPENED,
    Change,
    Task,
    Todo,
    by_urgency,
    is_link,
    open_ones,
    owned_by,
    tasks_of,
)
from vidomo.store.journal import Journal

LINKS = (DeskLink("/desk/tasks", "tasks.title", "t"),)
PREFIX = "task."
SHOWN = 200
LONGEST_TEXT = 400
"""Characters of a task: it is read at a glance."""
_UNREADABLE, _HINDERED = 422, 503
TICK = timedelta(microseconds=1)
Endpoint = Callable[[Visit], Awaitable[Response]]
_PAGES = {
    "clm": "/desk/trace/",
    "inc": "/desk/incident/",
    "qst": "/desk/inbox#",
    "rsk": "/desk/services#",
    "rep": "/desk/trace/",
    "call": "/desk/calls/",
    "alr": "/desk/alerts/",
}


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    acts: tuple[tuple[str, Endpoint, dict[str, str]], ...] = (
        ("done", done, {}),
        ("drop", drop, {"reason": "not needed"}),
        ("reopen", reopen, {"reason": "not yet"}),
        ("change", change, {"owner": "the water works", "due": "+30"}),
    )
    return (
        DeskRoute("/desk/tasks", show, example=lambda _: {}),
        DeskRoute(
            "/desk/tasks",
            add,
            needs=Role.EDITOR,
            method="POST",
            scope=_typed_place,
            example=lambda world: {"text": "Call the water works", "place": world.place},
        ),
        DeskRoute("/desk/tasks/{task}", look, scope=_place_of, example=_example({})),
        *(
            DeskRoute(
                f"/desk/tasks/{{task}}/{name}",
                endpoint,
                needs=Role.EDITOR,
                method="POST",
                scope=_place_of,
                example=_example(fields, is_done=name == "reopen"),
            )
            for name, endpoint, fields in acts
        ),
    )


async def show(visit: Visit) -> Response:
    """Answer with the form and the tasks, overdue ones on top."""
    return await _list(visit, {}, {})


async def add(visit: Visit) -> Response:
    """Add a task, or show what keeps it from that; nothing typed is lost."""
    form = {name: visit.form.get(name, "") for name in ("text", "owner", "due", "place", "link")}
    problems: dict[str, str] = {}
    text = cleaned(form["text"])
    if not text or len(text) > LONGEST_TEXT:
        problems["text"] = "long" if text else "empty"
    due = _due(form["due"], now=visit.now, problems=problems)
    codes = _codes(visit)
    if len(codes) != 1:
        problems["place"] = "several" if codes else "place"
    link = form["link"].strip()
    if link and not is_link(link):
        problems["link"] = "link"
    if problems:
        return await _list(visit, form, problems, candidates=codes, status=_UNREADABLE)
    owner, office = await _owner(visit, form["owner"])
    once = visit.form.get("once", "")[:LONGEST_FIELD]
    todo = Todo(text=text, owner=owner, office=office, due=due, link=link)
    # Sent twice, it is one.
    task = new_id("task", once, visit.person.id, todo)
    by, at, place = visit.person.id, visit.now, codes[0]

    def write(house: House) -> None:
        if not any(one.id == task for one in _tasks(house.journal)):
            added = entry(ADDED, subject=task, by=by, at=at, place=place, body=todo)
            write_entries(house.journal, [added])

    try:
        await visit.act(write)
    except MachineRefused:
        return await _list(visit, form | {"once": once}, {}, status=_HINDERED)
    return visit.back("/desk/tasks", visit.words("tasks.added"))


async def look(visit: Visit) -> Response:
    """Answer with one task and its whole history."""
    task = await _task(visit)
    return visit.page(
        "task.html",
        task=task,
        urgency=task.urgency(visit.now),
        people=await _names(visit),
        logins=await _logins(visit),
        owner=await _owner_typed(visit, task),
        link=link_of(task.link),
        may_act=visit.may(Role.EDITOR, [task.place] if task.place else []),
        problems={},
    )


async def done(visit: Visit) -> Response:
    """Close a task that is done."""
    await _close(visit, DONE, reason=cleaned(visit.form.get("reason", ""))[:LONGEST_TEXT])
    return visit.back("/desk/tasks", visit.words("tasks.done_notice"))


async def drop(visit: Visit) -> Response:
    """Close a task that will not be done; it needs a reason."""
    await _close(visit, DROPPED, reason=reason_given(visit))
    return visit.back("/desk/tasks", visit.words("tasks.dropped_notice"))


async def reopen(visit: Visit) -> Response:
    """Open a task again."""
    reason = reason_given(visit)
    task = await _task(visit)
    await _act(visit, REOPENED, task, needs=("done", "dropped"), reason=reason)
    return visit.back(f"/desk/tasks/{task.id}", visit.words("tasks.reopened_notice"))


async def change(visit: Visit) -> Response:
    """Give a task to somebody else, or another time."""
    task = await _task(visit)
    problems: dict[str, str] = {}
    due = _due(visit.form.get("due", ""), now=visit.now, problems=problems, kept=task.due)
    if problems:
        return visit.page(
            "task.html",
            status=_UNREADABLE,
            task=task,
            urgency=task.urgency(visit.now),
            people=await _names(visit),
            logins=await _logins(visit),
            owner=visit.form.get("owner", ""),
            link=link_of(task.link),
            may_act=True,
            problems=problems,
        )
    owner, office = await _owner(visit, visit.form.get("owner", ""))
    await _act(visit, CHANGED, task, body=Change(owner=owner, office=office, due=due))
    return visit.back(f"/desk/tasks/{task.id}", visit.words("tasks.changed_notice"))


def link_of(link: str) -> str:
    """Return the page of what a task is linked to; empty where it has none."""
    page = _PAGES.get(link.partition("_")[0], "")
    return f"{page}{link}" if page else ""


async def _list(
    visit: Visit,
    form: Mapping[str, str],
    problems: Mapping[str, str],
    *,
    candidates: Sequence[str] = (),
    status: int = 200,
) -> Response:
    shown = visit.request.query_params.get("show", "open")
    link = cleaned(visit.request.query_params.get("link", ""))[:LONGEST_FIELD]
    place = cleaned(visit.request.query_params.get("place", ""))[:LONGEST_FIELD]
    every = await of_own(visit, _tasks)
    seen = [one for one in every if visit.may(Role.VIEWER, [one.place] if one.place else [])]
    found: Sequence[Task] = seen if shown == "all" else open_ones(seen)
    if shown == "mine":
        found = owned_by(found, visit.person.id)
    about = visit.request.query_params.get("at", "")
    if about:
        found = [one for one in found if visit.desk.site.house.gazetteer.get(about) and one.place]
        found = [one for one in found if visit.desk.within(one.place, about)]
    ordered = by_urgency(found, now=visit.now)
    if not form:
        form = {"link": link if is_link(link) else "", "place": place}
    return visit.page(
        "tasks.html",
        status=status,
        rows=[(task, task.urgency(visit.now), link_of(task.link)) for task in ordered[:SHOWN]],
        more=len(ordered) - SHOWN,
        shown=shown if shown in ("open", "mine", "all") else "open",
        at=about,
        places=sorted({one.place for one in seen if one.place}),
        form=form,
        problems=problems,
        candidates=candidates if problems.get("place") == "several" else (),
        people=await _names(visit),
        logins=await _logins(visit),
        once=form.get("once") or content_id("once", visit.session.key, visit.now, len(every)),
        is_hindered=status == _HINDERED,
        may_add=visit.may_anywhere(Role.EDITOR),
        longest=LONGEST_TEXT,
    )


async def _close(visit: Visit, what: str, *, reason: str) -> None:
    await _act(visit, what, await _task(visit), needs=("open",), reason=reason)


async def _act(
    visit: Visit,
    what: str,
    task: Task,
    *,
    needs: Sequence[str] = ("open", "done", "dropped"),
    reason: str = "",
    body: Change | None = None,
) -> None:
    """Write an act down, unless somebody else closed or opened the task in the meantime."""
    by, at = visit.person.id, visit.now
    problem = visit.words("tasks.problem_moved")

    def write(house: House) -> None:
        now_is = _one(house.journal, task.id)
        if now_is.status not in needs:
            raise ConflictError(problem)
        # After the step before it, whatever the clock does in between.
        moment = max(at, now_is.steps[-1].at + TICK)
        made = entry(
            what, subject=task.id, by=by, at=moment, place=task.place, reason=reason, body=body
        )
        write_entries(house.journal, [made])

    await visit.act(write)


async def _task(visit: Visit) -> Task:
    wanted = visit.given("task")
    return await of_own(visit, lambda journal: _one(journal, wanted))


def _one(journal: Journal, wanted: str) -> Task:
    for task in _tasks(journal):
        if task.id == wanted:
            return task
    raise NothingKnown(f"no task has the id {wanted[:60]!r}")


def _tasks(journal: Journal) -> tuple[Task, ...]:
    return tasks_of(entries_in(journal, what_prefix=PREFIX))


def _due(
    text: str, *, now: datetime, problems: dict[str, str], kept: datetime | None = None
) -> datetime | None:
    """Return when a task is due; what was there before where the field says "same"."""
    typed = cleaned(text)
    if typed == "=":
        return kept
    found = due_of(typed, now=now) if typed else None
    if typed and found is None:
        problems["due"] = "due"
    return found


async def _owner(visit: Visit, typed: str) -> tuple[str, str]:
    """Return the person that a login names, else the office in words."""
    text = cleaned(typed)[:LONGEST_FIELD]
    person = await visit.keep(lambda: visit.desk.table.called(text.casefold()))
    return (person.id, "") if person else ("", text)


async def _owner_typed(visit: Visit, task: Task) -> str:
    """Return what the field of the owner holds for a task."""
    person = await visit.keep(lambda: visit.desk.table.person(task.owner)) if task.owner else None
    return person.login if person else task.office


async def _names(visit: Visit) -> dict[str, str]:
    return {one.id: one.name for one in await _people(visit)}


async def _logins(visit: Visit) -> list[Person]:
    return [one for one in await _people(visit) if not one.is_disabled]


async def _people(visit: Visit) -> Sequence[Person]:
    return await visit.keep(visit.desk.table.people)


async def _place_of(visit: Visit) -> Sequence[str]:
    task = await _task(visit)
    return (task.place,) if task.place else ()


async def _typed_place(visit: Visit) -> Sequence[str]:
    """Return the place that the form names; the person's own territory where that cannot be told."""
    codes = _codes(visit)
    return codes if len(codes) == 1 else territories(visit, Role.EDITOR)


def _codes(visit: Visit) -> tuple[str, ...]:
    """Return the units that the form's place may mean; the person's first territory for none."""
    typed = cleaned(visit.form.get("place", ""))
    if not typed:
        return (territories(visit, Role.EDITOR) or (COUNTRY,))[:1]
    atlas = visit.desk.site.house.gazetteer
    return places_of(
        typed,
        code=visit.form.get("code", ""),
        atlas=atlas,
        is_mine=lambda code: visit.may(Role.EDITOR, [code]) and not visit.may(Role.EDITOR),
    )


def _example(
    fields: Mapping[str, str], *, is_done: bool = False
) -> Callable[[DeskWorld], Mapping[str, str]]:
    """Return the maker of an example that is about a task at the place of a test."""

    def example(world: DeskWorld) -> Mapping[str, str]:
        task = new_id("task", world.place, fields, is_done)
        todo, other = Todo(text="Call the water works"), world.other.id
        made = [entry(ADDED, subject=task, by=other, at=world.now, place=world.place, body=todo)]
        if is_done:
            made.append(entry(DONE, subject=task, by=other, at=world.now, place=world.place))
        world.act(lambda house: write_entries(house.journal, made))
        return {"task": task, **fields}

    return example
