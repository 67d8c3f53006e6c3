"""Sealing: words that can be made unreadable for good without taking a record away."""

import base64
import binascii
import secrets
from datetime import datetime
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vidomo.core.errors import ConfigError, NothingKnown
from vidomo.desk.entry import Entry, entry

ERASED = "seal.erased"
"""What the entry of an erasure is called."""
_MARK = "s1."
"""Beginning of sealed words, so that a later way of sealing can be told from this one."""
_KEY_BYTES = 32
_NONCE_BYTES = 12  # NIST SP 800-38D section 8.2; drawn anew each time under a key for one thing
_BLOCK_BYTES = 64
"""Words are filled up to a multiple of this, so that their length tells no name."""


class Keys(Protocol):
    """The one place where keys are kept, outside the journal: what is destroyed there is gone."""

    def sealing_key(self, thing: str) -> bytes | None:
        """Return the key of a thing, None when it has none or no longer."""
        ...

    def keep_sealing_key(self, thing: str, key: bytes) -> None:
        """Keep the key of a thing, durable on return."""
        ...

    def destroy_sealing_key(self, thing: str) -> bool:
        """Take the key of a thing away for good; return whether there was one."""
        ...


def new_key() -> bytes:
    """Return a fresh key for one thing."""
    return secrets.token_bytes(_KEY_BYTES)


def seal(text: str, key: bytes) -> str:
    """Return words that only the key opens (AES-256-GCM, NIST SP 800-38D).

    Args:
        text: The words; letters that are none (lone surrogates) are replaced.
        key: 32 bytes, for this thing alone.
    """
    plain = text.encode("utf-8", "replace") + b"\x80"
    plain += bytes(-len(plain) % _BLOCK_BYTES)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    closed = nonce + AESGCM(key).encrypt(nonce, plain, _MARK.encode())
    return _MARK + base64.urlsafe_b64encode(closed).decode()


def unseal(sealed: str, key: bytes | None) -> str | None:
    """Return sealed words; None without the key, with another one, or where they were changed."""
    if key is None or not sealed.startswith(_MARK):
        return None
    try:
        closed = base64.urlsafe_b64decode(sealed.removeprefix(_MARK))
        nonce, rest = closed[:_NONCE_BYTES], closed[_NONCE_BYTES:]
        plain = AESGCM(key).decrypt(nonce, rest, _MARK.encode())
    except (InvalidTag, ValueError, binascii.Error):
        return None
    return plain.rstrip(b"\0").removesuffix(b"\x80").decode()


def erasure(
    thing: str, keys: Keys, *, by: str, at: datetime, reason: str, place: str = ""
) -> Entry:
    """Return the entry that says that the words of a thing are to be gone, and by whose word.

    Write it down first, then call :func:`destroy_erased`: a machine that stops in between has
    the entry, and the next call destroys the key.

    Raises:
        ConfigError: No reason.
        NothingKnown: Nothing is sealed there, or no longer.
    """
    if not reason.strip():
        raise ConfigError("an erasure needs a reason", hint="say who asked for it and why")
    if keys.sealing_key(thing) is None:
        raise NothingKnown(f"nothing is sealed under {thing}", hint="it may be erased already")
    return entry(ERASED, subject=thing, by=by, at=at, place=place, reason=reason.strip())


def erased(entries: tuple[Entry, ...]) -> frozenset[str]:
    """Return the ids of all things whose words are erased."""
    return frozenset(one.subject for one in entries if one.what == ERASED)


def destroy_erased(entries: tuple[Entry, ...], keys: Keys) -> int:
    """Destroy every key whose erasure is written down; return how many there still were."""
    return sum(keys.destroy_sealing_key(thing) for thing in sorted(erased(entries)))
