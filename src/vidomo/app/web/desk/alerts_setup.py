"""The pages on which it is put on record who warns, and which wordings are approved."""

from collections.abc import Mapping, Sequence

import msgspec
from starlette.responses import Response

from vidomo.app.web.desk.alerts_common import EXAMPLE_AUTHORITY, acting, book_of
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.route import DeskRoute, DeskWorld, Visit
from vidomo.desk.alerts.authority import Authority, problems_of
from vidomo.desk.alerts.press import unofficial
from vidomo.desk.alerts.wordings import approvals_in, wordings
from vidomo.desk.people import COUNTRY, Role

_LONGEST = 300
_FIELDS = (
    "name",
    "name_en",
    "legal_basis",
    "sender",
    "contact",
    "web",
    "address",
    "territory",
    "second_factor_in",
)


def setup_routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    return (
        DeskRoute("/desk/alerts/wordings", show_wordings, example=lambda _: {}),
        DeskRoute(
            "/desk/alerts/wordings",
            approve_wording,
            needs=Role.APPROVER,
            method="POST",
            anywhere=True,
            in_scenario=True,
            example=_wording_example,
        ),
        DeskRoute("/desk/alerts/authority", show_authority, example=lambda _: {}),
        DeskRoute(
            "/desk/alerts/authority",
            set_authority,
            needs=Role.ADMIN,
            method="POST",
            scope=_territory,
            in_scenario=True,
            example=_authority_example,
        ),
    )


async def show_wordings(visit: Visit) -> Response:
    """Answer with every wording, and where its present version is approved."""
    book = await book_of(visit)
    approved = approvals_in(book.entries)
    rows = [
        (
            one,
            sorted(
                {
                    given.territory
                    for given, _ in approved
                    if (given.id, given.version) == (one.ref.id, one.ref.version)
                }
            ),
        )
        for one in book.wordings.values()
    ]
    return visit.page(
        "alert_wordings.html",
        rows=rows,
        problems=book.own_wordings.problems,
        may_approve=visit.may_anywhere(Role.APPROVER),
        unofficial="" if book.authority.is_complete else unofficial(book.authority, visit.lang),
    )


async def approve_wording(visit: Visit) -> Response:
    """Approve one version of a wording wherever this person approves."""
    name, version = visit.form.get("wording", ""), visit.form.get("version", "")
    await acting(visit, lambda desk: desk.approve_wording(visit.person, name, version=version))
    return visit.back("/desk/alerts/wordings", visit.words("alerts.said_wording"))


async def show_authority(visit: Visit) -> Response:
    """Answer with what is on record of the authority, and what is missing."""
    book = await book_of(visit)
    own = book.authority
    return visit.page(
        "alert_authority.html",
        own=own,
        fields=[(name, _text(own, name)) for name in _FIELDS],
        problems=problems_of(own),
        may_set=visit.may(Role.ADMIN, [own.territory] if own.territory else []),
        unofficial="" if own.is_complete else unofficial(own, visit.lang),
    )


async def set_authority(visit: Visit) -> Response:
    """Put the authority on record."""
    given = {name: visit.form.get(name, "").strip()[:_LONGEST] for name in _FIELDS}
    strict = tuple(one.strip() for one in given.pop("second_factor_in").split(",") if one.strip())
    authority = msgspec.convert({**given, "second_factor_in": strict}, Authority)
    await acting(visit, lambda desk: desk.set_authority(visit.person, authority))
    return visit.back("/desk/alerts/authority", visit.words("alerts.said_authority"))


def _text(own: Authority, name: str) -> str:
    value = getattr(own, name)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


async def _territory(visit: Visit) -> Sequence[str]:
    code = visit.form.get("territory", "").strip()
    return (code,) if visit.desk.site.house.gazetteer.get(code) else (COUNTRY,)


def _wording_example(_: DeskWorld) -> Mapping[str, str]:
    one = wordings()["shelter"]
    return {"wording": one.id, "version": one.ref.version}


def _authority_example(world: DeskWorld) -> Mapping[str, str]:
    own = msgspec.structs.replace(EXAMPLE_AUTHORITY, territory=world.place)
    return {name: _text(own, name) for name in _FIELDS}
