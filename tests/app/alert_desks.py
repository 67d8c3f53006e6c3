"""A folder with alerts, people and a clock that tests move."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from desk.alerts.worlds import IZIUM, NOW, OWN, person
from vidomo.app.alert_acts import AlertDesk
from vidomo.app.house import House
from vidomo.desk.alerts.compose import Behind, by_hand, codes_of, correct, from_wording
from vidomo.desk.alerts.confirm import phrase
from vidomo.desk.alerts.wordings import Text, wording, wordings
from vidomo.desk.people import Person, Role
from vidomo.publish.alerts.keys import keys_folder, load_key, new_key
from vidomo.publish.alerts.parse import opened
from vidomo.publish.alerts.signature import SignatureState, judge_signature

ANN = person("ann", Role.EDITOR)
BOB = person("bob", Role.APPROVER)
CAT = person("cat", Role.APPROVER)
BOSS = person("boss", Role.ADMIN)
EVE = person("eve", Role.VIEWER)


class Office:
    """The alerts of one folder, as several people use them."""

    def __init__(self, folder: Path, *, is_exercise: bool = False) -> None:
        self.folder, self.is_exercise, self.at = folder, is_exercise, NOW
        self.people: dict[str, Person] = {one.id: one for one in (ANN, BOB, CAT, BOSS, EVE)}

    def now(self) -> datetime:
        return self.at

    def later(self, **by: float) -> None:
        self.at += timedelta(**by)

    @contextmanager
    def desk(self, *, read_only: bool = False) -> Iterator[AlertDesk]:
        with House.open(self.folder, clock=self.now, read_only=read_only) as house:
            yield AlertDesk(
                house.journal,
                folder=self.folder,
                gazetteer=house.gazetteer,
                people=self.people.get,
                clock=self.now,
                is_exercise=self.is_exercise,
            )

    def ready(self, *, key: bool = True, authority=OWN) -> "Office":
        with self.desk() as desk:
            if authority is not None:
                desk.set_authority(BOSS, authority)
            for name, one in wordings().items():
                desk.approve_wording(BOSS, name, version=one.ref.version)
        if key:
            keys = keys_folder(self.folder, is_exercise=self.is_exercise)
            new_key(keys, holder="Izium", is_exercise=self.is_exercise, now=self.at)
        self.later(seconds=1)
        return self

    def write(self, name="shelter", places=(IZIUM,), *, by=ANN, follows="", views=None, **kind):
        with self.desk() as desk:
            before = desk.life(follows) if follows else None
            if kind.pop("is_correction", False):
                draft = correct(desk.press(**kind), before, name, places, lives=desk.lives)
            else:
                said = kind.pop("said", ())
                behind = Behind(said=said, follows=before, lives=desk.lives)
                draft = from_wording(desk.press(**kind), name, places, behind=behind)
            return desk.draft(by, draft, views=views)

    def life(self, alert: str):
        with self.desk(read_only=True) as desk:
            return desk.life(alert)

    def typed(self, alert: str) -> str:
        with self.desk(read_only=True) as desk:
            return phrase(desk.life(alert).draft, lang="uk", gazetteer=desk.atlas)

    def approve(self, alert: str, by=BOB, *, seen="", typed="") -> None:
        seen, typed = seen or self.life(alert).digest, typed or self.typed(alert)
        with self.desk() as desk:
            desk.approve(by, alert, seen=seen, typed=typed)

    def issue(self, alert: str, by=ANN, *, seen="", typed="", views=None):
        seen, typed = seen or self.life(alert).digest, typed or self.typed(alert)
        with self.desk() as desk:
            return desk.issue(by, alert, seen=seen, typed=typed, views=views)

    @property
    def out(self) -> list[str]:
        folder = self.folder / "alerts"
        return sorted(one.name for one in folder.glob("*.xml")) if folder.is_dir() else []

    @property
    def last_seq(self) -> int:
        with House.open(self.folder, clock=self.now, read_only=True) as house:
            return house.journal.last_seq


TEXT = Text(event="Подія", headline="Ізюм: подія", description="Щось сталося.", instruction="")


def hand(office: Office, by=ANN, **changed) -> str:
    text = msgspec.structs.replace(TEXT, **changed)
    with office.desk() as desk:
        codes = codes_of(wording("being_verified"))
        return desk.draft(by, by_hand(desk.press(), codes, {"uk": text, "en": text}, [IZIUM]))


def is_signed(office: Office, name: str) -> bool:
    keys = keys_folder(office.folder, is_exercise=office.is_exercise)
    root = opened((office.folder / "alerts" / name).read_bytes())
    verdict = judge_signature(root, trusted=(load_key(keys).certificate,), at=office.at)
    return verdict.state is SignatureState.TRUSTED
