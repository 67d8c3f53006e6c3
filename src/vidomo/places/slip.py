"""Notices a name that looks like a slip of the pen for the place a text is about."""

from vidomo.gazetteer.names import fold

_VOWELS = frozenset(
    "aeiouy"
    "\N{CYRILLIC SMALL LETTER A}\N{CYRILLIC SMALL LETTER IE}\N{CYRILLIC SMALL LETTER UKRAINIAN IE}"
    "\N{CYRILLIC SMALL LETTER I}\N{CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I}"
    "\N{CYRILLIC SMALL LETTER YI}\N{CYRILLIC SMALL LETTER O}\N{CYRILLIC SMALL LETTER U}"
    "\N{CYRILLIC SMALL LETTER YU}\N{CYRILLIC SMALL LETTER YA}\N{CYRILLIC SMALL LETTER YERU}"
    "\N{CYRILLIC SMALL LETTER E}\N{CYRILLIC SMALL LETTER SHORT I}"
    "\N{CYRILLIC SMALL LETTER SOFT SIGN}"
)
_SHARED_START = 2
_LENGTH_APART = 2
_EDITS = 2
_EDITS_FROM_LENGTH = 5


def are_near(one: str, other: str) -> bool:
    """Whether two names can be taken for each other by a tired writer.

    They begin with the same two letters, differ by at most two in length, and either their
    consonants differ by at most one (so that Izmail is near Izium), or, from five letters on,
    the names themselves by at most two edits. Our own rule; it never decides, it only makes a
    name doubtful.
    """
    first, second = fold(one), fold(other)
    if first == second or first[:_SHARED_START] != second[:_SHARED_START]:
        return False
    if abs(len(first) - len(second)) > _LENGTH_APART:
        return False
    if distance(_skeleton(first), _skeleton(second)) <= 1:
        return True
    return min(len(first), len(second)) >= _EDITS_FROM_LENGTH and distance(first, second) <= _EDITS


def distance(one: str, other: str) -> int:
    """Return the number of insertions, deletions and changes between two short words."""
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, facing in enumerate(other, start=1):
            current.append(
                min(
                    before[column] + 1,
                    current[column - 1] + 1,
                    before[column - 1] + (letter != facing),
                )
            )
        before = current
    return before[-1]


def _skeleton(name: str) -> str:
    return "".join(letter for letter in name if letter not in _VOWELS)
