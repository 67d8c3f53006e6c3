"""The picture of a period: where the place stood in each dimension, what is unknown hatched."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from vidomo.core.time import KYIV
from vidomo.publish.page.urgency import ORDER, Tone
from vidomo.publish.sitrep.bands import Band, Track
from vidomo.publish.sitrep.drawing import (
    FAINT,
    INK,
    STRONG,
    TINT,
    fits,
    patterns,
    picture,
    rect,
    text,
)
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.model import Picture
from vidomo.publish.sitrep.telling import Telling

WIDTH = 760
_LEFT, _RIGHT, _TOP, _ROW, _BAR = 132, 12, 40, 27, 6
_MOST_TICKS = 9
_MARK_APART = 11.0
_STEPS = tuple(timedelta(minutes=one) for one in (5, 15, 30, 60, 120, 180, 360, 720)) + tuple(
    timedelta(days=one) for one in (1, 2, 7, 14, 28, 91, 365)
)


def timeline(found: tuple[Track, ...], *, material: Material, telling: Telling) -> Picture:
    """Return the picture of a period.

    Dimensions on which nobody said anything share one hatched row.
    """
    shown = [track for track in found if not track.is_silent]
    silent = [track for track in found if track.is_silent]
    own, height = telling.own, _TOP + _ROW * (len(shown) + bool(silent)) + 8
    axis = _Axis(material.start, material.end)
    parts = [patterns("t"), *_ticks(axis, height)]
    for number, track in enumerate(shown):
        parts += _row(track, _TOP + _ROW * number, axis=axis, telling=telling)
    if silent:
        y = _TOP + _ROW * len(shown)
        parts += _label(own("timeline.rest"), y)
        parts.append(_hatched(axis.left, y, axis.right - axis.left))
        names = ", ".join(telling.words.label("dimension", one.dimension) for one in silent)
        wide = "_wide" if telling.is_wide else ""
        parts += _caption(own(f"timeline.unsaid{wide}"), axis.left, axis.right, y)
        silence = own(f"timeline.silence{wide}", names=names)
    else:
        silence = ""
    alt = own(
        "timeline.alt",
        place=telling.place(material.code),
        start=telling.full(material.start),
        end=telling.full(material.end),
    )
    notes = [telling.fixed("timeline_hatched")]
    if material.step is not None:
        minutes = math.ceil(material.step / timedelta(minutes=1))
        notes.append(telling.fixed("timeline_step", n=minutes))
    if any(map(telling.is_day, (one for row in shown for one in _behind(row)))):
        notes.append(telling.fixed("timeline_days"))
    if not material.is_internal:
        notes.append(telling.fixed("timeline_public"))
    return Picture(
        name="timeline",
        svg=picture(WIDTH, height, "".join(parts), label=f"{alt} {silence}".strip()),
        alt=f"{alt} {silence}".strip(),
        width=WIDTH,
        height=height,
        key=tuple((STRONG[tone], own(f"tone.{tone}")) for tone in ORDER),
        notes=tuple(notes),
    )


def _behind(track: Track) -> Iterator[str]:
    yield from (claim for band in track.bands for claim in band.claims)
    yield from (item.claim for item in track.marks)


class _Axis:
    """Where an instant stands on the picture."""

    left, right = float(_LEFT), float(WIDTH - _RIGHT)

    def __init__(self, start: datetime, end: datetime) -> None:
        self.start, self.end = start, end
        self._length = max((end - start).total_seconds(), 1.0)

    def x(self, instant: datetime) -> float:
        """Return the place of an instant, never outside the picture."""
        share = (instant - self.start).total_seconds() / self._length
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)

    def ticks(self) -> Iterator[datetime]:
        """Yield round instants of Kyiv time, as few as can be read."""
        length = self.end - self.start
        step = next((one for one in _STEPS if length / one <= _MOST_TICKS), _STEPS[-1])
        local = self.start.astimezone(KYIV)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        number = 0
        while True:
            at = (midnight + step * number).replace(tzinfo=KYIV).astimezone(UTC)
            number += 1
            if at > self.end:
                return
            if at >= self.start:
                yield at


def _ticks(axis: _Axis, height: int) -> Iterator[str]:
    """Yield lines and clocks; the day stands at the first tick and at each midnight."""
    day = None
    for at in axis.ticks():
        local, x = at.astimezone(KYIV), axis.x(at)
        yield (
            f'<path d="M{x:.1f} {_TOP - 8}V{height - 8}" stroke="#c8ccd1" stroke-width=".8" '
            'fill="none"/>'
        )
        anchor = "end" if x > axis.right - 30 else "middle"
        if day != local.date():
            yield text(x, 12, f"{local:%d.%m}", anchor=anchor, weight="bold")
        day = local.date()
        if (axis.end - axis.start) < timedelta(days=9):
            yield text(x, 26, f"{local:%H:%M}", anchor=anchor, fill=FAINT)


def _row(track: Track, y: float, *, axis: _Axis, telling: Telling) -> Iterator[str]:
    yield from _label(telling.words.label("dimension", track.dimension), y)
    if not track.bands:
        yield from _marks(track, y, axis=axis, telling=telling)
    for band in track.bands:
        yield from _band(band, track.dimension, y, axis=axis, telling=telling)


def _band(band: Band, dimension: str, y: float, *, axis: _Axis, telling: Telling) -> Iterator[str]:
    x, width = axis.x(band.start), axis.x(band.end) - axis.x(band.start)
    words = telling.words.label("phase", f"{dimension}.{band.phase}")
    if band.tone is Tone.UNKNOWN:
        yield _hatched(x, y, width)
        if band.is_said:  # somebody spoke, but too long ago to say that it still holds
            words = telling.own("timeline.stale", phase=words)
            yield from _caption(words, x, x + width, y)
        return
    if band.is_clearing:
        words = telling.own("timeline.clear", phase=words)
    yield rect(x, y, width, _ROW - 4, TINT[band.tone], stroke=STRONG[band.tone])
    yield rect(x, y, width, _BAR, f"url(#t-{band.tone})")
    if fits(words, width, size=10.5):
        yield text(x + 4, y + 18.5, words, size=10.5)


def _marks(track: Track, y: float, *, axis: _Axis, telling: Telling) -> Iterator[str]:
    """Yield a diamond for each moment at which officials spoke; near ones stand as one."""
    middle = y + (_ROW - 4) / 2
    yield f'<path d="M{axis.left} {middle}H{axis.right}" stroke="#c8ccd1" fill="none"/>'
    if not track.marks:
        words = telling.own("timeline.elsewhere")
        yield from _caption(words, axis.left, axis.right, y)
    groups: list[tuple[float, list[str]]] = []
    for item in track.marks:
        if item.said_at is None:
            continue
        x, topic = axis.x(item.said_at), telling.topic(item)
        if groups and x - groups[-1][0] < _MARK_APART:
            groups[-1][1].append(topic)
        else:
            groups.append((x, [topic]))
    for number, (x, topics) in enumerate(groups):
        yield (
            f'<path d="M{x:.1f} {middle - 6}l6 6l-6 6l-6 -6z" fill="{STRONG[Tone.INFO]}" '
            f'stroke="{INK}" stroke-width=".8"/>'
        )
        until = groups[number + 1][0] - 8 if number + 1 < len(groups) else axis.right
        told = "; ".join(dict.fromkeys(topics))
        if fits(told, until - x - 9, size=10):
            yield rect(x + 8, middle - 7, len(told) * 10 * 0.52, 14, "#ffffff")
            yield text(x + 9, middle + 3.5, told, size=10)


def _label(words: str, y: float) -> Iterator[str]:
    yield text(_LEFT - 8, y + 16, words, anchor="end")


def _hatched(x: float, y: float, width: float) -> str:
    return rect(x, y, width, _ROW - 4, "url(#t-unknown)", stroke="#9aa0a6")


def _caption(words: str, x: float, until: float, y: float) -> Iterator[str]:
    """Yield words on a hatched ground of their own, where they fit."""
    if fits(words, until - x - 8, size=10.5):
        yield rect(x + 4, y + 4, len(words) * 10.5 * 0.56 + 4, _ROW - 12, "#ffffff")
        yield text(x + 6, y + 15.5, words, size=10.5, fill=FAINT)
