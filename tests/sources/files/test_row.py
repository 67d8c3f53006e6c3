"""What no post may hold, whatever door it comes through."""

from datetime import UTC, datetime

import pytest

from vidomo.sources.files.request import Request
from vidomo.sources.files.row import RowRefused, checked
from vidomo.sources.model import Post

REQUEST = Request(
    name="a.jsonl",
    stem="a",
    now=datetime(2025, 12, 21, 12, tzinfo=UTC),
    knows_place=lambda code: code == "UA63",
    note=lambda _note: None,
)


@pytest.mark.parametrize("field", ["source", "native_id", "text", "forwarded_from", "reply_to"])
@pytest.mark.parametrize(
    ("words", "code"), [("a\x00b", "nul_character"), ("a\ud83d", "lone_surrogate")]
)
def test_broken_characters_are_refused_in_every_field(field: str, words: str, code: str) -> None:
    post = Post(**{"source": "s", "native_id": "1", "text": "Так.", field: words})
    with pytest.raises(RowRefused, match=field) as caught:
        checked(post, REQUEST)
    assert caught.value.code == code
    assert caught.value.problem("line 1").where == "line 1"


def test_a_sound_post_is_given_back_as_it_is() -> None:
    post = Post(source="s", native_id="1", text="Так \U0001f600.", home="UA63")
    assert checked(post, REQUEST) is post
