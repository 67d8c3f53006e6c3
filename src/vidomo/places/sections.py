"""Decides between namesakes by the raion that their stretch of the text is about."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from vidomo.claims.model import Role
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level, Unit
from vidomo.places.model import Placed
from vidomo.places.score import MARGIN, confidence_of, unit_of

_OPEN = frozenset({"tie", "no_context"})
# Names of a list that must agree on an oblast to say where another one lies.
_AGREEING = 3
_FEWEST = 2
# Characters between two names of one list: a comma or "and", with blanks.
_LISTED_APART = 4


def with_sections(placed: Sequence[Placed], gazetteer: Gazetteer) -> list[Placed]:
    """Return the decisions, those of namesakes taken from the raion spoken of where they stand.

    "Nikopol raion: Pokrovska and Myrivska communities" of an oblast that has two Pokrovska ones.
    The raion named last before a name tells which is meant, else those it is listed with, where
    they all lie in one raion. Either only where just one namesake lies there.
    """
    found = list(placed)
    if len(found) < _FEWEST:
        return found
    order = sorted(range(len(found)), key=lambda n: found[n].mention.start)
    standing: str | None = None
    rank = {n: at for at, n in enumerate(order)}
    for n in order:
        one = found[n]
        unit = unit_of(one, gazetteer)
        if unit is not None and unit.level is Level.RAION and _is_spoken_of(one):
            standing = unit.code
        elif _is_open(one):
            raion = standing
            code = _only_one_in(one, raion, gazetteer)
            if code is None:
                listed = _listed_raions(found, order, rank[n], gazetteer)
                raion = listed.pop() if len(listed) == 1 else None
                code = _only_one_in(one, raion, gazetteer)
            if code is not None:
                found[n] = _decided(one, code)
    return _as_listed(found, order, gazetteer)


def _as_listed(found: list[Placed], order: Sequence[int], gazetteer: Gazetteer) -> list[Placed]:
    """Return the decisions, a town in a list of those of one other oblast as its namesake there.

    "Strikes on Komyshuvakha, Orikhiv, Huliaipole and Kamianske": not the city of that name.
    """
    runs: list[list[int]] = []
    for at, n in enumerate(order):
        if at and _are_listed(found[order[at - 1]], found[n]):
            runs[-1].append(n)
        else:
            runs.append([n])
    for run in runs:
        if len(run) <= _AGREEING:
            continue
        units = {n: unit_of(found[n], gazetteer) for n in run}
        towns = [unit.oblast for unit in units.values() if unit and unit.level is Level.SETTLEMENT]
        for n, unit in units.items():
            is_open = unit is None and _is_open(found[n])
            is_small = unit is not None and _may_be_small(unit, gazetteer)
            if not (is_open or is_small) or not _is_spoken_of(found[n]):
                continue
            others = Counter(towns) - Counter([unit.oblast] if unit else [])
            if len(others) != 1 or others.total() < max(_AGREEING, len(towns) - 1):
                continue
            code = _only_town_in(found[n], next(iter(others)), gazetteer)
            if code is not None and not found[n].mention.qualifiers:
                found[n] = _decided(found[n], code)
    return found


def _may_be_small(unit: Unit, gazetteer: Gazetteer) -> bool:
    """Whether a unit is a town, but none that everybody means by its name."""
    oblast = gazetteer.get(unit.oblast) if unit.oblast else None
    return unit.level is Level.SETTLEMENT and (oblast is None or oblast.seat != unit.code)


def _only_town_in(one: Placed, oblast: str | None, gazetteer: Gazetteer) -> str | None:
    """Return the town of a name in an oblast that stands out there, None when none does."""
    inside = []
    for weighed in one.decision.ranked:
        unit = gazetteer.get(weighed.code)
        if unit is not None and unit.level is Level.SETTLEMENT and unit.oblast == oblast:
            inside.append(weighed)
    if not inside or (len(inside) > 1 and inside[0].score - inside[1].score < MARGIN):
        return None
    return inside[0].code


def _is_open(one: Placed) -> bool:
    return (
        one.decision.code is None
        and one.decision.reason in _OPEN
        and len(one.mention.candidates) > 1
        and not one.mention.qualifiers
    )


def _is_spoken_of(one: Placed) -> bool:
    mention = one.mention
    return mention.role is not Role.ORIGIN and not (
        mention.is_body or mention.is_excluded or mention.is_qualifier
    )


def _only_one_in(one: Placed, raion: str | None, gazetteer: Gazetteer) -> str | None:
    if raion is None:
        return None
    units = [gazetteer.get(code) for code in one.mention.candidates]
    inside = [unit.code for unit in units if unit is not None and unit.raion == raion]
    return inside[0] if len(inside) == 1 else None


def _listed_raions(
    found: Sequence[Placed], order: Sequence[int], at: int, gazetteer: Gazetteer
) -> set[str]:
    """Return the raions of the names that stand in one list with a name."""
    raions: set[str] = set()
    for step in (-1, 1):
        here = at
        while 0 <= here + step < len(order):
            first, second = sorted((here, here + step))
            if not _are_listed(found[order[first]], found[order[second]]):
                break
            here += step
            unit = unit_of(found[order[here]], gazetteer)
            if unit is not None:
                raions.add(unit.raion or unit.code)
    return raions


def _are_listed(one: Placed, other: Placed) -> bool:
    return 0 < other.mention.start - one.mention.end <= _LISTED_APART


def _decided(one: Placed, code: str) -> Placed:
    first = [weighed for weighed in one.decision.ranked if weighed.code == code]
    others = [weighed for weighed in one.decision.ranked if weighed.code != code]
    decision = msgspec.structs.replace(
        one.decision,
        code=code,
        confidence=confidence_of(MARGIN),
        margin=MARGIN,
        ranked=(*first, *others),
        reason="section",
    )
    return Placed(one.mention, decision)
