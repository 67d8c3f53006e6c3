"""Law 1: kill the process at any instruction; every acknowledged record is there, none twice."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vidomo.core.clock import system_clock
from vidomo.reports.table import versions
from vidomo.store.sqlite import SqliteJournal

SCRIPT = Path(__file__).with_name("keep_until_killed.py")
KILLS = 20


@pytest.mark.timeout(180)
def test_twenty_kills_lose_no_acknowledged_post_and_duplicate_none(tmp_path: Path) -> None:
    chance = random.Random()
    acknowledged: set[str] = set()
    first = 0
    for _ in range(KILLS):
        output = tmp_path / "acknowledged"
        with output.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, str(SCRIPT), str(tmp_path / "journal"), str(first)], stdout=stream
            )
            deadline = time.monotonic() + 30
            while output.stat().st_size == 0 and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.15))
            os.kill(process.pid, signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL
        lines = output.read_text().splitlines(keepends=True)
        told = [line.split()[1] for line in lines if line.endswith("\n")]
        assert told, "the import never acknowledged anything"
        acknowledged.update(told)
        first += len(told) - 5  # the next one meets some posts again
        with SqliteJournal.open(tmp_path / "journal", clock=system_clock) as journal:
            kept = [version for version, _ in versions(journal)]
            assert journal.verify() == ()
        ids = [version.id for version in kept]
        natives = [version.post.native_id for version in kept]
        assert acknowledged <= set(ids)
        assert len(ids) == len(set(ids)) == len(set(natives))
