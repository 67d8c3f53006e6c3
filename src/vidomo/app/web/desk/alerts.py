"""The pages of alerts: which stand, what one says exactly, and what becomes of it."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from starlette.responses import Response

from vidomo.app.alert_acts import AlertDesk
from vidomo.app.alert_book import AlertBook, shown_of
from vidomo.app.web.desk.alerts_common import (
    acting,
    book_of,
    example_of_draft,
    life_of,
    places_of_alert,
    reading,
    views_for,
)
from vidomo.app.web.desk.alerts_setup import setup_routes
from vidomo.app.web.desk.alerts_write import write_routes
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.route import DeskRoute, Visit
from vidomo.core.errors import (
    ConfigError,
    DisclosureForbidden,
    InputError,
    MachineRefused,
    VidomoError,
)
from vidomo.desk.alerts.authority import Authority
from vidomo.desk.alerts.confirm import phrase
from vidomo.desk.alerts.life import OVER, Life
from vidomo.desk.alerts.model import State
from vidomo.desk.alerts.press import unofficial
from vidomo.desk.alerts.who import second_person
from vidomo.desk.page import DeskLink
from vidomo.desk.people import Role
from vidomo.publish.alerts.keys import keys_folder, load_key
from vidomo.publish.alerts.profile import broken_rules

LINKS = (DeskLink("/desk/alerts", "alerts.title", "l"),)
SHOWN = 60
"""Past alerts on the page; all are in the audit trail."""
SOON = timedelta(days=60)
"""Before the end of a certificate: everybody who checks our alerts needs the new one in time."""
_WAITING = frozenset({State.DRAFT, State.HELD, State.APPROVED, State.ISSUING})


def routes(desk: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    one = "/desk/alerts/{alert}"
    acts = (
        ("approve", approve, Role.APPROVER),
        ("issue", issue, Role.EDITOR),
        ("drop", drop, Role.EDITOR),
    )
    return (
        DeskRoute("/desk/alerts", show, example=lambda _: {}),
        *setup_routes(desk),
        *write_routes(desk),
        DeskRoute(one, look, scope=places_of_alert, example=example_of_draft()),
        *(
            DeskRoute(
                f"{one}/{name}",
                endpoint,
                needs=role,
                method="POST",
                scope=places_of_alert,
                example=example_of_draft(is_ready=True),
            )
            for name, endpoint, role in acts
        ),
    )


async def show(visit: Visit) -> Response:
    """Answer with all alerts: what waits for a person first, then what stands, then what is over."""
    book = await book_of(visit)
    if any(one.state is State.ISSUING for one in book.lives):
        # What goes out is safe in its entry; whoever looks next tries again.
        with suppress(MachineRefused):
            await acting(visit, lambda desk: desk.repair())
            book = await book_of(visit)
    seen = [one for one in book.lives if visit.may(Role.VIEWER, one.draft.places)]
    return visit.page(
        "alerts.html",
        waiting=[one for one in seen if one.state in _WAITING],
        standing=[one for one in seen if one.state is State.ISSUED],
        past=[one for one in seen if one.state in OVER][:SHOWN],
        may_write=visit.may_anywhere(Role.EDITOR),
        **_whose(visit, book.authority),
    )


async def look(visit: Visit) -> Response:
    """Answer with exactly what will go out, or went out, and with what may be done to it."""
    book = await book_of(visit)
    life = await life_of(visit)
    need = await reading(visit, lambda desk: desk.need(desk.life(life.id)))
    people = await visit.keep(lambda: {one.id: one.name for one in visit.desk.table.people()})
    places = life.draft.places
    is_open = life.state in {State.DRAFT, State.APPROVED, State.HELD}
    return visit.page(
        "alert.html",
        life=life,
        alert=life.draft.alert,
        need=need,
        broken=broken_rules(life.draft.alert) if is_open else (),
        shown=_shown(life),
        phrase=phrase(life.draft, lang=visit.lang, gazetteer=book.atlas),
        people=people,
        is_open=is_open,
        may_write=visit.may(Role.EDITOR, places),
        is_author=visit.person.id in life.authors,
        may_approve=_may_approve(visit, life, book),
        before=life.draft.follows,
        **_whose(visit, book.authority),
    )


async def approve(visit: Visit) -> Response:
    """Approve exactly what was shown; for a second person."""
    alert, seen, typed = visit.given("alert"), visit.form.get("seen", ""), _typed(visit)
    await acting(visit, lambda desk: desk.approve(visit.person, alert, seen=seen, typed=typed))
    return visit.back(f"/desk/alerts/{alert}", visit.words("alerts.said_approved"))


async def issue(visit: Visit) -> Response:
    """Sign exactly what was shown and put it where it belongs."""
    life = await life_of(visit)
    views = await views_for(visit, life.draft.kind, life.draft.places)
    seen, typed = visit.form.get("seen", ""), _typed(visit)

    def act(desk: AlertDesk) -> str:
        desk.issue(visit.person, life.id, seen=seen, typed=typed, views=views)
        return desk.index_problem

    problem = await acting(visit, act)
    said = visit.words("alerts.said_issued")
    if problem:
        said = f"{said} {visit.words('alerts.index_failed')} {problem}"
    return visit.back(f"/desk/alerts/{life.id}", said)


async def drop(visit: Visit) -> Response:
    """Say that a draft will not be issued, and why."""
    alert, seen = visit.given("alert"), visit.form.get("seen", "")
    reason = visit.form.get("reason", "").strip()[:400]
    if not reason:
        raise ConfigError(visit.words("alerts.drop_reason"))
    await acting(visit, lambda desk: desk.drop(visit.person, alert, seen=seen, reason=reason))
    return visit.back("/desk/alerts", visit.words("alerts.said_dropped"))


def _whose(visit: Visit, authority: Authority) -> dict[str, object]:
    """Return what every page of alerts says of who stands behind them, and of the key."""
    keys, key = keys_folder(visit.desk.folder, is_exercise=visit.desk.is_exercise), ""
    until: datetime | None = None
    try:
        if keys.exists() or not visit.desk.is_exercise:
            until = load_key(keys).certificate.not_valid_after_utc
    except VidomoError as error:
        key = error.message
    sentence = "" if authority.is_complete else unofficial(authority, visit.lang)
    return {
        "unofficial": sentence,
        "no_key": key,
        "key_until": until,
        "ends_soon": until is not None and until - visit.now < SOON,
    }


def _shown(life: Life) -> str:
    try:
        return shown_of(life.draft)
    except InputError:
        return ""


def _may_approve(visit: Visit, life: Life, book: AlertBook) -> bool:
    try:
        second_person(
            visit.person,
            life,
            authority=book.authority,
            within=visit.desk.within,
            places=book.touched(life.draft),
        )
    except DisclosureForbidden:
        return False
    return True


def _typed(visit: Visit) -> str:
    return visit.form.get("typed", "")[:300]
