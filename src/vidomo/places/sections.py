"""Decides between namesakes by the raion that their stretch of the text is about."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.model import Role
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level
from vidomo.places.model import Placed
from vidomo.places.score import MARGIN, confidence_of, unit_of

_OPEN = frozenset({"tie", "no_context"})
# Characters between two names of one list: a comma or "and", with blanks.
_LISTED_APART = 4


def with_sections(placed: Sequence[Placed], gazetteer: Gazetteer) -> list[Placed]:
    """Return the decisions, those of namesakes taken from the raion spoken of where they stand.

    "Nikopol raion: Pokrovska and Myrivska communities" of an oblast that has two Pokrovska ones.
    The raion named last before a name tells which is meant, else those it is listed with, where
    they all lie in one raion. Either only where just one namesake lies there.
    """
    found = list(placed)
    waiting = [n for n, one in enumerate(found) if _is_open(one)]
    if not waiting:
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
    return found


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
