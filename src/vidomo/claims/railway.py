"""Puts the statements about trains and buses together: one for each line that is named.

A post of a railway says once that trains are late and then names line after line, each with its
stations; the oblasts follow as tags. Here each line gets its own ends, its station and its
oblasts. How such posts are labelled: bench/reading/GUIDELINE.md, "Places" and "Delay".
"""

from collections.abc import Sequence

import msgspec

from vidomo.claims.claiming import Draft
from vidomo.claims.connections import ADAPTED, DISRUPTED, RESTORED, TRANSPORT, held, only_adds
from vidomo.claims.document import Document
from vidomo.claims.findings import Findings
from vidomo.claims.hits import MentionHit
from vidomo.claims.model import Kind, Role
from vidomo.claims.routes import Route, find_routes
from vidomo.claims.timetable import Timetable

_CAUSES = ("event.", "impact.")
# "Returns to its timetable": no schedule of outages.
_SCHEDULE, _EVACUATION = "power.schedule", "response.evacuation"


def is_about_lines(doc: Document) -> bool:
    """Whether a text names a line of its own: where it does not, nothing here applies."""
    return any(not route.is_other for route in find_routes(doc))


def on_rails(found: Findings, drafts: Sequence[Draft], places: Sequence[MentionHit]) -> list[Draft]:
    """Return the drafts with those about transport put together line by line.

    Args:
        found: What was found in the text.
        drafts: All drafts of the text, in order.
        places: The mentions that can be where something is.
    """
    on_line = [draft for draft in drafts if draft.cue.topic in {DISRUPTED, ADAPTED}]
    moving = [held(found, draft) for draft in on_line if not only_adds(found, draft)]
    others = [
        draft
        for draft in drafts
        if draft.cue.topic not in {DISRUPTED, ADAPTED}
        and not (draft.cue.topic == _SCHEDULE and _lines_beside(found, draft))
        and not (draft.cue.topic == RESTORED and _comes_later(draft, drafts))
    ]
    ends = _ends_of(found.doc)
    for draft in others:
        if draft.cue.topic == RESTORED:
            draft.places = _on_its_line(found, draft, places)
        elif draft.cue.topic.startswith("advice."):  # holds wherever the lines run
            draft.places = tuple(m for m in draft.places if draft.group.holds(m.start))
        elif draft.cue.topic == _EVACUATION:
            rest = tuple(m for m in draft.places if m.start not in ends)
            opens = found.doc.sentences[draft.group.sentence].start
            is_here = any(opens <= m.start for m in rest)
            draft.places = draft.places if is_here else _on_its_line(found, draft, places)
        elif not draft.cue.topic.startswith(TRANSPORT):  # what delays a train is not at its ends
            rest = tuple(m for m in draft.places if m.start not in ends)
            is_carried = all(m.end <= draft.group.start for m in rest)
            draft.places = (is_carried and _on_section(found, draft, places)) or rest
    # "Late because of shelling": a cause by name only, somewhere.
    late = {draft.group.sentence for draft in moving}
    others = [
        draft
        for draft in others
        if draft.places
        or not (draft.group.sentence in late and draft.cue.topic.startswith(_CAUSES))
    ]
    if not moving:
        return others
    return [*others, *Timetable(found, moving, places).drafts()]


def _on_section(
    found: Findings, draft: Draft, places: Sequence[MentionHit]
) -> tuple[MentionHit, ...]:
    """Return the ends of the stretches of track that a sentence names: it happened between them."""
    ends = {
        found.doc.tokens[token].start
        for route in _lines_beside(found, draft)
        for token in range(route.first[0], route.last[1])
        if route.is_section
    }
    return tuple(
        msgspec.structs.replace(m, role=Role.AFFECTED.value) for m in places if m.start in ends
    )


def _on_its_line(
    found: Findings, draft: Draft, places: Sequence[MentionHit]
) -> tuple[MentionHit, ...]:
    """Return the ends of the one line that a sentence names beside "runs again", else its places."""
    routes = _lines_beside(found, draft)
    if len(routes) != 1:
        return draft.places
    first, last = (
        found.doc.tokens[routes[0].first[0]].start,
        found.doc.tokens[routes[0].last[1] - 1].end,
    )
    return tuple(m for m in places if first <= m.start < last) or draft.places


def _lines_beside(found: Findings, draft: Draft) -> list[Route]:
    """Return the lines that the sentence of a statement names."""
    sentence = found.doc.sentences[draft.group.sentence]
    return [
        route
        for route in find_routes(found.doc)
        if not route.is_other and sentence.first <= route.start < sentence.last
    ]


def _comes_later(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether the same sentence says that a line will run again: "from Monday it runs again"."""
    return draft.verdict.kind is Kind.REPORT and any(
        other.cue.topic == RESTORED
        and other.verdict.kind is Kind.PLAN
        and other.group.sentence == draft.group.sentence
        and other.cue.start <= draft.cue.end
        and draft.cue.start <= other.cue.end
        for other in drafts
    )


def _ends_of(doc: Document) -> set[int]:
    """Return the offsets of the names that stand on a line."""
    return {
        doc.tokens[token].start
        for route in find_routes(doc)
        for token in range(route.first[0], route.last[1])
    }
