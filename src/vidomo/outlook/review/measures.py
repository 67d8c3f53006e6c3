"""Puts the review of one place and one period together."""

import statistics
from collections import Counter
from collections.abc import Sequence

from vidomo.core.time import Interval
from vidomo.outlook.review.attacks import is_threat, reviewed, without_attack
from vidomo.outlook.review.intervals import (
    AlertsByUnit,
    alerts_by_unit,
    is_watched,
    merged,
    over_place,
)
from vidomo.outlook.review.model import (
    AlertMeasures,
    AlertSpan,
    AnswerReview,
    AttackReview,
    Indices,
    Review,
)
from vidomo.outlook.review.power import outages, total
from vidomo.situation.hierarchy import Units
from vidomo.situation.model import Evidence, Incident, Question, Situation
from vidomo.sources.registry import Registry


def review(
    situation: Situation,
    place: str,
    *,
    period: Interval,
    registry: Registry,
    units: Units,
    indices: Indices | None = None,
) -> Review:
    """Return the review of protective measures for one place and one period.

    Args:
        situation: What held at the end of the period, or later, as far as it is known.
        place: Code of the place.
        period: Half-open; what began before or ends after counts with its part inside.
        registry: Who may give and end an alarm.
        units: Wider units and parts.
        indices: From an operator's own counts; None where there are none.
    """
    return _Reviewer(situation, registry, units).of(place, period, indices)


class _Reviewer:
    """One situation on its way to a review."""

    def __init__(self, situation: Situation, registry: Registry, units: Units) -> None:
        self._situation = situation
        self._registry = registry
        self._units = units
        self._alerts: AlertsByUnit = alerts_by_unit(situation, registry=registry, units=units)
        self._evidence = {row.claim: row for row in situation.evidence}
        self._timelines = {state.place: state.timeline for state in situation.places}

    def of(self, place: str, period: Interval, indices: Indices | None) -> Review:
        alerts = over_place(self._alerts, place, units=self._units)
        stretches = merged(alerts, period=period)
        incidents = [
            one
            for one in self._situation.incidents
            if one.earliest < period.end and one.latest >= period.start
        ]
        ended = [stretch for stretch, is_open in stretches if not is_open]
        found = outages(self._said_of(place), period=period)
        return Review(
            place=place,
            period=period,
            known_at=self._situation.known_at,
            alerts=self._measures(place, period, stretches),
            attacks=tuple(self._attack(one) for one in incidents if self._is_at(one, place)),
            warnings=len(ended),
            warnings_without_attack=without_attack(
                ended, incidents, is_at=lambda one: self._is_at(one, place)
            ),
            outages=found,
            without_power=total(found),
            answers=tuple(
                _answer(one)
                for one in self._situation.questions
                if self._is_asked_of(one, place) and _touches(one, period)
            ),
            indices=indices,
        )

    def _measures(
        self, place: str, period: Interval, stretches: Sequence[tuple[Interval, bool]]
    ) -> AlertMeasures:
        named = [
            alert
            for unit, alerts in self._alerts.items()
            if self._within(unit, place)
            for alert in alerts
            if period.holds(alert.start)
        ]
        lasted = [_seconds(one) for one in named if one.end is not None]
        levels = Counter(self._level(one.unit) for one in named)
        return AlertMeasures(
            is_watched=self._is_watched(place, period),
            over_place=len(stretches),
            under_alert_s=sum((one.end - one.start).total_seconds() for one, _ in stretches),
            open=sum(is_open for _, is_open in stretches),
            named=len(named),
            by_level=dict(sorted(levels.items())),
            median_s=statistics.median(lasted) if lasted else None,
            longest_s=max(lasted, default=None),
            stretches=tuple(one for one, _ in stretches),
        )

    def _attack(self, incident: Incident) -> AttackReview:
        codes = (incident.place, *self._units.ancestors(incident.place))
        threats = [row for code in codes for row in self._said_of(code) if is_threat(row)]
        return reviewed(
            incident,
            alerts=over_place(self._alerts, incident.place, units=self._units),
            threats=threats,
            is_watched=self._is_watched(
                incident.place, Interval(incident.earliest, incident.latest)
            ),
        )

    def _is_watched(self, place: str, period: Interval) -> bool:
        return is_watched(
            self._situation,
            place,
            until=period.end,
            registry=self._registry,
            units=self._units,
        )

    def _said_of(self, place: str) -> list[Evidence]:
        rows = [self._evidence[claim] for claim in self._timelines.get(place, ())]
        return [row for row in rows if row.place is not None]

    def _is_at(self, incident: Incident, place: str) -> bool:
        return self._within(incident.place, place)

    def _is_asked_of(self, question: Question, place: str) -> bool:
        return question.place is not None and self._within(question.place, place)

    def _within(self, code: str, place: str) -> bool:
        return code == place or place in self._units.ancestors(code)

    def _level(self, code: str) -> str:
        unit = self._units.get(code)
        return "" if unit is None else unit.level.value


def _answer(question: Question) -> AnswerReview:
    asked, answered = question.asked_at, question.answered_at
    is_answered = question.status == "answered" and asked is not None and answered is not None
    return AnswerReview(
        question=question.id,
        subject=question.subject,
        place=question.place,
        status=question.status,
        asked_at=asked,
        answered_at=answered,
        took_s=(answered - asked).total_seconds() if is_answered and answered and asked else None,
    )


def _touches(question: Question, period: Interval) -> bool:
    """Whether a question was open at any time of the period; an undated one may have been."""
    if question.asked_at is not None and question.asked_at >= period.end:
        return False
    return question.answered_at is None or question.answered_at >= period.start


def _seconds(alert: AlertSpan) -> float:
    return 0.0 if alert.end is None else (alert.end - alert.start).total_seconds()
