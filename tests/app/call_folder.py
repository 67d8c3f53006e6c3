"""A folder in which calls are taken, and what residents would see of it."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vidomo.app.call_book import take_call
from vidomo.app.house import House
from vidomo.app.releases import releases_in
from vidomo.core.codec import to_json
from vidomo.core.time import instant_interval
from vidomo.desk.calls.model import Caller
from vidomo.desk.calls.take import Noted
from vidomo.desk.table import DeskTable
from vidomo.disclosure.country import compare
from vidomo.disclosure.gate import PublicGate
from vidomo.sources.model import Post

BEGIN = datetime(2026, 1, 10, 1, 0, tzinfo=UTC)
IZIUM = "UA63040090010029555"
IZIUM_HROMADA = "UA63040090000021240"
VILLAGE = "UA63040130110044022"
KHARKIV_OBLAST = "UA63000000000041885"
PLACES = (IZIUM, IZIUM_HROMADA, VILLAGE, KHARKIV_OBLAST)
MVA = f"city_military_administration@{IZIUM}"
SAID = (
    "Немає світла в Ізюмі.",
    "Вибухи в Ізюмі, горить школа.",
    "Загинуло двоє людей, поранено п'ятьох.",
    "Відбій тривоги в Ізюмському районі.",
    "Начальник Ізюмської міської військової адміністрації повідомив, що загинуло троє людей.",
    "За словами мера Ізюма, світло відновлено по всьому місту.",
    "Воду повернуть до 18:00.",
    "В Ізюмі світло є. Чутки про знеструмлення не відповідають дійсності.",
    "Харківська ОВА: оголошено повітряну тривогу в області.",
    "Постраждалих немає.",
)
OFFICIAL = (
    "В Ізюмі немає світла. Підприємства працюють над відновленням.",
    "Ізюм: відновлено водопостачання у більшості будинків.",
    "Вибухи в Ізюмі. Інформація щодо постраждалих уточнюється.",
)


class Hands:
    """A clock that tests move."""

    def __init__(self, at: datetime = BEGIN) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> datetime:
        self.at += timedelta(**by)
        return self.at


@contextmanager
def folder_of(path: Path, clock: Hands) -> Iterator[tuple[House, DeskTable]]:
    """A house and its table of keys, open for writing."""
    with House.open(path, clock=clock) as house, DeskTable.open(path) as keys:
        yield house, keys


def noted_call(
    words: str = SAID[0], *, at: datetime = BEGIN, place: str = IZIUM, who: str = ""
) -> Noted:
    caller = Caller(who=who, office="староста", call_back="050 765 43 21") if who else Caller()
    return Noted(words=words, called_at=at, place=place, caller=caller)


def post_of_mva(words: str, *, number: int, at: datetime) -> Post:
    return Post(
        source="izium_mva",
        native_id=str(number),
        text=words,
        posted_at=instant_interval(at),
        home=IZIUM,
        url=f"https://channel.example/{number}",
    )


def night(house: House, keys: DeskTable, clock: Hands, seed: int, *, with_calls: bool) -> int:
    """Tell officials' posts, and calls between them or not; return how many calls there are."""
    dice = random.Random(seed)
    calls = 0
    for number in range(6):
        clock.move(minutes=dice.randint(3, 25))
        words = dice.choice(OFFICIAL)
        house.take_in([post_of_mva(words, number=number, at=clock())], reads_all=False)
        for _ in range(dice.randint(0, 2)):
            clock.move(minutes=1)
            said, place = dice.choice([*SAID, words]), dice.choice(PLACES)
            if with_calls:
                call = noted_call(said, at=clock(), place=place, who="Параска Вигадана")
                take_call(house, keys, call, by="usr_1", at=clock(), once=str(number))
                calls += 1
    clock.move(minutes=5)
    return calls


def public_bytes(house: House, *, places: Sequence[str] = PLACES) -> bytes:
    """Return everything that leaves through the gate: places, lists, open data."""
    found, now = house.situation(), house.now()
    given = releases_in(house.journal)
    gate = PublicGate(found, gazetteer=house.gazetteer, now=now, releases=given)
    views = [gate.view(code) for code in places]
    invited = [gate.invitations(code) for code in places]
    country = compare(found, gazetteer=house.gazetteer, now=now, releases=given)
    return to_json([views, invited, gate.told(), country])
