"""Where a server may listen, and what the policy file says."""

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from vidomo.core.errors import ConfigError
from vidomo.disclosure.policy import (
    Policy,
    bundled_policies,
    in_force,
    load_policy,
    may_listen,
)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_this_machine_may_be_listened_on(host: str) -> None:
    assert may_listen("operator-only", host)


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "::", "192.168.1.7", "", "example.org", "localhost.example.org", "127.0.0.1.nip"],
)
def test_every_other_address_is_refused(host: str) -> None:
    assert not may_listen("operator-only", host)


def test_every_rule_names_its_reason_and_its_source() -> None:
    policy = load_policy("operator-only")
    assert policy.rules
    assert all(rule.why and rule.source for rule in policy.rules)
    assert policy.rule("nothing of the kind") is None


def test_a_policy_that_is_not_there_is_named() -> None:
    with pytest.raises(ConfigError, match="'public'"):
        may_listen("public", "127.0.0.1")


# ---- which policy is in force, and what each rule must tell ---------------------------------


def dated(since: str) -> Policy:
    return msgspec.structs.replace(load_policy("ua-public"), since=date.fromisoformat(since))


@pytest.mark.parametrize(
    ("day", "since"),
    [
        ("2026-02-28", "2026-01-01"),
        ("2026-03-01", "2026-03-01"),
        ("2026-12-31", "2026-03-01"),
        ("2020-01-01", "2026-01-01"),
    ],
)
def test_the_newest_policy_that_has_begun_is_in_force_and_the_first_before_it(
    day: str, since: str
) -> None:
    found = in_force(
        [dated("2026-03-01"), load_policy("operator-only"), dated("2026-01-01")],
        "ua-public",
        on=date.fromisoformat(day),
    )
    assert found is not None
    assert str(found.since) == since


def test_there_is_no_policy_of_a_name_that_nobody_gave() -> None:
    assert in_force([dated("2026-03-01")], "other", on=date(2026, 4, 1)) is None


@pytest.mark.parametrize("policy", bundled_policies(), ids=lambda one: f"{one.id} {one.since}")
def test_every_rule_has_an_id_of_its_own_a_reason_and_a_source(policy: Policy) -> None:
    assert len({rule.id for rule in policy.rules}) == len(policy.rules)
    for rule in policy.rules:
        assert rule.why
        assert rule.source
        assert rule.verified or "our own choice" not in rule.source


def test_what_was_read_only_at_second_hand_is_marked_as_not_verified() -> None:
    for rule in load_policy("ua-public").rules:
        if re.search(r"order|statement|ministry|Code|OCHA", rule.source):
            assert not rule.verified


def test_the_docs_list_every_rule_with_its_source() -> None:
    page = (Path(__file__).parents[2] / "docs" / "gate.md").read_text("utf-8")
    assert "ounsel must review" in page
    for rule in load_policy("ua-public").rules:
        line = next(line for line in page.splitlines() if line.startswith(f"| `{rule.id}` |"))
        assert rule.source in line
        assert rule.why in line
        assert line.endswith("| yes |" if rule.verified else "| **no** |")
        assert rule.hours is None or f"{rule.hours:g} h" in line


def test_residents_pages_may_be_served_anywhere_and_the_desk_may_not() -> None:
    assert may_listen("ua-public", "0.0.0.0")
    assert not may_listen("operator-only", "0.0.0.0")
    assert load_policy("ua-public").is_public
    assert not load_policy("operator-only").is_public
