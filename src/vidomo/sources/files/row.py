"""Make a post of one row, or say what is wrong with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Never

from vidomo.core.codec import to_json
from vidomo.core.errors import InputError
from vidomo.core.problems import Problem
from vidomo.core.time import KYIV, Interval, format_instant, parse_instant, parse_posted_at
from vidomo.sources.files.request import FUTURE_SLACK, Request
from vidomo.sources.model import Post

_OURS = frozenset(
    {
        "id",
        "text",
        "source",
        "home",
        "lang",
        "posted_at",
        "url",
        "edited_at",
        "deleted_at",
        "forwarded_from",
        "reply_to",
    }
)
_LONGEST_SHOWN = 60


class RowRefused(InputError):
    """One row cannot be a post; the rest of the file goes on.

    Attributes:
        code: Stable short word for the problem.
    """

    def __init__(self, code: str, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.code = code

    def problem(self, where: str) -> Problem:
        """Return the same as a value."""
        return Problem(code=self.code, found=self.message, hint=self.hint, where=where)


def post_of_row(row: Mapping[str, object], request: Request) -> Post:
    """Return the post of a JSON row (CLAIMS.md section 1).

    ``published_at`` stands in where ``posted_at`` is missing. Keys that are not
    ours are kept in ``extra``. A row with ``deleted_at`` may leave out its text.
    ``forwarded_from`` names whose words the post passes on, ``reply_to`` the id of the post of
    the same source that it answers; both decide where its words come from.

    Raises:
        RowRefused: With what was found and what to do.
    """
    alias = "posted_at" if row.get("posted_at") is not None else "published_at"
    return checked(
        Post(
            source=_text(row, "source") or request.default_source,
            native_id=_identifier(row),
            text=_text(row, "text") or "",
            posted_at=_posted_at(row, alias) or request.posted_at,
            edited_at=_instant(row, "edited_at"),
            deleted_at=_instant(row, "deleted_at"),
            lang=_text(row, "lang"),
            home=_text(row, "home") or request.home,
            url=_text(row, "url"),
            forwarded_from=_text(row, "forwarded_from"),
            reply_to=_reply(row),
            format="jsonl",
            extra=_extra(row, alias),
        ),
        request,
    )


def checked(post: Post, request: Request) -> Post:
    """Return a post that may be kept.

    Raises:
        RowRefused: No text, characters that are no text, a date in the future, an unknown place.
    """
    if not post.text.strip() and post.deleted_at is None:
        raise RowRefused("no_text", "the post has no text", hint="leave it out, or give its text")
    for field in ("source", "native_id", "text", "forwarded_from", "reply_to"):
        _refuse_broken(field, getattr(post, field) or "")
    moments = {
        "posted_at": post.posted_at.start if post.posted_at else None,
        "edited_at": post.edited_at,
        "deleted_at": post.deleted_at,
    }
    for field, moment in moments.items():
        if moment is not None and moment > request.now + FUTURE_SLACK:
            raise RowRefused(
                "date_in_future",
                f"{field} is {_as_written(post, moment)}, but now is {format_instant(request.now)}",
                hint="mend the date, or the clock of this machine",
            )
    if post.home is not None and not request.knows_place(post.home):
        raise RowRefused(
            "unknown_place",
            f"home is {_shown(post.home)}, which is no place of the codifier",
            hint="vidomo places find NAME shows the code",
        )
    return post


def _as_written(post: Post, moment: datetime) -> str:
    """Return a moment so that a person finds it in the file again: dates are dates of Kyiv."""
    posted_at = post.posted_at
    if posted_at is not None and moment == posted_at.start and not posted_at.is_instant:
        return moment.astimezone(KYIV).date().isoformat()
    return format_instant(moment)


def _identifier(row: Mapping[str, object]) -> str:
    found = row.get("id")
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    if found is None or found == "":
        raise RowRefused("no_id", "the row has no id", hint='give every post its own "id"')
    if not isinstance(found, str):
        _wrong_type("id", found, "a string or a whole number")
    return found


def _reply(row: Mapping[str, object]) -> str | None:
    """Return the id of the post that this one answers: a string or a whole number, as ids are."""
    found = row.get("reply_to")
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    if found is not None and not isinstance(found, str):
        _wrong_type("reply_to", found, "a string or a whole number")
    return found or None


def _text(row: Mapping[str, object], field: str) -> str | None:
    found = row.get(field)
    if found is not None and not isinstance(found, str):
        _wrong_type(field, found, "a string")
    return found or None


def _posted_at(row: Mapping[str, object], field: str) -> Interval | None:
    written = _text(row, field)
    return None if written is None else moment_of(field, written)


def _instant(row: Mapping[str, object], field: str) -> datetime | None:
    written = _text(row, field)
    if written is None:
        return None
    try:
        return parse_instant(written)
    except InputError as error:
        raise _bad_time(field, error) from error


def moment_of(field: str, written: str) -> Interval:
    """Return the interval of a written time.

    Raises:
        RowRefused: No time, or a time of day without a zone.
    """
    try:
        return parse_posted_at(written)
    except InputError as error:
        raise _bad_time(field, error) from error
    except OverflowError as error:
        raise RowRefused(
            "bad_time",
            f"{field}: {_shown(written)} lies outside the calendar",
            hint="mend the date",
        ) from error


def _bad_time(field: str, error: InputError) -> RowRefused:
    code = "time_without_zone" if "no time zone" in error.message else "bad_time"
    return RowRefused(code, f"{field}: {_shorten(error.message)}", hint=error.hint)


def _refuse_broken(field: str, text: str) -> None:
    if "\x00" in text:
        raise RowRefused(
            "nul_character",
            f"{field} holds a NUL character at {text.index(chr(0))}",
            hint="export the file again; it was damaged or is no text",
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RowRefused(
            "lone_surrogate",
            f"{field} holds half a character at {error.start}",
            hint="export the file again; it was cut inside a character",
        ) from error


def _wrong_type(field: str, found: object, wanted: str) -> Never:
    shown = _shown(found)
    raise RowRefused("wrong_type", f"{field} is {shown}", hint=f"{field} must be {wanted}")


def _shown(found: object) -> str:
    try:
        return _shorten(to_json(found).decode())
    except RecursionError:
        return "nested too deeply"


def _extra(row: Mapping[str, object], alias: str) -> str:
    extra = {key: value for key, value in row.items() if key not in _OURS and key != alias}
    try:
        return to_json(extra).decode() if extra else ""
    except RecursionError as error:  # writing takes a little more stack than reading did
        raise RowRefused(
            "nested_too_deep", "a key of the row is nested too deeply", hint="leave that key out"
        ) from error


def _shorten(text: str) -> str:
    return text if len(text) <= 2 * _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
