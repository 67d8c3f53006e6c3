"""The posts and the sample: where they lie, how they are read, which source each is from."""

import re
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
from bench.reading.addressed import ADDRESSES, found_texts, read_addresses

from vidomo.core.errors import InputError

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
POSTS = SHARED / "corpus" / "posts.jsonl"
SAMPLE = HERE / "sample.jsonl"
OWN = HERE / "posts"
LABELS = HERE / "labels"

T = TypeVar("T")
_NUMBERED = re.compile(r"[-/]?\d+$")


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """One post of the corpus, whose text never leaves it, or one of our own.

    Attributes:
        id: Id of the post; ``<batch>-<number>`` for our own.
        lang: uk, ru or en.
        text: The post.
        source: Where it is from; empty for our own.
        looks_relevant: Whether the corpus marks it as on our subject.
        genre: administration, emergency, energy, railway, news or monitor; None in the corpus.
        home: Code of the place that its channel is for; None when it has none.
        posted_at: ISO 8601 instant with zone; None in the corpus.
    """

    id: str
    lang: str
    text: str
    source: str = ""
    looks_relevant: bool = False
    genre: str | None = None
    home: str | None = None
    posted_at: str | None = None


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


def read_posts(path: Path | None = None) -> dict[str, Post]:
    """Return the posts of a JSON-lines file by their ids, in file order.

    Without a path, those of the corpus, where it is there, our own, and those named by address
    whose texts are at hand.
    """
    if path is not None:
        return {post.id: post for post in _lines(path, Post)}
    return (read_posts(POSTS) if POSTS.is_file() else {}) | read_own() | _addressed()


def _addressed() -> dict[str, Post]:
    rows = read_addresses()
    return {
        key: Post(id=key, lang=rows[key].lang, text=text, genre=rows[key].genre)
        for key, text in found_texts().items()
    }


def require(posts: dict[str, Post], ids: list[str]) -> list[Post]:
    """Return the posts of some ids in their order.

    Raises:
        InputError: A text is not at hand.
    """
    missing = [key for key in ids if key not in posts]
    if missing:
        raise InputError(
            f"{len(missing)} texts are not at hand: {missing[0]}",
            hint="name the folder that has them: --texts FOLDER",
        )
    return [posts[key] for key in ids]


@cache
def read_own() -> dict[str, Post]:
    """Return the posts that we wrote, of all batches, by their ids."""
    return {post.id: post for path in sorted(OWN.glob("*.jsonl")) for post in _lines(path, Post)}


def read_sample(path: Path = SAMPLE) -> list[Drawn]:
    """Return the sample in file order."""
    return _lines(path, Drawn)


def batch_ids(batch: str, sample: list[Drawn]) -> list[str]:
    """Return the ids of a batch in order; a batch of our own is a file of posts or of addresses.

    Raises:
        InputError: There is no such batch.
    """
    own = OWN / f"{batch}.jsonl"
    if own.is_file():
        return [post.id for post in _lines(own, Post)]
    if (ADDRESSES / f"{batch}.jsonl").is_file():
        return [key for key in read_addresses() if key.rpartition("-")[0] == batch]
    ids = [row.id for row in sample if batch in (row.batch, row.again)]
    if not ids:
        known = sorted({name for row in sample for name in (row.batch, row.again) if name})
        known += sorted(path.stem for place in (OWN, ADDRESSES) for path in place.glob("*.jsonl"))
        raise InputError(f"there is no batch {batch!r}", hint=f"one of {', '.join(known)}")
    return ids


def source_of(post_id: str) -> str:
    """Return the channel that an id names; the collection where it names none.

    ``unlp-…`` ids name no channel: they are one collection of unknown channels. A post that is
    named by address is from the host of its page.
    """
    address = read_addresses().get(post_id)
    if address is not None:
        return address.outlet
    if post_id.startswith("unlp-"):
        return "unlp"
    return _NUMBERED.sub("", post_id)


def genre_of(post_id: str) -> str:
    """Return the genre as far as the id tells: railway, news, or mixed for the collection.

    A post of our own, or one named by address, has its genre written beside it.
    """
    address = read_addresses().get(post_id)
    if address is not None:
        return address.genre
    own = read_own().get(post_id)
    if own is not None and own.genre:
        return own.genre
    return {"UZprymisky": "railway", "unlp": "mixed"}.get(source_of(post_id), "news")


def write_lines(path: Path, rows: list[msgspec.Struct]) -> None:
    """Write one compact JSON object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))


def _lines(path: Path, kind: type[T]) -> list[T]:
    decoder = msgspec.json.Decoder(kind)
    return [decoder.decode(line) for line in path.read_bytes().splitlines() if line.strip()]
