"""Measure how fast posts are read, beside other programs in the same run.

Peers run where ``make peers`` has put them, in an environment of their own; without it their rows
are left out and said to be missing.

Example: python bench/reading_speed.py
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from reading_speed_posts import made_posts

from vidomo.app.reader import read
from vidomo.core.codec import to_json
from vidomo.gazetteer import Gazetteer

ROOT = Path(__file__).resolve().parents[1]
PEER_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
PEER = ROOT / "bench" / "peers" / "read.py"
ONE_CORE = ("OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "MKL_NUM_THREADS=1")
PEERS = {
    "aerial-danger-kharkiv": "aerial-danger, Kharkiv presets",
    "aerial-danger-all": "aerial-danger, all presets",
    "natasha": "natasha (names only, Russian)",
    "spacy-phrases": "spaCy EntityRuler, same names as phrases",
    "spacy-tokens": "spaCy EntityRuler, same names as token patterns",
}
ROUNDS = 5
COLD = (
    "import time; t = time.perf_counter(); from vidomo.app.reader import read; "
    "read({text!r}, home={home!r}); import resource; "
    "print(time.perf_counter() - t, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
)


def show(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<64}{figure:>26}", flush=True)


def rate_of(posts: list[tuple[str, str]]) -> float:
    """Return posts a second of one core, JSON written too."""
    started = time.process_time()
    for text, home in posts:
        to_json(read(text, home=home))
    return len(posts) / (time.process_time() - started)


def cold_start(text: str, home: str) -> tuple[float, float]:
    """Return the seconds from the start of a new process to its first claims, and megabytes.

    Whole seconds of the process, the interpreter's own start included; the median of five.
    """
    spent, megabytes = [], 0.0
    for _ in range(ROUNDS):
        started = time.perf_counter()
        ran = subprocess.run(
            [sys.executable, "-c", COLD.format(text=text, home=home)],
            check=True,
            capture_output=True,
            text=True,
        )
        spent.append(time.perf_counter() - started)
        megabytes = max(megabytes, float(ran.stdout.split()[1]))
    return median(spent), megabytes


def names() -> list[str]:
    """Return the Ukrainian names of all units, as a peer with a list of names is given them.

    Their case forms are left out, which is some ten times less work for the peer than for us.
    """
    return list(dict.fromkeys(unit.name for unit in Gazetteer.open().units()))


def peer(name: str, given: str) -> dict[str, float]:
    """Return what a peer measured of itself in its own process."""
    ran = subprocess.run(
        ["env", *ONE_CORE, str(PEER_PYTHON), "-W", "ignore", str(PEER), name],
        check=True,
        input=given,
        capture_output=True,
        text=True,
    )
    figures: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Print every row."""
    posts = made_posts()
    shown = [len(read(text, home=home)) for text, home in posts]
    letters = [len(text) for text, _ in posts]
    show("distinct posts, home given", f"{len(set(posts)):,}")
    show(
        "characters of a post: least, mean, most",
        f"{min(letters)}, {sum(letters) / len(letters):.0f}, {max(letters)}",
    )
    show("claims a post", f"{sum(shown) / len(posts):.2f}")
    show("posts without a claim", f"{shown.count(0)}")
    rates = [rate_of(posts) for _ in range(ROUNDS)]
    show("read to JSON on one core, best of five", f"{max(rates):,.0f} posts/s")
    show("the same, median", f"{median(rates):,.0f} posts/s")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    show("resident after that", f"{megabytes:.0f} MB")
    spent, cold_mb = cold_start(*posts[0])
    show("first claim of a cold process, interpreter included", f"{spent:.3f} s")
    show("resident then", f"{cold_mb:.0f} MB")
    if not PEER_PYTHON.exists():
        show("peers", "not installed")
        return
    given = json.dumps({"posts": [text for text, _ in posts], "names": names()})
    for name, label in PEERS.items():
        found = peer(name, given)
        own = max(rate_of(posts) for _ in range(2))
        show(
            f"{label}: {found['posts']:.0f} posts, built in {found['built_s']:.1f} s, {found['mb']:.0f} MB",
            f"{found['rate']:,.0f} posts/s",
        )
        show(f"  beside {own:,.0f} posts/s of ours just after", f"{own / found['rate']:.1f} times")


if __name__ == "__main__":
    main()
