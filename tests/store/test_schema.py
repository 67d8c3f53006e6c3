"""A database is brought upwards step by step, or refused with a reason."""

from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from vidomo.core.clock import fixed_clock
from vidomo.core.errors import MachineRefused
from vidomo.store.model import Draft
from vidomo.store.schema import Migration, bundled, check_readable, migrate, version_of
from vidomo.store.sqlite import FILE_NAME, SqliteJournal

NOON = datetime(2025, 12, 20, 12, tzinfo=UTC)
CLOCK = fixed_clock(NOON)
STEP_TWO = Migration(2, "0002_note.sql", "alter table record add column note text;")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal of version 1 with one record in it."""
    path = tmp_path / FILE_NAME
    connection = apsw.Connection(str(path))
    migrate(connection, path, now=NOON, steps=bundled()[:1])
    connection.execute(
        "insert into record (id, kind, subject, recorded_at, replayed, body)"
        " values ('a', 'post', 's', 1, 0, x'7b7d')"
    )
    connection.close()
    return path


def test_the_bundled_steps_are_numbered_from_one_without_gaps() -> None:
    assert [step.number for step in bundled()] == list(range(1, len(bundled()) + 1))


def test_a_journal_of_version_one_is_opened_with_all_that_it_holds(path: Path) -> None:
    with SqliteJournal.open(path.parent, clock=CLOCK) as journal:
        assert [record.id for record in journal.records()] == ["a"]
        assert journal.append([Draft(kind="post", id="b", subject="s", body=b"{}")]) == (True,)
        assert journal.verify() == ()


def test_a_missing_step_is_run_once_and_keeps_every_record(path: Path) -> None:
    steps = (*bundled()[:1], STEP_TWO)
    connection = apsw.Connection(str(path))
    assert migrate(connection, path, now=NOON, steps=steps) == 1
    assert migrate(connection, path, now=NOON, steps=steps) == 0
    assert version_of(connection) == 2
    assert connection.execute("select id, note from record").fetchall() == [("a", None)]
    connection.close()


def test_a_step_that_fails_leaves_the_database_as_it_was(path: Path) -> None:
    broken = Migration(2, "0002_broken.sql", "create table extra (a); select nonsense from nowhere")
    connection = apsw.Connection(str(path))
    with pytest.raises(apsw.SQLError):
        migrate(connection, path, now=NOON, steps=(*bundled()[:1], broken))
    assert version_of(connection) == 1
    tables = connection.execute("select count(*) from sqlite_schema where name = 'extra'").get
    assert tables == 0
    check_readable(connection, path, steps=bundled()[:1])
    connection.close()


@pytest.mark.parametrize("read_only", [True, False])
def test_a_database_of_a_newer_version_is_refused_and_left_alone(
    path: Path, *, read_only: bool
) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("pragma user_version = 7")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(MachineRefused, match="is of version 7") as caught:
        SqliteJournal.open(path.parent, clock=CLOCK, read_only=read_only)
    assert caught.value.exit_code == 6
    assert "newer Vidomo" in caught.value.hint
    if read_only:
        assert path.read_bytes() == before
    connection = apsw.Connection(str(path))
    assert connection.execute("select count(*) from record").get == 1
    connection.close()


def test_an_older_database_is_not_changed_by_a_reader(path: Path) -> None:
    connection = apsw.Connection(str(path))
    with pytest.raises(MachineRefused, match="version 1, this Vidomo reads 2"):
        check_readable(connection, path, steps=(*bundled()[:1], STEP_TWO))
    connection.close()


def test_a_database_made_by_an_edited_step_is_refused(path: Path) -> None:
    connection = apsw.Connection(str(path))
    edited = Migration(1, "0001_journal.sql", "create table other (a);")
    with pytest.raises(MachineRefused, match="another step 1"):
        migrate(connection, path, now=NOON, steps=(edited,))
    connection.close()


def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / FILE_NAME))
    connection.execute("create table photos (a)")
    connection.close()
    with pytest.raises(MachineRefused, match="not a Vidomo journal"):
        SqliteJournal.open(tmp_path, clock=CLOCK)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text("Dear diary, " * 1000)
    for read_only in (True, False):
        with pytest.raises(MachineRefused, match="not a Vidomo journal") as caught:
            SqliteJournal.open(tmp_path, clock=CLOCK, read_only=read_only)
        assert "--data" in caught.value.hint
    assert path.read_text().startswith("Dear diary")
