"""Where a message may go: every status with every scope, in earnest and in an exercise."""

from itertools import product

import pytest

from vidomo.desk.alerts.outlets import Outlet, is_for_residents, outlets_of
from vidomo.publish.alerts.model import Scope, Status

PUBLIC = {Outlet.PUBLIC_TREE, Outlet.PUBLIC_FEED}
EXERCISE = {Outlet.EXERCISE_TREE, Outlet.EXERCISE_FEED}
DESK = {Outlet.DESK}
# Written down anew from the rule, not from the table: who may see what, for all thirty rows.
EXPECTED = {
    ("live", "Actual", "Public"): PUBLIC | DESK,
    ("live", "Actual", "Restricted"): DESK,
    ("live", "Actual", "Private"): DESK,
    ("live", "System", "Restricted"): DESK,
    ("live", "System", "Private"): DESK,
    ("live", "Test", "Restricted"): DESK,
    ("live", "Test", "Private"): DESK,
    ("exercise", "Exercise", "Public"): EXERCISE | DESK,
    ("exercise", "Exercise", "Restricted"): DESK,
    ("exercise", "Exercise", "Private"): DESK,
    ("exercise", "System", "Restricted"): DESK,
    ("exercise", "System", "Private"): DESK,
    ("exercise", "Test", "Restricted"): DESK,
    ("exercise", "Test", "Private"): DESK,
}
ALL = list(product(("live", "exercise"), Status, Scope, Outlet))


def test_there_are_a_hundred_and_fifty_combinations() -> None:
    assert len(ALL) == 150


@pytest.mark.parametrize(("house", "status", "scope", "outlet"), ALL)
def test_a_message_goes_where_it_may_and_nowhere_else(house, status, scope, outlet) -> None:
    found = outlets_of(status, scope, is_exercise=house == "exercise")
    assert (outlet in found) == (outlet in EXPECTED.get((house, status, scope), set()))


def test_nothing_is_ever_beside_the_other_kind() -> None:
    for house, status, scope in product((False, True), Status, Scope):
        found = outlets_of(status, scope, is_exercise=house)
        assert not (found & PUBLIC and found & EXERCISE)
        assert not (found & PUBLIC) or status is Status.ACTUAL
        assert not (found & EXERCISE) or status is Status.EXERCISE


def test_only_trees_and_feeds_are_for_residents() -> None:
    assert is_for_residents(frozenset(PUBLIC))
    assert not is_for_residents(frozenset(DESK))
    assert not is_for_residents(frozenset())
