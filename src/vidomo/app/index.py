"""The index of places: which reports can matter to one, so that its state reads no others."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import TypedDict

import msgspec

from vidomo.app.index_making import Making
from vidomo.app.index_rows import ASKING, HEARD, MOVING, SUPPLY, micros, state_from
from vidomo.app.index_words import Words
from vidomo.situation.hierarchy import Units
from vidomo.situation.local import fed, page_of_place, spread, state_of_place
from vidomo.situation.model import DimensionState, PlaceState
from vidomo.situation.rules import dimension_rules
from vidomo.situation.spread import WITHOUT
from vidomo.sources.model import Poll
from vidomo.sources.registry import Registry
from vidomo.store.derived import PhaseRow
from vidomo.store.sqlite import SqliteJournal


class _At(TypedDict):
    """The two instants of a question, in microseconds."""

    valid_at: int
    known_at: int


class PlaceIndex:
    """The derived tables of a house, kept up with its journal and asked for one place.

    Args:
        journal: The journal that it is derived from and lies in.
        gazetteer: Units and their wider units.
        registry_at: Bodies and sources as registered by an instant.
    """

    def __init__(
        self,
        journal: SqliteJournal,
        *,
        gazetteer: Units,
        registry_at: Callable[[datetime], Registry],
    ) -> None:
        self._gazetteer = gazetteer
        self._words = Words(journal, gazetteer=gazetteer, registry_at=registry_at)
        self._making = Making(journal, self._words)
        self.tables = self._words.tables
        self._tree = self._words.tree
        self._below: tuple[int, dict[str, list[str]]] = (-1, {})

    def catch_up(self) -> frozenset[str]:
        """Derive what the newest records change; return the units of which anything changed."""
        return self._making.catch_up()

    def keep_up(self) -> bool:
        """Take in what is new where that is little; return whether nothing is left to do."""
        return self._making.keep_up()

    def refresh(self, places: Iterable[str]) -> None:
        """Bring the rows of some units up to date."""
        self._making.refresh(places)

    def rebuild(self) -> int:
        """Drop everything derived and make it again from the records; return how many units."""
        return self._making.rebuild()

    def state(
        self, place: str, *, valid_at: datetime, known_at: datetime, polls: Sequence[Poll]
    ) -> PlaceState | None:
        """Return the state of a place, without incidents and figures, from what can matter to it.

        Args:
            place: Code of the unit.
            valid_at: When it is to hold.
            known_at: As far as it was known then.
            polls: Polls that tell by then (``PollLog.telling``).

        Returns:
            None where the index cannot tell: it is behind the journal, or many texts repeat
            each other so often that only the whole fold knows which of them are compared.
        """
        if not self.tables.is_current:
            return None
        self._words.decided()
        quick = self._from_rows(place, valid_at=valid_at, known_at=known_at, polls=polls)
        if quick is not None:
            return quick
        return self._from_words(place, valid_at=valid_at, known_at=known_at, polls=polls)

    def _from_words(
        self, place: str, *, valid_at: datetime, known_at: datetime, polls: Sequence[Poll]
    ) -> PlaceState | None:
        """Return the state of a place from all words that can matter to it."""
        at = _At(valid_at=micros(valid_at), known_at=micros(known_at))
        rows = self.tables.of_place(place, HEARD, **at)
        for code in self._tree.wider(place):
            ways = MOVING | ASKING if self._tree.is_local(code) else MOVING
            rows += self.tables.of_place(code, ways, **at)
        for code in self._inside(place):
            rows += self.tables.of_place(code, SUPPLY, **at)
        tellers = self._words.tellers(rows)
        if tellers is None:
            return None
        return state_of_place(
            place,
            tellers=tellers,
            is_present=lambda code: self._words.is_heard(
                code, valid_at=valid_at, known_at=known_at
            ),
            feeds=self._words.feeds(polls, valid_at=valid_at, known_at=known_at),
            valid_at=valid_at,
            known_at=known_at,
            gazetteer=self._gazetteer,
        )

    def _from_rows(
        self, place: str, *, valid_at: datetime, known_at: datetime, polls: Sequence[Poll]
    ) -> PlaceState | None:
        """Return the state of a place from rows and its own words; None where rows do not tell."""
        wider, inside = self._tree.wider(place), self._inside(place)
        is_fresh = self._making.freshen((place, *wider))
        # What lies inside of a place lends it nothing but the supplies that it lacks.
        if not is_fresh or not self._making.freshen(inside, bits=SUPPLY):
            return None
        if self.tables.has_excepted((place, *wider, *inside)):
            return None
        at = _At(valid_at=micros(valid_at), known_at=micros(known_at))
        rows = self.tables.of_place(place, HEARD, unlined=True, **at)
        for code in wider:
            if self._tree.is_local(code):
                rows += self.tables.of_place(code, ASKING, **at)
        heard = self._words.heard(rows, valid_at=valid_at, known_at=known_at)
        if heard is None:
            return None
        feeds = self._words.feeds(polls, valid_at=valid_at, known_at=known_at)
        states = self._standing((place, *wider), **at)
        homes = {feed.home for feed in feeds}
        for code in (place, *wider):
            spoken_of = code in homes or any(one.heard_at for one in states[code])
            if not spoken_of and not self._words.is_heard(
                code, valid_at=valid_at, known_at=known_at
            ):
                del states[code]
        return page_of_place(
            place,
            heard=heard,
            lines=self.tables.lines(place, **at),
            states=states | self._lent(inside, **at),
            feeds=feeds,
            valid_at=valid_at,
            known_at=known_at,
            gazetteer=self._gazetteer,
        )

    def _standing(
        self, places: Sequence[str], *, valid_at: int, known_at: int
    ) -> dict[str, tuple[DimensionState, ...]]:
        """Return where units stand by words about themselves, each dimension by one seek."""
        unsaid = _unsaid()
        found = self.tables.phases(places, unsaid, valid_at=valid_at, known_at=known_at)
        states = {}
        for place in places:
            said = {row.dimension: _state(row, valid_at) for row in found.get(place, ())}
            states[place] = tuple(said.get(name, default) for name, default in unsaid.items())
        return states

    def _lent(
        self, places: Sequence[str], *, valid_at: int, known_at: int
    ) -> dict[str, tuple[DimensionState, ...]]:
        """Return of the units inside of one all that they can lend it: the supplies they lack."""
        rules = dimension_rules().dimensions
        supplies = [name for name, rule in rules.items() if "partial" in rule.phases]
        found = self.tables.phases(
            places, supplies, valid_at=valid_at, known_at=known_at, among=sorted(WITHOUT)
        )
        return {
            place: tuple(_state(row, valid_at) for row in rows) for place, rows in found.items()
        }

    def country(
        self, *, valid_at: datetime, known_at: datetime, polls: Sequence[Poll]
    ) -> dict[str, tuple[DimensionState, ...]] | None:
        """Return where every unit stands that anything was said of, by code.

        What a unit inherits and what its parts lend it is in it, as in the state of that place.

        Args:
            valid_at: When it is to hold.
            known_at: As far as it was known then.
            polls: Polls that tell by then (``PollLog.telling``).

        Returns:
            None where the index cannot tell: it is behind, or words take a part out of a whole.
        """
        self._words.decided()
        codes = self.tables.all_touched()
        if not self.tables.is_current or not self._making.freshen(codes):
            return None
        if self.tables.has_excepted(codes):
            return None
        at = _At(valid_at=micros(valid_at), known_at=micros(known_at))
        feeds = self._words.feeds(polls, valid_at=valid_at, known_at=known_at)
        homes = {feed.home for feed in feeds}
        states: dict[str, PlaceState] = {}
        for code, rows in self._standing(sorted({*codes, *homes}), **at).items():
            if (
                code in homes
                or any(one.heard_at for one in rows)
                or self._words.is_heard(code, valid_at=valid_at, known_at=known_at)
            ):
                states[code] = PlaceState(
                    place=code,
                    dimensions=fed(rows, feeds, place=code, valid_at=valid_at, tree=self._tree),
                )
        return {
            one.place: one.dimensions for one in spread(states.values(), gazetteer=self._gazetteer)
        }

    def _inside(self, place: str) -> list[str]:
        if self._tree.parts(place) is None:
            return []
        count = self.tables.count_touched()
        if self._below[0] != count:
            found: dict[str, list[str]] = {}
            for code in self.tables.all_touched():
                for unit in self._tree.wider(code):
                    found.setdefault(unit, []).append(code)
            self._below = (count, found)
        return self._below[1].get(place, [])


@cache
def _unsaid() -> dict[str, DimensionState]:
    """Return where a unit stands in each dimension of which nobody said anything."""
    return {
        name: DimensionState(dimension=name, phase=rule.default)
        for name, rule in dimension_rules().dimensions.items()
    }


def _state(row: PhaseRow, valid_at: int) -> DimensionState:
    state = state_from(row.state)
    if valid_at >= row.stale_from:
        return msgspec.structs.replace(state, stale=True)
    return state
