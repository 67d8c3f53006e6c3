"""What officials said of some places and may be passed on, out of the public view."""

from collections.abc import Sequence
from datetime import UTC, datetime

from vidomo.core.errors import NothingKnown
from vidomo.disclosure.model import PublicView, Said

MOST = 5
"""Statements in one message: more do not fit a small screen (our own choice)."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_LEFT_OUT = ("harm.", "alert.end")
"""Casualties are quoted by hand, an all-clear has its own wording."""


def known_words(views: Sequence[PublicView | None]) -> tuple[Said, ...]:
    """Return the newest words of officials that residents may see, each statement once.

    Raises:
        NothingKnown: There are none, which does not mean that all is well.
    """
    found = {
        one.claim: one
        for view in views
        if view is not None and view.is_public
        for one in view.said
        if one.quote and one.standing == "official" and not one.topic.startswith(_LEFT_OUT)
    }
    newest = sorted(
        found.values(), key=lambda one: (one.said_at or _NEVER, one.claim), reverse=True
    )
    if not newest:
        raise NothingKnown(
            "no official words about these places may be shown",
            hint="that is no safety; say that reports are being verified",
        )
    return tuple(newest[:MOST])
