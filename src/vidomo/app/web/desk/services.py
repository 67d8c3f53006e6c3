"""The pages of services at risk and of announced regimes."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
from markupsafe import Markup
from starlette.responses import Response

from vidomo.app.facilities import (
    FILE,
    MOST_UNSAID_H,
    RiskReport,
    inventory_in,
    regimes_now,
    risks_now,
    synthetic_risks,
)
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.route import DeskRoute, Visit
from vidomo.core.errors import NothingKnown
from vidomo.core.ids import content_id
from vidomo.desk.page import DeskLink
from vidomo.desk.people import Role
from vidomo.gazetteer import Gazetteer
from vidomo.outlook.regimes.map import regime_map
from vidomo.outlook.regimes.words import board_words, speaker_told
from vidomo.outlook.services.chart import risk_chart
from vidomo.outlook.services.inventory import Inventory
from vidomo.outlook.services.model import Assumed, Cause, Phase, Risk
from vidomo.outlook.services.risk import gravest_first
from vidomo.outlook.services.words import (
    assumed_told,
    backup_told,
    is_lost,
    risk_words,
    unknown_told,
)

LINKS = (
    DeskLink("/desk/regimes", "regimes.title", "q"),
    DeskLink("/desk/services", "services.title", "a"),
)
MOST_DRAWN, MOST_LISTED = 40, 500
"""Facilities in the picture and in the table, the gravest first; what is left out is counted."""
_REGIMES_OPEN_TO = Role.VIEWER


class RiskLine(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table: a risk, and its needs in words.

    Attributes:
        id: What a task is linked to: a digest, for the name of a facility stands in no journal.
    """

    id: str
    risk: Risk
    is_lost: bool
    needs: tuple[tuple[str, tuple[str, ...]], ...]


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths; both only read."""
    return (
        DeskRoute("/desk/services", show, needs=Role.EDITOR, example=lambda _: {"example": "1"}),
        DeskRoute("/desk/regimes", regimes, needs=_REGIMES_OPEN_TO, example=lambda _: {}),
    )


async def show(visit: Visit) -> Response:
    """Answer with the risks of the inventory, or of the made-up district."""
    query = visit.request.query_params
    assumed = Assumed(unsaid_h=_unsaid_h(query.get("unsaid", "")))
    is_example = "example" in query
    try:
        report = await (_made_up(visit, assumed) if is_example else _asked(visit, assumed))
    except NothingKnown:
        report = None
    lang, found = visit.lang, gravest_first(_seen(visit, report)) if report else ()
    drawn = found[:MOST_DRAWN]
    return visit.page(
        "services.html",
        report=report,
        is_example=is_example,
        unsaid_h=assumed.unsaid_h,
        most_unsaid_h=MOST_UNSAID_H,
        words=risk_words(lang),
        lines=_lines(found[:MOST_LISTED], report.risks, lang, {one.facility for one in found})
        if report
        else (),
        count=len(found),
        drawn=len(drawn),
        hidden=len(report.risks) - len(found) if report else 0,
        assumptions=[
            assumed_told(code, lang=lang, unsaid_h=assumed.unsaid_h)
            for code in dict.fromkeys(code for one in found for code in one.assumptions)
        ],
        chart=_chart(visit, report, drawn) if report and drawn else "",
    )


def _chart(visit: Visit, report: RiskReport, drawn: Sequence[Risk]) -> Markup:
    made = risk_chart(
        drawn,
        now=report.valid_at,
        lang=visit.lang,
        name=_name(visit),
        is_synthetic=report.is_synthetic,
    )
    return Markup(made)  # noqa: S704 - made by us of numbers and escaped words


async def regimes(visit: Visit) -> Response:
    """Answer with the regime board as a map and a table."""
    board = await visit.ask(lambda: regimes_now(visit.desk.house))
    shape = Gazetteer.open().shape
    return visit.page(
        "regimes.html",
        board=board,
        words=board_words(visit.lang),
        told_by=lambda speaker: speaker_told(speaker, board, lang=visit.lang, name=_name(visit)),
        # Made by us of numbers and escaped words.
        picture=Markup(regime_map(board, shape=shape, name=_name(visit), lang=visit.lang)),  # noqa: S704
    )


async def _asked(visit: Visit, assumed: Assumed) -> RiskReport:
    folder, units = visit.desk.folder, Gazetteer.open()
    inventory = await asyncio.to_thread(lambda: _kept(folder, *_stamp(folder), units))

    def made() -> RiskReport:
        return risks_now(
            visit.desk.house,
            inventory.facilities,
            assumed=assumed,
            problems=inventory.problems,
        )

    return await visit.ask(made)


async def _made_up(visit: Visit, assumed: Assumed) -> RiskReport:
    return await asyncio.to_thread(
        lambda: synthetic_risks(visit.now, units=Gazetteer.open(), assumed=assumed)
    )


def _stamp(folder: Path) -> tuple[int, int]:
    try:
        found = (folder / FILE).stat()
    except OSError:
        return (0, 0)
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=4)
def _kept(folder: Path, _changed_ns: int, _size: int, units: Gazetteer) -> Inventory:
    """Return the inventory, read anew when the file has changed."""
    return inventory_in(folder, units=units)


def _seen(visit: Visit, report: RiskReport) -> tuple[Risk, ...]:
    """Return the risks of the person's own territory; everybody may see what is made up."""
    if report.is_synthetic:
        return report.risks
    places = {one.place for one in report.risks}
    own = {place for place in places if visit.may(Role.EDITOR, (place,))}
    return tuple(one for one in report.risks if one.place in own)


def _lines(
    found: Sequence[Risk], of_all: Sequence[Risk], lang: str, own: Collection[str]
) -> Sequence[RiskLine]:
    phases = {one.facility: one.phase for one in of_all}
    return [
        RiskLine(
            id=content_id("rsk", risk.facility, risk.place),
            risk=msgspec.structs.replace(
                risk, because=tuple(one for one in risk.because if one in own or one not in phases)
            ),
            is_lost=is_lost(risk),
            needs=tuple((_need(one, phases, lang, own), _doubts(one, lang)) for one in risk.causes),
        )
        for risk in found
    ]


def _need(cause: Cause, phases: Mapping[str, Phase], lang: str, own: Collection[str]) -> str:
    words = risk_words(lang)
    said = words[f"hold.{cause.hold.value}"]
    source = ""
    if cause.supplier:
        # Its service may be there still: what is told is where the supplier stands.
        # One outside the territory is not named.
        supplier = cause.supplier if cause.supplier in own else "\u2026"
        source = f" \u2190 {supplier}"
        said = words[f"phase.{phases.get(cause.supplier, Phase.UNKNOWN).value}"]
    backup = backup_told(cause.backup, lang=lang)
    return f"{words[f'service.{cause.service}']}{source}: {said}; {words['without']} {backup}"


def _doubts(cause: Cause, lang: str) -> tuple[str, ...]:
    # The hours themselves say that they are not known.
    codes = [code for code in cause.unknown if code != "backup_unknown"]
    return tuple(unknown_told(code, lang=lang) for code in codes)


def _name(visit: Visit) -> Callable[[str], str]:
    return lambda code: visit.desk.label(code, lang=visit.lang)


def _unsaid_h(text: str) -> float | None:
    """Return hours of the form; nothing where it is left empty or is no such number."""
    try:
        hours = float(text.replace(",", ".")) if text and text.isascii() else -1.0
    except ValueError:
        return None
    return hours if 0 <= hours <= MOST_UNSAID_H else None
