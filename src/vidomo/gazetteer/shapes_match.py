"""Which unit a feature of somebody's file is: by code, else by P-code, else by name and place."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from vidomo.core.problems import Problem
from vidomo.gazetteer.index import Gazetteer
from vidomo.gazetteer.model import Level
from vidomo.gazetteer.names import fold
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.gazetteer.shapes_read import Feature
from vidomo.gazetteer.shapes_rings import holds
from vidomo.gazetteer.shapes_scan import inner_point
from vidomo.gazetteer.words import words

_CODE = re.compile(r"UA\d{17}\Z")
_PCODE = re.compile(r"UA\d{2,16}\Z")
_NAME_KEYS = re.compile(r"name|adm2|raion|rayon|district", re.IGNORECASE)
_RAION_DIGITS = 6
"""Characters of a code that name the raion (KATOTTG, order No. 290 of 2020); P-codes of the
Common Operational Dataset are the same characters, cut at the level of the unit."""
_OBLAST = 4
_FINEST = (Level.CITY_DISTRICT, Level.SETTLEMENT, Level.HROMADA, Level.RAION, Level.OBLAST)


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A feature and the unit that it is.

    Attributes:
        how: code, pcode or name; the earlier the surer.
    """

    code: str
    how: str
    feature: Feature


_ORDER = ("code", "pcode", "name")


class _Unmatched(Exception):
    def __init__(self, code: str, found: str, hint: str) -> None:
        super().__init__(found)
        self.code, self.found, self.hint = code, found, hint


def match_features(
    features: Sequence[Feature], *, gazetteer: Gazetteer
) -> tuple[tuple[Match, ...], tuple[Problem, ...]]:
    """Return the unit of each feature, and a problem for each that has none or another's.

    Of two features of one unit the surer match counts, and among equals the first.
    """
    matcher = _Matcher(gazetteer)
    found: dict[str, Match] = {}
    problems: list[Problem] = []
    for feature in features:
        try:
            match = matcher.match(feature)
        except _Unmatched as no:
            problems.append(
                Problem(code=no.code, found=no.found, hint=no.hint, where=feature.where)
            )
            continue
        held = found.get(match.code)
        lost = match
        if held is None or _ORDER.index(match.how) < _ORDER.index(held.how):
            found[match.code], lost = match, held or match
        if lost is not found[match.code]:
            problems.append(
                Problem(
                    code="same_unit_twice",
                    found=f"{_called(match.code, gazetteer)} has another shape already",
                    hint="keep one feature a unit",
                    where=lost.feature.where,
                )
            )
    return tuple(found[code] for code in sorted(found)), tuple(problems)


def _called(code: str, gazetteer: Gazetteer) -> str:
    return gazetteer.label(code, lang="en", full=True)


class _Matcher:
    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        cells = bundled_shapes()
        self._cells = {code: cells.arcs.rings(code) for code in cells.codes}
        self._by_digits = {code[:_RAION_DIGITS]: code for code in cells.codes}

    def match(self, feature: Feature) -> Match:
        """Return what a feature is.

        Raises:
            _Unmatched: No unit, several, or one of another level.
        """
        texts = {key: value.strip() for key, value in feature.properties.items()}
        if code := self._by_code(texts):
            return Match(code=code, how="code", feature=feature)
        if code := self._by_pcode(texts):
            return Match(code=code, how="pcode", feature=feature)
        return Match(code=self._by_name(texts, feature), how="name", feature=feature)

    def _by_code(self, texts: dict[str, str]) -> str | None:
        """Return the unit of the finest code: features of communities name their raion too."""
        units = [
            unit
            for value in texts.values()
            if _CODE.match(value) and (unit := self._gazetteer.get(value)) is not None
        ]
        if not units:
            return None
        finest = min((unit.level for unit in units), key=_FINEST.index)
        codes = {unit.code for unit in units if unit.level is finest}
        if len(codes) > 1:
            raise _Unmatched(
                "two_codes", f"it has the codes {', '.join(sorted(codes))}", "keep one"
            )
        (code,) = codes
        if code not in self._cells:
            raise _wrong_level(code)
        return code

    def _by_pcode(self, texts: dict[str, str]) -> str | None:
        found = [
            value for key, value in texts.items() if "pcode" in key.lower() and _PCODE.match(value)
        ]
        if not found:
            return None
        finest = max(found, key=len)
        if len(finest) != _RAION_DIGITS:
            raise _wrong_level(finest)
        code = self._by_digits.get(finest)
        if code is None:
            raise _Unmatched("unknown_pcode", f"no raion has the P-code {finest}", _HINT)
        return code

    def _by_name(self, texts: dict[str, str], feature: Feature) -> str:
        names = list(dict.fromkeys(_names(texts)))
        if not names:
            raise _Unmatched("no_name", "it has neither a code nor a name", _HINT)
        oblast = self._oblast_at(feature)
        if oblast is None:
            raise _Unmatched("no_place", "its middle lies in no oblast", _HINT)
        for name in names:
            here = {code for code in self._called(name) if code[:_OBLAST] == oblast[:_OBLAST]}
            if len(here) == 1:
                return here.pop()
        where = self._gazetteer.label(oblast, lang="en")
        raise _Unmatched("unmatched", f"no raion of {where} is called {names[0]!r}", _HINT)

    def _called(self, name: str) -> set[str]:
        """Return the raions, and Kyiv and Sevastopol, that a folded name stands for.

        Russian names are not believed: maps that carry them often show the raions before 2020.
        """
        return {
            form.code
            for form in self._gazetteer.forms(name)
            if form.lang != "ru" and form.code in self._cells
        }

    def _oblast_at(self, feature: Feature) -> str | None:
        point = inner_point(feature.rings)
        if point is None:
            return None
        for code, rings in self._cells.items():
            if sum(holds(ring, *point) for ring in rings) % 2:
                return self._gazetteer.unit(code).oblast
        return None


_HINT = "add a property with the KATOTTG code: vidomo places find NAME"


def _wrong_level(code: str) -> _Unmatched:
    return _Unmatched(
        "other_level",
        f"{code} is no raion",
        "give raions, Kyiv and Sevastopol; others are not drawn",
    )


def _names(texts: dict[str, str]) -> Iterator[str]:
    """Yield the folded names of a feature without their type words."""
    table = words()
    for key, value in texts.items():
        if not _NAME_KEYS.search(key):
            continue
        tokens = fold(value).split()
        while len(tokens) > 1 and Level.RAION in table.levels(tokens[-1]):
            tokens.pop()
        while len(tokens) > 1 and Level.RAION in table.levels(tokens[0]):
            tokens.pop(0)
        yield " ".join(tokens)
