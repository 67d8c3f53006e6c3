"""Remembers for each word whether a table has it."""

# Words remembered by each table; a text of random letters must not fill the memory.
_WORDS_KEPT, _LONGEST_KEPT = 4_000, 40


class Answers(dict[str, bool]):
    """Whether a word is one of some words, or begins or ends as one of some parts of words.

    Asked like a table, ``answers[word]``: what was asked once costs one look.

    Attributes:
        exact: Words taken as they are.
        stems: Beginnings of words.
        tails: Ends of words.
    """

    def __init__(
        self,
        *,
        exact: frozenset[str],
        stems: tuple[str, ...] = (),
        tails: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self.exact = exact
        self.stems = stems
        self.tails = tails

    def __missing__(self, word: str) -> bool:
        """Look the word up, and remember the answer while there is room."""
        answer = word in self.exact or word.startswith(self.stems) or word.endswith(self.tails)
        if len(self) < _WORDS_KEPT and len(word) <= _LONGEST_KEPT:
            self[word] = answer
        return answer
