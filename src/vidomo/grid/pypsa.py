"""Networks from the netCDF files that PyPSA writes; read as HDF5, so PyPSA itself is not needed.

Source: PyPSA documentation, "Components" and "Power Flow" (1.x): what a column means, its default,
and the reactance of lines (ohm) and transformers (on their own rating).
"""

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from vidomo.core.errors import MachineRefused
from vidomo.core.problems import Problem
from vidomo.grid.check import check_grid
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

BASE_MVA = 100.0
_MOST_VALUES = 2_000_000
_Row = dict[str, Any]


@dataclass
class _File:
    held: Any
    snapshot: int
    problems: list[Problem] = field(default_factory=list)

    def rows(self, component: str) -> list[_Row]:
        """Return one dict a row, with the values of the snapshot where there is a series."""
        names = self._values(f"{component}_i")
        found: list[_Row] = [{"name": _text(name)} for name in names]
        for key in self.held:
            column = key.removeprefix(f"{component}_")
            if column in {key, "i"} or column.startswith("t_"):
                continue
            for row, value in zip(found, self._values(key), strict=False):
                row[column] = _text(value) if isinstance(value, bytes) else float(value)
        for key in self.held:
            column = key.removeprefix(f"{component}_t_")
            if column == key or column.endswith("_i"):
                continue
            series = self.held[key]
            if series.ndim != 2 or self.snapshot >= series.shape[0]:  # noqa: PLR2004 - snapshots by names
                continue
            if series.shape[1] > _MOST_VALUES:
                raise ValueError(f"{key} holds {series.shape[1]} columns")
            values = dict(
                zip(map(_text, self._values(f"{key}_i")), series[self.snapshot], strict=False)
            )
            for row in found:
                if row["name"] in values:
                    row[f"at {column}"] = float(values[row["name"]])
                else:
                    row.setdefault(f"near {column}", 0.0)
        return [row for row in found if row.get("active", 1.0)]

    def _values(self, key: str) -> list[Any]:
        if key not in self.held:
            return []
        # A few bytes of HDF5 can promise any number of rows.
        if self.held[key].size > _MOST_VALUES:
            raise ValueError(f"{key} holds {self.held[key].size} values")
        return list(self.held[key][:])

    def number(self, row: _Row, component: str, column: str, usual: float) -> float:
        """Return a number, of the snapshot where there is one; text is told as a problem."""
        value = row.get(f"at {column}", row.get(column, usual))
        if isinstance(value, float):
            return value
        self.problems.append(
            Problem(
                code="not_a_number",
                found=f"{value!r} is no number",
                where=f"{component} {row['name']}: {column}",
            )
        )
        return math.nan

    def size(self, row: _Row, component: str, column: str) -> float:
        """Return a nominal size; the optimised one where it was left open."""
        best = "_opt" if row.get(f"{column}_extendable", 0.0) else ""
        usual = self.number(row, component, column, 0.0)
        return self.number(row, component, column + best, usual) if best else usual

    def power(self, row: _Row, component: str) -> float:
        """Return what it gives: as solved where the file holds a solution, else as set."""
        if "at p" in row or "near p" in row:
            return float(row.get("at p", 0.0))
        return self.number(row, component, "p_set", 0.0)


def read_pypsa(raw: bytes, *, snapshot: int = 0, is_benchmark: bool = False) -> GridReading:
    """Return the network of a file written by ``Network.export_to_netcdf``.

    Lines, transformers, generators, loads, links and storage units are read; a link is a load
    at one end and a source at the other. Stores are told as a problem. A column ``place_code``
    of the buses, which is ours and not PyPSA's, ties them to places.

    Args:
        raw: The whole file.
        snapshot: Which snapshot, from 0; output is that of a solution where there is one.
        is_benchmark: A public benchmark: every result from it is an exercise.

    Raises:
        MachineRefused: h5py is not installed.
    """
    try:
        import h5py  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise MachineRefused(
            "h5py is not installed", hint="pip install 'vidomo[grid-io]'"
        ) from error
    try:
        with h5py.File(io.BytesIO(raw), "r") as held:
            return _reading(_File(held, snapshot), is_benchmark=is_benchmark)
    except (OSError, KeyError, TypeError, ValueError, ArithmeticError, RuntimeError) as error:
        # h5py tells a damaged file by a RuntimeError.
        problem = Problem(
            code="not_pypsa",
            found=f"no netCDF 4 file of PyPSA: {type(error).__name__} {error}"[:200],
            hint="write it with Network.export_to_netcdf(path)",
            where="network: file",
        )
        return GridReading(model=None, problems=(problem,))


