"""Says what a text is about, and so what it means by "the city"."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vidomo.claims.mentions_spans import CITIES
from vidomo.claims.mentions_words import words
from vidomo.claims.model import Mention, Role
from vidomo.claims.word_sets import word_key
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level, Unit
from vidomo.places.body import lift
from vidomo.places.model import Decision, Dominant, Placed
from vidomo.places.score import COUNTRY, RUSSIA, unit_of

_DEFINITE = {
    "town": Level.SETTLEMENT,
    "hromada": Level.HROMADA,
    "raion": Level.RAION,
    "oblast": Level.OBLAST,
}
# "All clear everywhere": in all that a local source speaks of, else in the country.
_EVERYWHERE = "everywhere"
# A body says where its speaker sits, which is a little less than where something happens.
_BODY_WEIGHT = 0.75
# A town that a text named more often than this is what it is about, where it named another one
# once, and so many characters ago.
_OFTEN, _LONG_AGO = 1, 150
_FIRST_BONUS = 0.5
_LEVELS = tuple(Level)
# Below this share of all towns named, no single town is what a text is about; our own choice.
_MAIN_SHARE = 0.5
# Of two oblasts named once each, the first one is not what the text is about.
_OBLAST_SHARE = 0.65
_DEFINITE_CONFIDENCE, _HOME_CONFIDENCE = 0.75, 0.6


def dominant_of(placed: Iterable[Placed], gazetteer: Gazetteer) -> Dominant:
    """Return the units that a text is about: the most named, the first named on a tie."""
    weights: dict[Level, dict[str, float]] = {level: {} for level in _LEVELS}
    is_first = True
    for one in placed:
        unit = unit_of(one, gazetteer)
        if unit is None or one.mention.is_excluded or one.mention.role is Role.ORIGIN:
            continue
        weight = _BODY_WEIGHT if one.mention.is_body else 1.0 + _FIRST_BONUS * is_first
        is_first = is_first and one.mention.is_body
        level = Level.SETTLEMENT if _is_town(unit) else unit.level
        weights[level][unit.code] = weights[level].get(unit.code, 0.0) + weight
    found = {level: _heaviest(codes) for level, codes in weights.items()}
    district = found[Level.CITY_DISTRICT]
    settlement = found[Level.SETTLEMENT] or _above(district, Level.SETTLEMENT, gazetteer)
    hromada = found[Level.HROMADA] or _above(settlement, Level.HROMADA, gazetteer)
    raion = found[Level.RAION] or _above(hromada or settlement, Level.RAION, gazetteer)
    oblast = found[Level.OBLAST] or _above(raion or hromada or settlement, Level.OBLAST, gazetteer)
    main = settlement or found[Level.HROMADA] or found[Level.RAION] or found[Level.OBLAST]
    oblasts = weights[Level.OBLAST]
    if main in oblasts and oblasts[main] < _OBLAST_SHARE * sum(oblasts.values()):
        main = None
    towns = weights[Level.SETTLEMENT]
    if towns and max(towns.values()) < _MAIN_SHARE * sum(towns.values()):
        main = _shared_oblast(towns, gazetteer)
    return Dominant(settlement, hromada, raion, oblast, main)


class Towns:
    """What "the city" means at each point of a text.

    Attributes:
        has_hromada: Whether the text names a community.
    """

    def __init__(self, placed: Sequence[Placed], dominant: Dominant, gazetteer: Gazetteer) -> None:
        self._starts: list[int] = []
        self._codes: list[str] = []
        self.has_hromada = False
        seat = None
        self._named: list[tuple[int, bool]] = []
        self._oblasts: list[tuple[int, str]] = []
        self._speakers: list[tuple[int, str]] = []
        for one in sorted(placed, key=lambda one: one.mention.start):
            unit = unit_of(one, gazetteer)
            is_abroad = one.decision.code == RUSSIA and one.mention.kind != Level.COUNTRY.value
            if (unit is not None or is_abroad) and _is_place_of_the_text(one.mention):
                self._named.append((one.mention.start, is_abroad))
            if unit is None:
                continue
            self._note_oblast(one.mention, unit)
            is_named = bool(one.mention.candidates) and not one.mention.is_body
            self.has_hromada |= unit.level is Level.HROMADA and is_named
            if one.mention.is_body and _is_town(unit):
                # "The mayor of X said that in the city ..."
                self._starts.append(one.mention.start)
                self._codes.append(unit.code)
                self._named.append((one.mention.start, False))
            elif one.mention.is_body:
                seat = seat or (lift(unit, Level.SETTLEMENT) if _is_local(unit) else None)
            elif _is_town(unit) and _is_place_of_the_text(one.mention):
                self._starts.append(one.mention.start)
                self._codes.append(unit.code)
            elif unit.level is Level.HROMADA and _is_place_of_the_text(one.mention):
                # "In Sumy community a drone fell. In the city ...": its seat, where none is named.
                town = lift(unit, Level.SETTLEMENT)
                if town and not self._starts:
                    self._starts.append(one.mention.start)
                    self._codes.append(town)
        self._otherwise = dominant.settlement or seat

    def _note_oblast(self, mention: Mention, unit: Unit) -> None:
        if oblast := _oblast_named(mention, unit):
            self._oblasts.append((mention.start, oblast))
        elif mention.is_body and unit.level is Level.OBLAST and unit.seat:
            self._speakers.append((mention.start, unit.seat))

    def meant_at(self, offset: int) -> str | None:
        """Return the last town named before an offset, else the main one, else a body's seat.

        "The head of Zaporizhzhia administration: bombs fell on the city. In Nikopol raion ...":
        the city of the one who speaks.
        """
        before = bisect_left(self._starts, offset)
        if before:
            last, told = self._codes[before - 1], self._codes[:before]
            main = self._otherwise
            is_far = offset - self._starts[before - 1] > _LONG_AGO
            is_aside = is_far and told.count(last) == 1 and told.count(main or "") > _OFTEN
            return main if is_aside else last
        spoken = bisect_left(self._speakers, (offset, ""))
        return self._speakers[spoken - 1][1] if spoken else self._otherwise

    def oblast_at(self, offset: int) -> str | None:
        """Return the last oblast named before an offset, None where none was."""
        before = bisect_left(self._oblasts, (offset, ""))
        return self._oblasts[before - 1][1] if before else None

    def is_abroad_at(self, offset: int) -> bool:
        """Whether the last place named before an offset lies in Russia."""
        before = bisect_left(self._named, (offset, False))
        return before > 0 and self._named[before - 1][1]


def definite(
    one: Placed, towns: Towns, dominant: Dominant, home: Unit | None, gazetteer: Gazetteer
) -> Placed:
    """Return a decision for a type word that stands for a place without naming it."""
    mention = one.mention
    if mention.kind == _EVERYWHERE:
        here = home.code if home is not None else COUNTRY
        return Placed(mention, Decision(code=here, confidence=_HOME_CONFIDENCE, reason="definite"))
    level = _DEFINITE.get(mention.kind)
    if mention.candidates or level is None or one.decision.code is not None:
        return one
    is_small = home is not None and home.level is Level.SETTLEMENT
    if level is Level.HROMADA and home is not None and is_small and not towns.has_hromada:
        # A town that speaks of "the community" speaks of itself.
        return Placed(
            mention,
            Decision(code=home.code, confidence=_HOME_CONFIDENCE, reason="definite"),
        )
    if home is None and towns.is_abroad_at(mention.start):
        there = Decision(code=RUSSIA, confidence=_DEFINITE_CONFIDENCE, reason="definite")
        return Placed(mention, there)
    is_town = level is Level.SETTLEMENT
    code = towns.meant_at(mention.start) if is_town else getattr(dominant, level.value)
    sure = _DEFINITE_CONFIDENCE
    if (
        is_town
        and home is not None
        and _is_city(home)
        and _is_called_city(mention, code, gazetteer)
    ):
        code, sure = home.code, _HOME_CONFIDENCE
    if level is Level.OBLAST and home is None:
        code = towns.oblast_at(mention.start) or code
    if code is None and home is not None:
        code, sure = home_at(home, level), _HOME_CONFIDENCE
    if code is not None and level is Level.OBLAST:
        code = _around(gazetteer.unit(code), gazetteer)
    if code is None:
        return one
    return Placed(mention, Decision(code=code, confidence=sure, reason="definite"))


def _is_called_city(mention: Mention, code: str | None, gazetteer: Gazetteer) -> bool:
    """Whether a text of a city says "the city" after it named a village."""
    word = words().kinds.get(word_key(mention.surface))
    unit = gazetteer.get(code) if code else None
    is_city = word is not None and not word.categories.isdisjoint(CITIES)
    return is_city and (unit is None or not _is_city(unit))


def _is_city(unit: Unit) -> bool:
    return unit.category in CITIES


def but_for_home(
    placed: Sequence[Placed], home: Unit | None, gazetteer: Gazetteer
) -> Iterator[Placed]:
    """Give the decisions; "everywhere except X" of a source at X is nowhere that can be told."""
    is_out = home is not None and any(
        one.mention.is_excluded
        and one.decision.code is not None
        and gazetteer.get(one.decision.code) is not None
        and gazetteer.within(home.code, one.decision.code)
        for one in placed
    )
    for one in placed:
        is_hit = is_out and one.mention.kind == _EVERYWHERE
        yield Placed(one.mention, Decision(code=None)) if is_hit else one


def _around(unit: Unit, gazetteer: Gazetteer) -> str | None:
    """Return an oblast, for a city with the rank of one the oblast that has its seat there.

    "All clear in Kyiv, in the oblast the alert goes on."
    """
    if unit.category != "K":
        return unit.code
    return next(
        (one.code for one in gazetteer.oblasts() if unit.code == one.seat != one.code), None
    )


def _shared_oblast(codes: Iterable[str], gazetteer: Gazetteer) -> str | None:
    """Return the oblast that all of several units lie in, None when they lie in more than one."""
    oblasts = {gazetteer.unit(code).oblast for code in codes}
    return oblasts.pop() if len(oblasts) == 1 else None


def _oblast_named(mention: Mention, unit: Unit) -> str | None:
    """Return the oblast that a name brings up: its own, or that of a town of the text."""
    if not mention.candidates or mention.is_body:
        return None
    if unit.level is Level.OBLAST:
        return unit.code
    return unit.oblast if _is_town(unit) and _is_place_of_the_text(mention) else None


def _is_local(unit: Unit) -> bool:
    return unit.level in {Level.HROMADA, Level.RAION}


def _is_town(unit: Unit) -> bool:
    return unit.level is Level.SETTLEMENT or unit.category == "K"


def _is_place_of_the_text(mention: Mention) -> bool:
    return mention.role in {Role.AFFECTED, Role.NEAR} and not (
        mention.is_qualifier or mention.is_excluded
    )


def home_at(home: Unit, level: Level) -> str | None:
    """Return the home at a level, where the home is of that level or lies inside one."""
    if level is Level.SETTLEMENT and home.level not in {Level.SETTLEMENT, Level.HROMADA}:
        return home.code if home.category == "K" else None
    return lift(home, level)


def _above(code: str | None, level: Level, gazetteer: Gazetteer) -> str | None:
    unit = gazetteer.get(code) if code else None
    return lift(unit, level) if unit is not None else None


def _heaviest(weights: Mapping[str, float]) -> str | None:
    """Return the code with the most weight, the first named on a tie."""
    return max(weights, key=lambda code: weights[code]) if weights else None
