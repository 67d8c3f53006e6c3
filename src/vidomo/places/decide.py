"""Decides what each mention of one text means, all of them together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from vidomo.claims.model import Mention, Role
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level, Unit
from vidomo.places.body import lift
from vidomo.places.model import Decision, Weighed
from vidomo.places.score import (
    COUNTRY,
    MARGIN,
    RUSSIA,
    WIDE_NEIGHBOUR,
    Neighbour,
    Setting,
    confidence_of,
    decide,
    weigh,
)
from vidomo.places.slip import are_near

_DEFINITE = {
    "town": Level.SETTLEMENT,
    "hromada": Level.HROMADA,
    "raion": Level.RAION,
    "oblast": Level.OBLAST,
}
_WIDE = frozenset({Level.OBLAST, Level.RAION, Level.HROMADA})
_BODY_WEIGHT = 0.75
_FIRST_BONUS = 0.5
# Two names this close together (in characters) are a list: the writer meant both.
_LIST_REACH = 40
_SLIP_CONFIDENCE = 0.3
# How much of the text must speak for the other oblast before a name there is doubted.
_SLIP_RATIO = 2.0
_DEFINITE_CONFIDENCE, _HOME_CONFIDENCE = 0.75, 0.6


class Placed(msgspec.Struct, frozen=True):
    """A mention with its decision."""

    mention: Mention
    decision: Decision


class Dominant(msgspec.Struct, frozen=True):
    """The units that a text is about, one for each level; None where it has none."""

    settlement: str | None = None
    hromada: str | None = None
    raion: str | None = None
    oblast: str | None = None
    main: str | None = None


def decide_all(
    mentions: Sequence[Mention], gazetteer: Gazetteer, home: Unit | None
) -> tuple[tuple[Placed, ...], Dominant]:
    """Return a decision for every mention, in their order, and the units the text is about.

    Names are weighed twice: first alone, then with the units that the first round decided as
    neighbours. Then names that look like slips lose their decision, and "the city" takes its own
    from what the text is about.
    """
    alone = [_decide_one(one, Setting(gazetteer, home)) for one in mentions]
    placed = [
        _decide_one(one.mention, Setting(gazetteer, home, _neighbours(alone, one, gazetteer)))
        for one in alone
    ]
    placed = [_doubt(one, placed, gazetteer, home) for one in placed]
    dominant = dominant_of(placed, gazetteer)
    return tuple(_definite(one, placed, dominant, gazetteer, home) for one in placed), dominant


def dominant_of(placed: Iterable[Placed], gazetteer: Gazetteer) -> Dominant:
    """Return the units that a text is about: the most named, the first named on a tie."""
    weights: dict[Level, dict[str, float]] = {level: {} for level in Level}
    is_first = True
    for one in placed:
        unit = _unit(one, gazetteer)
        if unit is None or one.mention.is_excluded or one.mention.role is Role.ORIGIN:
            continue
        weight = _BODY_WEIGHT if one.mention.is_body else 1.0 + _FIRST_BONUS * is_first
        is_first = is_first and one.mention.is_body
        level = Level.SETTLEMENT if unit.category == "K" else unit.level
        weights[level][unit.code] = weights[level].get(unit.code, 0.0) + weight
    found = {level: _heaviest(codes) for level, codes in weights.items()}
    district = found[Level.CITY_DISTRICT]
    settlement = found[Level.SETTLEMENT] or _above(district, Level.SETTLEMENT, gazetteer)
    hromada = found[Level.HROMADA] or _above(settlement, Level.HROMADA, gazetteer)
    raion = found[Level.RAION] or _above(hromada or settlement, Level.RAION, gazetteer)
    oblast = found[Level.OBLAST] or _above(raion or hromada or settlement, Level.OBLAST, gazetteer)
    main = settlement or found[Level.HROMADA] or found[Level.RAION] or found[Level.OBLAST]
    return Dominant(settlement, hromada, raion, oblast, main)


def _decide_one(mention: Mention, setting: Setting) -> Placed:
    if not mention.candidates:
        return Placed(mention, Decision(code=None))
    foreign = [code for code in mention.candidates if _is_foreign(code, setting.gazetteer)]
    if len(foreign) == len(mention.candidates) == 1:
        return Placed(mention, _foreign(foreign[0]))
    is_located = any(code != COUNTRY for code in mention.qualifiers)
    ranked = weigh(mention.candidates, mention, setting)
    return Placed(mention, decide(ranked, setting, is_located=is_located))


def _is_foreign(code: str, gazetteer: Gazetteer) -> bool:
    return code in {COUNTRY, RUSSIA} or gazetteer.get(code) is None


def _foreign(code: str) -> Decision:
    ranked = (Weighed(code=code, score=MARGIN),)
    if code in {COUNTRY, RUSSIA}:
        sure = confidence_of(2 * MARGIN)
        return Decision(code=code, confidence=sure, margin=MARGIN, ranked=ranked, reason="single")
    return Decision(code=None, ranked=ranked, reason="foreign")


def _neighbours(
    placed: Sequence[Placed], around: Placed, gazetteer: Gazetteer
) -> tuple[Neighbour, ...]:
    found = []
    for one in placed:
        unit = _unit(one, gazetteer)
        if one is around or unit is None or one.mention.role is Role.ORIGIN:
            continue
        if one.mention.surface != around.mention.surface:
            found.append(Neighbour(unit, WIDE_NEIGHBOUR if unit.level in _WIDE else 1.0))
    return tuple(found)


def _doubt(
    one: Placed, placed: Sequence[Placed], gazetteer: Gazetteer, home: Unit | None
) -> Placed:
    """Take back the decision of a name that looks like a slip for what the text is about."""
    unit = _unit(one, gazetteer)
    if unit is None or unit.level is not Level.SETTLEMENT or one.mention.qualifiers:
        return one
    others = [
        (other, its)
        for other in placed
        if other is not one and (its := _unit(other, gazetteer)) is not None
    ]
    if home is not None and home.oblast == unit.oblast:
        return one
    if any(its.oblast == unit.oblast for _, its in others):
        return one
    near = Counter(
        its.code
        for other, its in others
        if its.level is Level.SETTLEMENT
        and are_near(unit.name, its.name)
        and abs(other.mention.start - one.mention.start) > _LIST_REACH
    )
    if not near:
        return one
    meant = near.most_common(1)[0][0]
    meant_unit = gazetteer.unit(meant)
    speaking = sum(its.oblast == meant_unit.oblast for _, its in others)
    speaking += home is not None and home.oblast == meant_unit.oblast
    if speaking < _SLIP_RATIO:
        return one
    decision = msgspec.structs.replace(
        one.decision,
        code=None,
        confidence=_SLIP_CONFIDENCE,
        reason="slip",
        ranked=(
            *(weighed for weighed in one.decision.ranked if weighed.code == unit.code),
            Weighed(code=meant, score=0.0),
        ),
    )
    return Placed(one.mention, decision)


def _definite(
    one: Placed,
    placed: Sequence[Placed],
    dominant: Dominant,
    gazetteer: Gazetteer,
    home: Unit | None,
) -> Placed:
    mention = one.mention
    level = _DEFINITE.get(mention.kind)
    if mention.candidates or level is None:
        return one
    if level is Level.SETTLEMENT:
        code = _town(mention, placed, dominant, gazetteer)
    else:
        code = getattr(dominant, level.value)
    sure = _DEFINITE_CONFIDENCE
    if code is None and home is not None:
        code, sure = home_at(home, level), _HOME_CONFIDENCE
    if code is None:
        return one
    return Placed(mention, Decision(code=code, confidence=sure, reason="definite"))


def _town(
    mention: Mention, placed: Sequence[Placed], dominant: Dominant, gazetteer: Gazetteer
) -> str | None:
    """Return the town meant by "the city": the last one named before it, else the main one."""
    towns = [
        (other.mention.start, unit.code)
        for other in placed
        if (unit := _unit(other, gazetteer)) is not None
        and (unit.level is Level.SETTLEMENT or unit.category == "K")
        and other.mention.role in {Role.AFFECTED, Role.NEAR}
        and not (other.mention.is_qualifier or other.mention.is_excluded or other.mention.is_body)
    ]
    before = [code for start, code in towns if start < mention.start]
    if before:
        return before[-1]
    if dominant.settlement:
        return dominant.settlement
    bodies = (
        lift(unit, Level.SETTLEMENT)
        for other in placed
        if other.mention.is_body
        and (unit := _unit(other, gazetteer)) is not None
        and unit.level in {Level.HROMADA, Level.RAION}
    )
    return next((code for code in bodies if code), None)


def home_at(home: Unit, level: Level) -> str | None:
    """Return the home at a level, where the home is of that level or lies inside one."""
    if level is Level.SETTLEMENT and home.level not in {Level.SETTLEMENT, Level.HROMADA}:
        return home.code if home.category == "K" else None
    return lift(home, level)


def _unit(one: Placed, gazetteer: Gazetteer) -> Unit | None:
    code = one.decision.code
    return gazetteer.get(code) if code and code not in {COUNTRY, RUSSIA} else None


def _above(code: str | None, level: Level, gazetteer: Gazetteer) -> str | None:
    unit = gazetteer.get(code) if code else None
    return lift(unit, level) if unit is not None else None


def _heaviest(weights: Mapping[str, float]) -> str | None:
    """Return the code with the most weight, the first named on a tie."""
    return max(weights, key=lambda code: weights[code]) if weights else None
