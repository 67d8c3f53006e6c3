"""How units, strings and forms lie in the gazetteer file."""

import struct

from vidomo.gazetteer.model import FormKind

NONE = 0xFFFFFFFF  # no such unit, no such number
NOWHERE = -(2**31)  # no coordinate
_FIXED = 100_000  # a degree in fixed point; the last digit is about a metre
# code, category, Ukrainian, English and Russian name, parent, latitude, longitude, people, seat,
# former names, first child, number of children
UNIT = struct.Struct("<19scIIIIiiIIIII")
KINDS = tuple(FormKind)
LANGS = ("uk", "ru", "en")
ORIGINS = ("official", "former", "alias", "generated")
FLAG_BITS = 6
FLAG_MASK = (1 << FLAG_BITS) - 1


def to_fixed(degrees: float) -> int:
    """Return degrees in the file's fixed point."""
    return round(degrees * _FIXED)


def from_fixed(value: int) -> float | None:
    """Return degrees, or None where the file has no coordinate."""
    return None if value == NOWHERE else value / _FIXED


def flags(kind: str, lang: str, origin: str) -> int:
    """Return the low bits of a posting; sorting by them puts official forms first."""
    return ORIGINS.index(origin) << 4 | KINDS.index(FormKind(kind)) << 2 | LANGS.index(lang)


def unpack_flags(value: int) -> tuple[FormKind, str, str]:
    """Return kind, language and origin of a posting."""
    return KINDS[value >> 2 & 3], LANGS[value & 3], ORIGINS[value >> 4 & 3]


class Strings:
    """Collects strings for the file, each once."""

    def __init__(self) -> None:
        self._place: dict[str, int] = {}

    def add(self, text: str) -> int:
        """Return the number of a string."""
        return self._place.setdefault(text, len(self._place))

    def body(self) -> bytes:
        """Return all strings one after another."""
        return "".join(self._place).encode()

    def ends(self) -> bytes:
        """Return where each string begins, and the end of the last."""
        ends = [0]
        for text in self._place:
            ends.append(ends[-1] + len(text.encode()))
        return struct.pack(f"<{len(ends)}I", *ends)
