"""Train the recall net and write ``src/vidomo/claims/net.bin``; print what it can do.

Run: python -m tools.train_net     (in an environment of requirements/train.txt)

It learns from the labels of the tune set, and at a lower weight from what the reader itself
finds in posts of the corpus that nobody has labelled. No post of the report set, nor any near
duplicate of one, is looked at. The collection whose licence forbids commercial use (CC BY-NC-SA)
teaches nothing either: the net is shipped under a free licence. It only serves to measure. Every
figure printed is of the tune set, from posts that the weights had not seen (5 folds).
"""

import json
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec
import numpy as np
from bench.reading.corpus import LABELS, POSTS, SHARED, read_posts, read_sample, source_of
from bench.reading.duplicates import clusters
from bench.reading.labels import read_labels
from bench.reading.vocabulary import vocabulary
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold

from vidomo.app.reader import read, reader_version
from vidomo.claims.net import ANY, BUCKETS, Head, Header, buckets_of, pack, unpack, words_of

TARGET = Path(__file__).parents[1] / "src/vidomo/claims/net.bin"
Say = Callable[[str], None]
PLAIN = Path(__file__).with_name("plain_posts.txt")
BATCHES = ("t1", "t2", "t3", "t4", "t5", "own-uk-t", "own-ru-t", "own-en-t")
NON_COMMERCIAL = "unlp"
SEED = 20251220
FOLDS = 5
SILVER = 0.3  # weight of a post labelled by the reader; of 0, 0.1, 0.3 and 1 the best
COST = 3.0  # inverse of the penalty; of 0.3, 3 and 10 the best
QUEUE = 0.1  # share of the posts without a finding that a person can be asked to look at


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """One post to learn from.

    Attributes:
        text: The post.
        families: Families of its claims.
        is_gold: Whether a person has labelled it; else the reader has.
        is_empty: Whether the reader finds nothing in it.
        weight: What it counts in the training.
        is_free: Whether its licence lets a shipped net learn from it.
    """

    text: str
    families: frozenset[str]
    is_gold: bool
    is_empty: bool
    weight: float = 1.0
    is_free: bool = True


def lessons() -> list[Lesson]:
    """Return the posts to learn from: labelled ones first, then those that only the reader read."""
    posts, corpus, sample = read_posts(), read_posts(POSTS), read_sample()
    family = vocabulary().family
    found = []
    for batch in BATCHES:
        path = LABELS / f"{batch}.jsonl"
        for row in read_labels(path) if path.is_file() else ():
            post = posts[row.id]
            families = frozenset(family(claim.topic) for claim in row.claims)
            seen = read(post.text, lang=post.lang, home=post.home)
            found.append(
                Lesson(
                    text=post.text,
                    families=families,
                    is_gold=True,
                    is_empty=not seen,
                    is_free=source_of(row.id) != NON_COMMERCIAL,
                )
            )
    found += _older()
    found += [
        Lesson(text=text, families=frozenset(), is_gold=False, is_empty=True, weight=1.0)
        for text in _plain()
    ]
    cluster = clusters({post.id: post.text for post in corpus.values()})
    drawn = {cluster[row.id] for row in sample if row.id in cluster}
    for post in corpus.values():
        if cluster[post.id] in drawn:
            continue
        families = frozenset(family(claim.topic) for claim in read(post.text, lang=post.lang))
        found.append(
            Lesson(
                text=post.text,
                families=families,
                is_gold=False,
                is_empty=not families,
                weight=SILVER,
                is_free=source_of(post.id) != NON_COMMERCIAL,
            )
        )
    return found


def _older() -> list[Lesson]:
    """Return the posts with labels in the older naming: whether they hold a claim is enough."""
    lines = (SHARED / "corpus" / "labelled_start.jsonl").read_text("utf-8").splitlines()
    found = []
    for row in map(json.loads, lines):
        claims = read(row["text"], lang=row["lang"])
        # Their families are not named as ours are; what the reader finds in them is right.
        families = frozenset(vocabulary().family(claim.topic) for claim in claims)
        kept = (families or {"other"}) if row["claims"] else frozenset()
        found.append(
            Lesson(text=row["text"], families=frozenset(kept), is_gold=True, is_empty=not families)
        )
    return found


def _plain() -> list[str]:
    """Return everyday posts without a claim, written by us for this purpose."""
    lines = PLAIN.read_text("utf-8").splitlines()
    return [line.partition(" ")[2] for line in lines if not line.startswith("#")]


def matrix(texts: Iterable[str]) -> sparse.csr_matrix:
    """Return one row a text, as ``Net.guess`` weighs it."""
    rows, columns, values = [], [], []
    count = 0
    for count, text in enumerate(texts, start=1):
        grams = [bucket for word in words_of(text) for bucket in buckets_of(word)]
        norm = 1 / np.sqrt(len(grams) + 1)
        rows += [count - 1] * len(grams)
        columns += grams
        values += [norm] * len(grams)
    return sparse.csr_matrix((values, (rows, columns)), shape=(count, BUCKETS))


def fit(
    x: sparse.csr_matrix, y: np.ndarray, weight: np.ndarray, chosen: np.ndarray
) -> LogisticRegression:
    """Return the weights learnt from the chosen posts; a weight of 0 teaches nothing."""
    chosen = chosen[weight[chosen] > 0]
    model = LogisticRegression(C=COST, solver="liblinear", random_state=SEED)
    return model.fit(x[chosen], y[chosen], sample_weight=weight[chosen])


