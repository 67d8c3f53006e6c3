"""A house over a made-up history, in the small country of the tests."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta

from situation.histories import BEGIN, HOURS, History, drafts_of
from situation.lawbook import quick_folder
from situation.testimonies import COUNTRY, REGISTRY, SmallCountry
from vidomo.app.house import House
from vidomo.app.index import PlaceIndex
from vidomo.core.clock import fixed_clock
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Unit
from vidomo.store.model import Draft

AFTER = BEGIN + timedelta(hours=HOURS + 12)
"""Later than any record of a history."""


class SmallAtlas(SmallCountry):
    """The small country as pages and commands ask for it; names hold no digits."""

    version = "small"

    def label(self, code: str, *, lang: str = "uk", full: bool = False) -> str:
        real = Gazetteer.open()
        return real.label(code, lang=lang, full=full) if real.get(code) else "Вигадане"

    def within(self, code: str, wider: str) -> bool:
        return code == wider or wider in self.ancestors(code)

    def oblasts(self) -> tuple[Unit, ...]:
        return Gazetteer.open().oblasts()

    def shape(self, code: str) -> object:
        return Gazetteer.open().shape(code)


ATLAS = SmallAtlas()


@contextmanager
def house_over(told: History, *, more: Sequence[Sequence[Draft]] = ()) -> Iterator[House]:
    """A house whose journal holds a history and some more records, each at its own time."""
    with quick_folder() as folder, closing(House.open(folder, clock=fixed_clock(AFTER))) as house:
        house.gazetteer = ATLAS
        house._registry = lambda *_: REGISTRY
        house.index = PlaceIndex(house.journal, gazetteer=COUNTRY, registry_at=lambda _: REGISTRY)
        house.journal.append([draft for group in drafts_of(told) for draft in group])
        for group in more:
            house.journal.append(group)
        yield house


def moment_in(chance: object, *, hours: int = HOURS + 2) -> datetime:
    """Return an instant of a history, or shortly after it."""
    return BEGIN + timedelta(minutes=chance.randint(1, hours * 60))
