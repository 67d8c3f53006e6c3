"""What a library of others reads in an alert file, in our words."""

from datetime import UTC, datetime

from cap_tools import models as theirs
from xsdata.formats.dataclass.parsers import XmlParser

from vidomo.publish.alerts.model import (
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

PARSER = XmlParser()


def read_by_others(body: bytes) -> Alert:
    """The message of a file as ``cap-tools`` reads it, field by field."""
    read = PARSER.from_bytes(body, theirs.Alert)
    return Alert(
        identifier=read.identifier,
        sender=read.sender,
        sent=_time(read.sent),
        status=Status(read.status.value),
        msg_type=MsgType(read.msg_type.value),
        scope=Scope(read.scope.value),
        source=read.source or "",
        restriction=read.restriction or "",
        addresses=tuple(read.addresses_to_list()),
        code=tuple(read.codes),
        note=read.note or "",
        references=tuple(
            Reference(one.sender, one.identifier, _time(one.sent))
            for one in (
                theirs.Reference.from_string(text) for text in (read.references or "").split()
            )
        ),
        incidents=tuple(read.incidents_to_list()),
        infos=tuple(_info(one) for one in read.infos),
    )


def _info(read: theirs.Info) -> Info:
    return Info(
        language=read.language or "",
        category=tuple(Category(one.value) for one in read.categories),
        event=read.event,
        response_type=tuple(ResponseType(one.value) for one in read.response_types),
        urgency=Urgency(read.urgency.value),
        severity=Severity(read.severity.value),
        certainty=Certainty(read.certainty.value),
        audience=read.audience or "",
        event_code=_pairs(read.event_codes),
        effective=_time(read.effective),
        onset=_time(read.onset),
        expires=_time(read.expires),
        sender_name=read.sender_name or "",
        headline=read.headline or "",
        description=read.description or "",
        instruction=read.instruction or "",
        web=read.web or "",
        contact=read.contact or "",
        parameter=_pairs(read.parameters),
        resource=tuple(
            Resource(
                resource_desc=one.resource_desc,
                mime_type=one.mime_type,
                size=one.size,
                uri=one.uri or "",
                deref_uri=one.deref_uri or "",
                digest=one.digest or "",
            )
            for one in read.resources
        ),
        area=tuple(
            Area(
                area_desc=one.area_desc,
                polygons=tuple(
                    tuple(
                        (float(lat), float(lon))
                        for lat, lon in (p.split(",") for p in ring.split())
                    )
                    for ring in one.polygons
                ),
                geocodes=_pairs(one.geocodes),
                altitude=None if one.altitude is None else float(one.altitude),
                ceiling=None if one.ceiling is None else float(one.ceiling),
            )
            for one in read.areas
        ),
    )


def _pairs(read: list[theirs.EventCode]) -> tuple[NamedValue, ...]:
    return tuple(NamedValue(one.value_name.value, one.value.value) for one in read)


def _time(read: object) -> datetime | None:
    return None if read is None else read.to_datetime().astimezone(UTC)
