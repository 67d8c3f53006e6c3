"""What the desk's decisions share: whom they touch, what they say, and how they are written."""

from collections.abc import Collection, Mapping, Sequence

from vidomo.app.decisions import draft_decision, record_decision
from vidomo.app.house import House
from vidomo.app.web.check import home_code
from vidomo.app.web.desk.doorkeeper import Turned
from vidomo.app.web.desk.route import Visit
from vidomo.core.errors import NothingKnown
from vidomo.desk.people import Role
from vidomo.situation.correction import is_relief
from vidomo.situation.decision import Act, Decision
from vidomo.situation.model import Evidence, Incident, Situation

_ENDS = "alert.end"
_WARNS = ("alert.start", "threat.")


def statement(situation: Situation, claim: str) -> Evidence:
    """Return a claim as it stands.

    Raises:
        NothingKnown: There is none of that id.
    """
    for item in situation.evidence:
        if item.claim == claim:
            return item
    raise NothingKnown(f"no claim has the id {claim[:40]!r}", hint="open it from the inbox")


def incident_of(situation: Situation, incident: str) -> Incident:
    """Return an incident as it stands.

    Raises:
        NothingKnown: There is none of that id.
    """
    for item in situation.incidents:
        if item.id == incident:
            return item
    raise NothingKnown(f"no incident has the id {incident[:40]!r}", hint="open it from the inbox")


def places_told(house: House, situation: Situation, claims: Collection[str]) -> tuple[str, ...]:
    """Return where statements hold; of one whose place is not decided, every place it may be.

    Raises:
        NothingKnown: There is no such claim, or its place is nowhere in the country: then
            only somebody with a role over all of it may decide.
    """
    found: set[str] = set()
    for claim in claims:
        place = statement(situation, claim).place
        found |= {place} if place else set(candidates_of(house, claim)) or {"UA"}
    return tuple(sorted(found))


def candidates_of(house: House, claim: str) -> tuple[str, ...]:
    """Return the places that a claim may mean, best first."""
    for known in house.known(house.now()):
        for each in known.reading.claims:
            if each.id == claim:
                codes = [
                    code for ref in each.places for code in (ref.code, *ref.candidates) if code
                ]
                return tuple(code for code in dict.fromkeys(codes) if house.gazetteer.get(code))
    return ()


def _read_as(house: House, claims: Collection[str]) -> set[str]:
    """Return the topics that statements were read with, whatever people made of them."""
    return {
        each.topic
        for known in house.known(house.now())
        for each in known.reading.claims
        if each.id in claims
    }


def place_given(visit: Visit, name: str = "place") -> str:
    """Return the code of the place that a field names, empty for an empty field.

    Raises:
        Turned: No place is called so, or more than one.
    """
    text = visit.form.get(name, "").strip()
    if not text:
        return ""
    code = home_code(text, visit.desk.site.house.gazetteer)
    if code is None:
        raise Turned(400, "no_place", message=text[:60])
    return code


def reason_given(visit: Visit) -> str:
    """Return the reason of a decision.

    Raises:
        Turned: There is none.
    """
    reason = visit.form.get("reason", "").strip()
    if not reason:
        raise Turned(400, "no_reason")
    return reason


def lifts(topic: str, act: str, *, has_place: bool = False) -> bool:
    """Return whether a decision may end a warning or an outage: that is for an approver.

    To vouch for an all-clear or a restoration may, to state one anew may, and so may the place
    that is given to an all-clear. To set a warning aside, or to make something else of it, may too.
    """
    if act in ("overrule", "none") and topic.startswith(_WARNS):
        return True
    return (act in ("confirm", "states") and is_relief(topic)) or (has_place and topic == _ENDS)


async def decide(
    visit: Visit, act: Act, ids: Sequence[str], *, value: Mapping[str, str] | None = None
) -> str:
    """Draft a decision over what is shown, write it down, and return its id.

    The decision is itself the record of who did what when and why.

    Raises:
        Turned: No reason, or the person may not.
        ConfigError: Ids that do not fit.
        NothingKnown: Nothing here has one of the ids.
        DeskBusy: Another process writes; nothing was stored.
    """
    reason, desk = reason_given(visit), visit.desk

    def drafted() -> tuple[Role, tuple[str, ...], Decision]:
        house = desk.house
        found = house.situation()
        decision = draft_decision(
            found, act, ids, reason=reason, by=visit.person.id, at=house.now(), value=value
        )
        claims = {anchor.claim for anchor in decision.on}
        moved = (value or {}).get("place", "")
        if act == "withdraw":
            # What was set aside, or taken for something else, stands again as it was read.
            claims = {
                claim
                for one in found.decisions
                if one.id == decision.target and one.kind == "overrule"
                for claim in one.claims
            }
            is_lifting = any(map(is_relief, _read_as(house, claims)))
        else:
            is_lifting = any(
                lifts(one.topic, act, has_place=bool(moved))
                for one in found.evidence
                if one.claim in claims
            )
        if not is_lifting:
            return Role.EDITOR, (), decision
        places = (*places_told(house, found, claims), *([moved] if moved else []))
        return Role.APPROVER, places, decision

    role, places, decision = await visit.ask(drafted)
    if role is Role.APPROVER and not visit.may(role, places):
        raise Turned(403, "role")

    def write(house: House) -> str:
        record_decision(house.journal, decision, replay=house.is_replay)
        return decision.id

    return await visit.act(write)
