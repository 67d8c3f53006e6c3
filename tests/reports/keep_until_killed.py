"""Import posts until somebody kills this process: FOLDER START; prints each acknowledged id."""

import sys
from collections.abc import Iterator
from pathlib import Path

from vidomo.core.clock import system_clock
from vidomo.reports.keep import Keeper
from vidomo.sources.model import Post
from vidomo.store.sqlite import SqliteJournal


def posts(first: int) -> Iterator[Post]:
    number = first
    while True:
        yield Post(source="test", native_id=str(number), text=f"Світло є на вулиці {number}.")
        number += 1


def main() -> None:
    folder, first = Path(sys.argv[1]), int(sys.argv[2])
    with SqliteJournal.open(folder, clock=system_clock) as journal:
        for verdict, version in Keeper(journal).keep(posts(first), batch=7):
            sys.stdout.write(f"{verdict} {version.id}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
