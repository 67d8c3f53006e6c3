"""How a report says who said what and when, and keeps account of the claims behind it."""

import tomllib
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from vidomo.core.time import KYIV
from vidomo.disclosure.country import UnitView
from vidomo.disclosure.model import NameView, Said, TitleView
from vidomo.publish.atlas import Atlas
from vidomo.publish.moments import moment, span
from vidomo.publish.page.frame import safe_link
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.model import Note, Sentence
from vidomo.publish.words import LANGUAGES, Words, words_of

MOST_NOTES = 4
"""Footnotes of one sentence; the newest claims come first and the rest are in the chronology."""
MOST_NAMES = 3
"""Speakers that one sentence names."""
_WIDE_SPAN = timedelta(hours=1)
"""From here on an interval is told whole: its begin alone would look like an exact time."""
_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_WIDE = frozenset({"country", "oblast", "raion", "hromada"})
_SECOND = timedelta(seconds=1)


@cache
def report_words(lang: str) -> Words:
    """Return the words of reports in a language; in the first one where there is no table."""
    lang = lang if lang in LANGUAGES else LANGUAGES[0]
    source = files("vidomo.publish.sitrep") / "locale" / f"{lang}.toml"
    return Words(lang, tomllib.loads(source.read_text(encoding="utf-8")))


