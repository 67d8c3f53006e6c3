"""Messages, people and entries that the tests of alerts are made from."""

from datetime import UTC, datetime, timedelta

from vidomo.desk.alerts.authority import Authority
from vidomo.desk.alerts.compose import Behind, from_wording
from vidomo.desk.alerts.life import APPROVED, DRAFTED, EDITED, ISSUED, ISSUING, NOT_ISSUED
from vidomo.desk.alerts.model import Approval, Draft, Issue, digest_of
from vidomo.desk.alerts.press import Press
from vidomo.desk.entry import Entry, entry
from vidomo.desk.people import Grant, Person, Role
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.alerts.model import Scope, Status

NOW = datetime(2026, 1, 31, 18, 0, tzinfo=UTC)
IZIUM = "UA63040090010029555"
RAION = "UA63040000000023521"
KHARKIV = "UA63000000000041885"
LVIV = "UA46000000000026241"
OWN = Authority(
    name="Ізюмська міська рада",
    name_en="Izium City Council",
    legal_basis="Кодекс цивільного захисту, ст. 30",
    sender="cap@izium.example",
    contact="+380 00 000 00 00",
    web="https://izium.example",
    territory=RAION,
)


def atlas() -> Gazetteer:
    return Gazetteer.open()


def within(place: str, territory: str) -> bool:
    return atlas().within(place, territory)


def press(
    at: datetime = NOW,
    *,
    authority: Authority = OWN,
    is_exercise: bool = False,
    status: Status | None = None,
    scope: Scope = Scope.PUBLIC,
) -> Press:
    usual = Status.EXERCISE if is_exercise else Status.ACTUAL
    return Press(
        authority=authority,
        gazetteer=atlas(),
        shapes=bundled_shapes(),
        now=at,
        is_exercise=is_exercise,
        status=status or usual,
        scope=scope,
    )


def person(login: str, role: Role = Role.EDITOR, *places: str, factor: bool = False) -> Person:
    grants = tuple(Grant(role, place) for place in places or ("UA",))
    return Person(
        id=f"usr_{login}", login=login, name=login, grants=grants, has_second_factor=factor
    )


def made(name: str = "shelter", places=(IZIUM,), *, at: datetime = NOW, **behind) -> Draft:
    return from_wording(press(at), name, places, behind=Behind(**behind))


def act(what: str, alert: str, by: str, *, minutes: float = 0, body=None) -> Entry:
    return entry(
        what, subject=alert, by=by, at=NOW + timedelta(minutes=minutes), body=body, place=IZIUM
    )


def drafted(alert: str, draft: Draft, by: str = "usr_ann", minutes: float = 0) -> Entry:
    return act(DRAFTED, alert, by, minutes=minutes, body=draft)


def edited(alert: str, draft: Draft, by: str = "usr_ann", minutes: float = 0) -> Entry:
    return act(EDITED, alert, by, minutes=minutes, body=draft)


def approved(alert: str, draft: Draft, by: str = "usr_bob", minutes: float = 0) -> Entry:
    return act(
        APPROVED, alert, by, minutes=minutes, body=Approval(digest=digest_of(draft), shown="s")
    )


def tried(alert: str, draft: Draft, by: str = "usr_ann", minutes: float = 0) -> Entry:
    body = Issue(digest=digest_of(draft), sha256="f", name="n.xml")
    return act(ISSUING, alert, by, minutes=minutes, body=body)


def ended(trying: Entry, *, is_issued: bool = True, minutes: float = 0) -> Entry:
    import msgspec

    body = msgspec.structs.replace(trying.told(Issue), attempt=trying.id)
    what = ISSUED if is_issued else NOT_ISSUED
    return act(what, trying.subject, trying.by, minutes=minutes, body=body)
