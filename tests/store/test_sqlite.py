"""The journal keeps what it was given, once, for good."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from vidomo.core.clock import system_clock
from vidomo.core.errors import ConflictError, MachineRefused, NothingKnown
from vidomo.store.model import Draft
from vidomo.store.sqlite import FILE_NAME, SqliteJournal

NOON = datetime(2025, 12, 20, 12, tzinfo=UTC)


def draft(name: str, *, kind: str = "post", subject: str = "s", **more: object) -> Draft:
    return Draft(kind=kind, id=name, subject=subject, body=b'{"name":"%s"}' % name.encode(), **more)


class Ticking:
    """A clock that the test moves by hand."""

    def __init__(self, start: datetime = NOON) -> None:
        self.instant = start

    def __call__(self) -> datetime:
        return self.instant


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def journal(tmp_path: Path, clock: Ticking) -> Iterator[SqliteJournal]:
    with SqliteJournal.open(tmp_path / "new" / "folder", clock=clock) as opened:
        yield opened


def test_a_new_journal_is_empty_and_sound(journal: SqliteJournal) -> None:
    assert journal.is_empty
    assert journal.last_seq == 0
    assert journal.last_recorded_at is None
    assert journal.count() == 0
    assert list(journal.records()) == []
    assert journal.get("nothing") is None
    assert journal.verify() == ()


def test_an_acknowledged_record_is_given_back_as_it_was(journal: SqliteJournal) -> None:
    assert journal.append([draft("a"), draft("b", replaces="a")]) == (True, True)
    first, second = journal.records()
    assert (first.id, first.kind, first.subject, first.body) == ("a", "post", "s", b'{"name":"a"}')
    assert first.recorded_at == NOON
    assert not first.replayed
    assert second.replaces == "a"
    assert journal.get("b") == second
    assert journal.last_seq == second.seq
    assert journal.verify() == ()


def test_the_same_record_again_is_already_there(journal: SqliteJournal) -> None:
    assert journal.append([draft("a"), draft("a")]) == (True, False)
    assert journal.append([draft("b"), draft("a")]) == (True, False)
    assert journal.count() == 2


def test_an_id_with_another_content_is_a_conflict_and_nothing_is_written(
    journal: SqliteJournal,
) -> None:
    journal.append([draft("a")])
    other = Draft(kind="post", id="a", subject="s", body=b"{}")
    with pytest.raises(ConflictError, match="already there"):
        journal.append([draft("b"), other])
    assert [record.id for record in journal.records()] == ["a"]
    assert journal.append([draft("c")]) == (True,)


def test_records_are_chosen_by_kind_subject_and_position(journal: SqliteJournal) -> None:
    journal.append([draft("a"), draft("b", kind="reading"), draft("c", subject="t")])

    def ids(**choice: object) -> list[str]:
        return [record.id for record in journal.records(**choice)]

    assert ids(kind="post") == ["a", "c"]
    assert ids(subject="s") == ["a", "b"]
    assert ids(kind="post", subject="s") == ["a"]
    assert ids(after=journal.get("a").seq) == ["b", "c"]
    assert list(journal.subjects(kind="post")) == ["s", "t"]
    assert (journal.count("post"), journal.count("poll")) == (2, 0)


def test_what_was_written_later_is_not_known_before(journal: SqliteJournal, clock: Ticking) -> None:
    journal.append([draft("a")])
    clock.instant += timedelta(seconds=1)
    journal.append([draft("b")])
    assert [record.id for record in journal.records(known_at=NOON)] == ["a"]
    assert [record.id for record in journal.records(known_at=NOON - timedelta(seconds=1))] == []
    assert journal.last_recorded_at == clock.instant


def test_a_clock_that_stands_or_goes_back_never_writes_into_the_past(
    journal: SqliteJournal, clock: Ticking
) -> None:
    journal.append([draft("a")])
    asked_at = journal.last_recorded_at
    for name, step in (("b", 0), ("c", -3600), ("d", -7200)):
        clock.instant += timedelta(seconds=step)
        journal.append([draft(name)])
    assert [record.id for record in journal.records(known_at=asked_at)] == ["a"]
    moments = [record.recorded_at for record in journal.records()]
    assert moments == sorted(set(moments))


def test_time_does_not_go_back_when_the_journal_is_opened_again(
    tmp_path: Path, clock: Ticking
) -> None:
    with SqliteJournal.open(tmp_path, clock=clock) as journal:
        journal.append([draft("a")])
    clock.instant -= timedelta(days=1)
    with SqliteJournal.open(tmp_path, clock=clock) as journal:
        journal.append([draft("b")])
        assert [record.id for record in journal.records(known_at=NOON)] == ["a"]


def test_replayed_history_has_its_own_times_and_says_so(journal: SqliteJournal) -> None:
    long_ago = datetime(2024, 2, 29, 23, 59, 59, 123456, tzinfo=UTC)
    journal.append(
        [draft("b", recorded_at=NOON - timedelta(days=1)), draft("a", recorded_at=long_ago)]
    )
    journal.append([draft("now")])
    old = journal.get("a")
    assert old.replayed
    assert old.recorded_at == long_ago
    assert [record.id for record in journal.records(known_at=long_ago)] == ["a"]
    assert not journal.get("now").replayed
    assert journal.verify() == ()


@pytest.mark.parametrize(
    "sql",
    [
        "update record set body = x'7b7d'",
        "delete from record",
        "insert or replace into record values (1, 'a', 'post', 's', 0, null, 0, x'7b7d')",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete_a_record(
    journal: SqliteJournal, tmp_path: Path, sql: str
) -> None:
    journal.append([draft("a")])
    connection = apsw.Connection(str(tmp_path / "new" / "folder" / FILE_NAME))
    connection.pragma("recursive_triggers", True)
    with pytest.raises(apsw.ConstraintError, match="never"):
        connection.execute(sql)
    connection.close()
    assert journal.get("a").body == b'{"name":"a"}'


def test_a_second_writer_is_refused_while_readers_are_welcome(tmp_path: Path) -> None:
    with SqliteJournal.open(tmp_path, clock=system_clock) as journal:
        journal.append([draft("a")])
        code = (
            "import sys; from pathlib import Path\n"
            "from vidomo.core.clock import system_clock\n"
            "from vidomo.core.errors import MachineRefused\n"
            "from vidomo.store.sqlite import SqliteJournal\n"
            "with SqliteJournal.open(Path(sys.argv[1]), clock=system_clock, read_only=True) as j:\n"
            "    print(j.count())\n"
            "try:\n"
            "    SqliteJournal.open(Path(sys.argv[1]), clock=system_clock)\n"
            "except MachineRefused as error:\n"
            "    print(error.message, error.hint, error.exit_code)\n"
        )
        ended = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
        )
    count, refusal = ended.stdout.splitlines()
    assert count == "1"
    assert "another process is writing" in refusal
    assert refusal.endswith("6")


def test_a_journal_opened_for_reading_cannot_be_written(tmp_path: Path) -> None:
    SqliteJournal.open(tmp_path, clock=system_clock).close()
    with (
        SqliteJournal.open(tmp_path, clock=system_clock, read_only=True) as journal,
        pytest.raises(MachineRefused, match="reading only"),
    ):
        journal.append([draft("a")])


def test_a_closed_journal_says_so_and_closes_twice(tmp_path: Path) -> None:
    journal = SqliteJournal.open(tmp_path, clock=system_clock)
    journal.close()
    journal.close()
    with pytest.raises(MachineRefused, match="closed"):
        journal.count()
    with pytest.raises(MachineRefused):
        journal.append([draft("a")])


def test_reading_where_there_is_no_journal_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NothingKnown) as caught:
        SqliteJournal.open(tmp_path, clock=system_clock, read_only=True)
    assert caught.value.exit_code == 3
    assert "vidomo import" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_file_made_by_a_process_killed_at_its_start_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    with pytest.raises(NothingKnown):
        SqliteJournal.open(tmp_path, clock=system_clock, read_only=True)
    with SqliteJournal.open(tmp_path, clock=system_clock) as journal:
        assert journal.is_empty


def test_a_reader_keeps_its_view_while_the_writer_goes_on(journal: SqliteJournal) -> None:
    journal.append([draft(f"old{number}") for number in range(50)])
    reading = journal.records()
    seen = [next(reading).id]
    assert journal.append([draft(f"new{number}") for number in range(50)]) == (True,) * 50
    seen += [record.id for record in reading]
    assert seen == [f"old{number}" for number in range(50)]
    assert journal.count() == 100


def test_a_reading_given_up_halfway_holds_nothing_back(journal: SqliteJournal) -> None:
    journal.append([draft("a"), draft("b")])
    reading = journal.records()
    next(reading)
    reading.close()
    assert journal.append([draft("c")]) == (True,)
    assert len(list(journal.records())) == 3


def test_many_threads_read_while_one_writes_and_nobody_waits_or_fails(tmp_path: Path) -> None:
    failures: list[BaseException] = []
    done = threading.Event()
    counts: list[int] = []

    def read(journal: SqliteJournal) -> None:
        try:
            while not done.is_set():
                records = list(journal.records())
                assert [record.seq for record in records] == list(range(1, len(records) + 1))
                counts.append(len(records))
        except BaseException as error:  # noqa: BLE001 - handed to the main thread
            failures.append(error)

    with SqliteJournal.open(tmp_path, clock=system_clock) as journal:
        threads = [threading.Thread(target=read, args=(journal,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(150):
            journal.append([draft(f"{number}-{part}") for part in range(3)])
        done.set()
        for thread in threads:
            thread.join()
        assert journal.count() == 450
    assert failures == []
    assert all(count % 3 == 0 for count in counts)


def test_threads_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    with SqliteJournal.open(tmp_path, clock=system_clock) as journal:

        def write(name: int) -> None:
            for number in range(25):
                journal.append([draft(f"{name}-{number}"), draft(f"shared-{number}")])

        threads = [threading.Thread(target=write, args=(name,)) for name in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert journal.count() == 4 * 25 + 25
        assert journal.verify() == ()


def test_damage_is_found_and_named(journal: SqliteJournal, tmp_path: Path, clock: Ticking) -> None:
    journal.append([draft("a")])
    connection = apsw.Connection(str(tmp_path / "new" / "folder" / FILE_NAME))
    connection.execute("drop trigger record_is_never_changed")
    rows = [
        ("broken", 0, None, b"{"),
        ("noise", 2**61 // 1000, None, b"\xff"),
        ("orphan", 2**61 // 1000, "nowhere", b"{}"),
    ]
    for name, moment, replaces, body in rows:
        connection.execute(
            "insert into record (id, kind, subject, recorded_at, replaces, replayed, body)"
            " values (?, 'post', 's', ?, ?, 0, ?)",
            (name, moment, replaces, body),
        )
    connection.close()
    assert [(problem.code, problem.where) for problem in journal.verify()] == [
        ("trigger_missing", ""),
        ("body_unreadable", "broken"),
        ("time_went_back", "broken"),
        ("body_unreadable", "noise"),
        ("replaces_nothing", "orphan"),
    ]


def test_a_damaged_page_is_found(tmp_path: Path) -> None:
    with SqliteJournal.open(tmp_path, clock=system_clock) as journal:
        journal.append([draft(f"{number:04}") for number in range(500)])
        pages = journal._writer.execute(
            "select pageno from dbstat where name = 'record_by_subject' and pagetype = 'leaf'"
        ).fetchall()
    path = tmp_path / FILE_NAME
    raw = bytearray(path.read_bytes())
    place = 4096 * (pages[0][0] - 1)
    raw[place + 100 : place + 4096] = bytes(3996)
    path.write_bytes(raw)
    with SqliteJournal.open(tmp_path, clock=system_clock, read_only=True) as journal:
        problems = journal.verify()
        assert problems
        assert {problem.code for problem in problems} == {"damaged_page"}
        assert problems[0].hint
