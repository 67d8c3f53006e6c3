"""Everything wrong with a network, each problem with its element and field."""

import math
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator

from vidomo.core.errors import InputError
from vidomo.core.problems import Problem
from vidomo.grid.model import Generator, GridModel, GridReading

BUS_LIMIT = 200_000
"""Largest network taken: more than twice ACTIVSg70k, the largest benchmark measured."""

BRANCH_LIMIT = 1_000_000
"""Five branches a bus: no power network comes near."""

NOTES = frozenset(
    {
        "capacity_below_output",
        "disconnected",
        "missing_rating",
        "negative_reactance",
        "no_place",
        "no_slack",
        "unknown_place",
    }
)
"""Codes that stop nothing: the result states them as assumptions instead."""

_SHOWN = 5
_SHARE_SLACK = 1e-9
_SAME_MW = 1e-6


def check_grid(
    model: GridModel, *, known_places: Container[str] | None = None
) -> tuple[Problem, ...]:
    """Return every problem of a network; an empty tuple means that none was found.

    Args:
        model: Any network, however broken.
        known_places: Codes that exist; None leaves codes unchecked.
    """
    if len(model.buses) > BUS_LIMIT:
        return (too_large("buses", len(model.buses)),)
    if len(model.branches) > BRANCH_LIMIT:
        return (too_large("branches", len(model.branches)),)
    found = [*_shape(model), *_duplicates(model), *_ends(model), *_numbers(model)]
    found += [*_branches(model), *_generators(model)]
    found += _places(model, known_places)
    if not any(problem.code not in NOTES for problem in found):
        found += _connected(model)
    return tuple(found)


def is_sound(problems: Iterable[Problem]) -> bool:
    """Whether the network can be computed; notes alone do not stop it."""
    return all(problem.code in NOTES for problem in problems)


def sound_model(reading: GridReading) -> GridModel:
    """Return the network of a reading.

    Raises:
        InputError: It cannot be computed; the message holds the first problems.
    """
    stops = [problem for problem in reading.problems if problem.code not in NOTES]
    if reading.model is None or stops:
        lines = [f"{problem.where}: {problem.found}" for problem in stops[:_SHOWN]]
        more = f" and {len(stops) - _SHOWN} more" if len(stops) > _SHOWN else ""
        raise InputError(
            "; ".join(lines) + more or "no network",
            hint="mend these and read again; vidomo grid islands NETWORK lists them all",
        )
    return reading.model


def stated(model: GridModel, problems: Iterable[Problem] = ()) -> tuple[str, ...]:
    """Return what every result of this network rests on, in words.

    Args:
        model: A sound network.
        problems: Its notes; those that change what a result means are said.
    """
    rated = sum(branch.rating_mw is None for branch in model.branches if branch.in_service)
    negative = sum(branch.x_pu < 0 for branch in model.branches if branch.in_service)
    said = list(model.assumptions)
    if rated:
        said.append(f"{rated} branches have no rating; where a limit is needed, one is assumed")
    if negative:
        said.append(f"{negative} branches have a negative reactance, which is taken as given")
    beyond = sum(map(_is_beyond, model.generators))
    if beyond:
        said.append(f"{beyond} generators give more than they can; what they give counts")
    if not model.slack_bus:
        said.append("no slack bus is named; the bus with the largest generation is taken")
    said += [
        f"{problem.found}; {problem.hint}" for problem in problems if problem.code == "disconnected"
    ]
    return tuple(said)


def too_large(what: str, count: int) -> Problem:
    """Return the problem of a network that is not even looked at."""
    most = BUS_LIMIT if what == "buses" else BRANCH_LIMIT
    return Problem(
        code="too_large",
        found=f"{count} {what}, at most {most} are taken",
        hint="split the network, or leave out its lowest voltages",
        where=f"network: {what}",
    )


def _shape(model: GridModel) -> Iterator[Problem]:
    if not model.buses:
        yield Problem(code="no_bus", found="no bus at all", where="network: buses")
    if not (math.isfinite(model.base_mva) and model.base_mva > 0):
        yield Problem(
            code="bad_base",
            found=f"the power base is {model.base_mva}",
            hint="a positive number of MVA, usually 100",
            where="network: base_mva",
        )
    if not model.slack_bus:
        yield Problem(
            code="no_slack",
            found="no slack bus is named",
            hint="the bus with the largest generation is taken",
            where="network: slack_bus",
        )
    if model.buses and not any(generator.in_service for generator in model.generators):
        yield Problem(
            code="no_source",
            found="no generator is in service, so no load can be served",
            hint="an import from a neighbour is a generator at the border bus",
            where="network: generators",
        )


def _duplicates(model: GridModel) -> Iterator[Problem]:
    for kind, ids in (
        ("bus", [bus.id for bus in model.buses]),
        ("branch", [branch.id for branch in model.branches]),
        ("generator", [generator.id for generator in model.generators]),
        ("load", [load.id for load in model.loads]),
        ("substation", [substation.id for substation in model.substations]),
    ):
        for name, times in Counter(ids).items():
            if times > 1:
                yield Problem(
                    code="duplicate_id",
                    found=f"the id stands {times} times",
                    hint="give each its own id",
                    where=f"{kind} {name}: id",
                )
            if not name:
                yield Problem(code="empty_id", found="the id is empty", where=f"{kind} ?: id")


