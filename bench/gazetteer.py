"""Measure the gazetteer: opening cold, looking up, searching, memory."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from vidomo.gazetteer import Gazetteer, fold

COLD = """
import time
start = time.perf_counter()
from vidomo.gazetteer import Gazetteer, fold
loaded = time.perf_counter()
assert Gazetteer.open().forms(fold({name!r}))
print(loaded - start, time.perf_counter() - loaded)
"""
TEXT = "Air raid in Izium district and in Kharkiv; trains from Lozova to Kryvyi Rih are late ."


def cold(*, runs: int = 9) -> tuple[float, float]:
    """Return the median milliseconds for importing the room, and for opening with one lookup."""
    rows = []
    for _ in range(runs):
        command = [sys.executable, "-c", COLD.format(name="Izium")]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        rows.append([float(part) * 1000 for part in out.split()])
    return median(row[0] for row in rows), median(row[1] for row in rows)


def per_second(calls: int, start: float) -> float:
    """Return calls a second since ``start``."""
    return calls / (time.perf_counter() - start)


def resident_mb() -> float:
    """Return the memory this process holds now, in MB; Linux only."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Print one row a measure."""
    imported, opened = cold()
    print(f"import {imported:.0f} ms, open with one lookup {opened:.1f} ms (cold process)")
    before = resident_mb()
    gazetteer = Gazetteer.open()
    names = [fold(unit.name) for unit in gazetteer.units()]
    print(f"memory with all units read: {resident_mb() - before:.0f} MB more than without")
    start = time.perf_counter()
    for name in names:
        gazetteer.forms(name)
    print(f"forms: {per_second(len(names), start):,.0f} lookups/s")
    keys = [fold(word) for word in TEXT.split()]
    start = time.perf_counter()
    for _ in range(2000):
        for place in range(len(keys)):
            gazetteer.longest(keys, place)
    print(f"longest: {per_second(2000 * len(keys), start):,.0f} tokens/s")
    start = time.perf_counter()
    for name in names[::100]:
        gazetteer.find(name)
    print(f"find: {1000 / per_second(len(names[::100]), start):.1f} ms a search")


if __name__ == "__main__":
    main()
