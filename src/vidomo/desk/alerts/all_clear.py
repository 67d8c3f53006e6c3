"""Where an official source has announced an all-clear, in words that may be passed on (law 6)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from vidomo.core.errors import DisclosureForbidden
from vidomo.disclosure.model import DimensionView, PublicView, Said
from vidomo.gazetteer import Gazetteer

_NOTES = frozenset({"all_clear_being_confirmed", "all_clear_announced"})
_END = "alert.end"
FRESH = timedelta(hours=3)
"""How old an all-clear may be that is passed on; an older one is history (our own choice)."""


def announced_all_clear(
    place: str, view: PublicView | None, *, gazetteer: Gazetteer
) -> tuple[Said, ...]:
    """Return the official words that announce an all-clear for a place and stand unopposed.

    Only an authority ends a warning: a message may pass its words on, never make one up. What
    stands in the public view is what officials said and what may be shown; the newest word on the
    alarm must be the all-clear, so that an alarm raised again takes it away. It must name the place
    or what the place lies in, and be no older than ``FRESH``.

    Raises:
        DisclosureForbidden: No official all-clear stands for this place.
    """
    found = tuple(
        one
        for one in (_found(place, view) if view else ())
        if view is not None and _is_fresh(one, view) and _names(one, place, gazetteer)
    )
    if not found:
        name = gazetteer.label(place, lang="en")
        raise DisclosureForbidden(
            f"no official source has announced an all-clear for {name}",
            hint="only an authority ends a warning; import its words first, then pass them on",
        )
    return found


def all_clears_for(
    places: Sequence[str], views: Sequence[PublicView | None], *, gazetteer: Gazetteer
) -> tuple[Said, ...]:
    """Return the official words for each of several places, each statement once.

    Raises:
        DisclosureForbidden: For one of them no official all-clear stands.
    """
    found: dict[str, Said] = {}
    for place, view in zip(places, views, strict=True):
        for said in announced_all_clear(place, view, gazetteer=gazetteer):
            found[said.claim] = said
    return tuple(found.values())


def _found(place: str, view: PublicView) -> Iterator[Said]:
    told = view.place(place) if view.is_public else None
    alert = (
        next((one for one in told.dimensions if one.dimension == "alert"), None) if told else None
    )
    if alert is None:
        return
    by_id = {one.claim: one for one in view.said}
    alarms = [one for one in view.said if _is_alarm(one)]
    for claim in _standing(alert):
        said = by_id.get(claim)
        if said is not None and _is_all_clear(said) and all(_is_after(said, one) for one in alarms):
            yield said


def _standing(alert: DimensionView) -> Iterator[str]:
    """Yield the claims that say that the alarm is over, where nothing newer says it is on."""
    if alert.phase == "ended":
        yield from alert.said[:1]
    yield from (note.said for note in alert.notes if note.code in _NOTES)


def _is_all_clear(said: Said) -> bool:
    return (said.topic, said.kind, said.polarity, said.standing) == (
        _END,
        "report",
        "affirmed",
        "official",
    ) and bool(said.quote)


def _is_fresh(said: Said, view: PublicView) -> bool:
    """Return whether an all-clear is news; one without a time is not."""
    return said.said_at is not None and view.valid_at - said.said_at <= FRESH


def _names(said: Said, place: str, gazetteer: Gazetteer) -> bool:
    """Return whether an all-clear is about a place or all that it lies in; a part is not enough."""
    return said.place is not None and gazetteer.within(place, said.place)


def _is_alarm(said: Said) -> bool:
    """Return whether somebody says that there is an alarm or a threat, for this place or around."""
    return said.polarity == "affirmed" and (
        said.topic == "alert.start" or (said.topic.startswith("threat.") and said.kind == "warning")
    )


def _is_after(said: Said, alarm: Said) -> bool:
    """Return whether an all-clear came after an alarm; where that cannot be told, it did not."""
    return said.said_at is not None and alarm.said_at is not None and said.said_at > alarm.said_at
