"""When each source last answered, and since when it is silent."""

from collections.abc import Iterable

from vidomo.situation.model import SourceHealth
from vidomo.sources.model import Outcome, Poll

_SILENCE = frozenset({Outcome.NO_ANSWER, Outcome.REFUSED})


def source_health(polls: Iterable[Poll]) -> tuple[SourceHealth, ...]:
    """Return the health of every source that was asked, by id.

    A source is silent since the first time that it failed after it last answered.
    Silence is shown and moves nothing (law 4).
    """
    by_source: dict[str, list[Poll]] = {}
    for poll in polls:
        by_source.setdefault(poll.source, []).append(poll)
    return tuple(_health(source, by_source[source]) for source in sorted(by_source))


def _health(source: str, polls: list[Poll]) -> SourceHealth:
    answered_at = None
    silent_since = None
    detail = ""
    ordered = sorted(
        polls, key=lambda poll: (poll.asked_at, poll.outcome in _SILENCE, poll.outcome, poll.detail)
    )
    for poll in ordered:
        if poll.outcome in _SILENCE:
            silent_since = silent_since or poll.asked_at
            detail = poll.detail
        else:
            answered_at = poll.asked_at
            silent_since = None
            detail = ""
    return SourceHealth(
        source=source, answered_at=answered_at, silent_since=silent_since, detail=detail
    )
