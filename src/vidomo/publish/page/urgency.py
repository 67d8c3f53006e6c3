"""How urgent a phase is, and in which order places are told."""

from collections.abc import Iterable
from enum import StrEnum

from vidomo.disclosure.model import DimensionView, PlaceView, PublicView

_TONES = {
    "alert": {"on": "danger", "warned": "danger", "ended": "info", "none": "info"},
    "attack": {"reported": "danger", "threat": "danger", "over": "info"},
    "harm": {"reported": "danger", "unknown": "caution", "none_stated": "info"},
    "damage": {"reported": "caution", "unknown": "info", "none_stated": "info"},
}
_SUPPLY = {"out": "caution", "partial": "caution", "restored": "info", "normal": "info"}


class Tone(StrEnum):
    """The colour and pattern of a phase (after ISO 22324); none of them means safe.

    The order is the order of urgency. Unknown is grey hatching.
    """

    DANGER = "danger"
    CAUTION = "caution"
    INFO = "info"
    UNKNOWN = "unknown"


ORDER = tuple(Tone)


def tone_of(dimension: DimensionView) -> Tone:
    """Return the tone of a phase; what is out of date has the tone of the unknown."""
    if not dimension.is_said or dimension.stale:
        return Tone.UNKNOWN
    table = _TONES.get(dimension.dimension, _SUPPLY)
    return Tone(table.get(dimension.phase, "unknown"))


def most_urgent(tones: Iterable[Tone]) -> Tone:
    """Return the most urgent of some tones; unknown where there are none."""
    return min(tones, key=ORDER.index, default=Tone.UNKNOWN)


def with_news(view: PublicView) -> tuple[PlaceView, ...]:
    """Return the places of which anybody has said anything.

    Words that may mean one place or another do not count: they are told on the
    page of each candidate, and would make news of a namesake here.
    """
    settled = {item.claim for item in view.said if item.place}
    settled |= {item.id for item in view.questions if item.place}
    return tuple(
        place
        for place in view.places
        if place.incidents
        or place.figures
        or any(item.is_said and item.inherited_from is None for item in place.dimensions)
        or not settled.isdisjoint((*place.timeline, *place.questions))
    )


def rank(place: PlaceView, *, view: PublicView) -> tuple[int, int, int, float, str]:
    """Return the sorting key of a place: attack, alert and harm, then supplies, then questions.

    Within one rank the place that was heard of last comes first.
    """
    said = [dimension for dimension in place.dimensions if dimension.inherited_from is None]
    tone = most_urgent(tone_of(dimension) for dimension in said)
    is_now = any(
        tone_of(dimension) is Tone.DANGER
        for dimension in said
        if dimension.dimension in {"alert", "attack"}
    )
    open_questions = {item.id for item in view.questions if item.status == "open"}
    asks = any(name in open_questions for name in place.questions)
    heard = max(
        (dimension.heard_at.timestamp() for dimension in said if dimension.heard_at), default=0.0
    )
    return (0 if is_now else 1, ORDER.index(tone), 0 if asks else 1, -heard, place.place)
