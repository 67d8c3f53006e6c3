"""The polls that a situation rests on."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, strategies as st

from vidomo.app.poll_log import PollLog
from vidomo.core.clock import fixed_clock
from vidomo.reports.keep import Keeper
from vidomo.situation.health import source_health
from vidomo.sources.model import Memory, Outcome, Poll
from vidomo.store.sqlite import SqliteJournal

NOON = datetime(2025, 12, 20, 12, tzinfo=UTC)


def at(minute: float) -> datetime:
    return NOON + timedelta(minutes=minute)


_POLLS = st.lists(
    st.builds(
        lambda source, minute, outcome: Poll(
            source=source, asked_at=at(minute), outcome=outcome, detail=outcome.value
        ),
        st.sampled_from("ab"),
        st.integers(0, 20),
        st.sampled_from(list(Outcome)),
    ),
    max_size=20,
)


@given(polls=_POLLS, valid=st.integers(0, 25), known=st.integers(0, 25))
def test_few_polls_tell_the_same_as_all(polls: list[Poll], valid: int, known: int) -> None:
    when = {"valid_at": at(valid), "known_at": at(known)}
    with (
        tempfile.TemporaryDirectory() as folder,
        SqliteJournal.open(Path(folder), clock=fixed_clock(NOON)) as journal,
    ):
        log = PollLog()
        for poll in polls:
            Keeper(journal, clock=fixed_clock(NOON)).keep_polls([poll], replay=True)
            log.telling(journal, **when)
        found = log.telling(journal, **when)
        again = PollLog().telling(journal, **when)
    # A replayed poll is known from when it was made.
    seen = [poll for poll in polls if poll.asked_at <= min(at(valid), at(known))]
    assert source_health(found) == source_health(again) == source_health(seen)


def test_what_was_recorded_later_is_not_known_before(tmp_path: Path) -> None:
    poll = Poll(source="a", asked_at=NOON, outcome=Outcome.ANSWERED)
    with SqliteJournal.open(tmp_path, clock=fixed_clock(at(5))) as journal:
        Keeper(journal).keep_polls([poll])
        log = PollLog()
        assert log.telling(journal, valid_at=at(9), known_at=at(4)) == ()
        assert log.telling(journal, valid_at=at(9), known_at=at(6)) == (poll,)


def test_a_long_watch_comes_down_to_one_answer(tmp_path: Path) -> None:
    polls = [
        Poll(source="a", asked_at=at(one), outcome=Outcome.NOTHING_NEW, memory=Memory(read_to=one))
        for one in range(500)
    ]
    with SqliteJournal.open(tmp_path, clock=fixed_clock(NOON)) as journal:
        Keeper(journal).keep_polls(polls, replay=True)
        (last,) = PollLog().telling(journal, valid_at=at(999), known_at=at(999))
    assert last.asked_at == at(499)
    assert last.outcome is Outcome.NOTHING_NEW
