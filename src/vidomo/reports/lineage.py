"""Decide from content alone which version of a report is the current one."""

from collections.abc import Iterable
from datetime import UTC, datetime

from vidomo.core.ids import content_id
from vidomo.reports.model import Version
from vidomo.sources.model import Post

_NEVER = datetime.min.replace(tzinfo=UTC)


def version_of(post: Post, *, is_observed: bool = False) -> Version:
    """Return the version that a post stands for; the same post always gives the same one.

    Args:
        post: As handed over; every field counts.
        is_observed: Whether ``edited_at`` is when we saw the change.
    """
    report = content_id("rep", post.source, post.native_id)
    return Version(
        id=content_id("ver", post),
        report=report,
        post=post,
        digest=content_id("txt", post.text),
        is_observed=is_observed,
    )


def effective_at(version: Version) -> datetime | None:
    """Return from when on the post stood like this: deleted, edited, else published.

    None when nobody says; such a version counts as the oldest.
    """
    post = version.post
    if post.deleted_at is not None:
        return post.deleted_at
    if post.edited_at is not None:
        return post.edited_at
    return None if post.posted_at is None else post.posted_at.start


def rank(version: Version) -> tuple[datetime, bool, int, str]:
    """Return what versions of one report are ordered by; the greatest is the current one.

    The effective time decides; then a deletion; then the version of which more
    is known (a re-import that adds the home place); then the id, so that the
    order of arrival never matters.
    """
    post = version.post
    known = (post.posted_at, post.home, post.lang, post.url, post.title)
    return (
        effective_at(version) or _NEVER,
        post.deleted_at is not None,
        sum(value is not None for value in known),
        version.id,
    )


def current(versions: Iterable[Version]) -> Version | None:
    """Return the version of one report that stands, None when there is none."""
    return max(versions, key=rank, default=None)
