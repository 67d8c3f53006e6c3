"""Tables as comma-separated values, with or without the tags of HXL."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from vidomo.publish.opendata.table import Table, Value

_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n|%")
"""What spreadsheet programs take for the beginning of a formula or of a command."""
GUARD = "'"
"""What stands before such a cell; a spreadsheet shows the cell as the text that it is."""


def as_csv(table: Table, *, is_tagged: bool = False) -> bytes:
    """Return a table as CSV (RFC 4180, UTF-8).

    Nothing is written as an empty cell, items of a list are parted by ``;``, and a cell that a
    spreadsheet would run begins with an apostrophe.

    Args:
        table: What to write.
        is_tagged: Whether the tags of HXL stand in the second line.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    if is_tagged:
        writer.writerow([column.hxl for column in table.columns])
    writer.writerows(_cells(row) for row in table.rows)
    return text.getvalue().encode()


def _cells(row: Sequence[Value]) -> list[str]:
    return [_cell(value) for value in row]


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = ";".join(value) if isinstance(value, tuple) else value
    return GUARD + text if text.strip()[:1] in _FORMULA and text else text
