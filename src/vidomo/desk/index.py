"""The desk's first page: find what is behind an id, and see what waits for a person."""

from collections.abc import Sequence
from typing import Any

from vidomo.publish.atlas import Atlas
from vidomo.publish.page.frame import Frame, render
from vidomo.situation.model import Decided, Evidence, Orphaned, Situation, Standing

SHOWN = 60
"""Lines of one list; the command line shows the rest."""


def render_desk(situation: Situation, *, frame: Frame, atlas: Atlas) -> str:
    """Return the desk's first page as HTML.

    Args:
        situation: What holds; the desk sees all of it, the public pages only what passed the gate.
        frame: How the page was asked for.
        atlas: Names of places.
    """
    ambiguous = _ambiguous(situation, frame=frame, atlas=atlas)
    silent = [item for item in situation.sources if item.silent_since is not None]
    return render(
        "desk/index.html.j2",
        frame=frame,
        orphaned=[
            _decision(item, frame=frame, quote=item.quote, behind=(item.report,))
            for item in situation.orphaned[:SHOWN]
        ],
        orphaned_count=len(situation.orphaned),
        in_force=[
            _decision(item, frame=frame, quote="", behind=item.claims)
            for item in situation.decisions[:SHOWN]
        ],
        in_force_count=len(situation.decisions),
        ambiguous=ambiguous[:SHOWN],
        ambiguous_count=len(ambiguous),
        silent=silent[:SHOWN],
    )


def _decision(
    item: Decided | Orphaned, *, frame: Frame, quote: str, behind: Sequence[str]
) -> dict[str, Any]:
    """Return a decision with the words that it was about and the records behind it."""
    return {
        "id": item.id,
        "kind": frame.words.label("decision", item.kind),
        "at": frame.moment(item.at),
        "reason": item.reason,
        "by": item.by,
        "quote": quote,
        "behind": [record for record in behind if record],
    }


def _ambiguous(situation: Situation, *, frame: Frame, atlas: Atlas) -> list[dict[str, Any]]:
    """Return statements that may mean one place or another, newest first, with the places.

    Such a statement stands in the timeline of each place that it may mean, and has none of its own.
    """
    unplaced = {
        item.claim: item
        for item in situation.evidence
        if item.place is None and item.standing is not Standing.WITHDRAWN
    }
    candidates: dict[str, list[str]] = {}
    for place in situation.places:
        for claim in place.timeline:
            if claim in unplaced:
                candidates.setdefault(claim, []).append(place.place)
    found = sorted((unplaced[claim] for claim in candidates), key=_order, reverse=True)
    return [
        {
            "said": item,
            "topic": frame.words.label("topic", item.topic),
            "when": frame.moment(item.said_at) if item.said_at else frame.words("when.undated"),
            "places": [
                (code, atlas.label(code, lang=frame.lang, full=True))
                for code in candidates[item.claim]
            ],
        }
        for item in found
    ]


def _order(item: Evidence) -> tuple[str, str]:
    return item.said_at.isoformat() if item.said_at else "", item.claim
