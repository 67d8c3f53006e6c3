"""The index of alerts as Atom and RSS: one entry a file, with its digest."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime

import msgspec
from lxml import etree
from lxml.etree import _Element as Element

from vidomo.core.time import format_instant
from vidomo.publish.alerts.model import NAMESPACE, Alert, Info
from vidomo.publish.alerts.text import tidied
from vidomo.publish.alerts.write import cap_time

ATOM = "http://www.w3.org/2005/Atom"
DIGEST = "urn:vidomo:digest:1"
"""Namespace of the element that holds the SHA-256 of a file, in hex."""
MIME = "application/cap+xml"


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the index.

    Attributes:
        alert: What the file says.
        href: Where it lies, absolute.
        sha256: Digest of its bytes, in hex.
        over: That a newer message took its place, in the words of the index; empty while none did.
        over_at: When that one was sent.
    """

    alert: Alert
    href: str
    sha256: str
    over: str = ""
    over_at: datetime | None = None


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """What stands at the head of an index.

    Attributes:
        title: What it is an index of; who runs it stands in ``author``.
        home: Address of the page for people; ``itself`` of the index file.
        updated: When it was made.
    """

    title: str
    author: str
    home: str
    itself: str
    updated: datetime
    lang: str = "uk"


def listed(
    alert: Alert, body: bytes, *, href: str, over: str = "", over_at: datetime | None = None
) -> Listed:
    """Return the entry of a signed file; of one that is over it says so first."""
    digest = hashlib.sha256(body).hexdigest()
    return Listed(alert=alert, href=href, sha256=digest, over=over, over_at=over_at)


def atom(index: Index, entries: Sequence[Listed]) -> bytes:
    """Return the index as Atom, newest message first.

    Source: RFC 4287.
    """
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "cap": NAMESPACE, "v": DIGEST})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", index.lang)
    _say(root, f"{{{ATOM}}}id", index.itself)
    _say(root, f"{{{ATOM}}}title", index.title)
    _say(root, f"{{{ATOM}}}updated", format_instant(index.updated))
    _say(_node(root, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", index.author)
    _node(root, f"{{{ATOM}}}link", rel="self", type="application/atom+xml", href=index.itself)
    _node(root, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=index.home)
    for one in _newest(entries):
        _entry(_node(root, f"{{{ATOM}}}entry"), one, index.lang)
    return _bytes(root)


def rss(index: Index, entries: Sequence[Listed]) -> bytes:
    """Return the index as RSS, newest message first.

    Source: RSS 2.0 of the RSS Advisory Board.
    """
    root = etree.Element("rss", nsmap={"atom": ATOM, "cap": NAMESPACE, "v": DIGEST}, version="2.0")
    channel = _node(root, "channel")
    _say(channel, "title", index.title)
    _say(channel, "link", index.home)
    _say(channel, "description", index.author)
    _say(channel, "language", index.lang)
    _say(channel, "lastBuildDate", _mail_time(index.updated))
    _node(channel, f"{{{ATOM}}}link", rel="self", type="application/rss+xml", href=index.itself)
    for one in _newest(entries):
        item = _node(channel, "item")
        info = _info(one.alert, index.lang)
        _say(item, "title", _title(one, info))
        _say(item, "link", one.href)
        _say(item, "description", _summary(one))
        _say(_node(item, "guid", isPermaLink="false"), None, _id(one.alert))
        _say(item, "pubDate", _mail_time(one.alert.sent))
        _facts(item, one, info)
    return _bytes(root)


def _entry(node: Element, one: Listed, lang: str) -> None:
    info = _info(one.alert, lang)
    _say(node, f"{{{ATOM}}}id", _id(one.alert))
    _say(node, f"{{{ATOM}}}title", _title(one, info))
    _say(node, f"{{{ATOM}}}updated", format_instant(one.over_at or one.alert.sent))
    _say(node, f"{{{ATOM}}}published", format_instant(one.alert.sent))
    _say(node, f"{{{ATOM}}}summary", _summary(one))
    _node(node, f"{{{ATOM}}}link", rel="alternate", type=MIME, href=one.href)
    _facts(node, one, info)


def _facts(node: Element, one: Listed, info: Info | None) -> None:
    _say(node, f"{{{NAMESPACE}}}identifier", one.alert.identifier)
    _say(node, f"{{{NAMESPACE}}}sender", one.alert.sender)
    _say(node, f"{{{NAMESPACE}}}sent", cap_time(one.alert.sent, "sent"))
    _say(node, f"{{{NAMESPACE}}}status", one.alert.status)
    _say(node, f"{{{NAMESPACE}}}msgType", one.alert.msg_type)
    if info is not None and info.expires is not None:
        _say(node, f"{{{NAMESPACE}}}expires", cap_time(info.expires, "expires"))
    _say(node, f"{{{DIGEST}}}sha256", one.sha256)


def _id(alert: Alert) -> str:
    return f"urn:vidomo:alert:{alert.sender}:{alert.identifier}"


def _info(alert: Alert, lang: str) -> Info | None:
    fitting = [one for one in alert.infos if one.language.lower().startswith(lang)]
    return next(iter((*fitting, *alert.infos)), None)


def _title(one: Listed, info: Info | None) -> str:
    alert = one.alert
    said = (info.headline or info.event) if info else f"{alert.msg_type} {alert.identifier}"
    return f"{one.over} {said}".strip()


def _summary(one: Listed) -> str:
    # Readers show many entries at once: what is over must not look like what stands.
    parts = [one.over] if one.over else []
    parts += [
        text
        for info in one.alert.infos
        for text in (info.headline, info.description, info.instruction)
        if text
    ]
    return "\n\n".join(parts) or one.alert.note or one.alert.identifier


def _newest(entries: Sequence[Listed]) -> list[Listed]:
    return sorted(entries, key=lambda one: (one.alert.sent, one.alert.identifier), reverse=True)


def _mail_time(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC).replace(microsecond=0), usegmt=True)


def _node(parent: Element, name: str, **attributes: str) -> Element:
    return etree.SubElement(parent, name, attributes)


def _say(node: Element, name: str | None, text: str) -> None:
    where = node if name is None else etree.SubElement(node, name)
    where.text = tidied(str(text), str(name))


def _bytes(root: Element) -> bytes:
    etree.indent(root, space=" ")
    body: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return body + b"\n"
