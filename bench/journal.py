"""Measure the journal: durable commits a second, and posts a second in batches.

Example: python bench/journal.py
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from vidomo.core.clock import system_clock
from vidomo.reports.keep import BATCH, Keeper
from vidomo.reports.table import versions
from vidomo.sources.model import Post
from vidomo.store.model import Draft
from vidomo.store.sqlite import SqliteJournal

COMMITS = 2_000
POSTS = 20_000
TEXT = "Part of the town is without power; crews are at work, figures are being clarified. " * 4


def posts() -> Iterator[Post]:
    """Yield posts of the size of a usual report, 330 characters."""
    for number in range(POSTS):
        yield Post(source="bench", native_id=str(number), text=TEXT)


def show(what: str, count: int, started: float) -> None:
    """Print one figure."""
    print(f"{what:<44}{count / (time.perf_counter() - started):>10,.0f} a second")


def main() -> None:
    """Run every measurement on a fresh folder."""
    with (
        tempfile.TemporaryDirectory() as folder,
        SqliteJournal.open(Path(folder), clock=system_clock) as journal,
    ):
        started = time.perf_counter()
        for number in range(COMMITS):
            journal.append([Draft(kind="poll", id=f"p{number}", subject="bench", body=b"{}")])
        show("durable commits of one record", COMMITS, started)

        keeper = Keeper(journal)
        for what in ("new posts kept", "known posts met again"):
            started = time.perf_counter()
            count = sum(1 for _ in keeper.keep(posts()))
            show(f"{what}, {BATCH} in a transaction", count, started)

        started = time.perf_counter()
        show("versions read back", sum(1 for _ in versions(journal)), started)

        started = time.perf_counter()
        problems = journal.verify()
        show("records verified", journal.count(), started)
        assert not problems


if __name__ == "__main__":
    main()
