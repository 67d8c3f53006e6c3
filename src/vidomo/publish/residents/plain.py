"""The search of residents, and the page for a request that cannot be answered."""

from collections.abc import Sequence

from vidomo.publish.atlas import Atlas
from vidomo.publish.page.search import found_places
from vidomo.publish.residents.frame import Leaf, render_leaf


def render_resident_search(query: str, codes: Sequence[str], *, frame: Leaf, atlas: Atlas) -> str:
    """Return the search page as HTML, with community and raion beside every namesake.

    Args:
        query: What was typed; shown as text only.
        codes: Units found, best first.
        frame: How the page was asked for.
        atlas: Names of places.
    """
    hits = found_places(codes, frame=frame, atlas=atlas)
    return render_leaf("search.html.j2", frame=frame, query=query, hits=hits)


def render_resident_failure(message: str, hint: str, *, frame: Leaf) -> str:
    """Return a page that says what was found and what to do."""
    return render_leaf("failure.html.j2", frame=frame, message=message, hint=hint)