def _ends(model: GridModel) -> Iterator[Problem]:
    buses = {bus.id for bus in model.buses}
    sites = {substation.id for substation in model.substations}
    ends = [(f"branch {item.id}: from_bus", item.from_bus) for item in model.branches]
    ends += [(f"branch {item.id}: to_bus", item.to_bus) for item in model.branches]
    ends += [(f"generator {item.id}: bus", item.bus) for item in model.generators]
    ends += [(f"load {item.id}: bus", item.bus) for item in model.loads]
    ends += [("network: slack_bus", model.slack_bus)] if model.slack_bus else []
    for where, name in ends:
        if name not in buses:
            yield Problem(
                code="unknown_bus",
                found=f"there is no bus {name!r}",
                hint="name a bus of this network",
                where=where,
            )
    for bus in model.buses:
        if bus.substation and bus.substation not in sites:
            yield Problem(
                code="unknown_substation",
                found=f"there is no substation {bus.substation!r}",
                where=f"bus {bus.id}: substation",
            )


def _numbers(model: GridModel) -> Iterator[Problem]:
    held: list[tuple[str, float | None]] = []
    for branch in model.branches:
        at = f"branch {branch.id}: "
        held += [(at + "x_pu", branch.x_pu), (at + "tap", branch.tap)]
        held += [(at + "shift_deg", branch.shift_deg), (at + "rating_mw", branch.rating_mw)]
        held += [(at + "r_pu", branch.r_pu), (at + "charging_pu", branch.charging_pu)]
    for generator in model.generators:
        at = f"generator {generator.id}: "
        held += [(at + "power_mw", generator.power_mw)]
        held += [(at + "max_power_mw", generator.max_power_mw)]
        held += [(at + "voltage_pu", generator.voltage_pu)]
    held += [(f"load {load.id}: power_mw", load.power_mw) for load in model.loads]
    held += [(f"load {load.id}: reactive_mvar", load.reactive_mvar) for load in model.loads]
    for bus in model.buses:
        at = f"bus {bus.id}: "
        held += [(at + "base_kv", bus.base_kv), (at + "shunt_mvar", bus.shunt_mvar)]
        held += [(at + "min_pu", bus.min_pu), (at + "max_pu", bus.max_pu)]
    for where, value in held:
        if value is not None and not math.isfinite(value):
            yield Problem(
                code="not_a_number",
                found=f"the value is {value}",
                hint="leave it empty when it is not known",
                where=where,
            )


def _branches(model: GridModel) -> Iterator[Problem]:
    unrated = 0
    for branch in model.branches:
        at = f"branch {branch.id}: "
        if branch.x_pu == 0:
            yield Problem(
                code="zero_reactance",
                found="the reactance is zero",
                hint="merge the two buses, or give the coupler a small reactance",
                where=at + "x_pu",
            )
        elif branch.x_pu < 0:
            yield Problem(
                code="negative_reactance",
                found=f"the reactance is {branch.x_pu:g}",
                hint="right for a series capacitor or a three-winding transformer; else mend it",
                where=at + "x_pu",
            )
        if branch.tap <= 0:
            yield Problem(code="bad_tap", found=f"the ratio is {branch.tap:g}", where=at + "tap")
        if branch.from_bus == branch.to_bus:
            yield Problem(
                code="self_loop",
                found=f"both ends are bus {branch.from_bus!r}",
                where=at + "to_bus",
            )
        if branch.rating_mw is not None and branch.rating_mw <= 0:
            yield Problem(
                code="bad_rating",
                found=f"the rating is {branch.rating_mw:g} MW",
                hint="leave it empty when it is not known",
                where=at + "rating_mw",
            )
        unrated += branch.rating_mw is None
    if unrated:
        yield Problem(
            code="missing_rating",
            found=f"{unrated} of {len(model.branches)} branches have no rating",
            hint="a cascade on them rests on assumed ratings and says so",
            where="branches: rating_mw",
        )


def _is_beyond(generator: Generator) -> bool:
    most = generator.max_power_mw
    return generator.in_service and most is not None and generator.power_mw > most + _SAME_MW


def _generators(model: GridModel) -> Iterator[Problem]:
    for generator in filter(_is_beyond, model.generators):
        yield Problem(
            code="capacity_below_output",
            found=f"{generator.power_mw:g} MW of at most {generator.max_power_mw:g} MW",
            hint="mend one of the two; until then what it gives counts",
            where=f"generator {generator.id}: max_power_mw",
        )


def _places(model: GridModel, known: Container[str] | None) -> Iterator[Problem]:
    for substation in model.substations:
        at = f"substation {substation.id}: places"
        shares = [place.share for place in substation.places]
        if any(not 0 < share <= 1 for share in shares) or sum(shares) > 1 + _SHARE_SLACK:
            yield Problem(
                code="bad_share",
                found=f"the shares are {shares}",
                hint="each in 0..1 and at most one together",
                where=at,
            )
        for place in substation.places:
            if known is not None and place.place_code not in known:
                yield Problem(
                    code="unknown_place",
                    found=f"there is no place {place.place_code!r}",
                    hint="its load counts in the network, and under this code alone",
                    where=at,
                )


def _connected(model: GridModel) -> Iterator[Problem]:
    parent = {bus.id: bus.id for bus in model.buses}
    find = _finder(parent)
    for branch in model.branches:
        if branch.in_service:
            parent[find(branch.from_bus)] = find(branch.to_bus)
    sizes = Counter(find(bus.id) for bus in model.buses)
    if len(sizes) > 1:
        largest = max(sizes.values())
        yield Problem(
            code="disconnected",
            found=f"{len(sizes)} islands in the base state, the largest of {largest} buses",
            hint="each island is balanced by itself",
            where="network: branches",
        )


def _finder(parent: dict[str, str]) -> Callable[[str], str]:
    def find(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    return find
