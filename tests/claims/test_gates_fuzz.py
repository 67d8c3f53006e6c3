"""No post that the grammar makes breaks a hard gate of CLAIMS.md section 5."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from claims.gates_grammar import (
    GATES,
    MISSED,
    MUTANTS,
    Breach,
    Made,
    breaches,
    chances,
    make,
    missed_ends,
    read_made,
)
from claims.reading import read

SEED = 20261125
LONG = 100_000
SHORT = 600


def show(found: list[Breach], post: Made) -> str:
    rows = [f"{b.gate}: {b.part!r} gave {b.claim.topic} by {b.claim.rules}" for b in found]
    return "\n".join([f"{post.text!r} from {post.home}", *rows])


def run(posts: int, *, seed: int) -> tuple[Counter[str], Counter[str], list[str]]:
    """Return opportunities and breaches a gate, and the first breaches in words."""
    random = Random(seed)
    met, broken, shown = Counter[str](), Counter[str](), list[str]()
    for _ in range(posts):
        post = make(random)
        claims = read_made(post)
        found = breaches(post, claims)
        met += chances(post)
        broken += Counter(breach.gate for breach in found)
        if found and len(shown) < 20:
            shown.append(show(found, post))
        real, missed = missed_ends(post, claims)
        met[MISSED] += real
        broken[MISSED] += missed
    print(f"\n{posts} posts, seed {seed}")  # noqa: T201 - the figures
    for gate in (*GATES, MISSED):
        print(f"{gate:52} {broken[gate]:5} of {met[gate]:6}")  # noqa: T201 - the figures
    return met, broken, shown


@given(st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_no_post_of_the_grammar_breaks_a_gate(random: Random) -> None:
    post = make(random)
    found = breaches(post, read_made(post))
    assert not found, show(found, post)


def test_every_gate_has_its_opportunities_and_holds() -> None:
    met, _, shown = run(SHORT, seed=SEED)
    assert not shown, "\n\n".join(shown)
    assert min(met[gate] for gate in GATES) >= SHORT // 20


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_posts_break_no_gate() -> None:
    met, _, shown = run(LONG, seed=SEED)
    assert not shown, "\n\n".join(shown)
    assert min(met[gate] for gate in GATES) >= LONG // 20


@pytest.mark.parametrize("gate", GATES)
def test_a_reader_that_breaks_a_gate_is_caught(gate: str) -> None:
    random = Random(SEED)
    posts = [make(random) for _ in range(200)]
    assert any(b.gate == gate for post in posts for b in breaches(post, MUTANTS[gate](post)))


def test_most_real_all_clears_are_read() -> None:
    met, broken, _ = run(SHORT, seed=SEED + 1)
    assert broken[MISSED] < met[MISSED] // 3


@pytest.mark.parametrize(
    "text",
    [
        "🔴 Загроза застосування КАБ для Харківської області",
        "🔴 КАБ на Харківщину",
        "🔴 Drones towards Sumy region",
        "🔴 Угроза применения КАБ для Сумской области",
    ],
)
def test_a_red_circle_alone_announces_no_alarm(text: str) -> None:
    topics = {claim.topic.partition(".")[0] for claim in read(text).claims}
    assert topics == {"threat"}


def test_a_red_circle_beside_the_word_announces_an_alarm() -> None:
    assert "alert.start" in {c.topic for c in read("🔴 Сумська область — повітряна тривога").claims}
