"""One configured source: how it is asked, and as whom it counts."""

import re
from collections.abc import Callable
from typing import Literal

import msgspec

from vidomo.core.errors import ConfigError, InputError
from vidomo.core.problems import Problem
from vidomo.sources.fetch_reach import Reach, checked_url
from vidomo.sources.model import Memory, Outcome, Post
from vidomo.sources.registry import Registry, SourceEntry

PREVIEW_BASE = "https://t.me/s/"
EVERY_S = 120.0
LEAST_EVERY_S = 30.0
"""Nobody is asked more often than this, in seconds: our own choice, for politeness."""
MOST_EVERY_S = 86_400.0
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_CHANNEL = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")  # Telegram's own rule for names
_CHANNEL_URL = re.compile(r"(?:https?://)?(?:t|telegram)\.me/(?:s/)?([^/?#]+)/?", re.IGNORECASE)


class Door(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One line of ``sources.toml``.

    Attributes:
        id: The id that its posts carry.
        kind: telegram (the public preview page of a channel) or feed (RSS or Atom).
        url: Address of the feed; of a channel only where it is read from a mirror.
        channel: Name of the channel.
        title: What people call it.
        home: KATOTTG code of the place that it speaks from.
        body: ``type@CODE`` of the body whose own voice it is.
        lang: BCP 47 code of its language, where it has one only.
        every_s: How often it is asked, in seconds.
        paused: Whether it is not asked for now.
        faithful: Whether it relays others' words as they were said, all-clears included.
        alarm_feed: Whether it reports every start and end of an alert in its home.
        freshness_s: How long after an answer it counts as heard, in seconds.
    """

    id: str
    kind: Literal["telegram", "feed"]
    url: str = ""
    channel: str = ""
    title: str = ""
    home: str | None = None
    body: str | None = None
    lang: str | None = None
    every_s: float = EVERY_S
    paused: bool = False
    faithful: bool = False
    alarm_feed: bool = False
    freshness_s: float = 3600.0

    @property
    def address(self) -> str:
        """Where it is asked."""
        return self.url or f"{PREVIEW_BASE}{self.channel}"

    @property
    def reach(self) -> Reach:
        """What may be connected to on its behalf."""
        return Reach.of(self.address)

    @property
    def entry(self) -> SourceEntry:
        """As whom it counts; A for a body's own voice, E (cannot be judged) for others."""
        return SourceEntry(
            id=self.id,
            title=self.title,
            body=self.body,
            home=self.home,
            grade="A" if self.body else "E",
            languages=(self.lang,) if self.lang else (),
            faithful=self.faithful,
            alarm_feed=self.alarm_feed,
            freshness_s=self.freshness_s,
        )


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of one post of a source.

    Attributes:
        post: The post as it stands.
        digests: Digests of every text that it ever had.
        is_dated: Whether some version states its own time of change.
    """

    post: Post
    digests: frozenset[str]
    is_dated: bool


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a source that answered has to say.

    Attributes:
        posts: New posts, edits and deletions, to be kept in this order.
        detail: What else was seen, for people.
        memory: What the next poll must know.
        problems: What was found and could not be a post.
        is_whole: Whether nothing lies between this reading and the last one; of a first
            reading, whether it reaches back a day.
    """

    posts: tuple[Post, ...] = ()
    detail: str = ""
    memory: Memory = Memory()
    problems: tuple[Problem, ...] = ()
    is_whole: bool = True

    @property
    def outcome(self) -> Outcome:
        """Whether there was news."""
        return Outcome.ANSWERED if self.posts else Outcome.NOTHING_NEW


def channel_name(written: str) -> str:
    """Return the name of a channel written as ``name``, ``@name`` or an address.

    Raises:
        ConfigError: No name of a public channel.
    """
    text = written.strip()
    match = _CHANNEL_URL.fullmatch(text)
    name = match[1] if match else text.removeprefix("@")
    if not _CHANNEL.fullmatch(name):
        raise ConfigError(
            f"{written!r} is no name of a public channel",
            hint="write it as in its address: t.me/NAME; private channels have no public page",
        )
    return name


def checked_door(door: Door, *, registry: Registry, knows_place: Callable[[str], bool]) -> Door:
    """Return a door that can be used, its home filled in from its body.

    Raises:
        ConfigError: With what was found and what to write instead.
    """
    if not _ID.fullmatch(door.id) or door.id == "file" or door.id.startswith("file:"):
        raise ConfigError(
            f"id {door.id!r} cannot be the id of a source",
            hint="letters, digits and . _ : - , not beginning with file",
        )
    if not LEAST_EVERY_S <= door.every_s <= MOST_EVERY_S:
        raise ConfigError(
            f"{door.id}: every_s is {door.every_s:g}",
            hint=f"from {LEAST_EVERY_S:g} to {MOST_EVERY_S:g} seconds",
        )
    if not 0 < door.freshness_s <= MOST_EVERY_S:
        raise ConfigError(
            f"{door.id}: freshness_s is {door.freshness_s:g}", hint="up to a day, in seconds"
        )
    return _with_home(_with_address(door), registry, knows_place)


def _with_address(door: Door) -> Door:
    if door.kind == "telegram":
        door = msgspec.structs.replace(door, channel=channel_name(door.channel))
    elif door.channel or not door.url:
        raise ConfigError(f"{door.id}: a feed needs url and no channel", hint="url = 'https://…'")
    try:
        checked_url(door.address)
    except InputError as error:
        raise ConfigError(f"{door.id}: {error.message}", hint=error.hint) from error
    return door


def _with_home(door: Door, registry: Registry, knows_place: Callable[[str], bool]) -> Door:
    if door.body is not None:
        body = registry.body(door.body)
        code = door.body.partition("@")[2]
        if body is None or (code != "UA" and not knows_place(code)):
            raise ConfigError(
                f"{door.id}: body {door.body!r} is not known",
                hint="TYPE@CODE, TYPE one of " + ", ".join(sorted(registry.types)),
            )
        if door.home is None:
            door = msgspec.structs.replace(door, home=code)
    if door.home is not None and door.home != "UA" and not knows_place(door.home):
        raise ConfigError(
            f"{door.id}: home {door.home!r} is no place of the codifier",
            hint="vidomo places find NAME shows the code",
        )
    if door.alarm_feed and (door.body is None or door.home is None):
        raise ConfigError(f"{door.id}: only a body can be a source of alarm", hint="state its body")
    return door
