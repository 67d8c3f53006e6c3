"""What was asked of a file, and the limits that every format keeps to."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from vidomo.core.problems import Problem
from vidomo.core.time import Interval

FORMATS = ("auto", "text", "html", "jsonl", "telegram", "preview")

MEGABYTE = 1_000_000
TEXT_LIMIT = 5 * MEGABYTE  # the longest novel has 3 MB; a report never comes near
PAGE_LIMIT = 20 * MEGABYTE
LINE_LIMIT = 5 * MEGABYTE
EXPORT_LIMIT = 512 * MEGABYTE  # a channel's 100,000 messages take about 60 MB
FUTURE_SLACK = timedelta(days=1)  # clocks and zones differ; a day covers every zone

NoteTaker = Callable[[Problem], None]


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """The options of one reading.

    Attributes:
        name: File name as a person would look it up, without folder.
        stem: File name without its ending; gives the default source.
        now: Present instant; dates more than a day after it are refused.
        source: Source that the operator states for posts that name none.
        home: Home place that the operator states for posts that name none.
        posted_at: Time that the operator states for posts that have none.
        knows_place: Whether a code is in the gazetteer.
        note: Takes what is worth saying but refuses nothing.
    """

    name: str
    stem: str
    now: datetime
    knows_place: Callable[[str], bool]
    note: NoteTaker
    source: str | None = None
    home: str | None = None
    posted_at: Interval | None = None

    @property
    def default_source(self) -> str:
        """The stated source, else one made of the file's name, whatever folder it lies in."""
        return self.source or f"file:{self.stem}"


def megabytes(size: int) -> str:
    """Return a size in words for people."""
    return f"{size / MEGABYTE:.0f} MB"
