"""Read JSON lines, one post a line, however long the file is."""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from vidomo.core.errors import InputError
from vidomo.core.ids import content_id
from vidomo.core.problems import Problem
from vidomo.sources.files.broken import broken_json
from vidomo.sources.files.decoding import encoding_of, is_cp1251
from vidomo.sources.files.request import EXPORT_LIMIT, LINE_LIMIT, Request, megabytes
from vidomo.sources.files.row import RowRefused, post_of_row
from vidomo.sources.model import Post

_UTF8_BOM = b"\xef\xbb\xbf"
_LINE_HINT = 'a line is one post: {"id": "1", "text": "…"}'


def read_lines(stream: BinaryIO, head: bytes, request: Request) -> Iterator[Post | Problem]:
    """Yield a post or a problem for every line that is not blank.

    Args:
        stream: At its beginning.
        head: Its first bytes, to tell the encoding.
        request: The options.
    """
    encoding, note = encoding_of(head, where=request.name)
    if note is not None:
        request.note(note)
    seen: dict[str, tuple[str, int]] = {}
    is_any = False
    for number, line in enumerate(_split(stream, encoding, request), start=1):
        where = f"{request.name}, line {number}"
        if line is None:
            yield Problem(
                code="line_too_long",
                found=f"the line is longer than {megabytes(LINE_LIMIT)}",
                hint=_LINE_HINT,
                where=where,
            )
        elif line.strip():
            yield _read_line(line, encoding, request, seen, number)
        else:
            continue
        is_any = True
    if not is_any:
        yield Problem(code="empty", found="the file is empty", where=request.name, hint=_LINE_HINT)


def _split(stream: BinaryIO, encoding: str, request: Request) -> Iterator[bytes | None]:
    if encoding not in {"utf-8", "cp1251"}:
        raw = stream.read(EXPORT_LIMIT + 1)
        if len(raw) > EXPORT_LIMIT:
            raise InputError(
                f"{request.name} is larger than {megabytes(EXPORT_LIMIT)}",
                hint="save it as UTF-8, then it may be as long as you like",
            )
        text = raw.decode(encoding, "replace").removeprefix("\ufeff")
        for words in text.split("\n"):
            encoded = words.encode("utf-8", "replace")
            yield encoded if len(encoded) <= LINE_LIMIT else None
        return
    is_first = True
    while line := stream.readline(LINE_LIMIT + 1):
        if len(line) > LINE_LIMIT and not line.endswith(b"\n"):
            while (rest := stream.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield line.removeprefix(_UTF8_BOM) if is_first else line
        is_first = False


def _read_line(
    line: bytes,
    encoding: str,
    request: Request,
    seen: dict[str, tuple[str, int]],
    number: int,
) -> Post | Problem:
    where = f"{request.name}, line {number}"
    try:
        row = _row_of(_in_utf8(line, encoding, request, where))
        post = post_of_row(row, request)
        _refuse_second_text(post, seen, number)
    except RowRefused as error:
        return error.problem(where)
    return post


def _in_utf8(line: bytes, encoding: str, request: Request, where: str) -> bytes:
    if encoding == "cp1251":
        try:
            return line.decode("cp1251").encode()
        except UnicodeDecodeError as error:
            raise _not_text(error.start) from error
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        if not is_cp1251(line):
            raise _not_text(error.start) from error
        request.note(Problem(code="read_as", found="read as cp1251, not UTF-8", where=where))
        return line.decode("cp1251").encode()
    return line


def _not_text(start: int) -> RowRefused:
    return RowRefused(
        "wrong_encoding", f"byte {start} of the line is not UTF-8", hint="save the file as UTF-8"
    )


def _row_of(line: bytes) -> dict[str, object]:
    try:
        row = msgspec.json.decode(line.strip())
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise broken_json(line.strip(), error, hint=_LINE_HINT) from error
    if not isinstance(row, dict):
        raise RowRefused("not_a_row", f"the line is a {type(row).__name__}", hint=_LINE_HINT)
    return row


def _refuse_second_text(post: Post, seen: dict[str, tuple[str, int]], number: int) -> None:
    """Refuse a second text under one id; edits and deletions say when they were made."""
    if post.edited_at is not None or post.deleted_at is not None:
        return
    key = content_id("row", post.source, post.native_id)
    digest = content_id("txt", post.text)
    earlier, line = seen.setdefault(key, (digest, number))
    if earlier != digest:
        raise RowRefused(
            "id_twice",
            f"id {post.native_id} has another text in line {line}",
            hint="give each post its own id, or say with edited_at when the text was changed",
        )
