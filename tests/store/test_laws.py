"""Laws 1 to 3 for the journal, each with a broken journal that its test must reject."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from vidomo.core.clock import fixed_clock
from vidomo.store.model import Draft
from vidomo.store.sqlite import SqliteJournal

NOON = datetime(2025, 12, 20, 12, tzinfo=UTC)
NewFolder = Callable[[], Path]


class BelievesTheClock(SqliteJournal):
    """A mutant: writes into the past where the clock goes back."""

    def append(self, drafts: Sequence[Draft]) -> tuple[bool, ...]:
        self._floor = 0
        return super().append(drafts)


class CountsArrivals(SqliteJournal):
    """A mutant: the same record again is another one."""

    def append(self, drafts: Sequence[Draft]) -> tuple[bool, ...]:
        named = [
            Draft(kind=d.kind, id=f"{d.id}-{self.last_seq}", subject=d.subject, body=d.body)
            for d in drafts
        ]
        return super().append(named)


class ForgetsAfterARepetition(SqliteJournal):
    """A mutant: drops what follows a known record in the same call."""

    def append(self, drafts: Sequence[Draft]) -> tuple[bool, ...]:
        news = [super(ForgetsAfterARepetition, self).append([draft])[0] for draft in drafts[:1]]
        if news == [True]:
            news += super().append(drafts[1:])
        return tuple(news) + (False,) * (len(drafts) - len(news))


@pytest.fixture
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> NewFolder:
    return lambda: tmp_path_factory.mktemp("law")


def draft(name: str) -> Draft:
    return Draft(kind="post", id=name, subject="s", body=b'{"name":"%s"}' % name.encode())


def kept(
    kind: type[SqliteJournal], folder: Path, batches: list[list[str]]
) -> set[tuple[str, bytes]]:
    with kind.open(folder, clock=fixed_clock(NOON)) as journal:
        news = [journal.append([draft(name) for name in batch]) for batch in batches]
        found = {(record.id, record.body) for record in journal.records()}
        assert sum(map(sum, news)) == journal.count() == len(found)
    assert {name for name, _ in found} == {name for batch in batches for name in batch}
    return found


def order_does_not_matter(
    kind: type[SqliteJournal], folder: NewFolder, first: list[list[str]], second: list[list[str]]
) -> None:
    assert kept(kind, folder(), first) == kept(kind, folder(), second)


def the_past_does_not_change(
    kind: type[SqliteJournal], folder: NewFolder, steps: list[int], asked: int
) -> None:
    instant = NOON
    known_at, answer = None, None
    with kind.open(folder(), clock=lambda: instant) as journal:
        for number, step in enumerate(steps):
            instant += timedelta(microseconds=step)
            journal.append([draft(str(number))])
            if number == asked:
                known_at = journal.last_recorded_at
                answer = list(journal.records(known_at=known_at))
        assert list(journal.records(known_at=known_at)) == answer


@given(
    batches=st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=5), max_size=6),
    chance=st.randoms(use_true_random=False),
)
def test_any_order_and_duplication_of_appends_keeps_the_same_set(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[str]], chance: object
) -> None:
    shuffled = [list(batch) for batch in batches + batches[:2]]
    for batch in shuffled:
        chance.shuffle(batch)
    chance.shuffle(shuffled)
    order_does_not_matter(SqliteJournal, lambda: tmp_path_factory.mktemp("law"), batches, shuffled)


@pytest.mark.parametrize("mutant", [CountsArrivals, ForgetsAfterARepetition])
def test_a_journal_that_doubles_or_loses_is_rejected(
    mutant: type[SqliteJournal], new_folder: NewFolder
) -> None:
    first, second = [["a", "b"], ["a"]], [["a"], ["a", "b"]]
    order_does_not_matter(SqliteJournal, new_folder, first, second)
    with pytest.raises(AssertionError):
        order_does_not_matter(mutant, new_folder, first, second)


@given(steps=st.lists(st.integers(-5, 5), min_size=1, max_size=12), place=st.floats(0, 0.999))
def test_the_past_does_not_change_whatever_the_clock_does(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int], place: float
) -> None:
    asked = int(place * len(steps))
    the_past_does_not_change(SqliteJournal, lambda: tmp_path_factory.mktemp("law"), steps, asked)


@pytest.mark.parametrize("steps", [[0, 0], [0, -1], [0, -5, 3]])
def test_a_journal_that_believes_the_clock_is_rejected(
    new_folder: NewFolder, steps: list[int]
) -> None:
    the_past_does_not_change(SqliteJournal, new_folder, steps, 0)
    with pytest.raises(AssertionError):
        the_past_does_not_change(BelievesTheClock, new_folder, steps, 0)
