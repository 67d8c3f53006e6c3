"""Decides what each mention of one text means, all of them together."""

from collections import Counter
from collections.abc import Callable, Sequence

from vidomo.claims.model import Mention, Role
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level, Unit
from vidomo.places.abroad import is_all_abroad, without_abroad
from vidomo.places.model import Decision, Dominant, Placed, Weighed
from vidomo.places.score import (
    COUNTRY,
    MARGIN,
    RUSSIA,
    Neighbours,
    Setting,
    confidence_of,
    decide,
    unit_of,
    weigh,
)
from vidomo.places.sections import with_sections
from vidomo.places.slip import without_slips
from vidomo.places.unnamed import Towns, but_for_home, definite, dominant_of

_WIDE = frozenset({Level.OBLAST, Level.RAION, Level.HROMADA})
# A district or oblast that the text names says more of where the rest lies than a town does.
_WIDE_WEIGHT = 2
# Letters that tell whether a name is the one of today; how sure nobody can be without it.
_SHARED_START = 3
_LOST = 0.4


def decide_all(
    mentions: Sequence[Mention], gazetteer: Gazetteer, home: Unit | None
) -> tuple[tuple[Placed, ...], Dominant]:
    """Return a decision for every mention, in their order, and the units the text is about.

    Names are weighed twice: first alone, then with the units that the first round decided as
    neighbours. Then names that look like slips lose their decision, and "the city" takes its own
    from what the text is about.
    """
    alone = _decide_each(mentions, lambda _: Setting(gazetteer, home))
    tally = _Tally(alone, gazetteer)
    # Where nobody has a neighbour, weighing again gives the same again.
    placed = (
        _decide_each(
            mentions,
            lambda surface: Setting(gazetteer, home, tally.without(surface), tally.towns),
        )
        if tally.is_shared
        else alone
    )
    if home is None:
        placed = without_abroad(placed, gazetteer)
    placed = with_sections(without_slips(placed, gazetteer, home), gazetteer)
    dominant = dominant_of(placed, gazetteer)
    if home is None and is_all_abroad(placed, gazetteer):
        dominant = Dominant(main=RUSSIA)
    towns = Towns(placed, dominant, gazetteer)
    decided = [definite(one, towns, dominant, home, gazetteer) for one in placed]
    return tuple(but_for_home(decided, home, gazetteer)), dominant


def _decide_each(mentions: Sequence[Mention], setting_of: Callable[[str], Setting]) -> list[Placed]:
    """Decide every mention; what is asked twice is weighed once."""
    known: dict[tuple[object, ...], Decision] = {}
    found = []
    for one in mentions:
        asked = (one.surface, one.candidates, one.qualifiers)
        decision = known.get(asked)
        if decision is None:
            decision = known[asked] = _decide_one(one, setting_of(one.surface))
        found.append(Placed(one, decision))
    return found


def _decide_one(mention: Mention, setting: Setting) -> Decision:
    if not mention.candidates:
        return Decision(code=None)
    foreign = [code for code in mention.candidates if _is_foreign(code, setting.gazetteer)]
    if len(foreign) == len(mention.candidates) == 1:
        return _foreign(foreign[0])
    is_located = any(code != COUNTRY for code in mention.qualifiers)
    ranked = weigh(mention.candidates, mention, setting)
    decision = decide(ranked, setting, is_located=is_located)
    if decision.code is not None and _is_lost_name(mention, decision, setting.gazetteer):
        return Decision(code=None, confidence=_LOST, ranked=ranked, reason="no_context")
    return decision


def _is_lost_name(mention: Mention, decision: Decision, gazetteer: Gazetteer) -> bool:
    """Whether only a name that it no longer bears speaks for a district of a city.

    "Sovetsky district": most cities of Russia have one, and here one city had.
    """
    unit = gazetteer.get(decision.code or "")
    if unit is None or unit.level is not Level.CITY_DISTRICT or decision.ranked[0].context > 0:
        return False
    start = mention.surface[:_SHARED_START].lower()
    return not any(
        name[:_SHARED_START].lower() == start for name in (unit.name, unit.name_ru, unit.name_en)
    )


def _is_foreign(code: str, gazetteer: Gazetteer) -> bool:
    return code in {COUNTRY, RUSSIA} or gazetteer.get(code) is None


def _foreign(code: str) -> Decision:
    ranked = (Weighed(code=code, score=MARGIN),)
    if code in {COUNTRY, RUSSIA}:
        sure = confidence_of(2 * MARGIN)
        return Decision(code=code, confidence=sure, margin=MARGIN, ranked=ranked, reason="single")
    return Decision(code=None, ranked=ranked, reason="foreign")


class _Tally:
    """Weights of the units decided in the first round, by oblast and raion."""

    def __init__(self, placed: Sequence[Placed], gazetteer: Gazetteer) -> None:
        self._all: Counter[tuple[str, str]] = Counter()
        self._own: dict[str, Counter[tuple[str, str]]] = {}
        self._surfaces = {one.mention.surface for one in placed}
        units = (unit_of(one, gazetteer) for one in placed)
        self.towns = frozenset(
            unit.code for unit in units if unit and unit.level in {Level.SETTLEMENT, Level.OBLAST}
        )
        for one in placed:
            unit = unit_of(one, gazetteer)
            if unit is None or one.mention.role is Role.ORIGIN:
                continue
            weight = _WIDE_WEIGHT if unit.level in _WIDE else 1
            own = self._own.setdefault(one.mention.surface, Counter())
            for counter in (self._all, own):
                counter["total", ""] += weight
                counter["oblast", unit.oblast or ""] += weight
                counter["raion", unit.raion or ""] += weight

    @property
    def is_shared(self) -> bool:
        """Whether names with different words were decided, so that some have neighbours."""
        return len(self._own) > 1 or bool(self._own and self._surfaces != set(self._own))

    def without(self, surface: str) -> Neighbours:
        """Return the weights of all mentions but those with the same words."""
        counter = self._all - self._own.get(surface, Counter())
        return Neighbours(
            total=counter["total", ""],
            by_oblast={code: n for (kind, code), n in counter.items() if kind == "oblast" and code},
            by_raion={code: n for (kind, code), n in counter.items() if kind == "raion" and code},
        )
