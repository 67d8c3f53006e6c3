"""Read the posts of one file, whatever its format."""

import io
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from vidomo.core.errors import ConfigError, InputError
from vidomo.core.problems import Problem
from vidomo.core.time import Interval
from vidomo.sources.files.article import read_article
from vidomo.sources.files.decoding import decode, encoding_of
from vidomo.sources.files.detect import detect
from vidomo.sources.files.lines import read_lines
from vidomo.sources.files.preview import read_preview
from vidomo.sources.files.request import (
    EXPORT_LIMIT,
    FORMATS,
    MEGABYTE,
    PAGE_LIMIT,
    TEXT_LIMIT,
    NoteTaker,
    Request,
    megabytes,
)
from vidomo.sources.files.telegram import read_export
from vidomo.sources.files.text import read_text
from vidomo.sources.model import Post

_HEAD = 1 << 16
_LIMITS = {
    "text": TEXT_LIMIT,
    "html": PAGE_LIMIT,
    "preview": PAGE_LIMIT,
    "telegram": EXPORT_LIMIT,
}
_STDIN = "stdin"
_IN_MEMORY = 16 * MEGABYTE


def read_posts(  # noqa: PLR0913 - one keyword for each option of the command
    path_or_stream: Path | BinaryIO,
    *,
    format: str = "auto",  # noqa: A002 - named as the option is
    source: str | None = None,
    home: str | None = None,
    posted_at: Interval | None = None,
    now: datetime,
    knows_place: Callable[[str], bool] = lambda _code: True,
    note: NoteTaker = lambda _note: None,
) -> Iterator[Post | Problem]:
    """Yield every post of a file, and a problem for everything that cannot be one.

    Args:
        path_or_stream: A file, or bytes as they come (standard input).
        format: auto, text, html, jsonl, telegram or preview.
        source: Source of posts that name none; else ``file:`` and the file's name without
            folder and ending, so that the same file gives the same posts from anywhere. For
            telegram and preview it replaces the channel.
        home: Home place of posts that state none.
        posted_at: Time of posts that state none.
        now: Present instant; dates more than a day after it are refused.
        knows_place: Whether a code is in the gazetteer.
        note: Called with what is worth saying but refuses nothing: a guessed encoding,
            messages without words.

    Raises:
        InputError: The file cannot be opened.
        ConfigError: No such format, or a home that is no place.
    """
    if format not in FORMATS:
        raise ConfigError(f"no format {format!r}", hint=f"one of {', '.join(FORMATS)}")
    if home is not None and not knows_place(home):
        raise ConfigError(
            f"home {home!r} is no place of the codifier",
            hint="vidomo places find NAME shows the code",
        )
    path = path_or_stream if isinstance(path_or_stream, Path) else None
    request = Request(
        name=path.name if path else _STDIN,
        stem=path.stem if path else _STDIN,
        now=now,
        knows_place=knows_place,
        note=note,
        source=source,
        home=home,
        posted_at=posted_at,
    )
    suffix = path.suffix.lower().lstrip(".") if path else ""
    return _opened(path_or_stream, format, suffix, request)


def _opened(
    path_or_stream: Path | BinaryIO, kind: str, suffix: str, request: Request
) -> Iterator[Post | Problem]:
    if not isinstance(path_or_stream, Path):
        yield from _read_rewindable(path_or_stream, kind, suffix, request)
        return
    try:
        stream = path_or_stream.open("rb")
    except OSError as error:
        raise InputError(
            f"{path_or_stream} cannot be opened: {(error.strerror or str(error)).lower()}",
            hint="look at the name and the permissions of the file",
        ) from error
    with stream:
        yield from _read_rewindable(stream, kind, suffix, request)


def _read_rewindable(
    stream: BinaryIO, kind: str, suffix: str, request: Request
) -> Iterator[Post | Problem]:
    if stream.seekable():
        yield from _read(stream, kind, suffix, request)
        return
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:  # a pipe cannot be read twice
        shutil.copyfileobj(stream, spool)
        spool.seek(0)
        yield from _read(cast("BinaryIO", spool), kind, suffix, request)


def _read(stream: BinaryIO, kind: str, suffix: str, request: Request) -> Iterator[Post | Problem]:
    head = stream.read(_HEAD)
    if not head.strip():
        yield Problem(
            code="empty",
            found="the file is empty",
            hint="check whether it was copied whole",
            where=request.name,
        )
        return
    try:
        if kind == "auto":
            encoding, _ = encoding_of(head, where=request.name)
            kind = detect(head.decode(encoding, "replace"), suffix=suffix)
        if kind == "jsonl":
            stream.seek(-len(head), io.SEEK_CUR)
            yield from read_lines(stream, head, request)
        else:
            yield from _read_document(head + _rest(stream, kind, request), kind, request)
    except InputError as error:
        yield Problem(code="unreadable", found=error.message, hint=error.hint, where=request.name)


def _rest(stream: BinaryIO, kind: str, request: Request) -> bytes:
    limit = _LIMITS[kind]
    rest = stream.read(limit)
    if len(rest) + _HEAD > limit:
        raise InputError(
            f"{request.name} is larger than {megabytes(limit)}",
            hint="one document is one article or post; give many posts as JSON lines",
        )
    return rest


def _read_document(raw: bytes, kind: str, request: Request) -> Iterator[Post | Problem]:
    decoded = decode(raw, where=request.name, is_page=kind in {"html", "preview"})
    if decoded.note is not None:
        request.note(decoded.note)
    if kind == "telegram":
        yield from read_export(decoded.text.encode(), request)
    elif kind == "preview":
        yield from read_preview(decoded.text, request)
    elif kind == "html":
        yield from read_article(decoded.text, request)
    else:
        yield from read_text(decoded.text, request)
