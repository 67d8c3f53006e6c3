"""Weighs the units that a name may mean, by additive points."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from vidomo.claims.mentions_words import AROUND
from vidomo.claims.model import Mention
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level, Unit
from vidomo.places.model import Decision, Placed, Weighed

RUSSIA = "RU"
COUNTRY = "UA"

# Points. The order (text's own words, then the source's home, then the neighbours in the text,
# then size) is that of our measurement on all 29,703 settlements: the name alone is right for
# 59 %, with the oblast 82 %, the raion 95 %, the community 99.6 %. A qualifier outweighs all
# the rest together. The sizes of the steps are our
# own choice, docs/decisions/0005-places.md.
QUALIFIER = 20.0
HOME_OBLAST, HOME_RAION, HOME_HROMADA, HOME_ITSELF = 3.0, 2.0, 2.0, 1.0
TEXT_OBLAST, TEXT_RAION, TEXT_LOCATED = 2.0, 1.5, 3.0
PRIOR = {
    Level.COUNTRY: 0.0,
    Level.OBLAST: 2.0,
    Level.RAION: 1.0,
    Level.HROMADA: 0.5,
    Level.SETTLEMENT: 0.0,
    Level.CITY_DISTRICT: 0.5,
}
PRIOR_CAPITAL, PRIOR_OBLAST_SEAT, PRIOR_CITY, PRIOR_TOWN, PRIOR_RUSSIA = 5.0, 4.0, 2.5, 1.0, 3.0
PRIOR_SEAT = 0.5
# A city outweighs the village of its name near another place of the text, where no place in Russia
# has the name too: with its seat's half point by the margin over the raion's share. Not where many
# bear the name: then whoever wrote it knew that it tells nothing by itself.
CITY_OURS, FEW_BEARERS = 0.7, 12
_CITY = "M"
POPULATION_FROM, POPULATION_DECADES = 1000, 3.0

#: Below this distance between the best and the second a tie stays a tie: it is the step from a
#: village to a town, the least difference that we let decide between namesakes of one oblast.
MARGIN = 1.0
# Units whose rank is remembered: those that texts name.
_UNITS_KEPT = 8_000
_ROUNDING = 1e-9
RANKED_KEPT = 20
_CONFIDENCE_SCALE = 2.0
_ALONE = 0.4


class Neighbours(msgspec.Struct, frozen=True):
    """Weights of the units that a text names for certain.

    Attributes:
        total: Sum over all of them.
        by_oblast: Sums by oblast.
        by_raion: Sums by raion.
    """

    total: float = 0.0
    by_oblast: Mapping[str, float] = {}
    by_raion: Mapping[str, float] = {}


class Setting(msgspec.Struct, frozen=True):
    """What a text gives to go by.

    Attributes:
        gazetteer: The units.
        home: Home unit of the source, None when unknown.
        neighbours: Units decided elsewhere in the same text.
        towns: Cities that the text names; None where nobody has looked yet.
    """

    gazetteer: Gazetteer
    home: Unit | None = None
    neighbours: Neighbours = Neighbours()
    towns: frozenset[str] | None = None


def weigh(codes: Iterable[str], mention: Mention, setting: Setting) -> tuple[Weighed, ...]:
    """Return the candidates with their points, best first; equal points in order of code."""
    kept = dict.fromkeys(_but_districts_elsewhere(codes, setting))
    is_ours = RUSSIA not in kept and len(kept) <= FEW_BEARERS
    located = _located(mention, setting.gazetteer)
    found = [_weigh_one(code, mention, setting, located=located, is_ours=is_ours) for code in kept]
    return tuple(sorted(found, key=lambda one: (-one.score, one.code)))


def _but_districts_elsewhere(codes: Iterable[str], setting: Setting) -> list[str]:
    """Leave out the districts of cities that a text does not name beside a raion so called.

    "In Dniprovskyi district" of a text on Dnipropetrovsk oblast is no district of Kyiv.
    """
    found = list(codes)
    units = {code: setting.gazetteer.get(code) for code in found} if setting.towns else {}
    if not any(unit is not None and unit.level is Level.RAION for unit in units.values()):
        return found
    home = setting.home.code if setting.home is not None else ""
    towns = {*(setting.towns or ()), home}
    seats = {unit.seat for unit in units.values() if unit and unit.level is Level.RAION}
    towns = (towns & seats) or towns  # "in Dnipro and Dniprovskyi raion"
    return [
        code
        for code, unit in units.items()
        if unit is None or unit.level is not Level.CITY_DISTRICT or unit.parent in towns
    ]


def decide(ranked: Sequence[Weighed], setting: Setting, *, is_located: bool = False) -> Decision:
    """Return the unit that stands out, or that none does.

    A village that nothing but its name speaks for stays undecided even when no other has the
    name: it is more often a surname, a word or a place abroad than the village.

    The best must lead by ``MARGIN``. Where nothing but size speaks for it (no home, no wider unit,
    no neighbour), it must be a city or no settlement at all: a village does not win by size.

    Args:
        ranked: The candidates, best first.
        setting: What the text gives to go by.
        is_located: Whether the text says in which wider unit the place lies; then a candidate
            must lie there.
    """
    kept = tuple(ranked[:RANKED_KEPT])
    if not ranked:
        return Decision(code=None)
    best = ranked[0]
    if is_located and not any(one.part("qualifier") for one in ranked):
        return Decision(code=None, ranked=kept, reason="elsewhere")
    if len(ranked) == 1:
        if best.context <= 0 and _is_village(best.code, setting.gazetteer):
            return Decision(code=None, confidence=_ALONE, ranked=kept, reason="no_context")
        margin = MARGIN + best.score / 2
        return Decision(
            code=best.code,
            confidence=confidence_of(margin),
            margin=margin,
            ranked=kept,
            reason="single",
        )
    margin = best.score - ranked[1].score
    tied = sum(best.score - one.score < MARGIN - _ROUNDING for one in ranked)
    if margin < MARGIN - _ROUNDING:
        return Decision(code=None, confidence=1 / tied, margin=margin, ranked=kept, reason="tie")
    if best.context <= 0 and not _wins_by_size(best.code, setting.gazetteer):
        return Decision(
            code=None,
            confidence=1 / len(ranked),
            margin=margin,
            ranked=kept,
            reason="no_context",
        )
    return Decision(
        code=best.code,
        confidence=confidence_of(margin),
        margin=margin,
        ranked=kept,
        reason="margin",
    )


def confidence_of(margin: float) -> float:
    """Return 0.5 for a margin of zero, rising towards 1: ``1 - 0.5 exp(-margin / 2)``.

    A shape of our own that is to be replaced by one fitted to labelled posts.
    """
    return 1 - 0.5 * math.exp(-max(margin, 0.0) / _CONFIDENCE_SCALE)


def unit_of(one: Placed, gazetteer: Gazetteer) -> Unit | None:
    """Return the unit inside Ukraine that a mention was decided to mean, None when none."""
    code = one.decision.code
    return gazetteer.get(code) if code and code not in {COUNTRY, RUSSIA} else None


def prior(unit: Unit, gazetteer: Gazetteer) -> float:
    """Return the points of a unit for its rank and size alone."""
    return _prior(unit.code, gazetteer)


@lru_cache(maxsize=_UNITS_KEPT)
def _prior(code: str, gazetteer: Gazetteer) -> float:
    unit = gazetteer.unit(code)
    if unit.category == "K":
        return PRIOR_CAPITAL
    points = PRIOR[unit.level]
    if unit.level is not Level.SETTLEMENT:
        return points
    if _is_seat_of(unit, unit.oblast, gazetteer):
        points = PRIOR_OBLAST_SEAT
    elif unit.category == "M":
        points = PRIOR_CITY + PRIOR_SEAT * _is_seat_of(unit, unit.raion, gazetteer)
    elif unit.category == "X" or _is_seat_of(unit, unit.hromada, gazetteer):
        points = PRIOR_TOWN
    if unit.population and unit.population > POPULATION_FROM:
        points += min(1.0, math.log10(unit.population / POPULATION_FROM) / POPULATION_DECADES)
    return points


def _weigh_one(
    code: str, mention: Mention, setting: Setting, *, located: str | None, is_ours: bool
) -> Weighed:
    gazetteer = setting.gazetteer
    unit = gazetteer.get(code)
    if code == RUSSIA or unit is None:
        is_tied = code in mention.qualifiers
        tied = QUALIFIER * is_tied
        parts = (("qualifier", tied), ("prior", PRIOR_RUSSIA))
        return Weighed(code=code, score=tied + PRIOR_RUSSIA, parts=parts)
    tied = _qualifier_points(code, mention, gazetteer)
    home = _home_points(unit, setting.home)
    text = _text_points(unit, setting.neighbours, located)
    size = prior(unit, gazetteer) + CITY_OURS * (is_ours and unit.category == _CITY)
    return Weighed(
        code=code,
        score=tied + home + text + size,
        parts=(("qualifier", tied), ("home", home), ("text", text), ("prior", size)),
    )


def _qualifier_points(code: str, mention: Mention, gazetteer: Gazetteer) -> float:
    if not mention.qualifiers:
        return 0.0
    wider = [one for one in mention.qualifiers if one not in {COUNTRY, code}]
    return QUALIFIER * sum(
        gazetteer.get(one) is not None and lies_in(code, one, gazetteer) for one in wider
    )


def lies_in(code: str, wider: str, gazetteer: Gazetteer) -> bool:
    """Whether a unit is the other one or lies inside it: Sevastopol in Crimea as well."""
    return gazetteer.within(code, wider) or wider == AROUND.get(code)


def _home_points(unit: Unit, home: Unit | None) -> float:
    if home is None:
        return 0.0
    return (
        HOME_OBLAST * _same(unit.oblast, home.oblast)
        + HOME_RAION * _same(unit.raion, home.raion)
        + HOME_HROMADA * _same(unit.hromada, home.hromada)
        + HOME_ITSELF * (unit.code == home.code)
    )


def _text_points(unit: Unit, neighbours: Neighbours, located: str | None) -> float:
    """Return the points of a unit for the others that the text names.

    Where the text says in which oblast a name lies, only the others of that oblast tell more:
    a staff's summary names towns of five oblasts, and those of one lie close together.
    """
    total = neighbours.by_oblast.get(located, 0.0) if located else neighbours.total
    if total <= 0:
        return 0.0
    raion = neighbours.by_raion.get(unit.raion or "", 0.0)
    if located is not None:
        return TEXT_LOCATED * raion / total * _same(unit.oblast, located)
    oblast = neighbours.by_oblast.get(unit.oblast or "", 0.0) / total
    if oblast < 1.0:
        return TEXT_OBLAST * oblast + TEXT_RAION * raion / total
    return TEXT_OBLAST + TEXT_LOCATED * raion / (sum(neighbours.by_raion.values()) or total)


def _located(mention: Mention, gazetteer: Gazetteer) -> str | None:
    """Return the oblast that a text says a name lies in, None when it says none or a raion too."""
    wider = [one for one in mention.qualifiers if one not in {COUNTRY, RUSSIA}]
    units = [gazetteer.get(one) for one in wider]
    if len(units) == 1 and units[0] is not None and units[0].level is Level.OBLAST:
        return wider[0]
    return None


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _is_seat_of(unit: Unit, above: str | None, gazetteer: Gazetteer) -> bool:
    wider = gazetteer.get(above) if above else None
    return wider is not None and wider.seat == unit.code


@lru_cache(maxsize=_UNITS_KEPT)
def _is_village(code: str, gazetteer: Gazetteer) -> bool:
    unit = gazetteer.get(code)
    return (
        unit is not None and unit.category == "C" and not _is_seat_of(unit, unit.hromada, gazetteer)
    )


def _wins_by_size(code: str, gazetteer: Gazetteer) -> bool:
    unit = gazetteer.get(code)
    return unit is not None and (unit.level is not Level.SETTLEMENT or unit.category in {"M", "K"})
