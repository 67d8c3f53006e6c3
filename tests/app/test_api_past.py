"""A permanent address: the same bytes later, unless something in them was taken back."""

import asyncio
import threading
from collections import Counter
from datetime import datetime, timedelta
from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from app.api_asking import (
    Answer,
    RememberingHouse,
    addresses_of,
    ask,
    ask_all,
    ask_within,
    hours_before,
)
from app.houses import AFTER, house_over
from disclosure.planted import BEGIN, HAMLET, HOURS, HROMADA, IZIUM, OBLAST, Truth, World, world
from situation import histories
from situation.histories import drafts_of, history
from vidomo.app.house import House
from vidomo.app.server import make_app
from vidomo.app.web import api_past
from vidomo.core.time import format_instant
from vidomo.publish.api.table import ABOUT_A_PLACE
from vidomo.situation.model import Situation

SEEDS = st.integers(min_value=0, max_value=2**40)
PROFILE = settings.get_current_profile_name()
FEW = settings(max_examples=12 if PROFILE == "short" else 500)
END = BEGIN + timedelta(hours=HOURS + 20)
CODES = (IZIUM, HAMLET, HROMADA, OBLAST)
STATE = f"/api/v1/places/{IZIUM}/state"


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_past, "REST", 0)


def permanent(moment: datetime, *, codes: tuple[str, ...] = CODES) -> list[str]:
    """Every address that names the moment it is about, at which it was known and at which it held."""
    known = format_instant(moment).replace(":", "%3A")
    found = [
        address
        for one in ABOUT_A_PLACE
        for address in addresses_of(one, codes, (moment,))
        if f"known_at={known}" in address
    ]
    return [*found, *(f"{one}&limit=1" for one in found if "/timeline" in one)]


def answers_at(some: World, moment: datetime, *, now: datetime) -> dict[str, Answer]:
    app = make_app(RememberingHouse(some, now=now))
    return ask_all(app, permanent(moment))


def taken_back_between(some: World, then: datetime, now: datetime) -> list[Truth]:
    return [
        one
        for one in some.truths
        if one.said_at <= then
        and not one.is_gone(then)
        and (one.is_gone(now) or any(other.is_gone(now) for other in one.others))
    ]


@FEW
@given(SEEDS, st.integers(0, 100), st.integers(0, 100))
def test_an_answer_for_a_past_moment_is_the_same_later_or_says_that_something_was_taken_back(
    seed: int, first: int, second: int
) -> None:
    some = world(seed)
    moment = BEGIN + timedelta(hours=HOURS) * first / 100
    moment = moment.replace(microsecond=0)
    soon = moment + timedelta(minutes=1)
    later = soon + (END - soon) * second / 100
    before, after = (answers_at(some, moment, now=now) for now in (soon, later))
    gone = taken_back_between(some, moment, later)
    # A warning that somebody else passed on still stands there, in the same words.
    standing = {one.mark for one in some.truths if not one.is_gone(later)}
    hidden = {one.mark for one in gone if one.is_gone(later)} - standing
    for address, answer in before.items():
        if answer.json["about"]["changed"]:
            continue  # taken back within the minute
        now = after.get(address)
        if now is None:  # a later page, and what went before it was taken back
            assert gone
        elif now.json["about"]["changed"]:
            assert gone
            assert all(mark.encode() not in now.body for mark in hidden)
        else:
            assert now.body == answer.body
            assert now.headers["etag"] == answer.headers["etag"]


def test_the_law_meets_taking_back_often_enough_to_mean_something() -> None:
    seen: Counter[str] = Counter()
    for seed in range(40):
        some = world(seed)
        moment = BEGIN + timedelta(hours=HOURS / 2)
        now = answers_at(some, moment, now=END)
        then = answers_at(some, moment, now=moment + timedelta(minutes=1))
        for address in now.keys() & then.keys():
            is_changed = bool(now[address].json["about"]["changed"])
            seen["changed" if is_changed else "same"] += 1
            assert is_changed or now[address].body == then[address].body
    assert seen["changed"] > 0.05 * seen.total()
    assert seen["same"] > 0.2 * seen.total()


