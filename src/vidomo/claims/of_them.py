"""Finds where a sentence turns to a part of what it counted: "and five of them were shot down"."""

from collections.abc import Sequence
from functools import cache

import msgspec

from vidomo.claims.answers import Answers
from vidomo.claims.document import Segment, Token
from vidomo.claims.numerals import numeral_at
from vidomo.claims.tables import LANGUAGES, table

# Words of "of them", and words after them within which it is said what became of them.
_OF_THEM, _NEAR = 2, 2


class _Words(msgspec.Struct, frozen=True):
    ands: frozenset[str]
    of_them: frozenset[tuple[str, ...]]
    done: frozenset[str]


def tells_of_some(
    tokens: Sequence[Token], index: int, sentence: Segment, predicates: Answers
) -> bool:
    """Return whether "and" at an index leads to what became of a part of a count.

    "Six were launched and five of them were shot down" has two statements; "five are hurt and
    two of them are children" counts a part of the same.

    Args:
        tokens: The tokens of the text.
        index: Of the token that may be the "and".
        sentence: The sentence it stands in.
        predicates: Which words say that something happens.
    """
    words = _words()
    if tokens[index].key not in words.ands or index == sentence.first:
        return False
    count, rest = index + 1, index + 2
    after = rest + _OF_THEM
    return (
        after < sentence.last
        and is_of_them(tokens, rest)
        and (tokens[count].kind == "number" or numeral_at(tokens, count, rest) is not None)
        and any(
            predicates[token.key] or token.key in words.done
            for token in tokens[after : min(after + _NEAR, sentence.last)]
        )
    )


def is_of_them(tokens: Sequence[Token], index: int) -> bool:
    """Return whether "of them" stands at an index."""
    keys = tuple(token.key for token in tokens[index : index + _OF_THEM])
    return keys in _words().of_them


@cache
def _words() -> _Words:
    parts = [table(lang, "segments")["part"] for lang in LANGUAGES]
    return _Words(
        ands=frozenset(word for part in parts for word in part["ands"]),
        of_them=frozenset(tuple(words.split()) for part in parts for words in part["of_them"]),
        done=frozenset(word for part in parts for word in part["done"]),
    )
