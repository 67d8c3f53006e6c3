"""Measure the replay of published outage schedules and of a storm abroad.

Example: python bench/outages.py
"""

import sys
import tempfile
import time
from pathlib import Path

from vidomo.app.announced import announced_at
from vidomo.app.house import House
from vidomo.app.replay import schedules, storm
from vidomo.app.replay.registering import register
from vidomo.outlook.review.customers import customer_hours

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "outages"
DNIPRO = "UA12000000000090473"


def show(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<58}{figure:>20}")


def main() -> None:
    """Run both replays in fresh folders."""
    if not FOLDER.exists():
        show("recorded outages", "not on this machine")
        return
    replay_schedules()
    replay_storm()


def replay_schedules() -> None:
    """Replay every revision, then ask at every one."""
    revisions, _ = schedules.read_revisions(FOLDER / "dnipro_cek_revisions.json")
    source = schedules.operator_source("dnipro-cek", home=DNIPRO)
    posts = schedules.posts_of(revisions, source=source)
    with tempfile.TemporaryDirectory() as folder, House.open(Path(folder)) as house:
        started = time.perf_counter()
        house.take_in(posts, replay=True)
        register(house.journal, [source], since=revisions[0].committed_at)
        show(
            f"{len(revisions)} revisions as {len(posts)} versions",
            f"{time.perf_counter() - started:.1f} s",
        )
        started = time.perf_counter()
        for one in revisions:
            announced_at(house, source=source.id, queue="3.2", at=one.committed_at)
        spent_ms = (time.perf_counter() - started) * 1000 / len(revisions)
        show("what the operator had said of a queue at T", f"{spent_ms:.0f} ms")


def replay_storm() -> None:
    """Replay the storm; its customer-hours are an upper bound: the most ever out, all the time."""
    events, problems = storm.read_events(FOLDER / "lgeku_2023-03_storm_events.csv")
    posts = storm.posts_of(events)
    with tempfile.TemporaryDirectory() as folder, House.open(Path(folder)) as house:
        started = time.perf_counter()
        house.take_in(posts, replay=True)
        show(
            f"{len(events):,} events as {len(posts):,} versions",
            f"{time.perf_counter() - started:.1f} s",
        )
        at = max(events, key=lambda one: one.customers).first_seen
        started = time.perf_counter()
        listed = storm.listed_at(house, at)
        show(
            f"what the operator listed at T ({len(listed):,} events)",
            f"{(time.perf_counter() - started) * 1000:.0f} ms",
        )
    hours = customer_hours([one.interruption for one in events])
    show("customer-hours, an upper bound", f"{hours:,.0f}")
    show("rows with a start after the last listing", str(len(problems)))


if __name__ == "__main__":
    sys.exit(main())
