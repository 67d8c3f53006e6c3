"""The words of one language for what is known: who says so, when, and how many."""

import re
import tomllib
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files

from vidomo.claims.read import read_text
from vidomo.core.time import KYIV
from vidomo.desk.forms.spell import spell_clock, spell_day, spell_number
from vidomo.disclosure.model import FigureView, NameView, PublicView, SideView, TitleView
from vidomo.gazetteer import Gazetteer
from vidomo.publish.atlas import Atlas
from vidomo.publish.figures import number_text
from vidomo.publish.words import Words, words_of

LANGUAGES = ("uk", "en", "ru")
"""Languages that a form can have; Russian only for residents."""
_MINUTE, WHOLE_DAY, _DASH = timedelta(minutes=1), timedelta(hours=23), "\u2013"
"""A day is whole from 23 hours on: in spring one has no more."""
COUNTED = (
    "harm.killed",
    "harm.injured",
    "harm.missing",
    "harm.rescued",
    "harm.casualties",
    "impact.damage",
)
"""Topics whose figures a form tells; enemy weapons are nobody's figure."""


class Phrases:
    """Words for one view.

    Args:
        view: What the words are about; speakers and sources are named from it.
        lang: One of ``LANGUAGES``.
        atlas: Names of places.
        is_spoken: Whether numbers and times are written in words.
    """

    def __init__(self, view: PublicView, *, lang: str, atlas: Atlas, is_spoken: bool) -> None:
        self._view, self._atlas = view, atlas
        self.lang, self.is_spoken = lang, is_spoken
        self.own, self.labels = form_words(lang), words_of(lang)
        self.said = {item.claim: item for item in view.said}
        self._english = {one.speaker: name for one in view.names if (name := self._called(one))}
        self._titles = {one.source: self._called(one) or one.title for one in view.titles}

    def say(self, key: str, **values: object) -> str:
        """Return a whole sentence; what is read aloud has sentences of its own."""
        if self.is_spoken and f"spoken.{key}" in self.own.keys:
            spoken = {
                name: _capital(str(value)) if name == "text" else value
                for name, value in values.items()
            }
            return _one_line(self.own(f"spoken.{key}", **spoken))
        return _one_line(self.own(f"say.{key}", **values))

    def label(self, section: str, code: str) -> str:
        """Return the words of a code as they go on within a sentence."""
        text = self.labels.label(section, code)
        is_short_name = len(text) > 1 and text[:2].isalpha() and text[:2].isupper()
        return text if is_short_name else text[:1].lower() + text[1:]

    def place(self, code: str, *, full: bool = False) -> str:
        """Return the name of a place."""
        return self._atlas.label(code, lang=self.lang, full=full)

    def who(self, claims: Iterable[str], *, speakers: Iterable[str] = ()) -> str:
        """Return who says it: the speaker of the first claim that may be shown."""
        found = next((self.said[claim] for claim in claims if claim in self.said), None)
        if found is None:
            named = next(iter(speakers), "")
            return self._name(self._english.get(named, named))
        name = self._english.get(found.speaker, found.speaker)
        return self._name(name) if name else self.source(found.source)

    def source(self, source: str) -> str:
        """Return what a source is called."""
        return self._name(self._titles.get(source, source))

    def _name(self, text: str) -> str:
        """Return a name on one line; a "name" that states something is none."""
        name = " ".join(text.split())
        return name if name and not states_something(name) else self.own("say.nobody")

    def when_said(self, claims: Iterable[str]) -> str:
        """Return when the first claim that may be shown was published, no finer than is known."""
        found = next((self.said[claim] for claim in claims if claim in self.said), None)
        if found is None:
            return self.when(None)
        return self.within(found.said_at, found.said_until)

    def within(self, start: datetime | None, end: datetime | None) -> str:
        """Return an instant, or a stretch of time as days or clock times: nobody said "midnight"."""
        if start is None or end is None or end - start <= _MINUTE:
            return self.when(start)
        first, last = start.astimezone(KYIV), (end - _MINUTE).astimezone(KYIV)
        if first.date() == last.date() and end - start < WHOLE_DAY:
            return f"{self.when(start)}{_DASH}{self.clock(end)}"
        if first.date() == last.date():
            return self.day(start)
        return f"{self.day(start)} {_DASH} {self.day(end - _MINUTE)}"

    def until(self, end: datetime) -> str:
        """Return the end of a promise; midnight is the end of the day before."""
        local = end.astimezone(KYIV)
        if (local.hour, local.minute) != (0, 0):
            return self.when(end)
        return self.own("say.day_end", day=self.day(end - _MINUTE))

    def when(self, instant: datetime | None) -> str:
        """Return a clock time in Kyiv, with the day where it is another than the one told of."""
        if instant is None:
            return self.own("say.undated")
        local, today = instant.astimezone(KYIV), self._view.valid_at.astimezone(KYIV)
        if local.date() == today.date():
            return self.clock(instant)
        return f"{self.day(instant)}, {self.clock(instant)}"

    def next_at(self, instant: datetime) -> str:
        """Return when something will come, with the preposition that goes before a time."""
        today = self._view.valid_at.astimezone(KYIV).date()
        key = "next" if instant.astimezone(KYIV).date() == today else "next_day"
        return self.say(key, clock=self.clock(instant), day=self.day(instant))

    def clock(self, instant: datetime) -> str:
        """Return a clock time in Kyiv."""
        if self.is_spoken:
            return spell_clock(instant, lang=self.lang)
        return f"{instant.astimezone(KYIV):%H:%M}"

    def day(self, instant: datetime) -> str:
        """Return a day and month in Kyiv."""
        if self.is_spoken:
            return spell_day(instant, lang=self.lang)
        local = instant.astimezone(KYIV)
        return f"{local.day} {self.labels.month(local.month)}"

    def number(self, value: float) -> str:
        """Return a number."""
        return spell_number(value, lang=self.lang) if self.is_spoken else number_text(value)

    def figure(self, figure: FigureView | SideView, *, topic: str, unit: str) -> str:
        """Return how many; "nobody" only where somebody said so, and never a zero for not known."""
        low, high = figure.min, figure.max
        if figure.mode == "none" or low == high == 0:
            return self.own(f"nobody.{topic}")
        if low is None and high is None:
            return self.own(f"several.{topic}")
        return self.own(
            f"people.{topic}", n=self._bounded(figure), unit=self.own.label("unit", unit)
        )

    def _bounded(self, figure: FigureView | SideView) -> str:
        low, high, mode = figure.min, figure.max, figure.mode
        if low is not None and high is not None and low != high:
            return self.own("count.range", low=self.number(low), high=self.number(high))
        if mode not in {"about", "at_least", "at_most"}:
            mode = "at_least" if high is None else "at_most" if low is None else "exact"
        value = low if low is not None else high
        return self.own(f"count.{mode}", n=self.number(value if value is not None else 0))

    def _called(self, one: NameView | TitleView) -> str:
        """Return the English name where English is written; others keep the state language."""
        if self.lang != "en" or not one.en:
            return ""
        beside = self._atlas.label(one.place, lang="en") if one.place else ""
        name = _capital(one.en)
        return f"{name}, {beside}" if beside else name


@lru_cache(maxsize=4096)
def states_something(name: str) -> bool:
    """Return whether our own reader takes a name for a statement, such as "99 wounded".

    Names come from texts of others; one that states something would be told as ours.
    """
    return bool(read_text(name, gazetteer=Gazetteer.open(), genre="official").claims)


@cache
def form_words(lang: str) -> Words:
    """Return the words of a language; of the first one where there is no such table."""
    lang = lang if lang in LANGUAGES else LANGUAGES[0]
    source = files("vidomo.desk.forms").joinpath(f"words.{lang}.toml")
    return Words(lang, tomllib.loads(source.read_text(encoding="utf-8")))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


_BLANKS = re.compile(r"[^\S\u202f\u00a0]+")
"""All blanks but the two that hold a number together."""
