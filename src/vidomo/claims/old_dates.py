"""Finds the dates of a text that are older than its news."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache

import msgspec

from vidomo.claims.chunks import Chunks
from vidomo.claims.document import Document, Segment
from vidomo.claims.hits import CueHit, MentionHit, TimeHit, TriggerHit
from vidomo.claims.tables import LANGUAGES, table
from vidomo.claims.times import Group, groups_of
from vidomo.core.time import Interval

#: What a date can make history; a plan or a schedule has dates of another kind.
HAPPENED = ("event.", "harm.", "impact.", "cause.")
# The day before is news; what ended earlier than a day before publication is not. Our choice,
# from the labelled posts whose time of publication is known.
_NEWS = timedelta(days=1)
# Days of one text that lie further apart are not of one event.
_APART = 2
_YEAR, _HALF_YEAR = 372, 186
_DAYS_OF_MONTH, _WEEK = 31, 7
_DAY_HOURS = 24
# Sentences at the beginning of a text in which the weekday of its news may stand.
_LEADS = 2
# Tokens after a date in which a word of birth may stand.
_BIRTH = 3
# Paragraphs above one so far down that its date, the first of the text, is not that of the news.
_DEEP = 1
_SMALL_MONTHS = frozenset({"uk", "ru"})


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the walk through a text found before anything was said to be past."""

    doc: Document
    chunks: Chunks
    times: Sequence[TimeHit]
    triggers: Sequence[TriggerHit]
    cues: Sequence[CueHit]
    posted: Interval | None
    mentions: Sequence[MentionHit] = ()

    def sentence(self, offset: int) -> Segment | None:
        """Return the sentence that an offset lies in."""
        if not self.chunks.all:
            return None
        one = self.doc.sentences[self.chunks.all[self.chunks.at(offset)].sentence]
        return one if one.start <= offset < one.end else None


def old_dates(told: Told) -> list[TriggerHit]:
    """Return the dates of a text that are older than its news.

    Where nobody says when it was published, the newest date of the text stands for that; a
    date without a time of day further down, below news that are not dated, is older too.
    """
    groups = groups_of(told.doc)
    found = []
    for group, time in zip(groups, told.times, strict=True):
        if time.role in {"at", "from"} and _is_old(told, group, time, groups):
            found.extend(_past_of(told, time))
        elif _is_long(group) and not _is_to_come(told, time):
            sentence = told.doc.sentences[group.sentence]
            over = hit_of(time, "times.range", sentence.start, sentence.end)
            found.append(msgspec.structs.replace(over, effect="cumulative", targets=HAPPENED))
        elif time.role == "since" and group.one("date", "month", "year", "weekday"):
            found.extend(_then(told, time))
    return found


def is_of_news(told: Told, hit: TriggerHit) -> bool:
    """Whether words that look like history hold the date of a text's own news.

    A date of the days before publication; where that is not known, the only date of a text
    that says that an inquiry has begun.
    """
    if hit.effect != "history" or hit.rule.endswith(".recalled"):
        return False
    dates = [
        time
        for group, time in zip(groups_of(told.doc), told.times, strict=True)
        if (date := group.one("date")) is not None and date.year
    ]
    here = [time for time in dates if time.start < hit.end and hit.start < time.end]
    if not here:
        return False
    if told.posted is not None:
        return all(t.latest is not None and t.latest > told.posted.start - _NEWS for t in here)
    return len(dates) == 1 and any(one.effect == "inquiry" for one in told.triggers)


def is_words(told: Told, hit: TriggerHit) -> bool:
    """Whether "earlier" is said of words: "earlier the governor reported fires" is this news."""
    here = told.sentence(hit.start) if hit.rule.endswith(".discourse.previously") else None
    return here is not None and any(
        token.key.startswith(tuple(past_words("tells")))
        for token in told.doc.tokens[here.first : here.last]
    )


def is_during(doc: Document, cause: TriggerHit) -> bool:
    """Whether all of a clause is of its time: "during last year's shelling two people died"."""
    return any(doc.tokens[number].key in past_words("durings") for number in cause.tokens)


def is_of_birth(doc: Document, hit: TriggerHit) -> bool:
    """Whether a year is that of somebody's birth."""
    if hit.effect != "history" or not any(mark.isdigit() for mark in doc.text[hit.start : hit.end]):
        return False
    at = bisect_right(doc.tokens, hit.end - 1, key=lambda token: token.start)
    return _names_birth(token.key for token in doc.tokens[max(at - 1, 0) : at + 2])


