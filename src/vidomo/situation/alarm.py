"""What the sources of alarm add to the alert of a place: freshness, and a quiet that means none."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import DimensionState
from vidomo.situation.rules import dimension_rules
from vidomo.situation.testimony import Heard
from vidomo.sources.model import Outcome, Poll
from vidomo.sources.registry import Registry, SourceEntry

_ANSWERS = frozenset({Outcome.ANSWERED, Outcome.NOTHING_NEW})


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A configured alarm source and when it was last heard."""

    entry: SourceEntry
    home: str
    heard_at: datetime

    def is_fresh(self, valid_at: datetime) -> bool:
        """Whether it was heard within its stated freshness."""
        return valid_at - self.heard_at <= timedelta(seconds=self.entry.freshness_s)


def alarm_feeds(
    heard: Iterable[Heard], polls: Sequence[Poll], *, registry: Registry
) -> tuple[Feed, ...]:
    """Return the alarm sources that were ever heard: they answered, or a post came from them."""
    last: dict[str, datetime] = {
        poll.source: poll.asked_at for poll in _by_time(polls) if poll.outcome in _ANSWERS
    }
    for item in heard:
        source = item.version.post.source
        if item.said is not None and item.judged.is_alarm_feed:
            last[source] = max(last.get(source, item.said.start), item.said.start)
    feeds = []
    for entry in registry.sources():
        body = registry.body(entry.body or "")
        able = entry.alarm_feed and entry.home and body and "alarm" in body.competence
        if able and entry.home and entry.id in last:
            feeds.append(Feed(entry=entry, home=entry.home, heard_at=last[entry.id]))
    return tuple(feeds)


def with_feeds(
    state: DimensionState,
    feeds: Sequence[Feed],
    *,
    place: str,
    valid_at: datetime,
    tree: Tree,
) -> DimensionState:
    """Return the alert of a place as the alarm sources over it leave it.

    Only a fresh alarm source makes ``none`` of what nobody knows (law 5); a silent one
    takes nothing back (law 4), the alert is then shown as stale.
    """
    over = [feed for feed in feeds if tree.within(place, feed.home)]
    fresh = [feed for feed in over if feed.is_fresh(valid_at)]
    if state.phase == "unknown" and fresh and not state.evidence:
        heard_at = max(feed.heard_at for feed in fresh)
        return msgspec.structs.replace(state, phase="none", heard_at=heard_at)
    if state.phase == "unknown" or not over:
        return state
    slack = timedelta(seconds=dimension_rules().dimensions["alert"].stale_after_s)
    is_heard = any(
        valid_at - feed.heard_at <= timedelta(seconds=feed.entry.freshness_s) + slack
        for feed in over
    )
    last = max(feed.heard_at for feed in over)
    return msgspec.structs.replace(
        state,
        stale=state.stale and not is_heard,
        heard_at=max(state.heard_at or last, last),
    )


def _by_time(polls: Iterable[Poll]) -> list[Poll]:
    return sorted(polls, key=lambda poll: poll.asked_at)
