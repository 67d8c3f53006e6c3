"""Bring a database to the newest version, step by step, or refuse it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path

import apsw
import msgspec

from vidomo.core.errors import MachineRefused
from vidomo.store.moments import to_micros

APPLICATION_ID = 0x56444D4F  # "VDMO" in the file header, so that `file` and we know our own
_LEDGER = """
create table if not exists migration (
    number integer primary key, name text not null, checksum text not null,
    applied_at integer not null
) strict
"""


class Migration(msgspec.Struct, frozen=True):
    """One step from a version to the next.

    Attributes:
        number: Version that the step leads to, from 1 without gaps.
        name: File name.
        sql: Statements, run in one transaction.
    """

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """Digest of the statements, kept in the database that they were run on."""
        return blake2b(self.sql.encode(), digest_size=16).hexdigest()


@cache
def bundled() -> tuple[Migration, ...]:
    """Return the steps that this version of Vidomo knows, in order."""
    folder = resources.files("vidomo.store.migrations")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=str)
    return tuple(
        Migration(int(file.name[:4]), file.name, file.read_text(encoding="utf-8")) for file in files
    )


def version_of(connection: apsw.Connection) -> int:
    """Return the version of a database, 0 for an empty one."""
    return int(connection.pragma("user_version") or 0)


def is_blank(connection: apsw.Connection) -> bool:
    """Return whether nothing was ever made in it, as after a process killed at its very start."""
    return not version_of(connection) and not _has_tables(connection)


def check_readable(
    connection: apsw.Connection, path: Path, *, steps: Sequence[Migration] | None = None
) -> None:
    """Refuse a database that is not ours, newer, older or made by other steps.

    Raises:
        MachineRefused: With what was found and what to do.
    """
    steps = bundled() if steps is None else steps
    found = version_of(connection)
    _check_origin(connection, path, found)
    if found > len(steps):
        raise MachineRefused(
            f"{path} is of version {found}, this Vidomo knows up to {len(steps)}",
            hint="use the newer Vidomo that wrote it; nothing was changed",
        )
    if found < len(steps):
        raise MachineRefused(
            f"{path} is of version {found}, this Vidomo reads {len(steps)}",
            hint="open it once for writing, for example with vidomo import",
        )
    _check_ledger(connection, path, steps)


def migrate(
    connection: apsw.Connection,
    path: Path,
    *,
    now: datetime,
    steps: Sequence[Migration] | None = None,
) -> int:
    """Run the steps that are still missing, each in one transaction.

    Returns:
        How many were run.

    Raises:
        MachineRefused: The database is not ours, newer, or its earlier steps differ from ours.
    """
    steps = bundled() if steps is None else steps
    found = version_of(connection)
    _check_origin(connection, path, found)
    if found <= len(steps):
        for step in steps[found:]:
            with connection:
                connection.execute(_LEDGER)
                connection.execute(step.sql)
                connection.execute(
                    "insert into migration values (?, ?, ?, ?)",
                    (step.number, step.name, step.checksum, to_micros(now)),
                )
                connection.execute(f"pragma application_id = {APPLICATION_ID}")
                connection.execute(f"pragma user_version = {step.number:d}")
    check_readable(connection, path, steps=steps)
    return max(len(steps) - found, 0)


def _has_tables(connection: apsw.Connection) -> bool:
    return bool(connection.execute("select count(*) from sqlite_schema").get)


def _check_origin(connection: apsw.Connection, path: Path, found: int) -> None:
    is_ours = connection.pragma("application_id") == APPLICATION_ID
    if (found or _has_tables(connection)) and not is_ours:
        raise MachineRefused(
            f"{path} is a database, but not a Vidomo journal",
            hint="move it away or choose another folder with --data",
        )


def _check_ledger(connection: apsw.Connection, path: Path, steps: Sequence[Migration]) -> None:
    rows = connection.execute("select number, checksum from migration").fetchall()
    applied = {int(str(number)): str(checksum) for number, checksum in rows}
    for step in steps:
        if applied.get(step.number) != step.checksum:
            raise MachineRefused(
                f"{path} was made by another step {step.number} ({step.name}) than ours",
                hint="use the Vidomo that made it; a released step is never edited",
            )
