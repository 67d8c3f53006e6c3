"""Policy files: what may be shown, to whom, and where a server may listen."""

import ipaddress
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from vidomo.core.errors import ConfigError


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of policy.

    Attributes:
        withholds: standing (statements of those standings) or speakerless (figures).
        values: What the rule names, such as standings.
        source: Where the rule comes from.
    """

    id: str
    withholds: str
    values: tuple[str, ...]
    why: str
    source: str


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One dated policy file.

    Attributes:
        listen: loopback, or anywhere.
        listen_reason: Why other addresses are refused, for people.
    """

    id: str
    since: date
    audience: str
    listen: str
    listen_reason: str
    listen_hint: str
    rules: tuple[Rule, ...]

    def rule(self, withholds: str) -> Rule | None:
        """Return the rule that withholds a kind of thing, None when the policy has none."""
        return next((rule for rule in self.rules if rule.withholds == withholds), None)


@cache
def load_policy(name: str) -> Policy:
    """Return a bundled policy.

    Raises:
        ConfigError: There is no policy of that name.
    """
    table = files("vidomo.disclosure") / "policies" / f"{name}.toml"
    if not name.replace("-", "").isalnum() or not table.is_file():
        raise ConfigError(f"there is no policy {name!r}", hint="the policy is operator-only")
    return msgspec.convert(tomllib.loads(table.read_text(encoding="utf-8")), Policy)


def may_listen(policy: str, host: str) -> bool:
    """Return whether a server under this policy may listen on an address.

    Args:
        policy: Name of the policy.
        host: Address or name as given by the operator. A name other than
            ``localhost`` is never taken for this machine, whatever it resolves to.

    Raises:
        ConfigError: There is no policy of that name.
    """
    if load_policy(policy).listen != "loopback":
        return True
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
