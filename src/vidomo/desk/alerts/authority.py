"""Who runs this: without an authority on record nothing goes out as official."""

import re
from collections.abc import Iterable

import msgspec

from vidomo.core.codec import from_json
from vidomo.core.problems import Problem
from vidomo.desk.entry import Entry
from vidomo.publish.publisher import Publisher

SET = "alert.authority"
"""What an entry is called in which the authority is put on record."""
SUBJECT = "authority"
UNOFFICIAL_SENDER = "unofficial@vidomo.invalid"
"""Sender of what no authority stands behind; ``.invalid`` can be nobody's (RFC 2606)."""
UNOFFICIAL_WEB = "https://vidomo.invalid/"
"""Page of what no authority stands behind: a message needs one, and this one leads nowhere."""
_SENDER = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_WEB = re.compile(r"https://[^\s/]+\.[^\s]+")
_NEEDED = ("name", "name_en", "legal_basis", "sender", "contact", "web", "territory")


class Authority(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the operator has put on record of the authority.

    Attributes:
        name: The body as it is called in Ukrainian; ``name_en`` in English.
        legal_basis: The act that lets it warn the public, with number and date.
        sender: Its identifier in messages, an address of its own such as ``cap@city.example``.
        contact: How people reach it.
        web: Its own page, https.
        territory: KATOTTG code that it is competent for; ``UA`` for the country.
        address: Where these files are served, https; that of ``web`` when empty.
        second_factor_in: KATOTTG codes in which a second person needs a second factor.
    """

    name: str = ""
    name_en: str = ""
    legal_basis: str = ""
    sender: str = ""
    contact: str = ""
    web: str = ""
    territory: str = ""
    address: str = ""
    second_factor_in: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether all is there that a public message in earnest needs."""
        return not problems_of(self)


def problems_of(authority: Authority) -> tuple[Problem, ...]:
    """Return everything that is missing or no such thing; empty when it is complete."""
    found = [
        Problem(code="missing", found=f"{name} is not on record", hint="vidomo desk authority set")
        for name in _NEEDED
        if not getattr(authority, name).strip()
    ]
    if authority.sender and not _SENDER.fullmatch(authority.sender):
        found.append(
            Problem(
                code="sender",
                found=f"{authority.sender!r} is no sender identifier",
                hint="an address of the body in plain letters, such as cap@city.example",
            )
        )
    for name in ("web", "address"):
        text = getattr(authority, name)
        if text and not _WEB.fullmatch(text):
            found.append(
                Problem(
                    code=name,
                    found=f"{text!r} is no address of a page",
                    hint="such as https://city.example",
                )
            )
    return tuple(found)


def authority_in(entries: Iterable[Entry]) -> Authority:
    """Return the authority as it was last put on record; an empty one when nobody did."""
    made = [one for one in entries if one.what == SET]
    if not made:
        return Authority()
    return from_json(bytes(max(made, key=lambda one: (one.at, one.id)).body), Authority)


def publisher_of(authority: Authority) -> Publisher:
    """Return who stands behind pages and files: the authority, or whoever gave a name."""
    return Publisher(
        name=authority.name, name_en=authority.name_en, is_official=authority.is_complete
    )
