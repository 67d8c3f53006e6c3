"""What the disk and the system refuse is told in one sentence, and harms nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from conftest import missing
from vidomo.core.clock import system_clock
from vidomo.core.errors import MachineRefused
from vidomo.store.machine import machine_refusals, refuse_old_sqlite
from vidomo.store.model import Draft
from vidomo.store.sqlite import FILE_NAME, SqliteJournal


def drafts(first: int, count: int, *, size: int = 1000) -> list[Draft]:
    body = b'"' + b"x" * size + b'"'
    return [
        Draft(kind="post", id=f"{number}", subject="s", body=body)
        for number in range(first, first + count)
    ]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 1 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        missing("mounting a small file system is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(journal: SqliteJournal) -> tuple[int, MachineRefused]:
    for first in range(0, 100_000, 10):
        try:
            journal.append(drafts(first, 10))
        except MachineRefused as refusal:
            return first, refusal
    raise AssertionError("it never filled up")


def test_a_full_disk_refuses_the_whole_append_and_everything_stored_stays_readable(
    small_disk: Path,
) -> None:
    with SqliteJournal.open(small_disk, clock=system_clock) as journal:
        acknowledged, refusal = fill(journal)
        assert acknowledged > 100
        assert "full" in refusal.message
        assert "free some space" in refusal.hint
        assert refusal.exit_code == 6
        assert journal.count() == acknowledged
        with pytest.raises(MachineRefused, match="full"):
            journal.append(drafts(10**6, 50))
        assert journal.count() == acknowledged
    with SqliteJournal.open(small_disk, clock=system_clock, read_only=True) as journal:
        assert [record.id for record in journal.records()] == [str(n) for n in range(acknowledged)]
        assert journal.verify() == ()
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    with SqliteJournal.open(small_disk, clock=system_clock) as journal:
        assert journal.append(drafts(acknowledged, 10)) == (True,) * 10


def test_a_journal_that_may_not_grow_refuses_whole_and_goes_on_when_it_may(tmp_path: Path) -> None:
    with SqliteJournal.open(tmp_path, clock=system_clock) as journal:
        pages = journal._writer.pragma("page_count")
        journal._writer.pragma("max_page_count", pages + 40)
        acknowledged, refusal = fill(journal)
        assert "full" in refusal.message
        assert journal.count() == acknowledged > 0
        journal._writer.pragma("max_page_count", pages + 4000)
        assert journal.append(drafts(acknowledged, 10)) == (True,) * 10
        assert journal.verify() == ()


def test_a_read_only_disk_can_be_read_and_refuses_to_be_written(small_disk: Path) -> None:
    with SqliteJournal.open(small_disk, clock=system_clock) as journal:
        journal.append(drafts(0, 3))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with SqliteJournal.open(small_disk, clock=system_clock, read_only=True) as journal:
        assert journal.count() == 3
    with pytest.raises(MachineRefused) as caught:
        SqliteJournal.open(small_disk, clock=system_clock)
    assert caught.value.exit_code == 6
    assert "--data" in caught.value.hint
    with pytest.raises(MachineRefused):
        SqliteJournal.open(small_disk / "new", clock=system_clock)


def test_a_folder_without_permission_is_refused_with_a_hint(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    SqliteJournal.open(folder, clock=system_clock).close()
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    folder.chmod(0o555)
    code = (
        "import os, sys, apsw\n"
        "from pathlib import Path\n"
        "from vidomo.core.clock import system_clock\n"
        "from vidomo.core.errors import MachineRefused\n"
        "from vidomo.store.schema import bundled\n"
        "from vidomo.store.sqlite import SqliteJournal\n"
        "bundled()\n"
        "if os.geteuid() == 0:\n"
        "    os.setuid(65534)\n"
        "try:\n"
        "    SqliteJournal.open(Path(sys.argv[1]), clock=system_clock)\n"
        "except MachineRefused as error:\n"
        "    print(error.message, error.hint, error.exit_code)\n"
        "with SqliteJournal.open(Path(sys.argv[1]), clock=system_clock, read_only=True) as journal:\n"
        "    print(journal.count())\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False
    )
    folder.chmod(0o755)
    assert ended.returncode == 0, ended.stderr
    refusal, count = ended.stdout.splitlines()
    assert refusal.endswith("6")
    assert "writable" in refusal
    assert count == "0"


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MachineRefused) as caught:
        SqliteJournal.open(tmp_path / "file", clock=system_clock)
    assert "file" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2", "2.8.17"])
def test_a_sqlite_that_can_damage_a_journal_is_refused(version: str) -> None:
    with pytest.raises(MachineRefused, match=version):
        refuse_old_sqlite(version)


@pytest.mark.parametrize("version", ["3.51.3", "3.54.1", "4.0.0"])
def test_a_sound_sqlite_is_accepted(version: str) -> None:
    refuse_old_sqlite(version)


def test_a_mistake_of_ours_is_not_passed_off_as_one_of_the_machine() -> None:
    with pytest.raises(apsw.SQLError), machine_refusals(Path("x")):
        apsw.Connection(":memory:").execute("selekt")


def test_a_journal_that_was_never_closed_is_read_from_its_log(tmp_path: Path) -> None:
    """The write-ahead log of a killed process holds records that the file does not have yet."""
    with SqliteJournal.open(tmp_path / "a", clock=system_clock) as journal:
        journal.append(drafts(0, 5))
        (tmp_path / "b").mkdir()
        for name in (FILE_NAME, f"{FILE_NAME}-wal"):
            (tmp_path / "b" / name).write_bytes((tmp_path / "a" / name).read_bytes())
    with SqliteJournal.open(tmp_path / "b", clock=system_clock, read_only=True) as journal:
        assert journal.count() == 5
