"""The recall net: what it flags, how quickly, and that it makes no claim."""

import time

import pytest
from hypothesis import given, strategies as st

from vidomo.claims.net import (
    ANY,
    BUCKETS,
    Head,
    Header,
    Net,
    buckets_of,
    net,
    pack,
    unpack,
    words_of,
)

ATTACK = "Вибухи в Чугуєві, пошкоджено будинки, є поранені"


def small(*, threshold: float = 0.5, loud: str = "світло") -> bytes:
    """A net that knows one word."""
    weights = bytearray(BUCKETS)
    for bucket in buckets_of(loud):
        weights[bucket] = 100
    head = Head(name=ANY, scale=0.1, bias=-3.0, slope=1.0, offset=0.0)
    heads = (head, *(Head(name=n, scale=0.1, bias=-3, slope=1, offset=0) for n in ("a", "b")))
    header = Header(heads=heads, threshold=threshold, trained="by hand")
    return pack(header, {ANY: bytes(weights), "a": bytes(weights), "b": bytes(BUCKETS)})


def test_the_shipped_net_is_small() -> None:
    heads = net().header.heads
    assert len(heads) * BUCKETS < 3_000_000
    assert heads[0].name == ANY
    assert {"alert", "event", "impact", "harm", "service", "schedule", "help"} <= {
        head.name for head in heads
    }


def test_news_of_an_attack_is_flagged_with_its_family_and_its_words() -> None:
    hunch = net().guess(ATTACK)
    assert hunch.is_flagged
    assert "impact" in [name for name, _ in hunch.families]
    assert "поранені" in hunch.words


@pytest.mark.parametrize(
    "text",
    [
        "Міська рада оголосила конкурс на кращий дитячий малюнок.",
        "Поздравляем команду с победой в чемпионате!",
        "The theatre opens its new season with a comedy.",
        "",
        "   ",
    ],
)
def test_everyday_posts_are_not_flagged(text: str) -> None:
    hunch = net().guess(text)
    assert not hunch.is_flagged
    assert (hunch.families, hunch.words) == ((), ())


def test_a_post_is_flagged_from_the_threshold_on() -> None:
    chance = unpack(small()).guess("є світло").chance
    assert unpack(small(threshold=chance)).guess("є світло").is_flagged
    assert not unpack(small(threshold=chance + 1e-9)).guess("є світло").is_flagged


def test_families_are_sorted_by_probability_and_the_best_is_always_named() -> None:
    hunch = unpack(small()).guess("світло")
    assert [name for name, _ in hunch.families] == ["a"]
    assert hunch.words == ("світло",)


def test_case_digits_and_repetition_change_nothing() -> None:
    guess = net().guess
    assert guess("ВИБУХ о 12:30").chance == guess("вибух о 47:19 вибух").chance


def test_every_ngram_of_two_to_five_letters_counts_once() -> None:
    assert len(buckets_of("дім")) == 4 + 3 + 2 + 1  # of <дім>
    assert all(0 <= bucket < BUCKETS for bucket in buckets_of("дім"))


def test_long_words_are_cut() -> None:
    assert words_of("а" * 1000) == ["а" * 40]


def test_a_broken_file_is_told_from_a_net() -> None:
    with pytest.raises(ValueError, match="begin"):
        unpack(b"something else")
    with pytest.raises(ValueError, match="weights"):
        unpack(small()[:-1])


@given(st.text())
def test_any_text_gets_a_probability(text: str) -> None:
    hunch = net().guess(text)
    assert 0 <= hunch.chance <= 1
    assert hunch.is_flagged == bool(hunch.families)


@given(st.text(st.characters(exclude_categories=[])))
def test_lone_surrogates_do_no_harm(text: str) -> None:
    assert 0 <= net().guess(text).chance <= 1


def test_what_the_net_remembers_changes_no_answer() -> None:
    shipped = net()
    fresh = Net(shipped.header, {h.name: w for h, w in _rows(shipped)})
    assert shipped.guess(ATTACK) == shipped.guess(ATTACK) == fresh.guess(ATTACK)


def _rows(shipped: Net):
    families = [head for head in shipped.header.heads if head.name != ANY]
    return [
        (shipped.header.heads[0], shipped._any),
        *zip(families, shipped._rows, strict=True),
    ]


@pytest.mark.parametrize("bait", ["а\u0301", "\u200b", "\u202e", "ab ", "🟢"])
def test_hostile_posts_cost_time_in_line_with_their_length(bait: str) -> None:
    began = time.process_time()
    net().guess(bait * 300_000)
    assert time.process_time() - began < 3


def test_posts_are_judged_quickly() -> None:
    posts = [f"{ATTACK} {number} на вулиці {number * 7919}" for number in range(2000)]
    net().guess(posts[0])
    began = time.process_time()
    for post in posts:
        net().guess(post)
    assert len(posts) / (time.process_time() - began) > 1000
