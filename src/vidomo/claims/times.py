"""Finds the times in a text and anchors them to when it was published.

Words are read in Kyiv time. Conventions, all our own choice and all half-open:
a night "to the 22nd" is from 18:00 on the 21st to 06:00 on the 22nd (research/language.md
section 5, step 8: evening to morning); morning 05-12, day 10-18, evening 17-24; a clock time
is its minute, and ten minutes to either side where the text says "about"; "over the day" is
the 24 hours before publication; a date without a year is the one nearest to publication; a
date more than 31 days before publication is history.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

import msgspec

from vidomo.claims.anchor import Anchor, clock_span, day_span, local
from vidomo.claims.document import Document, Segment
from vidomo.claims.hits import TimeHit
from vidomo.claims.temporal import Element, elements_of
from vidomo.claims.time_words import time_words
from vidomo.core.time import Interval

_DATED = frozenset({"date", "day", "weekday", "month", "year"})
_SPANS = frozenset({"now", "digest", "history", "since", "ago"})
# At most so many small words stand between the parts of one time ("on Saturday, 20 December, at about").
_GAP = 4
# Lines of a timetable that may lie between a day and its hours.
_LOOKED_BACK = 24
_HISTORY = timedelta(days=31)
_ABOUT = timedelta(minutes=10)
_DAY = timedelta(days=1)
_HOURS = {
    "morning": (5, 12),
    "day": (10, 18),
    "evening": (17, 24),
    "early": (0, 8),
    "midnight": (-1, 1),
    "noon": (11, 13),
    "end_of_day": (23, 24),
}
_HOURS_TO_COME = {**_HOURS, "midnight": (23, 24)}
_NIGHT_FROM, _NIGHT_TO = 18, 6
_NIGHTS_OF = frozenset({"night_of", "night_before"})
# What the words before a time say of it by themselves.
_PHASES = {"as_of": "as_of", "until": "expected"}


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of one time, and the words before it that say what it is.

    Attributes:
        first: Index of the first token, role words included.
        last: Index after the last token.
        sentence: Index of the sentence.
        role: at, as_of, until, since, after, from.
        about: Whether the words say "about".
        is_range: Whether two clock times or dates bound it.
    """

    first: int
    last: int
    sentence: int
    elements: tuple[Element, ...]
    role: str = "at"
    about: bool = False
    is_range: bool = False

    def one(self, *kinds: str) -> Element | None:
        """Return the first part of one of these kinds."""
        return next((element for element in self.elements if element.kind in kinds), None)


def find_times(doc: Document, *, posted_at: Interval | None) -> tuple[TimeHit, ...]:
    """Return the times in a text, in order.

    Args:
        doc: The text made ready.
        posted_at: When it was published; None when nobody says. When it is wider than a
            day, words such as "today" stay without an interval.
    """
    anchor = Anchor.of(posted_at)
    groups = groups_of(doc)
    hits = []
    for index, group in enumerate(groups):
        bare = group.one("clock", "part") and not group.one(*_DATED)
        said = _day_said_near(doc, groups, index, anchor) if bare else None
        interval = _interval(group, anchor, said)
        role, phase = _meaning(group, interval, anchor)
        hits.append(
            TimeHit(
                start=doc.tokens[group.first].start,
                end=doc.tokens[group.last - 1].end,
                earliest=interval[0] if interval else None,
                latest=interval[1] if interval else None,
                basis="explicit" if group.one("date", "month", "year", "clock") else "relative",
                phase=phase,
                role=role,
            )
        )
    return tuple(hits)


def groups_of(doc: Document) -> tuple[Group, ...]:
    """Return the times of a text as groups of their parts, in order; worked out once."""
    held = doc.memo.get("time_groups")
    if not isinstance(held, tuple):
        held = doc.memo["time_groups"] = _groups_of(doc)
    return held


def _groups_of(doc: Document) -> tuple[Group, ...]:
    elements = elements_of(doc)
    groups: list[Group] = []
    index, sentence = 0, 0
    while index < len(elements):
        while doc.sentences[sentence].last <= elements[index].first:
            sentence += 1
        parts, is_range = [elements[index]], False
        while index + 1 < len(elements):
            joined = _joined(doc, doc.sentences[sentence], parts, elements[index + 1])
            if not joined:
                break
            is_range |= joined == "range"
            index += 1
            parts.append(elements[index])
        floor = groups[-1].last if groups else 0
        floor = max(floor, doc.sentences[sentence].first)
        is_range |= any(part.day < part.day_last for part in parts)
        if not _is_night_of_nothing(parts):
            groups.append(_with_role(doc, floor, sentence, tuple(parts), is_range=is_range))
        index += 1
    return tuple(groups)


