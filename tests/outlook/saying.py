"""Hand-made evidence, units and situations for the tests of this room."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from vidomo.core.time import Interval
from vidomo.gazetteer.model import Level, Unit
from vidomo.situation.model import (
    Evidence,
    Incident,
    PlaceState,
    Question,
    Situation,
    SourceHealth,
    Standing,
)
from vidomo.sources.registry import Registry, SourceEntry

OBLAST, RAION, TOWN = "UA63000000000041885", "UA63040000000023521", "UA63040090010029555"
OTHER = "UA51000000000030770"
FEED, SECOND, GOSSIP = "feed", "second", "gossip"
NOON = datetime(2026, 1, 10, 10, tzinfo=UTC)
DAY = Interval(NOON - timedelta(hours=12), NOON + timedelta(hours=12))

_UNITS = {
    "UA": (Level.COUNTRY, None),
    OBLAST: (Level.OBLAST, "UA"),
    RAION: (Level.RAION, OBLAST),
    TOWN: (Level.SETTLEMENT, RAION),
    OTHER: (Level.OBLAST, "UA"),
}


class SmallCountry:
    """Two oblasts, a raion and a town."""

    def get(self, code: str) -> Unit | None:
        if code not in _UNITS:
            return None
        level, parent = _UNITS[code]
        return Unit(code=code, level=level, category="", name=code, parent=parent)

    def ancestors(self, code: str) -> tuple[str, ...]:
        parent = _UNITS[code][1]
        return () if parent is None else (parent, *self.ancestors(parent))

    def children(self, code: str) -> tuple[str, ...]:
        return tuple(one for one, (_, parent) in _UNITS.items() if parent == code)


UNITS = SmallCountry()
REGISTRY = Registry.bundled().with_sources(
    [
        SourceEntry(
            id=FEED,
            body=f"oblast_administration@{OBLAST}",
            home=OBLAST,
            grade="A",
            faithful=True,
            alarm_feed=True,
        ),
        SourceEntry(id=SECOND, body=f"air_force@{OBLAST}", home="UA", grade="A", faithful=True),
    ]
)


def at(minute: float) -> datetime:
    return NOON + timedelta(minutes=minute)


def says(topic: str, minute: float, place: str | None = OBLAST, **changed: object) -> Evidence:
    """Return what the alarm source says, unless told otherwise."""
    said = at(minute)
    claim = f"clm-{topic}-{minute}-{place}-{changed.get('source', FEED)}"
    fields: dict[str, object] = {
        "claim": claim,
        "report": f"rep-{claim}",
        "version": f"ver-{claim}",
        "topic": topic,
        "kind": "report",
        "polarity": "affirmed",
        "standing": Standing.OFFICIAL,
        "reason": "own_channel",
        "origin": f"oblast@{OBLAST}",
        "speaker": "",
        "source": FEED,
        "url": "",
        "lang": "uk",
        "quote": "",
        "start": 0,
        "end": 1,
        "place": place,
        "said_at": said,
        "said_until": said + timedelta(seconds=1),
        "earliest": None,
        "latest": None,
    }
    return Evidence(**(fields | changed))  # type: ignore[arg-type]


def alarm(minute: float, place: str = OBLAST, **changed: object) -> Evidence:
    return says("alert.start", minute, place, **changed)


def clear(minute: float, place: str = OBLAST, **changed: object) -> Evidence:
    return says("alert.end", minute, place, **changed)


def attack(first: float, last: float | None = None, place: str = TOWN) -> Incident:
    return Incident(
        id=f"inc-{first}",
        place=place,
        family="air",
        earliest=at(first),
        latest=at(first if last is None else last),
    )


def situation(
    evidence: Sequence[Evidence] = (),
    *,
    incidents: Iterable[Incident] = (),
    questions: Iterable[Question] = (),
    sources: Iterable[SourceHealth] = (),
) -> Situation:
    places: dict[str, list[str]] = {}
    for row in evidence:
        if row.place is not None:
            places.setdefault(row.place, []).append(row.claim)
    return Situation(
        valid_at=DAY.end,
        known_at=DAY.end,
        places=tuple(
            PlaceState(place=place, dimensions=(), timeline=tuple(claims))
            for place, claims in sorted(places.items())
        ),
        incidents=tuple(incidents),
        questions=tuple(questions),
        evidence=tuple(evidence),
        sources=tuple(sources),
    )
