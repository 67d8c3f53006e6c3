"""The page of the order of repair, over the operator's own network."""

import asyncio
import concurrent.futures
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
from markupsafe import Markup
from starlette.responses import Response

from vidomo.app.network import FOLDER, read_damage, read_network, read_services
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.own_network import turn_away_strangers
from vidomo.app.web.desk.route import DeskRoute, Visit
from vidomo.core.errors import InputError, NothingKnown
from vidomo.core.problems import Problem
from vidomo.desk.page import DeskLink
from vidomo.desk.people import Role
from vidomo.outlook.restoration.model import Damage, Plan, Service

LINKS = (DeskLink("/desk/restoration", "restoration.title", "v"),)
MOST_CREWS = 20
_MILP_S = 3.0
"""Seconds for the mixed-integer programme: somebody waits for the page."""
_PRESS = concurrent.futures.ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk-outlook")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows: a plan, or why there is none."""

    plan: Plan | None = None
    services: tuple[Service, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_missing: bool = False


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    return (
        DeskRoute("/desk/restoration", show, needs=Role.EDITOR, example=lambda _: {"example": "1"}),
    )


async def show(visit: Visit) -> Response:
    """Answer with the order of repair, of the operator's network or of the made-up one."""
    from vidomo.outlook.restoration.chart import restoration_chart  # noqa: PLC0415 - numpy
    from vidomo.outlook.restoration.words import headings, told  # noqa: PLC0415 - beside it

    query = visit.request.query_params
    crews = _crews(query.get("crews", "1"))
    trips, is_example = "trips" in query, "example" in query
    folder = visit.desk.folder / FOLDER
    if not is_example and folder.is_dir():
        await turn_away_strangers(visit, _PRESS)
    found = await asyncio.get_running_loop().run_in_executor(
        _PRESS, lambda: planned(folder, crews=crews, trips=trips, is_example=is_example)
    )
    plan, lang = found.plan, visit.lang
    return visit.page(
        "restoration.html",
        plan=plan,
        found=found,
        crews=crews,
        most_crews=MOST_CREWS,
        trips=trips,
        is_example=is_example,
        headings=headings(plan, lang=lang) if plan else (),
        said=told(plan, found.services, lang=lang) if plan else (),
        # Made by us of numbers and escaped words.
        chart=Markup(restoration_chart(plan, lang=lang)) if plan else "",  # noqa: S704
    )


def planned(folder: Path, *, crews: int, trips: bool, is_example: bool) -> Found:
    """Return the plan of the network in a folder, or every problem that keeps it from one.

    Args:
        folder: With the network, ``damage.csv`` and, if there are any, ``services.csv``.
        crews: How many work side by side.
        trips: Whether overloads trip.
        is_example: Take the made-up district instead.
    """
    if is_example:
        return _planned(None, crews, trips, ())
    damage = folder / "damage.csv"
    if not damage.is_file():
        return Found(is_missing=True)
    stamps = tuple(
        (one.name, one.stat().st_mtime_ns, one.stat().st_size)
        for one in sorted(folder.iterdir())
        if one.is_file()
    )
    try:
        return _planned(folder, crews, trips, stamps)
    except NothingKnown:
        return Found(is_missing=True)
    except InputError as error:
        return Found(problems=(Problem(code="input", found=error.message, hint=error.hint),))


@lru_cache(maxsize=8)
def _planned(
    folder: Path | None,
    crews: int,
    trips: bool,  # noqa: FBT001 - part of the key
    _stamps: tuple[tuple[str, int, int], ...],
) -> Found:
    from vidomo.app.grid_example import example_district  # noqa: PLC0415 - late like its neighbours
    from vidomo.grid.arrays import compile_grid  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.cascade import CascadeRules  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.check import NOTES, sound_model  # noqa: PLC0415 - beside its neighbours
    from vidomo.outlook.restoration.check import check_restoration  # noqa: PLC0415 - numpy
    from vidomo.outlook.restoration.plan import plan  # noqa: PLC0415 - numpy is slow to load

    damage: tuple[Damage, ...]
    services: tuple[Service, ...] = ()
    problems: tuple[Problem, ...] = ()
    if folder is None:
        model, damage, services = example_district()
    else:
        reading = read_network(folder)
        stops = tuple(one for one in reading.problems if one.code not in NOTES)
        damage, problems = read_damage(folder / "damage.csv")
        problems = (*stops, *problems)
        if (folder / "services.csv").is_file():
            services, more = read_services(folder / "services.csv")
            problems = (*problems, *more)
        if problems:
            return Found(problems=problems)
        model = sound_model(reading)
    grid = compile_grid(model)
    problems = check_restoration(grid, damage, services, crews=crews)
    if problems:
        return Found(problems=problems)
    rules = CascadeRules() if trips else None
    made = plan(grid, damage, crews=crews, services=services, rules=rules, milp_s=_MILP_S)
    return Found(plan=made, services=services)


def _crews(text: str) -> int:
    return min(max(int(text), 1), MOST_CREWS) if text.isascii() and text.isdigit() else 1
