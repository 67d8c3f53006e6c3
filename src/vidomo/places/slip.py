"""Notices a name that looks like a slip of the pen for the place a text is about."""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level, Unit
from vidomo.gazetteer.names import fold
from vidomo.places.model import Placed, Weighed
from vidomo.places.score import unit_of

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
# Two names this close together (in characters) are a list: the writer meant both.
_LIST_REACH = 40
_SLIP_CONFIDENCE = 0.3
# How many mentions (the home counts as one) must lie in the other oblast before a name is doubted.
_SLIP_RATIO = 2


def without_slips(
    placed: Sequence[Placed], gazetteer: Gazetteer, home: Unit | None
) -> list[Placed]:
    """Take back the decisions of names that look like slips for what the text is about."""
    in_oblast: Counter[str] = Counter()
    towns: list[tuple[int, Unit]] = []
    for one in placed:
        unit = unit_of(one, gazetteer)
        if unit is not None and unit.oblast is not None:
            in_oblast[unit.oblast] += 1
            if unit.level is Level.SETTLEMENT:
                towns.append((one.mention.start, unit))
    if home is not None and home.oblast is not None:
        in_oblast[home.oblast] += 1
    found = []
    for one in placed:
        unit = unit_of(one, gazetteer)
        is_alone = unit is not None and in_oblast[unit.oblast or ""] == 1
        if unit is None or not is_alone or one.mention.qualifiers:
            found.append(one)
            continue
        meant = _meant_instead(one, unit, towns, in_oblast)
        found.append(one if meant is None else _doubted(one, unit, meant))
    return found


def _meant_instead(
    one: Placed, unit: Unit, towns: Sequence[tuple[int, Unit]], in_oblast: Mapping[str, int]
) -> str | None:
    """Return the place that a name named once may be a slip for, None when it is none."""
    if unit.level is not Level.SETTLEMENT:
        return None
    near = Counter(
        other.code
        for start, other in towns
        if abs(start - one.mention.start) > _LIST_REACH
        and in_oblast.get(other.oblast or "", 0) >= _SLIP_RATIO
        and are_near(unit.name, other.name)
    )
    return near.most_common(1)[0][0] if near else None


def _doubted(one: Placed, unit: Unit, meant: str) -> Placed:
    named = [weighed for weighed in one.decision.ranked if weighed.code == unit.code]
    decision = msgspec.structs.replace(
        one.decision,
        code=None,
        confidence=_SLIP_CONFIDENCE,
        reason="slip",
        ranked=(*named, Weighed(code=meant, score=0.0)),
    )
    return Placed(one.mention, decision)


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