def hit_of(time: TimeHit, rule: str, start: int, end: int) -> TriggerHit:
    """Return what a time makes of a stretch: a total where it sums up, else history."""
    return TriggerHit(
        start=time.start,
        end=time.end,
        rule=rule,
        effect="digest" if time.role == "digest" else "history",
        scope_start=start,
        scope_end=end,
    )


@cache
def past_words(name: str) -> frozenset[str]:
    """Return one list of the words that tell the past, of all languages together."""
    return frozenset(
        word for lang in LANGUAGES for word in table(lang, "segments")["past"].get(name, ())
    )


@cache
def past_parts(name: str) -> tuple[str, ...]:
    """Return one list of beginnings or ends of words that tell the past, of all languages."""
    return tuple(past_words(name))


def _is_long(group: Group) -> bool:
    """Whether a time is a stretch of days, what happened in which is a total."""
    dates = [one for one in group.elements if one.kind == "date"]
    if not group.is_range or not dates:
        return False
    first, last = dates[0], dates[-1]
    days = (last.month - first.month) * _DAYS_OF_MONTH + last.day_last - first.day
    return days >= _APART


def _is_to_come(told: Told, time: TimeHit) -> bool:
    return told.posted is not None and (
        time.latest is None or time.latest > told.posted.end + _NEWS
    )


def _then(told: Told, time: TimeHit) -> list[TriggerHit]:
    """Return what is told of a day that only bounds something: "since April, when X was hit"."""
    after = told.chunks.at(time.end - 1) + 1
    if after >= len(told.chunks.all):
        return []
    chunk, clause = told.chunks.all[after], told.doc.clauses[told.chunks.clause_at(time.start)]
    is_told = told.doc.tokens[chunk.first].key in past_words("thens") and chunk.start < clause.end
    return [_old(time, chunk.start, clause.end)] if is_told else []


def _past_of(told: Told, time: TimeHit) -> list[TriggerHit]:
    """Return what an old date makes past: its clause, beside "now" its own words only.

    Where nobody says when a text was published, a date in words of what is to come may be to
    come as well.
    """
    clause = told.doc.clauses[told.chunks.clause_at(time.start)]
    chunk = told.chunks.all[told.chunks.at(time.start)]
    beside = [
        hit.start
        for hit in told.triggers
        if hit.effect in {"now", "forecast"} and clause.start <= hit.start < clause.end
    ]
    if told.posted is None and any(chunk.start <= at < chunk.end for at in beside):
        return []
    part = chunk if beside else clause
    return [_old(time, part.start, part.end if beside else _sentence_end(told, time, part))]


def _sentence_end(told: Told, time: TimeHit, clause: Segment) -> int:
    """Return where what an old date tells of ends: after a semicolon it is told on.

    "There were blasts on Thursday; seven people were hurt"; a clause with a time of its own or
    with "now" is not.
    """
    end = clause.end
    marks = [one.start for one in told.times if one != time]
    marks += [hit.start for hit in told.triggers if hit.effect in {"now", "forecast"}]
    for other in told.doc.clauses:
        if other.sentence != clause.sentence or other.start < clause.end:
            continue
        if any(other.start <= mark < other.end for mark in marks):
            break
        end = other.end
    return end


def _old(time: TimeHit, start: int, end: int) -> TriggerHit:
    return msgspec.structs.replace(hit_of(time, "times.old", start, end), targets=HAPPENED)


def _is_old(told: Told, group: Group, time: TimeHit, groups: Sequence[Group]) -> bool:
    dated = group.one("date", "month", "year")
    if dated is None:
        return (
            _is_days_ago(group)
            or _is_weekday_before(group, groups)
            or _is_weekday_below(told, group, groups)
        )
    if _is_birth(told.doc, group):
        return False
    if told.posted is not None:
        limit = told.posted.start - (_NEWS if dated.kind == "date" else timedelta(0))
        return time.latest is not None and time.latest <= limit
    if dated.kind == "year":
        years = [other.year for one in groups if (other := one.one("date", "month", "year"))]
        return any(year is not None and year > (dated.year or 0) for year in years)
    if dated.kind == "month":
        months = {other.month for one in groups if (other := one.one("date"))}
        return dated.month not in months
    if any(
        _days_apart(group, other) >= _apart(group, other) and not _is_name(told.doc, other)
        for other in groups
    ):
        return True
    is_bare = group.one("clock", "part") is None and not group.is_range
    return is_bare and _is_below_news(told, group)


def _apart(group: Group, other: Group) -> int:
    """Return by how many days a date must lie before another to be of another event.

    "Shelled on the 19th. ... On the 18th one man died"; "at 22:30 on the 8th, and on the morning
    of the 9th" is one night.
    """
    return _APART if group.sentence <= other.sentence or group.one("clock") else 1


