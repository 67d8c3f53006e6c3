"""Make the table of confidence anew and draw how far it can be trusted.

Run: python -m tools.calibrate     (in an environment of requirements/train.txt)

Writes ``src/vidomo/claims/calibration.toml`` and ``docs/pictures/reliability.svg``. A claim of
the reader is right when the labels of its post hold a claim of the same topic, kind and polarity.
Only closed sets are read, which nobody who writes rules has seen: on a set that rules were tuned
on, more claims are right than on new posts. The figures come from posts that the weights had not
seen (5 folds by post); what the table learns of the sets, how often a feature is right, makes no
claim and leaves none out.
"""

from collections import Counter
from collections.abc import Sequence
from html import escape
from math import sqrt
from pathlib import Path

import msgspec
import numpy as np
from bench.reading.corpus import LABELS, read_posts
from bench.reading.labels import read_labels
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from vidomo.app.reader import read_version
from vidomo.claims.calibration import features_of
from vidomo.reports.keep import version_of
from vidomo.sources.model import Post

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src/vidomo/claims/calibration.toml"
PICTURE = ROOT / "docs/pictures/reliability.svg"
# Sets that nobody who writes rules has seen: on a set that was tuned on, too much is right.
BATCHES = ("r6", "r7", "r8", "r9", "own-uk-r5", "own-ru-r5", "own-en-r4")
SEED = 20251220
FOLDS = 5
COST = 0.3  # inverse of the penalty; of 0.03, 0.1, 0.3 and 1 the best log loss on unseen posts
FEWEST = 8  # claims that a feature must have been seen in
BINS = 10
Z = 1.96


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """Claims of like confidence: how sure they were on average, and how many were right."""

    said: float
    right: float
    count: int

    @property
    def ends(self) -> tuple[float, float]:
        """Ends of the 95 % interval of the share that is right (Wilson 1927)."""
        spread = 1 + Z * Z / self.count
        middle = (self.right + Z * Z / (2 * self.count)) / spread
        half = Z * sqrt(self.right * (1 - self.right) / self.count + (Z / (2 * self.count)) ** 2)
        return middle - half / spread, middle + half / spread


def judged() -> tuple[list[tuple[str, ...]], np.ndarray, list[str]]:
    """Return features, rightness and post of every claim that the reader makes in the closed sets."""
    posts = read_posts()
    features: list[tuple[str, ...]] = []
    right: list[bool] = []
    of: list[str] = []
    for batch in BATCHES:
        path = LABELS / f"{batch}.jsonl"
        for row in read_labels(path) if path.is_file() else ():
            post = posts[row.id]
            reading = read_version(
                version_of(
                    Post(
                        source="closed",
                        native_id=post.id,
                        text=post.text,
                        lang=post.lang,
                        home=post.home,
                    )
                )
            )
            left = Counter((claim.topic, claim.kind, claim.polarity) for claim in row.claims)
            for claim in reading.claims:
                key = (claim.topic, claim.kind.value, claim.polarity.value)
                right.append(left[key] > 0)
                left[key] -= 1
                features.append(features_of(claim, lang=reading.lang, genre=reading.genre))
                of.append(row.id)
    return features, np.array(right), of


def matrix(features: Sequence[tuple[str, ...]], names: Sequence[str]) -> sparse.csr_matrix:
    """Return one row a claim, one column a named feature."""
    column = {name: at for at, name in enumerate(names)}
    cells = [(at, column[one]) for at, row in enumerate(features) for one in row if one in column]
    rows, columns = zip(*cells, strict=True)
    return sparse.csr_matrix(
        (np.ones(len(cells)), (rows, columns)), shape=(len(features), len(names))
    )


def model() -> LogisticRegression:
    """Return an untrained table."""
    return LogisticRegression(C=COST, solver="lbfgs", max_iter=1000, random_state=SEED)


def unseen(x: sparse.csr_matrix, y: np.ndarray, groups: Sequence[str]) -> np.ndarray:
    """Return the confidence of every claim by weights that have not seen its post."""
    chance = np.zeros(len(y))
    folds = GroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for known, asked in folds.split(x, y, groups):
        chance[asked] = model().fit(x[known], y[known]).predict_proba(x[asked])[:, 1]
    return chance


