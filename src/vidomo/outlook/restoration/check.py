"""Everything wrong with a list of damage and services, each problem with element and field."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from vidomo.core.problems import Problem
from vidomo.grid.arrays import GridArrays
from vidomo.grid.model import GridModel
from vidomo.outlook.restoration.model import LONGEST, Damage, Service

LONGEST_H = 24.0 * 365
"""A repair or a closure of more than a year is a slip of the pen."""
MOST_ELEMENTS = 2_000
"""Beyond it nobody plans one order; split the area."""


MOST_CELLS = 2**27
"""Services times states that are held at once: about two gigabytes."""


def check_restoration(
    grid: GridArrays, damage: Sequence[Damage], services: Sequence[Service] = (), *, crews: int = 1
) -> tuple[Problem, ...]:
    """Return every problem; an empty tuple means that a plan can be made."""
    found = [*_of_list(damage, crews)]
    known = elements_of(grid.model)
    for item in damage:
        if item.element not in known:
            found.append(_problem("unknown_element", item.element, "element", "not in the network"))
        elif not known[item.element] & set(grid.branch_ids):
            found.append(
                _problem("not_in_service", item.element, "element", "no branch of it is in service")
            )
        found += _of_numbers(item)
    if len(damage) <= LONGEST and len(services) << len(damage) > MOST_CELLS:
        found.append(
            Problem(
                code="too_many_services",
                found=f"{len(services)} services with {len(damage)} damaged elements",
                hint=f"at most {MOST_CELLS >> len(damage)}; put those of one place and backup together",
            )
        )
    places = set(grid.place_codes)
    twice = [name for name, count in Counter(one.id for one in services).items() if count > 1]
    found += [_problem("duplicate_service", name, "id", "named twice") for name in twice]
    for one in services:
        if one.place not in places:
            found.append(
                _problem("unknown_place", one.id, "place", f"no substation feeds {one.place!r}")
            )
        if not (math.isfinite(one.weight_mw) and one.weight_mw >= 0):
            found.append(_problem("bad_number", one.id, "weight_mw", f"{one.weight_mw}"))
        if one.backup_h is not None and not (math.isfinite(one.backup_h) and one.backup_h >= 0):
            found.append(_problem("bad_number", one.id, "backup_h", f"{one.backup_h}"))
    return tuple(found)


def elements_of(model: GridModel) -> dict[str, frozenset[str]]:
    """Return the branches behind every id that damage may name.

    A branch stands for itself; a bus and a substation for every branch that ends there. Where
    one id names several things, the branch goes before the bus and the bus before the substation.
    """
    at_bus: dict[str, set[str]] = {bus.id: set() for bus in model.buses}
    for branch in model.branches:
        at_bus.setdefault(branch.from_bus, set()).add(branch.id)
        at_bus.setdefault(branch.to_bus, set()).add(branch.id)
    at_site: dict[str, set[str]] = {site.id: set() for site in model.substations}
    for bus in model.buses:
        if bus.substation in at_site:
            at_site[bus.substation] |= at_bus[bus.id]
    found = {name: frozenset(branches) for name, branches in at_site.items()}
    found |= {name: frozenset(branches) for name, branches in at_bus.items()}
    found |= {branch.id: frozenset({branch.id}) for branch in model.branches}
    return found


def _of_list(damage: Sequence[Damage], crews: int) -> Iterator[Problem]:
    if not damage:
        yield Problem(code="no_damage", found="nothing is damaged", hint="name damaged elements")
    if len(damage) > MOST_ELEMENTS:
        yield Problem(
            code="too_many",
            found=f"{len(damage)} damaged elements",
            hint=f"plan at most {MOST_ELEMENTS} at once; up to {LONGEST} are planned exactly",
        )
    if crews < 1:
        yield Problem(code="no_crew", found=f"{crews} crews", hint="at least one")
    for name, count in Counter(item.element for item in damage).items():
        if count > 1:
            yield _problem("duplicate_element", name, "element", f"named {count} times")


def _of_numbers(item: Damage) -> Iterator[Problem]:
    if not 0 < item.repair.median_h <= LONGEST_H:
        yield _problem("bad_number", item.element, "median_h", f"{item.repair.median_h}")
    if not 1 <= item.repair.spread <= 10:  # noqa: PLR2004 - ten times is no estimate any more
        yield _problem("bad_number", item.element, "spread", f"{item.repair.spread}")
    if not 0 < item.probability <= 1:
        yield _problem("bad_number", item.element, "probability", f"{item.probability}")
    if not 0 <= item.access_from_h <= LONGEST_H:
        yield _problem("bad_number", item.element, "access_from_h", f"{item.access_from_h}")


_HINTS = {
    "unknown_element": "take the id of a branch, a bus or a substation of this network",
    "not_in_service": "what is out of service in the base state cannot be mended into service",
    "unknown_place": "give the network its place codes, or mend the code",
    "bad_number": "hours are positive and under a year, spreads 1 to 10, chances above 0 to 1",
}


def _problem(code: str, where: str, field: str, found: str) -> Problem:
    return Problem(
        code=code, found=found, hint=_HINTS.get(code, "name it once"), where=f"{where}: {field}"
    )
