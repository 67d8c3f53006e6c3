"""Derived tables answer by few seeks, are written whole or not at all, and can be dropped."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vidomo.core.errors import MachineRefused
from vidomo.store.derived import FOREVER, Line, Mark, PhaseRow, Telling
from vidomo.store.index import Index
from vidomo.store.model import Draft
from vidomo.store.sqlite import SqliteJournal

NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    with SqliteJournal.open(tmp_path, clock=lambda: NOON) as opened:
        yield opened


@pytest.fixture
def index(journal: SqliteJournal) -> Index:
    return Index(journal)


def telling(report: str, *, known: int = 1, valid: int = 1, source: str = "s") -> Telling:
    return Telling(report, f"v_{report}", known, FOREVER, valid, source, b"x")


def row(valid: int, known: int, *, until: int = FOREVER, state: bytes = b"x") -> PhaseRow:
    return PhaseRow("power", valid, known, until, FOREVER, "out", state)


def line(report: str, at: int, *, valid: int = 1, known: int = 1) -> Line:
    return Line("A", at, f"v_{report}", 0, f"c_{report}", False, known, valid)


def put(index: Index, one: Telling, place: str = "A", bits: int = 1, seq: int = 1) -> None:
    index.put(one.report, [one], touches={place: bits}, shingles=[(7, 10)], seq=seq)


def test_a_place_is_told_of_only_by_what_was_known_and_said_by_then(index: Index) -> None:
    put(index, telling("r1", known=5, valid=2))
    put(index, telling("r2", known=9, valid=8), bits=2)
    assert {one.report for one in index.of_place("A", 3)} == {"r1", "r2"}
    assert [one.report for one in index.of_place("A", 1)] == ["r1"]
    assert [one.report for one in index.of_place("A", 3, valid_at=7)] == ["r1"]
    assert [one.report for one in index.of_place("A", 3, known_at=8)] == ["r1"]
    assert not index.of_place("A", 3, known_at=4)
    assert not index.of_place("B", 3)
    assert [one.report for one in index.some_of_place("A", 3, valid_at=7, known_at=9)] == ["r1"]


def test_what_a_source_said_comes_newest_first(index: Index) -> None:
    for number in (3, 1, 2):
        put(index, telling(f"r{number}", valid=number))
    found = index.of_source("s", valid_at=2, known_at=4)
    assert [one.report for one in found] == ["r2", "r1"]


def test_who_passes_a_post_on_is_found_by_the_name_it_gives(index: Index) -> None:
    for report, name in (("r1", "kanal"), ("r2", "other"), ("r3", "")):
        one = Telling(report, f"v_{report}", 1, FOREVER, 1, "s", b"x", passes_on=name)
        put(index, one)
    assert index.passing_on(["kanal", "nobody", ""]) == ["r1"]


def test_a_report_derived_anew_takes_the_place_of_the_old(index: Index) -> None:
    put(index, telling("r1"), place="A", seq=3)
    put(index, telling("r1", valid=6), place="B", seq=4)
    assert index.places_of("r1") == {"B": 1}
    assert [one.valid_from for one in index.of_reports(["r1"])] == [6]
    assert index.all_touched() == ["A", "B"]
    assert index.count_touched() == 2
    assert index.marks(["A", "B", "C"]) == {
        "A": Mark(3, 0, 0),
        "B": Mark(4, 4, 0),
        "C": Mark(0, 0, 0),
    }
    assert index.news("A", 1, after=2) == []
    assert index.news("B", 1, after=0) == []


def test_reports_that_repeat_each_other_are_tied_for_good(index: Index) -> None:
    put(index, telling("r1"))
    index.tie("r2", ["r3"])
    index.tie("r3", ["r1"])
    assert index.echoes(["r2"]) == {"r1", "r2", "r3"}
    assert index.echoes(["r9"]) == set()
    assert index.of_reports(["r1"])[0].cluster == "r1"


def test_texts_share_runs_of_words_only_within_a_time(index: Index) -> None:
    put(index, telling("r1"))
    assert index.sharing([7, 8], first=9, last=11, besides=0) == {"r1"}
    assert index.sharing([7, 8], first=11, last=12, besides=0) == set()
    assert index.sharing([7, 8], first=11, last=12, besides=10) == {"r1"}
    assert index.sharing([8], first=0, last=99, besides=0) == set()


def test_what_only_adds_is_told_by_record_and_the_rest_asks_for_all(index: Index) -> None:
    put(index, telling("r1"), seq=3)
    put(index, telling("r2"), bits=2, seq=5)
    assert index.news("A", 3, after=0) == ["r1", "r2"]
    assert index.news("A", 1, after=0) == ["r1"]
    assert index.news("A", 3, after=3) == ["r2"]
    assert index.marks(["A"]) == {"A": Mark(5, 0, 0)}
    assert index.newest_news(["B", "A"], 3, after=0) == {"A": 5}
    assert index.newest_news(["B", "A"], 1, after=0) == {"A": 3}
    assert index.newest_news(["B", "A"], 1, after=3) == {}
    index.touch(["A"], seq=4)
    assert index.marks(["A"]) == {"A": Mark(5, 4, 0)}
    index.put("r3", [telling("r3")], touches={"A": 1}, shingles=[], seq=6, tells=False)
    assert index.news("A", 3, after=5) == []
    assert index.marks(["A"]) == {"A": Mark(6, 6, 0)}


def test_lines_come_in_the_order_of_a_timeline_and_go_with_a_copy(index: Index) -> None:
    for report, at, known in (("r1", 9, 1), ("r2", 4, 3), ("r3", 7, 1)):
        index.put(
            report,
            [telling(report, known=known)],
            touches={"A": 1},
            lines=[line(report, at, known=known)],
            shingles=[],
            seq=1,
        )

    def told(known_at: int = 9) -> list[str]:
        return [row[3] for row in index.lines("A", valid_at=5, known_at=known_at)]

    assert told() == ["c_r2", "c_r3", "c_r1"]
    assert told(2) == ["c_r3", "c_r1"]
    assert index.lines("A", valid_at=0, known_at=9) == []
    assert index.of_place("A", 1, unlined=True) == []
    index.tie("r1", ["r2"])
    assert told() == ["c_r3"]
    assert {one.report for one in index.of_place("A", 1, unlined=True)} == {"r1", "r2"}
    put(index, telling("r3"))
    assert told() == []


def test_the_row_that_held_and_was_known_then_is_found(index: Index) -> None:
    rows = [row(10, 10), row(20, 20, until=50), row(20, 50, state=b"new"), row(30, 30)]
    index.put_phases("A", rows[:2], kept={"power": b"run"}, seq=3)
    index.put_phases("A", rows[2:], kept={"power": b"more"}, seq=4)

    def found(valid_at: int, known_at: int, *among: str) -> list[tuple[int, int]]:
        rows = index.phases(
            ["B", "A"], ["alert", "power"], valid_at=valid_at, known_at=known_at, among=among
        )
        return [(one.valid_from, one.known_from) for one in rows.get("A", [])]

    assert found(9, 99) == []
    assert found(15, 99) == [(10, 10)]
    assert found(15, 99, "out", "partial") == [(10, 10)]
    assert found(15, 99, "partial") == []
    assert found(25, 25) == [(20, 20)]
    assert found(25, 50) == [(20, 50)]
    assert found(25, 12) == [(10, 10)]
    assert found(35, 29) == [(20, 20)]
    assert index.marks(["A"]) == {"A": Mark(0, 0, 4)}
    assert index.live_phases("A", "power") == [rows[3], rows[2], rows[0]]
    assert index.live_phases("A", "power", limit=1) == [rows[3]]
    assert index.live_phases("A", "water") == []
    assert index.kept("A", ["power", "water"]) == {"power": b"more"}
    index.put_phases("A", [], ended=[row(30, 30, until=60)], kept={}, seq=5)
    assert found(35, 59) == [(30, 30)]
    assert found(35, 60) == [(20, 50)]
    assert index.live_phases("A", "power", limit=1) == [rows[2]]
    index.forget_phases("A")
    assert index.marks(["A"]) == {"A": Mark(0, 0, 0)}
    assert index.live_phases("A", "power") == []
    assert index.kept("A", ["power"]) == {}


def test_polls_leave_the_index_current_and_posts_do_not(
    journal: SqliteJournal, index: Index
) -> None:
    assert index.is_current
    journal.append([Draft(kind="poll", id="p", subject="s", body=b"{}")])
    assert index.is_current
    journal.append([Draft(kind="post", id="a", subject="s", body=b"{}")])
    assert not index.is_current
    index.mark(journal.last_seq)
    assert index.is_current
    assert index.seq == 2


def test_everything_derived_can_be_dropped_and_no_record_goes(
    journal: SqliteJournal, index: Index
) -> None:
    journal.append([Draft(kind="post", id="a", subject="s", body=b"{}")])
    put(index, telling("r1"), bits=17)
    index.touch(["B"], seq=2)
    index.mark(1)
    assert index.has_excepted(["B", "A"])
    assert not index.has_excepted(["B"])
    index.drop()
    assert index.seq == 0
    assert index.all_touched() == []
    assert not index.has_excepted(["A"])
    assert journal.count() == 1
    assert journal.verify() == ()


def test_a_change_that_fails_halfway_leaves_nothing(journal: SqliteJournal, index: Index) -> None:
    def fail() -> None:
        with journal.deriving():
            put(index, telling("r1"))
            assert index.all_touched() == ["A"]
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert index.all_touched() == []
    put(index, telling("r2"))
    assert index.all_touched() == ["A"]


def test_only_records_are_waited_for_on_the_disk(journal: SqliteJournal, index: Index) -> None:
    with journal.deriving() as connection:
        assert connection.pragma("synchronous") == 1
    assert connection.pragma("synchronous") == 2

    def fail() -> None:
        with journal.deriving():
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert connection.pragma("synchronous") == 2
    index.mark(1)
    assert connection.pragma("synchronous") == 2


def test_nothing_is_derived_where_the_journal_is_only_read(tmp_path: Path) -> None:
    with SqliteJournal.open(tmp_path, clock=lambda: NOON) as writer:
        assert writer.can_write
    with SqliteJournal.open(tmp_path, clock=lambda: NOON, read_only=True) as reader:
        assert not reader.can_write
        assert Index(reader).is_current
        with pytest.raises(MachineRefused):
            Index(reader).mark(1)
