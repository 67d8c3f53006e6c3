"""Units in the opened file: from a code or a number to the unit."""

import struct

from vidomo.gazetteer import layout
from vidomo.gazetteer.container import Container
from vidomo.gazetteer.model import Level, Unit

_SPAN = struct.Struct("<II")
_CODE = 19  # bytes of a code
_LEVELS = {
    b"-": Level.COUNTRY,
    b"O": Level.OBLAST,
    b"K": Level.OBLAST,
    b"P": Level.RAION,
    b"H": Level.HROMADA,
    b"M": Level.SETTLEMENT,
    b"X": Level.SETTLEMENT,
    b"C": Level.SETTLEMENT,
    b"B": Level.CITY_DISTRICT,
}


class UnitTable:
    """The records of all units, in the order of their codes."""

    def __init__(self, container: Container) -> None:
        self._records = container.section("units")
        self._strings = container.section("strings")
        self._ends = container.section("string_ends")
        self._children = container.section("children")
        self._units: dict[int, Unit] = {}
        # Codes met so far: readers ask for the same few again and again.
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        """How many units there are, the two pseudo units included."""
        return len(self._records) // layout.UNIT.size

    def number(self, code: str) -> int | None:
        """Return the number of a code, None when there is no such unit."""
        try:
            return self._numbers[code]
        except KeyError:
            found = self._search(code)
            if found is not None:  # unknown codes are without end and are not kept
                self._numbers[code] = found
            return found

    def _search(self, code: str) -> int | None:
        if not code.isascii() or not code.isalnum() or len(code) > _CODE:
            return None
        wanted = code.encode("ascii").ljust(_CODE, b"\0")
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._code(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self._code(low) == wanted else None

    def code(self, number: int) -> str:
        """Return the code of a unit."""
        return self._code(number).rstrip(b"\0").decode("ascii")

    def unit(self, number: int) -> Unit:
        """Return a unit."""
        unit = self._units.get(number)
        if unit is None:
            unit = self._units[number] = self._read(number)
        return unit

    def children(self, number: int) -> tuple[int, ...]:
        """Return the units right below a unit, in the order of their codes."""
        first, count = layout.UNIT.unpack_from(self._records, number * layout.UNIT.size)[-2:]
        found: tuple[int, ...] = struct.unpack_from(f"<{count}I", self._children, first * 4)
        return found

    def _code(self, number: int) -> bytes:
        at = number * layout.UNIT.size
        return bytes(self._records[at : at + _CODE])

    def _text(self, number: int) -> str:
        first, last = _SPAN.unpack_from(self._ends, number * 4)
        return str(self._strings[first:last], "utf-8")

    def _read(self, number: int) -> Unit:
        record = layout.UNIT.unpack_from(self._records, number * layout.UNIT.size)
        _, category, name, name_en, name_ru, parent, lat, lon, people, seat, former, _, _ = record
        level = _LEVELS[category]
        code = self.code(number)
        above = None if parent == layout.NONE else self.unit(parent)
        formers = self._text(former)
        return Unit(
            code=code,
            level=level,
            category="" if category == b"-" else category.decode("ascii"),
            name=self._text(name),
            name_en=self._text(name_en),
            name_ru=self._text(name_ru),
            parent=above.code if above else None,
            oblast=code if level is Level.OBLAST else (above.oblast if above else None),
            raion=code if level is Level.RAION else (above.raion if above else None),
            hromada=code if level is Level.HROMADA else (above.hromada if above else None),
            lat=layout.from_fixed(lat),
            lon=layout.from_fixed(lon),
            population=None if people == layout.NONE else people,
            former=tuple(formers.split("\n")) if formers else (),
            seat=None if seat == layout.NONE else self.code(seat),
        )
