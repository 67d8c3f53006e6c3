"""The country in few words: alerts as they are named, supplies by oblast, for the map and table."""

from collections.abc import Mapping

from vidomo.disclosure.country import CountryView, UnitView
from vidomo.disclosure.model import DimensionView
from vidomo.publish.map import MapState
from vidomo.publish.page.urgency import ORDER, Tone, most_urgent, tone_of
from vidomo.publish.residents.frame import Leaf


def country_states(view: CountryView, *, frame: Leaf) -> Mapping[str, MapState]:
    """Return what is said of each oblast and raion: the colour, and the same in words.

    An alert that its source has not renewed is left out; a supply state that is out of
    date is told as such, in the colour of other reports.
    """
    rows: dict[str, list[tuple[Tone, str]]] = {}
    for item in view.alerts:
        if not item.stale:
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
        text = f"{text}, {frame.moment(item.since).striptags()}"
    if item.phase == "ended" and item.speakers:
        text = f"{text}: {frame.named(item.speakers).striptags()}"
    return f"{text}. {words('r_alert.unconfirmed')}" if item.is_being_confirmed else text


def _supply(item: UnitView, frame: Leaf) -> str:
    words = frame.words
    name = words.label("dimension", item.dimension)
    text = f"{name}: {words.label('phase', f'{item.dimension}.{item.phase}').lower()}"
    return f"{text} ({words('r_country.old')})" if item.stale else text


def _order(item: tuple[Tone, str]) -> int:
    return ORDER.index(item[0])
