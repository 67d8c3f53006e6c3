"""The alerts of every named unit, from the statements behind a situation."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from vidomo.core.time import Interval
from vidomo.outlook.review.model import AlertSpan
from vidomo.situation.hierarchy import Units
from vidomo.situation.model import Evidence, Situation, Standing
from vidomo.sources.registry import Registry

START, END = "alert.start", "alert.end"
_COUNTED = frozenset({Standing.OFFICIAL, Standing.DECLARED})
_TOLD = frozenset({"report", "assessment"})

AlertsByUnit = Mapping[str, tuple[AlertSpan, ...]]


class Rights:
    """Who may give and end an alarm, as the registry has it."""

    def __init__(self, registry: Registry, units: Units) -> None:
        self._registry = registry
        self._units = units
        self._voices = {row.voice for row in registry.types.values() if "alarm" in row.competence}

    def may_start(self, evidence: Evidence) -> bool:
        """Whether somebody of standing gave the alarm: a body of that competence, a declared source."""
        if evidence.standing is Standing.DECLARED:
            return True
        return evidence.origin.partition("@")[0] in self._voices

    def is_feed(self, evidence: Evidence, unit: str) -> bool:
        """Whether the words are the configured alarm source's own, for a unit in its home."""
        entry = self._registry.source(evidence.source)
        if entry is None or not entry.alarm_feed or evidence.reason != "own_channel":
            return False
        return self.covers(entry.home or "", unit) and self.may_start(evidence)

    def may_end(self, evidence: Evidence, unit: str) -> bool:
        """Whether a body of that competence for the unit says so, in words passed on faithfully."""
        entry = self._registry.source(evidence.source)
        is_faithful = evidence.reason == "own_channel" or bool(entry and entry.faithful)
        voice, _, home = evidence.origin.partition("@")
        is_official = evidence.standing is Standing.OFFICIAL and voice in self._voices
        return is_official and is_faithful and self.covers(home, unit)

    def covers(self, wider: str, unit: str) -> bool:
        """Whether a unit is the other one or lies inside it."""
        if unit == wider:
            return True
        return self._units.get(unit) is not None and wider in self._units.ancestors(unit)


def alerts_by_unit(situation: Situation, *, registry: Registry, units: Units) -> AlertsByUnit:
    """Return the alerts of every unit that the words themselves name, nothing inherited.

    An alert begins with the first alarm while none is on. It ends with the all-clear of the
    configured alarm source, with one that a person confirmed, or with the second of two
    independent bodies that may end it (law 6); until then it is on. At one and the same
    instant an all-clear goes before an alarm, so that an alert which begins as another ends
    is not lost, and an alarm is never undone by words of its own second.

    Args:
        situation: Everything known; its ``valid_at`` is the end of what is looked at.
        registry: Who may give and end an alarm.
        units: Wider units.
    """
    rights = Rights(registry, units)
    by_claim = {row.claim: row for row in situation.evidence if _is_alert(row)}
    found: dict[str, tuple[AlertSpan, ...]] = {}
    for state in situation.places:
        rows = [by_claim[claim] for claim in state.timeline if claim in by_claim]
        alerts = _alerts(state.place, [row for row in rows if row.place is not None], rights)
        if alerts:
            found[state.place] = alerts
    return found


def is_watched(
    situation: Situation, place: str, *, until: datetime, registry: Registry, units: Units
) -> bool:
    """Whether an alarm source that covers a place was heard before an instant."""
    rights = Rights(registry, units)
    over = {
        entry.id
        for entry in registry.sources()
        if entry.alarm_feed and rights.covers(entry.home or "", place)
    }
    answered = (
        row.source in over and row.answered_at is not None and row.answered_at < until
        for row in situation.sources
    )
    spoke = (
        row.source in over and row.said_at is not None and row.said_at < until
        for row in situation.evidence
    )
    return any(answered) or any(spoke)


def over_place(alerts: AlertsByUnit, place: str, *, units: Units) -> tuple[AlertSpan, ...]:
    """Return the alerts of a place and of its wider units, by their start.

    An alert whose own unit nobody ended counts as ended where an all-clear of a wider unit
    came after it; the earliest such one.
    """
    wider = units.ancestors(place)
    found = [*alerts.get(place, ())]
    for code in wider:
        found += alerts.get(code, ())
    closed = [_closed(one, alerts, units) if one.end is None else one for one in found]
    return tuple(sorted(closed, key=lambda one: (one.start, one.unit)))


def merged(alerts: Iterable[AlertSpan], *, period: Interval) -> tuple[tuple[Interval, bool], ...]:
    """Return the stretches of a period under any alert, each with whether nobody ended it."""
    stretches: list[tuple[Interval, bool]] = []
    for alert in sorted(alerts, key=lambda one: one.start):
        end = alert.end or period.end
        start, end = max(alert.start, period.start), min(end, period.end)
        if end <= start:
            continue
        is_open = alert.end is None
        if stretches and start <= stretches[-1][0].end:
            last, was_open = stretches[-1]
            stretches[-1] = Interval(last.start, max(last.end, end)), was_open or is_open
        else:
            stretches.append((Interval(start, end), is_open))
    return tuple(stretches)


def _closed(alert: AlertSpan, alerts: AlertsByUnit, units: Units) -> AlertSpan:
    ends = [
        other.end
        for code in units.ancestors(alert.unit)
        for other in alerts.get(code, ())
        if other.end is not None and other.end > alert.start
    ]
    if not ends:
        return alert
    return AlertSpan(unit=alert.unit, start=alert.start, end=min(ends), started_by=alert.started_by)


def _is_alert(row: Evidence) -> bool:
    return (
        row.topic in (START, END)
        and row.kind in _TOLD
        and row.polarity == "affirmed"
        and row.standing in _COUNTED
        and row.said_at is not None
    )


def _alerts(unit: str, rows: Sequence[Evidence], rights: Rights) -> tuple[AlertSpan, ...]:
    alerts: list[AlertSpan] = []
    on: Evidence | None = None
    voices: set[str] = set()
    for row in sorted(rows, key=_order):
        if row.topic == START:
            if rights.may_start(row):
                on = on or row
                voices = set()
            continue
        if on is None or on.said_at is None or not rights.may_end(row, unit):
            continue
        voices.add(row.origin)
        if rights.is_feed(row, unit) or row.confirmed_by or len(voices) > 1:
            alerts.append(
                AlertSpan(
                    unit=unit,
                    start=on.said_at,
                    end=row.said_at,
                    started_by=on.claim,
                    ended_by=row.claim,
                )
            )
            on, voices = None, set()
    if on is not None and on.said_at is not None:
        alerts.append(AlertSpan(unit=unit, start=on.said_at, end=None, started_by=on.claim))
    return tuple(alerts)


def _order(row: Evidence) -> tuple[datetime | None, bool, str, int]:
    return (row.said_at, row.topic == START, row.version, row.start)
