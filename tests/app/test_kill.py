"""Killing an import at any moment loses nothing and doubles nothing."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from vidomo.app.house import House
from vidomo.claims.model import Reading
from vidomo.core.codec import from_json
from vidomo.core.errors import NothingKnown
from vidomo.reports.model import Version

POSTS = 400
KILLS = 20


def stored(data: Path) -> list[str]:
    """Return the ids of the posts kept; none where the kill came before the first table."""
    try:
        with House.open(data, read_only=True) as house:
            assert not house.journal.verify()
            return [
                from_json(record.body, Version).post.native_id
                for record in house.journal.records(kind="post")
            ]
    except NothingKnown:
        return []


def test_a_journal_killed_before_its_first_table_reads_as_none_and_is_taken_up_again(
    tmp_path: Path,
) -> None:
    data, file = tmp_path / "data", tmp_path / "post.jsonl"
    data.mkdir()
    (data / "vidomo.sqlite").touch()
    assert stored(data) == []
    file.write_text(json.dumps({"id": "1", "source": "x", "text": "В Ізюмі чути вибухи."}), "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "vidomo.app.cli.main", "import", "--data", str(data), str(file)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    assert stored(data) == ["1"]


def test_an_import_killed_twenty_times_loses_no_stored_post_and_doubles_none(
    tmp_path: Path,
) -> None:
    posts = [
        {
            "id": str(n),
            "source": "izium_mva",
            "posted_at": "2026-01-10T10:00:00+02:00",
            "text": f"В Ізюмі чути вибухи. Повідомлення {n}.",
        }
        for n in range(POSTS)
    ]
    file, data = tmp_path / "posts.jsonl", tmp_path / "data"
    file.write_text("".join(json.dumps(post) + "\n" for post in posts), "utf-8")
    command = [
        sys.executable,
        "-m",
        "vidomo.app.cli.main",
        "import",
        "--data",
        str(data),
        str(file),
    ]
    moments = random.Random(20251220)
    before: list[str] = []
    for _ in range(KILLS):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.05, 1.2))
        running.send_signal(signal.SIGKILL)
        running.wait()
        after = stored(data)
        assert set(before) <= set(after)
        assert len(after) == len(set(after))
        before = after
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    assert sorted(stored(data)) == sorted(post["id"] for post in posts)
    with House.open(data, read_only=True) as house:
        read = [
            (record.subject, from_json(record.body, Reading).reader_version)
            for record in house.journal.records(kind="reading")
        ]
        assert len(read) == len(set(read))
        assert len({subject for subject, _ in read}) == POSTS
