"""Sets of words as tables write them: whole words, beginnings and ends of words."""

from collections.abc import Iterable

from vidomo.claims.answers import Answers


class WordSet:
    """Words, and beginnings and ends of words, that mean the same.

    Attributes:
        exact: Token keys taken as they are.
        stems: Beginnings of token keys.
        tails: Ends of token keys.
        has: Whether a token key is one of the words.
    """

    __slots__ = ("exact", "has", "stems", "tails")

    def __init__(
        self,
        exact: frozenset[str] = frozenset(),
        stems: tuple[str, ...] = (),
        tails: tuple[str, ...] = (),
    ) -> None:
        self.exact = exact
        self.stems = stems
        self.tails = tails
        self.has = Answers(exact=exact, stems=stems, tails=tails).__getitem__


def word_key(word: str) -> str:
    """Return a table word as a token key: lower case, without apostrophes."""
    return word.lower().replace("'", "")


def word_set(words: Iterable[str]) -> WordSet:
    """Return the words of a table; ``stem*`` is a beginning, ``*tail`` an end."""
    keys = [word_key(word) for word in words]
    return WordSet(
        exact=frozenset(key for key in keys if "*" not in key),
        stems=tuple(sorted(key[:-1] for key in keys if key.endswith("*"))),
        tails=tuple(sorted(key[1:] for key in keys if key.startswith("*"))),
    )
