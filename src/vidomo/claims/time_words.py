"""Gives the words of time of all languages together."""

from functools import cache

import msgspec

from vidomo.claims.numerals import number_words
from vidomo.claims.phrases import PhraseTable, phrases_of
from vidomo.claims.tables import LANGUAGES, table

# Sections in the order in which a word is asked about them: the longest spans first.
_SECTIONS = ("since", "history", "digest", "now", "part", "day", "weekday")


class TimeWords(msgspec.Struct, frozen=True):
    """The tables of times of all languages together."""

    starters: frozenset[str]
    beginners: frozenset[str]
    sections: tuple[tuple[str, PhraseTable], ...]
    months: PhraseTable
    roles: PhraseTable
    ago: PhraseTable
    joins: frozenset[str]
    range_joins: frozenset[str]
    clock_before: frozenset[str]
    hour_before: frozenset[str]
    hours: frozenset[str]
    before_noon: frozenset[str]
    after_noon: frozenset[str]
    sure_noon: frozenset[str]
    span_from: frozenset[str]
    year_words: frozenset[str]
    month_joins: frozenset[str]
    month_before: frozenset[str]

    def may_count(self, key: str) -> bool:
        """Whether a word may be the number of "two days ago"."""
        return key in number_words().starters


@cache
def time_words() -> TimeWords:
    """Return the tables of times, read once."""

    def words(key: str) -> frozenset[str]:
        return frozenset(
            word for lang in LANGUAGES for word in table(lang, "times")["words"].get(key, ())
        )

    sections = tuple((name, PhraseTable(phrases_of("times", name))) for name in _SECTIONS)
    months = PhraseTable(phrases_of("times", "month"))
    ago = PhraseTable(phrases_of("times", "ago"))
    starters = months.first_words.union(
        ago.first_words, *(phrases.first_words for _, phrases in sections)
    )
    return TimeWords(
        starters=starters,
        beginners=starters | number_words().starters,
        sections=sections,
        months=months,
        roles=PhraseTable(phrases_of("times", "role")),
        ago=ago,
        joins=words("joins"),
        range_joins=words("range_joins"),
        clock_before=words("clock_before"),
        hour_before=words("hour_before"),
        hours=words("hours"),
        before_noon=words("before_noon"),
        after_noon=words("after_noon"),
        sure_noon=words("sure_noon"),
        span_from=words("span_from"),
        year_words=words("year_words"),
        month_joins=words("month_joins"),
        month_before=words("month_before"),
    )


@cache
def sections_of(word: str) -> tuple[tuple[str, PhraseTable], ...]:
    """Return the sections with a phrase that begins with one of the ``starters``."""
    sections = time_words().sections
    return tuple((name, phrases) for name, phrases in sections if phrases.starting_with(word))
