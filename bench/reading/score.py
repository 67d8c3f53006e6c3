"""Score a reading against gold labels, or two labellers against each other.

Run: python -m bench.reading.score GOLD FOUND [--agreement] [--fifth] [--texts FOLDER]
GOLD and FOUND are label files, or batches joined by commas (r1,r2). ``--agreement`` takes the
posts that both have and leaves the gates out; ``--fifth`` takes the part of the sample in which
no source name gives more than a fifth.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.reading.addressed import take_texts
from bench.reading.corpus import LABELS, genre_of, read_posts, read_sample, source_of
from bench.reading.gates import Case, Gate, judge
from bench.reading.labels import LabelClaim, read_labels
from bench.reading.measures import MEASURES, Score, score
from bench.reading.vocabulary import vocabulary

from vidomo.core.errors import InputError

Claims = tuple[LabelClaim, ...]
ENOUGH = 30  # gold claims of a family below which its figure is not shown as a result


def read_many(names: str) -> dict[str, Claims]:
    """Return the claims by post of label files or batches, joined by commas."""
    found: dict[str, Claims] = {}
    for name in names.split(","):
        path = Path(name) if name.endswith(".jsonl") else LABELS / f"{name}.jsonl"
        for row in read_labels(path):
            if row.id in found:
                raise InputError(f"{row.id} is there twice", hint="give each post once")
            found[row.id] = row.claims
    return found


def pair(
    gold: dict[str, Claims], found: dict[str, Claims], *, common: bool = False
) -> dict[str, tuple[Claims, Claims]]:
    """Return gold and found claims side by side.

    Args:
        gold: Claims by post.
        found: Claims by post.
        common: Take only the posts that both have; otherwise a post that was not read is an error.

    Raises:
        InputError: A gold post was not read.
    """
    missing = gold.keys() - found.keys()
    if missing and not common:
        raise InputError(f"{len(missing)} posts were not read: {min(missing)}", hint="read them")
    return {key: (claims, found[key]) for key, claims in gold.items() if key in found}


def by_family(pairs: Iterable[tuple[Claims, Claims]]) -> dict[str, Score]:
    """Return the topic score of each family."""
    kept = list(pairs)
    family = vocabulary().family
    return {
        name: score(
            [(_of(gold, name, family), _of(found, name, family)) for gold, found in kept],
            measure="topic",
        )
        for name in vocabulary().families
    }


def _of(claims: Claims, name: str, family: Callable[[str], str]) -> Claims:
    return tuple(claim for claim in claims if family(claim.topic) == name)


def grouped(
    pairs: dict[str, tuple[Claims, Claims]], *, key: Callable[[str], str]
) -> dict[str, list[tuple[Claims, Claims]]]:
    """Return the pairs by a property of the post's id, in alphabetical order."""
    groups: dict[str, list[tuple[Claims, Claims]]] = defaultdict(list)
    for post_id, both in pairs.items():
        groups[key(post_id)].append(both)
    return dict(sorted(groups.items()))


def line(name: str, result: Score) -> str:
    """Return one row of the printed table."""
    figures = " ".join(
        "    -" if value is None else f"{value:5.3f}"
        for value in (result.precision, result.recall, result.f1, result.low, result.high)
    )
    return f"{name:34.34} {figures} {result.support:5d} {result.posts:5d}"


def gate_line(gate: Gate) -> str:
    """Return one row of the printed gates."""
    bound = "-" if gate.upper is None else f"{gate.upper:.4f}"
    shown = "" if gate.is_shown else "  not yet shown"
    posts = f"  {', '.join(gate.posts[:5])}" if gate.posts else ""
    return f"{gate.name:50} {gate.breaches:4d} of {gate.opportunities:5d}  <= {bound}{shown}{posts}"


def report(
    pairs: dict[str, tuple[Claims, Claims]],
    *,
    langs: dict[str, str],
    texts: dict[str, str],
    with_gates: bool = True,
) -> list[str]:
    """Return the printed result: all, by language, by source, by family, and the gates."""
    rows = [f"{'':34} {'P':>5} {'R':>5} {'F1':>5} {'low':>5} {'high':>5} {'gold':>5} {'posts':>5}"]
    rows += [line(name, score(pairs.values(), measure=name)) for name in MEASURES]
    groups: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("lang", lambda key: langs.get(key, "und")),
        ("genre", genre_of),
        ("source", source_of),
    )
    for title, key in groups:
        for group, members in grouped(pairs, key=key).items():
            for name in MEASURES:
                result = score(members, measure=name)
                if result.posts:
                    rows.append(line(f"{title} {group}: {name}", result))
    for name, result in by_family(pairs.values()).items():
        few = " (too few)" if result.support < ENOUGH else ""
        rows.append(line(f"family {name}{few}", result))
    if with_gates:
        cases = (
            Case(id=key, text=texts.get(key, ""), gold=gold, found=found)
            for key, (gold, found) in pairs.items()
        )
        rows += [gate_line(gate) for gate in judge(cases)]
    return rows


def main(arguments: list[str]) -> int:
    """Print the scores; return how the command ends."""
    arguments = take_texts(arguments)
    words = [word for word in arguments if not word.startswith("--")]
    agreement = "--agreement" in arguments
    posts = read_posts()
    pairs = pair(read_many(words[0]), read_many(words[1]), common=agreement)
    if "--fifth" in arguments:
        kept = {row.id for row in read_sample() if row.fifth}
        pairs = {key: both for key, both in pairs.items() if key in kept}
    print(f"{len(pairs)} posts; UNLP posts name no channel and count as one source")
    rows = report(
        pairs,
        langs={key: post.lang for key, post in posts.items()},
        texts={key: post.text for key, post in posts.items()},
        with_gates=not agreement,
    )
    print("\n".join(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
