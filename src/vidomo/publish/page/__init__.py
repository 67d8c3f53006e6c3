"""Pages that a server renders: no scripts, one request, one small answer."""

from vidomo.publish.page.failure import render_failure
from vidomo.publish.page.frame import Frame, style_source
from vidomo.publish.page.place import render_place
from vidomo.publish.page.search import render_search
from vidomo.publish.page.start import render_start

__all__ = [
    "Frame",
    "render_failure",
    "render_place",
    "render_search",
    "render_start",
    "style_source",
]
