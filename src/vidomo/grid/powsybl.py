"""Networks from CGMES, PSS/E RAW, UCTE and whatever else pypowsybl reads.

Two steps: ``tables_of`` asks pypowsybl for its tables per unit, ``model_of`` makes a network of
them and needs no pypowsybl. Source: pypowsybl documentation, "Network" and "Per unit view".
"""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vidomo.core.errors import MachineRefused
from vidomo.core.problems import Problem
from vidomo.grid.check import check_grid
from vidomo.grid.model import Branch, Bus, Generator, GridModel, GridReading, Load, Substation

SUFFIXES = (".zip", ".raw", ".rawx", ".uct", ".xiidm", ".jiidm", ".xml", ".mat")
"""CGMES comes as a zip of its profiles; ``.xml`` may be one profile or an IIDM file."""

_BASE_MVA = 100.0
_HUGE_PU = 1e6
_ALL = {
    "buses": "get_buses",
    "voltage_levels": "get_voltage_levels",
    "lines": "get_lines",
    "two_windings": "get_2_windings_transformers",
    "three_windings": "get_3_windings_transformers",
    "tie_lines": "get_tie_lines",
    "boundary_lines": "get_boundary_lines",
    "loads": "get_loads",
    "generators": "get_generators",
    "batteries": "get_batteries",
    "shunts": "get_shunt_compensators",
    "hvdc_lines": "get_hvdc_lines",
    "vsc_stations": "get_vsc_converter_stations",
    "lcc_stations": "get_lcc_converter_stations",
    "static_vars": "get_static_var_compensators",
    "limits": "get_operational_limits",
}
_OLDER = {"boundary_lines": "get_dangling_lines"}
Row = dict[str, Any]
Tables = dict[str, list[Row]]


def read_powsybl(path: Path, *, is_benchmark: bool = False) -> GridReading:
    """Return the network of a file that pypowsybl understands.

    Args:
        path: CGMES as a zip, PSS/E ``.raw``, UCTE ``.uct``, or IIDM.
        is_benchmark: A public benchmark: every result from it is an exercise.

    Raises:
        MachineRefused: pypowsybl is not installed.
    """
    try:
        import pypowsybl  # noqa: PLC0415 - an optional extra, and slow to load
    except ImportError as error:
        raise MachineRefused(
            "pypowsybl is not installed, and this kind of file is read through it",
            hint="pip install 'vidomo[grid-io]'",
        ) from error
    try:
        network = pypowsybl.network.load(str(path))
    except (pypowsybl.PyPowsyblError, ValueError) as error:
        problem = Problem(
            code="not_powsybl",
            found=f"pypowsybl cannot read it: {error}"[:300],
            hint="CGMES as one zip of its profiles, PSS/E .raw, UCTE .uct, or IIDM",
            where="network: file",
        )
        return GridReading(model=None, problems=(problem,))
    return model_of(tables_of(network), name=path.stem, is_benchmark=is_benchmark)


def tables_of(network: Any) -> Tables:
    """Return the tables of a pypowsybl network, per unit on 100 MVA, with the ids as a column."""
    network.per_unit = True
    found: Tables = {}
    for name, call in _ALL.items():
        ask = getattr(network, call, None) or getattr(network, _OLDER.get(name, call))
        frame = ask() if name == "limits" else ask(all_attributes=True)
        found[name] = frame.reset_index().to_dict("records")
    slack = network.get_extensions("slackTerminal")
    found["slack"] = [] if slack is None else slack.reset_index().to_dict("records")
    return found


