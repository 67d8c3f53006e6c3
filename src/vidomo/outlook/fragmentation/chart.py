"""Load without supply over the hours of a scenario, drawn with its band."""

import math
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from vidomo.outlook.fragmentation.model import Moment, Outlook, ScenarioOutlook
from vidomo.outlook.fragmentation.words import headings, number, outlook_words

WIDTH, HEIGHT = 720, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 20, 60, 48
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_TICKS = 5
_HOURS = (0, 6, 12, 24, 36, 48, 60, 72)
_TEXT = 'fill="currentColor" stroke="none"'


def scale_mw(found: Outlook) -> float:
    """Return the upper end of the axis that all pictures of an outlook share."""
    highest = max(
        (moment.high_mw for one in found.scenarios for moment in one.moments), default=0.0
    )
    return _round_up(max(highest, found.load_mw / 100, 1e-6))


def band_chart(found: Outlook, one: ScenarioOutlook, *, name: str, lang: str) -> str:
    """Return the picture of one scenario as an SVG element.

    The band holds nine courses of ten, the full line the middle one, the dashed line the mean.
    Colours are those of the text around it, so that it is readable by day and by night; lines
    differ by dash, never by colour alone. The numbers stand in the table beside it.

    Args:
        found: The outlook, for its headings and the common scale.
        one: The scenario, or the mixture.
        name: What people call it.
        lang: uk or en.
    """
    words = outlook_words(lang)
    most = scale_mw(found)
    last = one.moments[-1].hour
    across = (WIDTH - _LEFT - _RIGHT) / last
    floor = HEIGHT - _BOTTOM
    down = (floor - _TOP) / most

    def point(hour: float, power: float) -> tuple[float, float]:
        return _LEFT + hour * across, floor - min(power, most) * down

    key = f"band-{one.scenario}"
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-labelledby="{escape(key)}" fill="none" stroke="currentColor" font-size="12">'
        ),
        f'<title id="{escape(key)}">{escape(name)}: {escape(words["chart_title"])}</title>',
        f'<text x="{_LEFT}" y="16" {_TEXT}>{escape(headings(found, lang=lang)[0])}</text>',
        f'<text x="8" y="36" {_TEXT}>{escape(words["chart_title"])}</text>',
        f'<path d="M{_LEFT} {_TOP}V{floor}H{WIDTH - _RIGHT}" stroke-width="1"/>',
    ]
    step = _round_up(most / _TICKS)
    for at in range(int(most / step + 1e-9) + 1):
        x, y = point(0, at * step)
        parts.append(f'<path d="M{x:.1f} {y:.1f}H{WIDTH - _RIGHT}" stroke-width=".3"/>')
        parts.append(
            f'<text x="{x - 6:.1f}" y="{y + 4:.1f}" {_TEXT} text-anchor="end">'
            f"{number(at * step, words)}</text>"
        )
    for hour in (one for one in _HOURS if one <= last):
        x, y = point(hour, 0)
        parts.append(f'<path d="M{x:.1f} {y:.1f}v5" stroke-width="1"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{y + 19:.1f}" {_TEXT} text-anchor="middle">{hour}</text>'
        )
    parts.append(
        f'<text x="{WIDTH - _RIGHT}" y="{HEIGHT - 6}" {_TEXT} text-anchor="end">'
        f"{escape(words['hours'])}</text>"
    )
    edge = [point(moment.hour, moment.high_mw) for moment in one.moments]
    edge += [point(moment.hour, moment.low_mw) for moment in reversed(one.moments)]
    ring = "L".join(f"{x:.1f} {y:.1f}" for x, y in edge)
    parts.append(f'<path d="M{ring}Z" fill="currentColor" fill-opacity=".18" stroke="none"/>')
    parts.append(f'<path d="{_line(one.moments, "median_mw", point)}" stroke-width="2.5"/>')
    parts.append(
        f'<path d="{_line(one.moments, "mean_mw", point)}" stroke-width="2" '
        'stroke-dasharray="7 5"/>'
    )
    return "".join([*parts, *_legend(words), "</svg>"])


def _legend(words: Mapping[str, str]) -> list[str]:
    left, parts = WIDTH - _RIGHT - 240, []
    for row, key in enumerate(("band", "median", "mean")):
        y = _TOP + 8 + row * 18
        mark = {
            "band": f'<path d="M{left} {y - 5}h30v10h-30z" fill="currentColor" fill-opacity=".18" stroke="none"/>',
            "median": f'<path d="M{left} {y}h30" stroke-width="2.5"/>',
            "mean": f'<path d="M{left} {y}h30" stroke-width="2" stroke-dasharray="7 5"/>',
        }[key]
        parts += [mark, f'<text x="{left + 38}" y="{y + 4}" {_TEXT}>{escape(words[key])}</text>']
    return parts


def _line(
    moments: tuple[Moment, ...], field: str, point: Callable[[float, float], tuple[float, float]]
) -> str:
    places = [point(one.hour, getattr(one, field)) for one in moments]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)


def _round_up(value: float) -> float:
    """Return the next round number: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in _STEPS if value <= step * power * (1 + 1e-9))
