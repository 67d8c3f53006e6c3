"""The polls that a situation rests on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, strategies as st

from vidomo.app.poll_log import PollLog, telling
from vidomo.core.clock import fixed_clock
from vidomo.reports.keep import Keeper
from vidomo.situation.health import source_health
from vidomo.sources.model import Outcome, Poll
from vidomo.store.sqlite import SqliteJournal

NOON = datetime(2025, 12, 20, 12, tzinfo=UTC)

_POLLS = st.lists(
    st.builds(
        lambda source, minute, outcome: Poll(
            source=source,
            asked_at=NOON + timedelta(minutes=minute),
            outcome=outcome,
            detail=outcome.value,
        ),
        st.sampled_from("ab"),
        st.integers(0, 20),
        st.sampled_from(list(Outcome)),
    ),
    max_size=30,
)


@given(polls=_POLLS, minute=st.integers(0, 20))
def test_few_polls_tell_the_same_as_all(polls: list[Poll], minute: int) -> None:
    valid_at = NOON + timedelta(minutes=minute)
    past = [poll for poll in polls if poll.asked_at <= valid_at]
    assert source_health(telling(polls, valid_at=valid_at)) == source_health(past)


def test_a_long_watch_comes_down_to_one_answer() -> None:
    polls = [
        Poll(source="a", asked_at=NOON + timedelta(minutes=one), outcome=Outcome.NOTHING_NEW)
        for one in range(1000)
    ]
    assert telling(polls, valid_at=NOON + timedelta(days=1)) == (polls[-1],)


def test_the_log_gives_what_was_recorded_by_an_instant(tmp_path: Path) -> None:
    log = PollLog()
    polls = [
        Poll(source="a", asked_at=NOON + timedelta(minutes=one), outcome=Outcome.ANSWERED)
        for one in range(2)
    ]
    for poll in polls:
        with SqliteJournal.open(tmp_path, clock=fixed_clock(poll.asked_at)) as journal:
            Keeper(journal).keep_polls([poll])
            last = list(log.until(journal, poll.asked_at))
            assert last[-1] == poll
    with SqliteJournal.open(tmp_path, clock=fixed_clock(NOON), read_only=True) as journal:
        assert list(log.until(journal, NOON)) == polls[:1]
        assert list(log.until(journal, NOON + timedelta(days=1))) == polls
