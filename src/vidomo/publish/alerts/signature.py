"""What an XML signature in an alert file is worth."""

import enum
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from cryptography import x509
from lxml import etree
from lxml.etree import _Element as Element
from signxml.algorithms import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureMethod,
)
from signxml.verifier import SignatureConfiguration, XMLVerifier

from vidomo.publish.alerts.keys import fingerprint
from vidomo.publish.alerts.parse import HostileXml

DS = "http://www.w3.org/2000/09/xmldsig#"
_ENVELOPED = f"{DS}enveloped-signature"
_METHODS = frozenset(
    {
        SignatureMethod.ECDSA_SHA256,
        SignatureMethod.ECDSA_SHA384,
        SignatureMethod.ECDSA_SHA512,
        SignatureMethod.RSA_SHA256,
        SignatureMethod.RSA_SHA384,
        SignatureMethod.RSA_SHA512,
    }
)
_DIGESTS = frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512})
_CANONICAL = frozenset(
    {
        CanonicalizationMethod.CANONICAL_XML_1_0,
        CanonicalizationMethod.CANONICAL_XML_1_1,
        CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    }
)
# Transforms that select or rewrite: what is shown and what is signed can then be two things.
_REWRITING = (
    "http://www.w3.org/TR/1999/REC-xslt-19991116",
    "http://www.w3.org/TR/1999/REC-xpath-19991116",
    "http://www.w3.org/2002/06/xmldsig-filter2",
    "http://www.w3.org/TR/2001/WD-xptr-20010108",
    f"{DS}base64",
)
_LEAST_RSA_BITS = 2048


class SignatureState(enum.StrEnum):
    """How far a signature can be relied on; only ``TRUSTED`` says who the sender is."""

    NONE = "none"
    METHOD_NOT_ACCEPTED = "method not accepted"
    BAD = "bad"
    UNTRUSTED = "untrusted"
    TRUSTED = "trusted"


class SignatureVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """The worth of a signature.

    Attributes:
        detail: Why, in words.
        signer: Fingerprint of the certificate that it verifies with; empty when none.
    """

    state: SignatureState
    detail: str = ""
    signer: str = ""


def judge_signature(
    root: Element, *, trusted: Sequence[x509.Certificate] = (), at: datetime | None = None
) -> SignatureVerdict:
    """Return the worth of the signature of a whole document.

    Args:
        root: The document, parsed without entities.
        trusted: Certificates that are relied on.
        at: Instant at which the certificate has to be valid; the ``sent`` of a message. None
            leaves the validity period of a certificate out.

    Raises:
        HostileXml: The signature stands where it does not belong, covers a part of the document,
            or rewrites what it signs.

    Source: W3C XML Signature Best Practices 2.0; McIntosh and Austel, XML Signature Element
    Wrapping Attacks (2005).
    """
    found = list(root.iter(f"{{{DS}}}Signature"))
    if not found:
        return SignatureVerdict(state=SignatureState.NONE)
    for node in found:
        _place(root, node)
    for node in found:
        refused = _refused_method(node)
        if refused:
            return SignatureVerdict(state=SignatureState.METHOD_NOT_ACCEPTED, detail=refused)
    if len(found) > 1:
        return SignatureVerdict(
            state=SignatureState.BAD, detail=f"{len(found)} signatures; at most one can hold"
        )
    beside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    if any(isinstance(part, etree._ProcessingInstruction) for part in beside):  # noqa: SLF001 - lxml names its classes so
        return SignatureVerdict(
            state=SignatureState.BAD,
            detail="an instruction beside the message, which the signature does not cover",
        )
    return _checked(root, found[0], trusted, at)


def _place(root: Element, node: Element) -> None:
    if node.getparent() is not root:
        raise HostileXml("a signature that stands inside a part of the message")
    after = [part for part in node.itersiblings() if isinstance(part.tag, str)]
    if any(etree.QName(part).namespace != DS for part in after):
        raise HostileXml("parts of the message behind its signature")
    if next(node.iter(f"{{{DS}}}Object"), None) is not None:
        raise HostileXml("a signature that carries something unsigned inside")
    references = list(node.iter(f"{{{DS}}}Reference"))
    if len(references) != 1 or references[0].get("URI") != "":
        raise HostileXml("a signature over parts, not over the whole message")
    for transform in node.iter(f"{{{DS}}}Transform"):
        names = {part.tag for part in transform.iterchildren(etree.Element)}
        is_plain = names <= {"{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces"}
        if transform.get("Algorithm", "").startswith(_REWRITING) or not is_plain:
            raise HostileXml("a signature that rewrites what it signs")


