"""Measure the replay of all recorded alerts: posts, reader, resolver, journal, fold, review.

Example: python bench/sirens.py
"""

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from vidomo.app.house import House
from vidomo.app.replay.sirens import Siren, posts_of, read_sirens, register_alarm_sources
from vidomo.core.time import Interval
from vidomo.gazetteer import Gazetteer
from vidomo.outlook.review.intervals import alerts_by_unit
from vidomo.outlook.review.measures import review

ALERTS = (
    Path(__file__).resolve().parents[2] / "shared" / "sirens" / "official_alerts_to_2024-04.csv"
)
KHARKIV = "UA63000000000041885"
EVER = Interval(datetime(2022, 1, 1, tzinfo=UTC), datetime(2024, 6, 1, tzinfo=UTC))
TARGET_S = 60.0
SEED = 43_031


def show(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<58}{figure:>20}")


def cpu_s() -> float:
    """Return the processor seconds of this process: one core, whoever else is on the machine."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Stage:
    """Times one stage on the wall and on the processor."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), cpu_s()

    def __exit__(self, *_: object) -> None:
        wall, cpu = time.perf_counter() - self._wall, cpu_s() - self._cpu
        show(self._what, f"{wall:.1f} s ({cpu:.1f} s CPU)")


def expected(sirens: tuple[Siren, ...]) -> dict[str, list[tuple[datetime, datetime]]]:
    """Return the recorded intervals of each unit."""
    found: dict[str, list[tuple[datetime, datetime]]] = {}
    for siren in sirens:
        found.setdefault(siren.unit, []).append((siren.started_at, siren.finished_at))
    return {unit: sorted(rows) for unit, rows in found.items()}


def main() -> None:
    """Run the whole walk in a fresh folder; end with an error where an interval differs."""
    if not ALERTS.exists():
        show("recorded alerts", "not on this machine")
        return
    Gazetteer.open()
    began, began_cpu = time.perf_counter(), cpu_s()
    with tempfile.TemporaryDirectory() as folder, House.open(Path(folder)) as house:
        with Stage("alerts read and turned into posts"):
            sirens, problems = read_sirens(ALERTS)
            posts = posts_of(sirens, seed=SEED)
        with Stage(f"{len(posts):,} posts kept, read, placed and journalled"):
            house.take_in(posts, replay=True)
            register_alarm_sources(house.journal, sirens)
        with Stage("folded, the whole country"):
            situation = house.situation()
        rights = {"registry": house.registry_at(house.now()), "units": house.gazetteer}
        with Stage("intervals derived"):
            alerts = alerts_by_unit(situation, **rights)
        spent, spent_cpu = time.perf_counter() - began, cpu_s() - began_cpu
        found = {unit: [(one.start, one.end) for one in rows] for unit, rows in alerts.items()}
        assert found == expected(sirens), "an interval differs"
        with Stage("review of the country and of one oblast"):
            country = review(situation, "UA", period=EVER, **rights).alerts
            kharkiv = review(situation, KHARKIV, period=EVER, **rights).alerts
    show("whole walk, wall", f"{spent:.1f} s")
    show(f"whole walk, one core (target {TARGET_S:.0f} s)", f"{spent_cpu:.1f} s")
    show("posts a second of processor time", f"{len(posts) / spent_cpu:,.0f}")
    show("intervals given back exactly", f"{len(sirens):,} of {len(sirens):,}")
    show("rows reported as a problem", ", ".join(one.code for one in problems))
    assert country.median_s is not None
    show("median duration", f"{country.median_s / 60:.2f} min")
    levels = ", ".join(f"{level} {count}" for level, count in kharkiv.by_level.items())
    show("Kharkiv oblast, alerts", f"{kharkiv.named:,}")
    show("  of them", levels)
    show("most memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


if __name__ == "__main__":
    sys.exit(main())
