"""What the journal holds of each source, kept at hand for the next poll."""

from collections.abc import Collection, Mapping

from vidomo.core.codec import from_json
from vidomo.reports.lineage import current
from vidomo.reports.model import Version
from vidomo.reports.table import POLL, POST
from vidomo.sources.door import Kept
from vidomo.sources.model import Memory, Poll
from vidomo.store.journal import Journal


class Shelf:
    """The posts and the last poll of every source, made of records only.

    Dropping it and filling it again from the journal gives the same.
    """

    def __init__(self) -> None:
        self.is_filled = False
        self._sources: frozenset[str] = frozenset()
        self._kept: dict[str, dict[str, Kept]] = {}
        self._current: dict[str, Version] = {}
        self._polls: dict[str, Poll] = {}
        self._seq = 0

    def refresh(self, journal: Journal, *, sources: Collection[str] | None = None) -> None:
        """Take in every record that came since the last time.

        Args:
            journal: Where to read.
            sources: Whose posts are wanted from now on; None for the same as before.
        """
        if sources is not None and not self._sources >= frozenset(sources):
            self._empty()
        if sources is not None:
            self._sources = frozenset(sources)
        for record in journal.records(after=self._seq):
            self._seq = record.seq
            if record.kind == POLL:
                self._take_poll(from_json(record.body, Poll))
            elif record.kind == POST:
                self._take_version(from_json(record.body, Version))
        self.is_filled = True

    def _empty(self) -> None:
        self._kept, self._current, self._polls, self._seq = {}, {}, {}, 0

    def kept(self, source: str) -> Mapping[str, Kept]:
        """Return what is kept of a source, by native id, as it stands now."""
        return dict(self._kept.get(source, {}))  # others may take in more meanwhile

    def last_poll(self, source: str) -> Poll | None:
        """Return the last time a source was asked, None for never."""
        return self._polls.get(source)

    def memory(self, source: str) -> Memory:
        """Return what the last poll of a source left for the next one."""
        poll = self._polls.get(source)
        return poll.memory if poll is not None and poll.memory is not None else Memory()

    def _take_poll(self, poll: Poll) -> None:
        before = self._polls.get(poll.source)
        if before is None or before.asked_at <= poll.asked_at:
            self._polls[poll.source] = poll

    def _take_version(self, version: Version) -> None:
        post = version.post
        if post.source not in self._sources:
            return
        before = self._current.get(version.report)
        stands = version if before is None else current((before, version)) or version
        self._current[version.report] = stands
        shelf = self._kept.setdefault(post.source, {})
        kept = shelf.get(post.native_id)
        is_dated = post.deleted_at is not None or (
            post.edited_at is not None and not version.is_observed
        )
        shelf[post.native_id] = Kept(
            post=stands.post,
            digests=(kept.digests if kept else frozenset()) | {version.digest},
            is_dated=is_dated or (kept is not None and kept.is_dated),
        )
