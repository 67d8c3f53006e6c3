"""The regime board as a map: a pattern for each regime, never colour alone."""

import math
from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import escape

from vidomo.outlook.regimes.model import Board, BoardRow, Regime
from vidomo.outlook.regimes.words import board_words

Ring = Sequence[tuple[float, float]]
WIDTH, HEIGHT = 720, 536
_WEST, _EAST, _SOUTH, _NORTH = 22.0, 40.4, 44.2, 52.5
_MAP_HEIGHT = 452
_SQUEEZE = math.cos(math.radians(48.5))
_SCALE = min(WIDTH / ((_EAST - _WEST) * _SQUEEZE), _MAP_HEIGHT / (_NORTH - _SOUTH))
_DRAWN = tuple(Regime)
_PATTERNS = {
    Regime.HOURLY: (12, '<circle cx="6" cy="6" r="1.6" fill="currentColor" stroke="none"/>'),
    Regime.CAPACITY_LIMIT: (10, '<path d="M0 5h10" stroke-width="1"/>'),
    Regime.EMERGENCY_SCHEDULE: (12, '<path d="M0 12 12 0" stroke-width="1.2"/>'),
    Regime.SPECIAL_EMERGENCY: (10, '<path d="M0 10 10 0M0 0l10 10" stroke-width="1"/>'),
    Regime.EMERGENCY_SHUTDOWN: (7, '<path d="M0 7 7 0" stroke-width="2.6"/>'),
    Regime.ISLANDED: (
        14,
        '<rect x="3" y="3" width="8" height="8" fill="currentColor" stroke="none"/>',
    ),
}


def regime_map(
    board: Board,
    *,
    shape: Callable[[str], Sequence[Ring] | None],
    name: Callable[[str], str],
    lang: str,
) -> str:
    """Return the board as an SVG element that takes its colour from the text around it.

    An oblast has the pattern of its gravest regime; one without any is left blank. The table
    beside it says the same, and the rest.

    Args:
        board: What is announced.
        shape: Returns the rings of an oblast as (longitude, latitude) in degrees.
        name: Returns the name of an oblast.
        lang: uk or en.
    """
    words = board_words(lang)
    seen = {row.gravest for row in board.rows}
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'width="{WIDTH}" height="{HEIGHT}" role="img" '
            'aria-labelledby="regime-map-title" fill="none" stroke="currentColor" font-size="13">'
        ),
        f'<title id="regime-map-title">{escape(words["title"])}</title><defs>',
        *(_pattern(regime) for regime in _DRAWN if regime in seen),
        "</defs>",
        (
            f'<text x="{WIDTH}" y="16" fill="currentColor" stroke="none" text-anchor="end">'
            f"{escape(words['desk_only'])}</text>"
        ),
        *(_oblast(row, shape(row.oblast) or (), name(row.oblast), words) for row in board.rows),
        *_key([regime for regime in _DRAWN if regime in seen], words),
    ]
    return "".join([*parts, "</svg>"])


def _pattern(regime: Regime) -> str:
    size, drawn = _PATTERNS[regime]
    return (
        f'<pattern id="regime-{regime.value}" width="{size}" height="{size}" '
        f'patternUnits="userSpaceOnUse">{drawn}</pattern>'
    )


def _oblast(row: BoardRow, rings: Sequence[Ring], name: str, words: Mapping[str, str]) -> str:
    regime = row.gravest
    said = words[regime.value] if regime else words["none"]
    drawn = "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(_point, ring)) + "Z" for ring in rings
    )
    fill = f' fill="url(#regime-{regime.value})"' if regime else ""
    width = ' stroke-width="1"' if regime else ' stroke-width=".5" stroke-dasharray="3 2"'
    return f'<path d="{drawn}"{fill}{width}><title>{escape(name)}: {escape(said)}</title></path>'


def _key(regimes: Sequence[Regime], words: Mapping[str, str]) -> Sequence[str]:
    parts: list[str] = []
    for number, one in enumerate([*regimes, None]):
        x, y = 8 + 356 * (number % 2), _MAP_HEIGHT + 14 + 20 * (number // 2)
        fill = f' fill="url(#regime-{one.value})"' if one else ' stroke-dasharray="3 2"'
        said = words[one.value] if one else words["none"]
        parts.append(f'<rect x="{x}" y="{y - 11}" width="24" height="14"{fill}/>')
        parts.append(
            f'<text x="{x + 30}" y="{y + 1}" fill="currentColor" stroke="none">{escape(said)}</text>'
        )
    return parts


def _point(point: tuple[float, float]) -> tuple[float, float]:
    longitude, latitude = point
    return (longitude - _WEST) * _SQUEEZE * _SCALE, (_NORTH - latitude) * _SCALE
