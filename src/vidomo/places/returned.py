"""Says when a text turns back from the parts of a place to all of it."""

from collections.abc import Iterable

from vidomo.claims.carrying import PAST_PARAGRAPH
from vidomo.claims.model import Claim, Kind, PlaceRef, Role
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level
from vidomo.places.model import Placed
from vidomo.places.score import COUNTRY, RUSSIA

_CAPITAL = "K"
_SEVERAL = "several"
# What a whole town or oblast has together.
_LINES = "service.transport."
_FOR_ALL = ("service.", "power.", "alert.start", "help.phone")
_HERE = frozenset({Role.AFFECTED, Role.NEAR})


class Told:
    """What a text names, decided, in its order.

    Attributes:
        gazetteer: The units.
    """

    def __init__(self, placed: Iterable[Placed], gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._placed = sorted((one for one in placed if _may_be_meant(one)), key=_start)

    def before(self, offset: int) -> list[Placed]:
        """Return the places of the text that are named before an offset."""
        return [one for one in self._placed if one.mention.end <= offset]


def returned(
    claim: Claim, places: tuple[PlaceRef, ...], told: Told, *, has_home: bool
) -> tuple[PlaceRef, ...]:
    """Return the wider place that a statement without a place of its own is about.

    "Drones hit Kharkiv. Damage in X and Y districts." Then, in a new paragraph, "Nine people were
    hurt": in Kharkiv. So after several places of any sort, and after one district of a city; a
    single town, raion or oblast goes on. Services and schedules of a local source are for all
    that it began with. Without a wider place told of before, all stay.

    Args:
        claim: A statement that an earlier sentence gave its places.
        places: Those of the last sentence that named any.
        told: All mentions of the text, decided.
        has_home: Whether the source speaks of a place of its own.
    """
    codes = [ref.code for ref in places if ref.code is not None]
    if (
        not places
        or len(codes) < len(places)
        or any(ref.role not in _HERE for ref in places)
        or not {RUSSIA, COUNTRY}.isdisjoint(codes)
    ):
        return places
    gazetteer = told.gazetteer
    before = told.before(min(ref.start for ref in places))
    lead = before[0].decision.code if before else None
    if not before or lead in codes:
        return places  # the text is about them
    began_wide = lead is not None and all(_lies_in(code, lead, gazetteer) for code in codes)
    level = places[0].level if len(places) == 1 else _SEVERAL
    is_city = all(ref.level == Level.CITY_DISTRICT for ref in places)
    if not _gives_way(claim, level, began_wide=began_wide, has_home=has_home, is_city=is_city):
        return places
    for one in reversed(before):
        wide = one.decision.code
        if not wide or (level == Level.CITY_DISTRICT and not _is_town(wide, gazetteer)):
            continue
        if all(_lies_in(code, wide, gazetteer) for code in codes):
            return (_ref(one, wide, gazetteer),)
    return places


def _gives_way(
    claim: Claim, level: str, *, began_wide: bool, has_home: bool, is_city: bool
) -> bool:
    if PAST_PARAGRAPH in claim.rules:
        return level in {_SEVERAL, Level.CITY_DISTRICT}
    if claim.kind is Kind.BACKGROUND and began_wide and level == _SEVERAL:
        return True  # totals of a day: "Nikopol raion. In a day 14 strikes on A and B. One died"
    if claim.topic.startswith(_LINES) and level in {_SEVERAL, Level.CITY_DISTRICT} and is_city:
        return True  # tram lines run through the whole city
    is_for_all = claim.topic.startswith(_FOR_ALL) and claim.kind is not Kind.UNKNOWN
    return began_wide and has_home and is_for_all


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
