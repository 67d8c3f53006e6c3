"""Guesses which posts hold a statement that the rules did not find; it never makes a claim."""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, sqrt

import msgspec

FILE_NAME = "net.bin"
MAGIC = b"VNET1\n"
BUCKETS = 1 << 16
SIZES = (2, 3, 4, 5)
ANY = "any"
"""The head that asks for any claim at all; the other heads ask for one family of topics."""
_LENGTH = 4
_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_DIGIT = re.compile(r"\d")
_LONGEST = 40  # longer words are cut: addresses and bait teach nothing
_REMEMBERED = 1 << 15  # words; about 10 MB, and a day's posts repeat most of theirs
_TELLING = 5


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """One question that the net answers.

    Attributes:
        name: ``any`` or a family of topics.
        scale: What one step of its whole-number weights is worth.
        bias: Added to the weighted sum.
        slope: With ``offset``, turns the sum into a probability (Platt 1999), fitted on posts
            that the weights had not seen.
        offset: See ``slope``.
    """

    name: str
    scale: float
    bias: float
    slope: float
    offset: float


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What stands before the weights in the file.

    Attributes:
        heads: In the order of their weights.
        threshold: From which probability on a post is shown to a person.
        trained: What it was trained on and with, for people.
    """

    heads: tuple[Head, ...]
    threshold: float
    trained: str


class Hunch(msgspec.Struct, frozen=True, kw_only=True):
    """What the net guesses about a post that the rules left empty.

    Attributes:
        chance: Probability that the post holds a claim, 0..1.
        is_flagged: Whether a person should look at it.
        families: Families of topics that it may be about, with their probabilities, best
            first; empty for a post that is not flagged.
        words: The words that speak most for it, best first; empty likewise.
    """

    chance: float
    is_flagged: bool
    families: tuple[tuple[str, float], ...] = ()
    words: tuple[str, ...] = ()


def words_of(text: str) -> list[str]:
    """Return the words, marks and emoji of a text once each, in lower case, digits as 0.

    Time grows with the length of the text only.
    """
    plain = _DIGIT.sub("0", text.lower())
    return [word[:_LONGEST] for word in dict.fromkeys(_WORD.findall(plain))]


def buckets_of(word: str) -> list[int]:
    """Return the hashed n-grams of one word with a mark at either end, repeats included."""
    units = f"<{word}>".encode("utf-16-le", "surrogatepass")
    length = len(units)
    return [
        zlib.crc32(units[at : at + 2 * size]) & (BUCKETS - 1)
        for size in SIZES
        for at in range(0, length - 2 * size + 1, 2)
    ]


class Net:
    """A linear model over hashed character n-grams of words (Fan et al. 2008 trained it).

    A word adds the weights of its n-grams, and the sum is divided by the root of how many
    n-grams there were, so that long posts are not flagged for their length.
    """

    def __init__(self, header: Header, weights: Mapping[str, Sequence[int]]) -> None:
        self.header = header
        self._heads = {head.name: head for head in header.heads}
        self._families = tuple(head for head in header.heads if head.name != ANY)
        self._any = weights[ANY]
        self._rows = tuple(weights[head.name] for head in self._families)
        self._sum = lru_cache(maxsize=_REMEMBERED)(self._sum_of)
        self._sums = lru_cache(maxsize=_REMEMBERED)(self._sums_of)

    def guess(self, text: str) -> Hunch:
        """Return what the net guesses about one post."""
        words = words_of(text)
        sums = [self._sum(word) for word in words]
        grams = sum(count for count, _ in sums)
        chance = _chance(self._heads[ANY], sum(weight for _, weight in sums), grams)
        if chance < self.header.threshold or not words:
            return Hunch(chance=chance, is_flagged=False)
        by_weight = sorted(zip(words, sums, strict=True), key=lambda pair: -pair[1][1])
        return Hunch(
            chance=chance,
            is_flagged=True,
            families=self._families_of(words, grams),
            words=tuple(w for w, (_, n) in by_weight if n > 0 and _is_telling(w))[:_TELLING],
        )

    def _sum_of(self, word: str) -> tuple[int, int]:
        row, found = self._any, buckets_of(word)
        return len(found), sum([row[bucket] for bucket in found])

    def _sums_of(self, word: str) -> tuple[int, ...]:
        found = buckets_of(word)
        return tuple(sum([row[bucket] for bucket in found]) for row in self._rows)

    def _families_of(self, words: Iterable[str], grams: int) -> tuple[tuple[str, float], ...]:
        sums = zip(*(self._sums(word) for word in words), strict=True)
        chances = [
            (head.name, _chance(head, sum(column), grams))
            for head, column in zip(self._families, sums, strict=True)
        ]
        best = max(chances, key=lambda pair: pair[1])
        likely = [pair for pair in chances if pair == best or pair[1] >= self.header.threshold]
        return tuple(sorted(likely, key=lambda pair: (-pair[1], pair[0])))


def _is_telling(word: str) -> bool:
    """Whether a person would see something in it: a word or an emoji, no punctuation."""
    return word.isalnum() or not unicodedata.category(word[0]).startswith("P")


def _chance(head: Head, weight: int, grams: int) -> float:
    score = head.bias + head.scale * weight / sqrt(grams + 1)
    return 1 / (1 + exp(-max(-30.0, min(30.0, head.slope * score + head.offset))))


def pack(header: Header, weights: Mapping[str, bytes]) -> bytes:
    """Return the file of a net: magic, length of the header, header, one row a head."""
    written = msgspec.json.encode(header)
    rows = b"".join(weights[head.name] for head in header.heads)
    return MAGIC + len(written).to_bytes(_LENGTH, "big") + written + rows


def unpack(content: bytes) -> Net:
    """Return the net of a file that ``pack`` has written.

    Raises:
        ValueError: The bytes are no such file: a broken installation.
    """
    if not content.startswith(MAGIC):
        raise ValueError(f"{FILE_NAME} does not begin as a net does")
    start = len(MAGIC) + _LENGTH
    end = start + int.from_bytes(content[len(MAGIC) : start], "big")
    header = msgspec.json.decode(content[start:end], type=Header)
    if len(content) != end + BUCKETS * len(header.heads):
        raise ValueError(f"{FILE_NAME} has not one row of weights a head")
    body = memoryview(content)[end:].cast("b")
    rows = {
        head.name: body[at * BUCKETS : (at + 1) * BUCKETS] for at, head in enumerate(header.heads)
    }
    return Net(header, rows)


@cache
def net() -> Net:
    """Return the net that is shipped, read on first use."""
    return unpack(files("vidomo.claims").joinpath(FILE_NAME).read_bytes())
