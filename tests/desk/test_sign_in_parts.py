"""Passwords, second factors, sessions and waits."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given, strategies as st

from vidomo.core.errors import ConfigError
from vidomo.desk.attempts import (
    FORGOTTEN,
    FREE_ADDRESS,
    FREE_LOGIN,
    LONGEST_ADDRESS,
    LONGEST_LOGIN,
    Attempts,
    after_failure,
    wait_s,
)
from vidomo.desk.factor import STEP_S, address_of, new_secret, step_of
from vidomo.desk.passwords import checked_password, hash_of, is_right
from vidomo.desk.sessions import ABSOLUTE, IDLE, is_same_secret, key_of, new_session

NOW = datetime(2026, 1, 31, 3, 0, tzinfo=UTC)


def test_a_password_is_kept_as_an_argon2id_hash_and_known_again() -> None:
    kept = hash_of("чотири слова поряд")
    assert kept.startswith("$argon2id$")
    assert "слова" not in kept
    assert kept != hash_of("чотири слова поряд")
    assert is_right("чотири слова поряд", kept)
    assert not is_right("чотири слова поряд.", kept)


def test_a_password_is_the_same_however_its_letters_are_put_together() -> None:
    assert is_right("e\u0301kran i domofon", hash_of("\u00e9kran i domofon"))


def test_nobody_has_a_password_that_is_right() -> None:
    assert not is_right("nobody signs in with this", None)
    assert not is_right("anything", "no hash at all")


@pytest.mark.parametrize("password", ["short", "x" * 257, "aaaaaaaaaaaaaaaa", "my OLENA password"])
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(ConfigError):
        checked_password(password, login="olena")


def test_a_long_password_is_taken_as_it_is() -> None:
    assert checked_password("four words that fit", login="olena") == "four words that fit"


def test_a_code_is_taken_once_and_a_little_early_or_late() -> None:
    secret = new_secret()
    code = pyotp.TOTP(secret).at(NOW)
    step = step_of(f" {code[:3]} {code[3:]}", secret, at=NOW, after=0)
    assert step == int(NOW.timestamp()) // STEP_S
    assert step_of(code, secret, at=NOW + timedelta(seconds=5), after=step) is None
    assert step_of(code, secret, at=NOW + timedelta(seconds=STEP_S), after=0) == step
    assert step_of(code, secret, at=NOW + timedelta(seconds=3 * STEP_S), after=0) is None


def test_what_is_no_code_is_wrong() -> None:
    for wrong in ("", "12345", "abcdef", "١٢٣٤٥٦", "1" * 200):
        assert step_of(wrong, new_secret(), at=NOW, after=0) is None


def test_an_authenticator_reads_whose_code_it_is() -> None:
    address = address_of("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", login="olena")
    assert address.startswith("otpauth://totp/Vidomo:olena?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")


def test_a_session_holds_while_it_is_used_and_never_longer_than_a_shift() -> None:
    token, session = new_session("usr_1", at=NOW, lang="uk")
    assert session.key == key_of(token) != token
    assert session.holds(NOW + IDLE - timedelta(seconds=1))
    assert not session.holds(NOW + IDLE)
    assert not session.holds(NOW + ABSOLUTE)
    other, _ = new_session("usr_1", at=NOW, lang="uk")
    assert token != other
    assert is_same_secret(session.csrf, session.csrf)
    assert not is_same_secret("", session.csrf)


def test_a_few_wrong_tries_cost_nothing_and_then_the_wait_doubles() -> None:
    tried: Attempts | None = None
    waits = []
    for _ in range(12):
        tried = after_failure(tried, at=NOW, free=FREE_LOGIN, longest=LONGEST_LOGIN)
        waits.append((tried.until - NOW).total_seconds())
    assert waits[: FREE_LOGIN + 3] == [0, 0, 0, 2, 4, 8]
    assert waits[-1] == LONGEST_LOGIN.total_seconds()


@given(st.integers(0, 60), st.integers(0, 7200))
def test_a_wait_ends_and_is_forgotten(failures: int, later_s: int) -> None:
    tried = None
    for _ in range(failures):
        tried = after_failure(tried, at=NOW, free=FREE_ADDRESS, longest=LONGEST_ADDRESS)
    later = NOW + timedelta(seconds=later_s)
    left = wait_s(tried, at=later)
    assert 0 <= left <= LONGEST_ADDRESS.total_seconds() + 1
    assert (left == 0) == (tried is None or later >= tried.until)
    again = after_failure(tried, at=NOW + FORGOTTEN * 2, free=FREE_ADDRESS, longest=LONGEST_ADDRESS)
    assert again.failures == 1