class Journalled:
    """What the server asks of a house, over a journal that grows."""

    is_demo = False
    notice = ""

    def __init__(self, house: House, now: datetime) -> None:
        self._house, self._now, self.gazetteer = house, now, house.gazetteer

    def now(self) -> datetime:
        return self._now

    def mark(self) -> str:
        return f"{self._house.journal.last_seq}"

    def releases(self) -> tuple[()]:
        return ()

    def situation(self, *, valid_at=None, known_at=None) -> Situation:
        return self._house.situation(valid_at=valid_at or self._now, known_at=known_at or self._now)

    def trace(self, _: str) -> None:
        return None


def before_and_after(seed: int, share: int) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """Return what is answered of a moment just after it, and when all of a history is known."""
    told, told_of = history(seed), (histories.IZIUM, histories.KHARKIV_OBLAST)
    moment = (histories.BEGIN + timedelta(hours=histories.HOURS) * share / 100).replace(
        microsecond=0
    )
    soon = moment + timedelta(minutes=1)
    drafts = sorted(
        (draft for group in drafts_of(told) for draft in group), key=lambda one: one.recorded_at
    )
    found = []
    with house_over(msgspec.structs.replace(told, entries=())) as house:
        for now, more in (
            (soon, [one for one in drafts if one.recorded_at <= soon]),
            (AFTER, [one for one in drafts if one.recorded_at > soon]),
        ):
            house.journal.append(more)
            app = make_app(Journalled(house, now))
            found.append(ask_all(app, permanent(moment, codes=told_of)))
    return found[0], found[1]


@settings(max_examples=8 if PROFILE == "short" else 300)
@given(st.integers(0, 2**32 - 1), st.integers(0, 100))
def test_a_journal_that_grows_by_edits_decisions_and_bad_clocks_keeps_what_it_answered(
    seed: int, share: int
) -> None:
    before, after = before_and_after(seed, share)
    for address in before.keys() & after.keys():
        if not after[address].json["about"]["changed"]:
            assert after[address].body == before[address].body
    kept = [address for address in before if "cursor=" not in address]
    assert set(kept) <= after.keys()


def test_such_journals_hold_statements_that_stay_and_statements_that_go() -> None:
    seen: Counter[str] = Counter()
    for seed in range(25):
        before, after = before_and_after(seed, 60)
        for address, answer in before.items():
            if answer.json.get("statements") and address in after:
                is_changed = after[address].json["about"]["changed"]
                seen["changed" if is_changed else "same"] += 1
    assert seen["changed"] >= 5
    assert seen["same"] >= 20


def test_an_interface_that_writes_down_when_it_was_asked_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = api_past.Past._made

    async def hasty(
        self: api_past.Past, asked: object, key: object, shown: object
    ) -> api_past.Earlier:
        return await real(self, asked, (shown.at, key[1]), shown)

    monkeypatch.setattr(api_past.Past, "_made", hasty)
    some, moment = world(3), BEGIN + timedelta(hours=4)
    first, second = (answers_at(some, moment, now=moment + timedelta(hours=one)) for one in (1, 2))
    assert any(first[address].body != second[address].body for address in first)


def test_an_answer_about_the_present_names_its_permanent_address() -> None:
    some = world(5)
    app = make_app(RememberingHouse(some))
    about = ask(app, STATE).json["about"]
    later = make_app(RememberingHouse(some, now=some.now + timedelta(minutes=1)))
    first, second = (ask(one, about["permanent"]).body for one in (app, later))
    assert first == second
    assert about["known_at"].endswith(":00Z")


def test_nobody_can_look_ahead() -> None:
    some = world(5)
    app = make_app(RememberingHouse(some))
    for name in ("valid_at", "known_at"):
        answer = ask(app, f"{STATE}?{name}={format_instant(some.now + timedelta(seconds=1))}")
        assert answer.status == 422
        assert answer.json["error"]["code"] == "in_the_future"
        assert answer.json["error"]["field"] == name
        assert ask(app, f"{STATE}?{name}={format_instant(some.now)}").status == 200


