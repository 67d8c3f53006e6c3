"""An exercise: a data folder of its own inside the real one, with its own people, keys and clock."""

from datetime import timedelta
from pathlib import Path

from vidomo.app.house import House
from vidomo.app.scenario import replay_scenario
from vidomo.core.clock import Clock
from vidomo.desk.table import DeskTable

_OFFSET = "exercise_offset_s"


def exercise_folder(folder: Path) -> Path:
    """Return where the exercise of a data folder is kept."""
    return folder / "exercise"


def open_exercise(folder: Path, *, clock: Clock, scenario: str = "izium") -> tuple[Path, Clock]:
    """Return the folder of an exercise and its clock; an empty one is filled with a scenario.

    The clock of an exercise stood at the end of the scenario when it was begun, and goes on from
    there, so that what people write down follows what the posts tell.

    Args:
        folder: The real data folder; nothing is read from it or written to it.
        clock: The machine's own clock.
        scenario: What an empty exercise begins with.

    Raises:
        MachineRefused: The folder cannot be used.
    """
    target = exercise_folder(folder)
    with DeskTable.open(target) as table:
        told = table.setting(_OFFSET)
        with House.open(target, clock=shifted(clock, float(told or 0))) as house:
            if house.journal.is_empty:
                replay_scenario(house, scenario, clock)
            if not told:
                begun = house.now() if house.is_replay else clock()
                told = str((begun - clock()).total_seconds())
                table.set_setting(_OFFSET, told)
    return target, shifted(clock, float(told))


def shifted(clock: Clock, offset_s: float) -> Clock:
    """Return a clock that is ahead of another one by some seconds, or behind it."""
    return lambda: clock() + timedelta(seconds=offset_s)
