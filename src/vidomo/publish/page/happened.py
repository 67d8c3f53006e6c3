"""What happened, as a page tells it: counts, times, disagreements, what followed from what."""

from typing import Any

from vidomo.disclosure.model import ConflictView, FigureView, IncidentView, LinkView, SideView
from vidomo.publish.page.telling import Telling, figure_order

_CAUSES = frozenset({"cause.munition", "event.strike", "event.explosion"})


def incident(item: IncidentView, *, telling: Telling) -> dict[str, Any]:
    """Return an incident for the template; every value with who gives it."""
    words, frame = telling.words, telling.frame
    lines = [telling.figure(one) for one in sorted(item.figures, key=figure_order)]
    return {
        "title": words.part("place.incident", item.family),
        "place": telling.atlas.label(item.place, lang=frame.lang),
        "code": item.place,
        "span": frame.span(item.earliest, item.latest),
        "times": [
            {
                "span": frame.span(time.earliest, time.latest),
                "surface": time.surface,
                "lang": telling.lang_of(time.said),
                "speakers": time.speakers or telling.speakers(time.said),
                "disputed": time.disputed,
                "claim": next(iter(time.said), ""),
            }
            for time in item.times
        ],
        "figures": lines,
        "parts": [telling.figure(one) for one in sorted(item.parts, key=figure_order)],
        "inferred": any(line.inferred for line in lines),
        "means": [words.label("means", code) for code in item.means],
        "means_by": _means_speakers(item, telling),
        # Times stand side by side with who gives them already.
        "times_differ": any(one.what == "time" for one in item.conflicts),
        "conflicts": [_conflict(one, telling) for one in item.conflicts if one.what != "time"],
        "chain": [_link(one, telling) for one in item.links],
    }


def _conflict(conflict: ConflictView, telling: Telling) -> dict[str, Any]:
    """Return figures that disagree: what is counted, and each side with who gives it."""
    return {
        "title": telling.words.label("topic", conflict.topic),
        "sides": [
            {
                "text": telling.figure(_side(side, conflict)).text,
                "speakers": side.speakers or telling.speakers(side.said),
                "claim": next(iter(side.said), ""),
            }
            for side in conflict.sides
        ],
    }


def _side(side: SideView, conflict: ConflictView) -> FigureView:
    return FigureView(
        topic=conflict.topic,
        unit=conflict.unit,
        min=side.min,
        max=side.max,
        mode=side.mode,
        status="differs",
    )


def _link(link: LinkView, telling: Telling) -> dict[str, Any]:
    """Return what followed from what, and whether a text says so or only time and place do."""
    before, after = telling.said[link.before], telling.said[link.after]
    return {
        "before": telling.words.label("topic", before.topic),
        "after": telling.words.label("topic", after.topic),
        "from": before.claim,
        "to": after.claim,
        "kind": telling.words.label("link", link.kind),
        "is_said": link.is_said,
        "text": link.text,
        "lang": after.lang if link.text in after.quote else before.lang,
    }


def _means_speakers(item: IncidentView, telling: Telling) -> tuple[str, ...]:
    cause = [
        claim
        for claim in item.said
        if claim in telling.said and telling.said[claim].topic in _CAUSES
    ]
    return telling.speakers(cause or item.said)