def _refused_method(node: Element) -> str:
    method = _algorithm(node, "SignatureMethod")
    if method not in {one.value for one in _METHODS}:
        return f"signature method {method}"
    canonical = _algorithm(node, "CanonicalizationMethod")
    if canonical not in {one.value for one in _CANONICAL}:
        return f"canonicalization {canonical}"
    for digest in node.iter(f"{{{DS}}}DigestMethod"):
        if digest.get("Algorithm") not in {one.value for one in _DIGESTS}:
            return f"digest {digest.get('Algorithm')}"
    transforms = [one.get("Algorithm") for one in node.iter(f"{{{DS}}}Transform")]
    rest = [one for one in transforms if one != _ENVELOPED]
    if (
        len(transforms) - len(rest) != 1
        or len(rest) > 1
        or any(one not in {kept.value for kept in _CANONICAL} for one in rest)
    ):
        return f"transforms {', '.join(str(one) for one in transforms) or 'missing'}"
    return ""


def _algorithm(node: Element, name: str) -> str:
    found = [part.get("Algorithm", "") for part in node.iter(f"{{{DS}}}{name}")]
    return found[0] if len(found) == 1 else f"{name} {len(found)} times"


def _checked(
    root: Element, node: Element, trusted: Sequence[x509.Certificate], at: datetime | None
) -> SignatureVerdict:
    body = etree.tostring(root.getroottree())
    late = ""
    for certificate in trusted:
        if _holds(body, certificate):
            shown = fingerprint(certificate)
            if at is None or _covers(certificate, at):
                return SignatureVerdict(state=SignatureState.TRUSTED, signer=shown)
            late = shown
    if late:
        return SignatureVerdict(
            state=SignatureState.UNTRUSTED,
            detail="sent outside the time for which its certificate is valid",
            signer=late,
        )
    own = _own_certificate(node)
    if own is not None:
        if _holds(body, own):
            return SignatureVerdict(
                state=SignatureState.UNTRUSTED,
                detail="good, by a certificate that is not trusted here",
                signer=fingerprint(own),
            )
    elif _holds_by_key_value(body):
        return SignatureVerdict(
            state=SignatureState.UNTRUSTED, detail="good, by a bare key that names nobody"
        )
    return SignatureVerdict(state=SignatureState.BAD, detail="the document is not what was signed")


def _holds(body: bytes, certificate: x509.Certificate) -> bool:
    middle = certificate.not_valid_before_utc + timedelta(seconds=1)
    config = _config(middle, require_x509=True)
    try:
        XMLVerifier().verify(body, x509_cert=certificate, expect_config=config)
    except Exception:  # noqa: BLE001 - whatever the library raises, the signature does not hold
        return False
    return _strong(certificate.public_key())


def _holds_by_key_value(body: bytes) -> bool:
    config = _config(None, require_x509=False)
    try:
        XMLVerifier().verify(body, expect_config=config)
    except Exception:  # noqa: BLE001 - whatever the library raises, the signature does not hold
        return False
    return True


def _config(at: datetime | None, *, require_x509: bool) -> SignatureConfiguration:
    return SignatureConfiguration(
        require_x509=require_x509,
        location="./",
        expect_references=1,
        signature_methods=_METHODS,
        digest_algorithms=_DIGESTS,
        verification_time=at,
        default_reference_c14n_method=CanonicalizationMethod.CANONICAL_XML_1_0,
    )


def _own_certificate(node: Element) -> x509.Certificate | None:
    text = node.findtext(f"{{{DS}}}KeyInfo/{{{DS}}}X509Data/{{{DS}}}X509Certificate")
    if not text:
        return None
    lines = "\n".join(text.split())
    try:
        return x509.load_pem_x509_certificate(
            f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n".encode()
        )
    except ValueError:
        return None


def _covers(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at < certificate.not_valid_after_utc


def _strong(key: object) -> bool:
    bits = getattr(key, "key_size", 0)
    is_rsa = type(key).__name__.startswith("RSA")
    return bool(bits >= _LEAST_RSA_BITS if is_rsa else bits >= 256)  # noqa: PLR2004 - P-256
