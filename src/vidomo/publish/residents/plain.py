"""The search of residents, and the page for a request that cannot be answered."""

from collections.abc import Sequence

from vidomo.publish.atlas import Atlas, place_kind, place_where
from vidomo.publish.residents.frame import Leaf, render_leaf


def render_resident_search(query: str, codes: Sequence[str], *, frame: Leaf, atlas: Atlas) -> str:
    """Return the search page as HTML, with community and raion beside every namesake.

    Args:
        query: What was typed; shown as text only.
        codes: Units found, best first.
        frame: How the page was asked for.
        atlas: Names of places.
    """
    hits = []
    for code in codes:
        unit = atlas.get(code)
        if unit is not None:
            where = place_where(code, atlas=atlas, lang=frame.lang)
            hits.append(
                {
                    "code": code,
                    "name": atlas.label(code, lang=frame.lang),
                    "kind": frame.words.label("level", place_kind(unit)),
                    "former": ", ".join(unit.former),
                    "where": ", ".join(name for _, name in where),
                }
            )
    return render_leaf("search.html.j2", frame=frame, query=query, hits=hits)


def render_resident_failure(message: str, hint: str, *, frame: Leaf) -> str:
    """Return a page that says what was found and what to do."""
    return render_leaf("failure.html.j2", frame=frame, message=message, hint=hint)
