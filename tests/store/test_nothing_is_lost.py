"""Law 1: whatever call the disk fails at, every acknowledged record is there, none twice."""

import random
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from situation.histories import BEGIN, drafts_of, history, real_fold
from situation.lawbook import catches, held_in, keeps, quick_folder
from store.unsteady import Disk, unsteady
from vidomo.core.clock import fixed_clock
from vidomo.core.errors import MachineRefused
from vidomo.store.model import Draft
from vidomo.store.sqlite import FILE_NAME, SqliteJournal

CLOCK = fixed_clock(BEGIN)
Batches = list[list[Draft]]


def nothing_is_lost(journal: type[SqliteJournal], seed: int) -> set[str]:
    told, dice = history(seed), random.Random(seed + 11)
    batches = _batches(drafts_of(told), dice)
    fault = dice.choice(("kill", "power cut", "full disk"))
    with quick_folder() as one, quick_folder() as other:
        with unsteady(
            stop_at=dice.randint(1, dice.choice((30, 90, 200))), comes_back=fault == "full disk"
        ) as disk:
            acknowledged = _written(journal, one, batches)
        _after(fault, disk, one, other, dice)
        _is_all_there(journal, other, batches, acknowledged)
    held = {fault} if disk.calls >= disk.stop_at else {"no fault"}
    return held | held_in(told.folded(real_fold))


def _batches(drafts: Batches, dice: random.Random) -> Batches:
    """Return the records in transactions of several, some of them offered twice."""
    drafts = [*drafts, *dice.choices(drafts, k=2)]
    found: Batches = []
    while drafts:
        size = dice.randint(1, 6)
        found.append([draft for group in drafts[:size] for draft in group])
        drafts = drafts[size:]
    return found


def _written(journal: type[SqliteJournal], where: Path, batches: Batches) -> list[list[Draft]]:
    """Write until the disk fails; return what was acknowledged."""
    acknowledged: Batches = []
    with suppress(MachineRefused):
        opened = journal.open(where, clock=CLOCK)
        try:
            for batch in batches:
                with suppress(MachineRefused):
                    opened.append(batch)
                    acknowledged.append(batch)
        finally:
            opened.close()
    return acknowledged


def _after(fault: str, disk: Disk, one: Path, other: Path, dice: random.Random) -> None:
    """Leave in the other folder what is on the disk when the machine is started again."""
    if fault == "power cut" and disk.is_dead:
        disk.after_power_cut(other, dice)
        return
    for path in one.glob(f"{FILE_NAME}*"):
        if not path.name.endswith("-shm"):  # memory that died with the process
            shutil.copy(path, other / path.name)


def _is_all_there(
    journal: type[SqliteJournal], where: Path, batches: Batches, acknowledged: Sequence[list[Draft]]
) -> None:
    offered = {draft.id: draft for batch in batches for draft in batch}
    with journal.open(where, clock=CLOCK) as opened:
        assert opened.verify() == ()
        found = [record.id for record in opened.records()]
        assert len(found) == len(set(found))
        assert _of(acknowledged) <= set(found)
        for record in opened.records():
            draft = offered[record.id]
            assert (record.kind, record.subject, record.body) == (
                draft.kind,
                draft.subject,
                draft.body,
            )
        for batch in batches:  # a transaction is there or it is not, but for what was there before
            news = _of([batch]) - _of(acknowledged)
            assert news <= set(found) or not _only_here(news, batch, batches) & set(found)
        for batch in batches:
            opened.append(batch)
        assert sorted(record.id for record in opened.records()) == sorted(offered)
        assert opened.verify() == ()


def _of(batches: Sequence[list[Draft]]) -> set[str]:
    return {draft.id for batch in batches for draft in batch}


def _only_here(ids: set[str], batch: list[Draft], batches: Batches) -> set[str]:
    return ids - _of([other for other in batches if other is not batch])


# broken journals --------------------------------------------------------------------------------


class BelievesTheCache(SqliteJournal):
    """Acknowledges what the system has taken and the disk has not."""

    @classmethod
    def open(cls, folder: Path, **more: object) -> "BelievesTheCache":
        opened = super().open(folder, **more)
        opened._writer.pragma("synchronous", "off")
        return opened


class HoldsBack(SqliteJournal):
    """Acknowledges a transaction that it will write with the next one."""

    def append(self, drafts: Sequence[Draft]) -> tuple[bool, ...]:
        waiting, self._waiting = getattr(self, "_waiting", []), list(drafts)
        super().append(waiting)
        return (True,) * len(drafts)


class OneByOne(SqliteJournal):
    """Makes a transaction of each record."""

    def append(self, drafts: Sequence[Draft]) -> tuple[bool, ...]:
        return tuple(super(OneByOne, self).append([draft])[0] for draft in drafts)


class SwallowsRefusals(SqliteJournal):
    """Acknowledges what the disk refused."""

    def append(self, drafts: Sequence[Draft]) -> tuple[bool, ...]:
        try:
            return super().append(drafts)
        except MachineRefused:
            return (True,) * len(drafts)


class CountsArrivals(SqliteJournal):
    """Writes down again what is there already."""

    def append(self, drafts: Sequence[Draft]) -> tuple[bool, ...]:
        known = {record.id for record in self.records()}
        doubled = [
            Draft(kind=d.kind, id=f"{d.id}-2" if d.id in known else d.id, subject="", body=d.body)
            for d in drafts
        ]
        return super().append(doubled)


BROKEN = [BelievesTheCache, HoldsBack, OneByOne, SwallowsRefusals, CountsArrivals]


# tests ------------------------------------------------------------------------------------------


def test_no_failing_disk_loses_or_doubles_an_acknowledged_record() -> None:
    keeps("1 nothing is lost", nothing_is_lost, SqliteJournal)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_no_failing_disk_loses_or_doubles_an_acknowledged_record_for_long() -> None:
    keeps("1 nothing is lost", nothing_is_lost, SqliteJournal)


@pytest.mark.parametrize("mutant", BROKEN)
def test_a_journal_that_loses_or_doubles_is_caught(mutant: type[SqliteJournal]) -> None:
    catches(nothing_is_lost, mutant)


def test_the_disk_really_fails_where_it_is_told_to(tmp_path: Path) -> None:
    with unsteady(stop_at=0) as disk, SqliteJournal.open(tmp_path / "a", clock=CLOCK) as journal:
        journal.append([Draft(kind="post", id="a", subject="s", body=b"{}")])
        calls = disk.calls
    assert calls > 10
    with (
        unsteady(stop_at=calls),
        pytest.raises(MachineRefused, match="the disk"),
        SqliteJournal.open(tmp_path / "b", clock=CLOCK) as journal,
    ):
        journal.append([Draft(kind="post", id="a", subject="s", body=b"{}")])
