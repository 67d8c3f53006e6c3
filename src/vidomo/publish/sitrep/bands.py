"""Where a place stood over a period, dimension by dimension: stretches and single statements."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

import msgspec

from vidomo.disclosure.model import DIMENSIONS, DimensionView, Said
from vidomo.publish.page.urgency import Tone, tone_of
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.telling import Telling

OPEN_BANDS = ("alert", "attack")
"""Dimensions that the public sees as stretches; of all others how long they lasted is for the
desk alone (rule ``no-incidents`` of docs/gate.md), and the public sees when officials spoke."""
ALL_CLEAR = ("all_clear_being_confirmed", "all_clear_announced")
"""Notes that an all-clear was announced and does not end the alert here."""
_TOPICS = {
    "power": ("impact.power.", "power."),
    "water": ("impact.water.",),
    "heat": ("impact.heat.",),
    "gas": ("impact.gas.",),
    "communications": ("impact.comms.",),
    "health": ("service.health.",),
    "emergency": ("service.emergency.",),
    "transport": ("service.transport.",),
    "education": ("service.education.",),
    "payments": ("service.payments.",),
    "harm": ("harm.",),
    "damage": ("impact.damage", "impact.fire"),
}


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch in which a phase held, as far as anybody said so.

    Attributes:
        tone: Unknown where nobody had said anything, or nothing new for too long.
        is_clearing: Whether an all-clear was announced meanwhile that nobody has confirmed.
        is_said: Whether anybody had said anything that moved it.
        claims: Claims behind it, newest first; empty where it rests on what was said of parts.
    """

    start: datetime
    end: datetime
    phase: str
    tone: Tone
    is_said: bool = False
    is_stale: bool = False
    is_clearing: bool = False
    claims: tuple[str, ...] = ()


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the picture: bands, or the statements of one dimension; never both.

    Attributes:
        is_told: Whether the report tells where the place stands, on whatever it rests.
    """

    dimension: str
    is_told: bool = False
    bands: tuple[Band, ...] = ()
    marks: tuple[Said, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether nobody said anything on it in the whole period."""
        is_drawn = bool(self.marks) or any(band.is_said for band in self.bands)
        return not is_drawn and not self.is_told


def tracks(material: Material, telling: Telling) -> tuple[Track, ...]:
    """Return what is drawn of each dimension, in the order in which people need them."""
    found = []
    for name in DIMENSIONS:
        if material.is_internal or name in OPEN_BANDS:
            found.append(Track(dimension=name, bands=tuple(_bands(name, material))))
        else:
            end = row(material, name)
            marks = _marks(name, material, telling)
            is_told = end is not None and (end.is_said or end.is_withheld)
            found.append(Track(dimension=name, marks=marks, is_told=is_told))
    return tuple(found)


def row(material: Material, name: str, *, at: int = -1) -> DimensionView | None:
    """Return one dimension of the place; of the end, or of one of the moments by its number."""
    view = material.view if at < 0 else material.moments[at]
    place = view.place(material.code)
    rows = place.dimensions if place is not None else ()
    return next((item for item in rows if item.dimension == name), None)


def _bands(name: str, material: Material) -> Iterator[Band]:
    """Yield stretches; neighbours that differ in nothing are one."""
    edges = [*(view.valid_at for view in material.moments), material.end]
    held: Band | None = None
    for number, (start, end) in enumerate(pairwise(edges)):
        found = row(material, name, at=number)
        if found is None or end <= start:
            continue
        for band in _aged(found, start, end, material):
            if held is not None and _is_same(held, band):
                both = tuple(dict.fromkeys((*band.claims, *held.claims)))
                held = msgspec.structs.replace(held, end=band.end, claims=both)
                continue
            if held is not None:
                yield held
            held = band
    if held is not None:
        yield held


def _aged(
    found: DimensionView, start: datetime, end: datetime, material: Material
) -> Iterator[Band]:
    """Yield what holds from one instant to the next, cut where it goes out of date."""
    band = Band(
        start=start,
        end=end,
        phase=found.phase,
        tone=tone_of(found),
        is_said=found.is_said,
        is_stale=found.stale and found.is_said,
        is_clearing=found.dimension == "alert"
        and any(note.code in ALL_CLEAR for note in found.notes),
        claims=found.said if found.is_said else (),
    )
    after = material.stale_after.get(found.dimension)
    if not band.is_said or band.is_stale or after is None or found.heard_at is None:
        yield band
        return
    until = found.heard_at + after
    if not start < until < end:
        yield band
        return
    yield msgspec.structs.replace(band, end=until)
    yield msgspec.structs.replace(band, start=until, tone=Tone.UNKNOWN, is_stale=True)


def _is_same(one: Band, other: Band) -> bool:
    return _looks(one) == _looks(other)


def _looks(one: Band) -> tuple[str, Tone, bool, bool]:
    return (one.phase, one.tone, one.is_stale, one.is_clearing)


def _marks(name: str, material: Material, telling: Telling) -> tuple[Said, ...]:
    place = material.view.place(material.code)
    claims = place.timeline if place is not None else ()
    return tuple(
        item
        for item in telling.all_said(claims)
        if item.topic.startswith(_TOPICS.get(name, ())) and telling.is_within(item)
    )
