"""Whether an index of alerts keeps the rules of Atom or RSS."""

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from vidomo.core.problems import Problem
from vidomo.publish.alerts.feed import ATOM

_HEAD = frozenset(
    {
        "author",
        "category",
        "contributor",
        "entry",
        "generator",
        "icon",
        "id",
        "link",
        "logo",
        "rights",
        "subtitle",
        "title",
        "updated",
    }
)
_ENTRY = frozenset(
    {
        "author",
        "category",
        "content",
        "contributor",
        "id",
        "link",
        "published",
        "rights",
        "source",
        "summary",
        "title",
        "updated",
    }
)
_ONCE = ("id", "title", "updated")
_MOST = 20


def broken_feed(root: Element) -> tuple[Problem, ...]:
    """Return what breaks the rules of a feed, at most twenty findings.

    Source: RFC 4287, sections 4.1.1 and 4.1.2; RSS 2.0, required elements of channel and item.
    """
    telling = _atom(root) if root.tag == f"{{{ATOM}}}feed" else _rss(root)
    found = [Problem(code="feed", found=text, where=f"line {line}") for line, text in telling]
    return tuple(found[:_MOST])


def _atom(root: Element) -> Iterator[tuple[int, str]]:
    entries = root.findall(f"{{{ATOM}}}entry")
    has_author = root.find(f"{{{ATOM}}}author") is not None
    yield from _parts(root, _HEAD)
    for entry in entries:
        yield from _parts(entry, _ENTRY)
        if not has_author and entry.find(f"{{{ATOM}}}author") is None:
            yield _line(entry), "neither the feed nor the entry names an author"
        links = entry.findall(f"{{{ATOM}}}link")
        is_linked = any(link.get("rel", "alternate") == "alternate" for link in links)
        if entry.find(f"{{{ATOM}}}content") is None and not is_linked:
            yield _line(entry), "an entry without content leads nowhere"


def _parts(node: Element, known: frozenset[str]) -> Iterator[tuple[int, str]]:
    names = [
        etree.QName(part).localname
        for part in node.iterchildren(etree.Element)
        if etree.QName(part).namespace == ATOM
    ]
    for name in _ONCE:
        if names.count(name) != 1:
            yield _line(node), f"{name} is there {names.count(name)} times, not once"
    for name in sorted(set(names) - known):
        yield _line(node), f"{name} is no element of Atom"


def _rss(root: Element) -> Iterator[tuple[int, str]]:
    channels = root.findall("channel")
    if len(channels) != 1:
        yield _line(root), f"{len(channels)} channels, not one"
    for channel in channels:
        for name in ("title", "link", "description"):
            if channel.find(name) is None:
                yield _line(channel), f"the channel has no {name}"
        for item in channel.findall("item"):
            if item.find("title") is None and item.find("description") is None:
                yield _line(item), "an item without title and description"


def _line(node: Element) -> int:
    return int(node.sourceline or 0)
