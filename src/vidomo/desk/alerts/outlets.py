"""Where a message may go: one table of status, scope and kind of data folder."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

from vidomo.publish.alerts.model import Scope, Status


class Outlet(StrEnum):
    """A place that a message can lie in; those of an exercise are never beside the public ones."""

    PUBLIC_TREE = "public_tree"
    PUBLIC_FEED = "public_feed"
    EXERCISE_TREE = "exercise_tree"
    EXERCISE_FEED = "exercise_feed"
    DESK = "desk"


def outlets_of(status: Status, scope: Scope, *, is_exercise: bool) -> frozenset[Outlet]:
    """Return where a message may go; nowhere means that it is refused.

    Args:
        status: What the message is to be taken for.
        scope: Whom it may reach.
        is_exercise: Whether it is in the data folder of an exercise.
    """
    return _table()["exercise" if is_exercise else "live", status, scope]


def is_for_residents(outlets: frozenset[Outlet]) -> bool:
    """Return whether the message lies where anybody can read it, in earnest or as an exercise."""
    return bool(outlets - {Outlet.DESK})


@cache
def _table() -> Mapping[tuple[str, str, str], frozenset[Outlet]]:
    text = (files("vidomo.desk.alerts") / "outlets.toml").read_text("utf-8")
    return {
        (row["house"], row["status"], row["scope"]): frozenset(map(Outlet, row["outlets"]))
        for row in tomllib.loads(text)["row"]
    }
