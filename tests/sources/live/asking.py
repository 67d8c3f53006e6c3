"""Ask one door again and again, keeping what it says as the collector would."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from sources.live.site import CHANNEL, Site
from vidomo.sources.door import Answer, Door, Kept
from vidomo.sources.door_ask import ask
from vidomo.sources.door_compare import text_digest
from vidomo.sources.fetch import Fetcher
from vidomo.sources.model import Memory, Post

START = datetime(2025, 12, 20, 15, tzinfo=UTC)


class Asker:
    """One door with what is kept of it; every ask comes two minutes after the last one."""

    def __init__(self, door: Door, fetcher: Fetcher) -> None:
        self.door = door
        self.fetcher = fetcher
        self.kept: dict[str, Kept] = {}
        self.memory = Memory()
        self.now = START
        self.answer = Answer()

    def ask(self) -> Answer:
        self.now += timedelta(minutes=2)
        self.answer = ask(
            self.door,
            kept=self.kept,
            memory=self.memory,
            fetcher=self.fetcher,
            asked_at=self.now,
        )
        self.memory = self.answer.memory
        self.keep(self.answer.posts)
        return self.answer

    def keep(self, posts: Iterable[Post]) -> None:
        for post in posts:
            before = self.kept.get(post.native_id)
            digests = before.digests if before else frozenset()
            if before and post.edited_at is None and post.deleted_at is None:
                post = msgspec.structs.replace(post, edited_at=self.now)  # noqa: PLW2901 - as the keeper dates it
            self.kept[post.native_id] = Kept(
                post=post,
                digests=digests | {text_digest(post.text)},
                is_dated=bool(before and before.is_dated) or post.deleted_at is not None,
            )

    @property
    def said(self) -> list[tuple[str, str]]:
        """What the last answer brought: number and text, ``-`` for what was taken away."""
        return [
            (post.native_id, "-" if post.deleted_at else post.text) for post in self.answer.posts
        ]


def channel_door(site: Site, **fields: object) -> Door:
    return Door(
        id="telegram:sample",
        kind="telegram",
        channel=CHANNEL,
        url=site[f"/s/{CHANNEL}"],
        **fields,
    )


def feed_door(site: Site, **fields: object) -> Door:
    return Door(id="feed:sample", kind="feed", url=site["/feed.xml"], **fields)
