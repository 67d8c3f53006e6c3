"""The file that holds the gazetteer: one header and named sections, read in place."""

import hashlib
import mmap
import struct
from pathlib import Path
from typing import Self

import msgspec

from vidomo.core.errors import MachineRefused

MAGIC = b"VIDOMO-GAZETTEER-1\n"
_LENGTH = struct.Struct("<I")
_HINT = "build it anew with: make gazetteer"


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says of itself.

    Attributes:
        edition: Edition of the codifier and versions of the sources.
        digest: Digest over all sections.
        sections: Name of a section to its offset after the header and its length, in bytes.
        units: Number of units, pseudo units included.
        official: Number of units of the codifier.
    """

    edition: str
    digest: str
    sections: dict[str, tuple[int, int]]
    units: int
    official: int


class Container:
    """An opened gazetteer file; sections are views into the mapped file."""

    def __init__(self, view: memoryview, header: Header, start: int) -> None:
        self._view = view
        self._start = start
        self.header = header

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map the file and read its header.

        Raises:
            MachineRefused: No such file, or not a whole gazetteer file.
        """
        try:
            with path.open("rb") as file:
                view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError) as error:
            raise MachineRefused(f"{path.name}: cannot be opened: {error}", hint=_HINT) from error
        try:
            header, start = _header(view)
        except (ValueError, struct.error, msgspec.DecodeError) as error:
            raise MachineRefused(f"{path.name}: no gazetteer file: {error}", hint=_HINT) from error
        return cls(view, header, start)

    def section(self, name: str) -> memoryview:
        """Return a section in place, without a copy."""
        offset, length = self.header.sections[name]
        return self._view[self._start + offset : self._start + offset + length]


def _header(view: memoryview) -> tuple[Header, int]:
    first = len(MAGIC) + _LENGTH.size
    if bytes(view[: len(MAGIC)]) != MAGIC:
        raise ValueError("wrong first bytes")
    (length,) = _LENGTH.unpack_from(view, len(MAGIC))
    header = msgspec.msgpack.decode(view[first : first + length], type=Header)
    start = first + length
    if any(start + at + size > len(view) for at, size in header.sections.values()):
        raise ValueError("it ends too early")
    return header, start


def pack(edition: str, sections: dict[str, bytes], *, units: int, official: int) -> bytes:
    """Return the bytes of a gazetteer file; the same sections give the same bytes."""
    digest = hashlib.blake2b(digest_size=8)
    places: dict[str, tuple[int, int]] = {}
    offset = 0
    for name, body in sections.items():
        places[name] = (offset, len(body))
        offset += len(body)
        digest.update(body)
    header = msgspec.msgpack.encode(
        Header(
            edition=edition,
            digest=digest.hexdigest(),
            sections=places,
            units=units,
            official=official,
        )
    )
    return b"".join((MAGIC, _LENGTH.pack(len(header)), header, *sections.values()))
