"""Policy files: what may be shown, to whom, and where a server may listen."""

import ipaddress
import tomllib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

import msgspec

from vidomo.core.errors import ConfigError


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of policy.

    Attributes:
        withholds: What kind of thing: standing, speakerless, untraced, topic, kind, place, grain,
            object, quote, product or invitation; ``docs/gate.md`` tells what each means.
        values: What the rule names, such as standings, topics or kinds of findings.
        why: What it keeps from whom, in one sentence.
        source: Where the rule comes from.
        verified: Whether somebody has read the source itself and found the rule in it.
        reading: How we read the source, where it can be read in more than one way.
        hours: How long; None where time alone never lets anything pass.
        people: Fewer inhabitants than this make a place small.
        level: Nothing that the rule is about is told finer than a unit of this level.
        topics: What the rule is about; a last dot stands for all that begins so.
        releasable: Whether two people may let one statement pass before time.
    """

    id: str
    withholds: str
    values: tuple[str, ...]
    why: str
    source: str
    verified: bool = False
    reading: str = ""
    hours: float | None = None
    people: int | None = None
    level: str = ""
    topics: tuple[str, ...] = ()
    releasable: bool = False

    def until(self, said: datetime | None) -> datetime | None:
        """Return when something said then may pass; None when time alone never lets it."""
        if self.hours is None or said is None:
            return None
        return said + timedelta(hours=self.hours)

    def is_about(self, topic: str) -> bool:
        """Whether the rule is about a topic."""
        return any(
            topic == one or (one[-1:] == "." and topic.startswith(one)) for one in self.topics
        )


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One dated policy file.

    Attributes:
        since: From which day on it is in force.
        listen: loopback, or anywhere.
        listen_reason: Why other addresses are refused, for people.
        authority: Whose rules these are; empty for our own.
        is_public: Whether residents see what passes; then nothing passes but what a rule allows.
        note: What a reader of the policy has to know first.
        extends: Name of the policy whose rules hold too, after the own ones.
    """

    id: str
    since: date
    audience: str
    listen: str
    listen_reason: str = ""
    listen_hint: str = ""
    rules: tuple[Rule, ...]
    authority: str = ""
    is_public: bool = False
    note: str = ""
    extends: str = ""

    def rule(self, withholds: str, value: str | None = None) -> Rule | None:
        """Return the first rule that withholds a kind of thing, None when the policy has none.

        Args:
            withholds: The kind of thing.
            value: What the rule has to name; None for any rule of the kind.
        """
        return next(
            (
                rule
                for rule in self.rules
                if rule.withholds == withholds and (value is None or value in rule.values)
            ),
            None,
        )


@cache
def bundled_policies() -> tuple[Policy, ...]:
    """Return every bundled policy file, oldest first."""
    folder = files("vidomo.disclosure") / "policies"
    found = [
        msgspec.convert(tomllib.loads(item.read_text(encoding="utf-8")), Policy)
        for item in folder.iterdir()
        if item.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda policy: (policy.since, policy.id)))


def in_force(policies: Iterable[Policy], name: str, *, on: date) -> Policy | None:
    """Return the newest of the policies of a name that began by a day.

    The first one also holds for the days before it: that no rule was written yet is no reason
    to show something without rules. None when there is none of that name at all.
    """
    named = sorted((one for one in policies if one.id == name), key=lambda one: one.since)
    begun = [one for one in named if one.since <= on]
    return begun[-1] if begun else next(iter(named), None)


def load_policy(name: str, *, on: date = date.max) -> Policy:
    """Return a bundled policy as it is in force on a day; by default the newest.

    Of a policy that extends another the own rules come first, so that the first rule of a kind
    is the stricter one.

    Raises:
        ConfigError: There is no policy of that name.
    """
    found = in_force(bundled_policies(), name, on=on)
    if found is None:
        known = ", ".join(sorted({one.id for one in bundled_policies()}))
        raise ConfigError(f"there is no policy {name!r}", hint=f"there are: {known}")
    if not found.extends:
        return found
    base = load_policy(found.extends, on=on)
    return msgspec.structs.replace(found, rules=(*found.rules, *base.rules))


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
