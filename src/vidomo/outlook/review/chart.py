"""The review as one small picture in SVG: pattern and text, never colour alone."""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from importlib.resources import files
from xml.sax.saxutils import escape, quoteattr

from vidomo.core.errors import InputError
from vidomo.core.time import KYIV, Interval
from vidomo.outlook.review.model import Outage, Review, Warned

WIDTH, LEFT, RIGHT, BAND, GAP = 720, 24, 24, 88, 52
MOST_BARS = 180  # narrower bars cannot be told apart; days are then taken together
_HOUR_S = 3600.0
_DAY = timedelta(days=1)
_PATTERNS = """<defs>
<pattern id="alert" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fbd9a5"/><path d="M0 6 6 0" stroke="#7a3e00" stroke-width="1.4"/></pattern>
<pattern id="most" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff"/><circle cx="3" cy="3" r="1.2" fill="#1f3a5f"/></pattern>
</defs>"""
_MARKS = {
    Warned.WARNED: '<circle cx="{x}" cy="{y}" r="5" fill="#1f3a5f"/>',
    Warned.UNWARNED: '<path d="M{x} {y}m-6 5h12l-6-11z" fill="#fff" stroke="#8a1c1c" stroke-width="2"/>',
    Warned.UNDECIDED: '<rect x="{x}" y="{y}" width="9" height="9" transform="translate(-4.5 -4.5)" fill="#fff" stroke="#333" stroke-width="2"/>',
    Warned.NOT_KNOWN: '<path d="M{x} {y}m-5-5l10 10m0-10l-10 10" stroke="#333" stroke-width="2"/>',
}


@functools.cache
def _all_words() -> dict[str, dict[str, str]]:
    table = files("vidomo.outlook.review") / "tables" / "words.toml"
    return tomllib.loads(table.read_text("utf-8"))


def words(lang: str) -> Mapping[str, str]:
    """Return the words of the review in a language.

    Raises:
        InputError: Neither uk nor en.
    """
    if lang not in _all_words():
        raise InputError(f"{lang!r} is not a language of the review", hint="use uk or en")
    return _all_words()[lang]


def chart(review: Review, *, name: str, lang: str = "uk") -> str:
    """Return the review as an SVG document that stands alone.

    Three bands: hours a day under alert, reported attacks with what came before them, hours a
    day without power with least and most. Every band says in words what it shows; it has a
    title, a description and no script.

    Args:
        review: What to show.
        name: The place, for people.
        lang: uk or en.
    """
    return _Chart(review, name, words(lang), lang).document()


