"""Makes the sheet of a hand-over from what the desk knows; the same knowledge, the same bytes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from vidomo.desk.handover.model import (
    Asking,
    Holding,
    InForce,
    Kept,
    PlaceHolds,
    Promise,
    Running,
    Sheet,
    Silence,
)
from vidomo.desk.tasks.model import Task, by_urgency, open_ones
from vidomo.disclosure.model import DIMENSIONS, DimensionView, PlaceView, PublicView, Said, Withheld
from vidomo.gazetteer import Gazetteer

REMEMBERED = timedelta(hours=24)
"""How long a promise is handed on after its time has passed, or was said without any; own choice."""
_TO_COME = frozenset({"plan", "forecast"})
_SCHEDULES = "power.schedule"
_NO_PROMISE = ("event.", "threat.", "cause.", "harm.", "impact.damage", "impact.fire")
"""What nobody promises: somebody's guess at attacks and losses names no time to wait for."""
_OPEN = frozenset({"open", "stale"})
_COUNTRY = "UA"
_TONES = {
    "danger": {"on", "threat", "reported", "out", "warned"},
    "caution": {"partial", "unknown"},
}


class _Around:
    """Which places a territory is concerned with: itself, what lies in it, what it lies in."""

    def __init__(self, territory: str, atlas: Gazetteer) -> None:
        self._territory, self._atlas = territory, atlas
        self._wider = set(atlas.ancestors(territory)) - {_COUNTRY}

    def holds(self, place: str | None) -> bool:
        if place is None:
            return False
        return self._territory == _COUNTRY or place in self._wider or self.is_inside(place)

    def is_inside(self, place: str) -> bool:
        return place == self._territory or self._atlas.within(place, self._territory)


def make_sheet(  # noqa: PLR0913 - one argument a source of the sheet
    view: PublicView,
    *,
    territory: str,
    at: datetime,
    made_by: str,
    tasks: Iterable[Task],
    alerts: Sequence[InForce] | None,
    withheld: Iterable[Withheld],
    atlas: Gazetteer,
) -> Sheet:
    """Return the sheet of a territory.

    Args:
        view: The operator's view of the instant, with the territory among its places.
        territory: Code of the place whose watch it is.
        at: The instant.
        made_by: Id of the person.
        tasks: Every task; the open ones without a place or with one here are handed over.
        alerts: What is in force or waits; None where alerts are not set up.
        withheld: What the public policy withholds at the places of the territory.
        atlas: Places.
    """
    around = _Around(territory, atlas)
    officials = {one.claim for one in view.said if one.standing == "official"}
    return Sheet(
        territory=territory,
        at=at,
        made_by=made_by,
        holds=_holds(view.places, territory, around, officials),
        asked=tuple(_asked(view, around)),
        tasks=tuple(_running(tasks, around, at)),
        promises=_promises(view.said, around, at),
        silent=_silent(view),
        alerts=None if alerts is None else tuple(one for one in alerts if _is_near(one, around)),
        kept=_kept(withheld, around),
    )


def tone_of(phase: str) -> str:
    """Return how pressing a phase is: danger, caution or nothing."""
    return next((tone for tone, phases in _TONES.items() if phase in phases), "")


def _holds(
    places: Iterable[PlaceView], territory: str, around: _Around, officials: set[str]
) -> tuple[PlaceHolds, ...]:
    found = []
    for place in places:
        if not around.holds(place.place):
            continue
        is_own = place.place == territory
        rows = [
            _holding(row, officials)
            for row in place.dimensions
            # That no alert source answers is told of the territory itself, always.
            if (row.is_said and (is_own or row.inherited_from is None))
            or (is_own and row.dimension == "alert")
        ]
        if rows:
            found.append(PlaceHolds(place=place.place, holds=tuple(sorted(rows, key=_pressing))))
    return tuple(
        sorted(
            found,
            key=lambda one: (one.place != territory, _pressing(one.holds[0])[:2], one.place),
        )
    )


def _holding(row: DimensionView, officials: set[str]) -> Holding:
    return Holding(
        dimension=row.dimension,
        phase=row.phase,
        since=row.since,
        heard_at=row.heard_at,
        stale=row.stale,
        is_unofficial=bool(row.said) and officials.isdisjoint(row.said),
        inherited_from=row.inherited_from or "",
    )


