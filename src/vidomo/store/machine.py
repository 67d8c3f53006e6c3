"""Turn what SQLite and the machine say into sentences with a hint."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from vidomo.core.errors import MachineRefused

# WAL mode could corrupt a database up to 3.51.2 (sqlite.org/wal.html, "WAL-reset bug").
OLDEST_SQLITE = (3, 51, 3)

_REFUSALS: tuple[tuple[type[apsw.Error], str, str], ...] = (
    (
        apsw.FullError,
        "the disk is full",
        "free some space and try again; everything stored before is safe and readable",
    ),
    (
        apsw.ReadOnlyError,
        "the journal cannot be written to",
        "make the folder writable or choose another one with --data",
    ),
    (
        apsw.PermissionsError,
        "no permission for the journal",
        "give this user access to the folder or choose another one with --data",
    ),
    (
        apsw.NotADBError,
        "the file is not a Vidomo journal",
        "move it away or choose another folder with --data",
    ),
    (
        apsw.CorruptError,
        "the journal is damaged",
        "stop, keep a copy of the folder and restore the last backup",
    ),
    (
        apsw.BusyError,
        "another process is writing to the journal",
        "wait until it has finished, or stop it",
    ),
    (
        apsw.CantOpenError,
        "the journal cannot be opened",
        "look at the permissions of the folder or choose another one with --data",
    ),
    (
        apsw.IOError,
        "the disk answered with an error",
        "check the disk; what was acknowledged before is stored",
    ),
)


@contextmanager
def machine_refusals(path: Path) -> Iterator[None]:
    """Raise ``MachineRefused`` for every refusal of the disk, the system or the database.

    Args:
        path: File or folder that the message names.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise MachineRefused(
            f"{path}: {reason.lower()}",
            hint="look at the permissions and the disk, or choose another folder with --data",
        ) from error
    except apsw.Error as error:
        for kind, found, hint in _REFUSALS:
            if isinstance(error, kind):
                raise MachineRefused(f"{path}: {found} ({error})", hint=hint) from error
        raise


def refuse_old_sqlite(version: str) -> None:
    """Refuse a SQLite in which WAL mode can corrupt the database.

    Raises:
        MachineRefused: The version is older than 3.51.3.
    """
    if tuple(int(part) for part in version.split(".")[:3]) < OLDEST_SQLITE:
        raise MachineRefused(
            f"SQLite {version} can damage a journal",
            hint="install apsw 3.51.3 or newer, which brings its own SQLite",
        )
