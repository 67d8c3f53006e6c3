"""What a signature is worth, and which ones are attacks."""

import re
from datetime import timedelta

import pytest
from lxml import etree
from signxml import XMLSigner
from signxml.algorithms import SignatureConstructionMethod

from cap.keyrings import Keys
from cap.situations import NOON, message
from vidomo.publish.alerts.model import Status
from vidomo.publish.alerts.parse import HostileXml, opened
from vidomo.publish.alerts.sign import checked, signed
from vidomo.publish.alerts.signature import DS, SignatureState, judge_signature
from vidomo.publish.alerts.verify import verify_file

CAP = b"urn:oasis:names:tc:emergency:cap:1.2"


@pytest.fixture(scope="module")
def good(keys: Keys) -> bytes:
    return signed(message(), keys.live)


def state(body: bytes, keys: Keys) -> SignatureState:
    trusted = (keys.live.certificate,)
    return judge_signature(opened(body), trusted=trusted, at=NOON).state


def verdict(body: bytes, keys: Keys) -> object:
    return verify_file(
        body, file="x", sha256="", trusted=(keys.live.certificate, keys.exercise.certificate)
    )


def test_an_unsigned_message_has_none(keys: Keys) -> None:
    assert state(checked(message()), keys) is SignatureState.NONE


def test_a_sound_one_is_trusted_by_its_certificate_only(keys: Keys, good: bytes) -> None:
    assert state(good, keys) is SignatureState.TRUSTED
    found = judge_signature(opened(good), trusted=(keys.exercise.certificate,), at=NOON)
    assert found.state is SignatureState.UNTRUSTED
    assert "not trusted here" in found.detail


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Shelter", b"AllClear"),
        (b"Actual", b"Test"),
        (b"UA63040090010029555", b"UA63040090010029556"),
        (b"<note>", b"<note> "),
        (b"Public", b"Public "),
    ],
)
def test_any_change_of_a_signed_word_is_noticed(keys: Keys, old: bytes, new: bytes) -> None:
    body = signed(message(note="Уточнено."), keys.live)
    assert old in body
    assert state(body.replace(old, new, 1), keys) is SignatureState.BAD


def test_a_changed_signature_value_is_bad(keys: Keys, good: bytes) -> None:
    value = re.search(rb"SignatureValue>([^<]+)<", good).group(1)
    assert (
        state(
            good.replace(value, b"A" + value[1:] if value[:1] != b"A" else b"B" + value[1:]), keys
        )
        is SignatureState.BAD
    )
    assert state(good.replace(value, b""), keys) is SignatureState.BAD
    assert state(good.replace(value, b"!"), keys) is SignatureState.BAD


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"2001/04/xmldsig-more#ecdsa-sha256", b"2000/09/xmldsig#rsa-sha1"),
        (b"2001/04/xmldsig-more#ecdsa-sha256", b"2001/04/xmldsig-more#ecdsa-sha1"),
        (b"2001/04/xmldsig-more#ecdsa-sha256", b"2001/04/xmldsig-more#hmac-sha256"),
        (b"2001/04/xmldsig-more#ecdsa-sha256", b"2000/09/xmldsig#dsa-sha1"),
        (b"2001/04/xmlenc#sha256", b"2000/09/xmldsig#sha1"),
        (b"2001/04/xmlenc#sha256", b"2001/04/xmldsig-more#md5"),
        (
            b'CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#',
            b'CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
        ),
        (
            b'Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#',
            b'Transform Algorithm="urn:x:unknown',
        ),
        (
            b'<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform>',
            b"",
        ),
        (b"<ds:SignatureMethod ", b"<ds:Other "),
    ],
    ids=[
        "rsa-sha1",
        "ecdsa-sha1",
        "hmac",
        "dsa",
        "digest-sha1",
        "md5",
        "comments",
        "transform",
        "not-enveloped",
        "no-method",
    ],
)
def test_a_method_we_do_not_accept_is_never_valid(
    keys: Keys, good: bytes, old: bytes, new: bytes
) -> None:
    assert old in good
    body = good.replace(old, new).replace(
        b"</ds:SignatureMethod>", b"</ds:Other>" if b"ds:Other" in new else b"</ds:SignatureMethod>"
    )
    assert state(body, keys) is SignatureState.METHOD_NOT_ACCEPTED


TRANSFORM = b'<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform>'


@pytest.mark.parametrize(
    "new",
    [
        b'<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"><x/></ds:Transform>',
        b'<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>1=1</ds:XPath></ds:Transform>',
        b'<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"/>',
        b'<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#base64"/>',
        b'<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><x/></ds:Transform>',
    ],
    ids=["xslt", "xpath", "filter", "base64", "child"],
)
def test_a_signature_that_rewrites_what_it_signs_is_refused(
    keys: Keys, good: bytes, new: bytes
) -> None:
    assert TRANSFORM in good
    with pytest.raises(HostileXml, match="rewrites"):
        state(good.replace(TRANSFORM, new), keys)


def test_a_signature_over_a_part_is_refused(keys: Keys) -> None:
    root = opened(checked(message()))
    root[-1].set("Id", "part")
    whole = XMLSigner(signature_algorithm="ecdsa-sha256").sign(
        root, key=keys.live.private, cert=[keys.live.certificate], reference_uri="#part"
    )
    with pytest.raises(HostileXml, match="over parts"):
        state(etree.tostring(whole), keys)


