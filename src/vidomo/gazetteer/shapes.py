"""Shapes of oblasts and raions with where they come from: the bundled cells, or imported ones."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import msgspec

from vidomo.core.errors import MachineRefused
from vidomo.core.files import make_folder, put_file
from vidomo.gazetteer.shapes_arcs import Arcs, Line, arcs_of
from vidomo.gazetteer.shapes_scan import gridded

IMPORTED = "boundaries.shapes"
"""Name of the file of imported shapes in a data folder."""
_APART = 0.75
"""Share of points from which on borders count as not shared: 0.5 when all are, 1 when none is."""
_GRIDDED = 20_000.0  # square units of a point: the steps of the grid go, its shape stays
_HINT = "import the shapes again: vidomo places import-shapes FILE"


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where shapes come from, for the line under every map.

    Attributes:
        source: Who drew them; empty for the bundled cells.
        licence: What they may be used under.
        date: The day that they stand for, as ``2025-01-31``.
        is_approximate: Whether they are cells around settlements instead of surveyed borders.
        missing: Codes of units that these shapes lack and that are drawn as cells.
    """

    source: str = ""
    licence: str = ""
    date: str = ""
    is_approximate: bool = False
    missing: tuple[str, ...] = ()


class Shapes(msgspec.Struct, frozen=True, eq=False):
    """Borders of the raions, of Kyiv and of Sevastopol; hashed by identity, to remember drawings."""

    origin: Origin
    arcs: Arcs

    @property
    def codes(self) -> tuple[str, ...]:
        """The units that have a shape, in the order of their codes."""
        return tuple(sorted(self.arcs.units))


class _Stored(msgspec.Struct, frozen=True):
    """How shapes lie in a file: points as steps from the one before, so that they are small."""

    version: int
    origin: Origin
    lines: tuple[tuple[int, ...], ...]
    units: Mapping[str, tuple[tuple[int, ...], ...]]


_VERSION = 1


@lru_cache(maxsize=1)
def bundled_shapes() -> Shapes:
    """Return the cells that come with the package; their borders are approximate."""
    return decode_shapes((files("vidomo.gazetteer") / "raions.shapes").read_bytes())


def encode_shapes(shapes: Shapes) -> bytes:
    """Return the bytes of a file of shapes; the same shapes give the same bytes."""
    return msgspec.msgpack.encode(
        _Stored(
            _VERSION,
            shapes.origin,
            tuple(_steps(line) for line in shapes.arcs.lines),
            dict(sorted(shapes.arcs.units.items())),
        )
    )


def decode_shapes(body: bytes) -> Shapes:
    """Return the shapes that a file holds.

    Raises:
        MachineRefused: It holds none, or those of another version.
    """
    try:
        stored = msgspec.msgpack.decode(body, type=_Stored)
        lines = tuple(_points(steps) for steps in stored.lines)
    except (msgspec.DecodeError, ValueError) as error:
        raise MachineRefused("the file of shapes cannot be read", hint=_HINT) from error
    numbers = {one for rings in stored.units.values() for ring in rings for one in ring}
    whole = all(len(line) > 1 for line in lines) and all(
        -len(lines) <= one < len(lines) for one in numbers
    )
    if stored.version != _VERSION or not whole:
        raise MachineRefused("the file of shapes is of another version", hint=_HINT)
    return Shapes(stored.origin, Arcs(lines, stored.units))


def shapes_in(folder: Path) -> Shapes:
    """Return the shapes of a data folder: what was imported, the bundled cells where nothing was.

    A file that cannot be read counts as none: no page may fall for want of a drawing, and the
    bundled cells say under every map that they are approximate.
    """
    path = folder / IMPORTED
    try:
        at = path.stat()
        return _shapes_at(path, at.st_mtime_ns, at.st_size)
    except (OSError, MachineRefused):
        return bundled_shapes()


def store_shapes(shapes: Shapes, folder: Path) -> Path:
    """Write imported shapes into a data folder, in one step, and return where they are.

    Raises:
        MachineRefused: The folder cannot be written.
    """
    path = folder / IMPORTED
    make_folder(folder)
    put_file(path, encode_shapes(shapes))
    return path


def with_cells(own: Shapes) -> Shapes:
    """Return shapes in which every unit that has none of its own has its bundled cell.

    Where neighbours do not share their borders point for point, all are redrawn on one grid of
    about a kilometre, so that the small map can join them.
    """
    cells = bundled_shapes()
    missing = tuple(code for code in cells.codes if code not in own.arcs.units)
    rings = {code: own.arcs.rings(code) for code in own.codes}
    rings |= {code: cells.arcs.rings(code) for code in missing}
    arcs = arcs_of(rings)
    if _apart_share(arcs) > _APART:
        arcs = arcs_of(gridded(rings)).simplified(_GRIDDED)
    return Shapes(msgspec.structs.replace(own.origin, missing=missing), arcs)


def _apart_share(arcs: Arcs) -> float:
    """Return the points of all lines over those of all rings: a half when all are shared."""
    walked = sum(
        len(arcs.lines[number if number >= 0 else ~number])
        for rings in arcs.units.values()
        for ring in rings
        for number in ring
    )
    return sum(map(len, arcs.lines)) / walked if walked else 1.0


@lru_cache(maxsize=4)
def _shapes_at(path: Path, _changed_ns: int, _size: int) -> Shapes:
    return decode_shapes(path.read_bytes())


def _steps(line: Line) -> tuple[int, ...]:
    steps = [*line[0]]
    for (x, y), (next_x, next_y) in pairwise(line):
        steps += (next_x - x, next_y - y)
    return tuple(steps)


def _points(steps: tuple[int, ...]) -> Line:
    x = y = 0
    points = []
    for step_x, step_y in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x, y))
    return tuple(points)
