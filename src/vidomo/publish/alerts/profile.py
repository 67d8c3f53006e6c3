"""Our profile of CAP 1.2: the rules that our own files keep beyond the schema.

The rules are numbered as in docs/cap-profile.md. Files of others may break them and be good files.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from vidomo.core.errors import InputError
from vidomo.core.problems import Problem
from vidomo.publish.alerts.model import Alert, Info, MsgType, ResponseType, Scope, Status
from vidomo.publish.alerts.profile_area import broken_area
from vidomo.publish.alerts.words import address_words, exercise_words, trial_words
from vidomo.publish.alerts.write import write_alert

PROFILE = "profile:vidomo-ua:1.0"
"""What the element ``code`` of our files says, so that a receiver knows which rules they keep."""
EVENT_LIST = "OET:v1.2"
"""The ``valueName`` of an event code: OASIS Event Terms List, version 1.2."""
LONGEST_H = 72
"""Hours from its beginning that a message may hold at most; what holds longer is said again."""
HEADLINE = 160
"""Characters that a headline may have, as CAP 1.2 advises, section 3.2.2."""
LONGEST = 4000
"""Characters that any one text may have: more than anybody reads in a cellar."""
_LAST_TERM = 223
_LONGEST_SENDER = 254  # of an address, RFC 5321
_SENDER = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_IDENTIFIER = re.compile(
    r"(?:(?P<mark>exercise|test|system)\.)?[a-z0-9][a-z0-9.-]{1,80}\."
    r"(?P<at>\d{8}T\d{6}Z)\.[0-9a-f]{8,20}"
)
_MARKS = {Status.EXERCISE: "exercise", Status.TEST: "test", Status.SYSTEM: "system"}
_TERM = re.compile(r"OET-(\d{3})")
_WEB = re.compile(r"https?://[^\s/]{1,253}(?:/[^\s]{0,1000})?")
_LANGS = ("uk", "en")
_AFTER = frozenset({MsgType.UPDATE, MsgType.CANCEL, MsgType.ACK, MsgType.ERROR})
_BETWEEN_MACHINES = frozenset({MsgType.ACK, MsgType.ERROR})

Rule = Callable[[Alert], Iterator[str]]


def broken_rules(alert: Alert) -> tuple[Problem, ...]:
    """Return every rule of the profile that a message breaks; empty when it is one of ours."""
    return tuple(
        Problem(code=code, found=found, hint="docs/cap-profile.md")
        for code, rule in RULES.items()
        for found in rule(alert)
    )


def identifier_for(*, sender: str, sent: datetime, status: Status, token: str) -> str:
    """Return an identifier in the form of rule P04.

    Args:
        sender: The sender's identifier; its domain is taken.
        sent: As in the message.
        status: What is not in earnest says so in front.
        token: 8 to 20 hex digits that no other message of that second has.
    """
    domain = re.sub(r"[^a-z0-9.-]", "-", sender.rpartition("@")[2].lower()).strip(".-")
    mark = f"{_MARKS[status]}." if status in _MARKS else ""
    return f"{mark}{domain}.{sent.astimezone(UTC):%Y%m%dT%H%M%SZ}.{token}"


def texts_of(alert: Alert) -> tuple[str, ...]:
    """Return everything in a message that people read, but whom they may ask.

    The contact stays the same from message to message, and may be the address of an office.
    """
    own = (alert.note, alert.source, alert.restriction, *alert.incidents)
    infos = (
        (
            info.event,
            info.audience,
            info.sender_name,
            info.headline,
            info.description,
            info.instruction,
            *(area.area_desc for area in info.area),
            *(pair.value for pair in info.parameter),
            *(part.resource_desc for part in info.resource),
        )
        for info in alert.infos
    )
    return tuple(text for text in (*own, *(one for info in infos for one in info)) if text)


def _clean(alert: Alert) -> Iterator[str]:
    try:
        write_alert(alert)
    except InputError as error:
        yield error.message
    if PROFILE not in alert.code:
        yield f"code {PROFILE} is missing"


def _languages(alert: Alert) -> Iterator[str]:
    found = tuple(info.language.partition("-")[0].lower() for info in alert.infos)
    if alert.msg_type in _BETWEEN_MACHINES and not found:
        return
    if found != _LANGS:
        yield f"infos in {', '.join(one or 'no language' for one in found) or 'no language'}, not uk and en"


_EQUAL = (
    "category",
    "response_type",
    "urgency",
    "severity",
    "certainty",
    "event_code",
    "effective",
    "onset",
    "expires",
)


def _agreeing(alert: Alert) -> Iterator[str]:
    for info in alert.infos[1:]:
        first = alert.infos[0]
        for name in _EQUAL:
            if getattr(info, name) != getattr(first, name):
                yield f"{name} differs between the languages"
        if _where(info) != _where(first):
            yield "areas differ between the languages"


def _where(info: Info) -> tuple[object, ...]:
    return tuple((one.geocodes, one.polygons, one.circles) for one in info.area)


def _sender(alert: Alert) -> Iterator[str]:
    if len(alert.sender) > _LONGEST_SENDER or not _SENDER.fullmatch(alert.sender):
        yield f"sender {alert.sender[:_LONGEST_SENDER]!r} is no address of a body, such as cap@city.example"


def _identifier(alert: Alert) -> Iterator[str]:
    match = _IDENTIFIER.fullmatch(alert.identifier)
    if match is None:
        yield f"identifier {alert.identifier!r} is not body.YYYYMMDDTHHMMSSZ.token"
        return
    if match["at"] != f"{alert.sent.astimezone(UTC):%Y%m%dT%H%M%SZ}":
        yield "the time in the identifier is not when it was sent"
    if (match["mark"] or "") != _MARKS.get(alert.status, ""):
        yield f"the identifier does not begin as that of status {alert.status}"


def _references(alert: Alert) -> Iterator[str]:
    if alert.msg_type in _AFTER and not alert.references:
        yield f"{alert.msg_type} names no earlier message"
    if alert.msg_type is MsgType.ALERT and alert.references:
        yield "a first alert refers to an earlier message"
    for item in alert.references:
        if item.identifier == alert.identifier:
            yield "it refers to itself"
        elif item.sent > alert.sent:
            yield f"{item.identifier} was sent later"
        if alert.msg_type in {MsgType.UPDATE, MsgType.CANCEL} and item.sender != alert.sender:
            yield f"{item.identifier} is of another sender"


def _expiry(alert: Alert) -> Iterator[str]:
    for info in alert.infos:
        begins = info.effective or alert.sent
        if info.expires is None:
            yield "no time at which it expires"
        elif info.expires <= begins:
            yield "it expires before it begins"
        elif info.expires - begins > timedelta(hours=LONGEST_H):
            yield f"it holds longer than {LONGEST_H} hours"


def _order(alert: Alert) -> Iterator[str]:
    for info in alert.infos:
        if info.onset is not None and info.expires is not None and info.onset > info.expires:
            yield "the event is to begin after the message expires"


def _events(alert: Alert) -> Iterator[str]:
    for info in alert.infos:
        terms = [pair.value for pair in info.event_code if pair.value_name == EVENT_LIST]
        if len(info.event_code) != len(terms) or len(terms) > 1:
            yield f"event codes other than one of {EVENT_LIST}"
        for term in terms:
            match = _TERM.fullmatch(term)
            if match is None or int(match[1]) > _LAST_TERM:
                yield f"{term!r} is no term of {EVENT_LIST}"


def _exact(alert: Alert) -> Iterator[str]:
    for text in texts_of(alert):
        if address_words(text[:LONGEST]):
            yield "a text names one building or point"
            return


def _draft(alert: Alert) -> Iterator[str]:
    if alert.status is Status.DRAFT:
        yield "a draft is no message"


def _scope(alert: Alert) -> Iterator[str]:
    if bool(alert.restriction) != (alert.scope is Scope.RESTRICTED):
        yield "a restriction and scope Restricted go together"
    if bool(alert.addresses) != (alert.scope is Scope.PRIVATE):
        yield "addresses and scope Private go together"
    if alert.scope is Scope.PUBLIC and alert.msg_type in _BETWEEN_MACHINES:
        yield f"{alert.msg_type} is for machines, not for the public"
    if alert.scope is Scope.PUBLIC and alert.status is Status.SYSTEM:
        yield "status System is for machines, not for the public"


def _earnest(alert: Alert) -> Iterator[str]:
    if alert.status is not Status.ACTUAL:
        return
    for text in (*texts_of(alert), *(info.contact for info in alert.infos)):
        for word in (*exercise_words(text[:LONGEST]), *trial_words(text[:LONGEST])):
            yield f"status Actual, but a text says {word!r}"


def _said_so(alert: Alert) -> Iterator[str]:
    telling = {Status.EXERCISE: exercise_words, Status.TEST: trial_words}.get(alert.status)
    if telling is None:
        return
    if not telling(alert.note[:LONGEST]):
        yield f"status {alert.status}, but the note does not say so"
    for info in alert.infos:
        if not telling(info.headline[:LONGEST], lang=info.language.partition("-")[0].lower()):
            yield f"status {alert.status}, but the headline in {info.language} does not say so"


def _texts(alert: Alert) -> Iterator[str]:
    for text in (*texts_of(alert), *(info.contact for info in alert.infos)):
        if len(text) > LONGEST:
            yield f"a text of {len(text)} characters, more than {LONGEST}"
    for info in alert.infos:
        for name in ("sender_name", "headline", "description"):
            if not getattr(info, name).strip():
                yield f"{name} is empty in {info.language}"
        if len(info.headline) > HEADLINE:
            yield f"the headline in {info.language} is longer than {HEADLINE} characters"
        is_open = alert.status is Status.ACTUAL and alert.scope is Scope.PUBLIC
        if is_open and not info.contact.strip():
            yield f"nobody to ask is named in {info.language}"


def _web(alert: Alert) -> Iterator[str]:
    for info in alert.infos:
        if not _WEB.fullmatch(info.web):
            yield f"web {info.web!r} leads to no page"
        for part in info.resource:
            if part.deref_uri or not _WEB.fullmatch(part.uri):
                yield "a resource that is not a link"


def _all_clear(alert: Alert) -> Iterator[str]:
    for info in alert.infos:
        if ResponseType.ALL_CLEAR in info.response_type and len(info.response_type) > 1:
            yield "an all-clear that asks for something else as well"


RULES: dict[str, Rule] = {
    "P01": _clean,
    "P02": _languages,
    "P03": _agreeing,
    "P04": _identifier,
    "P05": _sender,
    "P06": _references,
    "P07": _expiry,
    "P08": _order,
    "P09": broken_area,
    "P10": _events,
    "P11": _exact,
    "P12": _draft,
    "P13": _scope,
    "P14": _earnest,
    "P15": _said_so,
    "P16": _texts,
    "P17": _web,
    "P18": _all_clear,
}
"""The rules by their numbers; each yields what breaks it."""
