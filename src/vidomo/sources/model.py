"""What the doors hand over: posts, and the outcome of every time we asked."""

from datetime import datetime
from enum import StrEnum

import msgspec

from vidomo.core.time import Interval


class Post(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One post as a source handed it over.

    Attributes:
        source: Id of the source; ``file`` when a file does not name one.
        native_id: The number or name that the source itself gives the post.
        text: The text as received; offsets of claims count its code points.
        posted_at: When the source published it; None when nobody says.
        edited_at: When this text took the place of an earlier one.
        deleted_at: When the source took the post away; the text is then the last one known.
        lang: Language as stated by the source, BCP 47.
        home: KATOTTG code of the source's home place, as stated by the operator or the row.
        url: Address of the post.
        title: Heading of an article or name of a channel.
        forwarded_from: Whom the post was forwarded from.
        reply_to: Native id of the post that this one answers.
        format: How it came: text, html, jsonl, telegram, preview.
        extra: Unknown keys of the row, kept as canonical JSON text.
        is_edited: Whether the source marks the text as edited without saying when.
    """

    source: str
    native_id: str
    text: str
    posted_at: Interval | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    lang: str | None = None
    home: str | None = None
    url: str | None = None
    title: str | None = None
    forwarded_from: str | None = None
    reply_to: str | None = None
    format: str = "text"
    extra: str = ""
    is_edited: bool = False


class Outcome(StrEnum):
    """What came of asking a source."""

    ANSWERED = "answered"
    NOTHING_NEW = "nothing_new"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"


class Memory(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a door must know at its next poll; the last poll of a source holds all of it.

    Attributes:
        missing: Native ids that the last page which should show them lacked.
        unread: Stretches of numbers not read yet, each ``(after, before)``, ends excluded.
        read_to: Highest number ever seen on a page.
        reread: Where the next reading of older posts goes on; 0 to begin anew.
        failures: Polls in a row that failed.
        etag: Validator of the last answer, for a conditional request.
        last_modified: The same, as a date.
    """

    missing: tuple[str, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    read_to: int = 0
    reread: int = 0
    failures: int = 0
    etag: str = ""
    last_modified: str = ""


class Poll(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One time we asked a source, and what came of it.

    Attributes:
        source: Id of the source.
        asked_at: When we asked, aware UTC.
        outcome: What came of it. Only an answered poll may move a phase.
        detail: What was seen, for people.
        next_at: Not to be asked again before this instant; None when nobody says.
        memory: What the next poll must know; None where nothing is carried on.
    """

    source: str
    asked_at: datetime
    outcome: Outcome
    detail: str = ""
    next_at: datetime | None = None
    memory: Memory | None = None
