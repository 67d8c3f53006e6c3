"""The country at one look: the only product that compares places, as coarse as the rule asks."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from vidomo.core.errors import DisclosureForbidden
from vidomo.disclosure.gate import moment_of
from vidomo.disclosure.model import UNSAID
from vidomo.disclosure.officials import said_by_officials
from vidomo.disclosure.phase import Phases
from vidomo.disclosure.policy import Rule, load_policy
from vidomo.disclosure.release import Release
from vidomo.disclosure.sieve import Sieve
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level
from vidomo.situation.model import DimensionState, PlaceState, Situation

_ALERT = "alert"
_ANNOUNCED = frozenset({"all_clear_being_confirmed", "all_clear_announced"})


class UnitView(msgspec.Struct, frozen=True, kw_only=True):
    """Where one unit stands in one dimension, in a list or on a map.

    Attributes:
        code: The unit.
        level: country, oblast, raion, hromada, settlement or city_district.
        dimension: alert, or a supply or service.
        phase: As in a ``DimensionView``; units of which nothing may be said are not there.
        since: Since when; None where it rests on parts or nobody said.
        heard_at: When the newest words behind it were published.
        stale: Whether they are out of date.
        inherited_from: Code of the wider unit that it was said of.
        is_from_parts: Whether it rests on what was said of parts, which are not named.
        is_being_confirmed: Whether an all-clear was announced and is not confirmed.
        speakers: Who says so, in words.
    """

    code: str
    level: str
    dimension: str
    phase: str
    since: datetime | None = None
    heard_at: datetime | None = None
    stale: bool = False
    inherited_from: str | None = None
    is_from_parts: bool = False
    is_being_confirmed: bool = False
    speakers: tuple[str, ...] = ()


class CountryView(msgspec.Struct, frozen=True, kw_only=True):
    """All that may be compared between places: what lists, maps, feeds and bulk data are made of.

    Attributes:
        alerts: Alert states, at once and as fine as the authority names them; every raion of
            an oblast under alert is there, but those that the words take out.
        supplies: Supply and service states of oblasts.
        past: Supply and service states at the grain of their sources, as they were a day ago.
        past_at: The instant that ``past`` is about; None where it is empty for want of one.
    """

    policy: str
    valid_at: datetime
    known_at: datetime
    alerts: tuple[UnitView, ...] = ()
    supplies: tuple[UnitView, ...] = ()
    past: tuple[UnitView, ...] = ()
    past_at: datetime | None = None

    def phases(self, dimension: str, *, level: str) -> dict[str, str]:
        """Return the phase of each unit of a level in one dimension, by code; present ones only."""
        rows = self.alerts if dimension == _ALERT else self.supplies
        return {
            row.code: row.phase for row in rows if row.dimension == dimension and row.level == level
        }


def compare(
    situation: Situation,
    *,
    policy: str = "ua-public",
    gazetteer: Gazetteer,
    now: datetime | None = None,
    releases: Iterable[Release] = (),
    earlier: Situation | None = None,
) -> CountryView:
    """Return what may be compared between places under a public policy.

    Args:
        situation: What holds.
        policy: Name of a bundled policy for the public.
        gazetteer: Units.
        now: When it is shown, as in ``gate``.
        releases: As in ``gate``.
        earlier: What held a day ago as far as it is known now, for the finer past.

    Raises:
        ConfigError: There is no policy of that name.
        DisclosureForbidden: The policy is not for the public, or ``earlier`` is too young.
    """
    moment = moment_of(situation, now)
    rules = load_policy(policy, on=moment.date())
    coarse = rules.rule("product", "power")
    if not rules.is_public or coarse is None:
        raise DisclosureForbidden(
            f"{policy} says nothing of comparing places", hint="name a policy for the public"
        )
    given = tuple(releases)
    shown = said_by_officials(situation, rules)
    sieve = Sieve(shown, rules, units=gazetteer, now=moment, releases=given)
    table = _Table(shown, sieve, gazetteer)
    past: tuple[UnitView, ...] = ()
    if earlier is not None:
        _check_age(earlier, coarse, moment)
        then = said_by_officials(earlier, rules)
        old = Sieve(then, rules, units=gazetteer, now=moment, releases=given, present=shown)
        past = tuple(_Table(then, old, gazetteer).named(coarse.values))
    return CountryView(
        policy=rules.id,
        valid_at=situation.valid_at,
        known_at=situation.known_at,
        alerts=tuple(table.alerts()),
        supplies=tuple(table.oblasts(coarse.values)),
        past=past,
        past_at=earlier.valid_at if earlier is not None else None,
    )


def _check_age(earlier: Situation, rule: Rule, now: datetime) -> None:
    passes_at = rule.until(earlier.valid_at)
    if passes_at is None or passes_at > now:
        raise DisclosureForbidden(
            f"what held at {earlier.valid_at:%d.%m.%Y %H:%M} UTC may not be compared yet",
            hint=f"give a situation at least {rule.hours:g} hours old",
        )


class _Table:
    """Rows of units made of one situation."""

    def __init__(self, situation: Situation, sieve: Sieve, gazetteer: Gazetteer) -> None:
        self._situation, self._sieve, self._gazetteer = situation, sieve, gazetteer
        self._phases = Phases(situation, sieve, gazetteer)

    def alerts(self) -> Iterator[UnitView]:
        """Yield the alert of every unit that somebody named, and of the raions in it."""
        for code in sorted(self._alerted()):
            row = self._row(code, _ALERT)
            if row is not None:
                yield row

    def _alerted(self) -> set[str]:
        found: set[str] = set()
        for place in self._situation.places:
            row = _state(place, _ALERT)
            if row.phase == UNSAID[_ALERT] and not row.notes:
                continue
            found.add(place.place)
            unit = self._gazetteer.get(place.place)
            if unit is not None and unit.level in (Level.COUNTRY, Level.OBLAST):
                found |= set(self._raions(place.place))
        return found

    def _raions(self, code: str) -> Iterator[str]:
        for part in self._gazetteer.children(code):
            unit = self._gazetteer.get(part)
            if unit is not None and unit.level in (Level.OBLAST, Level.RAION):
                yield part
                yield from self._raions(part) if unit.level is Level.OBLAST else ()

    def oblasts(self, dimensions: Iterable[str]) -> Iterator[UnitView]:
        """Yield supply states of oblasts."""
        names = tuple(dimensions)
        for oblast in self._gazetteer.oblasts():
            for name in names:
                row = self._row(oblast.code, name)
                if row is not None:
                    yield row

    def named(self, dimensions: Iterable[str]) -> Iterator[UnitView]:
        """Yield supply states of every unit that a source named."""
        names = tuple(dimensions)
        for place in self._situation.places:
            for name in names:
                row = self._row(place.place, name)
                if row is not None:
                    yield row

    def _row(self, code: str, name: str) -> UnitView | None:
        found = self._phases.dimension(code, name)
        unit = self._gazetteer.get(code)
        if not found.is_said or unit is None:
            return None
        said = (self._sieve.open[claim] for claim in found.said)
        return UnitView(
            code=code,
            level=unit.level.value,
            dimension=found.dimension,
            phase=found.phase,
            since=found.since,
            heard_at=found.heard_at,
            stale=found.stale,
            inherited_from=found.inherited_from,
            is_from_parts=found.is_from_parts,
            is_being_confirmed=any(note.code in _ANNOUNCED for note in found.notes)
            and found.phase != "ended",
            speakers=tuple(dict.fromkeys(item.speaker or item.source for item in said)),
        )


def _state(place: PlaceState, name: str) -> DimensionState:
    found = (row for row in place.dimensions if row.dimension == name)
    return next(found, DimensionState(dimension=name, phase=UNSAID[name]))
