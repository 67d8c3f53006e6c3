"""Measure services at risk: seconds for a large inventory, and made-up truths against their intervals.

The truths are those of the tests (``tests/outlook/services/test_twins.py``): outages with true
beginnings and ends, a pump with a battery and a ward with a tank behind it, and words about them.
Nothing in it is real. Example: python bench/services.py
"""

import sys
import time
from pathlib import Path

from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level
from vidomo.outlook.services.model import Facility, Need, Phase
from vidomo.outlook.services.risk import READ, risks
from vidomo.outlook.services.supply import supplies
from vidomo.situation.fold import fold

# In place of this folder, whose ``outlook.py`` would hide that of the tests.
sys.path[0] = str(Path(__file__).resolve().parents[1] / "tests")

from outlook.services.test_twins import SLACK, twin  # noqa: E402 - the path comes first
from outlook.services.towns import (  # noqa: E402 - the path comes first
    NOON,
    REGISTRY,
    hour,
    lost,
    owner,
    times_of,
    told,
)
from situation.testimonies import KHARKIV_OBLAST, OVA  # noqa: E402 - the path comes first

WORLDS = 3000
FACILITIES = 10_000


def show(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<72}{figure:>20}", flush=True)


def wrong_in(seed: int) -> tuple[bool, bool, bool]:
    """Return for one world: failed outside the interval, called failed too early, called holding."""
    it = twin(seed)
    found = told(it.words, *it.facilities, now=it.now)
    now = hour(it.now)
    outside = early = holding = False
    for name, fails in zip(("W", "H"), map(hour, it.fails()), strict=True):
        one = found[name]
        outside |= one.fails_from is not None and fails < one.fails_from - SLACK
        outside |= one.fails_until is not None and fails > one.fails_until + SLACK
        early |= one.phase is Phase.FAILED and fails > now + SLACK
        holding |= one.phase is Phase.HOLDING or (
            one.phase is Phase.AT_RISK and fails <= now - SLACK
        )
    return outside, early, holding


def inventory_s() -> tuple[int, float]:
    """Return how many places there are in the inventory, and the seconds for all of it."""
    gazetteer = Gazetteer.open()
    places = [
        one.code
        for one in gazetteer.units()
        if one.level is Level.SETTLEMENT and gazetteer.within(one.code, KHARKIV_OBLAST)
    ]
    some = [
        Facility(
            id=f"f{number}",
            kind="hospital",
            place=places[number % len(places)],
            needs=(Need(service="power"), Need(service="water")),
            backup=owner(8, 12),
        )
        for number in range(FACILITIES)
    ]
    words = [lost(-1 - at / 3600, place, body=OVA) for at, place in enumerate(places)]
    situation = fold(words, valid_at=NOON, known_at=NOON, registry=REGISTRY, gazetteer=gazetteer)
    started = time.process_time()
    read = supplies(
        situation, [one.place for one in some], READ, units=gazetteer, times=times_of(words)
    )
    found = risks(read, some, now=NOON)
    spent = time.process_time() - started
    assert all(one.phase is Phase.FAILING for one in found)
    return len(places), spent


def main() -> None:
    """Print the rows."""
    count = [sum(column) for column in zip(*map(wrong_in, range(WORLDS)), strict=True)]
    for what, wrong in zip(
        ("failed outside the interval", "called failed and had not", "said to hold and had failed"),
        count,
        strict=True,
    ):
        verdict = "held" if wrong == 0 else "missed"
        show(f"made-up worlds in which something {what}, goal 0", f"{wrong}/{WORLDS}: {verdict}")
    places, spent = inventory_s()
    show(f"risks of {FACILITIES} facilities in {places} places, words folded", f"{spent:.1f} s")


if __name__ == "__main__":
    main()
