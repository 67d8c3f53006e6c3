"""Sessions: how long a sign-in holds, and the secrets that prove it."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

import msgspec

IDLE = timedelta(hours=2)
"""A desk that nobody touched for so long signs its person out. Own choice: a shift has lulls."""
ABSOLUTE = timedelta(hours=13)
"""A sign-in never holds longer: a shift of twelve hours and the hand-over."""
SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last request is remembered."""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One sign-in of one person; the table holds a digest of the token, never the token.

    Attributes:
        key: SHA-256 of the token that the cookie carries.
        person: Id of the person.
        csrf: Secret that every form must send back.
        began_at: When the person signed in; ``seen_at`` the last request, to the minute.
        lang: uk or en.
        notice: What the next page tells once.
    """

    key: str
    person: str
    csrf: str
    began_at: datetime
    seen_at: datetime
    lang: str = "uk"
    notice: str = ""

    def holds(self, now: datetime) -> bool:
        """Whether it is neither too old nor left alone too long."""
        return now < self.began_at + ABSOLUTE and now < self.seen_at + IDLE


def new_session(person: str, *, at: datetime, lang: str) -> tuple[str, Session]:
    """Return a token for the cookie and the session that it opens."""
    token = secrets.token_urlsafe(32)
    return token, Session(
        key=key_of(token),
        person=person,
        csrf=secrets.token_urlsafe(32),
        began_at=at,
        seen_at=at,
        lang=lang,
    )


def key_of(token: str) -> str:
    """Return what the table knows a token by."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_same_secret(given: str, expected: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(given.encode(), expected.encode())
