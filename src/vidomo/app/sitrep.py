"""Asks the house and the gate for all that a situation report is made of."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Protocol

import msgspec

from vidomo.app.publisher import publisher_at
from vidomo.core.errors import ConfigError
from vidomo.disclosure.country import UnitView, compare
from vidomo.disclosure.gate import PublicGate, gate
from vidomo.disclosure.model import NameView, PublicView
from vidomo.disclosure.narrow import about
from vidomo.disclosure.release import Release
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import Shapes
from vidomo.publish.sitrep import Material, Report, as_html, as_markdown, as_pdf, compose
from vidomo.situation.model import Situation
from vidomo.situation.rules import dimension_rules

KINDS = {"html": "text/html", "pdf": "application/pdf", "md": "text/markdown"}
"""What a report is written as, with the media type."""
PUBLIC, INTERNAL = "ua-public", "operator-only"
MOMENTS = 24
"""Most instants within a period at which the gate is asked; each costs one fold. As many further
questions are for when an alert goes out of date: ten find it to the minute in a day."""
FEWEST = 6
STATEMENTS = 100_000
"""Statements that all folds of one report may weigh together: 24 folds of 4,000, 6 of 16,000 and
more. It hangs on the records alone, so that the same report has the same moments anywhere."""
MINUTE = timedelta(minutes=1)
LONGEST = timedelta(days=92)
DAY = timedelta(hours=24)
_SECOND = timedelta(seconds=1)
_Rows = tuple[tuple[UnitView, ...], tuple[NameView, ...]]
_NO_ROWS: _Rows = ((), ())


class House(Protocol):
    """What a report asks of a house."""

    gazetteer: Gazetteer

    @property
    def is_demo(self) -> bool:
        """Whether a bundled scenario is shown."""
        ...

    @property
    def notice(self) -> str:
        """Name of that scenario."""
        ...

    def now(self) -> datetime:
        """Return the present."""
        ...

    def releases(self) -> Sequence[Release]:
        """Return early releases."""
        ...

    def situation(
        self, *, valid_at: datetime | None = None, known_at: datetime | None = None
    ) -> Situation:
        """Return what held at one instant as far as it was known at another."""
        ...


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Which report is wanted.

    Attributes:
        place: Code of the place.
        start: Begin of the period; ``hours`` before its end, or the last report, by default.
        end: End of the period, the instant that the report stands at; now by default.
        since: Instant of the last report; the report is compared with what was known then.
        hours: Length of the period where no begin is named.
        known_at: As of when; now by default. The same report with it has the same bytes later,
            but for words taken back since, which no public report holds.
        lang: uk or en.
        is_internal: For the desk, made of the operator's view.
    """

    place: str
    start: datetime | None = None
    end: datetime | None = None
    since: datetime | None = None
    known_at: datetime | None = None
    hours: int = 24
    lang: str = "uk"
    is_internal: bool = False


def situation_report(house: House, order: Order, *, shapes: Shapes) -> Report:
    """Return the report that is wanted.

    Raises:
        ConfigError: A period that ends before it begins, lies ahead or is too long.
    """
    asked = _asked(house, order)
    material = (_Desk if order.is_internal else _Residents)(house, asked).material()
    return compose(material, lang=order.lang, atlas=house.gazetteer, shapes=shapes)