def _is_name(doc: Document, group: Group) -> bool:
    """Whether a date is a name: "15 Kvitnia" street, the month with a capital letter."""
    tokens = [token for token in doc.tokens[group.first : group.last] if token.kind == "word"]
    return doc.lang in _SMALL_MONTHS and any(
        token.is_capital and not token.text.isupper() for token in tokens[-1:]
    )


def _days_apart(group: Group, other: Group) -> int:
    """Return by how many days a date lies before another; of years unknown, the nearer way."""
    one, two = group.one("date"), other.one("date")
    if one is None or two is None:
        return 0
    days = (two.month - one.month) * _DAYS_OF_MONTH + two.day - one.day_last
    if one.year is not None and two.year is not None:
        return days + (two.year - one.year) * _YEAR
    return (days + _HALF_YEAR) % _YEAR - _HALF_YEAR


def _is_days_ago(group: Group) -> bool:
    """Whether words count back further than to the day before: "two days ago"."""
    ago, day = group.one("ago"), group.one("day")
    if ago is not None:
        return bool(ago.entry["hours"] * ago.count >= _APART * _DAY_HOURS)
    return day is not None and bool(day.entry["offset"] <= -_APART)


def _is_weekday_before(group: Group, groups: Sequence[Group]) -> bool:
    """Whether a weekday lies well before the one that the first sentences of a text name."""
    lead = next((one for one in groups if one.one("weekday") and one.role == "at"), group)
    one, two = group.one("weekday"), lead.one("weekday")
    if one is None or two is None or lead.sentence >= group.sentence or lead.sentence > _LEADS:
        return False
    days = (int(two.entry["number"]) - int(one.entry["number"])) % _WEEK
    leads = [other for other in groups if other.sentence <= lead.sentence]
    if days == 1 and any(_is_day_before(other, int(one.entry["number"])) for other in leads):
        return (
            False  # "On Sunday they searched what was hit a day earlier. The missile of Saturday"
        )
    return 1 <= days <= _WEEK - _APART


def _is_day_before(group: Group, number: int) -> bool:
    """Whether a time says that the news are of the day before, or names its weekday."""
    day, weekday = group.one("day"), group.one("weekday")
    return bool(
        (day is not None and day.entry["offset"] == -1)
        or (weekday is not None and weekday.entry["number"] == number)
    )


def _is_weekday_below(told: Told, group: Group, groups: Sequence[Group]) -> bool:
    """Whether a paragraph begins with a weekday below news that have a time of another kind.

    "Drones attacked the city overnight. / On Wednesday, a missile hit a market"; a weekday with
    a part of the day or an hour may be that of the news.
    """
    here = told.doc.sentences[group.sentence]
    if not group.one("weekday") or group.one("part", "clock") or here.paragraph == 0:
        return False
    words = [token for token in told.doc.tokens[here.first : group.first] if token.kind == "word"]
    return (
        len(words) <= 1
        and told.doc.sentences[group.sentence - 1].paragraph != here.paragraph
        and not any(one.one("weekday") for one in groups if one.sentence < group.sentence)
        and _is_below_news(told, group)
    )


def _is_birth(doc: Document, group: Group) -> bool:
    """Whether a date is that of a birth: "born in 1990", "1965 r.n." after the year itself."""
    before = (token.key for token in doc.tokens[max(group.first - 2, 0) : group.first])
    dated = (token.key for token in doc.tokens[group.first : group.last + _BIRTH])
    return _names_birth(before) or _names_birth(dated)


def _names_birth(keys: Iterable[str]) -> bool:
    """Whether words hold one of birth, or what is written for it ("1965 r.n.")."""
    births, listed = past_words("births"), list(keys)
    marked = "".join(listed)
    return not births.isdisjoint(listed) or any("." in one and one in marked for one in births)


def _is_below_news(told: Told, group: Group) -> bool:
    """Whether a date stands below news that have a time of their own.

    The first date below an undated heading is mostly that of the news: "Water is off in A. On
    15 October supply failed"; one further down, below "overnight" or "on Monday", is not.
    """
    if any(
        one.sentence <= group.sentence and one != group and one.one("date", "month")
        for one in groups_of(told.doc)
    ):
        return False
    is_timed = any(
        one.sentence < group.sentence and one.one("day", "part", "weekday", "now")
        for one in groups_of(told.doc)
    )
    here = told.doc.sentences[group.sentence]
    is_timed = is_timed or (here.paragraph > _DEEP and here.start * 2 > len(told.doc.text))
    return is_timed and any(
        cue.topic.startswith(HAPPENED) and not cue.is_weak and cue.start < here.start
        for cue in told.cues
    )
