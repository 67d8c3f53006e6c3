"""People at the desk, what they may do, and where."""

import enum
import re
from collections.abc import Callable, Sequence
from typing import Annotated

import msgspec

from vidomo.core.errors import ConfigError

COUNTRY = "UA"
"""Code of the whole country in the codifier."""
_LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?")
_LONGEST = 120


class Role(enum.IntEnum):
    """What a person may do; each role may do what those before it may."""

    VIEWER = 1
    EDITOR = 2
    APPROVER = 3
    ADMIN = 4


class Grant(msgspec.Struct, frozen=True):
    """A role over a territory.

    Attributes:
        role: The role.
        territory: Code of a place, with all that lies within it; ``UA`` for the whole country.
    """

    role: Role
    territory: str


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may sign in.

    Attributes:
        id: ``usr_`` and a digest; stands in the audit trail instead of the name.
        login: What is typed to sign in.
        name: Name; never leaves this machine.
        office: Office or shift, in the person's words.
        grants: Roles, each over a territory.
        has_second_factor: Whether a code is asked for beside the password.
        is_disabled: Whether signing in is refused.
    """

    id: str
    login: str
    name: Annotated[str, msgspec.Meta(max_length=_LONGEST)]
    office: str = ""
    grants: tuple[Grant, ...] = ()
    has_second_factor: bool = False
    is_disabled: bool = False

    @property
    def highest(self) -> int:
        """The highest role anywhere, 0 for none."""
        return max((grant.role for grant in self.grants), default=0)


def may(
    person: Person, role: Role, places: Sequence[str], *, within: Callable[[str, str], bool]
) -> bool:
    """Return whether a person has a role over every one of some places.

    Args:
        person: Who.
        role: The role that is needed; a higher one does too.
        places: Codes; none at all means the whole country.
        within: Whether a place lies in a territory, or is it.
    """
    if person.is_disabled:
        return False
    granted = [grant.territory for grant in person.grants if grant.role >= role]
    return all(
        any(territory in (COUNTRY, place) or within(place, territory) for territory in granted)
        for place in places or (COUNTRY,)
    )


def may_anywhere(person: Person, role: Role) -> bool:
    """Return whether a person has a role over any territory."""
    return not person.is_disabled and person.highest >= role


def role_named(word: str) -> Role:
    """Return a role by its name.

    Raises:
        ConfigError: There is none of that name.
    """
    try:
        return Role[word.upper()]
    except KeyError as error:
        names = ", ".join(role.name.lower() for role in Role)
        raise ConfigError(f"{word!r} is no role", hint=f"one of {names}") from error


def checked_login(login: str) -> str:
    """Return a login in its one form.

    Raises:
        ConfigError: Other letters than Latin ones, digits, point, dash and underscore.
    """
    found = login.strip().lower()
    if not _LOGIN.fullmatch(found):
        raise ConfigError(
            f"{login[:40]!r} cannot be a login",
            hint="Latin letters, digits, point, dash and underscore; at most 40",
        )
    return found


def checked_name(name: str, *, what: str) -> str:
    """Return a name or an office without blanks around it.

    Raises:
        ConfigError: Empty, or longer than 120 characters.
    """
    found = " ".join(name.split())
    if not found or len(found) > _LONGEST:
        raise ConfigError(f"a {what} has 1 to {_LONGEST} characters, not {len(found)}")
    return found
