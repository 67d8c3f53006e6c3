"""Load not served over the hours of a plan, drawn: line and dash, never colour alone."""

import math
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from vidomo.outlook.restoration.model import Plan
from vidomo.outlook.restoration.words import headings, plan_words

WIDTH, HEIGHT = 720, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 20, 44, 52
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_TICKS = 6
Curve = Sequence[tuple[float, float]]


def restoration_chart(plan: Plan, *, lang: str) -> str:
    """Return the picture as an SVG element: the plan as a full line, the simple order dashed.

    It takes its colour from the text around it, so that it is readable by day and by night, and
    has no styles and no scripts. The table of steps beside it says the same in numbers.
    """
    words = plan_words(lang)
    hours = _round_up(max(plan.curve[-1][0], plan.greedy_curve[-1][0], 1.0))
    most = _round_up(max(power for curve in _curves(plan) for _, power in curve) or 1.0)
    across = (WIDTH - _LEFT - _RIGHT) / hours
    down = (HEIGHT - _TOP - _BOTTOM) / most
    floor = HEIGHT - _BOTTOM

    def point(hour: float, power: float) -> tuple[float, float]:
        return _LEFT + hour * across, floor - power * down

    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-labelledby="restoration-title" fill="none" stroke="currentColor" font-size="12">'
        ),
        f'<title id="restoration-title">{escape(words["title"])}: {escape(words["unserved"])}</title>',
        f'<text x="{_LEFT}" y="16" {_TEXT}>{escape(headings(plan, lang=lang)[0])}</text>',
        f'<text x="{_LEFT - 8}" y="36" {_TEXT} text-anchor="start">{escape(words["unserved"])}</text>',
        (
            f'<text x="{WIDTH - _RIGHT}" y="{HEIGHT - 8}" {_TEXT} text-anchor="end">'
            f"{escape(words['hours'])}</text>"
        ),
        f'<path d="M{_LEFT} {_TOP}V{floor}H{WIDTH - _RIGHT}" stroke-width="1"/>',
    ]
    for tick in _ticks(most):
        x, y = point(0, tick)
        parts.append(f'<path d="M{x:.1f} {y:.1f}H{WIDTH - _RIGHT}" stroke-width=".3"/>')
        parts.append(
            f'<text x="{x - 6:.1f}" y="{y + 4:.1f}" {_TEXT} text-anchor="end">{tick:g}</text>'
        )
    for tick in _ticks(hours):
        x, y = point(tick, 0)
        parts.append(f'<path d="M{x:.1f} {y:.1f}v5" stroke-width="1"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{y + 19:.1f}" {_TEXT} text-anchor="middle">{tick:g}</text>'
        )
    for curve, dash in zip(_curves(plan), ("", ' stroke-dasharray="7 5"'), strict=True):
        parts.append(f'<path d="{_path(curve, point)}" stroke-width="2.5"{dash}/>')
    legend = WIDTH - _RIGHT - 210
    for row, (key, dash) in enumerate(
        (("own_line", ""), ("greedy_line", ' stroke-dasharray="7 5"'))
    ):
        y = _TOP + 14 + row * 18
        parts.append(f'<path d="M{legend} {y}h34" stroke-width="2.5"{dash}/>')
        parts.append(f'<text x="{legend + 42}" y="{y + 4}" {_TEXT}>{escape(words[key])}</text>')
    return "".join([*parts, "</svg>"])


_TEXT = 'fill="currentColor" stroke="none"'


def _curves(plan: Plan) -> tuple[Curve, Curve]:
    return plan.curve, plan.greedy_curve


def _path(curve: Curve, point: Callable[[float, float], tuple[float, float]]) -> str:
    x, y = point(*curve[0])
    drawn = [f"M{x:.1f} {y:.1f}"]
    for hour, power in curve[1:]:
        x, y = point(hour, power)
        drawn.append(f"H{x:.1f}V{y:.1f}")
    return "".join(drawn)


def _round_up(value: float) -> float:
    """Return the next round number: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in _STEPS if value <= step * power * (1 + 1e-9))


def _ticks(most: float) -> tuple[float, ...]:
    step = _round_up(most / _TICKS)
    return tuple(step * at for at in range(int(most / step + 1e-9) + 1))
