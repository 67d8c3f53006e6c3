"""A message as signed bytes, or nothing at all."""

from lxml import etree
from signxml.algorithms import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConstructionMethod,
    SignatureMethod,
)
from signxml.signer import XMLSigner

from vidomo.core.errors import ConfigError, InputError
from vidomo.core.problems import Problem
from vidomo.publish.alerts.keys import SigningKey, fingerprint
from vidomo.publish.alerts.model import Alert
from vidomo.publish.alerts.parse import HostileXml, NotXml, opened
from vidomo.publish.alerts.profile import broken_rules
from vidomo.publish.alerts.read import alert_of
from vidomo.publish.alerts.schema import broken_schema
from vidomo.publish.alerts.signature import SignatureState, judge_signature
from vidomo.publish.alerts.write import DECLARATION, write_alert

_HINT = "nothing went out; tell a person"


def checked(alert: Alert) -> bytes:
    """Return the unsigned bytes of a message that keeps schema and profile, to be looked at.

    They are what an approver approves; no outlet takes them.

    Raises:
        InputError: A rule is broken; the message names the first.
    """
    body = write_alert(alert)
    root = opened(body)
    _refuse(broken_schema(root), "schema")
    _refuse(broken_rules(alert_of(root)), "profile")
    return body


def signed(alert: Alert, key: SigningKey) -> bytes:
    """Return the signed file of a message: written, validated, signed, read back and verified.

    Enveloped XML signature, ECDSA on P-256 with SHA-256, exclusive canonical form. Either all of
    it holds or an exception leaves; no unsigned bytes do.

    Raises:
        InputError: The message breaks the schema or the profile.
        ConfigError: The key may not sign such a message, or the signature does not hold.
    """
    body = checked(alert)
    if not key.may_sign(alert.status):
        kind = "exercise" if key.is_exercise else "live"
        raise ConfigError(f"a {kind} key may not sign status {alert.status}", hint=_HINT)
    try:
        body = _signed(body, key)
        verified(body, alert, key)
    except (ConfigError, InputError):
        raise
    except Exception as error:
        raise ConfigError(f"the signature failed: {type(error).__name__}", hint=_HINT) from error
    return body


def verified(body: bytes, alert: Alert, key: SigningKey) -> None:
    """Make sure that signed bytes hold exactly a message and verify with a key's certificate.

    Raises:
        ConfigError: They do not.
    """
    try:
        root = opened(body)
        verdict = judge_signature(root, trusted=(key.certificate,), at=alert.sent)
    except (HostileXml, NotXml) as error:
        raise ConfigError(f"the signed file is refused: {error}", hint=_HINT) from error
    if verdict.state is not SignatureState.TRUSTED or verdict.signer != fingerprint(
        key.certificate
    ):
        raise ConfigError(
            f"the signature is {verdict.state}: {verdict.detail or 'by another key'}", hint=_HINT
        )
    _refuse(broken_schema(root), "schema")
    if write_alert(alert_of(root)) != write_alert(alert):
        raise ConfigError("the signed file does not say what was written", hint=_HINT)


def _signed(body: bytes, key: SigningKey) -> bytes:
    signer = XMLSigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=SignatureMethod.ECDSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    root = signer.sign(opened(body), key=key.private, cert=[key.certificate])
    whole: bytes = etree.tostring(root, method="c14n", exclusive=True, with_comments=False)
    return DECLARATION + whole + b"\n"


def _refuse(problems: tuple[Problem, ...], what: str) -> None:
    if problems:
        first = problems[0]
        rest = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
        raise InputError(f"{what}: {first.code} {first.found}{rest}", hint=first.hint or _HINT)
