"""Read the entries of an RSS or Atom feed; hostile XML is refused before anything reads it."""

import email.utils
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import feedparser
import msgspec
from lxml import etree, html

from vidomo.core.errors import SourceUnavailable
from vidomo.core.ids import content_id
from vidomo.core.time import Interval, day_interval, instant_interval
from vidomo.sources.fetch import Page
from vidomo.sources.files.article import drop_scripts, parse_page
from vidomo.sources.files.row import RowRefused, moment_of

MOST_ENTRIES = 500
"""Entries of one feed: none that we know has more than 200."""
MOST_BYTES = 4_000_000
"""Size of a feed: the largest that we know have one megabyte."""
_BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"})


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed.

    Attributes:
        id: Its guid or id, else its link.
        title: Heading, without markup.
        link: Address of the article, empty when there is none.
        summary: The feed's own words, the longer of summary and content, without markup.
        published: When; a time without a zone gives its day.
        updated: When the feed says that it was changed.
        digest: Of title and link: when it changes, the article is read again at once.
    """

    id: str
    title: str
    link: str
    summary: str
    published: Interval | None
    updated: datetime | None
    digest: str


def read_entries(page: Page) -> tuple[Entry, ...]:
    """Return the entries of a feed in its own order.

    Raises:
        SourceUnavailable: No feed, not well-formed, with a DTD, or without entries.
    """
    _refuse_hostile(page.body)
    # No markup is kept, so the reader's own cleaning of it is left out: it can be made slow.
    # A stream, never the bytes themselves: a string could be taken for an address or a file.
    found = feedparser.parse(
        io.BytesIO(page.body),
        response_headers={"content-type": "application/xml", "content-location": page.url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries: dict[str, Entry] = {}
    for raw in found.entries:
        entry = _entry(raw)
        if entry is not None:
            entries.setdefault(entry.id, entry)
    if not entries:
        raise SourceUnavailable("the feed has no entries", hint="this is not the same as no news")
    return tuple(entries.values())


def plain_words(markup: str) -> str:
    """Return the words of a piece of HTML, a line for each block."""
    if "<" not in markup and "&" not in markup:
        return "\n".join(line for line in map(_squeezed, markup.split("\n")) if line)
    tree = parse_page(f"<div>{markup}</div>")
    if tree is None:
        return ""
    drop_scripts(tree)
    lines = "".join(_pieces(tree)).split("\n")
    return "\n".join(line for line in map(_squeezed, lines) if line)


def _refuse_hostile(body: bytes) -> None:
    if len(body) > MOST_BYTES:
        raise SourceUnavailable(f"the feed is larger than {MOST_BYTES:,} bytes")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        tree = etree.parse(io.BytesIO(body), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise SourceUnavailable(f"this is no whole feed: {str(error)[:160]}") from error
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
        raise SourceUnavailable("the feed brings a document type of its own: refused")
    if sum(1 for _ in tree.iter("{*}item", "{*}entry")) > MOST_ENTRIES:
        raise SourceUnavailable(f"the feed has more than {MOST_ENTRIES} entries")
    name = etree.QName(tree.getroot()).localname
    if name not in {"rss", "feed", "RDF"}:
        raise SourceUnavailable(f"this is <{name[:40]}>, no RSS or Atom feed")


def _entry(raw: Any) -> Entry | None:
    # The reader of feeds answers a missing "updated" with "published"; plain dictionaries do not.
    fields: Mapping[str, Any] = dict(raw)
    link = str(fields.get("link") or "")
    entry_id = str(fields.get("id") or link).strip()
    title = _squeezed(plain_words(str(fields.get("title") or "")).replace("\n", " "))
    bodies = [str(fields.get("summary") or "")]
    bodies += [str(part.get("value") or "") for part in fields.get("content") or ()]
    summary = max((plain_words(body) for body in bodies), key=len)
    if not entry_id or not (title or summary):
        return None
    published, updated = str(fields.get("published") or ""), str(fields.get("updated") or "")
    posted = _moment(published) or _moment(updated)
    changed = _moment(updated) if published else None
    return Entry(
        id=entry_id[:500],
        title=title,
        link=link,
        summary=summary,
        published=posted,
        updated=_changed(posted, changed),
        digest=content_id("ent", title, link),
    )


def _changed(posted: Interval | None, changed: Interval | None) -> datetime | None:
    if posted is None or changed is None or not changed.is_instant:
        return None
    return changed.start if changed.start > posted.start else None


def _moment(written: str) -> Interval | None:
    """Return a time as RFC 5322 (RSS) or ISO 8601 (Atom) writes it, None for anything else."""
    written = written.strip()
    if not written:
        return None
    try:
        found = email.utils.parsedate_to_datetime(written)
    except (TypeError, ValueError, OverflowError):
        return _iso(written)
    if found.tzinfo is None:
        return day_interval(found.date())
    return instant_interval(found.astimezone(UTC))


def _iso(written: str) -> Interval | None:
    try:
        return moment_of("date", written)
    except RowRefused as error:
        if error.code != "time_without_zone":
            return None
    return moment_of("date", written[:10])


def _pieces(tree: html.HtmlElement) -> list[str]:
    pieces: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        is_block = node.tag in _BLOCKS
        if event == "start":
            pieces.append(f"{chr(10) if is_block else ''}{node.text or ''}")
        else:
            pieces.append(f"{chr(10) if is_block else ''}{node.tail or ''}")
    return pieces


def _squeezed(text: str) -> str:
    return " ".join(text.split())