def _pressing(one: Holding) -> tuple[bool, int, int]:
    rank = ("danger", "caution", "").index(tone_of(one.phase))
    # An old phase is less pressing than a fresh one, and still shown; alerts come first.
    is_late = one.stale and one.dimension not in ("alert", "attack")
    return is_late, rank, DIMENSIONS.index(one.dimension)


def _asked(view: PublicView, around: _Around) -> Iterable[Asking]:
    asked = [
        one
        for one in view.questions
        if one.status in _OPEN and any(around.holds(code) for code in (one.place, *one.candidates))
    ]
    for one in sorted(
        asked, key=lambda one: (one.status != "open", _late(one.last_asked_at), one.id)
    ):
        yield Asking(
            id=one.id,
            subject=one.subject,
            topic=one.topic,
            place=one.place or "",
            status=one.status,
            asked_at=one.last_asked_at or one.asked_at,
            asked_by=one.asked_by,
        )


def _running(tasks: Iterable[Task], around: _Around, at: datetime) -> Iterable[Running]:
    for task in by_urgency(open_ones(tasks), now=at):
        if task.place in ("", _COUNTRY) or around.holds(task.place):
            yield Running(
                id=task.id,
                text=task.text,
                urgency=task.urgency(at),
                owner=task.owner,
                office=task.office,
                due=task.due,
                place=task.place,
            )


def _promises(said: Iterable[Said], around: _Around, at: datetime) -> tuple[Promise, ...]:
    found: dict[tuple[str | None, str, str], Promise] = {}
    for one in said:
        is_promise = one.topic.startswith(_SCHEDULES) or (
            one.kind in _TO_COME and not one.topic.startswith(_NO_PROMISE)
        )
        until = _named(one)
        end = until or one.said_until or one.said_at
        if not is_promise or not around.holds(one.place) or end is None or end < at - REMEMBERED:
            continue
        promise = Promise(
            claim=one.claim,
            topic=one.topic,
            kind=one.kind,
            quote=one.quote,
            speaker=one.speaker,
            place=one.place or "",
            said_at=one.said_at,
            until=until,
            is_over=until is not None and until <= at,
            is_unofficial=one.standing != "official",
        )
        found.setdefault((one.place, one.topic, one.quote), promise)
    return tuple(sorted(found.values(), key=lambda one: (_late(one.until), one.claim)))


def _named(one: Said) -> datetime | None:
    """Return the end of the time that words name for what is to come; None where they name none.

    Words without a time of their own hold from when they were published: that is no promise.
    """
    said = one.said_until or one.said_at
    return one.latest if one.latest and (said is None or one.latest > said) else None


def _silent(view: PublicView) -> tuple[Silence, ...]:
    titles = {one.source: one.title for one in view.titles}
    found = [
        Silence(
            source=one.source,
            since=one.silent_since,
            title=titles.get(one.source, ""),
            answered_at=one.answered_at,
        )
        for one in view.sources
        if one.silent_since is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.source)))


def _kept(withheld: Iterable[Withheld], around: _Around) -> tuple[Kept, ...]:
    """Return what is withheld, counted: the words stay where they are."""
    counts: Counter[tuple[str, str, datetime | None]] = Counter()
    topics: dict[tuple[str, str, datetime | None], set[str]] = {}
    for one in dict.fromkeys(withheld):
        if one.is_quote or not one.what.startswith("claim ") or not around.holds(one.place):
            continue
        key = (one.place or "", one.rule, one.until)
        counts[key] += 1
        topics.setdefault(key, set()).add(one.topic)
    found = [
        Kept(place=place, rule=rule, until=until, count=count, topics=tuple(sorted(topics[key])))
        for key, count in counts.items()
        for place, rule, until in (key,)
    ]
    # What is going to be shown soon comes first: the next officer has to be ready for it.
    return tuple(sorted(found, key=lambda one: (_late(one.until), one.rule, one.place)))


def _is_near(one: InForce, around: _Around) -> bool:
    return not one.places or any(around.holds(place) for place in one.places)


def _late(instant: datetime | None) -> float:
    return float("inf") if instant is None else instant.timestamp()