def written(report: Report, kind: str) -> bytes:
    """Return a report as ``html``, ``pdf`` or ``md``.

    Raises:
        KeyError: No such kind.
    """
    if kind == "pdf":
        return as_pdf(report)
    return {"html": as_html, "md": as_markdown}[kind](report).encode()


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An order with nothing left open."""

    place: str
    start: datetime
    end: datetime
    known_at: datetime
    since: datetime | None


def _asked(house: House, order: Order) -> _Asked:
    # A whole second, so that it can be written down and asked for again.
    now = _next_second(house.now())
    known_at = min(order.known_at or now, now)
    end = order.end or known_at
    start = order.start or (order.since or end - timedelta(hours=order.hours))
    if end > now:
        raise ConfigError("the period ends ahead of now", hint="name an end that has passed")
    if start >= end:
        raise ConfigError("the period ends before it begins", hint="put the earlier time first")
    if end - start > LONGEST:
        raise ConfigError(
            f"the period has {(end - start).days} days", hint=f"ask for at most {LONGEST.days}"
        )
    if order.since is not None and order.since >= end:
        raise ConfigError("the last report is not before this one", hint="mend --since")
    return _Asked(place=order.place, start=start, end=end, known_at=known_at, since=order.since)


def _next_second(instant: datetime) -> datetime:
    whole = instant.replace(microsecond=0)
    return whole if whole == instant else whole + _SECOND


class _Maker(ABC):
    """What both kinds of report ask."""

    def __init__(self, house: House, asked: _Asked) -> None:
        self.house, self.asked = house, asked
        self.code = asked.place
        end = house.situation(valid_at=asked.end, known_at=asked.known_at)
        self.moments = max(FEWEST, min(MOMENTS, STATEMENTS // max(1, len(end.evidence))))

    @abstractmethod
    def view(self, valid_at: datetime, known_at: datetime) -> PublicView:
        """Return what may be shown of the place; each kind of report asks its own gate."""

    def whole(self, valid_at: datetime, known_at: datetime) -> PublicView:
        """Return the same, and at the desk of every other place."""
        return self.view(valid_at, known_at)

    def turns(self, end: PublicView) -> set[datetime]:
        """Return when somebody spoke of the place, and when what was promised was to be."""
        place = end.place(self.code)
        claims = set(place.timeline) if place is not None else set()
        for row in place.dimensions if place is not None else ():
            claims |= {*row.said, *(move.said for move in row.moves)}
        return {
            at
            for item in end.said
            if item.claim in claims
            for at in (item.said_at, item.latest)
            if at is not None
        }

    def plain(self) -> Material:
        """Return the material that both have: views at the end, at moments, and before."""
        asked = self.asked
        end = self.whole(asked.end, asked.known_at)
        inner, step = self._inner(end)
        moments = self._with_aged_alerts(
            [self.view(at, asked.known_at) for at in (asked.start, *inner)], end
        )
        # Right before the period: words dated to its first day are news in it.
        before = self.whole(asked.start - _SECOND, asked.known_at)
        if asked.since is not None:
            before = self.whole(asked.since, min(asked.since, asked.known_at))
        return Material(
            code=self.code,
            start=asked.start,
            end=asked.end,
            known_at=asked.known_at,
            view=end,
            moments=tuple(moments),
            before=before,
            since=asked.since,
            stale_after={
                name: timedelta(seconds=rule.stale_after_s)
                for name, rule in dimension_rules().dimensions.items()
                if not rule.past_freshness
            },
            step=step,
            notice=self.house.notice if self.house.is_demo else "",
            publisher=publisher_at(self.house, known_at=self.asked.known_at),
        )

    def _inner(self, end: PublicView) -> tuple[list[datetime], timedelta | None]:
        """Return the instants within the period to ask about, and how exact they are if thinned.

        Where there are too many, the period is cut into equal parts and the first of each stays.
        """
        asked = self.asked
        found = sorted(at for at in self.turns(end) if asked.start < at < asked.end)
        if len(found) < self.moments:
            return found, None
        step = (asked.end - asked.start) / (self.moments - 1)
        parts = {(at - asked.start) // step: at for at in reversed(found)}
        return sorted(parts.values()), step

    def _with_aged_alerts(self, views: list[PublicView], end: PublicView) -> list[PublicView]:
        """Return views with those added at which an alert goes out of date, to the minute.

        That hangs on the freshness of its source, which no view tells; so the gate is asked,
        by halving, at most as often as there are moments.
        """
        left, found = self.moments, []
        for before, after in pairwise([*views, end]):
            found.append(before)
            if not self._is_fresh(before) or self._is_fresh(after):
                continue
            low, high, seen = before.valid_at, after.valid_at, None
            while left and high - low > MINUTE:
                left -= 1
                middle = (low + (high - low) / 2).replace(microsecond=0)
                view = self.view(middle, self.asked.known_at)
                if self._is_fresh(view):
                    low = middle
                else:
                    high, seen = middle, view
            if seen is not None:
                found.append(seen)
        return found

    def _is_fresh(self, view: PublicView) -> bool:
        place = view.place(self.code)
        rows = place.dimensions if place is not None else ()
        return any(row.dimension == "alert" and row.is_said and not row.stale for row in rows)


class _Desk(_Maker):
    """Makes the material of an internal report from the operator's view."""

    def material(self) -> Material:
        """Return it, with what residents are not shown."""
        asked, house = self.asked, self.house
        found = self.plain()
        # As of known_at, words taken back after the end of the period are not quoted either.
        latest = house.situation(valid_at=max(asked.end, asked.known_at), known_at=asked.known_at)
        open_now = gate(latest, policy=INTERNAL, gazetteer=house.gazetteer)
        public = PublicGate(
            house.situation(valid_at=asked.end, known_at=asked.known_at),
            policy=PUBLIC,
            gazetteer=house.gazetteer,
            releases=_releases(house, asked.known_at),
            present=latest,
        )
        return msgspec.structs.replace(
            found,
            still=frozenset(item.claim for item in open_now.said),
            withheld=public.withheld(self._inside(found.view)),
        )

    def turns(self, end: PublicView) -> set[datetime]:
        """Return when somebody spoke of the place or of any unit around it."""
        around = set(self.house.gazetteer.ancestors(self.code))
        claims = {one for place in end.places if place.place in around for one in place.timeline}
        wider = {item.said_at for item in end.said if item.claim in claims and item.said_at}
        return super().turns(end) | wider

    def view(self, valid_at: datetime, known_at: datetime) -> PublicView:
        """Return the operator's view of the place."""
        wider = self.house.gazetteer.ancestors(self.code)[:-1]
        return about(self.whole(valid_at, known_at), self.code, wider=wider)

    def whole(self, valid_at: datetime, known_at: datetime) -> PublicView:
        """Return the operator's view of every place."""
        return gate(
            self.house.situation(valid_at=valid_at, known_at=known_at),
            policy=INTERNAL,
            gazetteer=self.house.gazetteer,
            also=(self.code,),
        )

    def _inside(self, view: PublicView) -> tuple[str, ...]:
        within = self.house.gazetteer.within
        inside = (one.place for one in view.places if within(one.place, self.code))
        return tuple(dict.fromkeys((self.code, *inside)))


