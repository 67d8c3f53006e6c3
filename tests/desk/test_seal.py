"""Sealed words open with their own key alone, and with none once it is destroyed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from vidomo.core.errors import ConfigError, NothingKnown
from vidomo.desk.seal import destroy_erased, erased, erasure, new_key, seal, unseal

NOW = datetime(2026, 1, 10, 1, 15, tzinfo=UTC)


class KeyRing(dict):
    """Keys in memory."""

    def sealing_key(self, thing: str) -> bytes | None:
        return self.get(thing)

    def keep_sealing_key(self, thing: str, key: bytes) -> None:
        self[thing] = key

    def destroy_sealing_key(self, thing: str) -> bool:
        return self.pop(thing, None) is not None


@given(st.text())
def test_sealed_words_come_back_with_their_key(words: str) -> None:
    key = new_key()
    assert unseal(seal(words, key), key) == words


@given(st.text(min_size=1), st.integers(0, 400))
def test_no_other_key_and_no_changed_letter_opens_them(words: str, at: int) -> None:
    key = new_key()
    sealed = seal(words, key)
    assert unseal(sealed, new_key()) is None
    assert unseal(sealed, None) is None
    place = 3 + at % (len(sealed) - 6)
    other = "A" if sealed[place] != "A" else "B"
    assert unseal(sealed[:place] + other + sealed[place + 1 :], key) is None


@pytest.mark.parametrize("sealed", ["", "s1.", "s1.€", "s1.AAAA", "plain words", "s0." + "A" * 80])
def test_what_is_not_sealed_opens_with_nothing(sealed: str) -> None:
    assert unseal(sealed, new_key()) is None


def test_the_length_of_a_name_is_not_told_and_the_same_words_look_different_each_time() -> None:
    key = new_key()
    assert len(seal("Ян", key)) == len(seal("Олександра Величковська", key))
    assert seal("Ян", key) != seal("Ян", key)


def test_letters_that_are_none_are_replaced_and_stop_nothing() -> None:
    key = new_key()
    assert unseal(seal("а\ud800б", key), key) == "а?б"


def test_an_erasure_is_written_down_first_and_the_key_is_gone_after() -> None:
    keys = KeyRing(call_1=new_key(), call_2=new_key())
    gone = erasure("call_1", keys, by="usr_1", at=NOW, reason=" прохання ", place="UA")
    assert (gone.what, gone.subject, gone.reason) == ("seal.erased", "call_1", "прохання")
    assert "call_1" in keys
    assert erased((gone,)) == {"call_1"}
    assert destroy_erased((gone, gone), keys) == 1
    assert destroy_erased((gone,), keys) == 0
    assert set(keys) == {"call_2"}
    with pytest.raises(NothingKnown, match="nothing is sealed"):
        erasure("call_1", keys, by="usr_1", at=NOW, reason="ще раз")


def test_an_erasure_needs_a_reason() -> None:
    with pytest.raises(ConfigError, match="needs a reason"):
        erasure("call_1", KeyRing(call_1=new_key()), by="usr_1", at=NOW, reason="  ")
