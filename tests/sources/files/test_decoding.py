"""Bytes become the right words, or a reason; never noise."""

from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from vidomo.core.errors import InputError
from vidomo.sources.files.decoding import decode, is_cp1251

UK = "Увага! У громаді чути вибухи. Перебувайте в укриттях, «відбою» ще не було — чекайте."
RU = "Внимание! В громаде слышны взрывы. Оставайтесь в укрытиях, объявлена тревога."
EN = "Explosions were heard in the town. Stay in the shelters."


@pytest.mark.parametrize("text", [UK, RU])
@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_cyrillic_text_in_another_encoding_is_read_and_noted(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), where="a.txt")
    assert decoded.text == text
    assert decoded.note is not None
    assert decoded.note.code == "read_as"


def test_english_in_utf16_without_a_mark_is_read() -> None:
    assert decode(EN.encode("utf-16-le"), where="a.txt").text == EN


@pytest.mark.parametrize("text", [UK, RU, EN])
def test_utf8_is_read_without_a_note(text: str) -> None:
    assert decode(text.encode(), where="a.txt").note is None
    assert decode(text.encode("utf-8-sig"), where="a.txt").text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (UK.replace("«", "").replace("»", "").replace("—", "-"), "koi8-u"),
        (RU, "koi8-r"),
        (RU, "cp866"),
        (RU, "iso8859-5"),
        ("Żółć, gęślą jaźń; źdźbło; mąż.", "cp1250"),
        ("Le café déjà fermé à côté de l'hôtel.", "cp1252"),
        ("Die Straße führt über grüne Hügel.", "latin-1"),
        ("停電が発生しました。", "shift_jis"),
    ],
)
def test_an_encoding_that_cannot_be_told_is_refused_rather_than_guessed(
    text: str, encoding: str
) -> None:
    with pytest.raises(InputError) as caught:
        decode(text.encode(encoding), where="a.txt")
    assert "UTF-8" in caught.value.hint


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "binary"),
    ],
)
def test_a_binary_file_is_refused_by_its_kind(read: Callable, raw: bytes, kind: str) -> None:
    result = read(raw, "a.txt")
    assert result.posts == []
    assert result.codes == ["unreadable"]
    assert kind in result.problems[0].found
    assert result.problems[0].hint


def test_a_text_cut_inside_a_character_is_read_up_to_it_and_noted(read: Callable) -> None:
    result = read("У місті немає світла".encode()[:-1], "a.txt")
    assert result.texts == ["У місті немає світл"]
    assert result.noted == ["cut_short"]


def test_utf16_cut_inside_a_character_is_read_up_to_it(read: Callable) -> None:
    result = read("Світло є".encode("utf-16")[:-1], "a.txt")
    assert result.texts == ["Світло "]


def test_a_byte_order_mark_before_other_bytes_is_told(read: Callable) -> None:
    result = read(b"\xef\xbb\xbf\xff\xff\xff and more words", "a.txt")
    assert result.codes == ["unreadable"]


@given(st.text(st.sampled_from("абвгґдеєжзиіїклмнопрстуфхцчшщьюя .,!"), min_size=40))
def test_what_is_taken_for_cp1251_gives_back_the_very_words(text: str) -> None:
    raw = text.encode("cp1251")
    # These two letters are the byte order mark of UTF-16; no word begins with them.
    if is_cp1251(raw) and text[:2] not in {"юя", "яю"}:
        assert decode(raw, where="a").text == text


@given(st.binary(min_size=1, max_size=300))
def test_decoding_any_bytes_gives_text_or_a_reason(raw: bytes) -> None:
    try:
        decoded = decode(raw, where="a", is_page=True)
    except InputError as error:
        assert error.hint  # noqa: PT017 - both outcomes are right
    else:
        decoded.text.encode()
