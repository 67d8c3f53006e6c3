"""The start page: places with something to say, the map, the sources and their silence."""

from vidomo.disclosure.model import PublicView
from vidomo.publish.atlas import Atlas
from vidomo.publish.page.entries import changes
from vidomo.publish.page.frame import Frame, render
from vidomo.publish.page.map import HEIGHT, WIDTH, regions
from vidomo.publish.page.rows import rows
from vidomo.publish.page.urgency import ORDER, Tone, with_news

ROWS = 16
"""Places shown before "show all": what fits the byte budget beside the map."""
CHANGES = 5
"""Posts that were changed or taken away shown before "show all"; the latest come first."""
SOURCES = 12
"""Sources shown before "show all"; the silent ones come first."""


def render_start(view: PublicView, *, frame: Frame, atlas: Atlas, is_whole: bool = False) -> str:
    """Return the start page as HTML.

    Args:
        view: What passed the gate.
        frame: How the page was asked for.
        atlas: Names and shapes.
        is_whole: Whether to show every place and source, however long the page gets.
    """
    frame = frame.over(view, atlas=atlas)
    found = rows(with_news(view), view=view, frame=frame, atlas=atlas)
    sources = sorted(view.sources, key=lambda item: (item.silent_since is None, item.source))
    areas = regions(view, atlas=atlas, lang=frame.lang)
    return render(
        "start.html.j2",
        frame=frame,
        rows=found if is_whole else found[:ROWS],
        row_count=len(found),
        sources=sources if is_whole else sources[:SOURCES],
        source_count=len(sources),
        changes=changes(view.changes, frame=frame)[: None if is_whole else CHANGES],
        areas=areas,
        tones=ORDER,
        quiet=Tone.UNKNOWN,
        width=WIDTH,
        height=HEIGHT,
    )