class _Chart:
    """One review being drawn."""

    def __init__(
        self,
        review: Review,
        name: str,
        said: Mapping[str, str],
        lang: str,
    ) -> None:
        self._review, self._said, self._lang = review, said, lang
        self._name = name
        self._slots = _slots(review.period)

    def document(self) -> str:
        title = self._said["title"].format(place=self._name)
        period = self._said["period"].format(
            start=_day(self._review.period.start), end=_day(self._review.period.end)
        )
        notes = [self._alerts_note(), self._attacks_note(), self._power_note()]
        bands = [
            self._band(0, "alerts", notes[0], self._alert_bars(_top(0))),
            self._band(1, "attacks", notes[1], self._marks(_top(1))),
            self._band(2, "power", notes[2], self._power_bars(_top(2))),
        ]
        height = _top(3)
        about = f"{period}. {self._said['desk_only']}. " + ". ".join(notes)
        return "\n".join(
            (
                self._opening(height),
                f'<title id="t">{escape(title)}</title>',
                f'<desc id="d">{escape(about)}</desc>',
                _PATTERNS,
                f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
                f'<text x="{LEFT}" y="26" font-size="17" font-weight="bold">{escape(title)}</text>',
                f'<text x="{LEFT}" y="46">{escape(period)}. {escape(self._said["desk_only"])}</text>',
                *bands,
                "</svg>",
                "",
            )
        )

    def _opening(self, height: int) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'role="img" aria-labelledby="t d" lang={quoteattr(self._lang)} '
            'font-family="sans-serif" font-size="13">'
        )

    def _alerts_note(self) -> str:
        alerts = self._review.alerts
        note = self._said["alerts_text"].format(
            count=alerts.over_place, hours=_hours(alerts.under_alert_s)
        )
        return note if alerts.is_watched else f"{note}. {self._said['not_watched']}"

    def _attacks_note(self) -> str:
        if not self._review.attacks:
            return self._said["no_attacks"]
        counts = [(self._said[kind.value], self._review.count(kind)) for kind in Warned]
        return ", ".join(f"{word}: {count}" for word, count in counts if count)

    def _power_note(self) -> str:
        bounds = self._review.without_power
        if bounds is None:
            return self._said["no_power"]
        return self._said["power_text"].format(low=_hours(bounds.low_s), high=_hours(bounds.high_s))

    def _band(self, number: int, kind: str, note: str, inside: str) -> str:
        base = _top(number) + BAND
        scale = "" if kind == "attacks" else _scale(_top(number))
        return (
            f'<g><text x="{LEFT}" y="{_top(number) - 20}" font-weight="bold">{escape(self._said[kind])}</text>'
            f'<text x="{LEFT}" y="{_top(number) - 5}">{escape(note)}</text>'
            f'<path d="M{LEFT} {base}H{WIDTH - RIGHT}" stroke="#333"/>{scale}{inside}</g>'
        )

    def _alert_bars(self, top: int) -> str:
        return "".join(
            self._bars(top, self._review.alerts.stretches, 'fill="url(#alert)" stroke="#7a3e00"')
        )

    def _power_bars(self, top: int) -> str:
        found = self._review.outages
        most = [_most(one, self._review.period) for one in found]
        sure = [Interval(one.began.end, max(one.began.end, one.last_said_at)) for one in found]
        return "".join(
            (
                *self._bars(top, most, 'fill="url(#most)" stroke="#1f3a5f"'),
                *self._bars(top, sure, 'fill="#1f3a5f"'),
            )
        )

    def _bars(self, top: int, stretches: Iterable[Interval], style: str) -> Iterable[str]:
        taken = [0.0] * len(self._slots)
        for stretch in stretches:
            for number, slot in enumerate(self._slots):
                if slot.overlaps(stretch):
                    start, end = max(slot.start, stretch.start), min(slot.end, stretch.end)
                    taken[number] += (end - start).total_seconds()
        width = (WIDTH - LEFT - RIGHT) / len(self._slots)
        for number, (slot, seconds) in enumerate(zip(self._slots, taken, strict=True)):
            share = min(1.0, seconds / (slot.end - slot.start).total_seconds())
            if share > 0:
                height = max(1.0, share * BAND)
                hours = _hours(seconds / _days(slot))
                yield (
                    f'<rect x="{LEFT + number * width:.1f}" y="{top + BAND - height:.1f}" '
                    f'width="{width * 0.86:.1f}" height="{height:.1f}" {style}>'
                    f"<title>{_day(slot.start)}: {hours}</title></rect>"
                )

    def _marks(self, top: int) -> str:
        period = self._review.period
        span = (period.end - period.start).total_seconds()
        drawn = []
        for number, attack in enumerate(self._review.attacks):
            share = (attack.earliest - period.start).total_seconds() / span
            x = LEFT + min(1.0, max(0.0, share)) * (WIDTH - LEFT - RIGHT)
            y = top + 14 + 18 * (number % 4)
            mark = _MARKS[attack.warned].format(x=f"{x:.1f}", y=f"{y:.1f}")
            said = f"{_moment(attack.earliest)}: {self._said[attack.warned.value]}"
            drawn.append(f"<g><title>{escape(said)}</title>{mark}</g>")
        return "".join(drawn)


def _slots(period: Interval) -> tuple[Interval, ...]:
    """Return the days of a period, or as many of them together as keep the bars apart."""
    days = max(1, -(-(period.end - period.start) // _DAY))
    step = _DAY * -(-days // MOST_BARS)
    slots, start = [], period.start
    while start < period.end:
        slots.append(Interval(start, min(start + step, period.end)))
        start += step
    return tuple(slots)


def _most(outage: Outage, period: Interval) -> Interval:
    end = period.end if outage.restored is None else outage.restored.end
    return Interval(outage.began.start, end)


def _scale(top: int) -> str:
    return (
        f'<path d="M{LEFT} {top}H{WIDTH - RIGHT}" stroke="#999" stroke-dasharray="2 4"/>'
        f'<text x="{WIDTH - RIGHT + 3}" y="{top + 5}">24</text>'
    )


def _top(number: int) -> int:
    return 104 + number * (BAND + GAP)


def _days(slot: Interval) -> float:
    return max(1.0, (slot.end - slot.start) / _DAY)


def _hours(seconds: float) -> str:
    return f"{seconds / _HOUR_S:.1f}"


def _day(moment: datetime) -> str:
    return moment.astimezone(KYIV).strftime("%d.%m.%Y")


def _moment(moment: datetime) -> str:
    return moment.astimezone(KYIV).strftime("%d.%m.%Y %H:%M")
