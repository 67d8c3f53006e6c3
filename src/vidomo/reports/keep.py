"""Write posts into the journal: every version once, none ever overwritten."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Literal

import msgspec

from vidomo.core.clock import Clock, system_clock
from vidomo.core.codec import to_json
from vidomo.core.ids import content_id
from vidomo.reports.lineage import current, effective_at, version_of
from vidomo.reports.model import Version
from vidomo.reports.table import POLL, POST, history
from vidomo.sources.model import Poll, Post
from vidomo.store.journal import Journal
from vidomo.store.model import Draft

__all__ = ["Keeper", "Tally", "Verdict", "replay_moment", "version_of"]

Verdict = Literal["new", "known", "changed"]
BATCH = 200  # posts in one durable transaction; measured in bench/journal.py


class Tally(msgspec.Struct, kw_only=True):
    """How many posts came to what."""

    new: int = 0
    known: int = 0
    changed: int = 0
    refused: int = 0

    def count(self, verdict: Verdict | Literal["refused"]) -> None:
        """Add one."""
        setattr(self, verdict, getattr(self, verdict) + 1)

    @property
    def line(self) -> str:
        """The one line that an import ends with."""
        return f"{self.new} new, {self.known} known, {self.changed} changed, {self.refused} refused"


class Keeper:
    """Keeps every version of every post.

    Args:
        journal: Open for writing.
        clock: When an edit that carries no time was seen.
    """

    def __init__(self, journal: Journal, *, clock: Clock = system_clock) -> None:
        self._journal = journal
        self._clock = clock

    def keep(
        self, posts: Iterable[Post], *, replay: bool = False, batch: int = BATCH
    ) -> Iterator[tuple[Verdict, Version]]:
        """Yield for each post, in order, what became of it; durable once yielded.

        Args:
            posts: Read lazily, one batch ahead of what is yielded.
            replay: Write history down as of its own times; a post without any time
                is known only from now on.
            batch: Posts in one transaction.

        Raises:
            MachineRefused: Disk full or no permission; what was yielded before is stored.
        """
        waiting = iter(posts)
        while group := list(islice(waiting, batch)):
            yield from self._keep_batch(group, replay=replay)

    def keep_polls(self, polls: Iterable[Poll], *, replay: bool = False) -> int:
        """Write poll outcomes down and return how many were new; durable on return."""
        drafts = [
            Draft(
                kind=POLL,
                id=content_id("pol", poll),
                subject=poll.source,
                body=to_json(poll),
                recorded_at=poll.asked_at if replay else None,
            )
            for poll in polls
        ]
        return sum(self._journal.append(drafts))

    def _keep_batch(
        self, posts: Iterable[Post], *, replay: bool
    ) -> tuple[tuple[Verdict, Version], ...]:
        known: dict[str, list[Version]] = {}
        outcome: list[tuple[Verdict, Version]] = []
        drafts: list[Draft] = []
        for post in posts:
            report = version_of(post).report
            if report not in known:
                known[report] = [found for found, _ in history(self._journal, report)]
            verdict, version = _judge(post, known[report], now=self._clock())
            outcome.append((verdict, version))
            if verdict != "known":
                drafts.append(_draft(version, known[report], replay=replay))
                known[report].append(version)
        if drafts:
            self._journal.append(drafts)
        return tuple(outcome)


def replay_moment(version: Version) -> datetime | None:
    """Return the ``recorded_at`` of a replayed version: deleted, edited, else published.

    None for a version without any time, or whose edit has only the time at
    which we saw it: such a version is known from the moment of import.
    """
    return None if version.is_observed else effective_at(version)


def _draft(version: Version, earlier: list[Version], *, replay: bool) -> Draft:
    replaced = current(earlier)
    return Draft(
        kind=POST,
        id=version.id,
        subject=version.report,
        body=to_json(version),
        replaces=None if replaced is None else replaced.id,
        recorded_at=replay_moment(version) if replay else None,
    )


def _judge(post: Post, known: list[Version], *, now: datetime) -> tuple[Verdict, Version]:
    """Decide what a post is beside the versions of its report that we have."""
    latest = current(known)
    if latest is None:
        return "new", version_of(post)
    if post.deleted_at is not None and not post.text:
        post = msgspec.structs.replace(post, text=latest.post.text)
    ids = {version.id: version for version in known}
    version = version_of(post)
    if version.id in ids:
        return "known", ids[version.id]
    if post.edited_at is None and post.deleted_at is None:
        version = _date_the_edit(post, known, now=now)
        if version.id in ids:
            return "known", ids[version.id]
    return "changed", version


def _date_the_edit(post: Post, known: list[Version], *, now: datetime) -> Version:
    """Return the version of a post that does not say when it was edited.

    The same words again keep the time that we have for them. Other words are an
    edit seen now, except where the source is known to date its changes: there an
    undated text is the original, come late.
    """
    same = [found for found in known if found.post.text == post.text]
    standing = current(found for found in same if found.post.deleted_at is None)
    if standing is not None:
        dated = msgspec.structs.replace(post, edited_at=standing.post.edited_at)
        return version_of(dated, is_observed=standing.is_observed)
    dates_changes = any(_is_dated_by_source(found) for found in known)
    if same or (dates_changes and not post.is_edited):
        return version_of(post)
    return version_of(msgspec.structs.replace(post, edited_at=now), is_observed=True)


def _is_dated_by_source(version: Version) -> bool:
    post = version.post
    return post.deleted_at is not None or (post.edited_at is not None and not version.is_observed)
