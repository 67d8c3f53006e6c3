"""The posts and the sample: where they lie, how they are read, which source each is from."""

import re
from pathlib import Path
from typing import TypeVar

import msgspec

from vidomo.core.errors import InputError

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
POSTS = SHARED / "corpus" / "posts.jsonl"
SAMPLE = HERE / "sample.jsonl"
LABELS = HERE / "labels"

T = TypeVar("T")
_NUMBERED = re.compile(r"[-/]?\d+$")


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """One post of the corpus; the text never leaves it."""

    id: str
    lang: str
    text: str
    source: str
    looks_relevant: bool = False


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the sample.

    Attributes:
        id: Id of the post.
        set: ``tune`` or ``report``.
        batch: The batch in which it is labelled first.
        double: Whether a second labeller labels it too.
        again: The batch of that second labelling, None when there is none.
        fifth: Whether it belongs to the part of its set in which no source name, the
            channel-less collection included, gives more than a fifth.
    """

    id: str
    set: str
    batch: str
    double: bool = False
    again: str | None = None
    fifth: bool = False


def read_posts(path: Path = POSTS) -> dict[str, Post]:
    """Return the posts of a JSON-lines file by their ids, in file order."""
    return {post.id: post for post in _lines(path, Post)}


def read_sample(path: Path = SAMPLE) -> list[Drawn]:
    """Return the sample in file order."""
    return _lines(path, Drawn)


def batch_ids(batch: str, sample: list[Drawn]) -> list[str]:
    """Return the ids of a batch in order.

    Raises:
        InputError: There is no such batch.
    """
    ids = [row.id for row in sample if batch in (row.batch, row.again)]
    if not ids:
        known = sorted({name for row in sample for name in (row.batch, row.again) if name})
        raise InputError(f"there is no batch {batch!r}", hint=f"one of {', '.join(known)}")
    return ids


def source_of(post_id: str) -> str:
    """Return the channel that an id names; the collection where it names none.

    ``unlp-…`` ids name no channel: they are one collection of unknown channels.
    """
    if post_id.startswith("unlp-"):
        return "unlp"
    return _NUMBERED.sub("", post_id)


def genre_of(post_id: str) -> str:
    """Return the genre as far as the id tells: railway, news, or mixed for the collection."""
    return {"UZprymisky": "railway", "unlp": "mixed"}.get(source_of(post_id), "news")


def write_lines(path: Path, rows: list[msgspec.Struct]) -> None:
    """Write one compact JSON object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))


def _lines(path: Path, kind: type[T]) -> list[T]:
    decoder = msgspec.json.Decoder(kind)
    return [decoder.decode(line) for line in path.read_bytes().splitlines() if line.strip()]
