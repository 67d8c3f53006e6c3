"""The inbox: what waits for a person, the most pressing first, each with what can be done."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from starlette.responses import Response

from vidomo.app.decisions import draft_decision, record_decision
from vidomo.app.house import House
from vidomo.app.reader import home_of
from vidomo.app.releases import releases_in
from vidomo.app.review import Item, queue, standing, take as take_answer
from vidomo.app.verdict import Verdict
from vidomo.app.web.desk.deciding import (
    decide,
    lifts,
    place_given,
    places_told,
    reason_given,
    statement,
)
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.doorkeeper import Turned
from vidomo.app.web.desk.route import DeskRoute, DeskWorld, Visit
from vidomo.claims.model import Kind, Polarity
from vidomo.claims.topics import topics
from vidomo.core.errors import NothingKnown
from vidomo.desk.page import DeskLink
from vidomo.desk.people import COUNTRY, Role
from vidomo.disclosure.release import Release, in_effect
from vidomo.situation.model import Situation

LINKS = (DeskLink("/desk/inbox", "inbox.title", "i"),)
SHOWN = 40
"""Things of one kind on the page; the rest come up as these are done."""
NEW = timedelta(hours=12)
"""Posts of the last shift are new."""


class NewPost(msgspec.Struct, frozen=True):
    """A post of the last hours with what was read in it."""

    source: str
    said_at: datetime | None
    text: str
    claims: tuple[tuple[str, str], ...]


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    return (
        DeskRoute("/desk/inbox", show, example=lambda _: {}),
        DeskRoute("/desk/inbox/take", take, Role.EDITOR, "POST", _take_scope, example=_taken),
        DeskRoute(
            "/desk/decision/{decision}/withdraw",
            withdraw,
            Role.EDITOR,
            "POST",
            _decision_scope,
            example=_withdrawn,
        ),
        DeskRoute(
            "/desk/decision/{decision}/attach",
            attach,
            Role.EDITOR,
            "POST",
            _decision_scope,
            example=_attached,
        ),
    )


async def show(visit: Visit) -> Response:
    """Answer with what waits for a person."""
    desk = visit.desk

    def found() -> dict[str, object]:
        house = desk.house
        situation = house.situation()
        waiting = queue(house)
        return {
            "kinds": _by_kind(waiting),
            "sides": _sides(situation),
            "questions": [one for one in situation.questions if one.status in ("open", "stale")],
            "silent": [one for one in situation.sources if one.silent_since is not None],
            "heard": len(situation.sources),
            "releases": _unseconded(releases_in(house.journal), house.now(), situation),
            "decisions": sorted(situation.decisions, key=lambda one: one.at, reverse=True)[:SHOWN],
            "fresh": _fresh(house),
        }

    return visit.page(
        "inbox.html",
        **await visit.ask(found),
        shown=SHOWN,
        topics=sorted(topics()),
        kind_names=[kind.value for kind in Kind],
        polarities=[polarity.value for polarity in Polarity],
        Role=Role,
    )


async def take(visit: Visit) -> Response:
    """Write a person's answer to a thing of the inbox down."""
    item, reason, verdict = _item(visit), reason_given(visit), _verdict(visit)
    if await _lifts(visit, item, verdict) and not visit.may(
        Role.APPROVER, await _take_scope(visit)
    ):
        raise Turned(403, "role")

    def write(house: House) -> None:
        take_answer(house, item, verdict, reason=reason, by=visit.person.id)

    await visit.act(write)
    return visit.back("/desk/inbox", visit.words("inbox.taken"))


async def withdraw(visit: Visit) -> Response:
    """Take an earlier decision back."""
    await decide(visit, "withdraw", [visit.given("decision")])
    return visit.back("/desk/inbox", visit.words("inbox.withdrawn"))


async def attach(visit: Visit) -> Response:
    """Say which statement a decision is about, after its own is no longer read."""
    claim = visit.form.get("claim", "").strip()
    await decide(visit, "attach", [visit.given("decision"), claim])
    return visit.back("/desk/inbox", visit.words("inbox.attached"))


def _item(visit: Visit) -> str:
    item = visit.form.get("item", "").strip()
    if not item:
        raise Turned(400, "not_whole")
    return item


def _verdict(visit: Visit) -> Verdict:
    form = visit.form
    what = form.get("what", "")
    if what == "none":
        return Verdict(what="none")
    if what == "confirm":
        return Verdict(what="confirm")
    place = place_given(visit)
    if what == "place" and place:
        return Verdict(what="place", place=place)
    topic, kind, quote = form.get("topic", ""), form.get("kind", ""), form.get("quote", "").strip()
    polarity, count = form.get("polarity", "affirmed"), form.get("count", "").strip()
    is_whole = topic in topics() and kind in list(Kind) and polarity in list(Polarity) and quote
    if what != "states" or not is_whole or (count and not count.isdecimal()):
        raise Turned(400, "not_whole")
    return Verdict(
        what="states",
        place=place,
        topic=topic,
        kind=kind,
        polarity=polarity,
        quote=quote,
        count=float(count) if count else None,
    )


