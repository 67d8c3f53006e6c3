"""The situation report at the desk: asked for in a form, opened or taken as a file."""

from collections.abc import Sequence
from datetime import UTC, datetime

from starlette.responses import Response

from vidomo.app.sitrep import KINDS, Order, situation_report, written
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.route import DeskRoute, DeskWorld, Visit
from vidomo.core.errors import ConfigError
from vidomo.core.time import KYIV, format_instant
from vidomo.desk.page import DeskLink
from vidomo.gazetteer.shapes import shapes_in
from vidomo.publish.sitrep import Report, report_policy
from vidomo.publish.words import LANGUAGES

LINKS = (DeskLink("/desk/sitrep", "sitrep.title", "r"),)
PERIODS_H = (6, 12, 24, 72)
"""Hours that the form offers; others are asked for by begin and end."""
USUAL_H = 24
LONGEST_NAME = 80
"""Characters of a place or a time that is taken."""
NAMESAKES = 12
"""Places of one name that are listed for choice."""
_FIRST_YEAR, _LAST_YEAR = 1991, 2199


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths; both only read."""
    return (
        DeskRoute("/desk/sitrep", show, example=lambda _: {}),
        DeskRoute("/desk/sitrep/file", send, example=_example),
    )


async def show(visit: Visit) -> Response:
    """Answer with the form."""
    house = visit.desk.site.house
    now = await visit.ask(house.now)
    return visit.page(
        "sitrep.html",
        place=visit.given("place")[:LONGEST_NAME],
        periods=PERIODS_H,
        usual=USUAL_H,
        kinds=tuple(KINDS),
        languages=LANGUAGES,
        stands_at=now,
    )


async def send(visit: Visit) -> Response:
    """Answer with the report: the page to be read here, the other forms to be kept."""
    kind = visit.given("as") or "html"
    if kind not in KINDS:
        raise ConfigError(f"no report is written as {kind[:LONGEST_NAME]!r}", hint="html, pdf, md")
    order, shapes = _order(visit), shapes_in(visit.desk.folder)
    site = visit.desk.site
    report = await visit.ask(lambda: situation_report(site.house, order, shapes=shapes))
    body = await site.make(lambda: written(report, kind))
    headers = {
        "cache-control": "no-store",
        "referrer-policy": "same-origin",
        "content-security-policy": f"{report_policy()}; frame-ancestors 'none'",
    }
    if kind != "html":
        headers["content-disposition"] = f'attachment; filename="{_name(report)}.{kind}"'
    return Response(body, media_type=KINDS[kind], headers=headers)


def _order(visit: Visit) -> Order:
    end, since = _instant(visit, "to"), _instant(visit, "since")
    lang = visit.given("in") or visit.lang
    return Order(
        place=_place(visit),
        start=_instant(visit, "from"),
        end=end,
        since=since,
        known_at=_instant(visit, "known"),
        hours=_hours(visit),
        lang=lang if lang in LANGUAGES else visit.lang,
        is_internal=visit.given("for") != "public",
    )


def _hours(visit: Visit) -> int:
    text = visit.given("hours")
    return int(text) if text in {str(hours) for hours in PERIODS_H} else USUAL_H


def _place(visit: Visit) -> str:
    """Return the code of the place that is asked for.

    Raises:
        ConfigError: No place is called so, or more than one.
    """
    atlas, name = visit.desk.site.house.gazetteer, visit.given("place").strip()[:LONGEST_NAME]
    if atlas.get(name) is not None:
        return name
    found = (
        [one for one in atlas.find(name, limit=NAMESAKES) if one.how != "prefix"] if name else []
    )
    if len(found) == 1 or (found and found[0].score > found[1].score):
        return found[0].code
    listed = "; ".join(f"{visit.desk.label(one.code, lang=visit.lang)} {one.code}" for one in found)
    raise ConfigError(
        visit.words("sitrep.no_place", name=name or "\u2014"),
        hint=listed or visit.words("sitrep.no_place_hint"),
    )


def _instant(visit: Visit, name: str) -> datetime | None:
    """Return an instant of the form; one without a zone is Kyiv time, as the form says.

    Raises:
        ConfigError: Nothing of the kind.
    """
    text = visit.given(name).strip()[:LONGEST_NAME]
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text.replace(" ", "+"))
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=KYIV)
        instant = instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ConfigError(visit.words("sitrep.no_time", text=text)) from error
    if not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
        raise ConfigError(visit.words("sitrep.no_time", text=text))
    return instant


def _name(report: Report) -> str:
    """Return a file name of plain letters: the code of the place and the instant."""
    stamp = format_instant(report.end).replace(":", "")
    return f"sitrep-{report.place}-{stamp}-{'internal' if report.is_internal else 'public'}"


def _example(world: DeskWorld) -> dict[str, str]:
    return {"place": world.place, "as": "md", "hours": "12"}
