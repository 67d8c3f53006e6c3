"""The index of places: which reports can matter to one, so that its state reads no others."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import msgspec

from vidomo.app.index_making import Making
from vidomo.app.index_rows import ASKING, HEARD, MOVING, SUPPLY, micros, state_from
from vidomo.app.index_words import Words
from vidomo.situation.hierarchy import Units
from vidomo.situation.local import fed, page_of_place, spread, state_of_place
from vidomo.situation.model import DimensionState, PlaceState
from vidomo.situation.rules import dimension_rules
from vidomo.sources.model import Poll
from vidomo.sources.registry import Registry
from vidomo.store.sqlite import SqliteJournal


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
        at = {"valid_at": micros(valid_at), "known_at": micros(known_at)}
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
        units = (place, *wider, *inside)
        if not self._making.is_fresh(units):
            return None
        if not self.tables.excepted().isdisjoint(units):
            return None
        v, k = micros(valid_at), micros(known_at)
        rows = self.tables.lines_of_place(place, HEARD, valid_at=v, known_at=k)
        if any(not row.body and row.cluster is not None for row in rows):
            rows = self.tables.of_place(place, HEARD, valid_at=v, known_at=k)
        lines = self._words.lines(rows, place)
        for code in wider:
            if self._tree.is_local(code):
                rows += self.tables.of_place(code, ASKING, valid_at=v, known_at=k)
        heard = self._words.heard(rows, valid_at=valid_at, known_at=known_at)
        if heard is None:
            return None
        feeds = self._words.feeds(polls, valid_at=valid_at, known_at=known_at)
        states = {code: self._standing(code, v, k) for code in units}
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
            lines=lines,
            states=states,
            feeds=feeds,
            valid_at=valid_at,
            known_at=known_at,
            gazetteer=self._gazetteer,
        )

    def _standing(self, place: str, valid_at: int, known_at: int) -> tuple[DimensionState, ...]:
        """Return where a unit stands by words about itself, each dimension by one seek."""
        found = {
            row.dimension: row
            for row in self.tables.phases(place, valid_at=valid_at, known_at=known_at)
        }
        states = []
        for name, rule in dimension_rules().dimensions.items():
            row = found.get(name)
            if row is None:
                states.append(DimensionState(dimension=name, phase=rule.default))
                continue
            state = state_from(row.state)
            if valid_at >= row.stale_from:
                state = msgspec.structs.replace(state, stale=True)
            states.append(state)
        return tuple(states)

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
        if not self.tables.is_current or not self._making.is_fresh(codes):
            return None
        if not self.tables.excepted().isdisjoint(codes):
            return None
        v, k = micros(valid_at), micros(known_at)
        feeds = self._words.feeds(polls, valid_at=valid_at, known_at=known_at)
        homes = {feed.home for feed in feeds}
        states: dict[str, PlaceState] = {}
        for code in sorted({*codes, *homes}):
            rows = self._standing(code, v, k)
            if (
                code in homes
                or any(one.heard_at for one in rows)
                or self._words.is_heard(code, valid_at=valid_at, known_at=known_at)
            ):
                rows = fed(rows, feeds, place=code, valid_at=valid_at, tree=self._tree)
                states[code] = PlaceState(place=code, dimensions=rows)
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
