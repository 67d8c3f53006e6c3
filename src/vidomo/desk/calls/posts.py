"""The posts that a call stands for: an internal report, and what the body says of it itself."""

import tomllib
from datetime import datetime
from functools import cache
from importlib import resources

from vidomo.core.time import instant_interval
from vidomo.desk.calls.model import Call, Released
from vidomo.sources.model import Post

INTERNAL = "call:"
"""Beginning of the source of a call: each call is a speaker of its own, registered as nobody."""
VOICE = "desk:"
"""Beginning of the source through which the desk speaks for a body."""
FORMAT = "call"


@cache
def call_title() -> str:
    """Return what a call is called where its words are shown; part of its post, never changed."""
    table = resources.files("vidomo.desk.calls").joinpath("title.toml")
    return str(tomllib.loads(table.read_text(encoding="utf-8"))["title"])


def posts_of(call: Call) -> tuple[Post, ...]:
    """Return every version of every post that a call stands for, in the order they came.

    The same call always gives the same versions, so that a machine that stopped half way can
    be put right by keeping them all again.
    """
    return (
        *_internal(call),
        *(post for one in call.releases for post in _public(call, one)),
    )


def _internal(call: Call) -> list[Post]:
    first, *later = call.wordings

    def post(words: str, *, edited: datetime | None = None, gone: datetime | None = None) -> Post:
        return Post(
            source=f"{INTERNAL}{call.id}",
            native_id=call.id,
            text=words,
            posted_at=instant_interval(call.called_at),
            edited_at=edited,
            deleted_at=gone,
            home=call.place,
            title=call_title(),
            format=FORMAT,
        )

    found = [post(first.words), *(post(one.words, edited=one.at) for one in later)]
    if call.struck_at is not None:
        found.append(post(call.words, gone=call.struck_at))
    return found


def _public(call: Call, released: Released) -> list[Post]:
    """Return what the body says in its own name: no id of the call, nothing of the caller."""
    release = released.release

    def post(*, gone: datetime | None = None) -> Post:
        return Post(
            source=release.source,
            native_id=release.id,
            text=release.words,
            posted_at=instant_interval(released.at),
            deleted_at=gone,
            home=call.place,
            title=release.title or None,
        )

    found = [post()]
    if released.withdrawn_at is not None:
        found.append(post(gone=released.withdrawn_at))
    return found
