"""Fits a hand-over on one A4 sheet: what is most pressing first, and what was left out is said."""

import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

WIDTH = 118
"""Narrow letters of one printed line: 190 mm at 8.5 points, a letter of half its size on average."""
LINES = 62
"""Printed lines for all sections: 277 mm at 10.2 points are 76; head, signatures and the space
around sections take the rest. A test prints the largest sheets and counts their pages."""
LONGEST = 2
"""Lines of one row; longer ones are cut with a mark, and stand whole on the screen."""
FIRST = 3
"""Rows that every section gets before any other section gets more."""
_WIDE = frozenset("\u0448\u0449\u044e\u0436\u043c\u0444\u044bmw@%\u2014\u2026")
_CUT = "\u2026"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a section in words.

    Attributes:
        tone: danger, caution or nothing.
        link: Path of the page that tells more; empty for none.
        lines: How many printed lines it takes.
        whole: The whole text where what is printed is cut; empty where it is not.
    """

    text: str
    tone: str = ""
    link: str = ""
    lines: int = 1
    whole: str = ""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One section.

    Attributes:
        key: holds, asked, tasks, promises, silent, alerts or kept.
        lines: What is printed; ``left`` what is not, in the same order.
        nothing: Key of the words that stand where there is no row.
    """

    key: str
    lines: tuple[Line, ...] = ()
    left: tuple[Line, ...] = ()
    nothing: str = "none"


def width_of(text: str) -> float:
    """Return how wide a text is, in narrow letters."""
    return sum(map(_wide, text))


def fitted(parts: Sequence[Part], *, lines: int = LINES, width: int = WIDTH) -> tuple[Part, ...]:
    """Return the sections as they are printed, the rest of each beside it.

    Every section gets its first row, then its first few; what is left goes to the sections in their order. The
    heading of a section, and the line that says what was left out, take a line each.

    Args:
        parts: Sections with all their rows in ``lines``, the most pressing sections first.
        lines: Printed lines in all.
        width: Narrow letters a line.
    """
    sized = [[_sized(line, width) for line in part.lines] for part in parts]
    # A heading, and a line for "none" or for what was left out.
    room = lines - 2 * len(parts)
    taken = [0] * len(parts)
    for most in (1, FIRST, None):
        for at, rows in enumerate(sized):
            while taken[at] < len(rows) and (most is None or taken[at] < most):
                need = rows[taken[at]].lines
                if need > room:
                    break
                room -= need
                taken[at] += 1
    return tuple(
        msgspec.structs.replace(part, lines=tuple(rows[:count]), left=tuple(rows[count:]))
        for part, rows, count in zip(parts, sized, taken, strict=True)
    )


def clipped(text: str, *, width: float) -> str:
    """Return a text that is no wider than so many narrow letters, cut with a mark where it was."""
    if width_of(text) <= width:
        return text
    kept: list[str] = []
    room = width - _wide(_CUT)
    for char in text:
        room -= _wide(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip() + _CUT


def _sized(line: Line, width: int) -> Line:
    # Words break at blanks, so that the last word of a line may go to the next one.
    usable = width - 12
    text = clipped(line.text, width=LONGEST * usable)
    return msgspec.structs.replace(
        line,
        text=text,
        lines=1 if width_of(text) <= usable else LONGEST,
        whole="" if text == line.text else line.text,
    )


def _wide(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 2.2
    if char in _WIDE or (char.isupper() and char not in "IJ"):
        return 1.6
    return 1.0


def left_out(parts: Iterable[Part]) -> int:
    """Return how many rows are not printed."""
    return sum(len(part.left) for part in parts)
