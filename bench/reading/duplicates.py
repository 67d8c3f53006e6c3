"""Near-duplicate clusters of texts by their character 5-grams."""

import re
from collections import defaultdict
from itertools import combinations
from zlib import crc32

_LETTERS = re.compile(r"[^\w]+")
_SIZE = 5
_SKETCH = 64  # smallest hashes kept; two texts at Jaccard 0.5 share about 40 of them
_COMMON = 8  # a pair below this is not compared; at Jaccard 0.5 the odds are under 1 in 10^6
THRESHOLD = 0.5  # own choice: below it two posts of the corpus read as different stories


def shingles(text: str) -> frozenset[int]:
    """Return the hashed 5-grams of a text, lower case, marks and blanks made one blank."""
    plain = _LETTERS.sub(" ", text.lower()).strip()
    if len(plain) <= _SIZE:
        return frozenset({crc32(plain.encode())})
    return frozenset(crc32(plain[i : i + _SIZE].encode()) for i in range(len(plain) - _SIZE + 1))


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """Return the share of common members, 0..1."""
    common = len(a & b)
    return common / (len(a) + len(b) - common)


def clusters(texts: dict[str, str], *, threshold: float = THRESHOLD) -> dict[str, str]:
    """Return for each id the smallest id of its near-duplicate cluster.

    Clusters are the connected parts of "Jaccard similarity at least the threshold".
    """
    sets = {key: shingles(text) for key, text in texts.items()}
    parent = {key: key for key in texts}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for a, b in _pairs(sets):
        if root(a) != root(b) and jaccard(sets[a], sets[b]) >= threshold:
            first, second = sorted((root(a), root(b)))
            parent[second] = first
    return {key: root(key) for key in texts}


def _pairs(sets: dict[str, frozenset[int]]) -> list[tuple[str, str]]:
    holders: dict[int, list[str]] = defaultdict(list)
    kept: dict[str, int] = {}
    for key, members in sets.items():
        sketch = sorted(members)[:_SKETCH]
        kept[key] = len(sketch)
        for value in sketch:
            holders[value].append(key)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for keys in holders.values():
        for pair in combinations(keys, 2):
            shared[pair] += 1
    return [
        (a, b)
        for (a, b), count in shared.items()
        if count >= min(_COMMON, kept[a] // 4, kept[b] // 4)
    ]
