import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vidomo.app.reader import read_version
from vidomo.app.rereading import Rereader
from vidomo.core.codec import to_json
from vidomo.core.time import instant_interval
from vidomo.reports.lineage import version_of
from vidomo.reports.model import Version
from vidomo.sources.model import Post

KHARKIV = "UA63000000000041885"
NOON = datetime(2026, 1, 10, 10, tzinfo=UTC)
TIMELESS = "🔴 Ізюмський район (Харківська область): повітряна тривога."
TIMED = "Вчора о 18:40 в Ізюмі пролунали вибухи. Без світла частина міста."


def version(text: str, number: int, *, home: str | None = KHARKIV, dated: bool = True) -> Version:
    at = instant_interval(NOON + timedelta(hours=7 * number, seconds=number))
    return version_of(
        Post(
            source="own",
            native_id=str(number),
            text=text,
            posted_at=at if dated else None,
            home=home,
        )
    )


def bundled_texts() -> list[str]:
    path = Path(__file__).parents[2] / "src/vidomo/app/scenarios/izium/posts.jsonl"
    return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines() if line]


@pytest.mark.parametrize("text", [TIMELESS, TIMED, "", "Доброго ранку!", *bundled_texts()])
def test_words_met_before_are_read_as_if_afresh(text: str) -> None:
    rereader = Rereader()
    for number in range(5):
        one = version(text, number)
        assert to_json(rereader.read(one)) == to_json(read_version(one))


def test_words_without_a_time_are_read_twice_and_then_filled_in() -> None:
    rereader = Rereader()
    for number in range(5):
        rereader.read(version(TIMELESS, number))
    assert rereader.filled == 3


def test_words_that_name_a_time_are_always_read_afresh() -> None:
    rereader = Rereader()
    for number in range(5):
        rereader.read(version(TIMED, number))
    assert rereader.filled == 0


def test_the_same_words_from_another_home_are_another_text() -> None:
    rereader = Rereader()
    text = "🔴 Первомайська громада: повітряна тривога."
    homes = [KHARKIV, "UA48000000000039575", None] * 3
    for number, home in enumerate(homes):
        one = version(text, number, home=home)
        assert to_json(rereader.read(one)) == to_json(read_version(one))


def test_an_undated_post_is_read_afresh() -> None:
    rereader = Rereader()
    for number in range(4):
        one = version(TIMELESS, number, dated=False)
        assert to_json(rereader.read(one)) == to_json(read_version(one))
    assert rereader.filled == 0


def test_only_so_many_texts_are_remembered() -> None:
    rereader = Rereader(kept=2)
    texts = ["Тривога!", TIMELESS, "🟢 Ізюм: відбій тривоги."]
    for number in range(9):
        one = version(texts[number % 3], number)
        assert to_json(rereader.read(one)) == to_json(read_version(one))
    assert rereader.filled == 0
