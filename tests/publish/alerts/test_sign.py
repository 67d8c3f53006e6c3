"""Signed and whole, or nothing."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from signxml.signer import XMLSigner

from cap.keyrings import MADE, Keys
from cap.situations import NOON, message
from vidomo.core.errors import ConfigError, InputError, MachineRefused, VidomoError
from vidomo.core.files import put_file
from vidomo.publish.alerts import sign
from vidomo.publish.alerts.keys import (
    fingerprint,
    load_key,
    new_key,
    rotate_key,
    trusted_certificates,
)
from vidomo.publish.alerts.model import Alert, Status
from vidomo.publish.alerts.parse import opened
from vidomo.publish.alerts.read import read_alert
from vidomo.publish.alerts.sign import checked, signed
from vidomo.publish.alerts.signature import judge_signature


@pytest.fixture
def ring(tmp_path: Path) -> Path:
    folder = tmp_path / "keys"
    new_key(folder, holder="Громада", is_exercise=False, now=MADE)
    return folder


def issue(alert: Alert, ring: Path, out: Path) -> None:
    """What an outlet does: load, sign, put in place."""
    put_file(out / "alert.xml", signed(alert, load_key(ring)))


def nothing_leaves(alert: Alert, ring: Path, out: Path, error: type[VidomoError]) -> str:
    out.mkdir(exist_ok=True)
    with pytest.raises(error) as raised:
        issue(alert, ring, out)
    assert list(out.iterdir()) == []
    return raised.value.message


def pem(key: object) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_a_signed_message_says_what_was_written_and_verifies(keys: Keys) -> None:
    body = signed(message(), keys.live)
    assert read_alert(body) == message()
    verdict = judge_signature(opened(body), trusted=(keys.live.certificate,), at=NOON)
    assert verdict.state == "trusted"
    assert verdict.signer == fingerprint(keys.live.certificate)


def test_what_is_approved_is_what_is_signed(keys: Keys) -> None:
    approved = checked(message())
    body = signed(message(), keys.live)
    head = approved.removesuffix(b"</alert>\n").rstrip()
    assert body.startswith(head)
    assert b"Signature" not in approved


@pytest.mark.parametrize("status", list(Status))
def test_no_key_serves_both_earnest_and_exercise(keys: Keys, status: Status) -> None:
    alert = message(status=status)
    for key in (keys.live, keys.exercise):
        may = status is not Status.DRAFT and key.is_exercise == (status is Status.EXERCISE)
        if may:
            assert read_alert(signed(alert, key)).status is status
        else:
            with pytest.raises((ConfigError, InputError)):
                signed(alert, key)


def test_without_its_key_nothing_leaves(ring: Path, tmp_path: Path) -> None:
    (ring / "key.pem").unlink()
    assert "key.pem" in nothing_leaves(message(), ring, tmp_path / "out", ConfigError)


def test_with_a_folder_where_the_key_was_nothing_leaves(ring: Path, tmp_path: Path) -> None:
    (ring / "key.pem").unlink()
    (ring / "key.pem").mkdir()
    nothing_leaves(message(), ring, tmp_path / "out", ConfigError)


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff", b"-----BEGIN PRIVATE KEY-----\nAAAA\n"], ids=repr
)
def test_with_a_damaged_key_nothing_leaves(ring: Path, tmp_path: Path, body: bytes) -> None:
    (ring / "key.pem").write_bytes(body)
    nothing_leaves(message(), ring, tmp_path / "out", ConfigError)


def test_with_a_locked_key_nothing_leaves(ring: Path, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption

    locked = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")
    )
    (ring / "key.pem").write_bytes(locked)
    nothing_leaves(message(), ring, tmp_path / "out", ConfigError)


@pytest.mark.parametrize(
    "make",
    [
        lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048),
        lambda: ec.generate_private_key(ec.SECP384R1()),
        ed25519.Ed25519PrivateKey.generate,
    ],
    ids=["rsa", "p384", "ed25519"],
)
def test_with_a_key_of_another_kind_nothing_leaves(
    ring: Path, tmp_path: Path, make: object
) -> None:
    (ring / "key.pem").write_bytes(pem(make()))
    assert "another kind" in nothing_leaves(message(), ring, tmp_path / "out", ConfigError)


def test_with_a_key_swapped_between_two_alerts_the_second_does_not_leave(
    ring: Path, tmp_path: Path
) -> None:
    out = tmp_path / "first"
    out.mkdir()
    issue(message(), ring, out)
    assert (out / "alert.xml").exists()
    (ring / "key.pem").write_bytes(pem(ec.generate_private_key(ec.SECP256R1())))
    found = nothing_leaves(message(), ring, tmp_path / "out", ConfigError)
    assert "does not belong" in found


def test_with_a_key_swapped_in_memory_nothing_leaves(ring: Path) -> None:
    key = load_key(ring)
    wrong = msgspec.structs.replace(key, private=ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(ConfigError, match="signature is bad"):
        signed(message(), wrong)


@pytest.mark.parametrize("body", [None, b"", b"no certificate"], ids=repr)
def test_without_its_certificate_nothing_leaves(
    ring: Path, tmp_path: Path, body: bytes | None
) -> None:
    (ring / "certificate.pem").unlink()
    if body is not None:
        (ring / "certificate.pem").write_bytes(body)
    nothing_leaves(message(), ring, tmp_path / "out", ConfigError)


def test_with_a_certificate_for_something_else_nothing_leaves(ring: Path, tmp_path: Path) -> None:
    key = load_key(ring)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
    other = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.private.public_key())
        .serial_number(7)
        .not_valid_before(MADE)
        .not_valid_after(MADE + timedelta(days=3000))
        .sign(key.private, x509.base.hashes.SHA256())
    )
    (ring / "certificate.pem").write_bytes(other.public_bytes(Encoding.PEM))
    assert "not made for alerts" in nothing_leaves(message(), ring, tmp_path / "out", ConfigError)


def test_with_a_certificate_past_its_time_nothing_leaves(ring: Path, tmp_path: Path) -> None:
    late = message(sent=MADE + timedelta(days=1200))
    assert "outside the time" in nothing_leaves(late, ring, tmp_path / "out", ConfigError)


def test_with_a_message_that_breaks_the_schema_nothing_leaves(ring: Path, tmp_path: Path) -> None:
    alert = message()
    infos = tuple(msgspec.structs.replace(one, language="uk UA") for one in alert.infos)
    broken = msgspec.structs.replace(alert, infos=infos)
    found = nothing_leaves(broken, ring, tmp_path / "out", InputError)
    assert found.startswith("schema:")


def test_with_a_message_that_breaks_the_profile_nothing_leaves(ring: Path, tmp_path: Path) -> None:
    broken = msgspec.structs.replace(message(), code=())
    found = nothing_leaves(broken, ring, tmp_path / "out", InputError)
    assert found.startswith("profile: P01")


def test_with_a_hidden_sign_in_a_text_nothing_leaves(ring: Path, tmp_path: Path) -> None:
    broken = msgspec.structs.replace(message(), note="до \u202eвідбою")
    assert "U+202E" in nothing_leaves(broken, ring, tmp_path / "out", InputError)


@pytest.mark.parametrize(
    "error", [RuntimeError("no engine"), MemoryError(), ValueError("x")], ids=repr
)
def test_when_the_signature_library_raises_nothing_leaves(
    ring: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_args: object, **_given: object) -> None:
        raise error

    monkeypatch.setattr(XMLSigner, "sign", fail)
    assert "signature failed" in nothing_leaves(message(), ring, tmp_path / "out", ConfigError)


def test_when_the_signature_library_signs_nothing_nothing_leaves(
    ring: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(XMLSigner, "sign", lambda _self, root, **_given: root)
    assert "is none" in nothing_leaves(message(), ring, tmp_path / "out", ConfigError)


def test_when_another_message_was_signed_nothing_leaves(
    ring: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = checked(message(note="інше"))
    own = XMLSigner.sign
    monkeypatch.setattr(
        XMLSigner, "sign", lambda self, _root, **given: own(self, opened(other), **given)
    )
    found = nothing_leaves(message(), ring, tmp_path / "out", ConfigError)
    assert "does not say what was written" in found


def test_when_the_written_bytes_are_no_xml_nothing_leaves(
    ring: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign, "_signed", lambda _body, _key: b"<alert")
    assert "refused" in nothing_leaves(message(), ring, tmp_path / "out", ConfigError)


def test_when_the_folder_is_gone_nothing_leaves(ring: Path, tmp_path: Path) -> None:
    with pytest.raises(MachineRefused):
        issue(message(), ring, tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_when_the_place_is_taken_by_a_folder_nothing_stays_beside(
    ring: Path, tmp_path: Path
) -> None:
    (tmp_path / "alert.xml").mkdir()
    with pytest.raises(MachineRefused):
        issue(message(), ring, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alert.xml", "keys"]


WRITER = """
import sys
from pathlib import Path
from vidomo.core.files import put_file
folder, body = Path(sys.argv[1]), b"<a>" + b"x" * 400_000 + b"</a>"
print("ready", flush=True)
for number in range(100_000):
    put_file(folder / f"{number}.xml", body)
"""


def test_a_writer_killed_at_any_instant_leaves_whole_files_only(tmp_path: Path) -> None:
    for turn in range(5):
        out = tmp_path / str(turn)
        out.mkdir()
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, out], stdout=subprocess.PIPE
        ) as writer:
            writer.stdout.readline()
            until = time.monotonic() + 0.02 + turn * 0.013
            while time.monotonic() < until:
                os.sched_yield()
            writer.send_signal(signal.SIGKILL)
            writer.wait()
        sizes = {path.stat().st_size for path in out.glob("*.xml")}
        assert sizes <= {400_007}


def test_old_files_verify_after_a_new_key_and_new_ones_do_not_with_the_old(ring: Path) -> None:
    before = signed(message(), load_key(ring))
    first = load_key(ring).certificate
    rotate_key(ring, holder="Громада", is_exercise=False, now=MADE + timedelta(days=1))
    after = signed(message(), load_key(ring))
    trusted = trusted_certificates(ring)
    assert len(trusted) == 2
    for body in (before, after):
        assert judge_signature(opened(body), trusted=trusted, at=NOON).state == "trusted"
    assert judge_signature(opened(after), trusted=(first,), at=NOON).state == "untrusted"
