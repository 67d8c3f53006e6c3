"""The residents' start page: find a place; the country by oblast, as a map and as a table."""

from vidomo.disclosure.model import PublicView
from vidomo.publish.atlas import Atlas
from vidomo.publish.page.map import HEIGHT, WIDTH, regions
from vidomo.publish.page.urgency import ORDER, Tone
from vidomo.publish.residents.frame import Leaf, render_leaf
from vidomo.publish.residents.reviewed import calls_for


def render_resident_start(view: PublicView, *, frame: Leaf, atlas: Atlas) -> str:
    """Return the start page as HTML.

    Args:
        view: What passed the gate for residents.
        frame: How the page was asked for.
        atlas: Names and shapes.
    """
    frame = frame.over(view, atlas=atlas)
    return render_leaf(
        "start.html.j2",
        frame=frame,
        areas=regions(view, atlas=atlas, lang=frame.lang),
        tones=ORDER,
        quiet=Tone.UNKNOWN,
        width=WIDTH,
        height=HEIGHT,
        calls=calls_for(()),
    )
