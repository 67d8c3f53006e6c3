"""Keys and validators that the tests of alert files share."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from conftest import missing
from vidomo.publish.alerts.keys import SigningKey, new_key
from vidomo.publish.alerts.model import Status

MADE = datetime(2022, 2, 1, tzinfo=UTC)


class Keys:
    """A key for alerts and one for exercises, with where they lie."""

    def __init__(self, folder: Path) -> None:
        self.live_folder, self.exercise_folder = folder / "live", folder / "exercise"
        self.live = new_key(self.live_folder, holder="Громада", is_exercise=False, now=MADE)
        self.exercise = new_key(self.exercise_folder, holder="Громада", is_exercise=True, now=MADE)

    def for_status(self, status: Status) -> SigningKey:
        return self.exercise if status is Status.EXERCISE else self.live


def program(name: str) -> str:
    """Where a program lies that only the tests use."""
    found = shutil.which(name)
    if found is None:
        missing(f"{name} is not here")
    return str(found)
