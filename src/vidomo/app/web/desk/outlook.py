"""The pages of the outlook: ordered with a purpose, written into the audit trail, then shown."""

import asyncio
import concurrent.futures
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec
from markupsafe import Markup
from starlette.responses import Response

from vidomo.app.desk_book import entries_in, write_entries
from vidomo.app.network import FOLDER
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.own_network import may_see_network, turn_away_strangers
from vidomo.app.web.desk.route import DeskRoute, Visit
from vidomo.core.errors import InputError, NothingKnown
from vidomo.desk.entry import Entry
from vidomo.desk.page import DeskLink
from vidomo.desk.people import Role
from vidomo.outlook.fragmentation.model import (
    Outlook,
    Run,
    Scenario,
    ScenarioOutlook,
    Sensitivity,
)
from vidomo.outlook.fragmentation.scenarios import bundled_scenarios

PATH = "/desk/outlook"
LINKS = (DeskLink(PATH, "outlook.title", "b"),)
SAMPLES = (1000, 4000, 10_000)
"""Courses a scenario that the form offers; the error falls with the square root."""
LARGE_BUSES = 500
"""Buses from which the least of them is run: somebody waits, and 2,000 buses take a minute."""
LONGEST_PURPOSE = 300
SHOWN_PLACES = 40
SHOWN_RUNS = 10
KEPT = 12
"""Results kept in memory; a result is nowhere on the disk, its order is in the audit trail."""
_PRESS = concurrent.futures.ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk-outlook")
_results: OrderedDict[tuple[Path, str], Outlook] = OrderedDict()
T = TypeVar("T")


class Ran(msgspec.Struct, frozen=True, kw_only=True):
    """A run of the audit trail."""

    id: str
    by: str
    at: datetime
    run: Run


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    return (
        DeskRoute(PATH, show, needs=Role.EDITOR, example=lambda _: {}),
        DeskRoute(
            PATH,
            order,
            needs=Role.EDITOR,
            method="POST",
            anywhere=True,
            example=lambda _: {"purpose": "drill", "samples": "1000", "example": "1"},
        ),
    )


async def show(visit: Visit) -> Response:
    """Answer with a result, if one is kept, and with the form for another."""
    folder, lang = visit.desk.folder, visit.lang
    ran = await visit.ask(lambda: _ran(visit.desk))
    wanted = visit.given("run") or next((one.id for one in ran), "")
    found = _results.get((folder, wanted))
    if found and not found.is_exercise and not await may_see_network(visit, _PRESS):
        found = None  # the list of runs is a part of the audit trail; the result is not
    return visit.page(
        "outlook.html",
        **_told(visit, found, lang),
        run_id=wanted,
        runs=ran[:SHOWN_RUNS],
        kept={key for place, key in _results if place == folder},
        samples=SAMPLES,
        scenarios=[(one.name, one.titles.get(lang, one.name)) for one in _scenarios(folder)],
        longest=LONGEST_PURPOSE,
    )


async def order(visit: Visit) -> Response:
    """Run it, write down who ran it and why, and lead to the result."""
    from vidomo.app.outlook import (  # noqa: PLC0415 - numpy is slow to load
        Order,
        example_outlook,
        insufficient_without_network,
        outlook_of,
        own_network,
        run_entry,
    )
    from vidomo.app.outlook_heard import heard_in  # noqa: PLC0415 - beside it

    purpose = visit.form.get("purpose", "").strip()[:LONGEST_PURPOSE]
    if not purpose:
        raise InputError(visit.words("outlook.no_purpose"))
    folder, desk = visit.desk.folder, visit.desk
    if not visit.form.get("example") and (folder / FOLDER).is_dir():
        await turn_away_strangers(visit, _PRESS)
    at = await visit.ask(desk.house.now)
    asked = Order(
        purpose=purpose,
        at=at,
        samples=_samples(visit.form.get("samples", "")),
        weights=_weights(visit),
    )
    if visit.form.get("example"):
        found = await _pressed(lambda: example_outlook(asked))
    else:
        try:
            own = await _pressed(lambda: own_network(folder / FOLDER))
        except NothingKnown:
            found = insufficient_without_network(asked)
        else:
            if len(own.model.buses) >= LARGE_BUSES:
                asked = replace(asked, samples=min(SAMPLES))
            heard = await visit.ask(lambda: heard_in(desk.house, folder, own.model, at))
            found = await _pressed(lambda: outlook_of(own, heard, asked))
    deed = run_entry(found, by=visit.person.id, at=visit.now)
    await visit.act(lambda house: write_entries(house.journal, [deed]))
    keep(folder, deed, found)
    return visit.back(f"{PATH}?run={deed.id}")


