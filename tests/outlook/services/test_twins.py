"""Made-up truths against what is told of them: the interval holds the failure, and laws of the clock."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given, strategies as st

from outlook.services.towns import back, hospital, hour, lost, owner, pump, stands, times_of, told
from situation.testimonies import COUNTRY, IZIUM
from vidomo.outlook.services.model import Backup, Facility, Need, Phase, Risk
from vidomo.outlook.services.risk import READ, risks
from vidomo.outlook.services.supply import supplies
from vidomo.situation.fold import Known

SEEDS = st.integers(min_value=0, max_value=2**40)
SLACK = timedelta(seconds=2)
"""Words are dated to the second."""


@dataclass
class Twin:
    """Outages as they are, and how long two facilities last, in hours from noon."""

    outages: list[tuple[float, float]]
    pump_h: float
    tank_h: float
    pump_fills: float
    words: list[Known]
    facilities: tuple[Facility, ...]
    now: float

    def fails(self) -> tuple[float, float]:
        """When the pump and then the hospital fail in the outage that goes on."""
        level, tank, at = self.pump_h, self.tank_h, self.outages[0][0]
        for start, end in self.outages[:-1]:
            level = min(self.pump_h, level + self.pump_fills * (start - at))
            # The tank fills no faster than somebody brings water: not at all.
            dry = max(0.0, (end - start) - level)
            level = max(0.0, level - (end - start))
            tank = max(0.0, tank - dry)
            at = end
        start = self.outages[-1][0]
        level = min(self.pump_h, level + self.pump_fills * (start - at))
        return start + level, start + level + tank


def twin(seed: int) -> Twin:
    dice = random.Random(seed)
    outages, words, clock = [], [], 0.0
    count = dice.randint(1, 3)
    for number in range(count):
        start = clock + dice.uniform(0.5, 20)
        end = start + dice.uniform(0.5, 20)
        is_last = number == count - 1
        outages.append((start, end))
        first = dice.uniform(start, end)
        words.append(_first_word(dice, start, first))
        while dice.random() < 0.6:
            words.append(lost(dice.uniform(first, end)))
        if not is_last:
            told_at = end + dice.uniform(0.05, 0.3)
            exact = (end - dice.uniform(0, 0.02), end + 0.02)
            words.append(back(told_at, since=exact if dice.random() < 0.5 else None))
        clock = end + 0.5
    low = dice.uniform(0, 6)
    pump_h = dice.uniform(low, low + 6)
    tank_h = dice.uniform(low, low + 6)
    fills = dice.choice((0.0, 0.3, 1.0))
    recharge = pump_h / fills if fills and dice.random() < 0.5 else None
    if recharge is not None:
        recharge *= dice.uniform(1.0, 2.0)
    some = (
        pump(owner(low, low + 6, recharge_h=recharge)),
        hospital(
            owner(2000, 2000), Need(service="water", supplier="W", backup=owner(low, low + 6))
        ),
    )
    first_word = min(one.version.post.posted_at.start for one in words if _is_of(one, outages[-1]))
    earliest = (first_word - hour(0)) / timedelta(hours=1) + 0.05
    now = dice.uniform(earliest, max(earliest, outages[-1][1]) + 0.1)
    return Twin(outages, pump_h, tank_h, fills, words, some, now)


def _first_word(dice: random.Random, start: float, first: float) -> Known:
    """Words in one of four ways: when it went, since when, as of when, or without a time."""
    how = dice.choice(("went", "went", "since", "as_of", ""))
    if how == "went":
        between = (start - dice.uniform(0, 0.4), start + dice.uniform(0, first - start))
        return lost(first, since=between)
    if how == "since":
        return lost(first, since=(start, first), phase="ongoing")
    if how == "as_of":
        moment = dice.uniform(start, first)
        return lost(first, since=(moment, moment + 0.01), phase="as_of")
    return lost(first)


def _is_of(word: Known, outage: tuple[float, float]) -> bool:
    posted = word.version.post.posted_at
    return posted is not None and posted.start >= hour(outage[0])


def _holds(one: Risk, truth: datetime, now: datetime) -> None:
    if one.fails_from is not None:
        assert truth >= one.fails_from - SLACK
    if one.fails_until is not None:
        assert truth <= one.fails_until + SLACK
    if one.phase is Phase.AT_RISK:
        assert truth > now - SLACK
    if one.phase is Phase.FAILED:
        assert truth <= now + SLACK
    assert one.phase is not Phase.HOLDING


@given(SEEDS)
def test_the_interval_holds_when_it_truly_fails(seed: int) -> None:
    it = twin(seed)
    found = told(it.words, *it.facilities, now=it.now)
    pumps, wards = it.fails()
    _holds(found["W"], hour(pumps), hour(it.now))
    _holds(found["H"], hour(wards), hour(it.now))


def test_the_twins_have_intervals_of_both_kinds() -> None:
    both = failed = waiting = 0
    for seed in range(200):
        it = twin(seed)
        one = told(it.words, *it.facilities, now=it.now)["W"]
        both += one.fails_from is not None and one.fails_until is not None
        failed += one.phase is Phase.FAILED
        waiting += one.phase is Phase.AT_RISK
    assert both > 80
    assert failed > 5
    assert waiting > 5


def _fresh(read: dict, times: dict) -> tuple[dict, dict]:
    """Take batteries for full again after every outage."""
    return {key: msgspec.structs.replace(one, before=()) for key, one in read.items()}, times


def _hasty(read: dict, times: dict) -> tuple[dict, dict]:
    """Take every time in a text for a beginning."""
    return read, {key: msgspec.structs.replace(one, phase="past") for key, one in times.items()}


@pytest.mark.parametrize("mutant", [_fresh, _hasty])
def test_a_hasty_reading_of_the_same_words_is_found_out(mutant) -> None:
    caught = 0
    for seed in range(400):
        it = twin(seed)
        _, times = mutant({}, times_of(it.words))
        read = supplies(stands(it.words, it.now), [IZIUM], READ, units=COUNTRY, times=times)
        read, _ = mutant(read, times)
        found = {one.facility: one for one in risks(read, it.facilities, now=hour(it.now))}
        begun = found["W"].fails_from
        caught += begun is not None and hour(it.fails()[0]) < begun - SLACK
    assert caught


@given(SEEDS)
def test_order_does_not_matter(seed: int) -> None:
    it, dice = twin(seed), random.Random(seed)
    words, some = [*it.words], [*it.facilities]
    dice.shuffle(words)
    dice.shuffle(some)
    assert told(words, *some, now=it.now) == told(it.words, *it.facilities, now=it.now)


@given(SEEDS, st.floats(min_value=0, max_value=20), st.floats(min_value=0, max_value=20))
def test_more_backup_never_fails_earlier(seed: int, low: float, high: float) -> None:
    it = twin(seed)
    first, second = it.facilities
    before = told(it.words, first, second, now=it.now)
    more = pump(
        owner(
            first.backup.hours_min + low,
            (first.backup.hours_max or 0) + low + high,
            recharge_h=first.backup.recharge_h,
        )
    )
    after = told(it.words, more, second, now=it.now)
    for name in ("W", "H"):
        one, other = before[name], after[name]
        if one.fails_from is not None:
            assert other.fails_from is not None
            assert other.fails_from >= one.fails_from - SLACK
        assert one.fails_until is not None or other.fails_until is None
        if one.fails_until is not None and other.fails_until is not None:
            assert other.fails_until >= one.fails_until - SLACK


@given(SEEDS, st.sampled_from(["H", "W"]))
def test_forgetting_hours_never_makes_anything_hold_or_fail_for_sure(seed: int, name: str) -> None:
    it = twin(seed)
    some = [
        Facility(id=one.id, kind=one.kind, place=one.place, needs=one.needs, backup=Backup())
        if one.id == name
        else one
        for one in it.facilities
    ]
    found = told(it.words, *some, now=it.now)[name]
    power = found.causes[0]
    assert power.phase is Phase.FAILING
    assert power.fails_until is None


@given(SEEDS, st.floats(min_value=0, max_value=500))
def test_silence_never_improves_anything(seed: int, hours: float) -> None:
    it = twin(seed)
    gravity = list(Phase)
    before = told(it.words, *it.facilities, now=it.now)
    after = told(it.words, *it.facilities, now=max(it.now, it.outages[-1][1]) + hours)
    for name in ("W", "H"):
        assert gravity.index(after[name].phase) >= gravity.index(before[name].phase)


@given(SEEDS)
def test_what_is_not_said_never_becomes_holding(seed: int) -> None:
    it = twin(seed)
    read = supplies(
        stands(it.words, it.now), [IZIUM], READ, units=COUNTRY, times=times_of(it.words)
    )
    without = {key: one for key, one in read.items() if key[1] != "power"}
    for one in risks(without, it.facilities, now=hour(it.now)):
        assert one.phase is Phase.UNKNOWN
