"""Measure the walk: posts read, taken in, folded, shown.

Example: python bench/house.py
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from vidomo.app.house import House
from vidomo.app.reader import read_version
from vidomo.app.scenario import open_scenario
from vidomo.core.clock import system_clock
from vidomo.disclosure.gate import gate
from vidomo.gazetteer import Gazetteer
from vidomo.reports.keep import version_of
from vidomo.situation.fold import state_of
from vidomo.sources.files import read_posts
from vidomo.sources.model import Post

IZIUM = "UA63040090010029555"
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "posts.jsonl"
RELEVANT = (
    "\u0406\u0437\u044e\u043c: explosions were heard in Izium, preliminary about 10. Part of the town is without power. "
    "Casualty figures have not been released. Stay in shelters until the all-clear."
)


def show(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<58}{figure:>20}")


def timed(items: list[Post]) -> float:
    """Return the seconds that reading some posts takes on one core."""
    started = time.perf_counter()
    for item in items:
        read_version(version_of(item))
    return time.perf_counter() - started


def corpus() -> Iterator[Post]:
    """Yield the real posts, if they lie beside the checkout."""
    if CORPUS.exists():
        for item in read_posts(CORPUS, format="jsonl", now=system_clock()):
            if isinstance(item, Post):
                yield item


def main() -> None:
    """Run every measurement in fresh folders."""
    started = time.perf_counter()
    Gazetteer.open()
    one = Post(source="bench", native_id="1", text=RELEVANT)
    read_version(version_of(one))
    show(
        "first claim of this process (imports not counted)",
        f"{time.perf_counter() - started:.2f} s",
    )
    own = [Post(source="bench", native_id=str(n), text=f"{RELEVANT} {n}") for n in range(500)]
    show("relevant posts of 200 characters read, one core", f"{len(own) / timed(own):,.0f} posts/s")
    real = list(corpus())
    with tempfile.TemporaryDirectory() as folder:
        if real:
            started = time.perf_counter()
            with House.open(Path(folder) / "corpus") as house:
                tally = house.take_in(real)
            spent = time.perf_counter() - started
            show(
                f"{tally.new:,} real posts imported (kept and read)",
                f"{len(real) / spent:,.0f} posts/s",
            )
            with House.open(Path(folder) / "corpus", read_only=True) as house:
                started = time.perf_counter()
                house.situation()
                show("the whole country folded, cold", f"{time.perf_counter() - started:.2f} s")
                started = time.perf_counter()
                house.situation(valid_at=house.now())
                show("the same at another instant, warm", f"{time.perf_counter() - started:.2f} s")
        with open_scenario(Path(folder)) as house:
            started = time.perf_counter()
            situation = house.situation()
            state_of(situation, IZIUM, house.gazetteer)
            show("the bundled night folded", f"{(time.perf_counter() - started) * 1000:.0f} ms")
            started = time.perf_counter()
            gate(situation, gazetteer=house.gazetteer)
            show("the gate over it", f"{(time.perf_counter() - started) * 1000:.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