def _reading(file: _File, *, is_benchmark: bool) -> GridReading:
    if "buses_i" not in file.held:
        raise KeyError("buses_i")
    steps = file.held["snapshots"].shape[0] if "snapshots" in file.held else 1
    if not 0 <= file.snapshot < max(steps, 1):
        file.problems.append(
            Problem(
                code="no_snapshot",
                found=f"there is no snapshot {file.snapshot}",
                hint=f"the file holds {steps}",
                where="network: snapshot",
            )
        )
    buses = file.rows("buses")
    kilovolts = {row["name"]: file.number(row, "bus", "v_nom", 1.0) for row in buses}
    sources = file.rows("generators")
    slack = next((row.get("bus", "") for row in sources if row.get("control") == "Slack"), "")
    generators = [*_generators(file, sources, buses)]
    loads = [*_loads(file)]
    said = [f"snapshot {file.snapshot} of {steps}"] if steps > 1 else []
    for link in _links(file):
        loads.append(link[0])
        generators.append(link[1])
        said.append(f"{link[0].id} keeps its transfer whatever happens")
    if file.rows("stores"):
        file.problems.append(
            Problem(
                code="unsupported_element",
                found=f"{len(file.rows('stores'))} in service",
                hint="replace them by generators or loads of one snapshot",
                where="stores: table",
            )
        )
    placed = {row["name"]: str(row.get("place_code", "")) for row in buses}
    model = GridModel(
        name=_text(file.held.attrs.get("network_name", b"")) or "network",
        base_mva=BASE_MVA,
        buses=tuple(
            Bus(id=name, substation=name if placed[name] else "", base_kv=kilovolts[name])
            for name in (row["name"] for row in buses)
        ),
        substations=tuple(
            Substation(id=name, places=(PlaceShare(code),)) for name, code in placed.items() if code
        ),
        branches=(*_lines(file, kilovolts), *_transformers(file)),
        generators=tuple(generators),
        loads=tuple(loads),
        slack_bus=slack,
        is_benchmark=is_benchmark,
        assumptions=tuple(said),
    )
    found = [*file.problems, *check_grid(model)]
    return GridReading(model=model, problems=tuple({(p.code, p.where): p for p in found}.values()))


def _lines(file: _File, kilovolts: dict[str, float]) -> Iterator[Branch]:
    for row in file.rows("lines"):
        base = kilovolts.get(str(row.get("bus0", "")), math.nan) ** 2 / BASE_MVA
        yield Branch(
            id=f"line {row['name']}",
            from_bus=str(row.get("bus0", "")),
            to_bus=str(row.get("bus1", "")),
            x_pu=file.number(row, "line", "x", 0.0) / base,
            rating_mw=_rating(file, row, "line"),
            r_pu=file.number(row, "line", "r", 0.0) / base,
            charging_pu=file.number(row, "line", "b", 0.0) * base,
        )


def _transformers(file: _File) -> Iterator[Branch]:
    for row in file.rows("transformers"):
        own = file.size(row, "transformer", "s_nom") or math.nan
        yield Branch(
            id=f"transformer {row['name']}",
            from_bus=str(row.get("bus0", "")),
            to_bus=str(row.get("bus1", "")),
            x_pu=file.number(row, "transformer", "x", 0.0) * BASE_MVA / own,
            tap=file.number(row, "transformer", "tap_ratio", 1.0),
            shift_deg=file.number(row, "transformer", "phase_shift", 0.0),
            rating_mw=_rating(file, row, "transformer"),
            r_pu=file.number(row, "transformer", "r", 0.0) * BASE_MVA / own,
            charging_pu=file.number(row, "transformer", "b", 0.0) * own / BASE_MVA,
        )


def _rating(file: _File, row: _Row, kind: str) -> float | None:
    most = file.size(row, kind, "s_nom") * file.number(row, kind, "s_max_pu", 1.0)
    return most if most != 0 and not math.isinf(most) else None


def _generators(file: _File, sources: list[_Row], buses: list[_Row]) -> Iterator[Generator]:
    volts = {row["name"]: file.number(row, "bus", "v_mag_pu_set", 1.0) for row in buses}
    for row in sources:
        most = file.size(row, "generator", "p_nom") * file.number(row, "generator", "p_max_pu", 1.0)
        bus = str(row.get("bus", ""))
        power = file.power(row, "generator") * file.number(row, "generator", "sign", 1.0)
        yield Generator(
            id=f"generator {row['name']}",
            bus=bus,
            power_mw=power,
            max_power_mw=most if most > 0 and math.isfinite(most) else None,
            voltage_pu=volts.get(bus) if row.get("control") in {"Slack", "PV"} else None,
        )
    for row in file.rows("storage_units"):
        yield Generator(
            id=f"storage {row['name']}",
            bus=str(row.get("bus", "")),
            power_mw=file.power(row, "storage"),
            max_power_mw=max(file.power(row, "storage"), 0.0),
        )


def _loads(file: _File) -> Iterator[Load]:
    for row in file.rows("loads"):
        turn = -file.number(row, "load", "sign", -1.0)
        yield Load(
            id=f"load {row['name']}",
            bus=str(row.get("bus", "")),
            power_mw=file.number(row, "load", "p_set", 0.0) * turn,
            reactive_mvar=file.number(row, "load", "q_set", 0.0) * turn,
        )


def _links(file: _File) -> Iterator[tuple[Load, Generator]]:
    for row in file.rows("links"):
        name = f"link {row['name']}"
        sent = float(row["at p0"]) if "at p0" in row else file.number(row, "link", "p_set", 0.0)
        given = sent * file.number(row, "link", "efficiency", 1.0)
        if row.get("bus2"):
            file.problems.append(
                Problem(
                    code="unsupported_element",
                    found="it has more than two ends",
                    hint="replace it by loads and generators",
                    where=f"{name}: bus2",
                )
            )
        yield (
            Load(id=name, bus=str(row.get("bus0", "")), power_mw=sent),
            Generator(
                id=name,
                bus=str(row.get("bus1", "")),
                power_mw=given,
                max_power_mw=max(given, 0.0),
            ),
        )


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
