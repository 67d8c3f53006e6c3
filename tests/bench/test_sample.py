"""The sample is drawn by strata, one post a cluster, the same for the same seed."""

from collections import Counter
from pathlib import Path

import pytest
from bench.reading.corpus import SAMPLE, Post, batch_ids, read_posts, read_sample, source_of
from bench.reading.duplicates import clusters
from bench.reading.sample import AGAIN, MORE, QUOTAS, TUNE_MORE, draw, draw_again

from vidomo.core.errors import InputError


def invented(count: int) -> list[Post]:
    return [
        Post(
            id=f"nkt-Канал {n % 4}-{n}",
            lang="ru",
            text=f"пост {n}",
            source="s",
            looks_relevant=True,
        )
        for n in range(count)
    ]


def drawn_from(posts: list[Post], cluster: dict[str, str], *, wanted: int, seed: int = 1) -> list:
    quotas = {(True, "channels", "ru"): wanted}
    return draw(posts, cluster=cluster, quotas=quotas, seed=seed)


def test_the_same_seed_draws_the_same_posts() -> None:
    posts = invented(80)
    own = {post.id: post.id for post in posts}
    assert drawn_from(posts, own, wanted=40) == drawn_from(posts[::-1], own, wanted=40)
    assert drawn_from(posts, own, wanted=40) != drawn_from(posts, own, wanted=40, seed=2)


def test_a_cluster_gives_one_post_at_most() -> None:
    posts = invented(80)
    pairs = {post.id: f"c{number // 2}" for number, post in enumerate(posts)}
    rows = drawn_from(posts, pairs, wanted=40)
    assert len({pairs[row.id] for row in rows}) == len(rows) == 40


def test_every_source_has_its_share_of_both_sets() -> None:
    posts = invented(80)
    rows = drawn_from(posts, {post.id: post.id for post in posts}, wanted=40)
    for name in ("tune", "report"):
        counts = Counter(source_of(row.id) for row in rows if row.set == name)
        assert set(counts.values()) <= {4, 5, 6}
        assert len(counts) == 4


def test_a_stratum_that_is_too_small_is_refused() -> None:
    posts = invented(10)
    with pytest.raises(InputError, match="10 clusters, not 40"):
        drawn_from(posts, {post.id: post.id for post in posts}, wanted=40)


def test_a_second_draw_takes_no_cluster_of_the_first_and_caps_a_source() -> None:
    posts = invented(80)
    pairs = {post.id: f"c{number // 2}" for number, post in enumerate(posts)}
    first = drawn_from(posts, pairs, wanted=20)
    quotas = {("channels", True, "ru"): 12}
    rows = draw_again(
        posts, cluster=pairs, taken=[row.id for row in first], quotas=quotas, most=3, seed=3
    )
    assert not {pairs[row.id] for row in rows} & {pairs[row.id] for row in first}
    assert Counter(source_of(row.id) for row in rows) == {f"nkt-Канал {n}": 3 for n in range(4)}
    assert {row.batch for row in rows} == {"r6"}
    assert {row.again for row in rows if row.double} == {"d3"}
    with pytest.raises(InputError, match="12 clusters, not 13"):
        draw_again(
            posts,
            cluster=pairs,
            taken=[row.id for row in first],
            quotas={("channels", True, "ru"): 13},
            most=3,
        )


def test_a_fifth_is_labelled_twice_and_says_where() -> None:
    posts = invented(80)
    rows = drawn_from(posts, {post.id: post.id for post in posts}, wanted=40)
    assert sum(row.double for row in rows) == 8
    assert all((row.again is not None) == row.double for row in rows)


def test_an_id_names_its_channel_or_its_collection() -> None:
    assert source_of("nkt-Канал | Новини-118") == "nkt-Канал | Новини"
    assert source_of("UZprymisky/4135") == "UZprymisky"
    assert source_of("unlp-0bb0c7fa-101b-4583-a5f9-9d503339141c") == "unlp"


def test_an_unknown_batch_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError) as raised:
        batch_ids("x9", read_sample())
    assert "r1" in raised.value.hint


def test_the_committed_sample_keeps_its_promises(shared: Path) -> None:
    rows, posts = read_sample(SAMPLE), read_posts(shared / "corpus" / "posts.jsonl")
    sizes = {"tune": 500, "report": 500, "report2": 360, "tune2": 312}
    assert Counter(row.set for row in rows) == sizes
    assert sum(TUNE_MORE.values()) == sizes["tune2"]
    rows = [row for row in rows if row.set != "tune2"]
    first = [row for row in rows if row.set != "report2"]
    assert sum(posts[row.id].looks_relevant for row in first) == 700
    batches = Counter(row.batch for row in rows)
    assert batches.pop("r9") == sum(MORE.values()) == 60
    assert set(batches.values()) == {100}
    assert Counter(row.again for row in rows if row.double) == {"d1": 100, "d2": 100, "d3": 60}
    assert sum(QUOTAS.values()) == len({row.id for row in first}) == 1000
    assert sum(AGAIN.values()) == len({row.id for row in rows}) - 1060 == 300
    second = Counter(source_of(row.id) for row in rows if row.set == "report2")
    assert max(second.values()) <= 300 / 5
    del second["unlp"]  # read before for false claims
    assert second.total() == 300
    for name in ("tune", "report"):
        own = [row for row in rows if row.set == name]
        channels = Counter(source_of(row.id) for row in own)
        del channels["unlp"]  # a collection of channels that it does not name
        assert max(channels.values()) <= len(own) / 5
        strict = Counter(source_of(row.id) for row in own if row.fifth)
        assert max(strict.values()) <= strict.total() / 5
        assert strict.total() >= 300


def test_no_two_posts_of_the_committed_sample_are_near_duplicates(shared: Path) -> None:
    posts = read_posts(shared / "corpus" / "posts.jsonl")
    found = clusters({row.id: posts[row.id].text for row in read_sample()})
    assert len(set(found.values())) == len(found)
