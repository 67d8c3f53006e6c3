"""Colours, patterns and text of the pictures of a report: readable in print and without colour."""

from html import escape

from vidomo.publish.page.urgency import Tone

STRONG = {
    Tone.DANGER: "#c9372c",
    Tone.CAUTION: "#d98a00",
    Tone.INFO: "#3d84bf",
    Tone.UNKNOWN: "#7b8087",
}
"""Colours after ISO 22324, as on the maps: red danger, amber caution, blue information, grey for
what is not known; never green."""
TINT = {
    Tone.DANGER: "#f7d4d0",
    Tone.CAUTION: "#fbe6bf",
    Tone.INFO: "#d8e7f3",
    Tone.UNKNOWN: "#ffffff",
}
INK, FAINT = "#1a1a1a", "#5a5f66"
_SHAPES = {
    Tone.DANGER: '<path d="M0 6L6 0" stroke="#000" stroke-width="1.2"/>',
    Tone.CAUTION: '<circle cx="3" cy="3" r="1.2" fill="#000"/>',
    Tone.INFO: '<path d="M0 3H6" stroke="#fff" stroke-width="1.2"/>',
}


def patterns(prefix: str) -> str:
    """Return the patterns of all tones; ``prefix`` keeps the ids of two pictures apart."""
    made = [
        f'<pattern id="{prefix}-{tone}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{STRONG[tone]}"/>{shape}</pattern>'
        for tone, shape in _SHAPES.items()
    ]
    made.append(
        f'<pattern id="{prefix}-unknown" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="#fff"/>'
        '<path d="M0 0L6 6" stroke="#9aa0a6" stroke-width=".8"/></pattern>'
    )
    return f"<defs>{''.join(made)}</defs>"


def rect(x: float, y: float, width: float, height: float, fill: str, *, stroke: str = "") -> str:
    """Return a rectangle; negative sizes never come out."""
    line = f' stroke="{stroke}" stroke-width=".8"' if stroke else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(0.0, width):.1f}" '
        f'height="{max(0.0, height):.1f}" fill="{fill}"{line}/>'
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 11,
    anchor: str = "start",
    fill: str = INK,
    weight: str = "",
) -> str:
    """Return escaped words at a point."""
    bold = f' font-weight="{weight}"' if weight else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" '
        f'fill="{fill}"{bold}>{escape(words)}</text>'
    )


def picture(width: int, height: int, inner: str, *, label: str) -> str:
    """Return a drawing as SVG that needs nothing else; its label is what it shows, in words."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(label)}" font-family="Libertinus Serif, sans-serif">{inner}</svg>'
    )


def fits(words: str, width: float, *, size: float = 11) -> bool:
    """Whether words of a size fit a width; 0.56 of the size a letter, measured in Chromium."""
    return len(words) * size * 0.56 + 6 <= width
