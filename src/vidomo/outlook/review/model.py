"""The review of one place over one period; for the desk only, never for the public."""

from datetime import datetime
from enum import StrEnum

import msgspec

from vidomo.core.time import Interval


class AlertSpan(msgspec.Struct, frozen=True, kw_only=True):
    """One alert of one named unit.

    Attributes:
        unit: Code of the unit that the words name.
        start: When the alarm was given.
        end: When it was ended by somebody who may; None when nobody has.
        started_by: Id of the claim that gave it; ``ended_by`` of the one that ended it.
    """

    unit: str
    start: datetime
    end: datetime | None
    started_by: str
    ended_by: str = ""

    def lasts_at(self, instant: datetime) -> bool:
        """Whether it is on at an instant; an alert without an end is."""
        return self.start <= instant and (self.end is None or instant < self.end)


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """A duration of which only the least and the most are known, in seconds."""

    low_s: float
    high_s: float


class AlertMeasures(msgspec.Struct, frozen=True, kw_only=True):
    """How often and how long the place was under alert.

    Attributes:
        is_watched: Whether an alarm source that covers the place was heard by the end of the
            period; where none was, no alert means not known, never none.
        over_place: Alerts of the place and of wider units, touching the period, overlapping ones as one.
        under_alert_s: Time of the period under any of them.
        open: How many of ``over_place`` nobody ended; they count up to the end of the period.
        named: Alerts of the place and of its parts that began in the period, each as announced.
        by_level: The same, by level of the unit named.
        median_s: Median duration of the ended ones among ``named``; None without any.
        longest_s: Longest of them; None without any.
        stretches: The times behind ``under_alert_s``.
    """

    is_watched: bool
    over_place: int
    under_alert_s: float
    open: int
    named: int
    by_level: dict[str, int]
    median_s: float | None = None
    longest_s: float | None = None
    stretches: tuple[Interval, ...] = ()


class Warned(StrEnum):
    """What came before an attack.

    UNDECIDED: alarm and attack overlap in what is known of their times.
    NOT_KNOWN: no warning is known, and no alarm source covers the place: there may have been one.
    """

    WARNED = "warned"
    UNWARNED = "unwarned"
    UNDECIDED = "undecided"
    NOT_KNOWN = "not_known"


class AttackReview(msgspec.Struct, frozen=True, kw_only=True):
    """One reported attack and the warning before it.

    Attributes:
        incident: Id of the incident; its place and times as in the situation.
        by: alert or threat; empty where nothing came before.
        lead: From the warning to the attack; None where nothing came before.
        claim: Id of the claim that warned.
    """

    incident: str
    place: str
    family: str
    earliest: datetime
    latest: datetime
    warned: Warned
    by: str = ""
    lead: Bounds | None = None
    claim: str = ""


class Outage(msgspec.Struct, frozen=True, kw_only=True):
    """One reported stretch without power at one place.

    Attributes:
        began: When it can have begun.
        last_said_at: Last time somebody said that there is none.
        restored: When it can have come back; None when nobody said so.
        lasted: Time without power inside the period; without an end, up to the end of the
            period at most.
        to_restoration: From beginning to restoration, whatever the period; None without an end.
        claims: Ids of the claims behind it.
    """

    began: Interval
    last_said_at: datetime
    restored: Interval | None
    lasted: Bounds
    to_restoration: Bounds | None
    claims: tuple[str, ...]


class AnswerReview(msgspec.Struct, frozen=True, kw_only=True):
    """One question and how long its answer took.

    Attributes:
        took_s: From the first asking to the answer; None while there is none or no date.
    """

    question: str
    subject: str
    place: str | None
    status: str
    asked_at: datetime | None
    answered_at: datetime | None
    took_s: float | None


class DayOfHarm(msgspec.Struct, frozen=True, kw_only=True):
    """A day whose interruptions pass the threshold of a major event; shown, not removed."""

    day: str
    saidi_min: float
    is_major: bool


class CauseIndices(msgspec.Struct, frozen=True, kw_only=True):
    """SAIDI in minutes and SAIFI in interruptions per customer served, for one cause."""

    cause: str
    saidi_min: float
    saifi: float
    customer_hours: float


class Indices(msgspec.Struct, frozen=True, kw_only=True):
    """Reliability indices from an operator's own counts (IEEE Std 1366).

    Attributes:
        customers_served: As the operator states it.
        saidi_min: Minutes per customer served; ``saifi`` interruptions per customer served.
        customer_hours: Customers times hours.
        is_upper_bound: Whether the counts are the most that were ever out at once.
        causes: The operator's own split.
        threshold_min: A day above it is a major event day; None where too few days are known.
        days: Every day with interruptions; major ones are marked and stay in the sums.
    """

    customers_served: int
    saidi_min: float
    saifi: float
    customer_hours: float
    is_upper_bound: bool
    causes: tuple[CauseIndices, ...]
    threshold_min: float | None
    days: tuple[DayOfHarm, ...]


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """The review of protective measures for one place and one period.

    Attributes:
        warnings_without_attack: Ended alerts over the place during which no attack on it or
            its parts is known; that none is known does not say that there was none.
        indices: None unless an operator supplied customer counts.
    """

    place: str
    period: Interval
    known_at: datetime
    alerts: AlertMeasures
    attacks: tuple[AttackReview, ...] = ()
    warnings: int = 0
    warnings_without_attack: int = 0
    outages: tuple[Outage, ...] = ()
    without_power: Bounds | None = None
    answers: tuple[AnswerReview, ...] = ()
    indices: Indices | None = None

    def count(self, warned: Warned) -> int:
        """Return how many attacks came with such a warning."""
        return sum(attack.warned is warned for attack in self.attacks)