def test_what_held_then_as_it_is_known_now_may_be_asked() -> None:
    some = world(5)
    app = make_app(RememberingHouse(some))
    moment = some.now - timedelta(hours=2)
    about = ask(app, f"{STATE}?valid_at={format_instant(moment)}").json["about"]
    assert about["valid_at"] == format_instant(moment)
    assert about["known_at"] == format_instant(some.now)


def test_a_moment_of_other_rules_is_answered_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    some = world(5)
    real = api_past.load_policy

    def changed(name: str, *, on: object) -> object:
        return (
            msgspec.structs.replace(real(name), note="new") if on == some.now.date() else real(name)
        )

    monkeypatch.setattr(api_past, "load_policy", changed)
    app = make_app(RememberingHouse(some))
    then = some.now - timedelta(days=1)
    answer = ask(app, f"{STATE}?known_at={format_instant(then)}")
    assert answer.status == 410
    assert answer.json["error"]["code"] == "rules_changed"
    assert ask(app, STATE).status == 200


class Slow(RememberingHouse):
    """A house whose folds of the past end when a test says so."""

    def __init__(self, some: World) -> None:
        super().__init__(some)
        self.may_end = threading.Event()
        self.folds = 0

    def situation(self, *, valid_at=None, known_at=None):
        if known_at is not None or valid_at is not None:
            self.folds += 1
            assert self.may_end.wait(20)
        return super().situation(valid_at=valid_at, known_at=known_at)


def test_few_questions_about_the_past_wait_at_once_and_the_rest_are_told_when_to_ask_again() -> (
    None
):
    some = world(5)
    house = Slow(some)
    app = make_app(house)

    async def crowd() -> list:
        await ask_within(app, STATE)
        # The house answers from one thread: a fold that has not begun cannot be waited for there.
        site = SimpleNamespace(house=house, ask=asyncio.to_thread)
        past = api_past.Past(site)
        shown = app.state.present.shown()

        async def one(hours: float) -> object:
            (moment,) = hours_before(some.now, hours)
            asked = SimpleNamespace(valid_at=None, known_at=moment.replace(microsecond=0))
            try:
                return await past.at(asked, shown)
            except api_past.Refused as error:
                return error

        running = [asyncio.ensure_future(one(number)) for number in range(1, 6)]
        await asyncio.sleep(0.2)
        house.may_end.set()
        return await asyncio.gather(*running)

    found = asyncio.run(crowd())
    refused = [one for one in found if isinstance(one, api_past.Refused)]
    assert len(found) - len(refused) == api_past.WAITING == house.folds
    assert {(one.status, one.code) for one in refused} == {(503, "busy")}
    assert all(one.wait_s >= 1 for one in refused)


def test_after_a_long_fold_the_present_has_its_turn_first(monkeypatch: pytest.MonkeyPatch) -> None:
    some = world(5)
    app = make_app(RememberingHouse(some))
    first, second = (
        f"{STATE}?known_at={format_instant(moment)}" for moment in hours_before(some.now, 1, 2)
    )
    monkeypatch.setattr(api_past, "REST", 10_000)
    assert ask(app, first).status == 200
    answer = ask(app, second)
    assert answer.status == 503
    assert int(answer.headers["retry-after"]) >= 1
    assert ask(app, first).status == 200  # that moment is kept
    assert ask(app, STATE).status == 200


def test_a_short_rest_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    some = world(5)
    app = make_app(RememberingHouse(some))
    monkeypatch.setattr(api_past, "REST", 1)
    for moment in hours_before(some.now, 1, 2, 3):
        assert ask(app, f"{STATE}?known_at={format_instant(moment)}").status == 200


def test_only_some_moments_are_kept() -> None:
    some = world(5)
    house = RememberingHouse(some)
    asked: list[datetime] = []
    real = house.situation

    def counted(*, valid_at=None, known_at=None):
        asked.append(known_at)
        return real(valid_at=valid_at, known_at=known_at)

    house.situation = counted
    app = make_app(house)
    moments = hours_before(some.now, *range(1, api_past.KEPT + 3))
    for moment in (*moments, moments[-1], moments[0]):
        assert ask(app, f"{STATE}?known_at={format_instant(moment)}").status == 200
    folds = Counter(one for one in asked if one is not None)
    assert folds[moments[0]] == 2  # it had to go
    assert folds[moments[-1]] == 1
