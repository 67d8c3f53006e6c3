"""Networks from two tables that a district engineer can write by hand."""

import csv
import io
from collections.abc import Iterator
from functools import partial

from vidomo.core.problems import Problem
from vidomo.grid.check import BRANCH_LIMIT, BUS_LIMIT, check_grid, too_large
from vidomo.grid.model import (
    Branch,
    Bus,
    Generator,
    GridModel,
    GridReading,
    Load,
    PlaceShare,
    Substation,
)

BUS_COLUMNS = ("bus", "place_code", "load_mw", "generation_mw", "capacity_mw", "slack")
BRANCH_COLUMNS = ("branch", "from_bus", "to_bus", "x_pu", "rating_mw", "in_service")
BUS_TEMPLATE = """\
bus,place_code,load_mw,generation_mw,capacity_mw,slack
North,UA00000000000000001,12.5,,,
South,UA00000000000000002,8,,,
Border,,,20.5,40,yes
"""
BRANCH_TEMPLATE = """\
branch,from_bus,to_bus,x_pu,rating_mw,in_service
L1,Border,North,0.05,30,yes
L2,North,South,0.08,,yes
L3,Border,South,0.06,25,no
"""
_NEEDED = {"bus": ("bus",), "branch": ("from_bus", "to_bus", "x_pu")}
_YES = {"yes", "true", "1", ""}
_NO = {"no", "false", "0"}
_Row = tuple[str, dict[str, str]]


def read_csv_pair(
    bus_text: str, branch_text: str, *, name: str = "network", base_mva: float = 100.0
) -> GridReading:
    """Return the network of ``bus.csv`` and ``branch.csv``.

    Separated by comma or semicolon; with semicolons a comma is the decimal sign, as
    spreadsheets here write it. Empty means "not known", never zero, but for a load
    and a generation, where empty means that there is none. See the templates.

    Args:
        bus_text: Columns ``BUS_COLUMNS``; only ``bus`` must be there.
        branch_text: Columns ``BRANCH_COLUMNS``; ends and reactance must be there.
        name: What people call the network.
        base_mva: Base of the reactances.
    """
    bus_text, branch_text = (
        text.replace("\r\n", "\n").replace("\r", "\n") for text in (bus_text, branch_text)
    )
    for what, text, most in (
        ("buses", bus_text, BUS_LIMIT),
        ("branches", branch_text, BRANCH_LIMIT),
    ):
        if text.count("\n") > most + 1:
            return GridReading(model=None, problems=(too_large(what, text.count("\n") - 1),))
    problems: list[Problem] = []
    buses = list(_rows(bus_text, "bus", problems))
    branches = list(_rows(branch_text, "branch", problems))
    number = partial(_number, problems)
    flag = partial(_flag, problems)
    model = GridModel(
        name=name,
        base_mva=base_mva,
        buses=tuple(
            Bus(id=row["bus"], substation=row["bus"] if row.get("place_code") else "")
            for _, row in buses
        ),
        substations=tuple(
            Substation(id=row["bus"], places=(PlaceShare(row["place_code"]),))
            for _, row in buses
            if row.get("place_code")
        ),
        loads=tuple(
            Load(id=row["bus"], bus=row["bus"], power_mw=number(at, row, "load_mw") or 0.0)
            for at, row in buses
            if row.get("load_mw")
        ),
        generators=tuple(
            Generator(
                id=row["bus"],
                bus=row["bus"],
                power_mw=number(at, row, "generation_mw") or 0.0,
                max_power_mw=number(at, row, "capacity_mw"),
            )
            for at, row in buses
            if row.get("generation_mw") or row.get("capacity_mw")
        ),
        branches=tuple(
            Branch(
                id=row.get("branch") or str(place),
                from_bus=row["from_bus"],
                to_bus=row["to_bus"],
                x_pu=number(at, row, "x_pu", needed=True) or 0.0,
                rating_mw=number(at, row, "rating_mw"),
                in_service=flag(at, row, "in_service"),
            )
            for place, (at, row) in enumerate(branches, 1)
        ),
        slack_bus=_slack(buses, problems),
    )
    if any(problem.code == "missing_column" for problem in problems):
        return GridReading(model=None, problems=tuple(problems))
    return GridReading(model=model, problems=(*problems, *check_grid(model)))


def _rows(text: str, table: str, problems: list[Problem]) -> Iterator[_Row]:
    head = text.removeprefix("\ufeff").lstrip()
    mark = ";" if ";" in head.split("\n", 1)[0] else ","
    reader = csv.DictReader(io.StringIO(head), delimiter=mark, restkey="", restval="")
    try:
        yield from _read(reader, mark, table, problems)
    except csv.Error as error:
        problems.append(
            Problem(
                code="not_a_table",
                found=str(error),
                hint="save the table as CSV anew, and close its quotes",
                where=f"{table}.csv line {reader.line_num}: row",
            )
        )


def _read(
    reader: "csv.DictReader[str]", mark: str, table: str, problems: list[Problem]
) -> Iterator[_Row]:
    have = {(column or "").strip().lower() for column in reader.fieldnames or ()}
    known = BUS_COLUMNS if table == "bus" else BRANCH_COLUMNS
    missing = [column for column in _NEEDED[table] if column not in have]
    problems += [
        Problem(
            code="missing_column",
            found=f"no column {column!r}",
            hint=f"the columns are {', '.join(known)}",
            where=f"{table}.csv: {column}",
        )
        for column in missing
    ]
    problems += [
        Problem(code="unknown_column", found=f"{column!r}", where=f"{table}.csv: heading")
        for column in sorted(have - set(known))
        if column
    ]
    if missing:
        return
    for raw in reader:
        row = {key.strip().lower(): value.strip() for key, value in raw.items() if key}
        if any(row.values()):
            if mark == ";":
                row = {key: _point(key, value) for key, value in row.items()}
            yield f"{table}.csv line {reader.line_num}", row


def _point(key: str, value: str) -> str:
    return value.replace(",", ".") if key.endswith(("_mw", "_pu")) else value


def _number(
    problems: list[Problem], at: str, row: dict[str, str], field: str, *, needed: bool = False
) -> float | None:
    word = row.get(field, "")
    if not word and not needed:
        return None
    try:
        return float(word)
    except ValueError:
        problems.append(
            Problem(
                code="not_a_number",
                found=f"{word!r} is no number",
                hint="leave it empty when it is not known" if not needed else "it must be given",
                where=f"{at}: {field}",
            )
        )
        return None


def _flag(problems: list[Problem], at: str, row: dict[str, str], field: str) -> bool:
    word = row.get(field, "").lower()
    if word not in _YES | _NO:
        problems.append(
            Problem(
                code="not_yes_or_no",
                found=f"{word!r} is neither yes nor no",
                where=f"{at}: {field}",
            )
        )
    return word not in _NO


def _slack(buses: list[_Row], problems: list[Problem]) -> str:
    named = [
        row["bus"] for at, row in buses if row.get("slack") and _flag(problems, at, row, "slack")
    ]
    if len(named) > 1:
        problems.append(
            Problem(
                code="two_slacks",
                found=f"{len(named)} buses are marked: {', '.join(named[:3])}",
                hint="mark one",
                where="bus.csv: slack",
            )
        )
    return named[0] if named else ""
