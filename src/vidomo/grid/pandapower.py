"""Networks from the JSON files that pandapower writes.

Source: pandapower documentation, "Electric model" of each element (3.x): series reactance of a
line, short-circuit reactance of a two-winding transformer, its ratio with the tap changer.
"""

import json
import math
from dataclasses import dataclass, field
from typing import Any

from vidomo.core.problems import Problem
from vidomo.grid.check import BUS_LIMIT, check_grid, too_large
from vidomo.grid.model import Branch, Bus, Generator, GridModel, GridReading, Load

COUPLER_X_PU = 1e-4
"""Reactance given to a closed bus coupler, which has none: small beside any line, and invertible."""
_HIGHEST_KV = 2000.0
"""No network has more; 1,150 kV is the highest built."""
_LEFT_OUT = ("dcline", "impedance", "motor", "storage", "trafo3w", "ward", "xward")
_Row = dict[str, Any]


@dataclass
class _File:
    tables: dict[str, list[_Row]]
    base_mva: float
    hertz: float = 50.0
    problems: list[Problem] = field(default_factory=list)

    def rows(self, name: str) -> list[_Row]:
        return self.tables.get(name, [])

    def live(self, name: str) -> list[_Row]:
        return [row for row in self.rows(name) if row.get("in_service", True)]

    def number(self, row: _Row, name: str, column: str, *, usual: float | None = None) -> float:
        """Return a number of a row; NaN where there is none, which the check then tells."""
        value = row.get(column)
        if isinstance(value, (int, float)) and not (usual is not None and math.isnan(value)):
            return float(value)
        if usual is not None:
            return usual
        self.problems.append(
            Problem(
                code="not_a_number",
                found=f"{value!r} is no number",
                where=f"{name} {row['index']}: {column}",
            )
        )
        return math.nan


def read_pandapower(text: str, *, is_benchmark: bool = False) -> GridReading:
    """Return the network of a file written by ``pandapower.to_json``.

    Lines, two-winding transformers, loads, generators, static generators, external grids and
    switches are read. Other elements in service are told as problems, never passed over.
    """
    file = _tables(text)
    if isinstance(file, Problem):
        return GridReading(model=None, problems=(file,))
    try:
        return _reading(file, is_benchmark=is_benchmark)
    except (KeyError, TypeError, ArithmeticError) as error:
        told = Problem(
            code="not_pandapower",
            found=f"a column is missing or holds what cannot be: {type(error).__name__} {error}"[
                :200
            ],
            hint="write the file with pandapower.to_json(net, path)",
            where="network: tables",
        )
        return GridReading(model=None, problems=(*file.problems, told))


def _reading(file: _File, *, is_benchmark: bool) -> GridReading:
    kilovolts = {row["index"]: _voltage(file, row) for row in file.rows("bus")}
    shunts: dict[int, float] = {}
    for row in file.live("shunt"):
        drawn = file.number(row, "shunt", "q_mvar", usual=0.0)
        drawn *= file.number(row, "shunt", "step", usual=1.0)
        shunts[row["bus"]] = shunts.get(row["bus"], 0.0) - drawn
    branches = [*_lines(file, kilovolts), *_trafos(file, kilovolts), *_couplers(file)]
    slack = next((str(row["bus"]) for row in file.live("ext_grid")), "")
    slack = slack or next((str(row["bus"]) for row in file.live("gen") if row.get("slack")), "")
    loads = [*_loads(file)]
    generators = [*_generators(file)]
    said = ["generator limits are those of max_p_mw, where given"]
    if file.live("ext_grid"):
        generators += _external(file, loads, generators)
        said.append("the external grid gives what its network needs in the base state")
    if any(branch.id.startswith("switch") for branch in branches):
        said.append(f"a closed bus coupler has a reactance of {COUPLER_X_PU:g} per unit")
    for name in _LEFT_OUT:
        if file.live(name):
            file.problems.append(
                Problem(
                    code="unsupported_element",
                    found=f"{len(file.live(name))} in service",
                    hint="replace them by lines, transformers, loads or generators",
                    where=f"{name}: table",
                )
            )
    model = GridModel(
        name="network",
        base_mva=file.base_mva,
        buses=tuple(
            Bus(
                id=str(row["index"]),
                base_kv=kilovolts[row["index"]],
                shunt_mvar=shunts.get(row["index"], 0.0),
            )
            for row in file.rows("bus")
        ),
        branches=tuple(branches),
        generators=tuple(generators),
        loads=tuple(loads),
        slack_bus=slack,
        is_benchmark=is_benchmark,
        assumptions=tuple(said),
    )
    found = [*file.problems, *check_grid(model)]
    return GridReading(model=model, problems=tuple({(p.code, p.where): p for p in found}.values()))


