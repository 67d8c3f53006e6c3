"""Ask any configured source, whatever its kind."""

from collections.abc import Mapping
from datetime import datetime

from vidomo.sources import feed, preview
from vidomo.sources.door import Answer, Door, Kept
from vidomo.sources.fetch import Fetcher, Page
from vidomo.sources.model import Memory


def ask(
    door: Door, *, kept: Mapping[str, Kept], memory: Memory, fetcher: Fetcher, asked_at: datetime
) -> Answer:
    """Return what a source has to say that is not kept yet.

    Args:
        door: Whom to ask.
        kept: What is kept of it, by native id.
        memory: What its last poll left.
        fetcher: Asks addresses within limits.
        asked_at: Now.

    Raises:
        SourceUnavailable: It did not answer, or not as itself.
        SourceRefused: It said no.
    """
    accept = preview.ACCEPT if door.kind == "telegram" else feed.ACCEPT

    def get(url: str, since: Memory | None) -> Page:
        return fetcher.get(
            url,
            reach=door.reach,
            etag=since.etag if since else "",
            last_modified=since.last_modified if since else "",
            accept=accept,
        )

    asked = preview.ask_preview if door.kind == "telegram" else feed.ask_feed
    return asked(door, kept=kept, memory=memory, get=get, asked_at=asked_at)
