"""Draw the sample of posts to label: one post a near-duplicate cluster, by strata, seeded.

Run: python -m bench.reading.sample

The first draw gives the sets ``tune`` and ``report``, the second ``report2``: a report set is
opened to those who write rules once it has been measured often enough, and a fresh one is drawn.
"""

import random
from collections import defaultdict
from collections.abc import Iterable

import msgspec
from bench.reading.corpus import POSTS, SAMPLE, Drawn, Post, read_posts, source_of, write_lines
from bench.reading.duplicates import clusters

from vidomo.core.errors import InputError

SEED = 20251220
BATCH = 100
SHARE = 0.2  # no source gives more of a set, and as much is labelled twice

# How many posts each stratum gives: (looks relevant, group, language). 700 and 300 in all.
# The railway's relevant posts are one formula: their clusters leave two. The quotas keep every
# channel under a fifth and leave 300 posts of each set in which the channel-less collection is
# at a fifth too (``fifth``).
QUOTAS: dict[tuple[bool, str, str], int] = {
    (True, "channels", "ru"): 410,
    (True, "UZprymisky", "uk"): 2,
    (True, "unlp", "uk"): 220,
    (True, "unlp", "ru"): 68,
    (False, "UZprymisky", "uk"): 98,
    (False, "unlp", "uk"): 112,
    (False, "unlp", "ru"): 90,
}

# The second draw: most posts of one source name, the collection included, so that each gives at
# most a fifth of 300; and how many of them are on our subject where both kinds are left.
SEED_AGAIN = 20261126
AGAIN: dict[tuple[str, bool, str], int] = {
    ("channels", True, "ru"): 190,
    ("unlp", True, "uk"): 40,
    ("unlp", True, "ru"): 12,
    ("unlp", False, "uk"): 8,
    ("UZprymisky", False, "uk"): 50,
}
MOST = 60
# A third draw: the collection's posts outside the first draw had been read for false claims while
# rules were written, so that this many more of the others make 300 that nobody had read.
SEED_MORE = 20261127
MORE: dict[tuple[str, bool, str], int] = {
    ("channels", True, "ru"): 50,
    ("UZprymisky", False, "uk"): 10,
}

# A fourth draw, a second tune set: the posts on our subject that no other draw had taken, which are
# read before any rule is written for them.
SEED_TUNE = 20261128
TUNE_MORE: dict[tuple[str, bool, str], int] = {
    ("channels", True, "ru"): 150,
    ("unlp", True, "ru"): 110,
    ("unlp", True, "uk"): 34,
    ("UZprymisky", False, "uk"): 18,
}
TUNE_BATCHES = 5  # batches of the tune set before it
ANY = 10_000  # no source is held back: a tune set reports nothing


def group_of(post: Post) -> str:
    """Return the stratum's group: the railway, the collection, or the news channels."""
    source = source_of(post.id)
    return source if source in {"UZprymisky", "unlp"} else "channels"


def draw(
    posts: Iterable[Post],
    *,
    cluster: dict[str, str],
    quotas: dict[tuple[bool, str, str], int],
    seed: int = SEED,
) -> list[Drawn]:
    """Return the drawn posts, split in two sets, cut in batches and marked for a second labelling.

    Every cluster gives at most one post, so that no cluster is in both sets.
    """
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    strata: dict[tuple[bool, str, str], list[Post]] = defaultdict(list)
    for post in _one_a_cluster(posts, cluster, rng):
        strata[post.looks_relevant, group_of(post), post.lang].append(post)
    sets: dict[str, list[Post]] = {"tune": [], "report": []}
    for stratum, wanted in sorted(quotas.items()):
        if len(strata[stratum]) < wanted:
            raise InputError(f"{stratum} has {len(strata[stratum])} clusters, not {wanted}")
        taken = _proportional(strata[stratum], wanted)
        for place, post in enumerate(taken):
            sets["report" if place % 2 == 0 else "tune"].append(post)
    return [row for name in ("report", "tune") for row in _batches(name, sets[name], rng)]


def draw_again(
    posts: Iterable[Post],
    *,
    cluster: dict[str, str],
    taken: Iterable[str],
    quotas: dict[tuple[str, bool, str], int],
    most: int = MOST,
    seed: int = SEED_AGAIN,
    after: int = 5,
) -> list[Drawn]:
    """Return a further report set from clusters of which no post was drawn before.

    Args:
        posts: The corpus.
        cluster: The near-duplicate cluster of every post.
        taken: Ids drawn before.
        quotas: How many posts each (group, looks relevant, language) gives.
        most: Posts that one source name gives at most.
        seed: Seed of the draw.
        after: Number of report batches drawn before.

    Raises:
        InputError: A stratum has too few clusters left.
    """
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    used = {cluster[post_id] for post_id in taken}
    strata: dict[tuple[str, bool, str], list[Post]] = defaultdict(list)
    for post in _one_a_cluster(posts, cluster, rng):
        if cluster[post.id] not in used:
            strata[group_of(post), post.looks_relevant, post.lang].append(post)
    drawn: list[Post] = []
    for stratum, wanted in sorted(quotas.items()):
        fitting = _at_most(strata[stratum], most)
        if len(fitting) < wanted:
            raise InputError(f"{stratum} has {len(fitting)} clusters, not {wanted}")
        drawn += _proportional(fitting, wanted)
    rows = _batches("report", drawn, rng)
    return [
        msgspec.structs.replace(
            row,
            set="report2",
            batch=f"r{int(row.batch[1:]) + after}",
            again="d3" if row.double else None,
            fifth=True,
        )
        for row in rows
    ]


