"""Which regime is announced where, by whom, since when and until when, as a fold of a situation."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from vidomo.outlook.regimes.model import (
    Announced,
    Board,
    BoardRow,
    Regime,
    Standing,
    Unclear,
)
from vidomo.outlook.regimes.words import has_exception, named
from vidomo.situation.hierarchy import COUNTRY, Units
from vidomo.situation.model import Evidence, Situation, Standing as Weight

OLD_H = 24.0
"""The operators announce regimes every day; a word older than that is marked, and stands (our
own choice)."""
LACKS = ("queues", "hours", "exceptions")
"""What the reader or the situation does not carry: queues, hours of a day, parts taken out."""
MOST_OVER = 4
"""Ended regimes that a row keeps."""
_BEGIN = frozenset({"power.schedule", "power.emergency_shutdown", "grid.fragmentation"})
_END = "power.emergency_end"
_TOLD = frozenset({"report", "plan"})
_COUNTED = frozenset({Weight.OFFICIAL, Weight.DECLARED})
_GRAVITY = tuple(Regime)
_AN_INSTANT = timedelta(seconds=1)


class _Word:
    """One statement that announces or ends regimes somewhere."""

    def __init__(
        self, row: Evidence, place: str, regimes: frozenset[Regime], *, ends: bool
    ) -> None:
        self.row, self.place, self.regimes, self.ends = row, place, regimes, ends
        if row.said_at is None:  # pragma: no cover - left out before
            raise ValueError(row.claim)
        self.said_at: datetime = row.said_at

    @property
    def order(self) -> tuple[datetime, bool, int, str]:
        """By time; of words said at once an announcement is taken last: the graver reading."""
        return (self.said_at, not self.ends, self.row.start, self.row.claim)


def regime_board(situation: Situation, oblasts: Sequence[str], *, units: Units) -> Board:
    """Return the announced regime of every oblast.

    An announcement stands until an authority for the place says that it is over, or its own
    end has passed; silence ends nothing. What is said of the country holds for every oblast.

    Args:
        situation: What was said, with the places that it is about.
        oblasts: Codes, in the order of the rows.
        units: Which unit lies in which.
    """
    words = sorted(_words(situation), key=lambda word: word.order)
    fold = _Fold(words, situation.valid_at, units)
    return Board(
        at=situation.valid_at,
        known_at=situation.known_at,
        rows=tuple(fold.row(code) for code in oblasts),
        country=fold.standing((COUNTRY,), COUNTRY)[0],
        speakers=tuple(
            one for one in situation.speakers if one.speaker in {word.row.speaker for word in words}
        ),
        old_h=OLD_H,
        lacks=LACKS,
    )


class _Fold:
    """All words, folded for one place after the other."""

    def __init__(self, words: Sequence[_Word], now: datetime, units: Units) -> None:
        self._now, self._units = now, units
        self._by_place: dict[str, list[_Word]] = {}
        for word in words:
            self._by_place.setdefault(word.place, []).append(word)
        self._parts: dict[str, list[str]] = {}
        for place in self._by_place:
            for wider in units.ancestors(place):
                self._parts.setdefault(wider, []).append(place)

    def row(self, oblast: str) -> BoardRow:
        """Return one row of the board."""
        announced, over, unclear = self.standing((oblast, COUNTRY), oblast)
        parts: list[Announced] = []
        for part in sorted(self._parts.get(oblast, ())):
            wider = self._units.ancestors(part)
            held = self.standing((part, *wider), part)[0]
            parts += [one for one in held if one.place not in (oblast, COUNTRY)]
        return BoardRow(
            oblast=oblast,
            announced=announced,
            over=over[:MOST_OVER],
            parts=tuple(dict.fromkeys(parts)),
            unclear=unclear,
        )

    def standing(
        self, places: Sequence[str], of: str
    ) -> tuple[tuple[Announced, ...], tuple[Announced, ...], tuple[Unclear, ...]]:
        """Return what is in force, what is over, and ends that nobody can place."""
        words = sorted(
            (word for place in places for word in self._by_place.get(place, ())),
            key=lambda word: word.order,
        )
        live: dict[Regime, list[_Word]] = {}
        over: list[Announced] = []
        unclear: list[Unclear] = []
        for word in words:
            if not word.ends:
                for regime in word.regimes:
                    live.setdefault(regime, []).append(word)
            elif self._is_for_later(word):
                continue
            elif self._is_clear(word, of):
                (regime,) = word.regimes
                begun = live.pop(regime, [])
                # Announced anew after that end, though it was told later.
                if anew := [one for one in begun if _ended_by(word) <= one.said_at]:
                    live[regime] = anew
                if ended := [one for one in begun if one not in anew]:
                    over.append(self._announced(regime, ended, end=word))
            else:
                unclear.append(_unclear(word))
        made = [self._announced(regime, begun) for regime, begun in live.items()]
        over += [one for one in made if one.standing is Standing.RUN_OUT]
        held = [one for one in made if one.standing is Standing.IN_FORCE]
        return (
            tuple(sorted(held, key=lambda one: -_GRAVITY.index(one.regime))),
            tuple(sorted(over, key=lambda one: one.ended_at or one.said_at, reverse=True)),
            # An unclear end matters while something stands that it may have been about.
            tuple(end for end in unclear if any(one.said_at <= end.said_at for one in held)),
        )

    def _is_for_later(self, word: _Word) -> bool:
        since = _stated(word.row)[0]
        return since is not None and since > self._now

    def _is_clear(self, word: _Word, of: str) -> bool:
        """Whether an end is said by an authority for the place, of one regime, without exceptions.

        That no schedules applied yesterday says nothing of today.
        """
        row = word.row
        home = row.origin.partition("@")[2]
        serves = home == of or home in self._units.ancestors(of)
        is_wider = word.place != of
        return (
            row.standing is Weight.OFFICIAL
            and serves
            and len(word.regimes) == 1
            and not (row.topic != _END and _ended_by(word) < word.said_at)
            and not (is_wider and has_exception(row.quote, lang=row.lang))
        )

    def _announced(
        self, regime: Regime, words: Sequence[_Word], *, end: _Word | None = None
    ) -> Announced:
        running = [word for word in words if not self._has_run_out(word)]
        # What is announced for tomorrow too is in force by the words about today.
        begun = [word for word in running if not self._is_for_later(word)]
        last = (begun or running or words)[-1]
        since, until = _stated(last.row)
        standing = Standing.IN_FORCE
        if end is not None:
            standing = Standing.ENDED
        elif not running:
            standing = Standing.RUN_OUT
        return Announced(
            regime=regime,
            place=last.place,
            standing=standing,
            speaker=last.row.speaker,
            source=last.row.source,
            said_at=last.said_at,
            first_said_at=words[0].said_at,
            since=since,
            until=until,
            is_old=self._now - last.said_at > timedelta(hours=OLD_H),
            ended_at=None if end is None else end.said_at,
            ended_by="" if end is None else end.row.speaker,
            claims=tuple(dict.fromkeys(word.row.claim for word in reversed(words))),
            quote=last.row.quote,
            voices=len({word.row.origin for word in words}),
        )

    def _has_run_out(self, word: _Word) -> bool:
        until = _stated(word.row)[1]
        return until is not None and until <= self._now


def _words(situation: Situation) -> Iterable[_Word]:
    rows: Mapping[str, Evidence] = {row.claim: row for row in situation.evidence}
    for state in situation.places:
        for claim in dict.fromkeys(state.timeline):
            row = rows.get(claim)
            # A timeline also holds what may be about the place; without a place it counts nowhere.
            if row is None or row.place is None or row.said_at is None:
                continue
            if row.standing not in _COUNTED or row.kind not in _TOLD:
                continue
            is_denied = row.topic == "power.schedule" and row.polarity == "negated"
            if row.topic == _END and row.polarity == "affirmed":
                regimes = named(row.quote, topic="", lang=row.lang)
                yield _Word(row, state.place, regimes, ends=True)
            elif is_denied:
                regimes = named(row.quote, topic=row.topic, lang=row.lang)
                yield _Word(row, state.place, regimes, ends=True)
            elif row.topic in _BEGIN and row.polarity == "affirmed":
                regimes = named(row.quote, topic=row.topic, lang=row.lang)
                if regimes:
                    yield _Word(row, state.place, regimes, ends=False)


def _stated(row: Evidence) -> tuple[datetime | None, datetime | None]:
    """Return from when and until when, where the words give a stretch of time of their own."""
    if row.earliest is None or row.latest is None or row.latest - row.earliest <= _AN_INSTANT:
        return None, None
    if row.earliest == row.said_at and row.latest == row.said_until:
        return None, None
    return row.earliest, row.latest


def _ended_by(word: _Word) -> datetime:
    """Return when an end had come at the latest: as its words say, else when they were said."""
    until = _stated(word.row)[1]
    return word.said_at if until is None else min(until, word.said_at)


def _unclear(word: _Word) -> Unclear:
    row = word.row
    return Unclear(speaker=row.speaker, said_at=word.said_at, quote=row.quote, claim=row.claim)