def model_of(tables: Tables, *, name: str, is_benchmark: bool = False) -> GridReading:
    """Return the network that tables of pypowsybl describe.

    Buses are those of its bus view, so closed switches are gone. A three-winding transformer
    becomes three branches and a bus of its own, a tie line one branch; a boundary line without
    its other half is the load behind it.
    """
    sites = {row["id"]: str(row.get("substation_id", "")) for row in tables["voltage_levels"]}
    volts = {row["id"]: row.get("nominal_v") for row in tables["voltage_levels"]}
    limits = _limits(tables["limits"])
    stars, branches = _branches(tables, limits)
    open_ends = [branch for branch in branches if not (branch.from_bus and branch.to_bus)]
    loads, sources, said = _hvdc(tables)
    loads += [load for load in _loads(tables) if load.bus]
    sources += [source for source in _sources(tables) if source.bus]
    susceptance = _shunt_mvar(tables)
    buses = [
        Bus(
            id=row["id"],
            substation=sites.get(row["voltage_level_id"], ""),
            base_kv=_positive(volts.get(row["voltage_level_id"])),
            shunt_mvar=susceptance.get(row["id"], 0.0),
        )
        for row in tables["buses"]
    ]
    if open_ends:
        said.append(f"{len(open_ends)} branches are open at an end and left out")
    if tables["static_vars"]:
        said.append(f"{len(tables['static_vars'])} static compensators are left out")
    slack = next((str(row.get("bus_id", "")) for row in tables["slack"]), "")
    ids = {bus.id for bus in buses}
    model = GridModel(
        name=name,
        base_mva=_BASE_MVA,
        buses=(*buses, *stars),
        branches=tuple(branch for branch in branches if branch.from_bus and branch.to_bus),
        generators=tuple(sources),
        loads=tuple(loads),
        substations=tuple(
            Substation(id=site) for site in dict.fromkeys(bus.substation for bus in buses) if site
        ),
        slack_bus=slack if slack in ids else "",
        is_benchmark=is_benchmark,
        assumptions=tuple(said),
    )
    return GridReading(model=model, problems=check_grid(model))


def _branches(tables: Tables, limits: dict[str, float]) -> tuple[list[Bus], list[Branch]]:
    found = [
        Branch(
            id=row["id"],
            from_bus=row["bus1_id"],
            to_bus=row["bus2_id"],
            x_pu=row["x"],
            r_pu=row["r"],
            charging_pu=row["b1"] + row["b2"],
            rating_mw=limits.get(row["id"]),
        )
        for row in tables["lines"]
    ]
    found += [_transformer(row, limits) for row in tables["two_windings"]]
    stars = []
    for row in tables["three_windings"]:
        star = f"{row['id']} star"
        legs = [_leg(row, star, number, limits) for number in (1, 2, 3) if row[f"bus{number}_id"]]
        if legs:
            stars.append(Bus(id=star))
            found += legs
    halves = {row["id"]: row for row in tables["boundary_lines"]}
    for row in tables["tie_lines"]:
        one, other = (
            halves[row.get(f"boundary_line{end}_id") or row[f"dangling_line{end}_id"]]
            for end in (1, 2)
        )
        found.append(
            Branch(
                id=row["id"],
                from_bus=one["bus_id"],
                to_bus=other["bus_id"],
                x_pu=one["x"] + other["x"],
                r_pu=one["r"] + other["r"],
                charging_pu=one["b"] + other["b"],
                rating_mw=_least(limits, row["id"], one["id"], other["id"]),
            )
        )
    return stars, found


def _transformer(row: Row, limits: dict[str, float]) -> Branch:
    rated = _positive(row.get("rated_s"))
    return Branch(
        id=row["id"],
        from_bus=row["bus1_id"],
        to_bus=row["bus2_id"],
        x_pu=row["x_at_current_tap"],
        tap=_ratio(row["rho"]),
        shift_deg=-math.degrees(row["alpha"]),
        r_pu=row["r_at_current_tap"],
        charging_pu=row["b_at_current_tap"],
        rating_mw=limits.get(row["id"], rated),
    )


