"""Networks from the text of MATPOWER case files, format version 2.

Source: MATPOWER User's Manual, appendix B (bus, generator and branch columns).
"""

import re

from vidomo.core.problems import Problem
from vidomo.grid.check import BRANCH_LIMIT, BUS_LIMIT, check_grid, too_large
from vidomo.grid.model import Branch, Bus, Generator, GridModel, GridReading, Load

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|Inf|NaN)")
_COMMENT = re.compile(r"%.*")
_BASE = re.compile(r"mpc\.baseMVA\s*=\s*([^;\n]+)")
_NAME = re.compile(r"function\s+mpc\s*=\s*(\w+)")
_WIDTHS = {"bus": 13, "gen": 10, "branch": 11}
_SLACK_TYPE = 3.0
_ISOLATED_TYPE = 4.0
_CODE = "not_matpower"


def read_matpower(text: str, *, is_benchmark: bool = True) -> GridReading:
    """Return the network of a MATPOWER case.

    A branch keeps its row as id (``1`` is the first row), a bus its number. A rating
    of zero means "not given" in this format. Shunt conductance becomes a load.

    Args:
        text: The whole ``.m`` file.
        is_benchmark: Case files are public benchmarks unless said otherwise.
    """
    problems: list[Problem] = []
    text = _COMMENT.sub("", text)
    base = _base(text, problems)
    tables = {name: _table(text, name, problems) for name in _WIDTHS}
    if problems or base is None:
        return GridReading(model=None, problems=tuple(problems))
    named = _NAME.search(text)
    dead = sum(row[1] == _ISOLATED_TYPE for row in tables["bus"])
    model = GridModel(
        name=named.group(1) if named else "network",
        base_mva=base,
        buses=tuple(_bus(row) for row in tables["bus"]),
        branches=tuple(_branch(row, number) for number, row in enumerate(tables["branch"], 1)),
        generators=tuple(_generator(row, number) for number, row in enumerate(tables["gen"], 1)),
        loads=tuple(_loads(tables["bus"])),
        slack_bus=next((_key(row[0]) for row in tables["bus"] if row[1] == _SLACK_TYPE), ""),
        is_benchmark=is_benchmark,
        assumptions=(f"{dead} buses are marked isolated; they are kept",) if dead else (),
    )
    return GridReading(model=model, problems=check_grid(model))


def _base(text: str, problems: list[Problem]) -> float | None:
    found = _BASE.search(text)
    try:
        return float(found.group(1) if found else "")
    except ValueError:
        problems.append(
            Problem(code=_CODE, found="no number after mpc.baseMVA", where="network: base_mva")
        )
        return None


def _table(text: str, name: str, problems: list[Problem]) -> list[list[float]]:
    start = re.search(rf"^\s*mpc\.{name}\s*=\s*\[", text, re.MULTILINE)
    end = text.find("]", start.end()) if start else -1
    if start is None or end < 0:
        problems.append(Problem(code=_CODE, found=f"no table mpc.{name}", where=f"{name}: table"))
        return []
    rows: list[list[float]] = []
    most = BUS_LIMIT if name == "bus" else BRANCH_LIMIT
    if text.count(";", start.end(), end) > most:
        what = "buses" if name == "bus" else "branches"
        problems.append(too_large(what, text.count(";", start.end(), end)))
        return []
    lines = text[start.end() : end].splitlines()
    for raw in (row.strip() for line in lines for row in line.split(";")):
        if not raw:
            continue
        words = raw.replace(",", " ").split()
        if len(words) < _WIDTHS[name] or not all(_NUMBER.fullmatch(word) for word in words):
            problems.append(
                Problem(
                    code=_CODE,
                    found=f"the row {raw[:60]!r} holds no {_WIDTHS[name]} numbers",
                    where=f"{name} row {len(rows) + 1}: columns",
                )
            )
            return []
        rows.append([float(word) for word in words])
    return rows


def _key(number: float) -> str:
    return str(int(number)) if number == number and abs(number) < 1e15 else str(number)  # noqa: PLR0124, PLR2004 - NaN has no integer, and larger ones lose digits


def _bus(row: list[float]) -> Bus:
    return Bus(
        id=_key(row[0]),
        base_kv=row[9] or None,
        min_pu=row[12] or None,
        max_pu=row[11] or None,
        shunt_mvar=row[5],
    )


def _branch(row: list[float], number: int) -> Branch:
    return Branch(
        id=str(number),
        from_bus=_key(row[0]),
        to_bus=_key(row[1]),
        x_pu=row[3],
        tap=row[8] or 1.0,
        shift_deg=row[9],
        rating_mw=row[5] or None,
        in_service=row[10] > 0,
        r_pu=row[2],
        charging_pu=row[4],
    )


def _generator(row: list[float], number: int) -> Generator:
    return Generator(
        id=str(number),
        bus=_key(row[0]),
        power_mw=row[1],
        max_power_mw=row[8],
        in_service=row[7] > 0,
        voltage_pu=row[5] or None,
    )


def _loads(rows: list[list[float]]) -> list[Load]:
    drawn = [(row, "", row[2], row[3]) for row in rows]
    drawn += [(row, "shunt ", row[4], 0.0) for row in rows]
    return [
        Load(id=kind + _key(row[0]), bus=_key(row[0]), power_mw=power, reactive_mvar=reactive)
        for row, kind, power, reactive in drawn
        if power or reactive
    ]
