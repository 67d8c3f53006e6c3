"""One statement on the desk: confirm it, correct it, set it aside, or let it pass early."""

from collections.abc import Callable, Sequence

from starlette.responses import Response

from vidomo.app.house import House
from vidomo.app.releases import ask_release, record_release, releases_in, second_release
from vidomo.app.web.desk.deciding import (
    candidates_of,
    decide,
    place_given,
    places_told,
    reason_given,
    statement,
)
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.route import DeskRoute, DeskWorld, Visit
from vidomo.app.web.site import RESIDENTS
from vidomo.claims.model import Kind, Polarity
from vidomo.claims.topics import topics
from vidomo.desk.people import Role
from vidomo.disclosure.gate import moment_of
from vidomo.disclosure.policy import Policy, load_policy
from vidomo.disclosure.release import Release
from vidomo.disclosure.sieve import Sieve, Verdict
from vidomo.situation.correction import VALUES
from vidomo.situation.model import Evidence, Situation


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    path = "/desk/claim/{claim}"

    def act(name: str, answer: Callable[..., object], needs: Role, **more: object) -> DeskRoute:
        return DeskRoute(f"{path}/{name}", answer, needs, method="POST", scope=_scope, **more)  # type: ignore[arg-type]

    return (
        DeskRoute(path, show, example=lambda world: {"claim": _claim(world)}),
        act("confirm", confirm, Role.EDITOR, example=_confirmed),
        act("overrule", overrule, Role.EDITOR, example=_overruled),
        act("split", split, Role.EDITOR, example=_split),
        act("release", release, Role.APPROVER, example=_released),
        act("second", second, Role.APPROVER, example=_seconded),
    )


async def show(visit: Visit) -> Response:
    """Answer with a statement, what was decided about it, and what can be."""
    desk, claim = visit.desk, visit.given("claim")

    def found() -> dict[str, object]:
        house = desk.house
        situation = house.situation()
        item = statement(situation, claim)
        verdict, policy, given = _judged(house, situation, item)
        return {
            "item": item,
            "incident": next((one for one in situation.incidents if claim in one.evidence), None),
            "candidates": () if item.place else candidates_of(house, claim),
            "decisions": [one for one in situation.decisions if claim in one.claims],
            "places": places_told(house, situation, [claim]),
            "verdict": verdict,
            "rule": next((one for one in policy.rules if one.id == verdict.rule), None),
            "asked": [one for one in given if not one.confirms],
        }

    values = await visit.ask(found)
    return visit.page(
        "claim.html",
        **values,
        topics=sorted(topics()),
        kinds=[kind.value for kind in Kind],
        polarities=[polarity.value for polarity in Polarity],
        Role=Role,
    )


async def confirm(visit: Visit) -> Response:
    """Vouch for the statement."""
    await decide(visit, "confirm", [visit.given("claim")])
    return _done(visit, "confirmed")


async def overrule(visit: Visit) -> Response:
    """Correct what was read; without any value set the statement aside."""
    value = {key: text for key in VALUES if (text := visit.form.get(key, "").strip())}
    if "place" in value:
        value["place"] = place_given(visit)
    await decide(visit, "overrule", [visit.given("claim")], value=value)
    return _done(visit, "corrected" if value else "set_aside")


async def split(visit: Visit) -> Response:
    """Take the statement out of its incident."""
    await decide(visit, "split", [visit.given("claim")])
    return _done(visit, "split_off")


async def release(visit: Visit) -> Response:
    """Ask that the statement may pass the gate early; somebody else must second it."""
    reason, claim, desk = reason_given(visit), visit.given("claim"), visit.desk

    def made() -> Release:
        house = desk.house
        sieve = _sieve(house, house.situation())[0]
        return ask_release(sieve, claim, reason=reason, by=visit.person.id, at=house.now())

    return await _write_release(visit, await visit.ask(made), "release_asked")


async def second(visit: Visit) -> Response:
    """Second somebody else's word; the statement passes from now on."""
    claim, desk = visit.given("claim"), visit.desk

    def made() -> Release:
        house = desk.house
        sieve = _sieve(house, house.situation())[0]
        given = releases_in(house.journal)
        return second_release(
            sieve,
            claim,
            by=visit.person.id,
            at=house.now(),
            given=given,
            reason=visit.form.get("reason", ""),
        )

    return await _write_release(visit, await visit.ask(made), "release_seconded")


async def _write_release(visit: Visit, made: Release, told: str) -> Response:
    def write(house: House) -> None:
        record_release(house.journal, made, replay=house.is_replay)

    await visit.act(write)
    return _done(visit, told)


def _done(visit: Visit, told: str) -> Response:
    return visit.back(f"/desk/claim/{visit.given('claim')}", visit.words(f"claim.{told}"))


async def _scope(visit: Visit) -> Sequence[str]:
    """Return where the statement holds, and where a correction would move it."""
    claim = visit.given("claim")

    def touched() -> tuple[str, ...]:
        house = visit.desk.house
        return places_told(house, house.situation(), [claim])

    told = await visit.ask(touched)
    moved = place_given(visit)
    return (*told, moved) if moved else told


def _sieve(house: House, situation: Situation) -> tuple[Sieve, Policy]:
    moment = moment_of(situation, house.now())
    policy = load_policy(RESIDENTS, on=moment.date())
    given = releases_in(house.journal)
    return Sieve(situation, policy, units=house.gazetteer, now=moment, releases=given), policy


def _judged(
    house: House, situation: Situation, item: Evidence
) -> tuple[Verdict, Policy, list[Release]]:
    sieve, policy = _sieve(house, situation)
    given = [
        one
        for one in releases_in(house.journal)
        if (one.claim, one.version) == (item.claim, item.version)
    ]
    return sieve.verdict(item), policy, given


# What the generated tests and a rehearsal send.


def _claim(world: DeskWorld) -> str:
    """Return a plain statement about the place."""
    for item in world.house.situation().evidence:
        if item.place == world.place and item.topic == "event.explosion":
            return item.claim
    return world.house.situation().evidence[0].claim


def _confirmed(world: DeskWorld) -> dict[str, str]:
    return {"claim": _claim(world), "reason": "asked the duty officer"}


def _overruled(world: DeskWorld) -> dict[str, str]:
    return {"claim": _claim(world), "reason": "a slip of the pen", "number": "9"}


def _split(world: DeskWorld) -> dict[str, str]:
    house = world.house
    incident = next(one for one in house.situation().incidents if len(one.evidence) > 1)
    return {"claim": incident.evidence[-1], "reason": "another attack"}


def _released(world: DeskWorld) -> dict[str, str]:
    house = world.house
    situation = house.situation()
    sieve, policy = _sieve(house, situation)
    liftable = {one.id for one in policy.rules if one.releasable}
    item = next(
        one for one in situation.evidence if sieve.verdict(one).rule in liftable and one.place
    )
    return {"claim": item.claim, "reason": "on television already"}


def _seconded(world: DeskWorld) -> dict[str, str]:
    sent = _released(world)

    def ask(house: House) -> None:
        sieve = _sieve(house, house.situation())[0]
        asked = ask_release(
            sieve, sent["claim"], reason=sent["reason"], by=world.other.id, at=house.now()
        )
        record_release(house.journal, asked, replay=house.is_replay)

    world.act(ask)
    return sent
