"""One door for every format."""

import io
import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from vidomo.core.errors import ConfigError, InputError, VidomoError
from vidomo.core.problems import Problem
from vidomo.core.time import day_interval
from vidomo.sources.files import FORMATS, read_posts
from vidomo.sources.files.detect import detect
from vidomo.sources.model import Post

NOW = datetime(2025, 12, 21, 12, tzinfo=UTC)
TEXT = "У місті немає світла.\nЕнергетики працюють.\n"


def test_a_text_is_one_post_exactly_as_received(read: Callable) -> None:
    (post,) = read(TEXT, "night.txt").posts
    assert post.text == TEXT
    assert (post.source, post.format) == ("file:night", "text")
    assert post.posted_at is None
    (again,) = read(TEXT, "night.txt").posts
    assert again == post
    (other,) = read(TEXT + "!", "night.txt").posts
    assert other.native_id != post.native_id


def test_stated_options_hold_for_a_text(read: Callable) -> None:
    when = day_interval(NOW.date())
    (post,) = read(TEXT, "night.txt", source="s", home="UA63", posted_at=when).posts
    assert (post.source, post.home, post.posted_at) == ("s", "UA63", when)


def test_a_text_dated_in_the_future_is_refused(read: Callable) -> None:
    when = day_interval(datetime(2026, 1, 1, tzinfo=UTC).date())
    assert read(TEXT, "night.txt", posted_at=when).codes == ["date_in_future"]


@pytest.mark.parametrize("content", ["", " \n\t ", b""])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.html", "result.json", "a"])
def test_an_empty_file_is_told(read: Callable, content: bytes | str, name: str) -> None:
    result = read(content, name)
    assert result.codes == ["empty"]
    assert result.problems[0].hint


def test_a_mark_alone_is_an_empty_file(read: Callable) -> None:
    assert read(b"\xef\xbb\xbf", "a.jsonl").codes == ["empty"]
    assert read(b"\xef\xbb\xbf", "a.txt").codes == ["no_text"]


@pytest.mark.parametrize(
    ("name", "size"), [("a.txt", 5_000_001), ("a.html", 20_000_001), ("a.txt", 50_000_000)]
)
def test_a_document_over_the_limit_is_refused(read: Callable, name: str, size: int) -> None:
    start = b"<html><body>" if name.endswith("html") else b""
    result = read(start + b"word " * (size // 5 + 1), name)
    assert result.codes == ["unreadable"]
    assert "larger than" in result.problems[0].found
    assert "JSON lines" in result.problems[0].hint


def test_a_file_that_is_missing_or_a_folder_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.txt", tmp_path):
        with pytest.raises(InputError, match="cannot be opened"):
            list(read_posts(path, now=NOW))


def test_an_unknown_format_and_an_unknown_home_are_wrong_options(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="xml") as caught:
        read_posts(tmp_path / "a", format="xml", now=NOW)
    assert "telegram" in caught.value.hint
    with pytest.raises(ConfigError, match="UA99") as caught:
        read_posts(tmp_path / "a", home="UA99", now=NOW, knows_place=lambda _code: False)
    assert caught.value.exit_code == 2


def test_standard_input_is_read_like_a_file() -> None:
    rows = b"".join(b'{"id": "%d", "text": "Yes."}\n' % number for number in range(2000))
    found = list(read_posts(io.BytesIO(rows), now=NOW))
    assert len(found) == 2000
    assert found[0].source == "file:stdin"


def test_a_pipe_that_cannot_go_back_is_read_whole() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_place: int) -> int:
            raise io.UnsupportedOperation

    (post,) = read_posts(Pipe(TEXT.encode()), now=NOW)
    assert post.text == TEXT


def test_a_named_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    row = b'{"id": "1", "text": "Yes."}\n'
    writer = threading.Thread(target=pipe.write_bytes, args=(row * 3,))
    writer.start()
    found = list(read_posts(pipe, now=NOW))
    writer.join()
    assert [post.text for post in found] == ["Yes."] * 3


@pytest.mark.parametrize(
    ("head", "suffix", "kind"),
    [
        ("В Ізюмі немає світла.", "", "text"),
        ("[Оновлено] Світло є.", "", "text"),
        ("[1] Світло є.", "txt", "text"),
        ("{Увага} Світло зникне.", "txt", "text"),
        ("<увага> світло зникне", "txt", "text"),
        ('{"id": "1", "text": "a"}\n{"id": "2", "text": "b"}', "", "jsonl"),
        ('\ufeff\n {"id": "1", "text": "a"}', "txt", "jsonl"),
        ('{"id": "1", "te', "", "jsonl"),
        ("nothing like JSON", "jsonl", "jsonl"),
        ("{\n", "ndjson", "jsonl"),
        ('[{"id": "1"}]', "json", "jsonl"),
        ('{\n "name": "a",\n "messages": [', "json", "telegram"),
        ('{"name": "a", "messages": []}', "json", "telegram"),
        ('{\n "about": "x",\n "chats": {', "", "telegram"),
        ('{\n "name": "a",', "json", "telegram"),
        ("nothing like JSON", "json", "telegram"),
        ("<!DOCTYPE html><p>a", "", "html"),
        ("  <html><body>", "txt", "html"),
        ("words of a page", "htm", "html"),
        ('<html><div class="tgme_widget_message">', "html", "preview"),
        ("<?xml version='1.0'?><alert/>", "xml", "text"),
    ],
)
def test_the_format_is_told_from_the_beginning(head: str, suffix: str, kind: str) -> None:
    assert detect(head, suffix=suffix) == kind


def test_the_real_texts_are_read_whole(shared: Path) -> None:
    for name, count in (
        ("izium/texts.jsonl", 12),
        ("seed/article.txt", 1),
        ("corpus/labelled_start.jsonl", 146),
        ("corpus/posts.jsonl", 4930),
    ):
        found = list(read_posts(shared / name, now=NOW.replace(year=2026)))
        assert len(found) == count
        assert all(isinstance(item, Post) for item in found)
    text = (shared / "seed/article.txt").read_text("utf-8")
    assert next(read_posts(shared / "seed/article.txt", now=NOW)).text == text


hostile = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["id", "text", "type", "messages", "chats", "list", "posted_at", "date"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ).map(lambda value: json.dumps(value).encode()),
    st.lists(
        st.sampled_from(
            b"<html>|<div class='tgme_widget_message' data-post='a/1'>|<script>x</script>|</div>"
            b"|<time datetime='2025'>|<p>Words.|\x00|\xff|{|[|]".split(b"|")
        ),
        max_size=12,
    ).map(b"".join),
)


@given(content=hostile, kind=st.sampled_from([*FORMATS, "auto"]))
def test_no_bytes_whatever_bring_the_reading_down(content: bytes, kind: str) -> None:
    notes: list[Problem] = []
    try:
        found = list(read_posts(io.BytesIO(content), format=kind, now=NOW, note=notes.append))
    except VidomoError as error:
        assert error.message  # noqa: PT017 - both outcomes are right
    else:
        assert found or notes
        for item in found:
            if isinstance(item, Problem):
                assert item.code
                assert item.where.startswith("stdin")
            else:
                assert item.text.strip()
                item.text.encode()