def _is_night_of_nothing(parts: Sequence[Element]) -> bool:
    """Whether "the night to" stands without the day that it needs ("the night in the city")."""
    is_night_of = any(part.entry.get("part", "") in _NIGHTS_OF for part in parts)
    return is_night_of and not any(part.kind in _DATED for part in parts)


def _joined(doc: Document, sentence: Segment, parts: Sequence[Element], following: Element) -> str:
    """Return "part" or "range" when the next part belongs to the same time, else nothing."""
    if following.first >= sentence.last:
        return ""
    words = time_words()
    before = parts[-1]
    gap = [token.key for token in doc.tokens[before.last : following.first]]
    kinds = {part.kind for part in parts}
    if following.kind in kinds or following.kind in _SPANS or kinds & _SPANS:
        bounded = before.kind == following.kind and before.kind in {"clock", "date"}
        plain = len([part for part in parts if part.kind == before.kind]) == 1
        if bounded and plain and gap and gap[0] in words.range_joins and len(gap) <= 2:  # noqa: PLR2004
            return "range"
        return ""
    if len(gap) > _GAP or not all(key in words.joins for key in gap):
        return ""
    dated = kinds & _DATED
    if (
        following.kind in _DATED
        and dated
        and not {following.kind, *dated} <= {"date", "weekday", "day"}
    ):
        return ""
    return "part"


def _with_role(
    doc: Document, floor: int, sentence: int, parts: tuple[Element, ...], *, is_range: bool
) -> Group:
    words = time_words()
    first, role, about = parts[0].first, "at", False
    is_part = all(part.kind == "part" for part in parts)
    while first > floor:
        phrase = words.roles.before(doc.tokens, first, floor)
        if phrase is not None and is_part and phrase.entry["role"] != "until":
            break  # "after overnight shelling", "from the night": no bound of a time
        if phrase is not None:
            first -= len(phrase.words)
            if phrase.entry["role"] != "about":
                role = phrase.entry["role"]
                break
            about = True
        elif doc.tokens[first - 1].key in words.joins and doc.tokens[first - 1].kind == "word":
            first -= 1
        else:
            break
    about = about or _says_about(doc, parts)
    return Group(
        first=first,
        last=parts[-1].last,
        sentence=sentence,
        elements=parts,
        role=role,
        about=about,
        is_range=is_range,
    )


def _says_about(doc: Document, parts: Sequence[Element]) -> bool:
    roles = time_words().roles
    for before, after in pairwise(parts):
        for index in range(before.last, after.first):
            phrase = roles.at(doc.tokens, index, after.first)
            if phrase is not None and phrase.entry["role"] == "about":
                return True
    return False


def _day_said_near(
    doc: Document, groups: Sequence[Group], index: int, anchor: Anchor
) -> date | None:
    """Return the day said nearby for a time of day that stands without one.

    First earlier in the sentence, then later in the clause, then in the sentence before; the
    lines of a timetable all go by the last day said above them.
    """
    own = groups[index]
    clause = doc.clauses[bisect_right(doc.clauses, own.first, key=lambda one: one.first) - 1]
    reach = own.sentence if own.is_range else 1
    before = [one for one in reversed(groups[:index]) if one.sentence >= own.sentence - reach]
    after = [one for one in groups[index + 1 : index + 3] if one.last <= clause.last]
    same = [one for one in before if one.sentence == own.sentence]
    for group in (*same[:3], *after, *before[len(same) :][:_LOOKED_BACK]):
        if group.role not in {"at", "as_of"} and group.one("clock") is None:
            continue
        days = anchor.days(group.one("date", "day", "weekday"), is_future=False)
        if days and days[0] == days[1]:
            return days[0]
    return None


def _interval(group: Group, anchor: Anchor, said: date | None) -> tuple[datetime, datetime] | None:
    if span := group.one(*_SPANS):
        return anchor.span(span)
    dated = group.one("date") or group.one("day", "weekday") or group.one("month", "year")
    is_future = group.role in {"until", "after"}
    days = anchor.days(dated, is_future=is_future)
    if dated is not None and days is None:
        return None
    if group.is_range and dated is not None and group.one("clock") is None:
        ends = anchor.days(group.elements[-1], is_future=is_future)
        days = (days[0], max(days[1], ends[1])) if days and ends else days
    carried = (said, said) if said else None
    if clock := group.one("clock"):
        interval = _clock_interval(group, clock, anchor, days or carried)
    elif part := group.one("part"):
        own_day = part.entry.get("of_publication", False)
        days = days or (None if own_day else carried)
        is_to_come = group.role == "until" and days is None
        name = part.entry["part"]
        interval = _part_to_come(name, anchor) if is_to_come else _part_interval(name, anchor, days)
    else:
        interval = day_span(*days) if days else None
    return _bounded(group, interval, anchor) if interval else None


