"""What any file is, in a few words."""

import time

import pytest

from cap.keyrings import Keys
from cap.situations import message
from vidomo.publish.alerts.feed import ATOM
from vidomo.publish.alerts.parse import LARGEST
from vidomo.publish.alerts.sign import signed
from vidomo.publish.alerts.verify import Kind, Verdict, check_references, verify_file

V10 = '<alert xmlns="http://www.incident.com/cap/1.0"/>'
V11 = '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.1"/>'


def verdict(body: bytes, keys: Keys | None = None) -> Verdict:
    trusted = () if keys is None else (keys.live.certificate,)
    return verify_file(body, file="x", sha256="", trusted=trusted)


@pytest.mark.parametrize(("body", "version"), [(V10, "1.0"), (V11, "1.1")])
def test_an_older_version_is_not_called_invalid(body: str, version: str) -> None:
    found = verdict(body.encode())
    assert (found.kind, found.cap_version, found.schema) == ("alert", version, "older version")
    assert found.profile == "not checked"
    assert not found.is_acceptable


@pytest.mark.parametrize(
    "body",
    [
        "<alert/>",
        '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.3"/>',
        '<Alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>',
        '<entry xmlns="http://www.w3.org/2005/Atom"/>',
        "<html><body/></html>",
    ],
)
def test_what_only_looks_like_an_alert_is_other_xml(body: str) -> None:
    assert verdict(body.encode()).kind is Kind.OTHER_XML


def test_a_feed_that_holds_alerts_names_their_versions() -> None:
    found = verdict(f'<feed xmlns="{ATOM}">{V10}{V11}</feed>'.encode())
    assert found.embedded == ("1.0", "1.1")


def test_a_value_that_nobody_can_read_breaks_the_profile_not_the_schema(keys: Keys) -> None:
    body = signed(message(), keys.live).replace(b"49.462,36.461", b"49.462")
    found = verdict(body, keys)
    assert (found.schema, found.profile, found.signature) == ("valid", "not ours", "bad")
    assert found.problems[0].code == "P01"
    assert found.alert is None


def test_a_tampered_alert_keeps_schema_and_profile_but_not_its_signature(keys: Keys) -> None:
    body = signed(message(), keys.live).replace(b"Severe", b"Minor")
    found = verdict(body, keys)
    assert (found.schema, found.profile, found.signature) == ("valid", "ours", "bad")
    assert not found.is_acceptable


def test_an_invalid_alert_has_its_signature_judged_all_the_same(keys: Keys) -> None:
    body = signed(message(), keys.live).replace(b"Severe", b"Awful")
    found = verdict(body, keys)
    assert (found.schema, found.profile, found.signature) == ("invalid", "not checked", "bad")
    assert "severity" in found.problems[0].found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</alert>", b"<!-- x --></alert>"),
        (b"</alert>\n", b"</alert>\n<!-- x -->"),
        (b"<alert", b"<!-- x --><alert"),
        (b"<info>", b"<?do x?><info>"),
    ],
)
def test_remarks_in_or_beside_a_message_are_not_ours(keys: Keys, old: bytes, new: bytes) -> None:
    found = verdict(signed(message(), keys.live).replace(old, new, 1), keys)
    assert found.profile == "not ours"
    assert not found.is_acceptable


def test_files_that_are_no_alerts_have_no_references() -> None:
    [found] = check_references([verdict(b"<a/>")])
    assert found.references == "not checked"


def test_an_index_with_an_odd_time_is_read_all_the_same(keys: Keys) -> None:
    one = verdict(signed(message(), keys.live), keys)
    cap = "urn:oasis:names:tc:emergency:cap:1.2"
    entry = f"<c:identifier>{message().identifier}</c:identifier><c:sent>yesterday</c:sent>"
    index = f'<feed xmlns="{ATOM}" xmlns:c="{cap}"><entry>{entry}</entry></feed>'
    assert check_references([one], index=index.encode())[0].references == "none"


INFO = b"<info><category>Met</category><event>x</event><urgency>Past</urgency><severity>Minor</severity><certainty>Likely</certainty></info>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</info>", b"</info>" + INFO * 13_000),
        (b" <info>", b" <incidents>" + b'" ' * 900_000 + b"</incidents><info>"),
        (b"49.462,36.461", b"49.462,36.461 " * 130_000),
        (b"https://izium.example/alerts", b"http://" + b"a." * 900_000),
        (b"<sender>cap@", b"<sender>cap@" + b"b." * 900_000),
    ],
    ids=["infos", "quotes", "points", "web", "sender"],
)
def test_a_swollen_message_costs_seconds_at_most(keys: Keys, old: bytes, new: bytes) -> None:
    body = signed(message(), keys.live).replace(old, new, 1)
    assert 1_000_000 < len(body) < LARGEST
    began = time.monotonic()
    found = verdict(body, keys)
    assert time.monotonic() - began < 30  # two seconds on an idle machine
    assert (found.profile, found.signature) == ("not ours", "bad")
    assert len(found.problems) <= 50
