"""Russian names: known by hand, confirmed by GeoNames, or by rule from Ukrainian ones."""

import re
from functools import cache

import msgspec

from gazetteer.bases import lower, table

_LIMIT = 8  # candidates per name; beyond it lie spellings that nobody writes
_LETTERS = re.compile(r"[\u0430-\u044f -]+")  # the Russian alphabet without io
_FAR = 2  # letters by which a name of GeoNames may differ from the rule's first candidate
_LONG = 5  # letters of a name that may differ at all


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A substitution; several replacements are alternatives, the likeliest first."""

    find: str
    put: tuple[str, ...]


@cache
def _steps() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    steps = msgspec.convert(table("russian")["steps"], tuple[Step, ...])
    return tuple((re.compile(step.find), step.put) for step in steps)


def known(name: str) -> tuple[str, ...]:
    """Return the Russian names that the table by hand gives, by the Ukrainian name as written."""
    found: str | list[str] = table("names_ru")["settlements"].get(name, [])
    return (found,) if isinstance(found, str) else tuple(found)


def former(name: str) -> str:
    """Return the Russian name for a former Ukrainian one, by hand or by rule, in lower case."""
    by_hand = known(name)
    return lower(by_hand[0]) if by_hand else candidates(lower(name))[0]


@cache
def candidates(name: str) -> tuple[str, ...]:
    """Return Russian spellings of a lower-case Ukrainian name, the likeliest first."""
    found = [name]
    for pattern, puts in _steps():
        if any(pattern.search(one) for one in found):
            changed = (pattern.sub(put, one) for put in puts for one in found)
            found = list(dict.fromkeys(changed))[:_LIMIT]
    return tuple(found)


def confirmed(name: str, others: frozenset[str]) -> str | None:
    """Return the name among those of GeoNames that is the Russian one, None when in doubt.

    Args:
        name: The Ukrainian name in lower case.
        others: Folded names in any language.
    """
    rules = candidates(name)
    same = lower(name).replace("'", "")  # GeoNames has it as the Ukrainian name in any case
    for rule in rules:
        if rule in others and rule != same:
            return rule
    # Where both languages write alike, what is near is some third language.
    if len(name) < _LONG or same in rules:
        return None
    near = sorted(
        (min(_distance(other, rule) for rule in rules[:2]), other)
        for other in others
        if _LETTERS.fullmatch(other) and other != same
    )
    if near and near[0][0] <= _FAR and (len(near) == 1 or near[1][0] > near[0][0]):
        return near[0][1]
    return None


def is_known_stem(uk_stem: str) -> bool:
    """Whether the table by hand has the Russian stem of an adjective."""
    return uk_stem in table("names_ru")["adjectives"]


def adjective_stem(uk_stem: str) -> str:
    """Return the stem of the Russian adjective, by hand or by rule."""
    by_hand: str | None = table("names_ru")["adjectives"].get(uk_stem)
    if by_hand is not None:
        return by_hand
    masculine, hard = table("adjectives")["uk"]["masculine"], table("adjectives")["ru"]["hard_ends"]
    whole = candidates(uk_stem + masculine)[0]
    for end in (table("adjectives")["ru"]["masculine"], hard[0]):
        whole = whole.removesuffix(end)
    return whole


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        corner, row[0] = row[0], at
        for place, wanted in enumerate(other, start=1):
            step = min(row[place] + 1, row[place - 1] + 1, corner + (letter != wanted))
            corner, row[place] = row[place], step
    return row[-1]
