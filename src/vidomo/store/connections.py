"""Open the connections of a journal: readers, and the lock of the one writer."""

from pathlib import Path
from urllib.parse import quote

import apsw

LOCK_WAIT_MS = 2000  # two short imports in a row pass; a person does not wait longer unasked


def open_reader(path: Path) -> apsw.Connection:
    """Return a connection that can only read and never holds up the writer."""
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    connection = apsw.Connection(address, flags=flags)
    try:
        connection.execute("select 1 from sqlite_schema limit 1")
    except (apsw.CantOpenError, apsw.ReadOnlyError):
        connection.close(True)
        # A folder that cannot be written to has no room for the WAL index. Without
        # a WAL the file alone is complete and nobody can be writing to it.
        if path.with_name(path.name + "-wal").exists():
            raise
        connection = apsw.Connection(f"{address}&immutable=1", flags=flags)
    connection.set_busy_timeout(LOCK_WAIT_MS)
    return connection


def take_lock(path: Path) -> apsw.Connection:
    """Hold a lock that the system lets go of when the process ends, however it ends."""
    guard = apsw.Connection(str(path))
    try:
        guard.set_busy_timeout(LOCK_WAIT_MS)
        guard.pragma("journal_mode", "memory")  # leaves no file beside it
        guard.execute("begin exclusive")
    except BaseException:
        guard.close(True)
        raise
    return guard
