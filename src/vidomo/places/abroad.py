"""Doubts names that may lie abroad because the rest of their text does."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.model import Role
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level, Unit
from vidomo.places.model import Placed, Weighed
from vidomo.places.score import RUSSIA, unit_of

_CONFIDENCE = 0.4
_COUNTRY, _OBLAST = "country", "oblast"
# Reasons for which a name stays open that may as well be the name of a place in Russia.
_OPEN = frozenset({"tie", "no_context", "elsewhere"})
_DEFINITE = frozenset({"town", "hromada", "raion", "oblast"})
_SHARED_START = 2
# Letters that a city of Russia shares with the adjective of its oblast.
_SHARED_STEM = 5


def without_abroad(placed: Sequence[Placed], gazetteer: Gazetteer) -> list[Placed]:
    """Take back decisions inside Ukraine in a text whose other places lie in Russia.

    Where the text names no place that is surely in Ukraine, such a name is taken for the one in
    Russia, with little confidence; beside one that is, it stays open.

    Applies to texts of sources without a home that name a place in Russia (the state itself and
    launch areas do not count). An oblast, and a city under its own name, are kept, and so is what
    lies in the oblast of one of those; a district, a village, or a city under a name that it no
    longer bears may as well be the namesake across the border: "the Kamensky district" of Rostov
    oblast is none of ours.
    """
    if not any(_is_in_russia(one) for one in placed):
        return list(placed)
    placed = _as_their_oblasts(placed)
    if is_all_abroad(placed, gazetteer):
        return [_taken_abroad(one) for one in placed]
    units = [unit_of(one, gazetteer) for one in placed]
    sure = [
        unit is not None and _is_unmistakable(one, unit)
        for one, unit in zip(placed, units, strict=True)
    ]
    inside = {
        unit.oblast
        for unit, is_sure in zip(units, sure, strict=True)
        if unit is not None and is_sure
    }
    code = None if inside else RUSSIA
    told = [
        one if unit is None or is_sure or unit.oblast in inside else _doubted(one, code)
        for one, unit, is_sure in zip(placed, units, sure, strict=True)
    ]
    return [_taken_abroad(one) for one in told] if is_all_abroad(told, gazetteer) else told


def _as_their_oblasts(placed: Sequence[Placed]) -> list[Placed]:
    """Take an open name for the seat of the oblast of Russia that the text calls after it.

    "Over Voronezh oblast ... over Voronezh": no village of that name is meant.
    """
    stems = {
        one.mention.surface[:_SHARED_STEM].lower()
        for one in placed
        if _is_in_russia(one) and one.mention.kind == _OBLAST
    }
    return [
        _doubted(one, RUSSIA)
        if one.decision.reason in _OPEN
        and RUSSIA in one.mention.candidates
        and one.mention.surface[:_SHARED_STEM].lower() in stems
        else one
        for one in placed
    ]


def is_all_abroad(placed: Sequence[Placed], gazetteer: Gazetteer) -> bool:
    """Whether a text names a place in Russia, and none that was decided to lie in Ukraine."""
    return any(_is_in_russia(one) for one in placed) and not any(
        unit_of(one, gazetteer) is not None for one in placed
    )


def _taken_abroad(one: Placed) -> Placed:
    """Return an open name, or "the city", of a text that is all about Russia as one in Russia."""
    mention, reason = one.mention, one.decision.reason
    is_open = reason in _OPEN if mention.candidates else mention.kind in _DEFINITE
    if one.decision.code is not None or not is_open or mention.is_body:
        return one
    return _doubted(one, RUSSIA)


def _is_in_russia(one: Placed) -> bool:
    mention = one.mention
    return (
        one.decision.code == RUSSIA and mention.kind != _COUNTRY and mention.role is not Role.ORIGIN
    )


def _is_unmistakable(one: Placed, unit: Unit) -> bool:
    if one.mention.qualifiers or unit.level is Level.OBLAST:
        return True
    if unit.category != "M":
        return False
    start = one.mention.surface[:_SHARED_START].lower()
    return any(
        name[:_SHARED_START].lower() == start for name in (unit.name, unit.name_ru, unit.name_en)
    )


def _doubted(one: Placed, code: str | None) -> Placed:
    ranked = (*one.decision.ranked, Weighed(code=RUSSIA, score=0.0))
    decision = msgspec.structs.replace(
        one.decision, code=code, confidence=_CONFIDENCE, reason="abroad", ranked=ranked
    )
    return Placed(one.mention, decision)
