"""What a request asks for: language, moments, place."""

from datetime import UTC, datetime

import msgspec
from starlette.requests import Request

from vidomo.core.time import KYIV, format_instant
from vidomo.publish.page import Frame
from vidomo.publish.words import LANGUAGES

FIRST_YEAR, LAST_YEAR = 1991, 2199
"""Years that a page can be asked about; beyond them clocks and calendars run out of range."""
LONGEST_SHOWN = 60
"""Characters of a refused value that are repeated to whoever sent it."""


class Refusal(Exception):
    """A request that cannot be answered.

    Attributes:
        status: HTTP status.
        reason: Key of the words in ``failure``; its hint has ``_hint`` added.
        values: What the words name.
    """

    def __init__(self, status: int, reason: str, **values: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.values = {key: value[:LONGEST_SHOWN] for key, value in values.items()}


class Moments(msgspec.Struct, frozen=True):
    """The two instants that a page can be asked about; None where nobody names one."""

    valid_at: datetime | None
    known_at: datetime | None


def asked_moments(request: Request) -> Moments:
    """Return the instants that a request names.

    A time without zone is taken as Kyiv time here and only here: it comes from
    the page's own form, which says so.

    Raises:
        Refusal: A time that cannot be read.
    """
    return Moments(
        _instant(request.query_params.get("at", "")),
        _instant(request.query_params.get("known", "")),
    )


def asked_frame(
    request: Request,
    *,
    notice: str = "",
    valid_at: datetime | None = None,
    known_at: datetime | None = None,
) -> Frame:
    """Return the frame of the page that a request asks for."""
    lang = request.query_params.get("lang", "")
    try:
        asked = asked_moments(request)
    except Refusal:
        asked = Moments(None, None)
    query = {
        key: request.query_params[key][:LONGEST_SHOWN]
        for key in ("q", "all")
        if key in request.query_params
    }
    return Frame(
        lang=lang if lang in LANGUAGES else LANGUAGES[0],
        path=request.url.path,
        query=query,
        at=format_instant(asked.valid_at) if asked.valid_at else "",
        known=format_instant(asked.known_at) if asked.known_at else "",
        notice=notice,
        valid_at=valid_at,
        known_at=known_at,
    )


def _instant(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        instant = datetime.fromisoformat(text.strip().replace(" ", "+"))
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=KYIV)
        instant = instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Refusal(400, "time", text=text) from error
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise Refusal(400, "time", text=text)
    return instant