def test_many_references_are_refused_before_any_is_followed(keys: Keys, good: bytes) -> None:
    reference = re.search(rb"<ds:Reference .*</ds:Reference>", good, re.DOTALL).group(0)
    with pytest.raises(HostileXml, match="over parts"):
        state(good.replace(reference, reference * 1000), keys)


def test_a_signed_message_wrapped_into_another_is_refused(keys: Keys, good: bytes) -> None:
    inner = good.removeprefix(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    outer = checked(message(note="Відбій."))
    for body in (
        outer.replace(b"</alert>", b"<x>" + inner + b"</x></alert>"),
        outer.replace(b"</info>\n</alert>", inner + b"</info>\n</alert>"),
        good.replace(
            b"</ds:Signature>",
            b"<ds:Object>" + checked(message()).split(b"\n", 1)[1] + b"</ds:Object></ds:Signature>",
        ),
    ):
        found = verdict(body, keys)
        assert found.attack or found.signature == "bad"
        assert not found.is_acceptable


def test_a_signature_moved_inside_a_part_is_refused(keys: Keys, good: bytes) -> None:
    signature = re.search(rb"<ds:Signature .*</ds:Signature>", good, re.DOTALL).group(0)
    moved = good.replace(signature, b"").replace(b"</area>", signature + b"</area>", 1)
    with pytest.raises(HostileXml, match="inside a part"):
        state(moved, keys)


def test_parts_behind_the_signature_are_refused(keys: Keys, good: bytes) -> None:
    with pytest.raises(HostileXml, match="behind"):
        state(good.replace(b"</alert>", b"<note>x</note></alert>"), keys)


def test_an_enveloping_signature_is_no_alert(keys: Keys) -> None:
    whole = XMLSigner(
        method=SignatureConstructionMethod.enveloping, signature_algorithm="ecdsa-sha256"
    ).sign(opened(checked(message())), key=keys.live.private, cert=[keys.live.certificate])
    found = verdict(etree.tostring(whole), keys)
    assert (found.kind, found.embedded) == ("other xml", ("1.2",))
    assert not found.is_acceptable


def test_two_signatures_are_no_signature(keys: Keys, good: bytes) -> None:
    signature = re.search(rb"<ds:Signature .*</ds:Signature>", good, re.DOTALL).group(0)
    assert state(good.replace(signature, signature * 2), keys) is SignatureState.BAD


def test_a_stylesheet_beside_a_signed_message_spoils_it(keys: Keys, good: bytes) -> None:
    styled = good.replace(b"<alert", b'<?xml-stylesheet type="text/xsl" href="a.xsl"?><alert', 1)
    assert state(styled, keys) is SignatureState.BAD


def test_a_comment_cuts_no_word_short_and_is_noticed(keys: Keys, good: bytes) -> None:
    split = good.replace(b"<status>Actual", b"<status>Act<!-- -->ual").replace(
        b"Shelter</resp", b"Shel<!-- x -->ter</resp"
    )
    found = verdict(split, keys)
    assert found.signature == "trusted"
    assert found.alert == message()
    assert found.profile == "not ours"
    assert "comment" in found.problems[0].found


def test_a_bare_key_names_nobody(keys: Keys) -> None:
    root = XMLSigner(
        signature_algorithm="ecdsa-sha256", c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"
    ).sign(opened(checked(message())), key=keys.live.private)
    body = etree.tostring(root)
    assert judge_signature(opened(body)).detail == "good, by a bare key that names nobody"
    assert judge_signature(opened(body)).state is SignatureState.UNTRUSTED
    # A bare key is trusted when it is the key of a certificate that is.
    assert state(body, keys) is SignatureState.TRUSTED


def test_a_signature_without_any_key_is_bad_where_nobody_is_trusted(
    keys: Keys, good: bytes
) -> None:
    for new in (b"<ds:X509Certificate>AAAA<", b"<ds:X509Certificate><"):
        body = re.sub(rb"<ds:X509Certificate>[^<]*<", new, good)
        assert judge_signature(opened(body)).state is SignatureState.BAD
        assert state(body, keys) is SignatureState.TRUSTED


def test_a_certificate_outside_its_time_is_not_trusted(keys: Keys, good: bytes) -> None:
    for at in (NOON - timedelta(days=2000), NOON + timedelta(days=2000)):
        found = judge_signature(opened(good), trusted=(keys.live.certificate,), at=at)
        assert found.state is SignatureState.UNTRUSTED
    assert judge_signature(opened(good), trusted=(keys.live.certificate,)).state == "trusted"


def test_an_exercise_key_under_a_message_in_earnest_is_not_trusted(keys: Keys) -> None:
    root = XMLSigner(
        signature_algorithm="ecdsa-sha256", c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"
    ).sign(opened(checked(message())), key=keys.exercise.private, cert=[keys.exercise.certificate])
    found = verdict(etree.tostring(root), keys)
    assert found.signature == "untrusted"
    assert "exercises only" in found.signature_detail
    exercise = signed(message(status=Status.EXERCISE), keys.exercise)
    assert verdict(exercise, keys).signature == "trusted"


def test_the_namespace_of_signatures_is_that_of_the_recommendation() -> None:
    assert DS == "http://www.w3.org/2000/09/xmldsig#"
