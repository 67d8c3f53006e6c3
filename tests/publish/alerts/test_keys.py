"""The key of alerts."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cap.keyrings import MADE
from vidomo.core.errors import ConfigError, MachineRefused
from vidomo.publish.alerts.keys import (
    certificate_of,
    fingerprint,
    is_for_exercises,
    keys_folder,
    load_key,
    new_key,
    rotate_key,
    trusted_certificates,
)


def make(folder: Path, **given: object) -> object:
    return new_key(folder, **({"holder": "Громада", "is_exercise": False, "now": MADE} | given))


def test_only_the_owner_can_read_the_key(tmp_path: Path) -> None:
    make(tmp_path / "keys")
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "keys/key.pem").stat().st_mode) == 0o600


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    make(tmp_path)
    before = (tmp_path / "key.pem").read_bytes()
    with pytest.raises(ConfigError, match="already"):
        make(tmp_path)
    assert (tmp_path / "key.pem").read_bytes() == before


def test_a_key_shows_its_fingerprint_and_never_itself(tmp_path: Path) -> None:
    key = make(tmp_path)
    assert fingerprint(key.certificate) in repr(key)
    assert "PRIVATE" not in repr(key)
    assert len(fingerprint(key.certificate)) == 95


def test_exercises_have_a_folder_and_a_mark_of_their_own(tmp_path: Path) -> None:
    live, exercise = keys_folder(tmp_path), keys_folder(tmp_path, is_exercise=True)
    assert live != exercise
    assert not is_for_exercises(make(live).certificate)
    assert is_for_exercises(make(exercise, is_exercise=True).certificate)
    assert load_key(exercise).is_exercise


@pytest.mark.parametrize("holder", ["", "  ", "г" * 65])
def test_a_key_belongs_to_a_body_with_a_name(tmp_path: Path, holder: str) -> None:
    with pytest.raises(ConfigError):
        make(tmp_path / "keys", holder=holder)
    assert not (tmp_path / "keys").exists()


def test_rotating_without_a_key_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"certificate\.pem"):
        rotate_key(tmp_path, holder="Громада", is_exercise=False, now=MADE)


def test_a_rotation_cut_off_halfway_signs_nothing_and_can_be_done_again(tmp_path: Path) -> None:
    make(tmp_path)
    old = (tmp_path / "certificate.pem").read_bytes()
    rotate_key(tmp_path, holder="Громада", is_exercise=False, now=datetime(2023, 1, 1, tzinfo=UTC))
    (tmp_path / "certificate.pem").write_bytes(old)
    with pytest.raises(ConfigError, match="does not belong"):
        load_key(tmp_path)
    rotate_key(tmp_path, holder="Громада", is_exercise=False, now=datetime(2023, 1, 2, tzinfo=UTC))
    assert load_key(tmp_path).certificate == trusted_certificates(tmp_path)[0]


def test_a_folder_without_keys_trusts_nobody(tmp_path: Path) -> None:
    assert trusted_certificates(tmp_path / "none") == ()


def test_a_certificate_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigError):
        certificate_of(b"hello")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MachineRefused):
        make(tmp_path / "file" / "keys")