class Telling:
    """Words, names and claims of one report in one language.

    Args:
        material: What the report is made of.
        lang: uk or en.
        atlas: Names of places.
    """

    def __init__(self, material: Material, *, lang: str, atlas: Atlas) -> None:
        self.material, self.atlas = material, atlas
        self.own = report_words(lang)
        self.lang = self.own.lang
        self.words = words_of(self.lang)
        self._seen: dict[str, Said] = {}
        self._units: dict[str, UnitView] = {}
        self._titles: dict[str, str] = {}
        self._english = {one.speaker: name for one in material.names if (name := self._called(one))}
        for view in material.views:
            self._seen = {item.claim: item for item in view.said} | self._seen
            called = {one.speaker: name for one in view.names if (name := self._called(one))}
            self._english = called | self._english
            titles = {one.source: self._called(one) or one.title for one in view.titles}
            self._titles = titles | self._titles

    def said(self, claim: str) -> Said | None:
        """Return a statement that may be shown; None where it may not, or was never seen."""
        still = self.material.still
        if still is not None and claim not in still:
            return None
        return self._seen.get(claim)

    def all_said(self, claims: Iterable[str]) -> list[Said]:
        """Return the statements of some claims that may be shown, in the same order."""
        return [item for claim in dict.fromkeys(claims) if (item := self.said(claim)) is not None]

    def sentence(self, key: str, claims: Iterable[str], **values: object) -> Sentence:
        """Return a sentence of ``[s]`` that rests on claims."""
        text = self.own(f"s.{key}", **values)
        text = f"{text[:1].upper()}{text[1:]}"
        return Sentence(text=text, claims=tuple(dict.fromkeys(claims))[:MOST_NOTES])

    def fixed(self, key: str, **values: object) -> Sentence:
        """Return a sentence of ``[fixed]``: one that states nothing that anybody said."""
        return Sentence(text=self.own(f"fixed.{key}", **values), fixed=key)

    def silent(self, key: str, **values: object) -> Sentence:
        """Return the fixed sentence that nobody spoke; of an area, that nobody did of the whole.

        Places inside an area have reports of their own: that nobody speaks of the whole must
        not read as if nothing had happened anywhere in it.
        """
        return self.fixed(f"{key}_wide" if self.is_wide else key, **values)

    @property
    def is_wide(self) -> bool:
        """Whether the place of the report is an area with places of its own in it."""
        unit = self.atlas.get(self.material.code)
        return unit is not None and unit.level.value in _WIDE

    def unit(self, item: UnitView) -> str:
        """Return the id under which a row of the country stands among the claims."""
        name = f"unit {item.code} {item.dimension} {item.phase}"
        self._units[name] = item
        return name

    def who(self, claims: Iterable[str]) -> str:
        """Return who said some claims, newest first, for the middle of a sentence."""
        found = dict.fromkeys(self.speaker(self._seen[one]) for one in claims if one in self._seen)
        return "; ".join(list(found)[:MOST_NAMES]) or self.own("s.nobody")

    def speaker(self, said: Said) -> str:
        """Return who said something, in the language of the report where there is a name in it."""
        return self.called(said.speaker or said.source)

    def named(self, speakers: Iterable[str]) -> str:
        """Return speakers in a row, each by the name in the language of the report."""
        names = dict.fromkeys(self.called(one) for one in speakers if one)
        return "; ".join(list(names)[:MOST_NAMES]) or self.own("s.nobody")

    def called(self, name: str) -> str:
        """Return a speaker by the name in the language of the report, a source by its title."""
        return shown(self._english.get(name) or self._titles.get(name) or name)

    def source(self, source: str) -> str:
        """Return the name of a source, its id where it has none."""
        return shown(self._titles.get(source) or source)

    def place(self, code: str, *, full: bool = False) -> str:
        """Return the name of a place."""
        return self.atlas.label(code, lang=self.lang, full=full)

    def at(self, instant: datetime | None) -> str:
        """Return an instant in Kyiv time, with the year where it is another than the report's."""
        if instant is None:
            return self.own("s.undated")
        return moment(instant, words=self.words, near=self.material.end).striptags()

    def around(self, instant: datetime | None, claims: Iterable[str]) -> str:
        """Return an instant as exactly as it was given: the whole span where only a day was.

        Args:
            instant: Begin of when something was said or held.
            claims: The claims that it may have been taken from.
        """
        for item in self.all_said(claims):
            for start, end in ((item.said_at, item.said_until), (item.earliest, item.latest)):
                if instant is not None and start == instant and end and end - start >= _WIDE_SPAN:
                    return self.between(start, end)
        return self.at(instant)

    def full(self, instant: datetime) -> str:
        """Return an instant in Kyiv time with its year."""
        local = instant.astimezone(KYIV)
        return f"{local.day} {self.words.month(local.month)} {local.year}, {local:%H:%M}"

    def between(self, start: datetime, end: datetime) -> str:
        """Return an interval in Kyiv time."""
        return span(start, end, words=self.words, near=self.material.end).striptags()

    def when(self, said: Said) -> str:
        """Return when something was published."""
        if said.said_at is None:
            return self.own("s.undated")
        return self.between(said.said_at, said.said_until or said.said_at)

    def said_when(self, claims: Iterable[str]) -> str:
        """Return when the newest of some claims was published."""
        found = [self._seen[claim] for claim in claims if claim in self._seen]
        dated = [item for item in found if item.said_at is not None]
        return self.when(max(dated, key=_said_at)) if dated else self.own("s.undated")

    def is_day(self, claim: str) -> bool:
        """Whether only the day is known on which something was said, or a wider span."""
        item = self.said(claim)
        if item is None or item.said_at is None or item.said_until is None:
            return False
        return item.said_until - item.said_at >= _WIDE_SPAN

    def topic(self, said: Said) -> str:
        """Return what a statement is about, with its "not" and its kind."""
        text = self.words.label("topic", said.topic)
        if said.polarity != "affirmed":
            text = f"{text}: {self.words.label('polarity', said.polarity)}"
        kind = self.words.label("kind", said.kind)
        return text if said.kind == "report" or kind == text.lower() else f"{text} ({kind})"

    def is_within(self, said: Said) -> bool:
        """Whether something was published within the period of the report, its end included."""
        if said.said_at is None:
            return False
        until = said.said_until or said.said_at + _SECOND
        return said.said_at <= self.material.end and until > self.material.start

    def notes(self, claims: Iterable[str]) -> tuple[Note, ...]:
        """Return the footnotes of some claims in order; equal words of one post are one note."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for claim in dict.fromkeys(claims):
            groups.setdefault(self._key(claim), []).append(claim)
        return tuple(
            self._note(number, tuple(group)) for number, group in enumerate(groups.values(), 1)
        )

    def _key(self, claim: str) -> tuple[str, ...]:
        said = self.said(claim)
        if said is None:
            return (claim,)
        return (said.report, said.speaker, said.quote, said.withheld_by)

    def _note(self, number: int, claims: tuple[str, ...]) -> Note:
        unit = self._units.get(claims[0])
        if unit is not None:
            return self._unit_note(number, claims, unit)
        seen, own = self._seen.get(claims[0]), self.own
        if seen is None:
            return Note(number=number, said=own("note.lost"), claims=claims)
        head = f"{self.speaker(seen)}, {self.when(seen)}"
        said = self.said(claims[0])
        if said is None:
            return Note(number=number, said=head, withheld=own("note.taken_back"), claims=claims)
        withheld = own("note.withheld", rule=said.withheld_by) if not said.quote else ""
        return Note(
            number=number,
            said=head,
            source=self.source(said.source),
            url=safe_link(said.url),
            quote=shown(said.quote),
            lang=said.lang,
            withheld=withheld,
            standing=self.words.label("standing", said.standing),
            claims=claims,
        )

    def _unit_note(self, number: int, claims: tuple[str, ...], unit: UnitView) -> Note:
        return Note(
            number=number,
            said=f"{self.named(unit.speakers)}, {self.at(unit.heard_at)}"
            if unit.speakers
            else self.place(unit.code),
            withheld=self.own("note.unit", place=self.place(unit.code)),
            claims=claims,
        )

    def _called(self, one: NameView | TitleView) -> str:
        """Return the English name in an English report; empty in one in the state language."""
        if self.lang != "en" or not one.en:
            return ""
        beside = self.place(one.place) if one.place else ""
        name = f"{one.en[:1].upper()}{one.en[1:]}"
        return f"{name} ({beside})" if beside else name


def shown(text: str) -> str:
    """Return words of others on one line, without what steers a terminal or turns letters round.

    Control characters and marks of direction (U+200E, U+202A to U+202E, U+2066 to U+2069 and
    their like) can make a reader see other words than stand there.
    """
    return " ".join("".join(one for one in text if one.isspace() or _is_plain(one)).split())


def _is_plain(letter: str) -> bool:
    return unicodedata.category(letter) != "Cc" and unicodedata.bidirectional(letter) not in _TURNS


def _said_at(said: Said) -> datetime:
    if said.said_at is None:
        raise ValueError(said.claim)
    return said.said_at