def binned(chance: np.ndarray, y: np.ndarray) -> list[Bin]:
    """Return bins of equal width that hold any claim."""
    place = np.minimum((chance * BINS).astype(int), BINS - 1)
    return [
        Bin(
            said=float(chance[place == at].mean()),
            right=float(y[place == at].mean()),
            count=int((place == at).sum()),
        )
        for at in range(BINS)
        if (place == at).any()
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: mean distance of said and right, by count."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.said - one.right) for one in bins) / total


def table(fitted: LogisticRegression, names: Sequence[str], summary: str) -> str:
    """Return the table as TOML."""
    lines = [
        "# Written by tools/calibrate.py; do not edit by hand, run it again after the rules change.",
        f"# {summary}",
        f"intercept = {fitted.intercept_[0]:.4f}",
        "",
        "[weights]",
        *(f'"{name}" = {value:.4f}' for name, value in zip(names, fitted.coef_[0], strict=True)),
    ]
    return "\n".join(lines) + "\n"


def drawing(bins: Sequence[Bin], summary: str) -> str:
    """Return the reliability diagram as SVG: said against right, with counts and intervals."""
    left, top, side = 70, 60, 400

    def at(x: float, y: float) -> tuple[float, float]:
        return round(left + x * side, 1), round(top + (1 - y) * side, 1)

    ticks = []
    for step in range(6):
        share = step / 5
        x, y = at(share, share)
        ticks += [
            f'<path class="grid" d="M{x} {top}V{top + side}M{left} {y}H{left + side}"/>',
            f'<text x="{x}" y="{top + side + 20}" text-anchor="middle">{share:.1f}</text>',
            f'<text x="{left - 10}" y="{y + 4}" text-anchor="end">{share:.1f}</text>',
        ]
    marks = []
    for one in bins:
        x, y = at(one.said, one.right)
        low, high = (at(one.said, end)[1] for end in one.ends)
        marks += [
            f'<path class="bar" d="M{x} {low}V{high}"/>',
            f'<circle cx="{x}" cy="{y}" r="5"/>',
            f'<text x="{x - 9}" y="{y - 7}" text-anchor="end">{one.count}</text>',
        ]
    words = "; ".join(f"said {b.said:.2f}, right {b.right:.2f}, {b.count} claims" for b in bins)
    return "\n".join(
        [
            (
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 530" role="img" '
                'aria-labelledby="t d" font-family="sans-serif" font-size="13">'
            ),
            '<title id="t">How often claims are right, by their confidence</title>',
            f'<desc id="d">{escape(summary)} {escape(words)}.</desc>',
            (
                "<style>.grid{stroke:#ddd;fill:none}.bar{stroke:#005bbb;stroke-width:2}circle{fill:"
                "#005bbb}.even{stroke:#555;stroke-dasharray:6 4}</style>"
            ),
            '<rect width="500" height="530" fill="#fff"/>',
            f'<text x="{left}" y="24" font-size="15">{escape("Confidence and what came of it")}</text>',
            f'<text x="{left}" y="44" font-size="11" fill="#333">{escape(summary)}</text>',
            *ticks,
            f'<path class="even" d="M{left} {top + side}L{left + side} {top}"/>',
            *marks,
            (
                f'<text x="{left + side / 2}" y="{top + side + 44}" text-anchor="middle">'
                "confidence said</text>"
            ),
            (
                f'<text x="20" y="{top + side / 2}" text-anchor="middle" transform="rotate(-90 20 '
                f'{top + side / 2})">share that is right</text>'
            ),
            "</svg>",
        ]
    )


def main() -> None:
    """Write the table and the picture; print the bins and the error."""
    features, y, of = judged()
    counted = Counter(feature for row in features for feature in row)
    names = sorted(name for name, count in counted.items() if count >= FEWEST)
    x = matrix(features, names)
    chance = unseen(x, y, of)
    bins = binned(chance, y)
    error = calibration_error(bins)
    loss = -np.mean(np.log(np.where(y, chance, 1 - chance)))
    plain = -np.mean(np.log(np.where(y, y.mean(), 1 - y.mean())))
    for one in bins:
        low, high = one.ends
        print(f"said {one.said:.3f}  right {one.right:.3f} ({low:.2f}-{high:.2f})  {one.count}")
    summary = (
        f"Closed sets, 5 folds by post: {len(y)} claims, {y.mean():.2f} right, "
        f"expected calibration error {error:.3f}"
    )
    print(f"{summary}; log loss {loss:.3f}, of one figure for all {plain:.3f}")
    TARGET.write_text(table(model().fit(x, y), names, summary), encoding="utf-8")
    PICTURE.write_text(drawing(bins, summary) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
