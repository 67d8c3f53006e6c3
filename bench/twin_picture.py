"""Draw reliability diagrams as SVG: forecast against what was observed, with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

SIDE, MARGIN, HEAD, ACROSS = 200, 46, 34, 4
STYLE = (
    "svg{background:#fff;font:11px sans-serif}text{fill:#222}.g{stroke:#ddd}.d{stroke:#888;"
    "stroke-dasharray:4 3}.i{stroke:#06c;stroke-width:1.5}.p{fill:#06c}.h{font-weight:bold}"
    "@media(prefers-color-scheme:dark){svg{background:#111}text{fill:#eee}.g{stroke:#333}"
    ".i{stroke:#6af}.p{fill:#6af}}"
)


@dataclass(frozen=True)
class Dot:
    """One bin: mean forecast, share observed, its interval, and how many places it holds."""

    forecast: float
    observed: float
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Panel:
    """One diagram."""

    title: str
    below: str
    dots: Sequence[Dot]


def draw(title: str, panels: Sequence[Panel]) -> str:
    """Return the panels side by side as one SVG."""
    wide, tall = SIDE + MARGIN + 14, SIDE + HEAD + MARGIN + 14
    rows = -(-len(panels) // ACROSS)
    width, height = wide * min(ACROSS, len(panels)) + 10, tall * rows + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<text x="10" y="18" class="h">{escape(title)}</text>',
    ]
    for number, panel in enumerate(panels):
        left, top = MARGIN + number % ACROSS * wide, 30 + HEAD + number // ACROSS * tall
        parts.extend(_panel(panel, left, top))
    return "\n".join([*parts, "</svg>\n"])


def _panel(panel: Panel, left: float, top: float) -> list[str]:
    bottom = top + SIDE
    found = [
        f'<text x="{left}" y="{top - 18}" class="h">{escape(panel.title)}</text>',
        f'<text x="{left}" y="{top - 5}">{escape(panel.below)}</text>',
        f'<line class="d" x1="{left}" y1="{bottom}" x2="{left + SIDE}" y2="{top}"/>',
    ]
    for part in range(5):
        share = part / 4
        x, y = left + share * SIDE, bottom - share * SIDE
        found += [
            f'<line class="g" x1="{x}" y1="{top}" x2="{x}" y2="{bottom}"/>',
            f'<line class="g" x1="{left}" y1="{y}" x2="{left + SIDE}" y2="{y}"/>',
            f'<text x="{x}" y="{bottom + 14}" text-anchor="middle">{share:g}</text>',
            f'<text x="{left - 5}" y="{y + 4}" text-anchor="end">{share:g}</text>',
        ]
    found.append(
        f'<text x="{left + SIDE / 2}" y="{bottom + 29}" text-anchor="middle">forecast: no or part power</text>'
    )
    found.append(
        f'<text transform="translate({left - 32} {top + SIDE / 2}) rotate(-90)" text-anchor="middle">observed</text>'
    )
    for dot in panel.dots:
        x = left + dot.forecast * SIDE
        low, high, y = (bottom - one * SIDE for one in (dot.low, dot.high, dot.observed))
        size = min(7.0, 2.0 + dot.count**0.25 / 2)
        found += [
            f'<line class="i" x1="{x:.1f}" y1="{low:.1f}" x2="{x:.1f}" y2="{high:.1f}"/>',
            f'<circle class="p" cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"/>',
        ]
    return found