def draw_tune(
    posts: Iterable[Post], *, cluster: dict[str, str], taken: Iterable[str]
) -> list[Drawn]:
    """Return the posts of a second tune set, of clusters of which no post was drawn before.

    Raises:
        InputError: A stratum has too few clusters left.
    """
    rows = draw_again(
        posts,
        cluster=cluster,
        taken=taken,
        quotas=TUNE_MORE,
        most=ANY,
        seed=SEED_TUNE,
        after=TUNE_BATCHES,
    )
    return [
        msgspec.structs.replace(
            row, set="tune2", batch=f"t{row.batch[1:]}", double=False, again=None, fifth=False
        )
        for row in rows
    ]


def _at_most(posts: list[Post], most: int) -> list[Post]:
    by_source: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        by_source[source_of(post.id)].append(post)
    return [post for own in by_source.values() for post in own[:most]]


def _one_a_cluster(
    posts: Iterable[Post], cluster: dict[str, str], rng: random.Random
) -> list[Post]:
    shuffled = sorted(posts, key=lambda post: post.id)
    rng.shuffle(shuffled)
    chosen: dict[str, Post] = {}
    for post in shuffled:
        chosen.setdefault(cluster[post.id], post)
    return list(chosen.values())


def _proportional(posts: list[Post], wanted: int) -> list[Post]:
    """Return ``wanted`` posts, of each source its share, source after source.

    Shares are rounded by largest remainder (Hamilton's method), ties by name.
    """
    by_source: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        by_source[source_of(post.id)].append(post)
    exact = {name: wanted * len(own) / len(posts) for name, own in sorted(by_source.items())}
    seats = {name: int(share) for name, share in exact.items()}
    left = wanted - sum(seats.values())
    for name in sorted(exact, key=lambda name: seats[name] - exact[name])[:left]:
        seats[name] += 1
    return [post for name, count in seats.items() for post in by_source[name][:count]]


def _batches(name: str, posts: list[Post], rng: random.Random) -> list[Drawn]:
    order = sorted(posts, key=lambda post: post.id)
    rng.shuffle(order)
    double = _share(order, int(len(order) * SHARE))
    fifth = _strict(order)
    again = "d1" if name == "report" else "d2"
    return [
        Drawn(
            id=post.id,
            set=name,
            batch=f"{name[0]}{place // BATCH + 1}",
            double=post.id in double,
            again=again if post.id in double else None,
            fifth=post.id in fifth,
        )
        for place, post in enumerate(order)
    ]


def _share(posts: list[Post], wanted: int) -> set[str]:
    """Return the ids of an even part of the posts, by source and language."""
    ordered = sorted(posts, key=lambda post: (group_of(post), post.lang, source_of(post.id)))
    step = len(ordered) / wanted if wanted else 1.0
    return {ordered[int(i * step)].id for i in range(wanted)}


def _strict(posts: list[Post]) -> set[str]:
    """Return the ids of the largest part in which no source name gives more than a fifth."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for post in posts:
        by_source[source_of(post.id)].append(post.id)
    for cap in range(len(posts), 0, -1):
        kept = [ids[:cap] for ids in by_source.values()]
        if max(map(len, kept)) <= sum(map(len, kept)) * SHARE:
            return {post_id for ids in kept for post_id in ids}
    return set()


def main() -> None:
    """Write the sample."""
    posts = read_posts(POSTS)
    cluster = clusters({post.id: post.text for post in posts.values()})
    rows = draw(posts.values(), cluster=cluster, quotas=QUOTAS)
    taken = [row.id for row in rows]
    rows += draw_again(posts.values(), cluster=cluster, taken=taken, quotas=AGAIN)
    taken = [row.id for row in rows]
    more = draw_again(
        posts.values(), cluster=cluster, taken=taken, quotas=MORE, seed=SEED_MORE, after=8
    )
    rows += [msgspec.structs.replace(row, double=False, again=None) for row in more]
    rows += draw_tune(posts.values(), cluster=cluster, taken=[row.id for row in rows])
    write_lines(SAMPLE, [*rows])
    seeds = f"seeds {SEED}, {SEED_AGAIN}, {SEED_MORE}, {SEED_TUNE}"
    print(f"{seeds}: {len(rows)} posts, {len(set(cluster.values()))} clusters of {len(posts)}")


if __name__ == "__main__":
    main()
