"""Keeps the language tables as they were parsed beside the package: TOML is slow to read.

The file names the digest of the tables that it was made from and is never used for others. It
can be deleted at any time; where it cannot be written, nothing is lost but some milliseconds.
"""

import contextlib
import hashlib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

NAME = "tables.cache"
# To be raised when what is kept, or how, changes.
_FORMAT = "1"

Tables = dict[str, dict[str, Any]]


class _Kept(msgspec.Struct, frozen=True):
    digest: str
    tables: Tables


def kept_tables(folder: Path) -> Mapping[str, dict[str, Any]]:
    """Return every table of a folder by its path ("uk/cues.toml"), parsed at most once.

    Empty where a table is no TOML: whoever asks for it then reads it and says so.
    """
    sources = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.glob("*/*.toml"))
    }
    digest = _digest(sources)
    target = folder / NAME
    with contextlib.suppress(OSError, msgspec.DecodeError):
        kept = msgspec.msgpack.decode(target.read_bytes(), type=_Kept)
        if kept.digest == digest:
            return kept.tables
    try:
        tables = {name: tomllib.loads(text.decode()) for name, text in sources.items()}
    except ValueError:
        return {}
    _keep(target, _Kept(digest, tables))
    return tables


def _digest(sources: Mapping[str, bytes]) -> str:
    digest = hashlib.blake2b(_FORMAT.encode(), digest_size=16)
    for name, text in sources.items():
        digest.update(f"{name} {len(text)} ".encode())
        digest.update(text)
    return digest.hexdigest()


def _keep(target: Path, kept: _Kept) -> None:
    """Write the file whole or not at all; a folder that cannot be written to is none of ours."""
    body = msgspec.msgpack.encode(kept)
    if msgspec.msgpack.decode(body, type=_Kept) != kept:
        return  # a value that this format cannot hold, such as a date
    own = target.with_name(f"{target.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        try:
            own.write_bytes(body)
            own.replace(target)
        finally:
            own.unlink(missing_ok=True)
