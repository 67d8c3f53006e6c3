"""The drill: a wrong post of a taken channel goes out everywhere, and is put right everywhere.

Run by the test beside it and measured by ``bench/correction.py``: commands and a server in
processes of their own, over a folder of their own, by the clock of the machine.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.drill_world import (
    ALARM,
    IZIUM,
    OUTAGE,
    WRONG,
    Outputs,
    Stream,
    add_person,
    ago,
    alert_act,
    approve_wordings,
    asked,
    ready_to_warn,
    running,
    tell,
    vidomo,
    wrong_claims,
    wrong_in,
)

LIMIT_S = 120.0
"""Seconds within which every output has to be right again (our own promise); the bench holds it."""
PATIENCE_S = 300.0
"""Seconds that a test waits: its machine may be busy with others."""
NEWS = 3
"""The number of the wrong post."""


@dataclass
class Drilled:
    """What one drill saw.

    Attributes:
        before: What every output said before the wrong post.
        wrong: What it said while the wrong post stood.
        after: What it said when it was put right.
        deleted: What it said when the body had its channel back and deleted the post.
        took_s: For each output, seconds from the first act of the officer until it was right.
        told: How often an open page of a resident was told of a change: by the wrong post, and
            by putting it right.
        cap: The message that corrects the alert, and the number of the one that was wrong.
    """

    before: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    deleted: Mapping[str, str] = field(default_factory=dict)
    took_s: dict[str, float] = field(default_factory=dict)
    told: tuple[int, int] = (0, 0)
    cap: tuple[str, str] = ("", "")


def by_command(outputs: Outputs, wrong_alert: str) -> None:
    """Correct the alert and set the statements aside, at the command line."""
    folder = outputs.folder
    correction = alert_act(folder, "olena", "update", wrong_alert, "shelter", "--correct")
    alert_act(folder, "olena", "issue", correction, "--type", "Ізюм виправлення")
    for claim in wrong_claims(folder):
        vidomo(folder, "decide", "overrule", claim, "--reason", "канал захоплено", "--by", "olena")


def drill(base: Path, *, put_right: Callable[[Outputs, str], None] = by_command) -> Drilled:
    """Play the drill in a folder and return what was seen.

    Args:
        base: An empty folder.
        put_right: What the officer does, given the outputs and the id of the wrong alert.
    """
    folder, tree, made = base / "data", base / "tree", base / "made"
    for one in (folder, made):
        one.mkdir()
    tell(folder, 1, ALARM)
    tell(folder, 2, OUTAGE)
    add_person(folder, "boss")
    add_person(folder, "olena", "--role", "editor", "--territory", "Izium")
    add_person(folder, "taras", "--role", "approver", "--territory", "Izium")
    ready_to_warn(folder)
    approve_wordings(folder, "taras")
    drilled = Drilled()
    with running(folder, "--tree", str(tree)) as address:
        outputs = Outputs(address, folder, tree, made=made)
        _wait_for(lambda: tree.joinpath("place", IZIUM, "index.html").exists())
        drilled.before = {**outputs.served(), **outputs.kept(), **outputs.written()}
        stream = Stream(address)
        posted_at = ago(seconds=10)
        tell(folder, NEWS, WRONG, posted_at=posted_at)
        _wait_for(lambda: wrong_in(outputs.kept()))
        wrong_alert = alert_act(folder, "olena", "draft", "all_clear", "Izium")
        for login, act in (("taras", "approve"), ("olena", "issue")):
            alert_act(folder, login, act, wrong_alert, "--type", "Ізюм відбій")
        drilled.wrong = _all(outputs)
        told = len(stream.changes)
        begun = time.monotonic()
        put_right(outputs, wrong_alert)
        _until_right(drilled, outputs, begun)
        _wait_for(lambda: len(stream.changes) > told)
        drilled.told = (told, len(stream.changes) - told)
        drilled.after = _all(outputs)
        drilled.cap = _cap(address, drilled)
        tell(folder, NEWS, WRONG, posted_at=posted_at, deleted_at=ago(seconds=0))
        _wait_for(lambda: asked(f"{address}/place/{IZIUM}/") != drilled.after["page"])
        drilled.deleted = _all(outputs)
    return drilled


def _until_right(drilled: Drilled, outputs: Outputs, begun: float) -> None:
    """Look at every output until it is right; note when that is, from the officer's first act."""
    waiting = set(_all(outputs))
    while waiting and time.monotonic() - begun < PATIENCE_S:
        for look in (outputs.served, outputs.kept, outputs.warned, outputs.written):
            texts = look()
            still = wrong_in(texts)
            for name in waiting & (set(texts) - set(still)):
                drilled.took_s[name] = time.monotonic() - begun
        waiting -= set(drilled.took_s)


def _all(outputs: Outputs) -> dict[str, str]:
    looks = (outputs.served, outputs.kept, outputs.written, outputs.warned)
    return {name: text for look in looks for name, text in look().items()}


def _cap(address: str, drilled: Drilled) -> tuple[str, str]:
    """Return the newest message that the index leads to, and the number of the wrong one."""
    wrong = _file_in(drilled.wrong["alerts, page"])
    newest = _file_in(drilled.after["alerts, page"])
    number = asked(f"{address}/alerts/{wrong}").partition("<identifier>")[2].partition("<")[0]
    return asked(f"{address}/alerts/{newest}"), number


def _file_in(page: str) -> str:
    return page.partition('href="/alerts/')[2].partition('"')[0]


def _wait_for(is_so, *, seconds: float = PATIENCE_S) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"not so after {seconds} s"
        time.sleep(0.2)
