"""Says which statements sum up what a source told of parts of its own area."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from vidomo.claims.mentions_spans import CITIES
from vidomo.claims.model import Claim, Kind, PlaceRef, Polarity, Role
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level, Unit
from vidomo.places.score import COUNTRY, RUSSIA

# Totals of a day that are of all that a source speaks of, after a single place as well.
_OF_A_DAY = ("response.", "impact.")
_HERE, _SHELTER = ("advice.",), "advice.shelter"
_HARM, _HELP = "harm.", "help."
_CAPITAL = "K"
_OF_THE_SKY = ("alert.", "threat.")
# Levels of a home and of an alert around it, after which the source turns to itself.
_WIDER_ALERTS = frozenset(
    {
        (Level.HROMADA, Level.RAION),
        (Level.HROMADA, Level.OBLAST),
        (Level.SETTLEMENT, Level.OBLAST),
    }
)
_OF_ALERTS = ("alert.", "threat.", "advice.shelter")
# Two names that stand no further apart than "and in" (characters) were told of together.
_TOGETHER = 8


def sums_up_home(
    claim: Claim, places: Sequence[PlaceRef], home: Unit | None, gazetteer: Gazetteer
) -> bool:
    """Whether a statement after others on parts of a source's home is about all of it.

    "A drone fell in A raion, a house burned in B raion. Nobody was hurt": in the whole oblast;
    so are the totals of a day, and the help that a city offers after it spoke of its districts.

    Args:
        claim: A statement that names no place itself.
        places: Those of the sentences before it.
        home: What the source speaks of; None when unknown.
        gazetteer: The units.
    """
    if home is None:
        return False
    if all(_is_away(one, home, gazetteer) for one in places):
        return _comes_home(claim, places, home)
    if not all(_is_part(one, home, gazetteer) for one in places):
        return False
    is_wide = home.level in {Level.OBLAST, Level.RAION} and home.category != _CAPITAL
    is_several = len(places) > 1
    if claim.kind is Kind.BACKGROUND:
        return is_wide and (is_several or claim.topic.startswith(_OF_A_DAY))
    if claim.topic.startswith(_HELP):
        return is_several
    if not claim.topic.startswith(_HARM) or not is_several:
        return False
    return not is_wide or (claim.polarity is Polarity.NEGATED and _are_spread(places))


def are_quarters(
    claim: Claim,
    places: Sequence[PlaceRef],
    home: Unit | None,
    gazetteer: Gazetteer,
    *,
    typed: Collection[int] = (),
) -> bool:
    """Whether what a town names can only be a quarter or a street of it.

    "No water in Zelena": all villages of that name lie in other oblasts, and
    nobody can tell which; what a town tells of is then in the town. Not so of alerts and dangers,
    nor of what is called a village: it stays undecided.

    Args:
        claim: The statement.
        places: Its places.
        home: What the source speaks of; None when unknown.
        gazetteer: The units.
        typed: Where names stand beside a word for what they are ("village").
    """
    if home is None or not places or claim.topic.startswith(_OF_THE_SKY):
        return False
    if home.level is not Level.SETTLEMENT and home.category != _CAPITAL:
        return False
    return all(
        ref.code is None
        and ref.start not in typed
        and bool(ref.candidates)
        and ref.role in {Role.AFFECTED, Role.NEAR}
        and all(_is_far_village(code, home, gazetteer) for code in ref.candidates)
        for ref in places
    )


def turns_from_alert(
    claim: Claim,
    places: Sequence[PlaceRef],
    home: Unit | None,
    gazetteer: Gazetteer,
    *,
    alerted: Collection[int],
) -> bool:
    """Whether a community goes on about itself after an alert of its raion or oblast.

    Args:
        claim: A statement that names no place itself.
        places: Those of the sentences before it.
        home: What the source speaks of; None when unknown.
        gazetteer: The units.
        alerted: Where the places begin that alerts are told of.
    """
    if home is None or len(places) != 1 or claim.topic.startswith(_OF_ALERTS):
        return False
    place = places[0]
    return (
        place.start in alerted
        and (home.level, place.level) in _WIDER_ALERTS
        and place.code is not None
        and gazetteer.within(home.code, place.code)
    )


def _is_far_village(code: str, home: Unit, gazetteer: Gazetteer) -> bool:
    unit = gazetteer.get(code)
    return (
        unit is not None
        and unit.level is Level.SETTLEMENT
        and unit.category not in CITIES
        and (unit.oblast is None or unit.oblast != home.oblast)
    )


def _comes_home(claim: Claim, places: Sequence[PlaceRef], home: Unit) -> bool:
    """Whether a town turns back to itself after it told of places elsewhere.

    What it asks of its people and offers them is for them; shelter is where the danger flies.
    """
    if home.level is not Level.SETTLEMENT and home.category != _CAPITAL:
        return False
    if claim.topic.startswith((*_HERE, _HELP)) and claim.topic != _SHELTER:
        return True
    return len(places) > 1 and claim.topic.startswith(_HARM)


def _is_away(place: PlaceRef, home: Unit, gazetteer: Gazetteer) -> bool:
    code = place.code
    if code is None or code in {COUNTRY, RUSSIA} or gazetteer.get(code) is None:
        return False
    area = home.hromada or home.code
    return not (gazetteer.within(code, area) or gazetteer.within(home.code, code))


def _is_part(place: PlaceRef, home: Unit, gazetteer: Gazetteer) -> bool:
    code = place.code
    if code is None or code in {home.code, COUNTRY, RUSSIA}:
        return False
    return gazetteer.within(code, home.code)


def _are_spread(places: Sequence[PlaceRef]) -> bool:
    """Whether each of several places was told of by itself."""
    return any(
        other.start - one.end > _TOGETHER for one, other in pairwise(sorted(places, key=_start))
    )


def _start(place: PlaceRef) -> int:
    return place.start
