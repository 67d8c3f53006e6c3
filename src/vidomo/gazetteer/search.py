"""Search: the units that a person may mean by what they typed."""

from collections.abc import Iterator
from itertools import islice

import msgspec

from vidomo.gazetteer.forms import FormIndex
from vidomo.gazetteer.model import FormKind, Level, Unit
from vidomo.gazetteer.names import fold
from vidomo.gazetteer.units import UnitTable
from vidomo.gazetteer.words import words

_HOW = {"official": "exact", "generated": "exact", "alias": "alias", "former": "former"}
_BASE = {"code": 1000.0, "exact": 800.0, "alias": 750.0, "former": 600.0, "prefix": 300.0}
_NEAR = 200.0  # one wrong letter; asked only when nothing else is found
_PREFIXES = 4000  # forms looked at for one prefix; a single letter has tens of thousands
_SHORTEST = 2  # letters of a prefix
_SHORTEST_NEAR = 4  # letters of a name with one wrong letter
_RANK = {
    "K": 90.0,
    "O": 70.0,
    "M": 60.0,
    "P": 50.0,
    "H": 40.0,
    "X": 30.0,
    "B": 20.0,
    "C": 10.0,
    "": 95.0,
}
_ABROAD = 500.0  # a place abroad comes after any place in Ukraine that has or had the name
_PEOPLE = 4_000_000  # more than any city has


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One unit that a search found.

    Attributes:
        code: The unit.
        matched: The folded form that matched.
        how: code, exact, alias, former, prefix.
        score: Larger is likelier; only the order means something.
    """

    code: str
    matched: str
    how: str
    score: float


class Search:
    """Finds units by what people type."""

    def __init__(self, units: UnitTable, index: FormIndex) -> None:
        self._units = units
        self._index = index

    def find(self, name: str, *, limit: int) -> tuple[Found, ...]:
        """Return the likeliest units first, at most ``limit``."""
        text = name.strip()
        number = self._units.number(text.upper())
        if number is not None:
            code = self._units.code(number)
            return (Found(code=code, matched=code, how="code", score=_BASE["code"]),)
        key, levels = _without_types(fold(text))
        if not key or limit <= 0:
            return ()
        best: dict[str, Found] = {}
        self._collect(best, [key], levels, how="")
        if len(key) >= _SHORTEST:
            self._collect(best, islice(self._index.starting_with(key), _PREFIXES), levels, "prefix")
        if not best and len(key) >= _SHORTEST_NEAR:
            near = (one for one in _one_letter_off(key) if one in self._index)
            self._collect(best, near, levels, how="near")
        ranked = sorted(best.values(), key=lambda found: (-found.score, found.code))
        return tuple(ranked[:limit])

    def _collect(
        self,
        best: dict[str, Found],
        keys: "Iterator[str] | list[str]",
        levels: frozenset[Level],
        how: str,
    ) -> None:
        # Case forms of one name repeat the same units; each list is weighed once.
        seen: set[tuple[FormKind, str, tuple[int, ...]]] = set()
        for key in keys:
            for kind, _, origin, numbers in self._index.postings(key):
                named = how or _HOW[origin]
                if (kind, named, numbers) in seen:
                    continue
                seen.add((kind, named, numbers))
                for number in numbers:
                    unit = self._units.unit(number)
                    if levels and unit.level not in levels:
                        continue
                    score = _score(unit, kind, named, narrowed=bool(levels))
                    held = best.get(unit.code)
                    if held is None or held.score < score:
                        best[unit.code] = Found(
                            code=unit.code,
                            matched=key,
                            how="alias" if named == "near" else named,
                            score=score,
                        )


def _score(unit: Unit, kind: FormKind, how: str, *, narrowed: bool) -> float:
    base = _NEAR if how == "near" else _BASE[how]
    if kind is FormKind.ADJECTIVE and not narrowed:
        base -= 45.0  # an adjective alone rather means the noun it is made from
    if unit.level is Level.COUNTRY and unit.code != "UA":
        base -= _ABROAD
    people = min(unit.population or 0, _PEOPLE) / _PEOPLE
    return round(base + _RANK[unit.category] + 9 * people, 6)


def _without_types(key: str) -> tuple[str, frozenset[Level]]:
    """Return the name without the type words around it, and the levels they name."""
    tokens = key.replace(",", " ").replace(".", " ").split()
    levels: frozenset[Level] = frozenset()
    table = words()
    while len(tokens) > 1:
        first, last = table.levels(tokens[0]), table.levels(tokens[-1])
        if last:
            levels |= last
            tokens.pop()
        elif first:
            levels |= first
            tokens.pop(0)
            if len(tokens) > 1 and tokens[0] == "of":
                tokens.pop(0)
        else:
            break
    return " ".join(tokens), levels


def _one_letter_off(key: str) -> Iterator[str]:
    letters = words().letters["latin" if key.isascii() else "cyrillic"]
    for at in range(len(key) + 1):
        head, tail = key[:at], key[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in letters:
            if tail:
                yield head + letter + tail[1:]
            yield head + letter + tail
