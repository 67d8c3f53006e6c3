"""The residents' start page: find a place; the country as a map and as a table."""

from collections.abc import Mapping

from vidomo.gazetteer.shapes import Shapes
from vidomo.publish.atlas import Atlas
from vidomo.publish.map import MapState, country_map, map_words
from vidomo.publish.residents.frame import Leaf, by_alphabet, render_leaf
from vidomo.publish.residents.reviewed import Tables, bundled_tables, calls_for


def render_resident_start(
    states: Mapping[str, MapState],
    *,
    shapes: Shapes,
    frame: Leaf,
    atlas: Atlas,
    tables: Tables | None = None,
    others: int = 0,
) -> str:
    """Return the start page as HTML.

    Args:
        states: What may be compared, by code; ``country_states`` makes it.
        shapes: Borders.
        frame: How the page was asked for.
        atlas: Names.
        tables: Reviewed numbers to call; the bundled ones by default.
        others: Places under alert that have no row of their own.
    """
    return render_leaf(
        "start.html.j2",
        frame=frame,
        map=country_map(states, shapes=shapes, atlas=atlas, lang=frame.lang),
        m=map_words(frame.lang),
        others=others,
        oblasts=sorted(
            (
                (atlas.label(unit.code, lang=frame.lang), unit.code)
                for unit in atlas.oblasts()
                if unit.code not in states  # those have a row, with a link
            ),
            key=lambda item: by_alphabet(item[0]),
        ),
        calls=calls_for((), tables=tables or bundled_tables()),
    )