def _leg(row: Row, star: str, number: int, limits: dict[str, float]) -> Branch:
    return Branch(
        id=f"{row['id']} leg {number}",
        from_bus=row[f"bus{number}_id"],
        to_bus=star,
        x_pu=row[f"x{number}_at_current_tap"],
        tap=_ratio(row[f"rho{number}"]),
        shift_deg=-math.degrees(row[f"alpha{number}"]),
        r_pu=row[f"r{number}_at_current_tap"],
        charging_pu=row[f"b{number}_at_current_tap"],
        rating_mw=limits.get(f"{row['id']} {number}", _positive(row.get(f"rated_s{number}"))),
    )


def _loads(tables: Tables) -> Iterator[Load]:
    for row in tables["loads"]:
        yield _load(row["id"], row["bus_id"], row["p0"], row["q0"])
    for row in tables["boundary_lines"]:
        if not row["paired"]:
            yield _load(row["id"], row["bus_id"], row["p0"], row["q0"])
    for row in tables["shunts"]:
        if row["g"]:
            yield _load(row["id"], row["bus_id"], row["g"], 0.0)


def _load(name: str, bus: str, power_pu: float, reactive_pu: float) -> Load:
    return Load(
        id=name,
        bus=bus,
        power_mw=power_pu * _BASE_MVA,
        reactive_mvar=reactive_pu * _BASE_MVA,
    )


def _sources(tables: Tables) -> Iterator[Generator]:
    for row in (*tables["generators"], *tables["batteries"]):
        most = row["max_p"]
        holds = row.get("voltage_regulator_on")
        yield Generator(
            id=row["id"],
            bus=row["bus_id"],
            power_mw=row["target_p"] * _BASE_MVA,
            max_power_mw=most * _BASE_MVA if abs(most) < _HUGE_PU else None,
            voltage_pu=_positive(row["target_v"]) if holds else None,
        )


def _hvdc(tables: Tables) -> tuple[list[Load], list[Generator], list[str]]:
    stations = {row["id"]: row for row in (*tables["vsc_stations"], *tables["lcc_stations"])}
    loads, sources, said = [], [], []
    for row in tables["hvdc_lines"]:
        ends = [stations[row[f"converter_station{end}_id"]] for end in (1, 2)]
        if not (ends[0]["bus_id"] and ends[1]["bus_id"]):
            continue
        if row["converters_mode"] != "SIDE_1_RECTIFIER_SIDE_2_INVERTER":
            ends.reverse()
        kept = [1.0 - end["loss_factor"] / 100.0 for end in ends]
        on_line = row["target_p"] * kept[0]
        given = (on_line - row["r"] * on_line**2) * kept[1] * _BASE_MVA
        loads.append(_load(row["id"], ends[0]["bus_id"], row["target_p"], 0.0))
        sources.append(
            Generator(
                id=row["id"],
                bus=ends[1]["bus_id"],
                power_mw=given,
                max_power_mw=max(given, 0.0),
            )
        )
        said.append(f"the direct-current line {row['id']} keeps its transfer whatever happens")
    return loads, sources, said


def _shunt_mvar(tables: Tables) -> dict[str, float]:
    found: dict[str, float] = {}
    for row in tables["shunts"]:
        if row["bus_id"]:
            found[row["bus_id"]] = found.get(row["bus_id"], 0.0) + row["b"] * _BASE_MVA
    return found


def _limits(rows: list[Row]) -> dict[str, float]:
    """Return the lasting limit of each element in MW, the least of its sides and kinds."""
    found: dict[str, float] = {}
    for row in rows:
        if row["acceptable_duration"] != -1 or not math.isfinite(row["value"]):
            continue
        legs = {"ONE": 1, "TWO": 2, "THREE": 3}
        for name in (row["element_id"], f"{row['element_id']} {legs.get(row['side'], 0)}"):
            found[name] = min(found.get(name, math.inf), row["value"] * _BASE_MVA)
    return found


def _least(limits: dict[str, float], *names: str) -> float | None:
    found = [limits[name] for name in names if name in limits]
    return min(found) if found else None


def _positive(value: float | None) -> float | None:
    return value if value is not None and value > 0 and math.isfinite(value) else None


def _ratio(rho: float) -> float:
    return 1.0 / rho if rho else math.nan
