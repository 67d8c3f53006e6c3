"""Risks over time, drawn: a band for each facility, patterns and words instead of colour alone."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from vidomo.core.time import KYIV
from vidomo.outlook.services.model import Phase, Risk
from vidomo.outlook.services.words import is_lost, risk_words

WIDTH, ROW = 960, 34
BEFORE, AFTER = timedelta(hours=12), timedelta(hours=72)
"""Hours that are drawn before and after now; the longest backup by rule is 72 hours."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 270, 16, 70, 78
_HALF_DAY = timedelta(hours=12)
_TEXT = 'fill="currentColor" stroke="none"'
_LONGEST_NAME = 34
_DEFS = (
    '<pattern id="risk-may" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<path d="M0 8 8 0" stroke-width="1.4"/></pattern>'
    '<pattern id="risk-unknown" width="9" height="9" patternUnits="userSpaceOnUse">'
    '<circle cx="4.5" cy="4.5" r="1.1" fill="currentColor" stroke="none"/></pattern>'
)
_FILLS = {
    "holds": 'fill="none" stroke-width="1.4"',
    "may": 'fill="url(#risk-may)" stroke-width="1"',
    "sure": 'fill="currentColor" stroke-width="1"',
    "unknown": 'fill="url(#risk-unknown)" stroke-width=".6"',
}


def risk_chart(
    risks: Sequence[Risk],
    *,
    now: datetime,
    lang: str,
    name: Callable[[str], str] = str,
    is_synthetic: bool = False,
) -> str:
    """Return the picture as an SVG element, in the colour of the text around it.

    Outlined: the backup holds. Hatched: it may have failed. Full: it has failed by then, if what
    was said is true and the outage lasts. Dotted: unknown. The table beside it says the same.

    Args:
        risks: In the order of the rows.
        now: Drawn as a line.
        lang: uk or en.
        name: Returns the name of a place by its code.
        is_synthetic: Whether all of it is made up; the picture then says so itself.
    """
    words = risk_words(lang)
    chart = _Chart(now, words, name)
    above = [words["synthetic"]] if is_synthetic else []
    above.append(words["desk_only"])
    height = _TOP + ROW * len(risks) + _BOTTOM
    return "".join(
        (
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
                f'width="{WIDTH}" height="{height}" role="img" aria-labelledby="risk-title" '
                'fill="none" stroke="currentColor" font-size="13">'
            ),
            f'<title id="risk-title">{escape(words["title"])}</title><defs>{_DEFS}</defs>',
            f'<text x="0" y="16" {_TEXT} font-weight="bold">{escape(". ".join(above))}</text>',
            *chart.key(height),
            *chart.axis(_TOP + ROW * len(risks)),
            *(part for at, risk in enumerate(risks) for part in chart.row(at, risk)),
            chart.now_line(_TOP + ROW * len(risks)),
            "</svg>",
        )
    )


class _Chart:
    """One picture being drawn."""

    def __init__(self, now: datetime, words: Mapping[str, str], name: Callable[[str], str]) -> None:
        self._now, self._words, self._name = now, words, name
        self._start, self._end = now - BEFORE, now + AFTER

    def x(self, moment: datetime) -> float:
        share = (moment - self._start) / (self._end - self._start)
        return _LEFT + min(1.0, max(0.0, share)) * (WIDTH - _LEFT - _RIGHT)

    def row(self, at: int, risk: Risk) -> Sequence[str]:
        top = _TOP + at * ROW
        kind = self._words[f"kind.{risk.kind}"]
        label = f"{risk.facility}, {kind}"
        short = label if len(label) <= _LONGEST_NAME else label[: _LONGEST_NAME - 1] + "\u2026"
        said = self._words[f"phase.{risk.phase.value}"]
        return (
            f"<g><title>{escape(f'{label}, {self._name(risk.place)}: {said}')}</title>",
            f'<text x="0" y="{top + 14}" {_TEXT}>{escape(short)}</text>',
            f'<text x="0" y="{top + 27}" {_TEXT} font-size="11">{escape(said)}</text>',
            *self._bands(top + 6, risk),
            "</g>",
        )

    def _bands(self, y: int, risk: Risk) -> Sequence[str]:
        if not is_lost(risk):
            fill = "holds" if risk.phase is Phase.HOLDING else "unknown"
            # Nothing is foretold: what holds is drawn up to now and no further.
            end = self._now if fill == "holds" else self._end
            return (self._band(y, self._start, end, fill),)
        fails_from = risk.fails_from or self._start
        fails_until = risk.fails_until or self._end
        return (
            self._band(y, risk.lost_from or self._start, fails_from, "holds")
            if risk.fails_from
            else "",
            self._band(y, fails_from, fails_until, "may"),
            self._band(y, fails_until, self._end, "sure") if risk.fails_until else "",
        )

    def _band(self, y: int, start: datetime, end: datetime, fill: str) -> str:
        left, right = self.x(start), self.x(end)
        if right - left < 1:
            return ""
        return (
            f'<rect x="{left:.1f}" y="{y}" width="{right - left:.1f}" height="{ROW - 14}" '
            f"{_FILLS[fill]}/>"
        )

    def axis(self, floor: int) -> Sequence[str]:
        parts = [f'<path d="M{_LEFT} {floor}H{WIDTH - _RIGHT}" stroke-width="1"/>']
        local = self._start.astimezone(KYIV)
        tick = local.replace(hour=0, minute=0, second=0, microsecond=0)
        while tick <= self._end:
            if tick > self._start:
                x = self.x(tick)
                form = "%d.%m" if tick.hour == 0 else "%H:%M"
                parts.append(f'<path d="M{x:.1f} {_TOP}V{floor + 5}" stroke-width=".3"/>')
                parts.append(
                    f'<text x="{x:.1f}" y="{floor + 20}" {_TEXT} text-anchor="middle">'
                    f"{tick.strftime(form)}</text>"
                )
            tick = (tick + _HALF_DAY).astimezone(KYIV)
        return parts

    def now_line(self, floor: int) -> str:
        x = self.x(self._now)
        clock = self._now.astimezone(KYIV).strftime("%H:%M")
        return (
            f'<path d="M{x:.1f} {_TOP - 8}V{floor}" stroke-width="2.5"/>'
            f'<text x="{x:.1f}" y="{_TOP - 14}" {_TEXT} text-anchor="middle" font-weight="bold">'
            f"{escape(self._words['now'])} {clock}</text>"
        )

    def key(self, height: int) -> Sequence[str]:
        entries = (
            ("holds", "phase.at_risk"),
            ("may", "phase.failing"),
            ("sure", "phase.failed"),
            ("unknown", "phase.unknown"),
        )
        parts = []
        for at, (fill, word) in enumerate(entries):
            x, y = 4 + at % 2 * 470, height - 38 + at // 2 * 20
            parts.append(
                f'<rect x="{x}" y="{y}" width="26" height="13" {_FILLS[fill]}/>'
                f'<text x="{x + 33}" y="{y + 11}" {_TEXT}>{escape(self._words[word])}</text>'
            )
        return parts