async def _lifts(visit: Visit, item: str, verdict: Verdict) -> bool:
    """Return whether an answer may end a warning or an outage."""
    if verdict.what == "states":
        return lifts(verdict.topic, "states")
    if not item.startswith("clm_"):
        return False
    found = await visit.ask(lambda: statement(visit.desk.house.situation(), item))
    return lifts(found.topic, verdict.what, has_place=verdict.what == "place")


async def _take_scope(visit: Visit) -> Sequence[str]:
    """Return where the thing holds: of a post without statements, where its source speaks from."""
    item, place = _item(visit), place_given(visit)

    def touched() -> tuple[str, ...]:
        house = visit.desk.house
        if item.startswith("clm_"):
            return places_told(house, house.situation(), [item])
        version = item.partition(":")[0]
        for known in house.known(house.now()):
            if known.version.id == version:
                return (home_of(known.version.post) or COUNTRY,)
        raise NothingKnown(f"nothing here has the id {item[:40]!r}", hint="open the inbox anew")

    told = await visit.ask(touched)
    return (*told, place) if place else told


async def _decision_scope(visit: Visit) -> Sequence[str]:
    """Return where the statements hold that a decision rests on; lost ones count for everywhere."""
    decision, claim = visit.given("decision"), visit.form.get("claim", "").strip()

    def touched() -> tuple[str, ...]:
        house = visit.desk.house
        situation = house.situation()
        claims = {claim} if claim else set()
        for one in situation.decisions:
            if one.id == decision:
                return places_told(house, situation, {*one.claims, *claims})
        if any(one.id == decision for one in situation.orphaned):
            return places_told(house, situation, claims) if claims else (COUNTRY,)
        raise NothingKnown(f"no decision in force has the id {decision[:40]!r}")

    return await visit.ask(touched)


def _by_kind(waiting: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    kinds: dict[str, list[Item]] = {}
    for item in waiting:
        kinds.setdefault(item.what, []).append(item)
    return list(kinds.items())


def _sides(situation: Situation) -> dict[str, tuple[str, list[tuple[str, str, str]]]]:
    """Return for each conflict its incident and the statements that disagree."""
    evidence = {item.claim: item for item in situation.evidence}
    found = {}
    for incident in situation.incidents:
        for number, conflict in enumerate(incident.conflicts, start=1):
            claims = dict.fromkeys(claim for side in conflict.sides for claim in side.evidence)
            told = [evidence[claim] for claim in claims if claim in evidence]
            rows = [(one.claim, one.speaker or one.source, one.quote) for one in told]
            found[f"{incident.id}:{number}"] = (incident.id, rows)
    return found


def _unseconded(
    given: Sequence[Release], now: datetime, situation: Situation
) -> list[tuple[Release, str]]:
    """Return the early releases that wait for a second person, with the words they are about."""
    done = set(in_effect(given, now=now))
    words = {(item.claim, item.version): item.quote for item in situation.evidence}
    return [
        (one, words[one.claim, one.version])
        for one in given
        if not one.confirms
        and (one.claim, one.version) not in done
        and (one.claim, one.version) in words
    ]


def _fresh(house: House) -> list[NewPost]:
    now = house.now()
    found = [
        NewPost(
            source=known.version.post.title or known.version.post.source,
            said_at=posted.start if (posted := known.version.post.posted_at) else None,
            text=known.version.post.text,
            claims=tuple((one.id, one.topic) for one in known.reading.claims),
        )
        for known in standing(house.known(now))
    ]
    new = [one for one in found if one.said_at is None or one.said_at > now - NEW]
    new.sort(key=lambda one: one.said_at.isoformat() if one.said_at else "", reverse=True)
    return new[:SHOWN]


# What the generated tests and a rehearsal send.


def _taken(world: DeskWorld) -> dict[str, str]:
    version = next(standing(world.house.known(world.house.now()))).version
    return {"item": version.id, "what": "none", "reason": "nothing in it", "place": world.place}


def _decided(world: DeskWorld) -> str:
    claim = next(one for one in world.house.situation().evidence if one.place == world.place).claim

    def write(house: House) -> str:
        decision = draft_decision(
            house.situation(),
            "overrule",
            [claim],
            reason="a slip",
            by=world.other.id,
            at=house.now(),
        )
        record_decision(house.journal, decision, replay=house.is_replay)
        return decision.id

    return str(world.act(write))


def _withdrawn(world: DeskWorld) -> dict[str, str]:
    return {"decision": _decided(world), "reason": "it was right after all"}


def _attached(world: DeskWorld) -> dict[str, str]:
    places = [one for one in world.house.situation().evidence if one.place == world.place]
    return {"decision": _decided(world), "claim": places[-1].claim, "reason": "the same words"}
