"""A hand-over is closed by two different people who signed the same sheet."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from vidomo.desk.entry import Entry, entry
from vidomo.desk.handover.model import (
    MADE,
    SIDES,
    SIGNED,
    Sheet,
    Side,
    Signing,
    digest_of,
    watches_of,
)

BEGIN = datetime(2026, 1, 10, 5, 0, tzinfo=UTC)
SHEET = Sheet(territory="UA63", at=BEGIN, made_by="usr_1")
OTHER = Sheet(territory="UA46", at=BEGIN, made_by="usr_1")
MAKING = entry(MADE, subject="watch_1", by="usr_1", at=BEGIN, body=SHEET)


def signed(side: Side, by: str, minute: int, *, digest: str = "") -> Entry:
    body = Signing(digest=digest or digest_of(SHEET), side=side)
    at = BEGIN + timedelta(minutes=minute)
    return entry(SIGNED, subject="watch_1", by=by, at=at, body=body)


def test_two_people_close_a_watch() -> None:
    (watch,) = watches_of([MAKING, signed("taking", "usr_2", 1)])
    assert not watch.is_closed
    assert watch.signed("giving") is None
    (watch,) = watches_of([MAKING, signed("taking", "usr_2", 1), signed("giving", "usr_1", 2)])
    assert watch.is_closed
    assert watch.signed("taking").by == "usr_2"


def test_nobody_signs_both_sides_and_nobody_signs_another_sheet() -> None:
    (watch,) = watches_of([MAKING, signed("taking", "usr_2", 1), signed("giving", "usr_2", 2)])
    assert not watch.is_closed
    wrong = digest_of(OTHER)
    (watch,) = watches_of([MAKING, signed("taking", "usr_2", 1, digest=wrong)])
    assert not watch.signatures


SIGNATURES = [
    signed(side, f"usr_{person}", minute)
    for minute, (side, person) in enumerate((side, person) for person in range(3) for side in SIDES)
]


@given(st.lists(st.sampled_from([MAKING, *SIGNATURES]), max_size=20), st.randoms())
def test_order_and_repetition_do_not_matter_and_a_closed_watch_has_two_people(
    entries: list[Entry], dice: random.Random
) -> None:
    shuffled = [*entries, *entries[:3]]
    dice.shuffle(shuffled)
    found = watches_of(entries)
    assert watches_of(shuffled) == found
    for watch in found:
        people = {one.by for one in watch.signatures}
        assert len(people) == len(watch.signatures) <= 2
        assert watch.is_closed == (len(people) == 2)
