"""What can be wrong with the ways in which facilities need each other."""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from vidomo.core.problems import Problem
from vidomo.outlook.services.kinds import facility_kinds
from vidomo.outlook.services.model import Facility


def check_links(
    facilities: Sequence[Facility], *, rows_of: Mapping[str, int], name: str
) -> Iterator[Problem]:
    """Yield suppliers that are not there or give something else, and every ring.

    Args:
        facilities: The rows of the table, sound or not, each id once.
        rows_of: Row of every id, in lower case.
        name: How the file is called in problems.
    """
    by_key = {one.id.casefold(): one for one in facilities}
    for one in facilities:
        for need in one.needs:
            if need.supplier:
                where = f"{name}, row {rows_of[one.id.casefold()]}: needs"
                yield from _of_supplier(need.service, need.supplier, by_key, where)
    graph = {
        one.id: sorted(need.supplier for need in one.needs if need.supplier) for one in facilities
    }
    yield from _rings(graph, rows_of, name)


def _of_supplier(
    service: str, supplier: str, by_key: Mapping[str, Facility], where: str
) -> Iterator[Problem]:
    found = by_key.get(supplier.casefold())
    if found is None:
        yield Problem(
            code="unknown_supplier",
            found=f"{supplier[:40]!r} is not in the table",
            hint="add it, or leave the supplier out: then the supply of the place counts",
            where=where,
        )
    elif found.id != supplier:
        yield Problem(
            code="unknown_supplier",
            found=f"{supplier[:40]!r} is written {found.id!r}",
            hint="write it the same way",
            where=where,
        )
    elif found.kind in facility_kinds() and facility_kinds()[found.kind].gives != service:
        yield Problem(
            code="wrong_supplier",
            found=f"{found.id!r} is a {found.kind} and gives no {service}",
            hint="name a facility that gives it",
            where=where,
        )


def _rings(graph: dict[str, list[str]], rows_of: Mapping[str, int], name: str) -> Iterator[Problem]:
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            ring = [str(one) for one in error.args[1]]
            start = min(range(len(ring) - 1), key=lambda at: ring[at])
            turned = [*ring[start:-1], *ring[:start], ring[start]]
            yield Problem(
                code="cycle",
                found=f"these wait for each other: {' -> '.join(turned)}",
                hint="take out the need that does not hold at once",
                where=f"{name}, row {rows_of.get(turned[0].casefold(), 0)}: needs",
            )
            # Cut this one open and look for the next.
            graph[ring[1]] = [one for one in graph[ring[1]] if one != ring[0]]
        else:
            return
