"""Where a server may listen, and what the policy file says."""

import pytest

from vidomo.core.errors import ConfigError
from vidomo.disclosure.policy import load_policy, may_listen


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
