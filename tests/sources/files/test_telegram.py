"""A Telegram Desktop export: channels are read, private life is not."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from vidomo.core.time import instant_interval

MESSAGE = {
    "id": 101,
    "type": "message",
    "date": "2025-12-20T15:44:05",
    "date_unixtime": "1766238245",
    "from": "Громада (зразок)",
    "text": "У громаді чути вибухи.",
}


def export(*messages: object, **more: object) -> str:
    chat = {"name": "Громада (зразок)", "type": "public_channel", "id": 77}
    return json.dumps({**chat, "messages": list(messages), **more}, indent=1)


def test_a_message_is_a_post_of_its_channel(read: Callable) -> None:
    (post,) = read(export(MESSAGE), "result.json").posts
    assert (post.source, post.native_id, post.text) == ("telegram:77", "101", MESSAGE["text"])
    assert post.posted_at == instant_interval(datetime(2025, 12, 20, 13, 44, 5, tzinfo=UTC))
    assert (post.title, post.format) == ("Громада (зразок)", "telegram")
    assert post.edited_at is None


def test_a_stated_source_and_home_take_the_place_of_the_channels(read: Callable) -> None:
    (post,) = read(export(MESSAGE), "result.json", source="izium_mva", home="UA63").posts
    assert (post.source, post.home) == ("izium_mva", "UA63")


def test_a_text_in_parts_is_put_together_as_it_was_read(read: Callable) -> None:
    parts = [
        "Світло ",
        {"type": "bold", "text": "зникло"},
        {"type": "hashtag", "text": "#Ізюм"},
        ".",
    ]
    (post,) = read(export(MESSAGE | {"text": parts}), "result.json").posts
    assert post.text == "Світло зникло#Ізюм."


def test_edits_replies_and_forwards_are_kept(read: Callable) -> None:
    more = {
        "edited_unixtime": "1766239245",
        "reply_to_message_id": 99,
        "forwarded_from": "Область",
    }
    (post,) = read(export(MESSAGE | more), "result.json").posts
    assert post.edited_at == datetime(2025, 12, 20, 14, 0, 45, tzinfo=UTC)
    assert (post.reply_to, post.forwarded_from) == ("99", "Область")


def test_an_old_export_marks_a_message_that_was_never_edited_with_zero(read: Callable) -> None:
    more = {"edited": "1970-01-01T02:00:00", "edited_unixtime": "0"}
    assert read(export(MESSAGE | more), "result.json").posts[0].edited_at is None


def test_service_messages_and_pictures_without_words_are_counted_and_not_refused(
    read: Callable,
) -> None:
    service = {"id": 1, "type": "service", "action": "create_channel"}
    picture = MESSAGE | {"id": 2, "text": "", "photo": "photos/1.jpg"}
    result = read(export(service, picture, picture | {"text": []}, MESSAGE), "result.json")
    assert len(result.posts) == 1
    assert not result.problems
    assert [(note.code, note.found[0]) for note in result.notes] == [
        ("service", "1"),
        ("without_words", "2"),
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": "x"}, "no_id"),
        ({"id": True}, "no_id"),
        ({"text": 5}, "wrong_type"),
        ({"text": ["a", 5]}, "wrong_type"),
        ({"text": [{"type": "bold"}]}, "wrong_type"),
        ({"date_unixtime": "soon"}, "bad_time"),
        ({"date_unixtime": "9" * 30}, "bad_time"),
        ({"date_unixtime": "1798000000"}, "date_in_future"),
        ({"date_unixtime": None}, "time_without_zone"),
        ({"edited": "2025-12-20T16:00:00"}, "time_without_zone"),
        ({"text": "a\x00b"}, "nul_character"),
    ],
)
def test_a_bad_message_is_told_and_the_rest_goes_on(
    read: Callable, change: dict[str, object], code: str
) -> None:
    result = read(export(MESSAGE | change, 5, MESSAGE | {"id": 103}), "result.json")
    assert result.codes == [code, "wrong_type"]
    assert [post.native_id for post in result.posts] == ["103"]
    assert result.problems[0].where == "result.json, message 1"
    assert result.problems[0].hint


def test_a_message_without_any_date_is_kept_undated(read: Callable) -> None:
    (post,) = read(export({"id": 1, "text": "Так."}), "result.json").posts
    assert post.posted_at is None


def test_an_export_of_a_whole_account_gives_its_channels_only(read: Callable) -> None:
    channel = json.loads(export(MESSAGE))
    friend = channel | {"type": "personal_chat", "id": 5}
    left = channel | {"id": 78}
    account = {
        "about": "x",
        "chats": {"about": "y", "list": [friend, channel, {"type": "public_channel"}]},
        "left_chats": {"list": [left]},
    }
    result = read(json.dumps(account), "result.json")
    assert [post.source for post in result.posts] == ["telegram:77", "telegram:78"]
    assert result.noted == ["not_a_channel"]
    assert result.codes == ["wrong_type"]


def test_a_personal_chat_alone_is_not_read(read: Callable) -> None:
    result = read(export(MESSAGE, type="personal_chat"), "result.json")
    assert result.posts == []
    assert result.noted == ["not_a_channel"]
    assert result.codes == ["no_messages"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (export(MESSAGE)[:-40], "json_cut_short"),
        ('{"messages": nonsense}', "not_json"),
        ('{"name": "a"}', "no_messages"),
        ('{"chats": {}}', "no_messages"),
        (export(), "no_messages"),
        (export(MESSAGE | {"text": "a\ud83d"}), "lone_surrogate"),
        (export()[:-1] + ', "id": {}}', "wrong_type"),
        ('{"messages": 5}', "wrong_type"),
        ('{"chats": 5}', "wrong_type"),
        ("[1, 2]", "wrong_type"),
        ('{"messages": ' + "[" * 100_000, "nested_too_deep"),
        ('{"messages": [' + "[" * 1000 + "]" * 1000 + "]}", "nested_too_deep"),
    ],
)
def test_what_is_no_export_is_told(read: Callable, content: str, code: str) -> None:
    result = read(content, "result.json", format="telegram")
    assert result.posts == []
    assert result.codes == [code]
    assert result.problems[0].hint


def test_an_export_in_utf16_is_read_and_noted(read: Callable) -> None:
    result = read(export(MESSAGE).encode("utf-16"), "result.json")
    assert result.texts == [MESSAGE["text"]]
    assert result.noted == ["read_as"]


def test_an_export_of_100_000_messages_is_read(read: Callable) -> None:
    messages = [MESSAGE | {"id": number} for number in range(100_000)]
    started = time.process_time()
    result = read(export(*messages), "result.json")
    assert len(result.posts) == 100_000
    assert time.process_time() - started < 60
