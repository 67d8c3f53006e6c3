"""The rows of a table that somebody wrote by hand, in whatever encoding it comes."""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from vidomo.core.problems import Problem

COLUMNS = (
    "id",
    "kind",
    "place_code",
    "needs",
    "backup_min_h",
    "backup_max_h",
    "backup_origin",
    "backup_source",
    "recharge_h",
    "population",
)
REQUIRED = ("id", "kind", "place_code")
LARGEST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 200_000
POSITION_HINT = (
    "take it out: only the settlement is needed, and where something stands is dangerous"
)


class Refused(msgspec.Struct, frozen=True):
    """What has no place in the inventory: parts of column names, and patterns with their reason."""

    columns: tuple[str, ...]
    words: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def refused() -> Refused:
    """Return the table of what is refused."""
    text = (files("vidomo.outlook.services") / "tables" / "refused.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return Refused(
        columns=tuple(table["columns"]),
        words=tuple((row["why"], re.compile(row["pattern"])) for row in table["words"]),
    )


def decoded(body: bytes, name: str, problems: list[Problem]) -> str | None:
    """Return the text of a file; None where it is none, with a problem that says so."""

    def refuse(code: str, found: str, hint: str) -> None:
        problems.append(Problem(code=code, found=f"{name} {found}", hint=hint, where=name))

    if len(body) > LARGEST_BYTES:
        refuse("too_large", f"has {len(body)} bytes", "at most 32 MiB; split the inventory")
        return None
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: Sequence[str] = ("utf-16",)
    else:
        # Spreadsheets here save as Windows-1251 unless told otherwise.
        encodings = ("utf-8-sig", "cp1251")
    for encoding in encodings:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text or body[:4] == b"PK\x03\x04":
            break
        return text
    refuse("not_text", "is no text", "save the table as CSV in UTF-8")
    return None


def rows_of_table(
    text: str, name: str, problems: list[Problem]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number and the cells of every row that is not empty."""
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    try:
        columns = _columns(next(reader, []), name, problems)
        if columns is None:
            return
        for count, row in enumerate(reader, start=1):
            if count > MOST_ROWS:
                _tell(
                    problems, name, "too_many", f"more than {MOST_ROWS} rows", "split the inventory"
                )
                return
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if len(cells) > len(columns) and any(cells[len(columns) :]):
                where = f"{name}, row {count + 1}"
                _tell(
                    problems,
                    where,
                    "too_many_cells",
                    f"{len(cells)} cells",
                    "quote cells with commas",
                )
                continue
            yield count + 1, dict(zip(columns, cells, strict=False))
    except csv.Error as error:
        where = f"{name}, row {reader.line_num}"
        _tell(problems, where, "not_a_table", str(error), "close the quotes")


def _columns(head: Sequence[str], name: str, problems: list[Problem]) -> list[str] | None:
    """Return the names of the columns; None where rows cannot be read by them."""
    names = [cell.strip().casefold() for cell in head]
    before = len(problems)
    for column in REQUIRED:
        if column not in names:
            hint = f"the first row names the columns: {', '.join(COLUMNS)}"
            _tell(problems, name, "missing_column", f"there is no column {column!r}", hint)
    for column in dict.fromkeys(names):
        if names.count(column) > 1 and column:
            _tell(problems, name, "duplicate", f"column {column!r} stands twice", "name it once")
        if any(part in column for part in refused().columns if column not in COLUMNS):
            _tell(problems, name, "position", f"column {column[:40]!r} is refused", POSITION_HINT)
        elif column and column not in COLUMNS:
            hint = "take it out: only what the risk needs is kept"
            _tell(
                problems, name, "unknown_column", f"column {column[:40]!r} is not asked for", hint
            )
    return names if len(problems) == before else None


def _tell(problems: list[Problem], where: str, code: str, found: str, hint: str) -> None:
    problems.append(Problem(code=code, found=found, hint=hint, where=where))
