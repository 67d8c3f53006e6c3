"""The versions of the data as an Atom feed."""

from datetime import UTC, date, datetime, time

from lxml import etree

from vidomo.core.time import format_instant
from vidomo.publish.opendata.ledger import Ledger
from vidomo.publish.opendata.words import data_words, run_by
from vidomo.publish.words import LANGUAGES

_ATOM = "http://www.w3.org/2005/Atom"


def as_feed(ledger: Ledger, *, publisher: str, address: str = "") -> bytes:
    """Return the feed of changes (RFC 4287), the newest version first.

    Args:
        ledger: This version and those before it.
        publisher: Who publishes the data.
        address: Where the package is served, with a last slash; empty where nobody knows.
    """
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", LANGUAGES[0])
    _add(feed, "id", "urn:vidomo:open-data")
    _add(feed, "title", _both("feed.title"))
    _add(feed, "subtitle", run_by(publisher))
    _add(feed, "updated", _moment(ledger.last_day))
    _add(_add(feed, "author"), "name", publisher)
    if address:
        link = _add(feed, "link")
        link.set("rel", "self")
        link.set("href", f"{address}changes.atom")
    for mark in ledger.marks:
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:vidomo:open-data:{mark.version}")
        _add(entry, "title", f"{_both('feed.version')} {mark.version}")
        _add(entry, "updated", _moment(mark.last_day))
        counts = {"added": mark.added, "changed": mark.changed, "withdrawn": mark.withdrawn}
        text = "\n".join(data_words(lang)("feed.counts", **counts) for lang in LANGUAGES)
        _add(entry, "content", text).set("type", "text")
        if address:
            link = _add(entry, "link")
            link.set("rel", "alternate")
            link.set("href", f"{address}changes.csv")
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = text or None
    return child


def _moment(day: date) -> str:
    return format_instant(datetime.combine(day, time(0), UTC))


def _both(key: str) -> str:
    return " / ".join(data_words(lang)(key) for lang in LANGUAGES)