def _voltage(file: _File, row: _Row) -> float:
    """Return the voltage of a bus in kV; NaN, with a problem, where it is none."""
    value = file.number(row, "bus", "vn_kv")
    if 0 < value <= _HIGHEST_KV:
        return value
    if not math.isnan(value):
        file.problems.append(
            Problem(
                code="bad_voltage",
                found=f"the voltage is {value:g} kV",
                hint="the nominal voltage in kV, such as 110",
                where=f"bus {row['index']}: vn_kv",
            )
        )
    return math.nan


def _tables(text: str) -> _File | Problem:
    try:
        held = json.loads(text)["_object"]
        tables: dict[str, list[_Row]] = {}
        for name, value in held.items():
            if isinstance(value, dict) and value.get("_class") == "DataFrame":
                inner = value["_object"]
                table = json.loads(inner) if isinstance(inner, str) else inner
                if name == "bus" and len(table["index"]) > BUS_LIMIT:
                    return too_large("buses", len(table["index"]))
                tables[name] = [
                    {**dict(zip(table["columns"], row, strict=True)), "index": index}
                    for index, row in zip(table["index"], table["data"], strict=True)
                ]
        if "bus" not in tables:
            raise KeyError("bus")  # noqa: TRY301 - told like any other missing part
        return _File(
            tables=tables,
            base_mva=float(held.get("sn_mva", 1.0)),
            hertz=float(held.get("f_hz", 50.0)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Problem(
            code="not_pandapower",
            found=f"no network of pandapower: {type(error).__name__} {error}"[:200],
            hint="write the file with pandapower.to_json(net, path)",
            where="network: file",
        )


def _open(file: _File, kind: str) -> set[int]:
    """Return lines (``l``) or transformers (``t``) with an open switch at an end."""
    return {
        row["element"] for row in file.rows("switch") if row["et"] == kind and not row["closed"]
    }


def _lines(file: _File, kilovolts: dict[int, float]) -> list[Branch]:
    cut = _open(file, "l")
    found = []
    for row in file.rows("line"):
        many = file.number(row, "line", "parallel", usual=1.0)
        volts = kilovolts.get(row["from_bus"], math.nan)
        ohms = file.number(row, "line", "x_ohm_per_km") * file.number(row, "line", "length_km")
        amperes = file.number(row, "line", "max_i_ka", usual=math.inf)
        share = file.number(row, "line", "max_loading_percent", usual=100.0) / 100.0
        rating = math.sqrt(3) * volts * amperes * many * share
        found.append(
            Branch(
                id=f"line {row['index']}",
                from_bus=str(row["from_bus"]),
                to_bus=str(row["to_bus"]),
                x_pu=ohms / many / (volts**2 / file.base_mva),
                # pandapower's own converters write 99999 kA where no limit is known
                rating_mw=rating if amperes < 1000 else None,  # noqa: PLR2004 - kA, above any line
                in_service=bool(row.get("in_service", True)) and row["index"] not in cut,
                r_pu=file.number(row, "line", "r_ohm_per_km", usual=0.0)
                * file.number(row, "line", "length_km")
                / many
                / (volts**2 / file.base_mva),
                charging_pu=2e-9
                * math.pi
                * file.hertz
                * file.number(row, "line", "c_nf_per_km", usual=0.0)
                * file.number(row, "line", "length_km")
                * many
                * (volts**2 / file.base_mva),
            )
        )
    return found


def _trafos(file: _File, kilovolts: dict[int, float]) -> list[Branch]:
    cut = _open(file, "t")
    found = []
    for row in file.rows("trafo"):
        high, low = file.number(row, "trafo", "vn_hv_kv"), file.number(row, "trafo", "vn_lv_kv")
        steps = file.number(row, "trafo", "tap_pos", usual=0.0)
        steps -= file.number(row, "trafo", "tap_neutral", usual=0.0)
        turn = 1.0 + steps * file.number(row, "trafo", "tap_step_percent", usual=0.0) / 100.0
        high, low = (high * turn, low) if row.get("tap_side") != "lv" else (high, low * turn)
        bus_high = kilovolts.get(row["hv_bus"], math.nan)
        bus_low = kilovolts.get(row["lv_bus"], math.nan)
        many = file.number(row, "trafo", "parallel", usual=1.0)
        power = file.number(row, "trafo", "sn_mva")
        short = file.number(row, "trafo", "vk_percent") / 100.0
        loss = file.number(row, "trafo", "vkr_percent") / 100.0
        x_pu = math.copysign(math.sqrt(max(short**2 - loss**2, 0.0)), short)
        share = file.number(row, "trafo", "max_loading_percent", usual=100.0) / 100.0
        found.append(
            Branch(
                id=f"trafo {row['index']}",
                from_bus=str(row["hv_bus"]),
                to_bus=str(row["lv_bus"]),
                x_pu=x_pu * file.base_mva / power / many * (low / bus_low) ** 2,
                tap=(high / bus_high) / (low / bus_low),
                shift_deg=file.number(row, "trafo", "shift_degree", usual=0.0),
                rating_mw=power * many * share,
                in_service=bool(row.get("in_service", True)) and row["index"] not in cut,
                r_pu=loss * file.base_mva / power / many * (low / bus_low) ** 2,
            )
        )
    return found


def _couplers(file: _File) -> list[Branch]:
    return [
        Branch(
            id=f"switch {row['index']}",
            from_bus=str(row["bus"]),
            to_bus=str(row["element"]),
            x_pu=COUPLER_X_PU,
            r_pu=0.0,
            in_service=bool(row["closed"]),
        )
        for row in file.rows("switch")
        if row["et"] == "b"
    ]


def _loads(file: _File) -> list[Load]:
    found = [
        Load(
            id=f"load {row['index']}",
            bus=str(row["bus"]),
            power_mw=file.number(row, "load", "p_mw")
            * file.number(row, "load", "scaling", usual=1.0),
            reactive_mvar=file.number(row, "load", "q_mvar", usual=0.0)
            * file.number(row, "load", "scaling", usual=1.0),
        )
        for row in file.live("load")
    ]
    return found + [
        Load(
            id=f"shunt {row['index']}",
            bus=str(row["bus"]),
            power_mw=file.number(row, "shunt", "p_mw")
            * file.number(row, "shunt", "step", usual=1.0),
        )
        for row in file.live("shunt")
        if row.get("p_mw")
    ]


def _generators(file: _File) -> list[Generator]:
    found = []
    for name in ("gen", "sgen"):
        for row in file.live(name):
            most = file.number(row, name, "max_p_mw", usual=math.inf)
            found.append(
                Generator(
                    id=f"{name} {row['index']}",
                    bus=str(row["bus"]),
                    power_mw=file.number(row, name, "p_mw")
                    * file.number(row, name, "scaling", usual=1.0),
                    max_power_mw=most if math.isfinite(most) else None,
                    voltage_pu=file.number(row, name, "vm_pu", usual=1.0)
                    if name == "gen"
                    else None,
                )
            )
    return found


def _external(file: _File, loads: list[Load], generators: list[Generator]) -> list[Generator]:
    rest = sum(load.power_mw for load in loads) - sum(each.power_mw for each in generators)
    rows = file.live("ext_grid")
    found = []
    for row in rows:
        most = file.number(row, "ext_grid", "max_p_mw", usual=math.inf)
        found.append(
            Generator(
                id=f"ext_grid {row['index']}",
                bus=str(row["bus"]),
                power_mw=rest / len(rows),
                max_power_mw=most if math.isfinite(most) else None,
                voltage_pu=file.number(row, "ext_grid", "vm_pu", usual=1.0),
            )
        )
    return found
