"""The country in few words: alerts as they are named, supplies by oblast, for the map and table."""

from collections.abc import Mapping
from datetime import datetime

from vidomo.core.time import KYIV
from vidomo.disclosure.country import CountryView, UnitView
from vidomo.disclosure.model import DimensionView
from vidomo.publish.map import MapState
from vidomo.publish.page.urgency import ORDER, Tone, most_urgent, tone_of
from vidomo.publish.residents.frame import Leaf

FINE = 12
"""Places below a raion in the table: what fits one answer when every raion has a row, too."""
_MAPPED = frozenset({"oblast", "raion"})


def left_out(view: CountryView) -> int:
    """Return how many places under alert have no row, for the page to say so."""
    return max(0, len(_fine(view)) - FINE)


def _fine(view: CountryView) -> list[UnitView]:
    """Return the alerts below a raion, the newest first."""
    found = [item for item in view.alerts if item.level not in _MAPPED and not item.stale]
    return sorted(
        found, key=lambda item: item.since.timestamp() if item.since else 0.0, reverse=True
    )


def country_states(view: CountryView, *, frame: Leaf) -> Mapping[str, MapState]:
    """Return what is said of each oblast and raion: the colour, and the same in words.

    Of the places below a raion only some have a row; ``left_out`` counts the others.

    An alert that its source has not renewed is left out; a supply state that is out of
    date is told as such, in the colour of other reports.
    """
    rows: dict[str, list[tuple[Tone, str]]] = {}
    shown = {item.code for item in _fine(view)[:FINE]}
    for item in view.alerts:
        if not item.stale and (item.level in _MAPPED or item.code in shown):
            rows.setdefault(item.code, []).append((_tone(item), _alert(item, frame)))
    for item in view.supplies:
        rows.setdefault(item.code, []).append((_tone(item), _supply(item, frame)))
    return {
        code: MapState(
            tone=most_urgent(tone for tone, _ in said),
            words="; ".join(text for _, text in sorted(said, key=_order)),
        )
        for code, said in rows.items()
    }


def _tone(item: UnitView) -> Tone:
    tone = tone_of(
        DimensionView(dimension=item.dimension, phase=item.phase, stale=item.stale, said=("",))
    )
    return Tone.INFO if tone is Tone.UNKNOWN else tone


def _alert(item: UnitView, frame: Leaf) -> str:
    words = frame.words
    text = words(f"r_alert.{item.phase}")
    if item.since is not None:
        text = f"{text}, {_clock(item.since, frame)}"
    if item.phase == "ended" and item.speakers:
        text = f"{text}: {frame.named(item.speakers).striptags()}"
    return f"{text}. {words('r_alert.unconfirmed')}" if item.is_being_confirmed else text


def _clock(instant: datetime, frame: Leaf) -> str:
    """Return an instant for a row: the clock alone on the day that the page is about."""
    local = instant.astimezone(KYIV)
    if frame.valid_at is not None and local.date() == frame.valid_at.astimezone(KYIV).date():
        return f"{local:%H:%M}"
    return frame.moment(instant).striptags()


def _supply(item: UnitView, frame: Leaf) -> str:
    words = frame.words
    name = words.label("dimension", item.dimension)
    text = f"{name}: {words.label('phase', f'{item.dimension}.{item.phase}').lower()}"
    return f"{text} ({words('r_country.old')})" if item.stale else text


def _order(item: tuple[Tone, str]) -> int:
    return ORDER.index(item[0])
