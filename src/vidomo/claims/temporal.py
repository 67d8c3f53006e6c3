"""Finds the words and figures of a text that tell a time, before anybody knows which."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from vidomo.claims.document import Document, Token
from vidomo.claims.numerals import numeral_at
from vidomo.claims.phrases import Phrase
from vidomo.claims.time_words import sections_of, time_words

# Years that a post can speak of; a figure outside is a count.
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_LAST_DAY, _LAST_MONTH, _LAST_HOUR, _HALF_DAY = 31, 12, 24, 12
_MINUTES = 60
# "A few days ago" is read as three days, and more than a century ago is no time of a post.
_A_FEW = 3
_MOST_AGO = 100
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")
_DAY = re.compile(r"([0-9]{1,2})(?:-?[^\W\d_]{1,3})?")
# Months that are other words as well when they have a small letter.
_OTHER_WORDS = frozenset({"march", "may"})
_YEAR_WORD = re.compile(r"[0-9]{4}-[^\W\d_]{1,3}")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})(?:\.([0-9]{2,4}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_HALF = re.compile(r"\s?([ap])\.?\s?m\b\.?")
_HALF_WORD = re.compile(r"([0-9]{1,2})([ap])m")


class Element(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a time: a date, a clock time, a part of the day, a span.

    Attributes:
        kind: date, month, year, clock, ago, or a section of the table of times: weekday,
            day, part, now, digest, history, since.
        first: Index of the first token; ``last`` the index after the last.
        rule: Id of the table entry, empty where figures alone tell.
        day: Day of the month; ``day_last`` the last of a range.
        minute: Minutes since midnight.
        count: How many units ago.
        entry: The table entry.
    """

    kind: str
    first: int
    last: int
    rule: str = ""
    day: int = 0
    day_last: int = 0
    month: int = 0
    year: int | None = None
    minute: int = 0
    count: int = 0
    entry: Mapping[str, Any] = msgspec.field(default_factory=dict)


def elements_of(doc: Document) -> tuple[Element, ...]:
    """Return the parts of times in a text, in order; they do not overlap.

    Worked out once for each text: numbers are told from times by them too.
    """
    held = doc.memo.get("times")
    if not isinstance(held, tuple):
        held = doc.memo["times"] = tuple(_elements(doc))
    return held


def _elements(doc: Document) -> Iterator[Element]:
    beginners = time_words().beginners
    after = 0
    for sentence in doc.sentences:
        reader = _Reader(doc, sentence.first, sentence.last)
        for index in range(sentence.first, sentence.last):
            token = doc.tokens[index]
            if index < after or not (
                token.kind == "number"
                or (token.kind == "word" and (token.key in beginners or token.text[0].isdigit()))
            ):
                continue
            element = reader.at(index)
            if element is not None:
                yield element
                after = element.last