class _Residents(_Maker):
    """Makes the material of a public report, from the gate for residents alone."""

    def __init__(self, house: House, asked: _Asked) -> None:
        super().__init__(house, asked)
        # The present is that of now, whatever known_at says: words taken back since stay away.
        now = house.now()
        self._present = house.situation(valid_at=now, known_at=now)

    def material(self) -> Material:
        """Return it, with what may be compared between places."""
        found = self.plain()
        if self.house.gazetteer.get(self.code) is None:
            return found
        asked, house = self.asked, self.house
        end = house.situation(valid_at=asked.end, known_at=asked.known_at)
        day_before = house.situation(valid_at=asked.end - DAY, known_at=asked.known_at)
        country = compare(
            end,
            policy=PUBLIC,
            gazetteer=house.gazetteer,
            releases=_releases(house, asked.known_at),
            earlier=day_before if asked.known_at >= asked.end else None,
        )
        now, past = self._standing((*country.alerts, *country.supplies), end), _NO_ROWS
        if country.past_at is not None:
            past = self._standing(country.past, day_before)
        return msgspec.structs.replace(
            found,
            units=now[0],
            past=past[0],
            past_at=country.past_at,
            names=tuple(dict.fromkeys((*now[1], *past[1]))),
        )

    def turns(self, end: PublicView) -> set[datetime]:
        """Return when officials spoke of the place or of any unit around it."""
        found = super().turns(end)
        opened = self._gate(
            self.house.situation(valid_at=self.asked.end, known_at=self.asked.known_at)
        )
        for code in self.house.gazetteer.ancestors(self.code):
            found |= {item.said_at for item in opened.view(code).said if item.said_at}
        return found

    def view(self, valid_at: datetime, known_at: datetime) -> PublicView:
        """Return what residents may see of the place at an instant."""
        return self._gate(self.house.situation(valid_at=valid_at, known_at=known_at)).view(
            self.code
        )

    def _gate(self, situation: Situation) -> PublicGate:
        return PublicGate(
            situation,
            policy=PUBLIC,
            gazetteer=self.house.gazetteer,
            releases=_releases(self.house, self.asked.known_at),
            present=self._present,
        )

    def _standing(self, rows: Iterable[UnitView], situation: Situation) -> _Rows:
        """Return the rows of the oblast that its own pages tell too, and names of who speaks.

        ``compare`` knows no later present, so each row is held against the gate that does:
        what was taken back since is not there.
        """
        atlas, opened = self.house.gazetteer, self._gate(situation)
        unit = atlas.get(self.code)
        oblast = (unit.oblast if unit is not None else None) or self.code
        found: list[UnitView] = []
        names: list[NameView] = []
        for one in rows:
            if not (atlas.within(one.code, oblast) or atlas.within(oblast, one.code)):
                continue
            view = opened.view(one.code)
            shown = view.places[0].dimensions
            if any((row.dimension, row.phase) == (one.dimension, one.phase) for row in shown):
                found.append(one)
                names += view.names
        return tuple(found), tuple(names)


def _releases(house: House, known_at: datetime) -> tuple[Release, ...]:
    return tuple(one for one in house.releases() if one.at <= known_at)
