"""The life of an alert, folded out of entries in any order."""

import random
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given, strategies as st

from desk.alerts.worlds import (
    IZIUM,
    NOW,
    act,
    approved,
    drafted,
    edited,
    ended,
    made,
    tried,
)
from vidomo.desk.alerts.life import DROPPED, Life, alert_of, alerts_of, chain_of
from vidomo.desk.alerts.model import Dropped, State, digest_of

ONE, TWO, THREE = "alr_one", "alr_two", "alr_three"
FIRST = made()
LATER = msgspec.structs.replace(made(at=NOW + timedelta(minutes=1)), revises=digest_of(FIRST))
OTHER = msgspec.structs.replace(made("advice", at=NOW), revises=digest_of(FIRST))


def state(*entries, now=NOW) -> State:
    life = alert_of(entries, ONE, now=now)
    assert life is not None
    return life.state


def issued(alert: str, draft, minutes: float = 0):
    trying = tried(alert, draft, minutes=minutes)
    return trying, ended(trying, minutes=minutes)


def test_a_draft_is_a_draft_and_nobody_is_asked_for_one_that_was_never_written() -> None:
    assert state(drafted(ONE, FIRST)) is State.DRAFT
    assert alert_of([drafted(ONE, FIRST)], "alr_other", now=NOW) is None
    assert alerts_of([approved(ONE, FIRST)], now=NOW) == ()


def test_a_second_person_approves_exactly_what_stands() -> None:
    assert state(drafted(ONE, FIRST), approved(ONE, FIRST)) is State.APPROVED
    assert state(drafted(ONE, FIRST), approved(ONE, OTHER)) is State.DRAFT


def test_who_drafts_never_approves_whatever_the_record_says() -> None:
    assert state(drafted(ONE, FIRST), approved(ONE, FIRST, by="usr_ann")) is State.DRAFT
    changed = [drafted(ONE, FIRST, by="usr_bob"), edited(ONE, LATER), approved(ONE, LATER)]
    assert state(*changed) is State.DRAFT  # bob wrote an earlier draft of it


def test_an_edit_voids_every_approval() -> None:
    assert state(drafted(ONE, FIRST), approved(ONE, FIRST), edited(ONE, LATER)) is State.DRAFT


def test_of_two_edits_of_one_draft_the_earlier_counts_and_the_other_is_named_as_lost() -> None:
    late = edited(ONE, OTHER, by="usr_eve", minutes=2)
    life = alert_of([late, edited(ONE, LATER, minutes=1), drafted(ONE, FIRST)], ONE, now=NOW)
    assert life.digest == digest_of(LATER)
    assert life.lost == (late.id,)


def test_what_was_issued_stands_whatever_was_written_beside_it() -> None:
    entries = [drafted(ONE, FIRST), *issued(ONE, FIRST), edited(ONE, LATER, minutes=3)]
    life = alert_of(entries, ONE, now=NOW)
    assert (life.state, life.digest) == (State.ISSUED, digest_of(FIRST))


def test_a_try_that_did_not_end_is_seen_and_one_that_failed_is_a_draft_again() -> None:
    trying = tried(ONE, FIRST)
    assert state(drafted(ONE, FIRST), trying) is State.ISSUING
    assert state(drafted(ONE, FIRST), trying, ended(trying, is_issued=False)) is State.DRAFT
    assert state(drafted(ONE, FIRST), trying, ended(trying)) is State.ISSUED


def test_an_alert_expires_by_time_alone() -> None:
    entries = [drafted(ONE, FIRST), *issued(ONE, FIRST)]
    assert state(*entries, now=NOW + timedelta(hours=2, minutes=59)) is State.ISSUED
    assert state(*entries, now=NOW + timedelta(hours=3)) is State.EXPIRED


def test_a_dropped_draft_is_over_and_an_issued_alert_cannot_be_dropped() -> None:
    dropped = act(DROPPED, ONE, "usr_ann", body=Dropped(digest=digest_of(FIRST)))
    assert state(drafted(ONE, FIRST), dropped) is State.DROPPED
    assert state(drafted(ONE, FIRST), dropped, *issued(ONE, FIRST)) is State.ISSUED


def test_a_held_message_stays_held_with_an_approval() -> None:
    info = msgspec.structs.replace(FIRST.alert.infos[0], headline="НАВЧАННЯ. Ізюм")
    alert = msgspec.structs.replace(FIRST.alert, infos=(info, FIRST.alert.infos[1]))
    wrong = msgspec.structs.replace(FIRST, alert=alert)
    life = alert_of([drafted(ONE, wrong), approved(ONE, wrong)], ONE, now=NOW)
    assert life.state is State.HELD
    assert life.held == ("actual_says_exercise",)