class _Reader:
    """Reads one sentence."""

    def __init__(self, doc: Document, first: int, last: int) -> None:
        self._lower = doc.lower
        self._tokens = doc.tokens
        self._first = first
        self._last = last
        self._words = time_words()

    def at(self, index: int) -> Element | None:
        token = self._tokens[index]
        if token.kind == "number":
            return self._number(index)
        if token.kind != "word":
            return None
        if token.text[0].isdigit():
            return self._day_and_month(index) or self._hour_word(index) or self._year_word(index)
        if token.key in self._words.starters:
            return self._section(index) or self._month(index) or self._ago(index)
        return self._ago(index) if self._words.may_count(token.key) else None

    def _key(self, index: int) -> str:
        return self._tokens[index].key if self._first <= index < self._last else ""

    def _section(self, index: int) -> Element | None:
        best: tuple[str, Phrase] | None = None
        for name, phrases in sections_of(self._tokens[index].key):
            phrase = phrases.at(self._tokens, index, self._last)
            if phrase and not self._may_begin(phrase, index):
                continue
            if phrase and (best is None or len(phrase.words) > len(best[1].words)):
                best = name, phrase
        if best is None:
            return None
        name, phrase = best
        last = index + len(phrase.words)
        return Element(kind=name, first=index, last=last, rule=phrase.rule, entry=phrase.entry)

    def _may_begin(self, phrase: Phrase, index: int) -> bool:
        """Whether a phrase that needs a word before it ("by" midnight) has that word."""
        if (
            phrase.entry.get("lower_only")
            and self._tokens[index].is_capital
            and index > self._first
        ):
            return False  # "Day of Rescuers", a holiday
        needed = phrase.entry.get("only_after")
        if needed is None or self._key(index - 1) in needed:
            return True
        names = dict(self._words.sections)
        before = index - 1
        return before >= self._first and any(
            names[name].at(self._tokens, before, index) for name in ("weekday", "day")
        )

    def _number(self, index: int) -> Element | None:
        return (
            self._clock(index)
            or self._dotted(index)
            or self._day_and_month(index)
            or self._year(index)
            or self._ago(index)
        )

    def _clock(self, index: int) -> Element | None:
        token = self._tokens[index]
        match = _CLOCK.fullmatch(token.text)
        before = self._key(index - 1)
        if match and (":" in token.text or before in self._words.clock_before):
            hour, minute = int(match[1]), int(match[2])
        elif token.text.isdigit() and len(token.text) <= len("18") and self._is_hour(index):
            hour, minute = int(token.text), 0
        else:
            return None
        last = index + 1
        half = _HALF.match(self._lower, token.end)
        if half and hour <= _HALF_DAY:
            hour = hour % _HALF_DAY + (_HALF_DAY if half[1] == "p" else 0)
            while last < self._last and self._tokens[last].end <= half.end():
                last += 1
            return _clock(index, last, hour, minute)
        last += self._key(last) in self._words.hours
        if self._key(last) in self._words.before_noon:
            last += 1
        elif self._key(last) in self._words.after_noon:
            last += 1
            hour = hour % _HALF_DAY + _HALF_DAY
        return _clock(index, last, hour, minute)

    def _is_hour(self, index: int) -> bool:
        """Whether bare figures are an hour: "at 6 p.m.", "at 18 o'clock", "from 9 to 15 o'clock"."""
        words = self._words
        if _HALF.match(self._lower, self._tokens[index].end):
            return True
        before, after = self._key(index - 1), self._key(index + 1)
        named = words.hours | words.before_noon | words.after_noon
        if after in words.sure_noon or before in words.clock_before:
            return after in named
        if before in words.span_from and after in words.range_joins:
            return self._is_bare_hour(index + 2) and self._key(index + 3) in named
        opened = self._key(index - 3) in words.span_from and self._is_bare_hour(index - 2)
        return before in words.range_joins and opened and after in named

    def _is_bare_hour(self, index: int) -> bool:
        key = self._key(index)
        return key.isdigit() and int(key[:3]) <= _LAST_HOUR

    def _hour_word(self, index: int) -> Element | None:
        """Read "6pm", and "18-th" after the word that only stands before hours."""
        if match := _HALF_WORD.fullmatch(self._tokens[index].key):
            hour, shift = int(match[1]), _HALF_DAY if match[2] == "p" else 0
            if hour > _HALF_DAY:
                return None
            return _clock(index, index + 1, hour % _HALF_DAY + shift, 0)
        match = _DAY.fullmatch(self._tokens[index].text)
        if match and self._key(index - 1) in self._words.hour_before:
            last = index + 1 + (self._key(index + 1) in self._words.hours)
            return _clock(index, last, int(match[1]), 0)
        return None

    def _dotted(self, index: int) -> Element | None:
        text = self._tokens[index].text
        if match := _ISO.fullmatch(text):
            year, month, day = map(int, match.groups())
        elif match := _DOTTED.fullmatch(text):
            day, month = int(match[1]), int(match[2])
            year = int(match[3] or 0)
            year += 2000 if match[3] and year < 100 else 0  # noqa: PLR2004 - two-digit years
            if not year and not (self._is_written_date(text) and self._role_before(index)):
                return None
        else:
            return None
        if not (1 <= day <= _LAST_DAY and 1 <= month <= _LAST_MONTH):
            return None
        if year and not _FIRST_YEAR <= year <= _LAST_YEAR:
            return None
        last = index + 1 + (self._key(index + 1) in self._words.year_words)
        return Element(
            kind="date",
            first=index,
            last=last,
            day=day,
            day_last=day,
            month=month,
            year=year or None,
        )

    def _is_written_date(self, text: str) -> bool:
        return len(text) == len("20.12") and text[3] in "01"

    def _role_before(self, index: int) -> bool:
        role = self._words.roles.before(self._tokens, index, self._first)
        return role is not None and role.entry["role"] == "as_of"

    def _day_and_month(self, index: int) -> Element | None:
        """Read "20 December", "21-22 December", "from 20 to 22 December", "the 20th of December"."""
        day = self._day(index)
        if not day:
            return None
        last_day, after = day, index + 1
        joins = self._words.month_joins
        if self._key(index - 1) in self._words.span_from:
            joins |= self._words.range_joins
        if self._key(after) in joins and (second := self._day(after + 1)):
            last_day, after = second, after + 2
        if self._key(after) == "of":
            after += 1
        month = self._month_name(after)
        if month is None:
            return None
        day = min(day, last_day)  # 30-1 December: only the later day is sure
        year, last = self._year_after(after + len(month.words))
        return Element(
            kind="date",
            first=index,
            last=last,
            rule=month.rule,
            day=day,
            day_last=last_day,
            month=month.entry["number"],
            year=year,
        )

    def _month(self, index: int) -> Element | None:
        """Read "December 20", "in December 2025" and a month alone."""
        month = self._month_name(index)
        if month is None:
            return None
        after = index + 1
        if self._key(after) == ".":
            after += 1
        number, is_english = month.entry["number"], month.rule.startswith("en")
        if is_english and (day := self._day(after)):
            last_day, after = day, after + 1
            if self._key(after) in {"-", "\u2013"} and (second := self._day(after + 1)):
                last_day, after = second, after + 2
            year, last = self._year_after(after + (self._key(after) == ","))
            last = after if year is None else last
            return Element(
                kind="date",
                first=index,
                last=last,
                rule=month.rule,
                day=min(day, last_day),
                day_last=last_day,
                month=number,
                year=year,
            )
        year, last = self._year_after(index + 1)
        if year is None and self._key(index - 1) not in self._words.month_before:
            return None
        return Element(
            kind="month", first=index, last=last, rule=month.rule, month=number, year=year
        )

    def _month_name(self, index: int) -> Phrase | None:
        if not self._first <= index < self._last:
            return None
        month = self._words.months.at(self._tokens, index, self._last)
        if month and month.rule.startswith("en") and not self._tokens[index].is_capital:
            is_dated = self._key(index) not in _OTHER_WORDS and self._day(index + 1)
            return month if is_dated else None
        return month

    def _day(self, index: int) -> int:
        if not self._first <= index < self._last:
            return 0
        match = _DAY.fullmatch(self._tokens[index].text)
        return int(match[1]) if match and 1 <= int(match[1]) <= _LAST_DAY else 0

    def _year_after(self, index: int) -> tuple[int | None, int]:
        year = _year(self._tokens[index]) if index < self._last else None
        if year is None:
            return None, index
        index += 1
        return year, index + (self._key(index) in self._words.year_words)

    def _year(self, index: int) -> Element | None:
        year = _year(self._tokens[index])
        after = self._key(index + 1)
        if year is None:
            return None
        if after in self._words.year_words:
            return Element(kind="year", first=index, last=index + 2, year=year)
        if self._key(index - 1) in {"in", "since"} and not self._counts(index + 1):
            return Element(kind="year", first=index, last=index + 1, year=year)
        return None

    def _year_word(self, index: int) -> Element | None:
        """Read a year in figures with an ending: "in the autumn of 2025" in two languages."""
        year = _year(self._tokens[index])
        if year is None:
            return None
        last = index + 1 + (self._key(index + 1) in self._words.year_words)
        return Element(kind="year", first=index, last=last, year=year)

    def _counts(self, index: int) -> bool:
        """Whether a word follows that figures can count: none before an article."""
        return (
            index < self._last
            and self._tokens[index].kind == "word"
            and self._tokens[index].key not in {"a", "an", "the"}
        )

    def _ago(self, index: int) -> Element | None:
        """Read "2 hours ago", "two days ago", "a few days ago" and "an hour ago"."""
        numeral = numeral_at(self._tokens, index, self._last)
        after = numeral.last if numeral else index
        if after >= self._last:
            return None
        phrase = self._words.ago.at(self._tokens, after, self._last)
        if phrase is None:
            return None
        count = int(numeral.low or _A_FEW) if numeral else 1
        if not 0 < count <= _MOST_AGO:
            return None
        return Element(
            kind="ago",
            first=index,
            last=after + len(phrase.words),
            rule=phrase.rule,
            count=count,
            entry=phrase.entry,
        )


def _clock(first: int, last: int, hour: int, minute: int) -> Element | None:
    if hour > _LAST_HOUR or minute >= _MINUTES or (hour == _LAST_HOUR and minute):
        return None
    return Element(kind="clock", first=first, last=last, minute=hour * _MINUTES + minute)


def _year(token: Token) -> int | None:
    if token.kind == "number":
        if not token.text.isdigit() or len(token.text) != len("2025"):
            return None
    elif not _YEAR_WORD.fullmatch(token.text):
        return None
    year = int(token.text[: len("2025")])
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None
