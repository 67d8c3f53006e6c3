"""The search page: every namesake with the raion and community beside it."""

from collections.abc import Sequence

from vidomo.publish.atlas import Atlas, place_kind, place_where
from vidomo.publish.page.frame import Frame, render


def render_search(query: str, codes: Sequence[str], *, frame: Frame, atlas: Atlas) -> str:
    """Return the search page as HTML.

    Args:
        query: What was typed; shown as text only.
        codes: Units found, best first.
        frame: How the page was asked for.
        atlas: Names of places.
    """
    hits = found_places(codes, frame=frame, atlas=atlas)
    return render("search.html.j2", frame=frame, query=query, hits=hits)


def found_places(codes: Sequence[str], *, frame: Frame, atlas: Atlas) -> list[dict[str, str]]:
    """Return the places of a search for a template, each with what tells it from its namesakes."""
    return [
        {
            "code": code,
            "name": atlas.label(code, lang=frame.lang),
            "kind": frame.words.label("level", place_kind(unit)),
            "former": ", ".join(unit.former),
            "where": ", ".join(name for _, name in place_where(code, atlas=atlas, lang=frame.lang)),
        }
        for code in codes
        if (unit := atlas.get(code)) is not None
    ]
