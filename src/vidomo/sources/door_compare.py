"""Compare what a source shows with what is kept of it: news, edits, what it no longer shows."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from vidomo.core.ids import content_id
from vidomo.sources.door import Kept
from vidomo.sources.model import Post

_SECOND = timedelta(seconds=1)


def text_digest(text: str) -> str:
    """Return the digest by which texts of one post are compared."""
    return content_id("txt", text)


def news(post: Post, kept: Kept | None, *, asked_at: datetime) -> Post | None:
    """Return a post as it must be kept, None when it is kept just so already.

    A post first seen with the mark "edited" may have said something else before: its
    words are of any time up to now. An edit that the source does not date is left for
    the keeper to date, except where earlier words come back, or dated changes are known:
    there an undated text would be taken for an older one.
    """
    if kept is None:
        is_unsure = post.is_edited and post.edited_at is None
        return (
            msgspec.structs.replace(post, edited_at=_after(post, asked_at)) if is_unsure else post
        )
    is_deleted = kept.post.deleted_at is not None
    if post.text == kept.post.text and not is_deleted:
        return None
    stood_from = stands_from(kept.post)
    is_stale = (
        post.edited_at is not None and stood_from is not None and post.edited_at <= stood_from
    )
    must_date = (
        is_deleted
        or kept.is_dated
        or text_digest(post.text) in kept.digests
        or (stood_from is not None and stood_from >= asked_at)
    )
    if is_stale or (post.edited_at is None and must_date):
        return msgspec.structs.replace(post, edited_at=_after(kept.post, asked_at))
    return post


def taken_away(kept: Kept, *, asked_at: datetime) -> Post:
    """Return the last version of a post that its source no longer shows."""
    return msgspec.structs.replace(kept.post, deleted_at=_after(kept.post, asked_at))


def without_words(kept: Kept, *, asked_at: datetime) -> Post | None:
    """Return the edit by which a post lost all its words, None when it had none left."""
    if not kept.post.text or kept.post.deleted_at is not None:
        return None
    return msgspec.structs.replace(
        kept.post, text="", edited_at=_after(kept.post, asked_at), is_edited=True
    )


def lacking(
    pages: Iterable[frozenset[int]], kept: Mapping[str, Kept]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the kept posts that pages lack, and the numbers that they show.

    A page lacks a number only when it shows a lower and a higher one.
    """
    lacks: set[str] = set()
    seen: set[str] = set()
    numbers = {
        int(native_id): native_id
        for native_id, one in kept.items()
        if native_id.isdecimal() and one.post.deleted_at is None
    }
    for page in pages:
        if page:
            low, high = min(page), max(page)
            seen |= {str(number) for number in page}
            lacks |= {
                native_id
                for number, native_id in numbers.items()
                if low < number < high and number not in page
            }
    return frozenset(lacks - seen), frozenset(seen)


def stands_from(post: Post) -> datetime | None:
    """Return from when on a post is as it is: deleted, edited, else published."""
    if post.deleted_at is not None or post.edited_at is not None:
        return post.deleted_at or post.edited_at
    return post.posted_at.start if post.posted_at else None


def _after(post: Post, asked_at: datetime) -> datetime:
    """Return when a change was seen, never before what it changes: clocks of sources differ."""
    stood_from = stands_from(post)
    return asked_at if stood_from is None else max(asked_at, stood_from + _SECOND)
