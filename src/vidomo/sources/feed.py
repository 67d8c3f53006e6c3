"""Ask an RSS or Atom feed, and the articles that it links to."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import msgspec

from vidomo.core.codec import from_json, to_json
from vidomo.core.errors import InputError, SourceRefused, SourceUnavailable
from vidomo.core.problems import Problem
from vidomo.sources.door import Answer, Door, Kept
from vidomo.sources.door_compare import news
from vidomo.sources.feed_entries import Entry, read_entries
from vidomo.sources.fetch import Page
from vidomo.sources.files.article import read_article
from vidomo.sources.files.decoding import decode
from vidomo.sources.files.request import Request
from vidomo.sources.files.row import RowRefused, checked
from vidomo.sources.model import Memory, Post

ARTICLES = 20
"""Articles fetched at one poll; entries beyond wait for the next one."""
REREAD = timedelta(hours=24)
"""Articles up to this age are fetched again in turn, one a poll, for edits without notice."""
ACCEPT = "application/rss+xml, application/atom+xml, application/xml, text/xml, text/html;q=0.8"
_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
Get = Callable[[str, Memory | None], Page]


class _Extra(msgspec.Struct, frozen=True):
    """What is kept beside the text: the state of the entry, and whose words the text has."""

    entry: str = ""
    words: str = ""


def ask_feed(
    door: Door, *, kept: Mapping[str, Kept], memory: Memory, get: Get, asked_at: datetime
) -> Answer:
    """Return the entries of a feed that are new or say something else, oldest first.

    An article that cannot be had leaves the feed's own words, and the post says so. Words
    once had from an article are never replaced by a summary. An entry that leaves the feed
    is not deleted: feeds show only the newest.

    Args:
        door: The feed.
        kept: What is kept of it, by native id.
        memory: What the last poll left.
        get: Fetches an address; with a memory, only if something changed since.
        asked_at: Now.

    Raises:
        SourceUnavailable: No answer, or no whole feed.
        SourceRefused: The site said no.
    """
    page = get(door.address, memory)
    visit = _Visit(door, get, asked_at)
    if page.is_unchanged:
        return Answer(memory=msgspec.structs.replace(memory, failures=0), detail="not changed")
    entries = read_entries(page)
    posts = [visit.look(entry, kept.get(entry.id)) for entry in entries]
    reread, again = visit.look_again(entries, kept, turn=memory.reread)
    posts.append(again)
    found = sorted(
        (post for post in posts if post is not None),
        key=lambda post: (post.posted_at.start if post.posted_at else asked_at, post.native_id),
    )
    # With entries left waiting the feed must be given whole again, changed or not.
    is_whole = not visit.waiting and not visit.problems
    is_joined = _is_joined(entries, kept, asked_at)
    if kept and not is_joined:
        visit.notes.append("no entry is known from before: some may have been missed")
    return Answer(
        posts=tuple(found),
        detail=visit.detail,
        memory=Memory(
            reread=reread,
            etag=page.etag if is_whole else "",
            last_modified=page.last_modified if is_whole else "",
        ),
        problems=tuple(visit.problems),
        is_whole=is_whole and is_joined,
    )


class _Visit:
    """One poll: what was fetched, and what could not be."""

    def __init__(self, door: Door, get: Get, asked_at: datetime) -> None:
        self.door = door
        self.asked_at = asked_at
        self.waiting = 0
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self._get = get
        self._left = ARTICLES
        self._without: list[str] = []

    @property
    def detail(self) -> str:
        """What was seen, for people."""
        parts = list(self.notes)
        if self._without:
            parts.append(f"{len(self._without)} articles could not be had: {self._without[0]}")
        if self.waiting:
            parts.append(f"{self.waiting} entries wait for the next poll")
        if self.problems:
            parts.append(f"{len(self.problems)} entries refused: {self.problems[0].found}")
        return "; ".join(parts)

    def look(self, entry: Entry, kept: Kept | None) -> Post | None:
        """Return an entry as it must be kept, None when it is kept just so or must wait."""
        before = _extra_of(kept)
        if before.entry == entry.digest:
            # An article is looked at again in its turn; the feed's own words at every poll.
            return None if before.words == "article" else self._changed(entry, "", kept)
        words = ""
        if entry.link:
            if not self._left:
                self.waiting += 1
                return None
            words = self._article(entry)
            if not words and before.words == "article":
                self.waiting += 1
                return None
        return self._changed(entry, words, kept)

    def look_again(
        self, entries: tuple[Entry, ...], kept: Mapping[str, Kept], *, turn: int
    ) -> tuple[int, Post | None]:
        """Fetch one young article again; return whose turn is next, and the edit if any."""
        young = [
            entry
            for entry in entries
            if entry.published is not None
            and self.asked_at - entry.published.start <= REREAD
            and _extra_of(kept.get(entry.id)) == _Extra(entry.digest, "article")
        ]
        if not young or not self._left:
            return turn, None
        entry = young[turn % len(young)]
        words = self._article(entry)
        post = self._changed(entry, words, kept.get(entry.id)) if words else None
        return (turn + 1) % len(young), post

    def _changed(self, entry: Entry, words: str, kept: Kept | None) -> Post | None:
        parts = [entry.title, words or entry.summary]
        if words.startswith(entry.title) or entry.summary.startswith(entry.title):
            parts = parts[1:]
        post = Post(
            source=self.door.id,
            native_id=entry.id,
            text="\n\n".join(part for part in parts if part),
            posted_at=entry.published,
            edited_at=entry.updated,
            home=self.door.home,
            lang=self.door.lang,
            url=entry.link or None,
            title=entry.title or None,
            format="feed",
            extra=to_json(_Extra(entry.digest, "article" if words else "summary")).decode(),
        )
        try:
            post = checked(post, self._request())
        except RowRefused as error:
            self.problems.append(error.problem(f"{self.door.id}, {entry.id[:80]}"))
            return None
        return news(post, kept, asked_at=self.asked_at)

    def _article(self, entry: Entry) -> str:
        """Return the main text of the linked article, empty when it cannot be had."""
        self._left -= 1
        try:
            page = _html(self._get(entry.link, None))
            text = decode(page.body, where=self.door.id, is_page=True).text
            found = next(iter(read_article(text, self._request())))
        except (SourceUnavailable, SourceRefused, InputError) as error:
            self._without.append(error.message)
            return ""
        if isinstance(found, Problem):
            self._without.append(found.found)
            return ""
        return found.text

    def _request(self) -> Request:
        return Request(
            name=self.door.id,
            stem=self.door.id,
            now=self.asked_at,
            knows_place=lambda _code: True,
            note=lambda _note: None,
            source=self.door.id,
            home=self.door.home,
        )


def _is_joined(entries: tuple[Entry, ...], kept: Mapping[str, Kept], asked_at: datetime) -> bool:
    """Whether a feed reaches back to what is kept of it, or a day where nothing is."""
    if kept:
        return any(entry.id in kept for entry in entries)
    return any(entry.published and asked_at - entry.published.start > REREAD for entry in entries)


def _html(page: Page) -> Page:
    if page.content_type not in _PAGES:
        raise SourceUnavailable(f"said to be {page.content_type[:60]}, not HTML")
    return page


def _extra_of(kept: Kept | None) -> _Extra:
    if kept is None or kept.post.format != "feed" or not kept.post.extra:
        return _Extra()
    return from_json(kept.post.extra, _Extra)
