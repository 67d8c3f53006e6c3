"""Which attacks were warned of, how early, and which warnings nothing followed."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from vidomo.core.time import Interval
from vidomo.outlook.review.model import AlertSpan, AttackReview, Bounds, Warned
from vidomo.situation.model import Evidence, Incident, Standing

# A threat that was named so long ago is no warning of this attack any more: the staleness of
# the dimension "attack" (CLAIMS.md section 8).
THREAT_LASTS = timedelta(hours=6)
_COUNTED = frozenset({Standing.OFFICIAL, Standing.DECLARED})


def reviewed(
    incident: Incident,
    *,
    alerts: Sequence[AlertSpan],
    threats: Iterable[Evidence],
    is_watched: bool,
) -> AttackReview:
    """Return an attack with the warning that was in force when it came.

    An alert that was on at the earliest time given for the attack warned of it. One that began
    between the earliest and the latest leaves it undecided. Without an alert a threat that was
    named up to six hours before counts. Without either the attack came unwarned, but only
    where an alarm source covers the place; elsewhere it is not known.

    Args:
        incident: The attack.
        alerts: Alerts over its place, by start.
        threats: Statements of a threat to its place.
        is_watched: Whether an alarm source over the place had been heard by then.
    """

    def row(
        warned: Warned, *, by: str = "", lead: Bounds | None = None, claim: str = ""
    ) -> AttackReview:
        return AttackReview(
            incident=incident.id,
            place=incident.place,
            family=incident.family,
            earliest=incident.earliest,
            latest=incident.latest,
            warned=warned,
            by=by,
            lead=lead,
            claim=claim,
        )

    on = [one for one in alerts if one.lasts_at(incident.earliest)]
    if on:
        first = min(on, key=lambda one: one.start)
        lead = Bounds(
            low_s=(incident.earliest - first.start).total_seconds(),
            high_s=(incident.latest - first.start).total_seconds(),
        )
        return row(Warned.WARNED, by="alert", lead=lead, claim=first.started_by)
    if any(incident.earliest < one.start <= incident.latest for one in alerts):
        return row(Warned.UNDECIDED)
    named = [
        threat
        for threat in threats
        if threat.said_at is not None
        and timedelta(0) <= incident.earliest - threat.said_at <= THREAT_LASTS
    ]
    if named:
        last = max(named, key=lambda one: (one.said_at, one.claim))
        at = last.said_at or incident.earliest
        lead = Bounds(
            low_s=(incident.earliest - at).total_seconds(),
            high_s=(incident.latest - at).total_seconds(),
        )
        return row(Warned.WARNED, by="threat", lead=lead, claim=last.claim)
    return row(Warned.UNWARNED if is_watched else Warned.NOT_KNOWN)


def is_threat(evidence: Evidence) -> bool:
    """Whether somebody of standing names a threat."""
    return (
        evidence.topic.startswith("threat.")
        and evidence.polarity == "affirmed"
        and evidence.standing in _COUNTED
        and evidence.kind in ("report", "warning", "assessment")
    )


def without_attack(
    warnings: Iterable[Interval],
    incidents: Iterable[Incident],
    *,
    is_at: Callable[[Incident], bool],
) -> int:
    """Return during how many warnings no attack on a place is known.

    Args:
        warnings: Ended stretches under alert.
        incidents: All attacks that are known.
        is_at: Whether an attack was on the place or a part of it.
    """
    times = [(one.earliest, one.latest) for one in incidents if is_at(one)]
    return sum(
        not any(first < warning.end and warning.start <= last for first, last in times)
        for warning in warnings
    )
