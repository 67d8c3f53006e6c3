"""The measured test, drawn: how reliable forecasts were, and how little graph metrics told."""

from xml.sax.saxutils import escape

from vidomo.outlook.fragmentation.context import Measured
from vidomo.outlook.fragmentation.words import outlook_words

SIZE = 360
LEAST_COUNT = 20
"""Forecasts of one range below which the picture leaves it to the table."""
_PAD_LEFT, _PAD_TOP, _PAD_BOTTOM = 56, 40, 48
_TEXT = 'fill="currentColor" stroke="none"'
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_ROW = 30
_LABEL_WIDTH, _BAR_WIDTH = 290, 300


def reliability_chart(made: Measured, *, lang: str) -> str:
    """Return forecast against outcome as an SVG element: on the slant is right.

    Circles are the heavily loaded network, squares the lightly loaded one; the bars are two
    standard errors of the outcome. The numbers stand in the table beside it.
    """
    words = outlook_words(lang)
    side = SIZE - _PAD_LEFT - 16
    floor = _PAD_TOP + side

    def point(forecast: float, observed: float) -> tuple[float, float]:
        return _PAD_LEFT + forecast * side, floor - observed * side

    parts = [
        _head(SIZE, floor + _PAD_BOTTOM, "reliability", words["reliability_title"]),
        f'<text x="{_PAD_LEFT}" y="16" {_TEXT}>{escape(words["exercise_short"])}</text>',
        f'<path d="M{_PAD_LEFT} {_PAD_TOP}V{floor}H{SIZE - 16}" stroke-width="1"/>',
        f'<path d="M{_PAD_LEFT} {floor}L{SIZE - 16} {_PAD_TOP}" stroke-width="1" stroke-dasharray="4 4"/>',
    ]
    for tick in _TICKS:
        x, y = point(tick, tick)
        text = f"{tick:.1f}".replace(".", words["point"])
        parts.append(
            f'<text x="{x:.1f}" y="{floor + 18}" {_TEXT} text-anchor="middle">{text}</text>'
        )
        parts.append(
            f'<text x="{_PAD_LEFT - 8}" y="{y + 4:.1f}" {_TEXT} text-anchor="end">{text}</text>'
        )
    parts.append(
        f'<text x="{SIZE - 16}" y="{floor + 38}" {_TEXT} text-anchor="end">'
        f"{escape(words['forecast'])}</text>"
    )
    parts.append(f'<text x="{_PAD_LEFT - 44}" y="32" {_TEXT}>{escape(words["observed"])}</text>')
    for load, shape in (("stressed", "circle"), ("relaxed", "square")):
        for one in (few for few in made.reliability[load] if few.count >= LEAST_COUNT):
            x, y = point(one.forecast, one.observed)
            error = (
                2 * (max(one.observed * (1 - one.observed), 0.25 / one.count) / one.count) ** 0.5
            )
            low, high = (
                point(0, max(one.observed - error, 0))[1],
                point(0, min(one.observed + error, 1))[1],
            )
            parts.append(f'<path d="M{x:.1f} {low:.1f}V{high:.1f}" stroke-width="1.5"/>')
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="currentColor"/>'
                if shape == "circle"
                else f'<path d="M{x - 4:.1f} {y - 4:.1f}h8v8h-8z" stroke-width="2"/>'
            )
    for row, (mark, key) in enumerate((("circle", "stressed"), ("square", "relaxed"))):
        y = _PAD_TOP + 12 + 20 * row
        x = _PAD_LEFT + 16
        parts.append(
            f'<circle cx="{x}" cy="{y}" r="4.5" fill="currentColor"/>'
            if mark == "circle"
            else f'<path d="M{x - 4} {y - 4}h8v8h-8z" stroke-width="2"/>'
        )
        parts.append(f'<text x="{x + 12}" y="{y + 4}" {_TEXT}>{escape(words[key])}</text>')
    return "".join([*parts, "</svg>"])


def auc_chart(made: Measured, *, lang: str) -> str:
    """Return how well each number told further loss, as an SVG element: a coin is the middle."""
    words = outlook_words(lang)
    rows = sorted(made.auc.items(), key=lambda one: -sum(one[1]))
    floor = _PAD_TOP + 8 + _ROW * len(rows)
    width = _LABEL_WIDTH + _BAR_WIDTH + 24

    def across(value: float) -> float:
        return _LABEL_WIDTH + value * _BAR_WIDTH

    parts = [
        _head(width, floor + _PAD_BOTTOM, "auc", words["auc_title"]),
        f'<text x="8" y="16" {_TEXT}>{escape(words["exercise_short"])}</text>',
        f'<path d="M{across(0.5):.0f} {_PAD_TOP}V{floor}" stroke-width="1.5" stroke-dasharray="4 4"/>',
        f'<text x="{across(0.5):.0f}" y="{_PAD_TOP - 6}" {_TEXT} text-anchor="middle">{escape(words["coin"])}</text>',
        f'<path d="M{across(0):.0f} {floor}H{across(1):.0f}" stroke-width="1"/>',
    ]
    for tick in _TICKS:
        text = f"{tick:.1f}".replace(".", words["point"])
        parts.append(
            f'<text x="{across(tick):.0f}" y="{floor + 18}" {_TEXT} text-anchor="middle">{text}</text>'
        )
    for row, (name, (stressed, relaxed)) in enumerate(rows):
        y = _PAD_TOP + 16 + _ROW * row
        weight = ' font-weight="bold"' if name.startswith("outlook") else ""
        parts.append(
            f'<text x="{_LABEL_WIDTH - 10}" y="{y + 4}" {_TEXT} text-anchor="end"{weight}>'
            f"{escape(words[f'metric_{name}'])}</text>"
        )
        one, other = across(stressed), across(relaxed)
        parts.append(f'<path d="M{one:.1f} {y}H{other:.1f}" stroke-width="1"/>')
        parts.append(f'<circle cx="{one:.1f}" cy="{y}" r="5" fill="currentColor"/>')
        parts.append(f'<path d="M{other - 4.5:.1f} {y - 4.5}h9v9h-9z" stroke-width="2"/>')
    y = floor + 38
    parts.append(f'<circle cx="{_LABEL_WIDTH + 5}" cy="{y - 4}" r="5" fill="currentColor"/>')
    parts.append(
        f'<text x="{_LABEL_WIDTH + 16}" y="{y}" {_TEXT}>{escape(words["stressed"])}</text>'
    )
    parts.append(f'<path d="M{_LABEL_WIDTH + 160} {y - 8}h9v9h-9z" stroke-width="2"/>')
    parts.append(
        f'<text x="{_LABEL_WIDTH + 176}" y="{y}" {_TEXT}>{escape(words["relaxed"])}</text>'
    )
    return "".join([*parts, "</svg>"])


def _head(width: int, height: int, name: str, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{name}-title" fill="none" stroke="currentColor" font-size="12" '
        f'font-family="sans-serif" class="measured">'
        f'<title id="{name}-title">{escape(title)}</title>'
    )
