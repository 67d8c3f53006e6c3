"""Whether a data folder holds an exercise, by whatever way it is reached."""

from pathlib import Path

from vidomo.app.exercise import exercise_folder
from vidomo.core.errors import NothingKnown
from vidomo.desk.table import FILE_NAME, DeskTable

_BEGUN = "exercise_offset_s"
"""Setting of the desk that every exercise has once it was begun."""


def is_exercise(folder: Path) -> bool:
    """Return whether a data folder is that of an exercise, also moved, copied or linked to."""
    real = folder.resolve()
    if real == exercise_folder(real.parent):
        return True
    if not (real / FILE_NAME).is_file():
        return False
    with DeskTable.open(real) as table:
        return bool(table.setting(_BEGUN))


def refuse_exercise(folder: Path) -> None:
    """Make sure that nothing of an exercise is given away as real.

    Raises:
        NothingKnown: The folder is that of an exercise.
    """
    if is_exercise(folder):
        raise NothingKnown(
            f"{folder} holds an exercise, and an exercise is never given away",
            hint="name the data folder that it lies in",
        )
