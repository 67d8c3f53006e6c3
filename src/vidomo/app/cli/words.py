"""Short words for people on a terminal."""

from vidomo.app.cli.options import kyiv
from vidomo.app.cli.read import number_words
from vidomo.situation.model import Evidence, Figure, Situation


def evidence_by_id(situation: Situation) -> dict[str, Evidence]:
    """Return the evidence of a situation by claim id."""
    return {item.claim: item for item in situation.evidence}


def said_by(evidence: dict[str, Evidence], claim: str) -> str:
    """Return who says so, in which words, and where to look it up."""
    item = evidence.get(claim)
    if item is None:
        return claim
    return f"{item.speaker}: «{' '.join(item.quote.split())}»  {item.claim}"


def figure_words(figure: Figure) -> str:
    """Return a figure as words: topic, count and whether it still stands."""
    status = "" if figure.status == "current" else f" ({figure.status})"
    if figure.order_inferred:
        status = f" ({figure.status}, order inferred)"
    return f"{figure.topic.rpartition('.')[2]:<9}{number_words(figure)}{status}"


def silence_lines(situation: Situation) -> list[str]:
    """Return a line for every source that is silent: silence is shown, and moves nothing."""
    return [
        f"{one.source} silent since {kyiv(one.silent_since)}"
        + (f" ({one.detail})" if one.detail else "")
        + (f", last answered {kyiv(one.answered_at)}" if one.answered_at else ", never answered")
        for one in situation.sources
        if one.silent_since is not None
    ]
