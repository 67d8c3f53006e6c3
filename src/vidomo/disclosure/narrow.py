"""A public view cut down to one place, with everything that the place refers to."""

from collections.abc import Collection

import msgspec

from vidomo.disclosure.model import PublicView


def about(view: PublicView, code: str, *, wider: Collection[str] = ()) -> PublicView:
    """Return the part of a view that is about one place; the list of withheld things stays whole.

    Args:
        view: What passed the gate.
        code: The place.
        wider: Codes of the units around it: a source that speaks for one of them speaks for it.

    Raises:
        KeyError: The view does not hold the place.
    """
    place = view.place(code)
    if place is None:
        raise KeyError(code)
    incidents = tuple(item for item in view.incidents if item.id in place.incidents)
    questions = tuple(item for item in view.questions if item.id in place.questions)
    claims = {*place.timeline, *place.advice}
    claims |= {claim for item in place.dimensions for claim in item.said}
    claims |= {move.said for item in place.dimensions for move in item.moves}
    claims |= {note.said for item in place.dimensions for note in item.notes}
    claims |= {claim for item in place.figures for claim in item.said}
    claims |= {claim for item in incidents for claim in (*item.said, *item.unsourced)}
    claims |= {claim for item in questions for claim in (*item.said, *item.answered_by)}
    claims |= {step.said for item in questions for step in item.steps}
    for incident in incidents:
        claims |= {claim for time in incident.times for claim in time.said}
        figures = (*incident.figures, *incident.parts)
        claims |= {claim for figure in figures for claim in figure.said}
        claims |= {claim for one in incident.conflicts for side in one.sides for claim in side.said}
        claims |= {claim for link in incident.links for claim in (link.before, link.after)}
    said = tuple(item for item in view.said if item.claim in claims)
    sources = {item.source for item in said}
    sources |= {item.source for item in view.titles if item.home in {code, *wider}}
    speakers = {item.speaker for item in said}
    return msgspec.structs.replace(
        view,
        places=(place,),
        incidents=incidents,
        questions=questions,
        said=said,
        sources=tuple(item for item in view.sources if item.source in sources),
        changes=tuple(item for item in view.changes if code in item.places),
        names=tuple(item for item in view.names if item.speaker in speakers),
        titles=tuple(item for item in view.titles if item.source in sources),
    )
