"""How long a place was reported without power: at least, and at most."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from vidomo.core.time import Interval
from vidomo.outlook.review.model import Bounds, Outage
from vidomo.situation.model import Evidence, Standing

OUT, BACK = "impact.power.outage", "impact.power.restored"
_COUNTED = frozenset({Standing.OFFICIAL, Standing.DECLARED})
_WHOLE = frozenset({"all", "unstated"})
_TOLD = frozenset({"report", "assessment"})


def outages(rows: Iterable[Evidence], *, period: Interval) -> tuple[Outage, ...]:
    """Return the reported outages of one place that touch a period.

    An outage begins with the first statement that there is no power and ends with the first
    that it is back; back for a part of the place ends nothing. What is known for sure lies between the latest beginning and the last time
    that somebody said so; the most, between the earliest beginning and the latest time of
    restoration. Silence ends nothing: without a restoration the most runs to the end of the
    period.

    Args:
        rows: Statements on the very place.
        period: Only time inside counts.
    """
    found: list[Outage] = []
    said: list[Evidence] = []
    for row in sorted(filter(_is_counted, rows), key=lambda one: (_said(one), one.claim)):
        if row.topic == OUT:
            said.append(row)
        elif said and row.extent in _WHOLE:
            found.append(_outage(said, row, period))
            said = []
    if said:
        found.append(_outage(said, None, period))
    return tuple(one for one in found if _touches(one, period))


def total(found: Sequence[Outage]) -> Bounds | None:
    """Return the time without power over all outages; None when none is known."""
    if not found:
        return None
    return Bounds(
        low_s=sum(one.lasted.low_s for one in found),
        high_s=sum(one.lasted.high_s for one in found),
    )


def _outage(said: Sequence[Evidence], back: Evidence | None, period: Interval) -> Outage:
    first, last = said[0], said[-1]
    began = _when(first)
    last_said_at = _said(last)
    restored = None if back is None else _when(back)
    sure = Interval(began.end, max(last_said_at, began.end))
    # Power that came back before the last word on the outage: the two disagree, nothing is sure.
    if restored is not None and restored.start < sure.end:
        sure = Interval(began.end, max(restored.start, began.end))
    most = Interval(began.start, period.end if restored is None else restored.end)
    to_restoration = None
    if restored is not None:
        to_restoration = Bounds(
            low_s=max(0.0, (restored.start - began.end).total_seconds()),
            high_s=(restored.end - began.start).total_seconds(),
        )
    return Outage(
        began=began,
        last_said_at=last_said_at,
        restored=restored,
        lasted=Bounds(low_s=_inside(sure, period), high_s=_inside(most, period)),
        to_restoration=to_restoration,
        claims=tuple(row.claim for row in (*said, *((back,) if back else ()))),
    )


def _when(row: Evidence) -> Interval:
    """Return when what is said happened: as the text says, never after it was said."""
    said = _said(row)
    start = min(row.earliest or said, said)
    end = min(row.latest or said, said)
    return Interval(start, max(start, end))


def _said(row: Evidence) -> datetime:
    if row.said_at is None:  # pragma: no cover - left out before
        raise ValueError(row.claim)
    return row.said_at


def _inside(stretch: Interval, period: Interval) -> float:
    start, end = max(stretch.start, period.start), min(stretch.end, period.end)
    return max(0.0, (end - start).total_seconds())


def _touches(outage: Outage, period: Interval) -> bool:
    end = period.end if outage.restored is None else outage.restored.end
    return outage.began.start < period.end and end > period.start


def _is_counted(row: Evidence) -> bool:
    return (
        row.topic in (OUT, BACK)
        and row.kind in _TOLD
        and row.polarity == "affirmed"
        and row.standing in _COUNTED
        and row.said_at is not None
    )
