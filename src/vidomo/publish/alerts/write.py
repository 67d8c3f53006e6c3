"""The canonical XML bytes of an alert message, unsigned."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from lxml import etree
from lxml.etree import _Element as Element

from vidomo.core.errors import InputError
from vidomo.core.time import KYIV
from vidomo.publish.alerts.model import NAMESPACE, Alert, Area, Info, NamedValue, Resource
from vidomo.publish.alerts.text import bare, listed, tidied

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
# Outside these years the zone has offsets with seconds, which CAP cannot say, or no rules at all.
_YEARS = range(1970, 2100)
_PLACES = 5  # of a degree: a metre; what is told is coarser by far


def write_alert(alert: Alert) -> bytes:
    """Return a message as XML: UTF-8, exclusive canonical form, indented, one way only.

    Texts get plain line ends and lose blanks at their ends; times get the offset of Kyiv and lose
    their fractions, since CAP knows none; degrees keep five places.

    Raises:
        InputError: A text, time or number cannot stand in a CAP file.
    """
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})
    _say(root, "identifier", bare(alert.identifier, "identifier"))
    _say(root, "sender", bare(alert.sender, "sender"))
    _say(root, "sent", cap_time(alert.sent, "sent"))
    _say(root, "status", alert.status)
    _say(root, "msgType", alert.msg_type)
    _optional(root, "source", alert.source)
    _say(root, "scope", alert.scope)
    _optional(root, "restriction", alert.restriction)
    _optional(root, "addresses", listed(alert.addresses, "addresses"))
    _each(root, "code", alert.code)
    _optional(root, "note", alert.note)
    _optional(root, "references", " ".join(_references(alert)))
    _optional(root, "incidents", listed(alert.incidents, "incidents"))
    for info in alert.infos:
        _info(root, info)
    etree.indent(root, space=" ")
    return canonical(root)


def canonical(root: Element) -> bytes:
    """Return the bytes of a tree in exclusive canonical form, with a declaration in front."""
    body: bytes = etree.tostring(root, method="c14n", exclusive=True, with_comments=False)
    return DECLARATION + body + b"\n"


def cap_time(instant: datetime, where: str) -> str:
    """Return an instant as CAP writes it: seconds, the offset of Kyiv, never ``Z``.

    Raises:
        InputError: The time has no zone, or lies outside the years 1970 to 2099.

    Source: CAP 1.2, section 3.3.2; ``Z`` and fractions are refused by its schema.
    """
    return whole_seconds(instant, where).astimezone(KYIV).isoformat()


def whole_seconds(instant: datetime, where: str) -> datetime:
    """Return an aware instant in UTC without fractions.

    Raises:
        InputError: The time has no zone, or lies outside the years 1970 to 2099.
    """
    if instant.tzinfo is None:
        raise InputError(f"{where} is {instant}", hint="a time needs its zone")
    if instant.year not in _YEARS:
        raise InputError(f"{where} is {instant}", hint="a time lies between 1970 and 2099")
    moved = instant.astimezone(UTC) + timedelta(0)
    return moved.replace(microsecond=0)


def degrees(value: float, limit: float, where: str) -> str:
    """Return a coordinate with at most five places.

    Raises:
        InputError: It is no number or lies beyond the limit.
    """
    if not -limit <= value <= limit:
        raise InputError(f"{where} holds {value}", hint="latitude first, then longitude")
    return _number(value)


def _info(root: Element, info: Info) -> None:
    node = etree.SubElement(root, f"{{{NAMESPACE}}}info")
    _optional(node, "language", info.language)
    if not info.category:
        raise InputError("an info has no category", hint="give at least one")
    _each(node, "category", info.category)
    _say(node, "event", _needed(info.event, "event"))
    _each(node, "responseType", info.response_type)
    _say(node, "urgency", info.urgency)
    _say(node, "severity", info.severity)
    _say(node, "certainty", info.certainty)
    _optional(node, "audience", info.audience)
    _pairs(node, "eventCode", info.event_code)
    for name in ("effective", "onset", "expires"):
        instant = getattr(info, name)
        if instant is not None:
            _say(node, name, cap_time(instant, name))
    _optional(node, "senderName", info.sender_name)
    _optional(node, "headline", info.headline)
    _optional(node, "description", info.description)
    _optional(node, "instruction", info.instruction)
    _optional(node, "web", info.web)
    _optional(node, "contact", info.contact)
    _pairs(node, "parameter", info.parameter)
    for resource in info.resource:
        _resource(node, resource)
    for area in info.area:
        _area(node, area)


def _resource(root: Element, resource: Resource) -> None:
    node = etree.SubElement(root, f"{{{NAMESPACE}}}resource")
    _say(node, "resourceDesc", _needed(resource.resource_desc, "resourceDesc"))
    _say(node, "mimeType", _needed(resource.mime_type, "mimeType"))
    if resource.size is not None:
        _say(node, "size", str(resource.size))
    _optional(node, "uri", resource.uri)
    _optional(node, "derefUri", resource.deref_uri)
    _optional(node, "digest", resource.digest)


def _area(root: Element, area: Area) -> None:
    node = etree.SubElement(root, f"{{{NAMESPACE}}}area")
    _say(node, "areaDesc", _needed(area.area_desc, "areaDesc"))
    for ring in area.polygons:
        points = [
            f"{degrees(lat, 90, 'polygon')},{degrees(lon, 180, 'polygon')}" for lat, lon in ring
        ]
        _say(node, "polygon", " ".join(points))
    for lat, lon, radius_km in area.circles:
        centre = f"{degrees(lat, 90, 'circle')},{degrees(lon, 180, 'circle')}"
        _say(node, "circle", f"{centre} {degrees(radius_km, 20_040, 'circle')}")
    _pairs(node, "geocode", area.geocodes)
    for name in ("altitude", "ceiling"):
        feet = getattr(area, name)
        if feet is not None:
            _say(node, name, degrees(feet, 1e6, name))


def _references(alert: Alert) -> Iterable[str]:
    for item in alert.references:
        sender, identifier = bare(item.sender, "references"), bare(item.identifier, "references")
        yield f"{sender},{identifier},{cap_time(item.sent, 'references')}"


def _pairs(root: Element, name: str, pairs: Iterable[NamedValue]) -> None:
    for pair in pairs:
        node = etree.SubElement(root, f"{{{NAMESPACE}}}{name}")
        _say(node, "valueName", _needed(pair.value_name, name))
        _say(node, "value", _needed(pair.value, name))


def _each(root: Element, name: str, texts: Iterable[str]) -> None:
    for text in texts:
        _say(root, name, _needed(text, name))


def _optional(root: Element, name: str, text: str) -> None:
    kept = tidied(text, name)
    if kept:
        _say(root, name, kept)


def _needed(text: str, name: str) -> str:
    kept = tidied(text, name)
    if not kept:
        raise InputError(f"{name} is empty", hint="say it, or leave the whole part out")
    return kept


def _say(root: Element, name: str, text: str) -> None:
    etree.SubElement(root, f"{{{NAMESPACE}}}{name}").text = str(text)


def _number(value: float) -> str:
    text = f"{value:.{_PLACES}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
