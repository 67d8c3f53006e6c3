"""The small map of the country: coloured and patterned, with the rows of a table that says the same."""

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

import msgspec
from markupsafe import Markup, escape

from vidomo.gazetteer.shapes import Origin, Shapes
from vidomo.gazetteer.shapes_arcs import SCALE, Arcs, Line
from vidomo.publish.atlas import Atlas
from vidomo.publish.page.urgency import ORDER, Tone, most_urgent
from vidomo.publish.words import LANGUAGES, Words

_WEST, _NORTH = 22.1, 52.45
_SQUEEZE = math.cos(math.radians(48.5))
_SCALE = 32.0
"""Map units per degree of latitude: a unit is 3.5 km, well below what the cells are off by."""
WIDTH, HEIGHT = 391, 264
_COARSE = 600_000.0
"""Square ten-thousandths of a degree (about 50 km²) below which a corner is left out: the whole
map with every raion in another state then weighs 5.3 kB compressed, as a test holds."""
_SPECK = 2.0  # square map units; smaller islands are left out where a unit has larger parts
_TONED = ORDER[:-1]
_OBLAST = 4
"""Characters of a code that name the oblast (KATOTTG, order No. 290 of 2020)."""


class MapState(msgspec.Struct, frozen=True):
    """What is said of an oblast or a raion: the colour, and the same in words."""

    tone: Tone
    words: str = ""


class MapRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table beside the map."""

    code: str
    name: str
    where: str
    tone: Tone
    words: str


class CountryMap(msgspec.Struct, frozen=True, kw_only=True):
    """The map and all that stands around it.

    Attributes:
        svg: The picture; needs no style, no script and no further request.
        key: Tones with their meaning, the most urgent first.
        rows: What is said, the most urgent first.
        quiet: Names of the oblasts of which nothing is said, nor of a raion in them.
        tones: What is drawn of each unit; units of which nothing is said are not there.
        note: Where the borders come from, and that they are approximate where they are.
    """

    svg: Markup
    key: tuple[tuple[Tone, str], ...]
    rows: tuple[MapRow, ...]
    quiet: tuple[str, ...]
    tones: Mapping[str, Tone]
    note: str


def country_map(
    states: Mapping[str, MapState],
    *,
    shapes: Shapes,
    atlas: Atlas,
    lang: str,
) -> CountryMap:
    """Return the map of the country with a table that says the same.

    Raions are drawn only inside oblasts whose raions differ. Raions that all say what their
    oblast says are told in its row.

    Args:
        states: Code of an oblast or a raion to what is said of it. Codes of other units get a row
            in the table and nothing on the map.
        shapes: Borders; ``vidomo.gazetteer.shapes``.
        atlas: Names.
        lang: Language of the page.
    """
    words = map_words(lang)
    tones = unit_tones({code: state.tone for code, state in states.items()}, shapes=shapes)
    told = {code[:_OBLAST] for code, state in states.items() if state.tone is not Tone.UNKNOWN}
    return CountryMap(
        svg=_svg(tones, shapes=shapes, words=words),
        key=tuple((tone, words(f"tone.{tone}")) for tone in ORDER),
        rows=_rows(_told_once(states, shapes=shapes), atlas=atlas, words=words),
        quiet=tuple(
            sorted(
                atlas.label(unit.code, lang=words.lang)
                for unit in atlas.oblasts()
                if unit.code[:_OBLAST] not in told
            )
        ),
        tones={code: tone for code, tone in tones.items() if tone is not Tone.UNKNOWN},
        note=border_note(shapes.origin, lang=lang),
    )


def unit_tones(states: Mapping[str, Tone], *, shapes: Shapes) -> dict[str, Tone]:
    """Return the tone of every unit that has a shape, from what is said of it and of its oblast.

    What is said of an oblast holds for its raions; where both are said, the more urgent one is
    drawn. Where some of its raions are listed with the same tone, it holds for those only: an
    alert may take out a raion by name.
    """
    wide = {code[:_OBLAST]: tone for code, tone in states.items() if _is_oblast(code)}
    told_apart = {
        code[:_OBLAST]
        for code, tone in states.items()
        if code in shapes.arcs.units and not _is_oblast(code) and tone is wide.get(code[:_OBLAST])
    }
    silent = Tone.UNKNOWN
    return {
        code: most_urgent(
            (
                states.get(code, silent),
                silent if code[:_OBLAST] in told_apart else wide.get(code[:_OBLAST], silent),
            )
        )
        for code in shapes.codes
    }


def border_note(origin: Origin, *, lang: str) -> str:
    """Return where the borders come from, in words."""
    words = map_words(lang)
    if origin.is_approximate:
        return f"{words('map.approximate')} {words('map.data')}"
    said = words("map.imported", source=origin.source, licence=origin.licence, date=origin.date)
    if origin.missing:
        return f"{said} {words('map.missing', n=len(origin.missing))} {words('map.data')}"
    return said


@cache
def map_words(lang: str) -> Words:
    """Return the words of the maps in a language; in the first one where there is no such table."""
    text = (files("vidomo.publish") / "map.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    lang = lang if lang in table else LANGUAGES[0]
    return Words(lang, table[lang])


def _told_once(states: Mapping[str, MapState], *, shapes: Shapes) -> dict[str, MapState]:
    """Return the states without raions that all say nothing but what their oblast says."""
    raions: dict[str, list[str]] = defaultdict(list)
    for code in shapes.codes:
        raions[code[:_OBLAST]].append(code)
    found = dict(states)
    for wide in states:
        parts = [code for code in raions[wide[:_OBLAST]] if code != wide]
        if _is_oblast(wide) and all(_is_said(states.get(code), states[wide]) for code in parts):
            for code in parts:
                del found[code]
    return found


def _is_said(part: MapState | None, whole: MapState) -> bool:
    return part is not None and part.tone is whole.tone and part.words in whole.words


def _is_oblast(code: str) -> bool:
    return code[_OBLAST:].startswith("00")


def _rows(states: Mapping[str, MapState], *, atlas: Atlas, words: Words) -> tuple[MapRow, ...]:
    found = []
    for code, state in states.items():
        unit = atlas.get(code)
        if unit is None or state.tone is Tone.UNKNOWN:
            continue
        wider = unit.oblast if unit.oblast != code else None
        found.append(
            MapRow(
                code=code,
                name=atlas.label(code, lang=words.lang),
                where=atlas.label(wider, lang=words.lang) if wider else "",
                tone=state.tone,
                words=state.words or words(f"tone.{state.tone}"),
            )
        )
    return tuple(sorted(found, key=lambda row: (ORDER.index(row.tone), row.name, row.code)))


def _svg(tones: Mapping[str, Tone], *, shapes: Shapes, words: Words) -> Markup:
    arcs = _coarse(shapes)
    oblasts: dict[str, list[str]] = defaultdict(list)
    for code in tones:
        oblasts[code[:_OBLAST]].append(code)
    parts = [f'<path fill="url(#m4)" d="{_outer(shapes)}"/>']
    for number, tone in enumerate(_TONED, start=1):
        drawn = _closed(arcs.outline(code for code, one in tones.items() if one is tone))
        if drawn:
            title = escape(words(f"tone.{tone}"))
            parts.append(
                f'<path fill="url(#m{number})" fill-rule="evenodd" d="{drawn}">'
                f"<title>{title}</title></path>"
            )
    inner = "".join(
        _lines(Arcs(arcs.lines, {code: arcs.units[code] for code in codes}).borders(str))
        for codes in oblasts.values()
        if len({tones[code] for code in codes}) > 1
    )
    if inner:
        parts.append(f'<path fill="none" stroke-width=".4" d="{inner}"/>')
    parts.append(f'<path fill="none" d="{_between(shapes)}"/>')
    return Markup(  # noqa: S704 - numbers, our own tables, and what is escaped above
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" role="img" '
        f'aria-label="{escape(words("map.label"))}">{_PATTERNS}'
        f'<g stroke="#7b8087" stroke-width=".8" stroke-linejoin="round">{"".join(parts)}</g></svg>'
    )


# Colours after ISO 22324: red danger, yellow to amber caution, blue information, grey for what is
# not known; never green. Each pattern is another one, for who sees no colours.
_PATTERNS = "".join(
    f'<pattern id="m{number}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">{drawn}'
    "</pattern>"
    for number, (size, drawn) in enumerate(
        (
            (
                6,
                '<polygon fill="#c9372c" points="0 0 6 0 6 6 0 6"/><line y1="6" x2="6" stroke="#000"/>',
            ),
            (
                5,
                '<polygon fill="#d98a00" points="0 0 5 0 5 5 0 5"/><polygon points="1 1 3 1 3 3 1 3"/>',
            ),
            (
                5,
                '<polygon fill="#3d84bf" points="0 0 5 0 5 5 0 5"/><line y1="2" x2="5" y2="2" stroke="#fff"/>',
            ),
            (5, '<line x2="5" y2="5" stroke="#7b8087" stroke-width=".7"/>'),
        ),
        start=1,
    )
)


@lru_cache(maxsize=4)
def _coarse(shapes: Shapes) -> Arcs:
    return shapes.arcs.simplified(_COARSE)


@lru_cache(maxsize=4)
def _outer(shapes: Shapes) -> str:
    return _closed(_coarse(shapes).outline(shapes.codes))


@lru_cache(maxsize=4)
def _between(shapes: Shapes) -> str:
    return _lines(_coarse(shapes).borders(lambda code: code[:_OBLAST]))


def _closed(rings: Iterable[Line]) -> str:
    grids = [grid for ring in rings if len(grid := _grid(ring)) > 3]  # noqa: PLR2004 - no area
    large = [grid for grid in grids if _area(grid) >= _SPECK]
    return "".join(f"{_path(grid[:-1])}z" for grid in large or grids)


def _lines(lines: Iterable[Line]) -> str:
    return "".join(_path(grid) for line in lines if len(grid := _grid(line)) > 1)


def _grid(line: Line) -> list[tuple[int, int]]:
    """Return a line in map units; borders that are shared fall on the same points."""
    points: list[tuple[int, int]] = []
    for lon, lat in line:
        x = round((lon / SCALE - _WEST) * _SQUEEZE * _SCALE)
        y = round((_NORTH - lat / SCALE) * _SCALE)
        if not points or points[-1] != (x, y):
            points.append((x, y))
    return points


def _area(grid: list[tuple[int, int]]) -> float:
    return abs(sum(a[0] * b[1] - a[1] * b[0] for a, b in pairwise(grid))) / 2


def _path(points: list[tuple[int, int]]) -> str:
    (x, y), rest = points[0], points[1:]
    start, steps = f"M{x} {y}", []
    for next_x, next_y in rest:
        steps.append(f"{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return f"{start}l{' '.join(steps)}".replace(" -", "-")