def _clock_interval(
    group: Group, clock: Element, anchor: Anchor, days: tuple[date, date] | None
) -> tuple[datetime, datetime] | None:
    day = days[0] if days else anchor.day_of_clock(clock.minute, role=group.role)
    if day is None:
        return None
    start, end = clock_span(day, clock.minute)
    if group.is_range:
        closing = [element for element in group.elements if element.kind == "clock"][-1]
        end = clock_span(day, closing.minute)[0]
        if end <= start:
            end = clock_span(day + _DAY, closing.minute)[0]
    elif group.about:
        start, end = start - _ABOUT, end + _ABOUT
    return start, end


def _part_interval(
    part: str, anchor: Anchor, days: tuple[date, date] | None
) -> tuple[datetime, datetime] | None:
    first = days[0] if days else anchor.base
    if first is None:
        return None
    last = days[1] if days else first
    if part == "night_of":
        return local(last - _DAY, _NIGHT_FROM), local(last, _NIGHT_TO)
    if part == "night_before":
        return local(first, _NIGHT_FROM), local(first + _DAY, _NIGHT_TO)
    if part in {"night", "last_night"}:
        # "Yesterday at night" may be the night before or after; "at night" on a day likewise.
        was_before = days is not None and first != anchor.base
        return local(first - _DAY, _NIGHT_FROM), local(
            first + _DAY if was_before else first, _NIGHT_TO
        )
    start, end = _HOURS[part]
    if days is None and anchor.is_before_hour(start):
        # Yesterday's or today's: the words do not say.
        return local(first - _DAY, start), local(first, end)
    return local(first, start), local(last, end)


def _part_to_come(part: str, anchor: Anchor) -> tuple[datetime, datetime] | None:
    """Return the part of the day that "until morning" and "by midnight" mean: the coming one."""
    if anchor.base is None:
        return None
    start, end = _HOURS_TO_COME.get(part, _HOURS["evening"])
    is_today = anchor.is_before_hour(start) or start >= _HOURS["noon"][0]
    day = anchor.base if is_today else anchor.base + _DAY
    return local(day, start), local(day, end)


def _bounded(
    group: Group, interval: tuple[datetime, datetime], anchor: Anchor
) -> tuple[datetime, datetime] | None:
    """Turn "until", "since" and "after" into the stretch that they bound."""
    start, end = interval
    if group.is_range or group.role not in {"until", "since", "after"}:
        return start, end
    if group.role == "until":
        begins = anchor.posted.start if anchor.posted else start
        limit = start if group.one("clock") else end
        return min(begins, limit - timedelta(minutes=1)), limit
    if group.role == "since" and anchor.posted and start < anchor.posted.end:
        return start, max(end, anchor.posted.end)
    day = start.astimezone(anchor.zone).date()
    return start, max(end, day_span(day, day)[1])


def _meaning(
    group: Group, interval: tuple[datetime, datetime] | None, anchor: Anchor
) -> tuple[str, str | None]:
    """Return the role and the phase of a time."""
    span = group.one(*_SPANS)
    if span is not None:
        return _meaning_of_span(span)
    role = {"after": "since", "from": "at"}.get(group.role, group.role)
    if group.is_range and role == "since":
        role = "at"
    if role in _PHASES:
        return role, _PHASES[role]
    if interval is None or anchor.posted is None:
        return role, None
    if role == "at" and interval[1] < anchor.posted.start - _HISTORY:
        return "history", "past"
    return role, _phase(group, interval, anchor.posted)


def _phase(group: Group, interval: tuple[datetime, datetime], posted: Interval) -> str | None:
    if interval[1] <= posted.start:
        return "past"
    if interval[0] >= posted.end:
        return "scheduled" if group.is_range else "expected"
    return "ongoing" if group.role == "since" and not group.is_range else None


def _meaning_of_span(span: Element) -> tuple[str, str | None]:
    if span.kind == "now":
        return "as_of", "ongoing"
    if span.kind == "ago":
        is_history = span.entry["hours"] * span.count >= _HISTORY / timedelta(hours=1)
        return ("history" if is_history else "at"), "past"
    return span.kind, "past"
