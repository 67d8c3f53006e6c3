"""Nothing withheld is shown, nothing is shown finer or earlier than its rule, nothing is lost."""

import sys
from functools import cache

import pytest
from hypothesis import event, given, strategies as st

from disclosure import mutants
from disclosure.leaks import leaks, losses
from disclosure.planted import PLANTS, World, world
from vidomo.disclosure.policy import load_policy

SEEDS = st.integers(min_value=0, max_value=2**40)
TRIES = 600
KINDS = tuple(PLANTS)
BY_RULE = [rule.id for rule in load_policy("ua-public").rules if rule.id not in mutants.NOT_BY_RULE]


@cache
def made(seed: int) -> World:
    return world(seed)


@given(SEEDS)
def test_nothing_withheld_is_shown_and_nothing_finer_or_earlier_than_its_rule(seed: int) -> None:
    some = world(seed)
    event("holds something withheld" if some.hidden() else "holds nothing withheld")
    assert list(leaks(some)) == []


@given(SEEDS)
def test_what_may_be_shown_is_shown_at_once(seed: int) -> None:
    assert list(losses(world(seed))) == []


def test_at_least_a_fifth_of_the_worlds_hold_something_withheld() -> None:
    worlds = [made(seed) for seed in range(TRIES)]
    statements = [one for some in worlds for one in some.told()]
    held = sum(bool(some.hidden()) for some in worlds)
    hidden = sum(one.is_hidden(some.now) for some in worlds for one in some.told())
    bare = sum(not some.is_quoted(one) for some in worlds for one in some.shown())
    sys.stdout.write(
        f"{len(worlds)} worlds, {held} hold something withheld; of {len(statements)} statements "
        f"{hidden} are withheld whole, {bare} without their words\n"
    )
    assert held >= len(worlds) / 5
    assert hidden >= len(statements) / 5
    assert hidden <= len(statements) * 4 / 5
    planted = {one.plant for some in worlds for one in some.told()}
    assert planted >= set(KINDS)


def is_caught() -> bool:
    return any(next(leaks(made(seed)), None) is not None for seed in range(TRIES))


@pytest.mark.parametrize("rule", BY_RULE)
def test_a_gate_without_one_of_the_rules_is_caught(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutants.without_rule(monkeypatch, rule)
    assert is_caught()


@pytest.mark.parametrize("rule", ["object-civil", "object-military"])
def test_a_gate_that_is_an_hour_too_early_is_caught(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = next(one.hours for one in mutants.PUBLIC.rules if one.id == rule)
    mutants.with_hours(monkeypatch, rule, hours - 1)
    assert is_caught()


@pytest.mark.parametrize("kind", KINDS)
def test_a_gate_that_lets_one_kind_of_words_pass_is_caught(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = mutants.PUBLIC.rule("quote", kind)
    assert rule is not None
    mutants.without_value(monkeypatch, rule.id, kind)
    assert is_caught()


@pytest.mark.parametrize("mutant", mutants.BY_CODE, ids=lambda one: one.__name__)
def test_a_gate_that_forgets_something_is_caught(mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant(monkeypatch)
    assert is_caught()
