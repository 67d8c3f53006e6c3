"""The operator's own network in the data folder, with damage and services beside it."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from vidomo.core.errors import InputError, MachineRefused, NothingKnown, VidomoError
from vidomo.core.problems import Problem
from vidomo.grid.csv_pair import read_csv_pair
from vidomo.grid.matpower import read_matpower
from vidomo.grid.model import GridReading
from vidomo.grid.pandapower import read_pandapower
from vidomo.grid.powsybl import SUFFIXES, read_powsybl
from vidomo.grid.pypsa import read_pypsa
from vidomo.outlook.restoration.model import Damage, RepairHours, Service

FOLDER = "grid"
"""Folder of the data folder that holds ``bus.csv`` and ``branch.csv``, or one other file."""
FILES = (".m", ".json", ".nc", *SUFFIXES)
"""Kinds of file that hold a whole network."""
_PUBLIC = re.compile(
    r"(?i)^case_?\d+|^(?:ieee|case_?ieee)[_ -]?\d+|activsg|pegase|rts[_ -]?(?:gmlc|79|96)|^rbts"
    r"|^scigrid|^matpower|^pglib"
)
"""Names of public benchmarks, whatever the file; what is computed from one is an exercise."""
LARGEST_BYTES = 512 * 1024 * 1024
DAMAGE_COLUMNS = ("element", "median_h", "spread", "probability", "access_from_h")
SERVICE_COLUMNS = ("service", "place_code", "weight_mw", "backup_h")
DAMAGE_TEMPLATE = """\
element,median_h,spread,probability,access_from_h
L1,6,1.5,,
North,12,,0.7,4
"""
SERVICE_TEMPLATE = """\
service,place_code,weight_mw,backup_h
hospital,UA00000000000000001,30,8
pumping station,UA00000000000000002,10,
"""


def read_network(path: Path) -> GridReading:
    """Return the network of a folder or file; one that bears the name of a public benchmark is one.

    Args:
        path: A folder with ``bus.csv`` and ``branch.csv``, or a file: MATPOWER ``.m``, pandapower
            ``.json``, PyPSA ``.nc``, or what pypowsybl reads (CGMES as ``.zip``, PSS/E ``.raw``,
            UCTE ``.uct``).

    Raises:
        NothingKnown: There is nothing there.
        InputError: Another kind of file.
        MachineRefused: It cannot be read, or the library for this kind is not installed.
    """
    if path.is_dir():
        pair = path / "bus.csv", path / "branch.csv"
        if all(one.is_file() for one in pair):
            return read_csv_pair(*(_text(one) for one in pair), name=path.resolve().name)
        others = sorted(one for one in path.iterdir() if one.suffix.lower() in FILES)
        if len(others) != 1:
            raise NothingKnown(
                f"no network in {path}",
                hint="put bus.csv and branch.csv there, or one network file; see docs/grid.md",
            )
        return read_network(others[0])
    if not path.exists():
        raise NothingKnown(f"there is no {path}", hint="name a folder or a file of a network")
    reading = _read_file(path)
    model = reading.model
    if model is None or not any(map(_PUBLIC.search, (path.stem, model.name))):
        return reading
    return msgspec.structs.replace(reading, model=msgspec.structs.replace(model, is_benchmark=True))


def network_places(folder: Path) -> tuple[str, ...]:
    """Return the codes of the places that the network of a folder feeds, sorted.

    Empty where there is no network, where it cannot be read, and where it names no places.
    """
    if not folder.is_dir():
        return ()
    files = sorted(one for one in folder.iterdir() if one.is_file())
    stamps = tuple((one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in files)
    return _network_places(folder, stamps)


@lru_cache(maxsize=4)
def _network_places(folder: Path, _stamps: tuple[tuple[str, int, int], ...]) -> tuple[str, ...]:
    try:
        model = read_network(folder).model
    except VidomoError:
        return ()
    sites = model.substations if model else ()
    return tuple(sorted({place.place_code for site in sites for place in site.places}))


def _read_file(path: Path) -> GridReading:
    kind = path.suffix.lower()
    if kind == ".m":
        return read_matpower(_text(path))
    if kind == ".json":
        return read_pandapower(_text(path))
    if kind == ".nc":
        return read_pypsa(_raw(path))
    if kind in SUFFIXES:
        _raw(path)
        return read_powsybl(path)
    raise InputError(
        f"{path.name} is no kind of network that is read here",
        hint=f"a folder with bus.csv and branch.csv, or a file of {', '.join(FILES)}",
    )


def read_damage(path: Path) -> tuple[tuple[Damage, ...], tuple[Problem, ...]]:
    """Return what a table of damage says, with its problems by row and field.

    Columns ``DAMAGE_COLUMNS``; empty spread is 1, empty probability is 1 (damaged for sure),
    empty access is 0 (open now). Semicolons and decimal commas are taken too.
    """
    problems: list[Problem] = []
    found = [
        Damage(
            element=row.get("element", ""),
            repair=RepairHours(
                median_h=_number(row, "median_h", None, where, problems),
                spread=_number(row, "spread", 1.0, where, problems),
            ),
            probability=_number(row, "probability", 1.0, where, problems),
            access_from_h=_number(row, "access_from_h", 0.0, where, problems),
        )
        for where, row in _rows(path, ("element", "median_h"), problems)
    ]
    return tuple(found), tuple(problems)


def read_services(path: Path) -> tuple[tuple[Service, ...], tuple[Problem, ...]]:
    """Return what a table of services says, with its problems by row and field.

    Columns ``SERVICE_COLUMNS``; an empty backup is not known, never none.
    """
    problems: list[Problem] = []
    found = [
        Service(
            id=row.get("service", ""),
            place=row.get("place_code", ""),
            weight_mw=_number(row, "weight_mw", None, where, problems),
            backup_h=_number(row, "backup_h", 0.0, where, problems)
            if row.get("backup_h")
            else None,
        )
        for where, row in _rows(path, ("service", "place_code", "weight_mw"), problems)
    ]
    return tuple(found), tuple(problems)


def _rows(
    path: Path, needed: Sequence[str], problems: list[Problem]
) -> Iterator[tuple[str, dict[str, str]]]:
    text = _text(path)
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in head else ",")
    try:
        names = [(name or "").strip() for name in reader.fieldnames or ()]
        missing = [name for name in needed if name not in names]
        if missing:
            problems.append(
                Problem(
                    code="missing_column",
                    found=f"{path.name} has no column {missing[0]!r}",
                    hint=f"the first row names the columns: {', '.join(needed)}, ...",
                    where=path.name,
                )
            )
            return
        reader.fieldnames = names
        for number, row in enumerate(reader, start=2):
            cells = {
                name: (value or "").strip()
                for name, value in row.items()
                if isinstance(name, str) and not isinstance(value, list)
            }
            if any(cells.values()):
                yield f"{path.name}, row {number}", cells
    except csv.Error as error:
        problems.append(Problem(code="not_a_table", found=f"{path.name}: {error}", where=path.name))


def _number(
    row: dict[str, str],
    field: str,
    default: float | None,
    where: str,
    problems: list[Problem],
) -> float:
    text = row.get(field, "")
    if not text and default is not None:
        return default
    try:
        return float(text.replace(",", "."))
    except ValueError:
        problems.append(
            Problem(
                code="not_a_number",
                found=f"{field} is {text[:40]!r}",
                hint="write a number, such as 6 or 6.5",
                where=where,
            )
        )
        return float("nan")


def _raw(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError(
                f"{path.name} is larger than half a gigabyte", hint="split the network"
            )
        return path.read_bytes()
    except OSError as error:
        raise MachineRefused(f"cannot read {path}: {error.strerror}") from error


def _text(path: Path) -> str:
    raw = _raw(path)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Spreadsheets here save as Windows-1251 unless told otherwise.
        return raw.decode("cp1251", errors="replace")
