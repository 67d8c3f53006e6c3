"""Posts of our own lie beside the corpus and are found like its posts."""

from datetime import datetime

import pytest
from bench.reading.corpus import LABELS, OWN, batch_ids, genre_of, read_own, read_posts
from bench.reading.draft import parse_number
from bench.reading.duplicates import clusters
from bench.reading.gates import not_counts

from vidomo.gazetteer import Gazetteer

GENRES = {"administration", "emergency", "energy", "railway", "news", "monitor"}
BATCHES = (
    *("own-en-r", "own-en-t", "own-en-r2", "own-uk-r2", "own-ru-r2"),
    *("own-en-r3", "own-uk-r3", "own-ru-r3", "own-uk-r4", "own-ru-r4"),
    *("own-uk-r5", "own-ru-r5", "own-en-r4"),
)


@pytest.mark.parametrize("batch", BATCHES)
def test_a_batch_of_our_own_is_the_file_of_its_posts(batch: str) -> None:
    ids = batch_ids(batch, [])
    assert (OWN / f"{batch}.jsonl").is_file()
    assert (LABELS / f"{batch}.jsonl").is_file()
    assert len(set(ids)) == len(ids) >= 60
    assert all(key.startswith(f"{batch}-") for key in ids)
    assert set(ids) <= set(read_posts())


@pytest.mark.parametrize("batch", BATCHES)
def test_a_post_of_our_own_tells_genre_home_and_time(batch: str) -> None:
    gazetteer = Gazetteer.open()
    for key in batch_ids(batch, []):
        post = read_own()[key]
        assert genre_of(key) in GENRES
        assert post.home is None or post.home == "UA" or gazetteer.get(post.home) is not None
        assert datetime.fromisoformat(post.posted_at or "").tzinfo is not None


def test_no_two_posts_of_our_own_are_near_duplicates() -> None:
    texts = {key: read_own()[key].text for batch in BATCHES for key in batch_ids(batch, [])}
    assert len(set(clusters(texts).values())) == len(texts)


def test_a_unit_of_two_words_is_a_number_too() -> None:
    assert parse_number("4 city_districts").unit == "city_districts"


def test_english_ages_floors_and_trains_are_no_counts() -> None:
    text = "train 103, No. 7: a man aged 61 from the 6th floor, 2 hurt"
    assert not_counts(text) == frozenset({103.0, 7.0, 61.0, 6.0})
