"""Tasks are a fold of what people did; overdue ones rise."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from vidomo.desk.entry import Entry, entry
from vidomo.desk.tasks.model import (
    ADDED,
    CHANGED,
    DONE,
    DROPPED,
    REOPENED,
    Change,
    Todo,
    by_urgency,
    is_link,
    open_ones,
    owned_by,
    tasks_of,
)

BEGIN = datetime(2026, 1, 10, 1, 0, tzinfo=UTC)


def at(minute: float) -> datetime:
    return BEGIN + timedelta(minutes=minute)


def add(task: str, minute: float, *, due: float | None = None, owner: str = "") -> Entry:
    body = Todo(text=f"Зробити {task}", owner=owner, due=None if due is None else at(due))
    return entry(ADDED, subject=task, by="usr_1", at=at(minute), body=body, place="UA")


def act(what: str, task: str, minute: float, body: Change | None = None) -> Entry:
    return entry(what, subject=task, by="usr_2", at=at(minute), body=body, reason="бо так")


ENTRIES = [
    one
    for number in range(3)
    for one in (
        add(f"task_{number}", number, due=20.0 * number),
        act(DONE, f"task_{number}", 5),
        act(DROPPED, f"task_{number}", 5),
        act(REOPENED, f"task_{number}", 6 + number),
        act(CHANGED, f"task_{number}", 7, Change(office="Водоканал", due=at(90))),
        act(DONE, f"task_{number}", 7.5),
    )
]
ENTRIES.append(act(DONE, "task_nobody", 1))


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(ENTRIES), max_size=30))
def test_order_and_repetition_of_entries_do_not_matter(
    dice: random.Random, some: list[Entry]
) -> None:
    shuffled = [*some, *some[::2]]
    dice.shuffle(shuffled)
    assert tasks_of(shuffled) == tasks_of(some)


def test_a_task_lives_from_added_to_done_and_keeps_its_history() -> None:
    (task,) = tasks_of(
        [add("task_1", 0, due=10), act(DONE, "task_1", 5), act(REOPENED, "task_1", 6)]
    )
    assert task.status == "open"
    assert task.closed_at is None
    assert [step.what for step in task.steps] == ["added", "done", "reopened"]


def test_of_two_who_close_a_task_the_first_one_did_and_both_stay_in_its_history() -> None:
    (task,) = tasks_of([add("task_1", 0), act(DROPPED, "task_1", 6), act(DONE, "task_1", 5)])
    assert task.status == "done"
    assert [(step.what, step.counts) for step in task.steps] == [
        ("added", True),
        ("done", True),
        ("dropped", False),
    ]


def test_a_task_changes_its_owner_and_its_time() -> None:
    change = Change(owner="usr_3", due=at(60))
    (task,) = tasks_of([add("task_1", 0, due=10), act(CHANGED, "task_1", 5, change)])
    assert (task.owner, task.office, task.due) == ("usr_3", "", at(60))
    assert owned_by([task], "usr_3") == (task,)
    assert owned_by([task], "usr_1") == ()


def test_overdue_tasks_are_on_top_and_closed_ones_at_the_end() -> None:
    tasks = tasks_of(
        [
            add("task_undated", 0),
            add("task_later", 1, due=200),
            add("task_soon", 2, due=70),
            add("task_over", 3, due=50),
            add("task_long_over", 4, due=10),
            add("task_done", 5, due=1),
            act(DONE, "task_done", 9),
            add("task_dropped", 6),
            act(DROPPED, "task_dropped", 12),
        ]
    )
    assert [task.id for task in by_urgency(tasks, now=at(60))] == [
        *("task_long_over", "task_over", "task_soon", "task_later", "task_undated"),
        *("task_dropped", "task_done"),
    ]
    assert [task.urgency(at(60)) for task in by_urgency(tasks, now=at(60))] == [
        *("overdue", "overdue", "soon", "later", "undated", "closed", "closed")
    ]
    assert len(open_ones(tasks)) == 5


@pytest.mark.parametrize(
    ("text", "holds"),
    [("clm_0a1b", True), ("call_9", True), ("usr_1", False), ("clm_<b>", False), ("", False)],
)
def test_a_task_is_linked_to_things_of_the_house_alone(text: str, *, holds: bool) -> None:
    assert is_link(text) is holds
