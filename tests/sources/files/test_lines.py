"""JSON lines: one post a line; a bad line never stops the rest."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vidomo.core.time import day_interval, instant_interval, parse_posted_at
from vidomo.reports.keep import version_of
from vidomo.sources.files import read_posts

GOOD = {"id": "1", "text": "В Ізюмі немає світла."}
NOW = datetime(2025, 12, 21, 12, tzinfo=UTC)


def lines(*rows: dict[str, object] | str) -> str:
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)


def test_every_field_of_a_row_is_taken_and_unknown_keys_are_kept(read: Callable) -> None:
    row = GOOD | {
        "source": "izium",
        "home": "UA63040090010029555",
        "lang": "uk",
        "posted_at": "2025-12-20T15:40:00+02:00",
        "edited_at": "2025-12-20T16:00:00+02:00",
        "deleted_at": "2025-12-20T15:00:00Z",
        "url": "https://news.example/1",
        "licence": "ours",
        "b": [1],
    }
    (post,) = read(lines(row), "posts.jsonl").posts
    assert (post.source, post.native_id, post.text) == ("izium", "1", GOOD["text"])
    assert post.home == "UA63040090010029555"
    assert (post.lang, post.url, post.format) == ("uk", "https://news.example/1", "jsonl")
    assert post.posted_at == instant_interval(datetime(2025, 12, 20, 13, 40, tzinfo=UTC))
    assert post.edited_at == datetime(2025, 12, 20, 14, tzinfo=UTC)
    assert post.deleted_at == datetime(2025, 12, 20, 15, tzinfo=UTC)
    assert json.loads(post.extra) == {"licence": "ours", "b": [1]}


def test_a_forward_and_a_reply_say_whose_words_they_are(read: Callable) -> None:
    rows = lines(
        GOOD | {"forwarded_from": "Ізюмська МВА", "reply_to": 17},
        {"id": 2, "text": "Так.", "reply_to": "17"},
        {"id": 3, "text": "Так.", "reply_to": "", "forwarded_from": None},
    )
    first, second, third = read(rows, "a.jsonl").posts
    assert (first.forwarded_from, first.reply_to, first.extra) == ("Ізюмська МВА", "17", "")
    assert (second.forwarded_from, second.reply_to) == (None, "17")
    assert (third.forwarded_from, third.reply_to) == (None, None)


@pytest.mark.parametrize(
    "wrong", [{"forwarded_from": 5}, {"reply_to": True}, {"reply_to": ["1"]}, {"reply_to": 1.5}]
)
def test_a_forward_or_reply_of_the_wrong_type_is_refused(read: Callable, wrong: dict) -> None:
    found = read(lines(GOOD | wrong), "a.jsonl")
    assert found.posts == []
    (problem,) = found.problems
    assert (problem.code, next(iter(wrong)) in problem.found) == ("wrong_type", True)


@pytest.mark.parametrize("written", ["2025-12-20", "2025-11", "2025-12-01/2025-12-20"])
def test_a_bare_date_month_or_interval_is_read_in_kyiv(read: Callable, written: str) -> None:
    (post,) = read(lines(GOOD | {"posted_at": written}), "a.jsonl").posts
    assert post.posted_at == parse_posted_at(written)


def test_published_at_stands_in_for_a_missing_posted_at(read: Callable) -> None:
    rows = lines(
        GOOD | {"posted_at": None, "published_at": "2025-12-20"},
        {"id": 2, "text": "Так.", "posted_at": "2025-12-19", "published_at": "2025-12-20"},
        {"id": 3, "text": "Так.", "published_at": None},
    )
    first, second, third = read(rows, "a.jsonl").posts
    assert first.posted_at.end == day_interval(NOW.date()).start
    assert second.posted_at.end == first.posted_at.start
    assert json.loads(second.extra) == {"published_at": "2025-12-20"}
    assert third.posted_at is None
    assert second.native_id == "2"


def test_stated_options_fill_what_rows_leave_out(read: Callable) -> None:
    when = day_interval(NOW.date())
    rows = lines(GOOD, {"id": "2", "text": "Так.", "source": "own", "home": "UA05"})
    first, second = read(rows, "a.jsonl", source="s", home="UA63", posted_at=when).posts
    assert (first.source, first.home, first.posted_at) == ("s", "UA63", when)
    assert (second.source, second.home) == ("own", "UA05")


def test_the_same_file_from_another_folder_gives_the_same_posts(tmp_path: Path) -> None:
    found = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "posts.jsonl"
        path.write_text(lines(GOOD))
        found.append([version_of(post).id for post in read_posts(path, now=NOW)])
    assert found[0] == found[1]
    assert len(found[0]) == 1


def test_a_deletion_needs_no_text(read: Callable) -> None:
    (post,) = read(lines({"id": "1", "deleted_at": "2025-12-20T15:00:00Z"}), "a.jsonl").posts
    assert post.text == ""


@pytest.mark.parametrize(
    ("row", "code", "found"),
    [
        ({"text": "Так."}, "no_id", "no id"),
        ({"id": "", "text": "Так."}, "no_id", "no id"),
        ({"id": True, "text": "Так."}, "wrong_type", "true"),
        ({"id": ["1"], "text": "Так."}, "wrong_type", '["1"]'),
        ({"id": "1"}, "no_text", "no text"),
        ({"id": "1", "text": " \n"}, "no_text", "no text"),
        ({"id": "1", "text": 5}, "wrong_type", "text is 5"),
        ({"id": "1", "text": {"a": "x" * 500}}, "wrong_type", "…"),
        (GOOD | {"lang": 1}, "wrong_type", "lang is 1"),
        (GOOD | {"posted_at": 1766238000}, "wrong_type", "1766238000"),
        (GOOD | {"posted_at": "2025-12-20T15:40:00"}, "time_without_zone", "2025-12-20T15:40:00"),
        (GOOD | {"edited_at": "2025-12-20 15:40"}, "time_without_zone", "2025-12-20 15:40"),
        (GOOD | {"posted_at": "yesterday"}, "bad_time", "yesterday"),
        (GOOD | {"posted_at": "2025-02-30"}, "bad_time", "2025-02-30"),
        (GOOD | {"posted_at": "9999-12-31T23:59:59Z"}, "bad_time", "9999"),
        (GOOD | {"deleted_at": "2025-12-20"}, "time_without_zone", "2025-12-20"),
        (GOOD | {"posted_at": "2026-12-20"}, "date_in_future", "posted_at is 2026-12-20, but"),
        (GOOD | {"edited_at": "2025-12-22T13:00:00Z"}, "date_in_future", "edited_at"),
        (GOOD | {"home": "Izium"}, "unknown_place", "Izium"),
        ({"id": "1", "text": "Так\x00."}, "nul_character", "NUL character at 3"),
        ('{"id": "1", "text": "a\\ud83d"}', "lone_surrogate", "half a character"),
        ('{"id": "1", "text": "\\ude00 b"}', "lone_surrogate", "half a character"),
        ('{"id": "1", "te', "json_cut_short", "ends in the middle"),
        ("{'id': 1}", "not_json", "no JSON"),
        ('"text"', "not_a_row", "str"),
        ("[" * 100_000, "nested_too_deep", "deeply"),
        ('{"a":' * 100_000, "nested_too_deep", "deeply"),
        ('{"id": 1e999}', "not_json", "range"),
    ],
)
def test_a_bad_row_is_told_and_the_rest_goes_on(
    read: Callable, row: dict[str, object] | str, code: str, found: str
) -> None:
    result = read(
        lines({"id": "0", "text": "Перед."}, row, {"id": "9", "text": "Після."}),
        "a.jsonl",
        knows_place=lambda home: home.startswith("UA"),
    )
    assert result.texts == ["Перед.", "Після."]
    (problem,) = result.problems
    assert problem.code == code
    assert found in problem.found
    assert len(problem.found) < 400
    assert problem.hint
    assert problem.where == "a.jsonl, line 2"


def test_a_date_within_a_day_of_now_is_not_the_future(read: Callable) -> None:
    near = (NOW + timedelta(hours=23)).isoformat()
    assert not read(lines(GOOD | {"posted_at": near}), "a.jsonl").problems


def test_half_a_character_in_a_file_is_told(read: Callable) -> None:
    broken = b'{"id": "1", "text": "\xed\xa0\xbd"}\n' + lines(GOOD).encode()
    result = read(broken, "a.jsonl", format="jsonl")
    assert result.codes == ["wrong_encoding"]
    assert result.texts == [GOOD["text"]]


def test_a_second_text_under_one_id_is_refused_and_a_repetition_is_not(read: Callable) -> None:
    other = GOOD | {"text": "Світло є."}
    result = read(lines(GOOD, other, GOOD, other | {"source": "t"}), "a.jsonl")
    assert result.texts == [GOOD["text"], GOOD["text"], "Світло є."]
    assert result.codes == ["id_twice"]
    assert "line 1" in result.problems[0].found


def test_a_dated_edit_and_a_deletion_may_share_the_id(read: Callable) -> None:
    edit = GOOD | {"text": "Світло є.", "edited_at": "2025-12-20T16:00:00Z"}
    gone = GOOD | {"deleted_at": "2025-12-20T17:00:00Z"}
    result = read(lines(GOOD, edit, gone), "a.jsonl")
    assert len(result.posts) == 3
    assert not result.problems


def test_blank_lines_and_windows_line_ends_do_no_harm(read: Callable) -> None:
    content = b"\xef\xbb\xbf" + lines(GOOD, "", "  ").replace("\n", "\r\n").encode() + b"\r\n"
    result = read(content, "a.jsonl")
    assert result.texts == [GOOD["text"]]
    assert not result.problems


def test_a_line_of_more_than_5_mb_is_refused_and_the_rest_goes_on(read: Callable) -> None:
    long = json.dumps({"id": "2", "text": "x" * 11_000_000})
    result = read(lines(GOOD, long, {"id": "3", "text": "Після."}), "a.jsonl")
    assert result.codes == ["line_too_long"]
    assert result.texts == [GOOD["text"], "Після."]
    result = read(lines(GOOD, long), "a.jsonl")
    assert result.codes == ["line_too_long"]


def test_a_file_of_50_mb_is_read_line_by_line_in_little_memory(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "long.jsonl"
    text = "Світло зникло. " * 200
    with path.open("w", encoding="utf-8") as stream:
        for number in range(10_000):
            stream.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
    assert path.stat().st_size > 50_000_000
    tracemalloc.start()
    count = sum(1 for _ in read_posts(path, now=NOW))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_000
    assert peak < 10_000_000


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1251", "utf-32"])
def test_rows_in_another_encoding_are_read_as_written_and_a_note_says_so(
    read: Callable, encoding: str
) -> None:
    rows = "".join(
        json.dumps({"id": str(number), "text": "У громаді чути вибухи."}, ensure_ascii=False) + "\n"
        for number in range(3)
    )
    result = read(rows.encode(encoding), "a.jsonl")
    assert result.texts == ["У громаді чути вибухи."] * 3
    assert not result.problems
    assert result.noted == ["read_as"]


def test_one_line_in_cp1251_amid_utf8_is_read_as_such_and_noted(read: Callable) -> None:
    row = json.dumps({"id": "2", "text": "У громаді чути вибухи."}, ensure_ascii=False)
    start = lines(GOOD) + "\n" + " " * 70_000 + "\n"
    result = read(start.encode() + row.encode("cp1251"), "a.jsonl")
    assert result.texts[1] == "У громаді чути вибухи."
    assert result.noted == ["read_as"]


def test_a_byte_that_windows_1251_lacks_is_told(read: Callable) -> None:
    row = json.dumps({"id": "2", "text": "У громаді чути вибухи."}, ensure_ascii=False)
    start = (row.encode("cp1251") + b"\n") * 2000
    result = read(start + b'{"id": "3", "text": "\x98"}', "a.jsonl")
    assert result.codes == ["wrong_encoding"]


@pytest.mark.parametrize("field", ["text", "more"])
def test_nesting_of_any_depth_is_kept_or_refused_and_never_a_traceback(
    read: Callable, field: str
) -> None:
    depths = [100, *range(880, 1010)]
    rows = [
        f'{{"id": "{depth}", "text": "Так.", "{field}": {"[" * depth}{"]" * depth}}}'
        for depth in depths
    ]
    result = read(lines(*rows), "a.jsonl")
    assert len(result.posts) + len(result.problems) == len(depths)
    assert set(result.codes) <= {"nested_too_deep", "wrong_type"}
    assert (len(result.posts) > 0) == (field == "more")