def unseen(x: sparse.csr_matrix, y: np.ndarray, weight: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """Return the score of every gold post by weights that have not seen it."""
    scores = np.zeros(len(gold))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    silver = np.setdiff1d(np.arange(len(y)), gold)
    for known, asked in folds.split(gold, y[gold]):
        model = fit(x, y, weight, np.concatenate([gold[known], silver]))
        scores[asked] = model.decision_function(x[gold[asked]])
    return scores


def platt(scores: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Return slope and offset that turn scores into probabilities."""
    model = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), y)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def train(found: list[Lesson], say: Say) -> tuple[bytes, float]:
    """Return the file and its threshold; say how good each head is on unseen posts."""
    x = matrix(lesson.text for lesson in found)
    gold = np.array([at for at, lesson in enumerate(found) if lesson.is_gold])
    empty = np.array([found[at].is_empty for at in gold])
    weight = np.array([lesson.weight * lesson.is_free for lesson in found])
    heads, rows = [], {}
    threshold = 0.5
    say(f"{'head':10} {'gold':>5} {'AUC':>6} {'AP':>6}")
    for name in (ANY, *sorted(vocabulary().families)):
        y = np.array([bool(one.families) if name == ANY else name in one.families for one in found])
        scores = unseen(x, y, weight, gold)
        # Only posts without a finding are ever asked about: there the any-head must be right.
        asked = empty if name == ANY else np.ones(len(gold), dtype=bool)
        slope, offset = platt(scores[asked], y[gold][asked])
        say(
            f"{name:10} {y[gold].sum():5d} {roc_auc_score(y[gold], scores):6.3f} "
            f"{average_precision_score(y[gold], scores):6.3f}"
        )
        model = fit(x, y, weight, np.arange(len(y)))
        scale = float(np.abs(model.coef_).max()) / 127
        rows[name] = np.round(model.coef_[0] / scale).astype(np.int8).tobytes()
        heads.append(
            Head(
                name=name,
                scale=scale,
                bias=float(model.intercept_[0]),
                slope=slope,
                offset=offset,
            )
        )
        if name == ANY:
            chance = 1 / (1 + np.exp(-(slope * scores + offset)))
            silent = np.array(
                [at for at, one in enumerate(found) if not one.is_gold and one.is_empty]
            )
            queue = _queue(x, y, weight, silent)
            threshold = _choose(
                chance, y[gold], empty, 1 / (1 + np.exp(-(slope * queue + offset))), say
            )
    trained = (
        f"{_taught(found, is_gold=True)} labelled posts of the tune set and "
        f"{_taught(found, is_gold=False)} others, those of the corpus as reader "
        f"{reader_version()} reads them, seed {SEED}"
    )
    header = Header(heads=tuple(heads), threshold=threshold, trained=trained)
    return pack(header, rows), threshold


def _taught(found: Sequence[Lesson], *, is_gold: bool) -> int:
    return sum(one.is_free and one.is_gold == is_gold for one in found)


def _queue(
    x: sparse.csr_matrix, y: np.ndarray, weight: np.ndarray, silent: np.ndarray
) -> np.ndarray:
    """Return the scores of unlabelled posts without a finding, by weights that never saw them."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    scores = np.zeros(len(silent))
    for _, asked in folds.split(silent, y[silent]):
        known = np.setdiff1d(np.arange(len(y)), silent[asked])
        scores[asked] = fit(x, y, weight, known).decision_function(x[silent[asked]])
    return scores


def _choose(
    chance: np.ndarray, y: np.ndarray, empty: np.ndarray, queue: np.ndarray, say: Say
) -> float:
    """Return the lowest threshold that keeps the queue short enough; say what others cost.

    The rules have been written with these posts in view, so that what they still miss here is
    harder and rarer than what they miss elsewhere: the recall of all posts with a claim is
    printed beside it.
    """
    missed, held = chance[empty], y[empty]
    say(f"rules left {len(held)} labelled posts empty, {held.sum()} of them hold a claim")
    say(f"  AUC {roc_auc_score(held, missed):.3f}, AP {average_precision_score(held, missed):.3f}")
    say(f"{'from':>5} {'of missed':>9} {'precision':>9} {'of all':>7} {'of 1,000 empty posts':>21}")
    chosen = 1.0
    for step in range(50, 0, -1):
        limit = step / 100
        shown = missed >= limit
        share = (queue >= limit).mean()
        if share <= QUEUE:
            chosen = limit
        if step % 5 == 0:
            say(
                f"{limit:5.2f} {(shown & held).sum() / held.sum():9.2f} "
                f"{(shown & held).sum() / max(1, shown.sum()):9.2f} "
                f"{((chance >= limit) & y).sum() / y.sum():7.2f} {1000 * share:21.0f}"
            )
    say(f"chosen: {chosen:.2f}, the lowest that shows at most {QUEUE:.0%} of the empty posts")
    return chosen


def main() -> None:
    """Train, check the written file against the training, and write it."""
    random.seed(SEED)
    content, threshold = train(lessons(), print)
    unpack(content)
    TARGET.write_bytes(content)
    print(f"{TARGET.name}: {len(content):,} bytes, threshold {threshold}")
    print(f"trained on {unpack(content).header.trained}")


if __name__ == "__main__":
    main()
