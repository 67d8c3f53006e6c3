"""Writes a file whole or not at all."""

import os
import tempfile
from pathlib import Path

from vidomo.core.errors import MachineRefused


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are missing.

    Raises:
        MachineRefused: The disk or the permissions say no.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineRefused(f"{folder} cannot be written to: {error.strerror}") from error


def put_file(path: Path, body: bytes, *, mode: int = 0o644) -> None:
    """Put a whole file in place at once: written beside, synced, renamed.

    Raises:
        MachineRefused: The disk or the permissions say no; nothing is left in the place then.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as fresh:
            beside = Path(fresh.name)
            try:
                fresh.write(body)
                fresh.flush()
                os.fsync(fresh.fileno())
                beside.chmod(mode)
                beside.replace(path)
            except BaseException:
                beside.unlink(missing_ok=True)
                raise
        _sync(path.parent)
    except OSError as error:
        raise MachineRefused(f"{path} cannot be written: {error.strerror}") from error


def _sync(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
