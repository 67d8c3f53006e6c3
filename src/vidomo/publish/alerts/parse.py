"""XML of strangers, opened at bounded cost, or refused before anything in it is followed."""

from typing import NoReturn
from xml.parsers import expat

from lxml import etree
from lxml.etree import _Element as Element

LARGEST = 2_000_000
"""Bytes of a file that is read at all; the largest index at hand has 600,000."""
_DEEPEST = 40  # elements inside one another; CAP needs 5, a feed with an alert in it 9
_MOST = 200_000  # elements
_MOST_ATTRIBUTES = 100  # of one element; CAP has none, a feed a handful
_LONGEST_NAME = 1000


class NotXml(Exception):
    """The bytes are no well-formed XML."""


class HostileXml(Exception):
    """The bytes are refused unread: what they do has no place in an alert file."""


def opened(body: bytes) -> Element:
    """Return the root of a document that was first walked through without building anything.

    The walk stops at the first document type declaration, so that no entity is ever declared, let
    alone expanded or fetched. The tree is then built with entities, network and DTD off.

    Raises:
        HostileXml: A DOCTYPE, too large, too deep, or too many elements.
        NotXml: Not well-formed.

    Source: CVE-2003-1564 (entities within entities), CWE-611 (external entities).
    """
    if len(body) > LARGEST:
        raise HostileXml(f"larger than {LARGEST} bytes")
    _walk(body)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=False,
    )
    try:
        root: Element = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotXml(str(error)) from error
    shown = root.getroottree().docinfo
    if shown.doctype or shown.internalDTD is not None:  # pragma: no cover - the walk stops before
        raise HostileXml("a document type declaration")
    return root


def _walk(body: bytes) -> None:
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > _DEEPEST:
            raise HostileXml(f"more than {_DEEPEST} elements inside one another")
        if count > _MOST or len(name) > _LONGEST_NAME:
            raise HostileXml(f"more than {_MOST} elements, or a name without end")
        if len(attributes) > _MOST_ATTRIBUTES:
            raise HostileXml(f"more than {_MOST_ATTRIBUTES} attributes of one element")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_parts: object) -> NoReturn:
        raise HostileXml("a document type declaration: entities are never read")

    walker = expat.ParserCreate()
    walker.StartElementHandler = start
    walker.EndElementHandler = end
    walker.StartDoctypeDeclHandler = doctype
    try:
        walker.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise NotXml(str(error)) from error
