"""Read the channels of a Telegram Desktop export (``result.json``)."""

from collections.abc import Generator, Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from vidomo.core.problems import Problem
from vidomo.core.time import instant_interval
from vidomo.sources.files.broken import broken_json
from vidomo.sources.files.request import Request
from vidomo.sources.files.row import RowRefused, checked
from vidomo.sources.model import Post

# Private chats, saved messages and bots in an export of a whole account are
# somebody's own life, not a source.
_PUBLIC = frozenset({"public_channel", "private_channel", "public_supergroup"})
_HINT = "in Telegram Desktop: open the channel, Export chat history, format JSON"
_ZONE_HINT = "export again with a newer Telegram Desktop, which writes date_unixtime"


class _Chat(msgspec.Struct):
    messages: list[msgspec.Raw]
    name: str | None = None
    type: str = ""
    id: int | str | None = None


class _Chats(msgspec.Struct):
    chats: tuple[msgspec.Raw, ...] = msgspec.field(name="list", default=())


class _Export(msgspec.Struct):
    chats: _Chats | None = None
    left_chats: _Chats | None = None
    messages: msgspec.Raw = msgspec.Raw()


def read_export(raw: bytes, request: Request) -> Iterator[Post | Problem]:
    """Yield a post for every message with words in the channels of an export.

    Service messages and messages without words are counted in a note; personal
    chats are never read.
    """
    try:
        export = msgspec.json.decode(raw, type=_Export)
    except msgspec.ValidationError as error:
        yield _problem("wrong_type", f"not an export of Telegram: {error}", request.name)
        return
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        yield broken_json(raw, error, hint=_HINT).problem(request.name)
        return
    chats = [raw] if bytes(export.messages) else []
    for listed in (export.chats, export.left_chats):
        chats += [bytes(chat) for chat in listed.chats] if listed is not None else []
    is_any = False
    for chat in chats:
        is_any = (yield from _read_chat(chat, request)) or is_any
    if not is_any:
        yield _problem("no_messages", "no channel with messages in the JSON", request.name)


def _read_chat(raw: bytes, request: Request) -> Generator[Post | Problem, None, bool]:
    """Yield the posts of one chat and return whether there was anything to say about it."""
    try:
        chat = msgspec.json.decode(raw, type=_Chat)
    except (msgspec.ValidationError, RecursionError) as error:
        yield _problem("wrong_type", f"a chat is not as Telegram writes it: {error}", request.name)
        return True
    if chat.type not in _PUBLIC:
        found = f"a chat of type {chat.type[:40] or 'unknown'} was left out"
        request.note(
            Problem(
                code="not_a_channel", found=found, hint="only channels are read", where=request.name
            )
        )
        return False
    service = wordless = 0
    for number, message in enumerate(chat.messages, start=1):
        where = f"{request.name}, message {number}"
        try:
            row = _row_of(message)
            if row.get("type") == "service":
                service += 1
                continue
            post = _post(row, chat, request)
            if post is None:
                wordless += 1
            else:
                yield checked(post, request)
        except RowRefused as error:
            yield error.problem(where)
    for code, count, what in (
        ("service", service, "service messages"),
        ("without_words", wordless, "messages without words"),
    ):
        if count:
            request.note(
                Problem(code=code, found=f"{count} {what} were left out", where=request.name)
            )
    return bool(chat.messages)


def _row_of(message: msgspec.Raw) -> Mapping[str, object]:
    try:
        row = msgspec.json.decode(message)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise broken_json(bytes(message), error, hint=_HINT) from error
    if not isinstance(row, dict):
        raise RowRefused("wrong_type", f"the message is a {type(row).__name__}", hint=_HINT)
    return row


def _post(row: Mapping[str, object], chat: _Chat, request: Request) -> Post | None:
    number = row.get("id")
    if not isinstance(number, int) or isinstance(number, bool):
        raise RowRefused("no_id", "the message has no number", hint=_HINT)
    words = _words(row.get("text"))
    if not words.strip():
        return None
    posted_at = _moment(row, "date")
    edited_at = _moment(row, "edited")
    return Post(
        source=request.source or f"telegram:{chat.id}",
        native_id=str(number),
        text=words,
        posted_at=request.posted_at if posted_at is None else instant_interval(posted_at),
        edited_at=edited_at,
        home=request.home,
        title=chat.name,
        forwarded_from=_optional(row, "forwarded_from"),
        reply_to=_optional(row, "reply_to_message_id"),
        format="telegram",
    )


def _words(text: object) -> str:
    """Return the words of a message, which is a string or a list of strings and entities."""
    if text is None or isinstance(text, str):
        return text or ""
    if isinstance(text, list):
        parts = [part.get("text") if isinstance(part, dict) else part for part in text]
        if all(isinstance(part, str) for part in parts):
            return "".join(str(part) for part in parts)
    raise RowRefused("wrong_type", f"text is a {type(text).__name__}", hint=_HINT)


def _moment(row: Mapping[str, object], field: str) -> datetime | None:
    """Return an instant from ``…_unixtime``; the plain field is in the exporter's own zone."""
    written = row.get(f"{field}_unixtime")
    if written is None:
        if row.get(field) is None:
            return None
        raise RowRefused(
            "time_without_zone",
            f"{field} is {str(row.get(field))[:40]!r}, without a zone",
            hint=_ZONE_HINT,
        )
    try:
        seconds = int(str(written))
        # Old exports give 0 for a message that was never edited.
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (ValueError, OverflowError, OSError) as error:
        raise RowRefused(
            "bad_time", f"{field}_unixtime is {str(written)[:40]!r}", hint=_HINT
        ) from error


def _optional(row: Mapping[str, object], field: str) -> str | None:
    found = row.get(field)
    return None if found is None else str(found)[:200]


def _problem(code: str, found: str, where: str) -> Problem:
    return Problem(code=code, found=found, hint=_HINT, where=where)
