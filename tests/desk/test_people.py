"""Who may do what, and where."""

import pytest
from hypothesis import given, strategies as st

from vidomo.core.errors import ConfigError
from vidomo.desk.people import (
    COUNTRY,
    Grant,
    Person,
    Role,
    checked_login,
    checked_name,
    may,
    may_anywhere,
    role_named,
)
from vidomo.gazetteer import Gazetteer

IZIUM, RAION, OBLAST = "UA63040090010029555", "UA63040000000023521", "UA63000000000041885"
LVIV = "UA46000000000026241"
within = Gazetteer.open().within


def person(*grants: Grant, **more: object) -> Person:
    return Person(id="usr_1", login="olena", name="Олена", grants=grants, **more)


def test_a_role_reaches_down_into_its_territory_and_nowhere_else() -> None:
    editor = person(Grant(Role.EDITOR, RAION))
    assert may(editor, Role.EDITOR, [IZIUM], within=within)
    assert may(editor, Role.VIEWER, [RAION], within=within)
    assert not may(editor, Role.EDITOR, [OBLAST], within=within)
    assert not may(editor, Role.EDITOR, [LVIV], within=within)
    assert not may(editor, Role.APPROVER, [IZIUM], within=within)


def test_one_place_out_of_reach_is_enough_to_refuse() -> None:
    editor = person(Grant(Role.EDITOR, RAION))
    assert not may(editor, Role.EDITOR, [IZIUM, LVIV], within=within)
    both = person(Grant(Role.EDITOR, RAION), Grant(Role.EDITOR, LVIV))
    assert may(both, Role.EDITOR, [IZIUM, LVIV], within=within)


def test_no_place_means_the_whole_country() -> None:
    assert not may(person(Grant(Role.ADMIN, OBLAST)), Role.EDITOR, [], within=within)
    assert may(person(Grant(Role.EDITOR, COUNTRY)), Role.EDITOR, [], within=within)
    assert may(person(Grant(Role.EDITOR, COUNTRY)), Role.EDITOR, [IZIUM], within=within)


def test_whoever_is_disabled_may_nothing() -> None:
    gone = person(Grant(Role.ADMIN, COUNTRY), is_disabled=True)
    assert not may(gone, Role.VIEWER, [IZIUM], within=within)
    assert not may_anywhere(gone, Role.VIEWER)


@given(
    st.lists(st.tuples(st.sampled_from(Role), st.sampled_from((RAION, OBLAST, LVIV, COUNTRY)))),
    st.sampled_from(Role),
    st.lists(st.sampled_from((IZIUM, RAION, OBLAST, LVIV))),
)
def test_a_lower_role_may_never_more_than_a_higher_one(grants, role, places) -> None:
    some = person(*(Grant(*one) for one in grants))
    for lower in Role:
        if lower <= role and may(some, role, places, within=within):
            assert may(some, lower, places, within=within)
            assert may_anywhere(some, lower)


def test_roles_have_names() -> None:
    assert role_named("Editor") is Role.EDITOR
    with pytest.raises(ConfigError, match="no role"):
        role_named("king")


@pytest.mark.parametrize("login", ["Olena", " olena ", "o.k-1_x", "a"])
def test_a_login_is_taken_in_small_letters(login: str) -> None:
    assert checked_login(login) == login.strip().lower()


@pytest.mark.parametrize("login", ["", "олена", "a b", ".a", "a.", "a" * 41, "a/b", "a\n"])
def test_a_login_of_other_signs_is_refused(login: str) -> None:
    if login == "a\n":
        assert checked_login(login) == "a"
        return
    with pytest.raises(ConfigError, match="cannot be a login"):
        checked_login(login)


def test_a_name_is_short_and_has_no_blanks_around_it() -> None:
    assert checked_name("  Олена   К. ", what="name") == "Олена К."
    for wrong in ("", "   ", "x" * 121):
        with pytest.raises(ConfigError, match="a name has"):
            checked_name(wrong, what="name")