def keep(folder: Path, deed: Entry, found: Outlook) -> None:
    """Keep a result in memory, the newest ones only."""
    _results[folder, deed.id] = found
    while len(_results) > KEPT:
        _results.popitem(last=False)


async def _pressed(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_PRESS, work)


def _ran(desk: DeskSite) -> tuple[Ran, ...]:
    from vidomo.app.outlook import DEED  # noqa: PLC0415 - numpy is slow to load

    found = entries_in(desk.house.journal, what_prefix=DEED)
    return tuple(Ran(id=one.id, by=one.by, at=one.at, run=one.told(Run)) for one in reversed(found))


def _scenarios(folder: Path) -> Sequence[Scenario]:
    from vidomo.app.outlook import own_scenarios  # noqa: PLC0415 - numpy is slow to load

    try:
        return own_scenarios(folder / FOLDER)
    except InputError:
        return bundled_scenarios()


def _told(visit: Visit, found: Outlook | None, lang: str) -> Mapping[str, object]:
    from vidomo.outlook.fragmentation.chart import band_chart  # noqa: PLC0415 - late
    from vidomo.outlook.fragmentation.context import measured  # noqa: PLC0415 - late
    from vidomo.outlook.fragmentation.measured_chart import (  # noqa: PLC0415 - late
        auc_chart,
        reliability_chart,
    )
    from vidomo.outlook.fragmentation.words import (  # noqa: PLC0415 - late
        headings,
        number,
        outlook_words,
        percent,
        told,
    )

    words = outlook_words(lang)
    titles = {one.name: one.titles.get(lang, one.name) for one in _scenarios(visit.desk.folder)}
    shown = [] if found is None else [*((found.mixed,) if found.mixed else ()), *found.scenarios]
    if found is not None and not found.is_exercise:
        shown = [_own_services(visit, one) for one in shown]

    def name_of(scenario: str) -> str:
        return words["mixed"] if scenario == "mixed" else titles.get(scenario, scenario)

    def assumption(one: Sensitivity) -> str:
        if one.factor == 1.0:
            return visit.words(
                "outlook.assumed_" + one.assumption.replace(" ", "_").replace(".", "")
            )
        factor = number(one.factor, words)
        return f"{visit.words('outlook.assumed_' + one.assumption)} \u00d7 {factor}"

    return {
        "found": found,
        "headings": () if found is None else headings(found, lang=lang),
        "shown": [
            {
                "one": one,
                "name": name_of(one.scenario),
                # Made by us of numbers and escaped words.
                "chart": Markup(  # noqa: S704
                    band_chart(found, one, name=name_of(one.scenario), lang=lang)
                ),
                "said": told(one, lang=lang),
            }
            for one in shown
            if found is not None
        ],
        "reliability": Markup(reliability_chart(measured(), lang=lang)),  # noqa: S704 - likewise
        "auc": Markup(auc_chart(measured(), lang=lang)),  # noqa: S704 - likewise
        "measured": measured(),
        "outlook_words": words,
        "assumption": assumption,
        "percent": lambda share: percent(share, words),
        "number": lambda value: number(value, words),
        "most_places": SHOWN_PLACES,
        "name_of": name_of,
    }


def _own_services(visit: Visit, one: ScenarioOutlook) -> ScenarioOutlook:
    """Leave only the services of the person's own territory, as on the page of services at risk."""
    atlas, places = visit.desk.house.gazetteer, set()
    for horizon in one.horizons:
        places |= {service.place for service in horizon.services}
    # A code that no unit has lies in nobody's territory but the whole country's.
    own = {
        place for place in places if visit.may(Role.EDITOR, (place,) if atlas.get(place) else ())
    }
    horizons = tuple(
        msgspec.structs.replace(
            horizon, services=tuple(item for item in horizon.services if item.place in own)
        )
        for horizon in one.horizons
    )
    return msgspec.structs.replace(one, horizons=horizons)


def _samples(text: str) -> int:
    return int(text) if text in {str(one) for one in SAMPLES} else SAMPLES[0]


def _weights(visit: Visit) -> dict[str, float]:
    """Return the weights that were typed; none where nobody typed any."""
    found: dict[str, float] = {}
    for name, text in visit.form.items():
        if name.startswith("weight-") and text.strip():
            try:
                found[name.removeprefix("weight-")] = float(text.strip().replace(",", "."))
            except ValueError as error:
                raise InputError(visit.words("outlook.no_weight", text=text[:40])) from error
    return found
