"""Measure the check of a draft, the screen and the digests; processor time of one core.

The goal is 200 ms for a post, from the draft to all texts, in a process that has checked one
before; what the first one costs more is shown beside it. Exits with 1 where it is missed.

Example: python bench/check.py
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from vidomo.core.clock import system_clock
from vidomo.desk.check import check_draft
from vidomo.disclosure.screen import screen
from vidomo.gazetteer import Gazetteer

ROOT = Path(__file__).resolve().parents[1]
DRAFTS = ROOT / "tests" / "desk" / "drafts"
GOAL_MS = 200.0
ROUNDS = 5
COLD = (
    "import resource; from vidomo.core.clock import system_clock; "
    "from vidomo.desk.check import check_draft; check_draft({text!r}, now=system_clock()); "
    "used = resource.getrusage(resource.RUSAGE_SELF); "
    "print((used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / 1024)"
)


def show(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<64}{figure:>26}", flush=True)


def spent_ms(draft: str, lang: str) -> float:
    """Return the processor time of one check, nothing of it known from before."""
    screen.cache_clear()
    begin = time.process_time()
    check_draft(draft, now=system_clock(), lang=lang)
    return (time.process_time() - begin) * 1000


def main() -> int:
    """Measure and print; return whether the goal was missed."""
    texts = [
        json.loads(line)["text"]
        for path in sorted(DRAFTS.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    Gazetteer.open()
    first = spent_ms(texts[0], "uk")
    times = [spent_ms(text, lang) for _ in range(ROUNDS) for text in texts for lang in ("uk", "en")]
    long = "\n".join(texts)[:4096]
    whole = statistics.median(spent_ms(long, "uk") for _ in range(ROUNDS))
    screened = 0.0
    for _ in range(ROUNDS):
        screen.cache_clear()
        begin = time.process_time()
        for text in texts:
            screen(text)
        screened += time.process_time() - begin
    letters = ROUNDS * sum(map(len, texts))
    ran = subprocess.run(
        [sys.executable, "-c", COLD.format(text=texts[0])],
        check=True,
        capture_output=True,
        text=True,
    )
    cold, megabytes = map(float, ran.stdout.split())
    times.sort()
    show(
        f"check of a draft of {sum(map(len, texts)) // len(texts)} characters, median",
        f"{statistics.median(times):.1f} ms",
    )
    show("the same, 99th percentile", f"{times[int(len(times) * 0.99)]:.1f} ms")
    show("the longest Telegram message (4,096 characters)", f"{whole:.0f} ms")
    show("first check of a process, imports not counted", f"{first:.0f} ms")
    show("a new process, interpreter and imports included", f"{cold:.0f} ms, {megabytes:.0f} MB")
    show("the screen alone", f"{letters / screened / 1000:,.0f} thousand letters/s")
    show(
        "memory of this process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )
    worst = times[-1]
    show(
        f"goal {GOAL_MS:.0f} ms a post (slowest of all)",
        f"met: {worst:.0f} ms" if worst < GOAL_MS else f"missed: {worst:.0f} ms",
    )
    return int(worst >= GOAL_MS)


if __name__ == "__main__":
    sys.exit(main())
