"""One incident on the desk: its statements, and whether it is one happening or more."""

from collections.abc import Sequence
from datetime import timedelta

from starlette.responses import Response

from vidomo.app.web.desk.deciding import decide, incident_of, places_told
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.doorkeeper import Turned
from vidomo.app.web.desk.route import DeskRoute, DeskWorld, Visit
from vidomo.desk.people import Role
from vidomo.situation.model import Incident, Situation

NEAR = timedelta(hours=24)
"""Incidents of one day may turn out to be one; others are merged at the command line."""


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    path = "/desk/incident/{incident}"
    return (
        DeskRoute(path, show, example=lambda world: {"incident": _two(world)[0].id}),
        DeskRoute(f"{path}/merge", merge, Role.EDITOR, "POST", _merge_scope, example=_merged),
        DeskRoute(f"{path}/split", split, Role.EDITOR, "POST", _split_scope, example=_split),
    )


async def show(visit: Visit) -> Response:
    """Answer with an incident, its statements and its neighbours in time."""
    incident, desk = visit.given("incident"), visit.desk

    def found() -> dict[str, object]:
        situation = desk.house.situation()
        one = incident_of(situation, incident)
        by_id = {item.claim: item for item in situation.evidence}
        return {
            "incident": one,
            "items": [by_id[claim] for claim in one.evidence if claim in by_id],
            "near": [
                other
                for other in situation.incidents
                if other.id != one.id and _is_near(one, other)
            ],
        }

    return visit.page("incident.html", **await visit.ask(found), Role=Role)


async def merge(visit: Visit) -> Response:
    """Say that this incident and others are one happening."""
    others = list(visit.fields.get("with", ()))
    if not others:
        raise Turned(400, "nothing_marked")
    await decide(visit, "merge", [visit.given("incident"), *others])
    return visit.back("/desk/inbox", visit.words("incident.merged"))


async def split(visit: Visit) -> Response:
    """Take statements out of this incident; they become one of their own."""
    claims = list(visit.fields.get("claim", ()))
    if not claims:
        raise Turned(400, "nothing_marked")
    await decide(visit, "split", [visit.given("incident"), *claims])
    return visit.back("/desk/inbox", visit.words("incident.split_off"))


async def _scope(visit: Visit) -> Sequence[str]:
    return await visit.ask(lambda: _touched(visit, [visit.given("incident")]))


async def _split_scope(visit: Visit) -> Sequence[str]:
    """Return where the incident lies, and where every statement holds that is to leave it.

    Raises:
        Turned: A statement that is not of this incident: to leave another one is to be asked there.
    """
    incident, claims = visit.given("incident"), set(visit.fields.get("claim", ()))

    def touched() -> tuple[str, ...]:
        if not claims <= set(incident_of(visit.desk.house.situation(), incident).evidence):
            raise Turned(400, "not_whole")
        return _touched(visit, [incident])

    return await visit.ask(touched)


async def _merge_scope(visit: Visit) -> Sequence[str]:
    ids = [visit.given("incident"), *visit.fields.get("with", ())]
    return await visit.ask(lambda: _touched(visit, ids))


def _touched(visit: Visit, ids: Sequence[str]) -> tuple[str, ...]:
    house = visit.desk.house
    situation = house.situation()
    found = [incident_of(situation, one) for one in ids]
    claims = {claim for one in found for claim in one.evidence}
    return (*(one.place for one in found), *places_told(house, situation, claims))


def _is_near(one: Incident, other: Incident) -> bool:
    return one.earliest - NEAR <= other.latest and other.earliest <= one.latest + NEAR


def _two(world: DeskWorld) -> tuple[Incident, Incident]:
    """Return two incidents of the place or of any, for the generated tests."""
    situation: Situation = world.house.situation()
    found = sorted(situation.incidents, key=lambda one: (-len(one.evidence), one.id))
    return found[0], found[-1]


def _merged(world: DeskWorld) -> dict[str, str]:
    one, other = _two(world)
    return {"incident": one.id, "with": other.id, "reason": "one attack"}


def _split(world: DeskWorld) -> dict[str, str]:
    one = _two(world)[0]
    return {"incident": one.id, "claim": one.evidence[-1], "reason": "another attack"}
