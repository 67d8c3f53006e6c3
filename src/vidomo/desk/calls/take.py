"""Takes a call down from what was typed: says what is wrong, guesses nothing."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

import msgspec

from vidomo.core.time import KYIV
from vidomo.desk.calls.model import Caller
from vidomo.gazetteer.search import Found

LONGEST_WORDS, LONGEST_FIELD = 2000, 120
"""Characters of what was said, and of each other field."""
CANDIDATES = 12
"""Places that are offered where a name may mean several."""
NAMESAKES = 400
"""Units looked at for one name: the commonest name of the codifier has fewer than a hundred, and
one that is not looked at would make the others look like the only one."""
AHEAD = timedelta(minutes=2)
"""How far a clock on the wall may be ahead of ours; a call of the future is a slip."""
_CLOCK = re.compile(r"(\d{1,2})[:.\s]?(\d{2})")
_DATED = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T\s]+(\d{1,2})[:.](\d{2})")
_CODE = re.compile(r"UA\d{17}")
_NUMBER = re.compile(r"(?<![\d+])(?:\+\d|\b380|\b0)(?:[\s().-]{0,2}\d){8,13}\b")
_HIDDEN = "(\N{BLACK TELEPHONE})"
"""Stands where a telephone number stood in the words."""
_SPACES = re.compile(r"[^\S\n]+")


class Atlas(Protocol):
    """What is asked of the gazetteer."""

    def find(self, name: str, *, limit: int = 20) -> Sequence[Found]:
        """Return the likeliest units of a name first."""
        ...

    def label(self, code: str, *, lang: str = "uk", full: bool = False) -> str:
        """Return the name of a unit."""
        ...

    def ancestors(self, code: str) -> Sequence[str]:
        """Return the units that a unit lies in, the nearest first."""
        ...


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of the form, as typed.

    Attributes:
        when: A time of day in Kyiv, a date with a time, or nothing for now.
        place: A name in any form.
        code: The unit chosen among several of that name.
    """

    who: str = ""
    office: str = ""
    when: str = ""
    place: str = ""
    code: str = ""
    words: str = ""
    call_back: str = ""


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """A call that can be taken down, or what keeps it from that.

    Attributes:
        problems: Field and key of the words that say what is wrong; empty where nothing is.
        candidates: Units that the place may mean, where it cannot be told.
    """

    words: str
    called_at: datetime
    place: str
    caller: Caller
    problems: tuple[tuple[str, str], ...] = ()
    candidates: tuple[str, ...] = ()


def noted(asked: Asked, *, now: datetime, atlas: Atlas, is_mine: Callable[[str], bool]) -> Noted:
    """Return what a form says.

    Args:
        asked: The form.
        now: The machine's time.
        atlas: Places.
        is_mine: Whether a unit lies in the person's own territory; of several namesakes the
            only one there is meant.
    """
    problems: list[tuple[str, str]] = []
    words, numbers = without_numbers(cleaned(asked.words, is_long=True))
    if not words:
        problems.append(("words", "empty"))
    elif len(words) > LONGEST_WORDS:
        problems.append(("words", "long"))
    fields = [cleaned(one) for one in (asked.who, asked.office, asked.call_back)]
    for name, field in zip(("who", "office", "call_back"), fields, strict=True):
        if len(field) > LONGEST_FIELD:
            problems.append((name, "long"))
    called_at = moment(asked.when, now=now)
    if called_at is None:
        problems.append(("when", "time"))
    elif called_at > now + AHEAD:
        problems.append(("when", "ahead"))
    codes = places_of(asked.place, code=asked.code, atlas=atlas, is_mine=is_mine)
    if len(codes) != 1:
        problems.append(("place", "several" if codes else "place"))
    return Noted(
        words=words,
        called_at=min(called_at or now, now),
        place=codes[0] if len(codes) == 1 else "",
        caller=Caller(
            who=fields[0],
            office=fields[1],
            call_back=", ".join(dict.fromkeys(filter(None, (fields[2], *numbers)))),
        ),
        problems=tuple(problems),
        candidates=codes if len(codes) > 1 else (),
    )


def cleaned(text: str, *, is_long: bool = False) -> str:
    """Return text without signs that cannot be seen: controls, marks of direction, surrogates.

    Args:
        text: As typed.
        is_long: Whether it may have several lines.
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    seen = "".join(
        " " if char == "\t" or (char == "\n" and not is_long) else char
        for char in lines
        if char in "\t\n" or not unicodedata.category(char).startswith("C")
    )
    return "\n".join(_SPACES.sub(" ", line).strip() for line in seen.split("\n")).strip()


def without_numbers(words: str) -> tuple[str, tuple[str, ...]]:
    """Return words without telephone numbers, and the numbers: they are sealed with the caller."""
    numbers = tuple(one.group().strip() for one in _NUMBER.finditer(words))
    return _NUMBER.sub(_HIDDEN, words), numbers


def moment(text: str, *, now: datetime) -> datetime | None:
    """Return the instant that a time means; the last such time of day that has been.

    A time of day that came twice in the night the clocks go back is the later one that has been.
    None where it is no time, or one that the clocks skipped.
    """
    typed = cleaned(text)
    if not typed:
        return now.astimezone(UTC).replace(microsecond=0)
    if dated := _DATED.fullmatch(typed):
        return max(_instants(*map(int, dated.groups())), default=None)
    clock = _CLOCK.fullmatch(typed)
    if clock is None:
        return None
    hour, minute = map(int, clock.groups())
    today = now.astimezone(KYIV).date()
    found = [
        one
        for day in (today, today - timedelta(days=1))
        for one in _instants(day.year, day.month, day.day, hour, minute)
        if one <= now + AHEAD
    ]
    return max(found, default=None)


def places_of(
    text: str, *, code: str = "", atlas: Atlas, is_mine: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return the unit that typed words mean; several where they may mean several; none at all."""
    typed = cleaned(text)[:LONGEST_FIELD]
    written = _CODE.search(typed.upper())
    if written:
        return tuple(one.code for one in atlas.find(written.group(), limit=1))
    found = [one for one in atlas.find(typed, limit=NAMESAKES) if one.how != "prefix"]
    codes = [one.code for one in found]
    if not codes and "," in typed:
        codes = _labelled(typed, atlas)
    if code and code in codes:
        return (code,)
    mine = [one for one in codes if is_mine(one)]
    codes = _without_wider(mine or codes, atlas)
    return tuple(codes[:CANDIDATES])


def _without_wider(codes: list[str], atlas: Atlas) -> list[str]:
    """Return the units but for communities and raions named after the first, which they hold."""
    wider = set(atlas.ancestors(codes[0])) if codes else set()
    return [one for one in codes if one not in wider]


def _labelled(typed: str, atlas: Atlas) -> list[str]:
    """Return the units whose full name was typed, or chosen from what was offered."""
    wanted = typed.casefold()
    found = atlas.find(typed.partition(",")[0], limit=NAMESAKES)
    return [
        one.code
        for one in found
        if any(
            wanted == atlas.label(one.code, lang=lang, full=True).casefold()
            for lang in ("uk", "en")
        )
    ]


def _instants(year: int, month: int, day: int, hour: int, minute: int) -> list[datetime]:
    found = []
    for fold in (0, 1):
        try:
            local = datetime(year, month, day, hour, minute, tzinfo=KYIV, fold=fold)
            instant = local.astimezone(UTC)
        except (ValueError, OverflowError):
            return []
        if instant.astimezone(KYIV).replace(tzinfo=None) == local.replace(tzinfo=None):
            found.append(instant)
    return found
