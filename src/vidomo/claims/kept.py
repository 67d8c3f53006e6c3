"""Keeps what was made of the language tables beside the package: TOML is slow to read.

Each file names the digest of what it was made from and is never used for anything else. It can
be deleted at any time; where it cannot be written, nothing is lost but some milliseconds.
"""

import contextlib
import hashlib
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

# The parsed tables and the compiled patterns.
NAME = "tables.cache"
PATTERNS = "patterns.cache"
# To be raised when what is kept, or how, changes.
_FORMAT = b"2"

Tables = dict[str, dict[str, Any]]
T = TypeVar("T")


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What a file holds.

    Attributes:
        digest: Digest of what it was made from.
        body: What was made, in MessagePack.
    """

    digest: str
    body: msgspec.Raw


_DECODER = msgspec.msgpack.Decoder(Kept)


def kept_tables(folder: Path) -> tuple[Mapping[str, dict[str, Any]], str]:
    """Return every table of a folder by its path ("uk/cues.toml"), parsed at most once.

    With it the digest of the tables. Empty where a table is no TOML: whoever asks for it then
    reads it and says so.
    """
    sources = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.glob("*/*.toml"))
    }
    digest = digest_of(part for named in sources.items() for part in (named[0].encode(), named[1]))
    try:
        tables = kept(folder / NAME, digest, Tables, lambda: _parsed(sources))
    except ValueError:
        return {}, digest
    return tables, digest


def kept(target: Path, digest: str, kind: type[T], make: Callable[[], T]) -> T:
    """Return what a file keeps if it was made from the same, else make it and keep it.

    Args:
        target: The file.
        digest: Digest of what it is made from.
        kind: Type of what is kept.
        make: Makes it.
    """
    with contextlib.suppress(OSError, msgspec.DecodeError):
        held = _DECODER.decode(target.read_bytes())
        if held.digest == digest:
            return msgspec.msgpack.decode(held.body, type=kind)
    made = make()
    _keep(target, digest, made, kind)
    return made


def digest_of(parts: Iterable[bytes]) -> str:
    """Return one digest of many pieces, in their order."""
    digest = hashlib.blake2b(_FORMAT, digest_size=16)
    for part in parts:
        digest.update(f"{len(part)} ".encode())
        digest.update(part)
    return digest.hexdigest()


def _parsed(sources: Mapping[str, bytes]) -> Tables:
    return {name: tomllib.loads(text.decode()) for name, text in sources.items()}


def _keep(target: Path, digest: str, made: T, kind: type[T]) -> None:
    """Write the file whole or not at all; a folder that cannot be written to is none of ours."""
    body = msgspec.msgpack.encode(made)
    if msgspec.msgpack.decode(body, type=kind) != made:
        return  # a value that this format cannot hold, such as a date
    own = target.with_name(f"{target.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        try:
            own.write_bytes(msgspec.msgpack.encode(Kept(digest, msgspec.Raw(body))))
            own.replace(target)
        finally:
            own.unlink(missing_ok=True)