def follow(name: str, before: Life, lives, minutes: int):
    return made(name, at=NOW + timedelta(minutes=minutes), follows=before, lives=tuple(lives))


def test_updates_and_cancellations_end_what_they_follow_and_refer_to_the_whole_chain() -> None:
    entries = [drafted(ONE, FIRST), *issued(ONE, FIRST)]
    lives = alerts_of(entries, now=NOW)
    update = follow("shelter", lives[0], lives, 5)
    entries += [drafted(TWO, update, minutes=5)]
    assert state(*entries) is State.ISSUED  # a draft ends nothing
    entries += issued(TWO, update, minutes=6)
    assert state(*entries) is State.UPDATED
    lives = alerts_of(entries, now=NOW)
    second = next(one for one in lives if one.id == TWO)
    cancel = follow("cancel", second, lives, 9)
    entries += [drafted(THREE, cancel, minutes=9), *issued(THREE, cancel, minutes=10)]
    found = {one.id: one for one in alerts_of(entries, now=NOW)}
    assert (found[ONE].state, found[TWO].state) == (State.UPDATED, State.CANCELLED)
    assert found[TWO].followed_by == THREE
    assert [one.id for one in chain_of(tuple(found.values()), found[THREE])] == [ONE, TWO]
    sent = [one.identifier for one in cancel.alert.references]
    assert sent == [FIRST.alert.identifier, update.alert.identifier]


def test_a_circle_of_alerts_ends() -> None:
    draft = msgspec.structs.replace(FIRST, follows=ONE)
    lives = alerts_of([drafted(ONE, draft), *issued(ONE, draft)], now=NOW)
    assert len(chain_of(lives, lives[0])) == 1


@st.composite
def histories(draw):
    """Random acts of several desks on several alerts, many at the very same instant."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    entries = []
    for alert in (ONE, TWO):
        drafts = [made(chance.choice(("shelter", "advice")), at=NOW)]
        entries.append(drafted(alert, drafts[0], by=chance.choice(("usr_ann", "usr_bob"))))
        for _ in range(chance.randrange(4)):
            base = chance.choice(drafts)
            at = NOW + timedelta(minutes=chance.randrange(3))
            draft = made(chance.choice(("shelter", "advice", "being_verified")), at=at)
            draft = msgspec.structs.replace(draft, revises=digest_of(base))
            drafts.append(draft)
            by = chance.choice(("usr_ann", "usr_bob", "usr_eve"))
            entries.append(edited(alert, draft, by=by, minutes=chance.randrange(2)))
        for _ in range(chance.randrange(4)):
            by, draft = chance.choice(("usr_ann", "usr_bob", "usr_eve")), chance.choice(drafts)
            entries.append(approved(alert, draft, by=by, minutes=chance.randrange(2)))
        if chance.random() < 0.6:
            trying = tried(alert, chance.choice(drafts), minutes=chance.randrange(2))
            entries.append(trying)
            if chance.random() < 0.7:
                entries.append(ended(trying, is_issued=chance.random() < 0.7))
    return entries


@given(entries=histories(), seed=st.integers(0, 2**32))
def test_order_and_duplicates_of_entries_change_nothing(entries, seed: int) -> None:
    chance = random.Random(seed)
    shuffled = [*entries, *chance.choices(entries, k=3)]
    chance.shuffle(shuffled)
    assert alerts_of(shuffled, now=NOW) == alerts_of(entries, now=NOW)


@given(entries=histories())
def test_nobody_is_counted_as_second_person_for_words_of_their_own(entries) -> None:
    for life in alerts_of(entries, now=NOW):
        assert not {one.by for one in life.approvals} & set(life.authors)
        assert (life.state is State.APPROVED) <= bool(life.approvals)
        assert (life.state is State.ISSUED) == (life.issue is not None)


@pytest.mark.parametrize("hours", [0, 1, 3, 100])
def test_a_later_clock_never_brings_an_alert_back(hours: int) -> None:
    entries = [drafted(ONE, FIRST), *issued(ONE, FIRST)]
    before = state(*entries, now=NOW + timedelta(hours=hours))
    after = state(*entries, now=NOW + timedelta(hours=hours + 1))
    assert not (before is State.EXPIRED and after is not State.EXPIRED)


def test_the_place_of_the_world_is_known() -> None:
    assert FIRST.places == (IZIUM,)
