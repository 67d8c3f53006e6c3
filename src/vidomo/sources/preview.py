"""Ask a channel through its public preview page: newest posts, gaps, older posts again."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import msgspec

from vidomo.core.errors import SourceRefused, SourceUnavailable
from vidomo.core.problems import Problem
from vidomo.sources.door import Answer, Door, Kept
from vidomo.sources.door_compare import lacking, news, taken_away, without_words
from vidomo.sources.fetch import Page
from vidomo.sources.files.request import Request
from vidomo.sources.model import Memory, Post
from vidomo.sources.preview_page import Sheet, read_sheet

PAGES = 10
"""Pages read back at one poll, about 200 posts; the rest of a gap waits for the next one."""
REREAD = timedelta(hours=24)
"""Posts up to this age are looked at again in turn, one page a poll, for edits and deletions."""
ACCEPT = "text/html"
Gap = tuple[int, int]
Get = Callable[[str, Memory | None], Page]


def ask_preview(
    door: Door, *, kept: Mapping[str, Kept], memory: Memory, get: Get, asked_at: datetime
) -> Answer:
    """Return what a channel has to say that is not kept yet.

    Args:
        door: The channel.
        kept: What is kept of it, by native id.
        memory: What the last poll left.
        get: Fetches an address; with a memory, only if something changed since.
        asked_at: Now.

    Raises:
        SourceUnavailable: No answer, or a page that is none of this channel.
        SourceRefused: The channel shows no public preview.
    """
    visit = _Visit(door, get, asked_at)
    # An unchanged first page says nothing of older posts, which may be edited or deleted.
    is_settled = not (memory.missing or memory.unread or any(map(visit.is_young, kept.values())))
    page = get(door.address, memory if is_settled else None)
    if page.is_unchanged:
        return Answer(memory=msgspec.structs.replace(memory, failures=0), detail="not changed")
    first = visit.take(page)
    high = max([memory.read_to, *(int(key) for key in kept if key.isdecimal())])
    gaps = list(memory.unread)
    lowest, highest = min(first.numbers), max(first.numbers)
    if high and lowest > high + 1:
        gaps.append((high, lowest))
    elif not high and door.alarm_feed:
        gaps.append((0, lowest))
    unread = visit.fill(gaps)
    reread = 0 if unread else visit.reread(memory.reread or lowest, kept)
    return _answer(
        visit,
        kept,
        missing=frozenset(memory.missing),
        memory=Memory(
            unread=unread,
            reread=reread,
            read_to=max(high, highest),
            etag=page.etag,
            last_modified=page.last_modified,
        ),
    )


class _Visit:
    """The pages of one poll."""

    def __init__(self, door: Door, get: Get, asked_at: datetime) -> None:
        self.door = door
        self.asked_at = asked_at
        self.sheets: list[Sheet] = []
        self.details: list[str] = []
        self._get = get
        self._left = PAGES
        self._notes: list[Problem] = []

    def take(self, page: Page) -> Sheet:
        """Read a page and keep it for the answer."""
        request = Request(
            name=self.door.id,
            stem=self.door.id,
            now=self.asked_at,
            knows_place=lambda _code: True,
            note=self._notes.append,
            source=self.door.id,
            home=self.door.home,
        )
        sheet = read_sheet(page, self.door, request)
        self.sheets.append(sheet)
        return sheet

    def fill(self, gaps: list[Gap]) -> tuple[Gap, ...]:
        """Page back through gaps, the newest first; return what is still unread."""
        unread: list[Gap] = []
        for after, before in sorted(gaps, reverse=True):
            cursor = before
            while cursor > after + 1 and self._left and not (after == 0 and self.is_day_old):
                low = self._back(cursor)
                if low is None:
                    break
                cursor = low
            if cursor > after + 1 and not (after == 0 and self.is_day_old):
                unread.append((after, cursor))
        if unread:
            shown = ", ".join(f"{after + 1} to {before - 1}" for after, before in unread)
            self.details.append(f"not read yet: {shown}")
        return tuple(sorted(unread))

    @property
    def is_day_old(self) -> bool:
        """Whether some post read at this visit is older than a day: a first reading ends there."""
        return any(
            post.posted_at is not None and self.asked_at - post.posted_at.start > REREAD
            for sheet in self.sheets
            for post in sheet.posts
        )

    def reread(self, below: int, kept: Mapping[str, Kept]) -> int:
        """Look at one page of older posts again; return where to go on, 0 to begin anew."""
        is_due = any(
            key.isdecimal() and int(key) < below and self.is_young(one) for key, one in kept.items()
        )
        if not is_due or not self._left:
            return 0
        # One higher, so that each post lies strictly inside some page.
        return self._back(below + 1, at_least=below) or 0

    def _back(self, before: int, *, at_least: int | None = None) -> int | None:
        """Read the page before a number and return its lowest one, None when there is none."""
        self._left -= 1
        try:
            sheet = self.take(self._get(f"{self.door.address}?before={before}", None))
        except (SourceUnavailable, SourceRefused) as error:
            self._left = 0
            self.details.append(f"older posts: {error.message}")
            return None
        low, high = min(sheet.numbers), max(sheet.numbers)
        if high >= before or low >= (at_least or before):
            self._left = 0
            self.sheets.pop()
            self.details.append(f"the page before {before} shows {high}: it does not page back")
            return None
        return low

    def is_young(self, kept: Kept) -> bool:
        """Whether a post is still looked at again."""
        posted = kept.post.posted_at
        is_there = kept.post.deleted_at is None
        return is_there and posted is not None and self.asked_at - posted.start <= REREAD


def _answer(
    visit: _Visit, kept: Mapping[str, Kept], *, missing: frozenset[str], memory: Memory
) -> Answer:
    lacks, seen = lacking((sheet.numbers for sheet in visit.sheets), kept)
    gone = lacks & missing
    still = (missing - seen - gone) | (lacks - gone)
    changed: dict[str, Post | None] = {}
    for sheet in visit.sheets:
        for post in sheet.posts:
            changed[post.native_id] = news(post, kept.get(post.native_id), asked_at=visit.asked_at)
        for number in sheet.emptied & {int(key) for key in kept if key.isdecimal()}:
            changed[str(number)] = without_words(kept[str(number)], asked_at=visit.asked_at)
    posts = [changed[key] for key in sorted(changed, key=int)]
    posts += [taken_away(kept[key], asked_at=visit.asked_at) for key in sorted(gone, key=int)]
    if still:
        listed = ", ".join(sorted(still, key=int)[:10])
        visit.details.append(f"{len(still)} not seen on this reading: {listed}")
    if gone:
        visit.details.append(f"{len(gone)} no longer there on two readings")
    problems = tuple(item for sheet in visit.sheets for item in sheet.problems)
    if problems:
        visit.details.append(f"{len(problems)} posts could not be read: {problems[0].found}")
    return Answer(
        posts=tuple(post for post in posts if post is not None),
        detail="; ".join(visit.details),
        memory=msgspec.structs.replace(memory, missing=tuple(sorted(still, key=int))),
        problems=problems,
        is_whole=not memory.unread and not problems,
    )
