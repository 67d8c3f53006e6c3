"""Passwords: hashed with argon2id, two at a time, and no faster for a login that does not exist."""

import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from vidomo.core.errors import ConfigError

SHORTEST, LONGEST = 12, 256
"""Characters. NIST SP 800-63B asks for at least 8 and no rules on signs; 12 is our own choice."""
_AT_ONCE = threading.Semaphore(2)
"""Hashes made at a time: each takes 64 MiB, and sign-ins must not starve the pages."""
_HASHER = PasswordHasher()  # argon2id, 64 MiB, three passes: RFC 9106, second choice


def hash_of(password: str) -> str:
    """Return the hash that is kept."""
    with _AT_ONCE:
        return _HASHER.hash(_normal(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password belongs to a hash; takes as long where there is no such login.

    Args:
        password: As typed.
        kept: The hash; None where nobody has that login.
    """
    with _AT_ONCE:
        try:
            _HASHER.verify(_nobody() if kept is None else kept, _normal(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def checked_password(password: str, *, login: str) -> str:
    """Return a password that may be taken.

    Raises:
        ConfigError: Too short, too long, or the login itself.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise ConfigError(
            f"a password has {SHORTEST} to {LONGEST} characters, not {len(password)}",
            hint="four words that do not belong together are easy to keep in mind",
        )
    if login.casefold() in password.casefold() or len(set(password)) < SHORTEST // 3:
        raise ConfigError("this password is too easy to guess", hint="leave the login out of it")
    return password


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


@cache
def _nobody() -> str:
    """Return the hash that an unknown login is checked against; nothing matches it."""
    return _HASHER.hash("nobody signs in with this")
