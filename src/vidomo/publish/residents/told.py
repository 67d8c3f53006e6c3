"""How a residents' page tells a phase: who says so, since when, and of which level it is known."""

from collections.abc import Iterable
from typing import Any

import msgspec
from markupsafe import Markup

from vidomo.core.time import format_instant
from vidomo.disclosure.model import DimensionView, NoteView, Said
from vidomo.publish.page.telling import Telling
from vidomo.publish.page.urgency import Tone, tone_of

PROMISES = 1
"""Promises that a card shows: the last word counts; the others are among who said what."""
_AHEAD = frozenset({"forecast", "plan"})
_BACK = frozenset({"normal", "restored"})


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """What is expected, and who promised it when.

    Attributes:
        is_past: Whether its hour has gone by and nothing confirms it.
    """

    text: str
    by: Markup
    is_past: bool
    quote: str
    lang: str


def card(item: DimensionView, *, telling: Telling) -> dict[str, Any]:
    """Return one dimension for the template of a residents' page."""
    words, frame = telling.words, telling.frame
    return {
        "key": item.dimension,
        "tone": tone_of(item),
        "name": words.label("dimension", item.dimension),
        "phase": words.label("phase", f"{item.dimension}.{item.phase}"),
        "by": frame.named(telling.speakers(item.said)),
        "many": len(telling.speakers(item.said)) > 1,
        "since": frame.moment(item.since) if item.since else "",
        "heard": frame.moment(item.heard_at) if item.heard_at else "",
        "stale": item.stale,
        "level": level_of(item, telling=telling),
        "promises": promises(item, telling=telling),
    }


def level_of(item: DimensionView, *, telling: Telling) -> str:
    """Return at which level a phase is known; empty where it was said of the place itself."""
    words = telling.words
    if item.inherited_from:
        unit = telling.atlas.label(item.inherited_from, lang=telling.frame.lang)
        if item.is_coarsened:  # whether anything was said of the place itself may not be told
            return words("r_now.coarse", place=unit)
        return words("r_now.of_wider" if not item.is_named else "r_now.also_wider", place=unit)
    if item.share is not None or item.is_from_parts:
        return words("r_now.of_parts")
    return ""


def promises(item: DimensionView, *, telling: Telling) -> list[Promise]:
    """Return what was promised of a dimension last.

    A promise whose hour has gone by stays, marked as not confirmed; it goes when the
    phase says that it came true.
    """
    if item.phase in _BACK and not item.stale:
        return []
    found = [telling.said[note.said] for note in item.notes if _is_promise(note, telling)]
    return [_promise(one, telling) for one in sorted(found, key=_order, reverse=True)[:PROMISES]]


def alert_state(item: DimensionView) -> DimensionView | None:
    """Return the alert of a place where its source is fresh, else None: then nothing is said."""
    if item.phase == "unknown" or item.stale:
        return None
    return item


def alert_band(item: DimensionView, *, telling: Telling) -> dict[str, Any]:
    """Return the alert for the template; without a fresh source it is the one sentence."""
    words, frame = telling.words, telling.frame
    shown = alert_state(item)
    announced = [
        (note.code, telling.said[note.said])
        for note in item.notes
        if note.code.startswith("all_clear") and note.said in telling.said
    ]
    if shown is None:
        # Who announced an all-clear is no alert state: it is told, and the sentence stays.
        return {
            "phase": "unknown",
            "tone": Tone.UNKNOWN,
            "title": words("r_alert.unknown"),
            "notes": [
                words(
                    "r_alert.announced",
                    speaker=frame.named([said.speaker or said.source]).striptags(),
                    when=frame.moment(said.said_at).striptags() if said.said_at else "",
                )
                for _, said in announced
            ],
        }
    notes = [
        words(
            "r_alert.confirming",
            speaker=frame.named([said.speaker or said.source]).striptags(),
        )
        for code, said in announced
        if code == "all_clear_being_confirmed"
    ]
    ended = shown.phase == "ended"
    return {
        "phase": shown.phase,
        "tone": tone_of(shown),
        "title": words(f"r_alert.{shown.phase}"),
        "by": frame.named(telling.speakers(shown.said)),
        "when": frame.moment(shown.since) if shown.since else "",
        "level": level_of(shown, telling=telling) if shown.inherited_from else "",
        "notes": [
            *notes,
            *([words("r_alert.ended_note")] if ended else []),
            *([words("r_alert.none_note")] if shown.phase == "none" else []),
        ],
    }


def standing(items: Iterable[DimensionView]) -> list[DimensionView]:
    """Return the dimensions as advice may rest on them: an alert only with a fresh source."""
    return [item for item in items if item.dimension != "alert" or alert_state(item) is not None]


def _is_promise(note: NoteView, telling: Telling) -> bool:
    said = telling.said.get(note.said)
    return said is not None and (note.code == "forecast" or said.kind in _AHEAD)


def _promise(item: Said, telling: Telling) -> Promise:
    at = telling.view.valid_at
    words, until = telling.words, item.latest
    is_past = until is not None and until <= at
    text = words("r_now.promised")
    if until is not None:
        hour = telling.frame.moment(until).striptags()
        text = words("r_now.promised_past" if is_past else "r_now.promised_by", until=hour)
    return Promise(
        text=text,
        by=telling.frame.named([item.speaker or item.source]),
        is_past=is_past,
        quote=item.quote,
        lang=item.lang,
    )


def _order(item: Said) -> tuple[str, str]:
    return format_instant(item.said_at) if item.said_at else "", item.claim
