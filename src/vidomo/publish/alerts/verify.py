"""What any file that comes as an alert is, and whether it can be relied on."""

import enum
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from cryptography import x509
from lxml import etree
from lxml.etree import _Element as Element

from vidomo.core.errors import InputError
from vidomo.core.problems import Problem
from vidomo.publish.alerts.feed import ATOM, DIGEST
from vidomo.publish.alerts.feed_check import broken_feed
from vidomo.publish.alerts.keys import fingerprint, is_for_exercises
from vidomo.publish.alerts.model import NAMESPACE, Alert, Status
from vidomo.publish.alerts.parse import HostileXml, NotXml, opened
from vidomo.publish.alerts.profile import broken_rules
from vidomo.publish.alerts.read import alert_of
from vidomo.publish.alerts.schema import broken_schema
from vidomo.publish.alerts.signature import (
    SignatureState,
    SignatureVerdict,
    judge_signature,
)

VERSIONS = {
    "http://www.incident.com/cap/1.0": "1.0",
    "urn:oasis:names:tc:emergency:cap:1.1": "1.1",
    NAMESPACE: "1.2",
}
"""Versions of CAP by their namespaces; the last is the one that is judged in full."""
_MOST = 50
_NOT_CHECKED = "not checked"


class Kind(enum.StrEnum):
    """What a file is; ``REFUSED`` was not read at all."""

    ALERT = "alert"
    FEED = "feed"
    OTHER_XML = "other xml"
    NOT_XML = "not xml"
    REFUSED = "refused"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What was found out about one file.

    Attributes:
        file: What the caller calls it.
        cap_version: 1.0, 1.1 or 1.2 of an alert; empty for anything else.
        schema: valid, invalid, older version or not checked.
        profile: ours, not ours or not checked.
        signature: none, method not accepted, bad, untrusted, trusted or not checked.
        attack: What it tries to do; empty when nothing.
        references: right, broken, none or not checked.
        embedded: Versions of alerts inside a file that is none itself.
        problems: All rules broken, with their numbers.
        alert: What it says, where that could be read.
        sha256: Digest of its bytes.
    """

    file: str
    kind: Kind
    sha256: str
    cap_version: str = ""
    schema: str = _NOT_CHECKED
    profile: str = _NOT_CHECKED
    signature: str = _NOT_CHECKED
    signature_detail: str = ""
    signer: str = ""
    attack: str = ""
    references: str = _NOT_CHECKED
    embedded: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    alert: Alert | None = None

    @property
    def is_acceptable(self) -> bool:
        """Whether it is a sound index, or an alert of ours that its sender stands behind.

        An index with whole alerts inside is none: what is inside was not looked at.
        """
        if self.attack or self.references == "broken":
            return False
        if self.kind is Kind.FEED:
            return self.schema == "valid" and not self.embedded
        return (
            self.schema == "valid"
            and self.profile == "ours"
            and self.signature == SignatureState.TRUSTED
        )


def verify_file(
    body: bytes, *, file: str, sha256: str, trusted: Sequence[x509.Certificate] = ()
) -> Verdict:
    """Return what one file is; nothing in it is followed, fetched or expanded.

    Args:
        body: The bytes of the file, at most one more than ``parse.LARGEST``.
        file: What to call it.
        sha256: Digest of its bytes.
        trusted: Certificates of senders that are relied on.
    """
    try:
        return _judged(opened(body), file, sha256, trusted)
    except HostileXml as error:
        return Verdict(file=file, kind=Kind.REFUSED, sha256=sha256, attack=str(error))
    except NotXml as error:
        problem = Problem(code="xml", found=str(error))
        return Verdict(file=file, kind=Kind.NOT_XML, sha256=sha256, problems=(problem,))


def _judged(root: Element, file: str, sha256: str, trusted: Sequence[x509.Certificate]) -> Verdict:
    name = etree.QName(root)
    version = VERSIONS.get(name.namespace or "", "") if name.localname == "alert" else ""
    if root.tag in {f"{{{ATOM}}}feed", "rss"}:
        broken = broken_feed(root)
        return Verdict(
            file=file,
            kind=Kind.FEED,
            sha256=sha256,
            schema="invalid" if broken else "valid",
            embedded=_embedded(root),
            problems=broken,
        )
    if not version:
        return Verdict(file=file, kind=Kind.OTHER_XML, sha256=sha256, embedded=_embedded(root))
    if version != VERSIONS[NAMESPACE]:
        signature = judge_signature(root, trusted=trusted)
        return Verdict(
            file=file,
            kind=Kind.ALERT,
            sha256=sha256,
            cap_version=version,
            schema="older version",
            signature=signature.state,
            signature_detail=signature.detail,
            signer=signature.signer,
        )
    return _alert(root, file, sha256, trusted)


def _alert(root: Element, file: str, sha256: str, trusted: Sequence[x509.Certificate]) -> Verdict:
    broken = broken_schema(root)
    alert = None
    profile = _NOT_CHECKED
    if not broken:
        try:
            alert = alert_of(root)
            broken = (*_bare(root), *broken_rules(alert))
        except InputError as error:
            broken = (Problem(code="P01", found=error.message, hint="docs/cap-profile.md"),)
        profile = "not ours" if broken else "ours"
    signature = _signature(root, alert, trusted)
    return Verdict(
        file=file,
        kind=Kind.ALERT,
        sha256=sha256,
        cap_version=VERSIONS[NAMESPACE],
        schema="valid" if profile != _NOT_CHECKED else "invalid",
        profile=profile,
        signature=signature.state,
        signature_detail=signature.detail,
        signer=signature.signer,
        problems=broken[:_MOST],
        alert=alert,
    )


def _signature(
    root: Element, alert: Alert | None, trusted: Sequence[x509.Certificate]
) -> SignatureVerdict:
    found = judge_signature(root, trusted=trusted, at=None if alert is None else alert.sent)
    if found.state is not SignatureState.TRUSTED:
        return found
    by = next(one for one in trusted if fingerprint(one) == found.signer)
    is_exercise = alert is not None and alert.status is Status.EXERCISE
    if is_for_exercises(by) and not is_exercise:
        return SignatureVerdict(
            state=SignatureState.UNTRUSTED,
            detail="good, by a key that may sign exercises only",
            signer=found.signer,
        )
    return found


def _bare(root: Element) -> tuple[Problem, ...]:
    around = [*root.itersiblings(preceding=True), *root.itersiblings()]
    inside = root.iter(etree.Comment, etree.ProcessingInstruction)
    if not around and next(inside, None) is None:
        return ()
    found = "a comment, stylesheet or instruction beside the message"
    return (Problem(code="P01", found=found, hint="docs/cap-profile.md"),)


def _embedded(root: Element) -> tuple[str, ...]:
    return tuple(
        VERSIONS[str(etree.QName(node).namespace)]
        for node in root.iter(*(f"{{{namespace}}}alert" for namespace in VERSIONS))
    )


def check_references(
    verdicts: Sequence[Verdict], *, index: bytes | None = None
) -> tuple[Verdict, ...]:
    """Return the verdicts with what became of their references to each other.

    An alert that updates, cancels or answers another must name its sender, identifier and time
    exactly, and that message must be among the files or in the index. With an index, each file
    must also be listed there, with the digest of its own bytes where the index gives one.

    Raises:
        InputError: The index is no feed.
    """
    shelf = _Shelf(verdicts, _rows(index) if index is not None else ())
    return tuple(shelf.judged(one) for one in verdicts)


class _Row(msgspec.Struct, frozen=True):
    identifier: str
    sent: datetime | None
    sha256: str


class _Shelf:
    """All messages that are known of, by identifier."""

    def __init__(self, verdicts: Sequence[Verdict], rows: Sequence[_Row]) -> None:
        self._files: dict[str, list[Alert]] = {}
        for one in verdicts:
            if one.alert is not None:
                self._files.setdefault(one.alert.identifier, []).append(one.alert)
        self._rows: dict[str, list[_Row]] = {}
        for row in rows:
            self._rows.setdefault(row.identifier, []).append(row)

    def judged(self, one: Verdict) -> Verdict:
        if one.alert is None:
            return one
        found = [*self._twice(one.alert), *self._missing(one.alert), *self._unlisted(one)]
        problems = tuple(Problem(code="references", found=text) for text in found)
        right = "right" if one.alert.references else "none"
        return msgspec.structs.replace(
            one,
            references="broken" if found else right,
            problems=(*one.problems, *problems)[:_MOST],
        )

    def _twice(self, alert: Alert) -> list[str]:
        others = [one for one in self._files[alert.identifier] if one != alert]
        return [f"another message is called {alert.identifier} too"] if others else []

    def _missing(self, alert: Alert) -> list[str]:
        found = []
        for item in alert.references:
            files = self._files.get(item.identifier, [])
            rows = self._rows.get(item.identifier, [])
            if not files and not rows:
                found.append(f"{item.identifier} is not among the files")
            elif not any(one.as_reference == item for one in files) and not any(
                row.sent in {None, item.sent} for row in rows
            ):
                found.append(f"{item.identifier} has another sender or time than is named")
        return found

    def _unlisted(self, one: Verdict) -> list[str]:
        if not self._rows or one.alert is None:
            return []
        rows = self._rows.get(one.alert.identifier, [])
        if not rows:
            return ["the index does not list it"]
        if all(row.sha256 and row.sha256 != one.sha256 for row in rows):
            return ["the index lists another file under its identifier"]
        return []


def _rows(index: bytes) -> tuple[_Row, ...]:
    try:
        root = opened(index)
    except (HostileXml, NotXml) as error:
        raise InputError(
            f"the index is refused: {error}", hint="give an Atom or RSS file"
        ) from error
    entries = [*root.iter(f"{{{ATOM}}}entry"), *root.iter("item")]
    if root.tag not in {f"{{{ATOM}}}feed", "rss"}:
        raise InputError("the index is no feed", hint="give an Atom or RSS file")
    return tuple(_row(entry) for entry in entries)


def _row(entry: Element) -> _Row:
    sent = entry.findtext(f"{{{NAMESPACE}}}sent")
    try:
        instant = datetime.fromisoformat(sent).astimezone(UTC) if sent else None
    except ValueError:
        instant = None
    return _Row(
        (entry.findtext(f"{{{NAMESPACE}}}identifier") or "").strip(),
        instant,
        (entry.findtext(f"{{{DIGEST}}}sha256") or "").strip(),
    )
