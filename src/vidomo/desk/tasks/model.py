"""Tasks as they stand: a fold of what people at the desk did."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from vidomo.desk.entry import Entry

ADDED, CHANGED = "task.added", "task.changed"
DONE, DROPPED, REOPENED = "task.done", "task.dropped", "task.reopened"
SOON = timedelta(minutes=30)
"""A task that is due within this is marked; own choice, the time a crew needs to answer."""
LINKS = ("clm_", "qst_", "inc_", "call_", "alr_", "rep_", "rsk_")
"""Beginnings of the ids that a task may be linked to."""
Status = Literal["open", "done", "dropped"]
Urgency = Literal["overdue", "soon", "later", "undated", "closed"]
_ORDER: tuple[Urgency, ...] = ("overdue", "soon", "later", "undated", "closed")
_CLOSING: dict[str, Status] = {DONE: "done", DROPPED: "dropped"}


class Todo(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an entry of an added task holds.

    Attributes:
        text: What is to be done.
        owner: Id of a person at the desk; empty for somebody else.
        office: Who else does it, in words: an office, a crew; no name.
        due: Until when, aware UTC; None for no time.
        link: Id of the claim, question, incident or call that it comes of.
    """

    text: str
    owner: str = ""
    office: str = ""
    due: datetime | None = None
    link: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an entry of a changed task holds: who does it now, and until when."""

    owner: str = ""
    office: str = ""
    due: datetime | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step in the life of a task.

    Attributes:
        what: added, changed, done, dropped or reopened.
        counts: Whether it changed anything; what was closed cannot be closed again.
    """

    what: str
    by: str
    at: datetime
    reason: str = ""
    change: Change | None = None
    counts: bool = True


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One task as it stands.

    Attributes:
        place: Code of the place that it is about; empty for none.
        status: open, done or dropped.
        closed_at: When it was done or dropped; None while it is open.
        steps: Its whole life, the first step first.
    """

    id: str
    text: str
    owner: str
    office: str
    due: datetime | None
    link: str
    place: str
    added_by: str
    added_at: datetime
    status: Status = "open"
    closed_at: datetime | None = None
    steps: tuple[Step, ...] = ()

    def urgency(self, now: datetime) -> Urgency:
        """Return how pressing it is at an instant."""
        if self.status != "open":
            return "closed"
        if self.due is None:
            return "undated"
        if self.due < now:
            return "overdue"
        return "soon" if self.due - now <= SOON else "later"


def tasks_of(entries: Iterable[Entry]) -> tuple[Task, ...]:
    """Return every task by the order in which it was added, whatever order the entries come in.

    What happened to a task that nobody added has no effect. Of two people who close a task the
    first one did, and the other step stays in its history.
    """
    ordered = sorted({one.id: one for one in entries}.values(), key=lambda one: (one.at, one.id))
    found: dict[str, Task] = {}
    for one in ordered:
        if one.what == ADDED and one.subject not in found:
            found[one.subject] = _added(one)
    for one in ordered:
        task = found.get(one.subject)
        if task is not None:
            found[one.subject] = _after(task, one)
    return tuple(sorted(found.values(), key=lambda task: (task.added_at, task.id)))


def by_urgency(tasks: Iterable[Task], *, now: datetime) -> tuple[Task, ...]:
    """Return tasks as they are worked off: overdue ones first, the longest overdue on top."""

    def key(task: Task) -> tuple[int, float, datetime, str]:
        urgency = task.urgency(now)
        moment = task.closed_at if urgency == "closed" else task.due
        rank = moment.timestamp() if moment else 0.0
        # What was closed last is looked for first.
        return _ORDER.index(urgency), -rank if urgency == "closed" else rank, task.added_at, task.id

    return tuple(sorted(tasks, key=key))


def owned_by(tasks: Iterable[Task], person: str) -> tuple[Task, ...]:
    """Return the tasks of one person."""
    return tuple(task for task in tasks if task.owner == person)


def open_ones(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Return the tasks that are neither done nor dropped."""
    return tuple(task for task in tasks if task.status == "open")


def is_link(text: str, *, beginnings: Sequence[str] = LINKS) -> bool:
    """Whether an id is of a thing that a task may be linked to."""
    return text.startswith(tuple(beginnings)) and text.replace("_", "").isalnum()


def _added(one: Entry) -> Task:
    todo = msgspec.json.decode(one.body, type=Todo)
    return Task(
        id=one.subject,
        text=todo.text,
        owner=todo.owner,
        office=todo.office,
        due=todo.due,
        link=todo.link,
        place=one.place,
        added_by=one.by,
        added_at=one.at,
        steps=(_step(one),),
    )


def _after(task: Task, one: Entry) -> Task:
    if one.what in _CLOSING:
        if task.status != "open":
            return _stepped(task, _step(one, counts=False))
        task = msgspec.structs.replace(task, status=_CLOSING[one.what], closed_at=one.at)
        return _stepped(task, _step(one))
    if one.what == REOPENED:
        counts = task.status != "open"
        task = msgspec.structs.replace(task, status="open", closed_at=None)
        return _stepped(task, _step(one, counts=counts))
    if one.what == CHANGED:
        change = msgspec.json.decode(one.body, type=Change)
        task = msgspec.structs.replace(
            task, owner=change.owner, office=change.office, due=change.due
        )
        return _stepped(task, _step(one, change=change))
    return task


def _step(one: Entry, *, counts: bool = True, change: Change | None = None) -> Step:
    return Step(
        what=one.what.partition(".")[2],
        by=one.by,
        at=one.at,
        reason=one.reason,
        counts=counts,
        change=change,
    )


def _stepped(task: Task, step: Step) -> Task:
    return msgspec.structs.replace(task, steps=(*task.steps, step))
