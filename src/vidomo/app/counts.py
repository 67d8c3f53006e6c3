"""Reads an operator's own counts of interruptions from a CSV file."""

import csv
from collections.abc import Mapping
from pathlib import Path

from vidomo.core.errors import InputError
from vidomo.core.problems import Problem
from vidomo.core.time import Interval, parse_instant
from vidomo.outlook.review.customers import Interruption

COLUMNS = ("start", "end", "customers", "cause")


def read_counts(
    path: Path, *, period: Interval
) -> tuple[tuple[Interruption, ...], tuple[Problem, ...]]:
    """Return the interruptions that began in a period, and every row that cannot be read.

    Args:
        path: Columns start, end (instants with zone), customers (a whole number), cause.
        period: Half-open.

    Raises:
        InputError: The file is missing or no such table.
    """
    found: list[Interruption] = []
    problems: list[Problem] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not set(COLUMNS) <= set(rows.fieldnames or ()):
                raise InputError(
                    f"{path} is no table of interruptions", hint="needed: " + ", ".join(COLUMNS)
                )
            for line, row in enumerate(rows, start=2):
                try:
                    one = _interruption({key: row[key] or "" for key in COLUMNS})
                except (InputError, ValueError, TypeError) as error:
                    problem = Problem(
                        code="row_not_read", found=str(error), where=f"{path.name}, line {line}"
                    )
                    problems.append(problem)
                    continue
                if period.holds(one.start):
                    found.append(one)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}", hint="name a CSV file") from error
    return tuple(found), tuple(problems)


def _interruption(row: Mapping[str, str]) -> Interruption:
    one = Interruption(
        start=parse_instant(row["start"]),
        end=parse_instant(row["end"]),
        customers=int(row["customers"]),
        cause=row["cause"].strip(),
    )
    if one.end < one.start or one.customers < 0:
        raise InputError(f"{row['start']} to {row['end']}, {one.customers} customers")
    return one
