"""Published revisions of an outage schedule as versions of the operator's posts, one a day."""

import functools
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from vidomo.core.errors import InputError
from vidomo.core.problems import Problem
from vidomo.core.time import KYIV, Interval, instant_interval, parse_instant
from vidomo.sources.model import Post
from vidomo.sources.registry import SourceEntry

HOURS = 24
_HALF_MIN = 30
_Raw = list[tuple[datetime, dict[str, dict[str, dict[str, str]]]]]


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator published at one moment.

    Attributes:
        committed_at: When it was published.
        days: Day, then queue, then for each half-hour of the day whether power is off.
    """

    committed_at: datetime
    days: dict[date, dict[str, tuple[bool, ...]]]


class _Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    head: str
    out: str
    none: str
    revised: str
    queue_prefix: str
    without_power: dict[str, tuple[bool, bool]]


@functools.cache
def _tables() -> _Tables:
    text = (files("vidomo.app.replay") / "tables" / "schedules.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), _Tables)


def read_revisions(path: Path) -> tuple[tuple[Revision, ...], tuple[Problem, ...]]:
    """Return the revisions of a JSON file, oldest first, and everything wrong with it.

    A day with an hour whose word is not known is a problem and left out of its revision: what
    was said of it before stands, and no hour is taken for power.

    Raises:
        InputError: The file is no list of revisions.
    """
    problems: list[Problem] = []
    revisions = []
    for at, days in _raw(path):
        found = {}
        for key, queues in days.items():
            day = datetime.fromtimestamp(int(key), UTC).date()  # midnight UTC stands for the date
            strange = sorted(_strange(queues))
            if strange:
                problems.append(
                    Problem(
                        code="hour_not_known",
                        found=", ".join(strange),
                        hint="known: " + ", ".join(_tables().without_power),
                        where=f"{at:%Y-%m-%dT%H:%M:%SZ}, {day}",
                    )
                )
            else:
                found[day] = _queues(queues)
        revisions.append(Revision(committed_at=at, days=found))
    return tuple(sorted(revisions, key=lambda one: one.committed_at)), tuple(problems)


def _raw(path: Path) -> _Raw:
    try:
        rows = msgspec.convert(json.loads(path.read_text("utf-8")), list[dict[str, Any]])
        found = [(row["committed_at"], row["data"]["fact"]["data"]) for row in rows]
        raw = msgspec.convert(found, list[tuple[str, dict[str, dict[str, dict[str, str]]]]])
        return [(parse_instant(at), days) for at, days in raw]
    except (ValueError, KeyError, TypeError, msgspec.ValidationError) as error:
        raise InputError(
            f"{path.name} holds no revisions of a schedule: {error!r}",
            hint="needed: a list of {committed_at, data: {fact: {data: {day: {queue: hours}}}}}",
        ) from error


def posts_of(revisions: Sequence[Revision], *, source: SourceEntry) -> list[Post]:
    """Return for each revision one version of the post of every day that it speaks of.

    Args:
        revisions: Oldest first.
        source: The operator's channel; its home is the area that the schedule is for.
    """
    posts = []
    first: dict[date, Interval] = {}
    for revision in revisions:
        for day, queues in sorted(revision.days.items()):
            at = revision.committed_at
            posted = first.setdefault(day, instant_interval(at))
            posts.append(
                Post(
                    source=source.id,
                    native_id=f"schedule-{day.isoformat()}",
                    text=text_of(day, queues, revised=at),
                    posted_at=posted,
                    edited_at=None if posted.start == at else at,
                    lang="uk",
                    home=source.home,
                    format="jsonl",
                )
            )
    return posts


def operator_source(source_id: str, *, home: str) -> SourceEntry:
    """Return the entry of a grid operator's own channel for its area."""
    return SourceEntry(
        id=source_id,
        title=source_id,
        body=f"grid_operator@{home}",
        home=home,
        grade="A",
        languages=("uk",),
        faithful=True,
    )


def text_of(day: date, queues: Mapping[str, Sequence[bool]], *, revised: datetime) -> str:
    """Return the words on one day: one line for each stretch without power, one for the rest.

    A queue that the revision does not list is not named.
    """
    table = _tables()
    shown = day.strftime("%d.%m.%Y")
    lines = [table.head.format(day=shown)]
    for (start, end), names in sorted(_by_stretch(queues).items()):
        listed = ", ".join(sorted(names))
        lines.append(
            table.out.format(day=shown, queues=listed, start=_clock(start), end=_clock(end))
        )
    if on := sorted(name for name, halves in queues.items() if not any(halves)):
        lines.append(table.none.format(day=shown, queues=", ".join(on)))
    lines.append(table.revised.format(revised=revised.astimezone(KYIV).strftime("%H:%M")))
    return "\n".join(lines)


def off_stretches(halves: Iterable[bool]) -> Iterator[tuple[int, int]]:
    """Yield the stretches without power, in minutes since the start of the day."""
    start: int | None = None
    minute = 0
    for is_off in halves:
        if is_off and start is None:
            start = minute
        if not is_off and start is not None:
            yield start, minute
            start = None
        minute += _HALF_MIN
    if start is not None:
        yield start, minute


def _by_stretch(queues: Mapping[str, Sequence[bool]]) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    for name, halves in queues.items():
        for stretch in off_stretches(halves):
            found.setdefault(stretch, []).append(name)
    return found


def _strange(queues: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for name, hours in queues.items():
        for hour in range(1, HOURS + 1):
            word = hours.get(str(hour), "nothing")
            if word not in _tables().without_power:
                yield f"{name}, hour {hour}: {word!r}"


def _queues(queues: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[bool, ...]]:
    table = _tables()
    return {
        name.removeprefix(table.queue_prefix): tuple(
            half for hour in range(1, HOURS + 1) for half in table.without_power[hours[str(hour)]]
        )
        for name, hours in queues.items()
    }


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
