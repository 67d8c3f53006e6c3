"""Says when a new paragraph turns back from the parts of a place to all of it."""

from collections.abc import Iterable

from vidomo.claims.model import PlaceRef, Role
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level
from vidomo.places.model import Placed
from vidomo.places.score import COUNTRY, RUSSIA

_CAPITAL = "K"
_HERE = frozenset({Role.AFFECTED, Role.NEAR})


def returned(
    places: tuple[PlaceRef, ...], placed: Iterable[Placed], gazetteer: Gazetteer
) -> tuple[PlaceRef, ...]:
    """Return the wider place that a paragraph without a place of its own is about.

    "Drones hit Kharkiv. Damage in X and Y districts." Then, in a new paragraph, "Nine people were
    hurt": in Kharkiv. So after several places of any sort, and after one district of a city; a
    single town, raion or oblast goes on. Without a wider place told of before, all stay.

    Args:
        places: Those of the last sentence that named any.
        placed: All mentions of the text, decided.
        gazetteer: The units.
    """
    if not places or any(ref.role not in _HERE for ref in places):
        return places
    is_part = len(places) == 1 and places[0].level == Level.CITY_DISTRICT
    if len(places) == 1 and not is_part:
        return places
    codes = [ref.code for ref in places if ref.code is not None]
    if len(codes) < len(places) or RUSSIA in codes or COUNTRY in codes:
        return places
    start = min(ref.start for ref in places)
    before = [one for one in placed if one.mention.end <= start and _may_be_meant(one)]
    before.sort(key=_start)
    if not before or before[0].decision.code in codes:
        return places  # the text is about them
    for one in reversed(before):
        wide = one.decision.code
        if not wide or (is_part and not _is_town(wide, gazetteer)):
            continue
        if all(_lies_in(code, wide, gazetteer) for code in codes):
            return (_ref(one, wide, gazetteer),)
    return places


def _may_be_meant(one: Placed) -> bool:
    mention = one.mention
    return mention.role in _HERE and not (
        mention.is_body or mention.is_excluded or mention.is_qualifier
    )


def _is_town(code: str, gazetteer: Gazetteer) -> bool:
    unit = gazetteer.get(code)
    return unit is not None and (unit.level is Level.SETTLEMENT or unit.category == _CAPITAL)


def _start(one: Placed) -> int:
    return one.mention.start


def _lies_in(code: str, wide: str, gazetteer: Gazetteer) -> bool:
    if wide in {code, RUSSIA}:
        return False
    return wide == COUNTRY or (gazetteer.get(wide) is not None and gazetteer.within(code, wide))


def _ref(one: Placed, code: str, gazetteer: Gazetteer) -> PlaceRef:
    level = Level.COUNTRY if code == COUNTRY else gazetteer.unit(code).level
    return PlaceRef(
        code=code,
        level=level.value,
        name="" if code == COUNTRY else gazetteer.label(code),
        surface=one.mention.surface,
        role=Role.AFFECTED,
        confidence=round(one.decision.confidence, 3),
        start=one.mention.start,
        end=one.mention.end,
    )
