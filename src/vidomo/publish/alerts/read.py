"""An alert file read back into a message."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from lxml.etree import _Element as Element

from vidomo.core.errors import InputError
from vidomo.core.time import parse_instant
from vidomo.publish.alerts.model import (
    NAMESPACE,
    Alert,
    Area,
    Category,
    Certainty,
    Info,
    MsgType,
    NamedValue,
    Reference,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
)
from vidomo.publish.alerts.parse import HostileXml, NotXml, opened
from vidomo.publish.alerts.schema import broken_schema
from vidomo.publish.alerts.text import unlisted

_LAT_LON = 2
E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


def read_alert(body: bytes) -> Alert:
    """Return the message that a file of CAP 1.2 holds; its signature is not looked at.

    Raises:
        InputError: No such file, or a value in it cannot be understood.
    """
    try:
        root = opened(body)
    except (HostileXml, NotXml) as error:
        raise InputError(f"no alert file: {error}", hint="see vidomo alert verify") from error
    if root.tag != f"{{{NAMESPACE}}}alert":
        raise InputError(f"no alert of CAP 1.2: {root.tag}", hint="see vidomo alert verify")
    problems = broken_schema(root)
    if problems:
        raise InputError(f"not valid: {problems[0].found}", hint="see vidomo alert verify")
    return alert_of(root)


def alert_of(root: Element) -> Alert:
    """Return the message of a valid tree.

    Comments and processing instructions are no part of any value.

    Raises:
        InputError: A time, coordinate or reference is none.
    """
    return Alert(
        identifier=_text(root, "identifier"),
        sender=_text(root, "sender"),
        sent=_instant(_text(root, "sent")),
        status=_of(Status, _text(root, "status")),
        msg_type=_of(MsgType, _text(root, "msgType")),
        scope=_of(Scope, _text(root, "scope")),
        source=_text(root, "source"),
        restriction=_text(root, "restriction"),
        addresses=unlisted(_text(root, "addresses")),
        code=_texts(root, "code"),
        note=_text(root, "note"),
        references=tuple(_reference(item) for item in _text(root, "references").split()),
        incidents=unlisted(_text(root, "incidents")),
        infos=tuple(_info(node) for node in _nodes(root, "info")),
    )


def _info(node: Element) -> Info:
    return Info(
        language=_text(node, "language"),
        category=tuple(_of(Category, text) for text in _texts(node, "category")),
        event=_text(node, "event"),
        response_type=tuple(_of(ResponseType, text) for text in _texts(node, "responseType")),
        urgency=_of(Urgency, _text(node, "urgency")),
        severity=_of(Severity, _text(node, "severity")),
        certainty=_of(Certainty, _text(node, "certainty")),
        audience=_text(node, "audience"),
        event_code=_pairs(node, "eventCode"),
        effective=_maybe(_instant, _text(node, "effective")),
        onset=_maybe(_instant, _text(node, "onset")),
        expires=_maybe(_instant, _text(node, "expires")),
        sender_name=_text(node, "senderName"),
        headline=_text(node, "headline"),
        description=_text(node, "description"),
        instruction=_text(node, "instruction"),
        web=_text(node, "web"),
        contact=_text(node, "contact"),
        parameter=_pairs(node, "parameter"),
        resource=tuple(_resource(part) for part in _nodes(node, "resource")),
        area=tuple(_area(part) for part in _nodes(node, "area")),
    )


def _resource(node: Element) -> Resource:
    return Resource(
        resource_desc=_text(node, "resourceDesc"),
        mime_type=_text(node, "mimeType"),
        size=_maybe(int, _text(node, "size")),
        uri=_text(node, "uri"),
        deref_uri=_text(node, "derefUri"),
        digest=_text(node, "digest"),
    )


def _area(node: Element) -> Area:
    return Area(
        area_desc=_text(node, "areaDesc"),
        polygons=tuple(_ring(text) for text in _texts(node, "polygon")),
        circles=tuple(_circle(text) for text in _texts(node, "circle")),
        geocodes=_pairs(node, "geocode"),
        altitude=_maybe(_number, _text(node, "altitude")),
        ceiling=_maybe(_number, _text(node, "ceiling")),
    )


def _ring(text: str) -> tuple[tuple[float, float], ...]:
    return tuple(_point(pair) for pair in text.split())


def _circle(text: str) -> tuple[float, float, float]:
    centre, _, radius_km = text.strip().partition(" ")
    return (*_point(centre), _number(radius_km))


def _point(text: str) -> tuple[float, float]:
    parts = text.split(",")
    if len(parts) != _LAT_LON:
        raise InputError(f"{text!r} is no point", hint="write latitude,longitude")
    return _number(parts[0]), _number(parts[1])


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise InputError(
            f"{text!r} is no number", hint="degrees and kilometres in figures"
        ) from error


def _reference(text: str) -> Reference:
    sender, _, rest = text.partition(",")
    identifier, _, sent = rest.rpartition(",")
    if not sender or not identifier:
        raise InputError(f"{text!r} names no message", hint="write sender,identifier,sent")
    return Reference(sender, identifier, _instant(sent))


def _instant(text: str) -> datetime:
    return parse_instant(text)


def _of(kind: type[E], text: str) -> E:
    try:
        return kind(text)
    except ValueError as error:
        raise InputError(f"{text!r} is no {kind.__name__}", hint="see CAP 1.2, 3.2") from error


def _maybe(read: Callable[[str], T], text: str) -> T | None:
    return read(text) if text else None


def _nodes(node: Element, name: str) -> list[Element]:
    found: list[Element] = node.findall(f"{{{NAMESPACE}}}{name}")
    return found


def _texts(node: Element, name: str) -> tuple[str, ...]:
    # string() leaves out comments, which .text would cut a value at.
    return tuple(str(part.xpath("string()")).strip() for part in _nodes(node, name))


def _text(node: Element, name: str) -> str:
    return next(iter(_texts(node, name)), "")


def _pairs(node: Element, name: str) -> tuple[NamedValue, ...]:
    return tuple(
        NamedValue(_text(part, "valueName"), _text(part, "value")) for part in _nodes(node, name)
    )
